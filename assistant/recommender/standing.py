"""Lines that stand on a form, as candidates: a sound one keeps its place and its weight where little speaks against."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.models import Brief, ScorecardItem
from assistant.recommender.candidates import LEAST_FACTOR, Candidate, Shift, group_weights
from assistant.recommender.limits import ITEM_UNIT, Limit
from assistant.recommender.own import own_candidate
from assistant.recommender.program import Weights, Worth
from knowledge.models import Catalogue, RuleProfile
from knowledge.terms import Nature

# What it is worth, in the units of value, that a line need not be replaced.
STAY_WORTH = 6.0
# What it costs a line, per point, to move away from its weight on the form: less than a clear misfit does.
POINT_COST = 0.15
# Beside the group's usual choice, a KPI already in use is worth nearly as much.
IN_USE, OF_SHARE = 0.95, 0.05


@dataclass(frozen=True, slots=True)
class Standing:
    """A sound line of a form and its weight there, in per cent of the whole form."""

    id: str
    """Of the catalogue, or made for a line of the company's own."""
    item: ScorecardItem
    weight: float


def with_standing(
    pool: list[Candidate], standing: Sequence[Standing], moved: Sequence[Shift], brief: Brief, catalogue: Catalogue
) -> list[Candidate]:
    """Return the pool with a form's lines in it, in order of id."""
    known = {one.id: one for one in pool}
    weights = group_weights(catalogue.roles[brief.role], brief.context)
    shared = Counter(known[one.id].group for one in standing if one.id in known)
    for place, one in enumerate(standing):
        if one.id in known:
            group = known[one.id].group
            default = float(weights[group].weight) if group else 0.0
            known[one.id] = _in_use(known[one.id], default, shared[group], moved)
        else:
            known[one.id] = _guest(one, len(catalogue.indicators) + place, moved, catalogue)
    return [known[id] for id in sorted(known)]


def guests(standing: Sequence[Standing], usual: list[Candidate]) -> list[Standing]:
    """Return the lines that the position would not carry without the form: the company's own and unusual ones."""
    known = {one.id for one in usual}
    return [one for one in standing if one.id not in known]


def guest_limits(
    lines: Sequence[Standing], pool: list[Candidate], moved: Sequence[Shift], profile: RuleProfile
) -> list[Limit]:
    """Keep each guest at the weight it has, as nothing is known that speaks for more.

    Some result stands beside them, and each priority shows in a KPI that is the position's own.
    """
    capped = [Limit(f"guest:{one.id}", frozenset({one.id}), high=one.weight, hard=True) for one in lines]
    usual = [one for one in pool if one.id not in {line.id for line in lines}]
    shown = [
        Limit(
            f"shown:{shift.emphasis.id}", ids, low=1, counts_items=True, yields=not profile.binds_role, unit=ITEM_UNIT
        )
        for shift in moved
        if (ids := frozenset(one.id for one in usual if shift.on(one.id) > 0))
    ]
    results = frozenset(one.id for one in pool if one.nature is Nature.RESULT)
    some = [Limit("some_result", results, low=1, counts_items=True, unit=ITEM_UNIT)] if results else []
    return [*capped, *shown, *some]


def stay_worth(standing: Sequence[Standing]) -> Worth:
    """Return what it is worth that a candidate stays, less what its move costs."""
    before = {one.id: one.weight for one in standing}

    def worth(candidate: Candidate, weight: int) -> float:
        if candidate.id not in before:
            return 0.0
        return STAY_WORTH - POINT_COST * abs(weight - before[candidate.id])

    return worth


def preferred_count(standing: Sequence[Standing], profile: RuleProfile) -> int:
    """Return the form's own number of sound lines, within the fine range."""
    low, high = profile.count_fine
    return min(max(low, len(standing)), high)


def shown_already(before: Weights, usual: Weights, emphasised: frozenset[str]) -> int:
    """Return the points by which a form shows the priorities before they move it."""
    return sum(max(0, before[id] - usual.get(id, 0)) for id in before.keys() & emphasised)


def _in_use(one: Candidate, default: float, sharers: int, moved: Sequence[Shift]) -> Candidate:
    share = max(one.share, IN_USE + OF_SHARE * one.share) if one.share else 0.0
    value = max(one.value, default * share * _factor(one.id, moved))
    return replace(one, value=value, share=min(one.share, 1.0 / sharers))


def _guest(one: Standing, order: int, moved: Sequence[Shift], catalogue: Catalogue) -> Candidate:
    made = own_candidate(one.id, one.item, base=one.weight, order=order)
    indicator = catalogue.indicators.get(one.id)
    if indicator is None:
        return made
    return replace(
        made, indicator=indicator, nature=indicator.nature, value=one.weight * _factor(one.id, moved), group=None
    )


def _factor(id: str, moved: Sequence[Shift]) -> float:
    return max(LEAST_FACTOR, 1.0 + sum(shift.on(id) for shift in moved))
