"""What can stand on a role's card, and what each indicator is worth there."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.models import Brief, Context
from knowledge.models import Catalogue, Emphasis, Group, GroupItem, GroupWeight, Indicator, Mandatory, Role, RuleProfile
from knowledge.terms import BusinessModel, Dimension, Kind, Motion, Nature, Span

# Collection, by the id that roles give the group.
CASH_GROUP = "cash"
# A player-coach's own sales.
OWN_SALES = "sales_attainment"
# An indicator that a person pins although the role has no place for it is worth this much.
OUTSIDE_WORTH = 5.0
# A group fills two slots at most, so a draft hardly ever reaches past its best three.
SHORTLIST = 3
# Each priority keeps this many candidates through which it can show.
SHOWN = 2
# Below this, an emphasis accompanies a priority and does not state it.
CLEAR_EMPHASIS = 0.8
# Opposed emphases never turn a value negative.
LEAST_FACTOR = 0.05
# Strengths of priorities in the order stated: one acts fully, two share 60:40 of one and a half.
STRENGTHS = {0: (), 1: (1.0,), 2: (0.9, 0.6)}
TOTAL_STRENGTH = 1.5


@dataclass(frozen=True, slots=True)
class Shift:
    """A priority, stage or stance with the strength it acts with."""

    source: Literal["theme", "stage", "stance"]
    emphasis: Emphasis
    strength: float

    def on(self, indicator: str) -> float:
        return self.strength * self.emphasis.emphases.get(indicator, 0.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    indicator: Indicator
    group: str | None
    nature: Nature | None
    """``None`` for a line of the company's own that does not say."""
    base: float
    """The role's own worth: default weight of the group times the share in it."""
    value: float
    share: float
    """Its part of the group's default weight; 0 for what has no group."""
    order: int
    """Place in the catalogue, which breaks ties."""
    lead: float
    """The strength with which a priority leads with it, 0 for none."""
    mandate: Mandatory | None = None
    """The company's own rule that puts it on the card."""

    @property
    def customer_side(self) -> bool:
        return self.indicator.dimension is Dimension.CUSTOMER


def strengths(count: int) -> tuple[float, ...]:
    """Return strengths for priorities in the order stated; from three on each weighs two thirds of the one before."""
    if count in STRENGTHS:
        return STRENGTHS[count]
    parts = [(2 / 3) ** place for place in range(count)]
    return tuple(TOTAL_STRENGTH * part / sum(parts) for part in parts)


def shifts(brief: Brief, catalogue: Catalogue, stance: Emphasis | None = None) -> list[Shift]:
    """Return what moves this card: the priorities that the role can influence, then the stage, then a stance."""
    reach = reachable(brief, catalogue)
    named = [Shift("theme", catalogue.themes[theme], 1.0) for theme in brief.themes]
    if brief.context.stage:
        named.append(Shift("stage", catalogue.stages[brief.context.stage], 1.0))
    acting = [shift for shift in named if influences(shift.emphasis, reach)]
    moved = [replace(shift, strength=by) for shift, by in zip(acting, strengths(len(acting)), strict=True)]
    if stance is not None and stance.emphases:
        moved.append(Shift("stance", stance, 1.0))
    if stance is not None and not stance.emphases:
        moved = [replace(shift, strength=shift.strength / 2) for shift in moved]
    return moved


def influences(emphasis: Emphasis, reach: frozenset[str]) -> bool:
    """Tell whether a role carries any KPI that the emphasis clearly raises."""
    return any(strength >= CLEAR_EMPHASIS and id in reach for id, strength in emphasis.emphases.items())


def reachable(brief: Brief, catalogue: Catalogue) -> frozenset[str]:
    """Return the indicators that the role can carry in this business, whatever is wished."""
    role, profile = catalogue.roles[brief.role], catalogue.profiles[brief.profile]
    return frozenset(
        item.indicator
        for group, item in _items(role)
        if _usual(catalogue.indicators[item.indicator], brief, role, profile) and not _idle(group, brief)
    )


def _idle(group: Group, brief: Brief) -> bool:
    """Tell whether a group has nothing to measure: collection where everything is paid at once."""
    return group.id == CASH_GROUP and not sells_on_credit(brief.context)


