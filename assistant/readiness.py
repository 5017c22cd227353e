"""Data readiness by department: who must deliver which figures before a card can be scored."""

from collections.abc import Iterator
from typing import Literal

from assistant.models import Scorecard, ScorecardItem
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Frozen, Id, Indicator, Text
from knowledge.terms import Level, Party, Period

EVERY = {
    Period.MONTH: "ready.every_month",
    Period.QUARTER: "ready.every_quarter",
    Period.HALF_YEAR: "ready.every_half_year",
    Period.YEAR: "ready.every_year",
}


class Delivery(Frozen):
    """The figures behind one line, gate or monitored KPI."""

    use: Literal["line", "gate", "monitor", "adjustment"] = "line"
    item: int | None = None
    """Which line of the card, from 0."""
    indicator: Id | None = None
    name: Text
    weight: float | None = None
    source: Text | None = None
    figures: tuple[Text, ...] = ()
    """What has to be counted, in words; empty where the form does not say."""
    level: Level | None = None
    period: Period | None = None
    provider: Party | None = None
    """The department that the form names."""
    usual: Party | None = None
    """The department that usually delivers it, where the form names none or the assessed person."""
    usual_source: Text | None = None
    missing: tuple[Literal["source", "provider"], ...] = ()
    own_data: bool = False
    """Whether the assessed person delivers the figures that they are assessed by."""


class Department(Frozen):
    """One department's part; without a party, what nobody has been named for yet."""

    party: Party | None
    name: Text
    deliveries: tuple[Delivery, ...]
    shortest: Period | None = None
    """The shortest period among its figures: how often it has to deliver."""
    first_task: Text


def readiness(card: Scorecard, catalogue: Catalogue) -> tuple[Department, ...]:
    """Return each department's deliveries, the department with most weight first, what is open last."""
    found = [*_lines(card, catalogue), *_beside(card, catalogue)]
    open_ones = [one for one in found if one.missing]
    by_party: dict[Party, list[Delivery]] = {}
    for one in found:
        if one.provider is not None and not one.missing:
            by_party.setdefault(one.provider, []).append(one)
    order = sorted(
        by_party, key=lambda party: (-sum(one.weight or 0 for one in by_party[party]), list(Party).index(party))
    )
    named = [_department(party, by_party[party], catalogue) for party in order]
    return (*named, *([_to_be_named(open_ones)] if open_ones else []))


def _lines(card: Scorecard, catalogue: Catalogue) -> Iterator[Delivery]:
    for place, item in enumerate(card.items):
        indicator = catalogue.indicators.get(item.indicator or "")
        yield _with_gaps(
            Delivery(
                item=place,
                indicator=item.indicator,
                name=item.name,
                weight=float(item.points),
                source=item.data_source,
                figures=_figures(item, indicator),
                level=item.level or (indicator.level if indicator else None),
                period=item.period or (indicator.period if indicator else None),
                provider=item.provider,
            ),
            indicator,
        )


def _with_gaps(delivery: Delivery, indicator: Indicator | None) -> Delivery:
    """Mark what is open or comes from the assessed person, and say whom it usually comes from."""
    given = {"source": delivery.source, "provider": delivery.provider}
    missing = tuple(name for name, value in given.items() if value is None)
    own = delivery.provider is Party.SELF
    known = (
        {"usual": indicator.provider, "usual_source": indicator.data_source} if indicator and (own or missing) else {}
    )
    return delivery.model_copy(update={"missing": missing, "own_data": own, **known})


def _figures(item: ScorecardItem, indicator: Indicator | None) -> tuple[Text, ...]:
    """Return what a formula counts, in words; a formula of the company's own stands as it is written."""
    if item.variables:
        return tuple(item.variables.values())
    if indicator is not None and item.formula in {None, indicator.formula}:
        return tuple(indicator.variables.values())
    return (Text(zh=item.formula, en=item.formula),) if item.formula and item.formula.strip() else ()


def _beside(card: Scorecard, catalogue: Catalogue) -> Iterator[Delivery]:
    """Return what gates, monitored KPIs and bonuses need: without figures they work as little as a line would."""
    weighted: set[str | None] = {item.indicator for item in card.items}
    uses: list[tuple[Literal["gate", "monitor", "adjustment"], Id | None]] = [
        *(("gate", one.indicator) for one in card.vetoes),
        *(("monitor", one.indicator) for one in card.monitors),
        *(("adjustment", one.indicator) for one in card.adjustments),
    ]
    for use, id in uses:
        if id in catalogue.indicators and id not in weighted:
            weighted.add(id)
            yield _from_catalogue(use, catalogue.indicators[id or ""])


def _from_catalogue(use: Literal["gate", "monitor", "adjustment"], indicator: Indicator) -> Delivery:
    return Delivery(
        use=use,
        indicator=indicator.id,
        name=indicator.name,
        source=indicator.data_source,
        figures=tuple(indicator.variables.values()),
        level=indicator.level,
        period=indicator.period,
        provider=indicator.provider,
    )


def _department(party: Party, deliveries: list[Delivery], catalogue: Catalogue) -> Department:
    name = catalogue.terms["party"][party]
    shortest = _shortest(deliveries)
    if party is Party.SELF:
        task = phrase_text("ready.task_self", items=tuple(one.name for one in deliveries))
    elif shortest is None:
        task = phrase_text("ready.task")
    else:
        task = phrase_text("ready.task_cycle", cycle=phrase_text(EVERY[shortest]))
    return Department(party=party, name=name, deliveries=tuple(deliveries), shortest=shortest, first_task=task)


def _to_be_named(deliveries: list[Delivery]) -> Department:
    task = phrase_text("ready.task_open")
    name, shortest = phrase_text("ready.open"), _shortest(deliveries)
    return Department(party=None, name=name, deliveries=tuple(deliveries), shortest=shortest, first_task=task)


def _shortest(deliveries: list[Delivery]) -> Period | None:
    periods = {one.period for one in deliveries if one.period is not None}
    return min(periods, key=lambda period: period.months, default=None)
