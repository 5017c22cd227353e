"""A company's own line as a candidate beside those of the catalogue."""

from typing import Any

from assistant.models import ScorecardItem
from assistant.recommender.candidates import Candidate
from knowledge.models import Indicator
from knowledge.terms import Unit

SHARED = (
    "kind",
    "name",
    "definition",
    "polarity",
    "nature",
    "dimension",
    "basis",
    "subjective",
    "vanity",
    "level",
    "period",
)
# Ids of own lines hold a colon, which no id of the catalogue can.
OWN = "own:"


def own_candidate(id: str, item: ScorecardItem, base: float, order: int, group: str | None = None) -> Candidate:
    """Return a line that the catalogue does not know as a candidate; ``base`` is its worth, as a weight in per cent.

    What the line does not say stays open: it then counts for no limit that asks for it.
    """
    return Candidate(
        id=id,
        indicator=_as_indicator(id, item),
        group=group or item.group,
        nature=item.nature,
        base=base,
        value=base,
        share=0.0,
        order=order,
        lead=0.0,
    )


def _as_indicator(id: str, item: ScorecardItem) -> Indicator:
    # The catalogue's own entries must be complete; a line of a form need not be, and what it leaves open stays open.
    known: dict[str, Any] = {name: getattr(item, name) for name in SHARED}
    usual = {"id": id, "family": item.family or id, "unit": item.unit or Unit.POINTS, "formula": item.formula or ""}
    return Indicator.model_construct(**{**known, **usual, "gaming": None, "business_models": ()})
