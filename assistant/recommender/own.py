"""A company's own line as a candidate beside those of the catalogue."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from assistant.models import Brief, Part, ScorecardItem
from assistant.recommender.candidates import Candidate, Shift, candidates
from knowledge.models import Catalogue, Indicator, OwnLine, Text
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


def usual_candidates(
    brief: Brief, catalogue: Catalogue, moved: list[Shift], neutral: Collection[str]
) -> list[Candidate]:
    """Return the role's candidates and the own lines that the company puts on its cards, in order of id."""
    found = [*candidates(brief, catalogue, moved, neutral), *_mandated(brief, catalogue)]
    return sorted(found, key=lambda one: one.id)


def _mandated(brief: Brief, catalogue: Catalogue) -> list[Candidate]:
    required = catalogue.profiles[brief.profile].required(brief.role)
    return [
        replace(
            own_candidate(one.key, stated(one.own), float(one.least), len(catalogue.indicators) + place), mandate=one
        )
        for place, one in enumerate(required)
        if one.own is not None
    ]


def stated(own: OwnLine) -> ScorecardItem:
    """Return a line as far as a company's rule set states it, without its scoring."""
    said = {name: getattr(own, name) for name in OwnLine.model_fields if name != "scoring"}
    return ScorecardItem.model_validate(said)


def own_item(
    item: ScorecardItem, weight: int, rationale: Text | None = None, parts: tuple[Part, ...] = ()
) -> ScorecardItem:
    """Return a line of the company's own with its weight on a card; what it says of itself stays."""
    return item.model_copy(update={"weight": weight, "rationale": rationale, "parts": parts})


def _as_indicator(id: str, item: ScorecardItem) -> Indicator:
    # The catalogue's own entries must be complete; a line of a form need not be, and what it leaves open stays open.
    known: dict[str, Any] = {name: getattr(item, name) for name in SHARED}
    usual = {"id": id, "family": item.family or id, "unit": item.unit or Unit.POINTS, "formula": item.formula or ""}
    return Indicator.model_construct(**{**known, **usual, "gaming": None, "business_models": ()})
