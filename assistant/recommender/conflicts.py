"""Which wishes collide: an irreducible set of them, and the fewest to give up."""

from dataclasses import replace
from math import inf

from assistant.errors import WishConflict
from assistant.recommender.limits import allowed_count, allowed_weight
from assistant.recommender.program import Builder, Task
from assistant.recommender.wishes import Wish

# Larger than any sum of weights or count of items that a wish can ask for.
BIG = 1000.0


def explain_conflict(task: Task) -> WishConflict:
    """Return the error that names the colliding wishes of an infeasible task."""
    hard = replace(task, limits=[limit for limit in task.limits if limit.hard], move=None, room=False, strict=False)
    colliding = irreducible(hard)
    low, high = allowed_count(task.profile)
    return WishConflict(tuple(colliding), tuple(fewest_to_drop(hard)), low, high, allowed_weight(task.profile)[1])


def feasible(task: Task) -> bool:
    builder = Builder(task, lambda candidate, weight: 0.0)
    builder.add_limits()
    return builder.solve() is not None


def irreducible(task: Task) -> list[Wish]:
    """Return colliding wishes of which dropping any one resolves the collision; the latest are dropped first."""
    kept = list(task.wishes)
    for wish in reversed(task.wishes):
        rest = [other for other in kept if other is not wish]
        if not feasible(replace(task, wishes=tuple(rest))):
            kept = rest
    return kept


def fewest_to_drop(task: Task) -> list[Wish]:
    """Return the fewest wishes to give up so that the rest can be met; later ones are given up first."""
    builder = Builder(task, lambda candidate, weight: 0.0)
    builder.task = replace(task, wishes=())
    builder.add_limits()
    drops = []
    for place, wish in enumerate(task.wishes):
        drop = builder.program.column(-1.0 + place * 1e-3)
        terms = builder.chosen(wish.ids, wish.by_weight)
        if wish.low > -inf:
            builder.program.row([*terms, (drop, BIG)], lower=wish.low)
        if wish.high < inf:
            builder.program.row([*terms, (drop, -BIG)], upper=wish.high)
        drops.append(drop)
    values = builder.solve_values()
    return [wish for wish, drop in zip(task.wishes, drops, strict=True) if values and values[drop] > 0.5]
