"""A choice of weights written out as a scorecard: every line complete, every guard in place."""

from collections.abc import Mapping
from functools import cache

from assistant.models import Context, Monitor, Part, Scorecard, ScorecardItem, Scoring, Veto
from assistant.recommender.candidates import Candidate
from assistant.recommender.draft import Choice
from assistant.recommender.explain import parts
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Emphasis, Indicator, Text
from knowledge.terms import Dimension, Kind, Nature, Period, Polarity, ScoringMethod, Unit

MONITORED = 2
LONG_GROUPS = frozenset({"sales", "revenue", "new", "total", "wins", "accepted", "value"})


def scorecard(choice: Choice, catalogue: Catalogue) -> Scorecard:
    """Write out a choice: lines by dimension and weight, then what stands outside the 100."""
    reasons = parts(choice)
    order = list(Dimension)
    chosen = sorted(
        (choice.pool[id] for id in choice.weights),
        key=lambda one: (order.index(one.indicator.dimension), -choice.weights[one.id], one.order),
    )
    items = tuple(_item(one, choice, reasons[one.id], catalogue) for one in chosen)
    brief, profile = choice.brief, catalogue.profiles[choice.brief.profile]
    unguarded = [one for one in chosen if not _guarded(one, choice)]
    gates = [] if profile.monitor_guards else _gates(unguarded, choice, catalogue)
    monitors = _guards_watched(unguarded, choice, catalogue) if profile.monitor_guards else _watched(choice, catalogue)
    return Scorecard(
        role=brief.role,
        profile=brief.profile,
        themes=brief.themes,
        context=brief.context,
        items=items,
        monitors=tuple(monitors),
        vetoes=tuple(gates),
    )


def _item(one: Candidate, choice: Choice, reasons: tuple[Part, ...], catalogue: Catalogue) -> ScorecardItem:
    indicator, pin = one.indicator, next((pin for pin in choice.brief.pins if pin.indicator == one.id), None)
    return ScorecardItem.model_construct(
        indicator=one.id,
        name=indicator.name,
        kind=indicator.kind,
        family=indicator.family,
        group=one.group,
        dimension=indicator.dimension,
        nature=one.nature,
        weight=choice.weights[one.id],
        definition=indicator.definition,
        formula=indicator.formula,
        variables=indicator.variables,
        parameters=indicator.parameters,
        unit=indicator.unit,
        polarity=indicator.polarity,
        basis=indicator.basis,
        level=indicator.level,
        period=_period(one, choice.brief.context),
        target_method=target_method(indicator),
        scoring=scoring(indicator.scoring),
        data_source=indicator.data_source,
        provider=indicator.provider,
        raters=indicator.raters,
        subjective=indicator.subjective,
        vanity=indicator.vanity,
        pinned=pin.reason if pin else None,
        rationale=_rationale(one, reasons, catalogue, choice),
        parts=reasons,
    )


def _rationale(one: Candidate, reasons: tuple[Part, ...], catalogue: Catalogue, choice: Choice) -> Text:
    """Say in a sentence which duty the line serves and which priorities raise it."""
    role = catalogue.roles[choice.brief.role]
    duty = next((duty.text for duty in role.duties if one.group in duty.groups), None)
    raising = [part for part in reasons if part.id and part.tenths > 0]
    names = [name for part in raising if isinstance(name := part_name(part, catalogue), Text)]
    key = ("rationale.wish" if duty is None else "rationale.duty") + ("_raised" if names else "")
    values = {"duty": duty, "themes": _together(names) if names else None}
    return phrase_text(key, **{name: value for name, value in values.items() if value is not None})


def part_name(part: Part, catalogue: Catalogue) -> Text | str:
    """Return the name of the priority, stage or stance that a part comes from; the role's and the limits' have none."""
    known: dict[str, Mapping[str, Emphasis]] = {
        "theme": catalogue.themes,
        "stage": catalogue.stages,
        "stance": catalogue.stances,
    }
    return known[part.source][part.id].name if part.id else ""


def _period(one: Candidate, context: Context) -> Period:
    """Return the shortest period that means something and holds a whole sale."""
    shortest = one.indicator.period.months
    if one.nature is Nature.RESULT and one.group in LONG_GROUPS:
        shortest = max(shortest, min(context.cycle_months or 0, Period.YEAR.months))
    return next(period for period in Period if period.months >= shortest)


