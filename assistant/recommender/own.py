"""A company's own line as a candidate beside those of the catalogue."""

from assistant.models import ScorecardItem
from assistant.recommender.candidates import Candidate
from knowledge.models import Indicator
from knowledge.terms import Kind, Unit

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
    return Indicator.model_construct(
        id=id,
        kind=item.kind or Kind.KPI,
        family=item.family or id,
        base=None,
        name=item.name,
        definition=item.definition,
        formula=item.formula or "",
        variables=item.variables,
        unit=item.unit or Unit.POINTS,
        polarity=item.polarity,
        nature=item.nature,
        dimension=item.dimension,
        basis=item.basis,
        subjective=item.subjective,
        vanity=item.vanity,
        level=item.level,
        period=item.period,
        gaming=None,
        levers=(),
        pitfalls=(),
        business_models=(),
    )
