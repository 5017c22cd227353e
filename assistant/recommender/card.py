"""A choice of weights written out as a scorecard: every line complete, every guard in place."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from assistant.models import USUAL_CAP, USUAL_THRESHOLD, Context, Monitor, Part, Scorecard, ScorecardItem, Scoring, Veto
from assistant.recommender.candidates import Candidate
from assistant.recommender.draft import Choice
from assistant.recommender.explain import parts
from assistant.recommender.guards import guarded, quoted, together, trigger
from assistant.recommender.own import own_item, stated
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Emphasis, Indicator, Mandatory, OwnLine, RuleProfile, Text
from knowledge.terms import Dimension, Kind, Nature, Period, Polarity, ScoringMethod, Unit

MONITORED = 2
# What a line takes from its indicator as it is.
SAME = (
    "name",
    "kind",
    "family",
    "dimension",
    "definition",
    "formula",
    "variables",
    "parameters",
    "unit",
    "polarity",
    "basis",
    "level",
    "data_source",
    "provider",
    "raters",
    "subjective",
    "vanity",
)
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
    unguarded = [one.indicator for one in chosen if not guarded(one.indicator, choice.weights)]
    off = frozenset(exclusion.indicator for exclusion in brief.exclusions)
    off |= {one.indicator for one in profile.banned if one.indicator}
    vetoes = [] if profile.monitor_guards else gates(unguarded, catalogue, off)
    monitors = guards_watched(unguarded, catalogue, off) if profile.monitor_guards else _watched(choice)
    return Scorecard(
        role=brief.role,
        profile=brief.profile,
        themes=brief.themes,
        context=brief.context,
        items=items,
        monitors=tuple(monitors),
        vetoes=tuple(vetoes),
    )


def written(one: Candidate, choice: Choice, catalogue: Catalogue) -> ScorecardItem:
    """Return one chosen line in full, with its reasons."""
    return _item(one, choice, parts(choice)[one.id], catalogue)


def _item(one: Candidate, choice: Choice, reasons: tuple[Part, ...], catalogue: Catalogue) -> ScorecardItem:
    if one.mandate is not None and one.mandate.own is not None:
        rationale = _rationale(one, reasons, catalogue, choice)
        return own_item(company_line(one.mandate.own), choice.weights[one.id], rationale, reasons)
    pin = next((pin for pin in choice.brief.pins if pin.indicator == one.id), None)
    return line(
        one.indicator,
        choice.weights[one.id],
        group=one.group,
        nature=one.nature,
        period=_period(one, choice.brief.context),
        pinned=pin.reason if pin else None,
        rationale=_rationale(one, reasons, catalogue, choice),
        parts=reasons,
    )


def line(indicator: Indicator, weight: float | None, **fields: Any) -> ScorecardItem:
    """Return a line with all that the catalogue says of an indicator; ``fields`` are what only the card knows."""
    known: dict[str, Any] = {name: getattr(indicator, name) for name in SAME}
    return ScorecardItem.model_construct(
        **known,
        indicator=indicator.id,
        weight=weight,
        target_method=target_method(indicator),
        scoring=scoring(indicator.scoring),
        **{"nature": indicator.nature, "period": indicator.period, **fields},
    )


def company_line(own: OwnLine) -> ScorecardItem:
    """Return a line that a company's rule set states, in full but for its weight."""
    known = {name: getattr(own, name) for name in ("kind", "unit", "basis", "provider", "scoring")}
    like = Indicator.model_construct(**known, family="", polarity=own.polarity or Polarity.HIGHER)
    update = {"scoring": scoring(own.scoring), "target_method": target_method(like)}
    return stated(own).model_copy(update=update)


def _rationale(one: Candidate, reasons: tuple[Part, ...], catalogue: Catalogue, choice: Choice) -> Text:
    """Say in a sentence which duty the line serves and which priorities raise it."""
    if one.mandate is not None:
        return _by_company(one.mandate, catalogue.profiles[choice.brief.profile])
    role = catalogue.roles[choice.brief.role]
    duty = next((duty.text for duty in role.duties if one.group in duty.groups), None)
    raising = [part for part in reasons if part.id and part.tenths > 0]
    names = [name for part in raising if isinstance(name := part_name(part, catalogue), Text)]
    key = ("rationale.wish" if duty is None else "rationale.duty") + ("_raised" if names else "")
    values = {"duty": duty, "themes": together(names) if names else None}
    return phrase_text(key, **{name: value for name, value in values.items() if value is not None})


def _by_company(mandate: Mandatory, profile: RuleProfile) -> Text:
    if mandate.reason is None:
        return phrase_text("rationale.company", profile=profile.name)
    return phrase_text("rationale.company_reason", profile=profile.name, reason=mandate.reason)


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
        return Scoring(method=method, cap=USUAL_CAP, threshold=USUAL_THRESHOLD)
    return Scoring(method=method, cap=USUAL_CAP if method is ScoringMethod.TIERS else 100)


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


def gates(unguarded: list[Indicator], catalogue: Catalogue, off: frozenset[str] = frozenset()) -> list[Veto]:
    """Return disqualifiers, as few as cover every unguarded line; guards in ``off`` only where no other is named."""
    found = []
    for guard, protected in _cover(unguarded, off):
        indicator = catalogue.indicators[guard]
        names = together(quoted(one.name) for one in protected)
        found.append(
            Veto(
                trigger=trigger(indicator),
                effect=phrase_text("gate.effect", items=names),
                decides=indicator.provider,
                indicator=guard,
                protects=tuple(one.id for one in protected),
            )
        )
    return found


def _cover(unguarded: list[Indicator], off: frozenset[str]) -> list[tuple[str, list[Indicator]]]:
    """Pick guards greedily: the one that covers most lines first, then the one named earlier."""
    left = list(unguarded)
    picked = []
    while left:
        guards = [guard for one in left for guard in _gaming_guards(one) if guard not in off] or [
            guard for one in left for guard in _gaming_guards(one)
        ]
        best = max(guards, key=lambda guard: (sum(guard in _gaming_guards(one) for one in left), -guards.index(guard)))
        picked.append((best, [one for one in left if best in _gaming_guards(one)]))
        left = [one for one in left if best not in _gaming_guards(one)]
    return picked


def _gaming_guards(one: Indicator) -> tuple[str, ...]:
    return one.gaming.guards if one.gaming else ()


def guards_watched(
    unguarded: list[Indicator], catalogue: Catalogue, off: frozenset[str] = frozenset()
) -> list[Monitor]:
    """Return the guards of unguarded lines as monitor-only items."""
    return [
        Monitor(
            indicator=guard,
            name=catalogue.indicators[guard].name,
            reason=phrase_text("monitor.guard", items=together(one.name for one in protected)),
        )
        for guard, protected in _cover(unguarded, off)
    ]


def _watched(choice: Choice) -> list[Monitor]:
    """Return the role's next process indicators: managed, without weight."""
    families = {choice.pool[id].indicator.family for id in choice.weights}
    rest = [
        one for one in choice.pool.values() if one.nature is Nature.PROCESS and one.indicator.family not in families
    ]
    best = sorted(rest, key=lambda one: (-one.value, one.order))[:MONITORED]
    reason = phrase_text("monitor.process")
    return [Monitor(indicator=one.id, name=one.indicator.name, reason=reason) for one in best]