@cache
def scoring(method: ScoringMethod) -> Scoring:
    """Return the usual scoring by a method."""
    if method is ScoringMethod.RATIO:
        return Scoring(method=method, cap=120, threshold=60)
    return Scoring(method=method, cap=120 if method is ScoringMethod.TIERS else 100)


def target_method(indicator: Indicator) -> Text:
    """Say how to set the target, from what, and whom to ask: Scorecraft never invents one."""
    if indicator.kind is not Kind.KPI:
        key = "milestones" if indicator.kind is Kind.KEY_TASK else "anchors"
    elif indicator.provider == "third_party":
        key = "third_party"
    elif indicator.scoring is ScoringMethod.DEDUCTION and indicator.basis is None and indicator.family != "forecast":
        key = "standard"
    else:
        lower = indicator.polarity is not Polarity.HIGHER
        key = {Unit.MONEY: "money", Unit.COUNT: "count"}.get(indicator.unit, "lower" if lower else "rate")
    return phrase_text(f"target.{key}")


def _guarded(one: Candidate, choice: Choice) -> bool:
    gaming = one.indicator.gaming
    return gaming is None or gaming.counts_when is not None or not choice.weights.keys().isdisjoint(gaming.guards)


def _gates(unguarded: list[Candidate], choice: Choice, catalogue: Catalogue) -> list[Veto]:
    """Return disqualifiers, as few as cover every unguarded line."""
    gates = []
    for guard, protected in _cover(unguarded, choice):
        indicator = catalogue.indicators[guard]
        names = _together([Text(zh=f"“{one.indicator.name.zh}”", en=one.indicator.name.en) for one in protected])
        gates.append(
            Veto(
                trigger=indicator.gate or _bound(indicator),
                effect=phrase_text("gate.effect", items=names),
                decides=indicator.provider,
                indicator=guard,
                protects=tuple(one.id for one in protected),
            )
        )
    return gates


def _bound(indicator: Indicator) -> Text:
    key = {Polarity.HIGHER: "below", Polarity.LOWER: "above", Polarity.RANGE: "outside"}[indicator.polarity]
    return phrase_text(f"gate.{key}", name=indicator.name)


def _cover(unguarded: list[Candidate], choice: Choice) -> list[tuple[str, list[Candidate]]]:
    """Pick guards greedily: the one that covers most lines first, then the one named earlier."""
    left, off = list(unguarded), {exclusion.indicator for exclusion in choice.brief.exclusions}
    picked = []
    while left:
        guards = [guard for one in left for guard in _gaming_guards(one) if guard not in off] or [
            guard for one in left for guard in _gaming_guards(one)
        ]
        best = max(guards, key=lambda guard: (sum(guard in _gaming_guards(one) for one in left), -guards.index(guard)))
        picked.append((best, [one for one in left if best in _gaming_guards(one)]))
        left = [one for one in left if best not in _gaming_guards(one)]
    return picked


def _gaming_guards(one: Candidate) -> tuple[str, ...]:
    return one.indicator.gaming.guards if one.indicator.gaming else ()


def _guards_watched(unguarded: list[Candidate], choice: Choice, catalogue: Catalogue) -> list[Monitor]:
    return [
        Monitor(
            indicator=guard,
            name=catalogue.indicators[guard].name,
            reason=phrase_text("monitor.guard", items=_together([one.indicator.name for one in protected])),
        )
        for guard, protected in _cover(unguarded, choice)
    ]


def _together(names: list[Text]) -> Text:
    return Text(zh="、".join(name.zh for name in names), en=" and ".join(name.en for name in names))


def _watched(choice: Choice, catalogue: Catalogue) -> list[Monitor]:
    """Return the role's next process indicators: managed, without weight."""
    families = {choice.pool[id].indicator.family for id in choice.weights}
    rest = [
        one for one in choice.pool.values() if one.nature is Nature.PROCESS and one.indicator.family not in families
    ]
    best = sorted(rest, key=lambda one: (-one.value, one.order))[:MONITORED]
    reason = phrase_text("monitor.process")
    return [Monitor(indicator=one.id, name=one.indicator.name, reason=reason) for one in best]
