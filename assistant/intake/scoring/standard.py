"""Scoring rules in our own standard words, read back whole; any other wording is a company's own."""

import math
import re
from typing import Any

from pydantic import ValidationError

from assistant.intake.cells.phrasing import NUMBER, number, pattern, values_in
from assistant.models import ScoreBand, Scoring
from knowledge.models import LANGUAGES, Catalogue
from knowledge.terms import ScoringMethod
from knowledge.words import folded

STEP = r"[^；;]+?"
_BETWEEN = re.compile(r"；|;\s|\n")
_END = r"(?=[；;\n]|$)"
_FIGURE = re.compile(NUMBER)
# What a rule begins with, by method; deductions come before those without a step, as the longer ones.
RULES: tuple[tuple[ScoringMethod, str, dict[str, str]], ...] = (
    (ScoringMethod.RATIO, "export.ratio", {}),
    (ScoringMethod.RATIO, "export.ratio_lower", {}),
    (ScoringMethod.RATIO, "export.ratio_range", {}),
    (ScoringMethod.TIERS, "export.tiers", {"cap": NUMBER, "floor": NUMBER}),
    (ScoringMethod.TIERS, "export.tiers_open", {"floor": NUMBER}),
    (ScoringMethod.TIERS, "export.bands", {}),
    (ScoringMethod.DEDUCTION, "export.deduction", {}),
    (ScoringMethod.DEDUCTION, "export.deduction_step", {"step": STEP, "points": NUMBER}),
    (ScoringMethod.MILESTONE, "export.milestone", {}),
    (ScoringMethod.YES_NO, "export.yes_no", {"floor": NUMBER}),
    (ScoringMethod.ANCHORED, "export.anchored", {}),
)


def standard_rule(text: str) -> Scoring | None:
    """Return the rule that our own words state; ``None`` where a part of the text is anything else."""
    for method, key, holes in RULES:
        for language in LANGUAGES:
            match = re.match(pattern(key, language, **holes).pattern + _END, text, re.IGNORECASE)
            if match and (more := _rest(text[match.end() :])) is not None:
                return _rule(method, match.groupdict(), more)
    return None


def own_words(text: str) -> tuple[str, dict[str, Any]]:
    """Return a company's own words without the lines that our form adds below them, and what those lines say."""
    lines, more = text.split("\n"), dict[str, Any]()
    while len(lines) > 1 and (found := _added(lines[-1])):
        more |= found
        lines.pop()
    return "\n".join(lines), more


def named_method(text: str, catalogue: Catalogue) -> ScoringMethod | None:
    """Return the method whose name a rule begins with."""
    head = folded(re.split(r"[:：,，;；（(\n]", text, maxsplit=1)[0])
    terms = catalogue.terms["scoring_method"].items()
    return next((ScoringMethod(id) for id, term in terms if head in {folded(term.zh), folded(term.en)}), None)


def _added(line: str) -> dict[str, Any]:
    """Return what a line below a company's own words says, all of it; nothing where it is one of theirs."""
    for language in LANGUAGES:
        most = pattern("export.most", language, points=NUMBER).pattern
        scale = pattern("export.own_scale", language, full=NUMBER).pattern
        if found := re.fullmatch(f"(?:{most})?(?:；|; )?(?:{scale})?", line, re.IGNORECASE):
            return {name: float(number(said)) for name, said in found.groupdict().items() if said}
    return {}


def _rest(text: str) -> dict[str, Any] | None:
    """Return what the parts behind a rule's beginning say; ``None`` where one says anything else."""
    found: dict[str, Any] = {}
    bands: list[ScoreBand] = []
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        facts = _limit(part) or _band(part, bands)
        if facts is None:
            return None
        found |= facts
    return found | ({"bands": tuple(sorted(bands, key=lambda band: band.at_least))} if bands else {})


def _limit(part: str) -> dict[str, Any] | None:
    if said := values_in(part, "export.none_below", threshold=NUMBER):
        return {"threshold": number(said["threshold"])}
    if said := values_in(part, "export.range_of_points", cap=NUMBER, floor=NUMBER):
        return {"cap": int(number(said["cap"])), "floor": int(number(said["floor"]))}
    if said := values_in(part, "export.no_cap", floor=NUMBER):
        return {"cap": None, "floor": int(number(said["floor"]))}
    if said := values_in(part, "export.most", points=NUMBER):
        return {"points": float(number(said["points"]))}
    return None


def _band(part: str, bands: list[ScoreBand]) -> dict[str, Any] | None:
    if said := values_in(part, "export.band", at_least=NUMBER, points=NUMBER):
        bands.append(ScoreBand(at_least=number(said["at_least"]), points=number(said["points"])))
        return {}
    said = values_in(part, "export.band_below", at_least=NUMBER, floor=NUMBER)
    return {"floor": int(number(said["floor"]))} if said else None


def _rule(method: ScoringMethod, said: dict[str, str], more: dict[str, Any]) -> Scoring | None:
    """Return the rule; ``None`` for figures that no rule of ours can have."""
    facts: dict[str, Any] = {"method": method, "cap": 120 if method is ScoringMethod.RATIO else 100}
    facts |= {name: int(number(said[name])) for name in ("cap", "floor") if name in said}
    if method is ScoringMethod.TIERS and "cap" not in said and "bands" not in more:
        facts["cap"] = None
    if "bands" in more:
        facts["cap"] = math.ceil(max(band.points for band in more["bands"]))
    if "step" in said:
        facts["deduction"] = _deduction(said["step"], said["points"])
    try:
        return Scoring.model_validate(facts | more)
    except ValidationError:
        return None


def _deduction(step: str, points: str) -> dict[str, Any] | None:
    # English words set the step off by a hyphen, which is no minus.
    size = _FIGURE.search(step.replace("-", " "))
    return {"step": number(size.group()), "points": number(points)} if size else None
