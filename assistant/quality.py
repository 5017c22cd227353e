"""The quality of a card as a score out of 100, with the parts it is made of, so that it can be argued with.

Each part of ``knowledge/catalogue/quality.yaml`` is worth some points and answers for some rules. A finding takes of
its part the share of its severity: whole, where it is about the card; in proportion to the line's weight, where it is
about a line (evenly, where weights are missing). An error empties its part. What findings take adds up, to the whole
part at most, and each code loses its share of that. Parts whose rules were all skipped, those of the role where none is
known, are not judged. The score is what the judged parts earned, in per cent of what they are worth.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import fsum, isfinite

from assistant.models import Finding, Scorecard
from assistant.rules.engine import skipped_families
from assistant.wording import listed, worded
from knowledge.models import Catalogue, Frozen, Id, Language, QualityArea, Text
from knowledge.terms import Severity


class QualityPart(Frozen):
    """What one part could earn and earned; ``earned`` is ``None`` where it is not judged."""

    id: Id
    name: Text
    points: int
    earned: float | None
    lost: tuple[tuple[str, float], ...] = ()
    """Points by the code of the rule that took them."""


class Quality(Frozen):
    score: int
    parts: tuple[QualityPart, ...]


def quality(card: Scorecard, findings: Iterable[Finding], catalogue: Catalogue) -> Quality:
    """Score a card by what the rules found in it."""
    by_part: dict[str, list[Finding]] = defaultdict(list)
    areas = catalogue.quality.parts
    answered = {answer: area.id for area in areas for answer in area.answers}
    for finding in findings:
        by_part[answered.get(finding.code) or answered[finding.code[0]]].append(finding)
    skipped, lines = set(skipped_families(card)), _parts_of_card(card)
    parts = tuple(_part(area, by_part[area.id], lines, skipped) for area in areas)
    judged = [part for part in parts if part.earned is not None]
    worth, earned = sum(part.points for part in judged), fsum(part.earned or 0 for part in judged)
    return Quality(score=round(100 * earned / worth) if worth else 0, parts=parts)


def _part(area: QualityArea, findings: list[Finding], lines: list[float], skipped: set[str]) -> QualityPart:
    if {answer[0] for answer in area.answers} <= skipped:
        return QualityPart(id=area.id, name=area.name, points=area.points, earned=None)
    shares: dict[str, list[float]] = defaultdict(list)
    for finding in findings:
        shares[finding.code].append(_share(area, finding, lines))
    taken = fsum(share for each in shares.values() for share in each)
    # Beyond the whole part nothing is left to take; each code then answers for less.
    scale = area.points / max(1.0, taken)
    lost = tuple((code, round(scale * fsum(each), 2)) for code, each in sorted(shares.items()))
    return QualityPart(
        id=area.id, name=area.name, points=area.points, earned=round(area.points * (1 - min(1.0, taken)), 2), lost=lost
    )


def _share(area: QualityArea, finding: Finding, lines: list[float]) -> float:
    takes = {Severity.ERROR: area.error, Severity.WARNING: area.warning, Severity.ADVICE: area.advice}
    whole = finding.item is None or finding.severity is Severity.ERROR
    return takes[finding.severity] * (1.0 if whole else lines[finding.item or 0])


def _parts_of_card(card: Scorecard) -> list[float]:
    """Return how much of a card each line is: by weight, where all lines have one, else each the same."""
    weights = [item.points for item in card.items]
    total = sum(weights)
    if total <= 0 or not all(isfinite(weight) and weight > 0 for weight in weights):
        return [1 / max(1, len(weights))] * len(weights)
    return [weight / total for weight in weights]


def part_lines(quality: Quality, language: Language) -> list[str]:
    """Say each part in a line: what it earned, and what took the rest."""
    return [_part_line(part, language) for part in quality.parts]


def _part_line(part: QualityPart, language: Language) -> str:
    if part.earned is None:
        return worded("marks.part_open", language, part=part.name)
    values = {"part": part.name, "earned": part.earned, "points": part.points}
    if not part.lost:
        return worded("marks.part", language, **values)
    taken = [worded("marks.lost", language, code=code, points=points) for code, points in part.lost]
    return worded("marks.part_lost", language, **values, lost=listed(taken, language))
