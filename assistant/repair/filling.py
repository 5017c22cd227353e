"""Weights that a card does not state, or states as parts of one."""

from dataclasses import replace
from math import ceil, isfinite, isnan
from statistics import mean

from assistant.models import ScorecardItem
from assistant.recommender.explain import largest_remainder
from assistant.repair.draft import Draft, rank
from assistant.repair.scope import Scope

# How far a sum of fractions may be from one.
NEAR = 0.05


def scaled(draft: Draft, scope: Scope) -> Draft:
    """Write weights as per cent where all of them are fractions that add up to about one."""
    weights = [line.item.weight for line in draft.lines]
    fractions = [weight for weight in weights if weight is not None and 0 < weight <= 1]
    if len(fractions) < max(2, len(weights)) or abs(sum(fractions) - 1) > NEAR or not scope.binds("W001"):
        return draft
    for place, weight in enumerate(fractions):
        draft = draft.update(place, ("W001",), weight=_plain(weight * scope.profile.total))
    return draft


def readable(draft: Draft) -> Draft:
    """Take a weight that is no number for a missing one."""
    for place, line in enumerate(draft.lines):
        if line.item.weight is not None and isnan(line.item.weight):
            draft = draft.update(place, (), weight=None)
    return draft


def filled(draft: Draft, scope: Scope) -> Draft:
    """Share out among the lines without a weight what the stated ones leave of the total."""
    missing = [place for place, line in enumerate(draft.lines) if line.item.weight is None]
    if not missing:
        return draft
    missing.sort(key=lambda place: rank(draft.lines[place].item, scope))
    worths = _worths([draft.lines[place].item for place in missing], scope)
    left = scope.profile.total - sum(min(max(line.item.points, 0), scope.profile.total) for line in draft.lines)
    for place, weight in zip(missing, shares(left, worths, scope), strict=True):
        code = "W008" if draft.lines[place].item.stated_weight is None else "W011"
        draft = draft.update(place, (code,), weight=weight, stated_weight=None)
    gaps = set(missing)
    lines = (replace(line, filled=place in gaps) for place, line in enumerate(draft.lines))
    return replace(draft, lines=tuple(lines))


def shares(left: float, worths: list[float], scope: Scope) -> list[int]:
    """Share out points by worth, each share within the limits, on the step where the points allow it.

    Where too few points are left, each gets the least fine weight: the stated weights then give way.
    """
    least, most = scope.new_weights[0], scope.weights[-1]
    if not isfinite(left) or left < least * len(worths):
        return [least] * len(worths)
    step = scope.profile.step if left % scope.profile.step == 0 else 1
    floor, units = ceil(least / step), int(min(left, most * len(worths)) // step)
    exact = _within([units * worth / sum(worths) for worth in worths], units, floor, most // step)
    return [step * share for share in largest_remainder(exact, units)]


def _within(exact: list[float], total: int, low: int, high: int) -> list[float]:
    """Hold shares within bounds; what that takes or gives is shared by the others in proportion."""
    fixed: dict[int, float] = {}
    while True:
        free = {place: share for place, share in enumerate(exact) if place not in fixed}
        factor = (total - sum(fixed.values())) / sum(free.values()) if free else 1.0
        moved = {place: share * factor for place, share in free.items()}
        low_ones = {place: float(low) for place, share in moved.items() if share < low}
        beyond = low_ones or {place: float(high) for place, share in moved.items() if share > high}
        if not beyond:
            return [fixed.get(place, moved.get(place, 0.0)) for place in range(len(exact))]
        fixed |= beyond


def _worths(items: list[ScorecardItem], scope: Scope) -> list[float]:
    """Return the role's values of lines; a company's own are worth the average, without a role all the same."""
    ids = [item.indicator or "" for item in items]
    known = {id: scope.pool[id].value for id in ids if id in scope.pool}
    average = mean(known.values()) if known else 1.0
    return [known.get(id, average) for id in ids]


def _plain(weight: float) -> int | float:
    rounded = round(weight, 4)
    return int(rounded) if rounded == int(rounded) else rounded
