"""The same nearest weights where only the total and the number of lines bind: line by line over all sums, far faster.

The mixed-integer program decides wherever a limit names some lines and not others.
"""

from math import inf

import numpy as np
from numpy.typing import NDArray

from assistant.repair.closest import LINE_COST, POINT_COST, Asked, Entry

Costs = NDArray[np.float64]
# What a point costs where weights have decimals: a hundredth of one outweighs all that comes after points.
FINE_POINT_COST = 1e8


def only_sums(asked: Asked) -> bool:
    """Tell whether nothing binds but a total and a number of lines."""
    everything = {entry.id for entry in asked.entries}
    plain = all(limit.counts_items and limit.ids == everything for limit in asked.limits)
    return asked.total is not None and plain and all(entry.before is not None for entry in asked.entries)


def summed(asked: Asked) -> dict[str, int] | None:
    """Return the nearest weights by id of entry, or ``None`` where none add up."""
    tables = [_costs(asked, place) for place in range(len(asked.entries))]
    least, found = _reached(asked, tables)
    if found is None:
        return None
    # The least largest change with which as few points and lines change: the larger it may be, the easier.
    largest = max(abs(found.get(entry.id, 0) - (entry.before or 0.0)) for entry in asked.entries)
    bounds = sorted({move for entry in asked.entries for move in _moves(asked, entry).tolist() if move <= largest})
    low, high = 0, len(bounds) - 1
    while low < high:
        middle = (low + high) // 2
        cost, weights = _best(asked, tables, bounds[middle])
        if weights is not None and cost < least + LINE_COST / 2:
            high, found = middle, weights
        else:
            low = middle + 1
    return _best(asked, tables, bounds[low])[1] or found


def _reached(asked: Asked, tables: list[Costs]) -> tuple[float, dict[str, int] | None]:
    """Return the least cost and its weights; a near solution shows how far any better one can reach."""
    short = abs((asked.total or 0) - sum(entry.before or 0.0 for entry in asked.entries))
    cost, found = _best(asked, tables, short)
    charged = any(entry.held or entry.sound for entry in asked.entries)
    if found is None or charged or _missed(asked, len(found)):
        return _best(asked, tables, inf)
    change = sum(abs(found.get(entry.id, 0) - (entry.before or 0.0)) for entry in asked.entries)
    # Of so many points in all, what goes up and what comes down differ by what is short.
    reach = (change + short) / 2
    return (cost, found) if reach <= short else _best(asked, tables, reach)


def _costs(asked: Asked, place: int) -> Costs:
    """Return what each weight of an entry costs, 0 for its leaving; infinite where it may not be."""
    point = POINT_COST if asked.whole else FINE_POINT_COST
    costs = np.full((asked.total or 0) + 1, inf)
    for weight in (0, *asked.entries[place].choices):
        costs[weight] = asked.cost(place, weight, point)
    return costs


def _moves(asked: Asked, entry: Entry) -> NDArray[np.float64]:
    weights = np.arange((asked.total or 0) + 1, dtype=np.float64)
    return np.abs(weights - np.float64(entry.before or 0.0))


def _best(asked: Asked, tables: list[Costs], most: float) -> tuple[float, dict[str, int] | None]:
    """Return the least cost and its weights where no line changes by more than ``most``."""
    total = asked.total or 0
    # A line can always leave, so that no count above the limits is ever needed.
    lines = int(min([float(len(tables)), *(limit.high for limit in asked.limits)]))
    least = np.full((lines + 1, total + 1), inf)
    least[0, 0] = 0.0
    chosen = []
    for entry, costs in zip(asked.entries, tables, strict=True):
        least, choice = _with_line(least, np.where(_moves(asked, entry) <= most, costs, inf))
        chosen.append(choice)
    whole = least[:, total] + np.array([_missed(asked, count) for count in range(lines + 1)])
    count = int(whole.argmin())
    return float(whole[count]), _walked(asked, chosen, count) if np.isfinite(whole[count]) else None


def _with_line(least: Costs, costs: Costs) -> tuple[Costs, NDArray[np.intp]]:
    """Return the least cost for each number of lines and sum with one more line, and the weight that gives it."""
    weights = np.flatnonzero(np.isfinite(costs[1:])) + 1
    lines, sums = least.shape
    options = np.full((len(weights) + 1, lines, sums), inf)
    options[0] = least + costs[0]
    for place, weight in enumerate(weights, 1):
        options[place, 1:, weight:] = least[:-1, : sums - weight] + costs[weight]
    best = options.argmin(axis=0)
    return np.take_along_axis(options, best[None], axis=0)[0], np.array([0, *weights], dtype=np.intp)[best]


def _missed(asked: Asked, count: int) -> float:
    """Return what it costs that a number of lines misses limits, as the program has it."""
    units = (limit.unit * max(limit.low - count, count - limit.high, 0.0) for limit in asked.limits)
    return POINT_COST * sum(units) if asked.whole else FINE_POINT_COST * sum(units)


def _walked(asked: Asked, chosen: list[NDArray[np.intp]], count: int) -> dict[str, int]:
    """Follow the choices back from the last line."""
    left, weights = asked.total or 0, {}
    for entry, choice in zip(reversed(asked.entries), reversed(chosen), strict=True):
        weight = int(choice[count, left])
        if weight:
            weights[entry.id], left, count = weight, left - weight, count - 1
    return weights
