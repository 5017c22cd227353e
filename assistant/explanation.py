"""The parts of each weight in words."""

from assistant.models import ItemExplanation, Part, Scorecard, ScorecardItem
from assistant.recommender.card import part_name
from assistant.wording import listed, worded
from knowledge.models import Catalogue, Language


def explanation(card: Scorecard, catalogue: Catalogue, language: Language) -> tuple[ItemExplanation, ...]:
    return tuple(
        ItemExplanation(
            indicator=item.indicator,
            weight=int(item.points),
            parts=item.parts,
            text=explain(item, catalogue, language),
        )
        for item in card.items
        if item.indicator
    )


def explain(item: ScorecardItem, catalogue: Catalogue, language: Language) -> str:
    """Return one line: the weight, and the parts that add up to it."""
    said = [_part(part, catalogue, language) for part in item.parts]
    pinned = worded("explain.pinned", language, words=item.pinned) if item.pinned else ""
    return (
        worded("explain.line", language, name=item.name, weight=float(item.points), parts=listed(said, language))
        + pinned
    )


def _part(part: Part, catalogue: Catalogue, language: Language) -> str:
    return worded(
        f"explain.{part.source}", language, name=part_name(part, catalogue), points=f"{part.tenths / 10:+.1f}"
    )