def candidates(brief: Brief, catalogue: Catalogue, moved: list[Shift], neutral: Collection[str]) -> list[Candidate]:
    """Return candidates, those of the neutral card among them, in order of id, the order of the program's columns."""
    role = catalogue.roles[brief.role]
    mandates = {one.key: one for one in catalogue.profiles[brief.profile].required(brief.role) if one.indicator}
    order = {indicator: place for place, indicator in enumerate(catalogue.indicators)}
    pinned = {*(pin.indicator for pin in brief.pins), *mandates}
    off = {exclusion.indicator for exclusion in brief.exclusions} - pinned
    placed = {item.indicator: (group, item) for group, item in _items(role)}
    missing = {catalogue.indicators[out.indicator].family for out in brief.exclusions if out.cause == "no_data"}
    off |= {id for id in placed if catalogue.indicators[id].family in missing}
    wanted = reachable(brief, catalogue) - off
    weights = group_weights(role, brief.context)
    found = []
    for id in sorted(wanted | pinned):
        group, item = placed.get(id, (None, None))
        indicator = catalogue.indicators[id]
        share = _share(item, brief.context) if item else 0.0
        base = weights[group.id].weight * share if group else OUTSIDE_WORTH
        factor = max(LEAST_FACTOR, 1.0 + sum(shift.on(id) for shift in moved))
        found.append(
            Candidate(
                id=id,
                indicator=indicator,
                group=group.id if group else None,
                nature=(item.nature if item else None) or indicator.nature,
                base=base,
                value=base * factor,
                share=share,
                order=order[id],
                lead=max((shift.strength for shift in moved if id in shift.emphasis.leads), default=0.0),
                mandate=mandates.get(id),
            )
        )
    shown = {id for shift in moved for id in _best_raised(found, shift)}
    staying = {item.indicator for _, item in _items(role) if item.stays}
    own = {OWN_SALES} if brief.context.own_quota else set()
    return _shortlist(found, pinned.union(neutral, shown, staying, own))


def _best_raised(found: list[Candidate], shift: Shift) -> list[str]:
    """Return the candidates through which a priority shows best, so that it can show at all."""
    raised = [one for one in found if shift.on(one.id) > 0]
    best = sorted(raised, key=lambda one: (-one.base * shift.on(one.id), one.order))
    return [one.id for one in best[:SHOWN]]


def _shortlist(found: list[Candidate], kept: set[str]) -> list[Candidate]:
    """Keep the best few of each group, what a priority leads with and what must be there."""
    best: dict[str | None, list[Candidate]] = {}
    for candidate in sorted(found, key=lambda one: (-one.value, one.order)):
        best.setdefault(candidate.group, []).append(candidate)
    kept = kept.union(one.id for group in best.values() for one in group[:SHORTLIST])
    return [one for one in found if one.id in kept or one.lead]


def sells_on_credit(context: Context) -> bool:
    """Tell whether there is anything to collect: in a store customers pay at the till, elsewhere mostly later."""
    if context.on_credit is not None:
        return context.on_credit
    return context.business_model is not BusinessModel.RETAIL


def group_weights(role: Role, context: Context) -> dict[str, GroupWeight]:
    """Return each group's weight and range in this motion and on these credit terms."""
    weights = {
        group.id: GroupWeight(weight=group.weight, low=group.low, high=group.high) for group in role.groups
    } | role.motions.get(context.motion or Motion.MIXED, {})
    if not sells_on_credit(context) and CASH_GROUP in weights:
        # Nothing to collect: the group may stay empty and its weight goes to the others.
        weights[CASH_GROUP] = GroupWeight(weight=0, low=0, high=weights[CASH_GROUP].high)
    return weights


def _items(role: Role) -> Iterator[tuple[Group, GroupItem]]:
    for group in role.groups:
        for item in group.items:
            yield group, item


def _usual(indicator: Indicator, brief: Brief, role: Role, profile: RuleProfile) -> bool:
    """Tell whether a draft of ours may use an indicator without being asked to."""
    model = brief.context.business_model or BusinessModel.GENERAL
    elsewhere = bool(indicator.business_models) and model not in indicator.business_models
    own_sales = indicator.id == OWN_SALES and role.span is not Span.INDIVIDUAL and not brief.context.own_quota
    capped = profile.key_task_most is not None and not profile.binds_role
    task_under_pay = capped and indicator.kind is not Kind.KPI
    banned = profile.ban_on(indicator.id, indicator.name) is not None
    return not (elsewhere or indicator.vanity or own_sales or task_under_pay or banned)


def _share(item: GroupItem, context: Context) -> float:
    return item.models.get(context.business_model or BusinessModel.GENERAL, item.share)
