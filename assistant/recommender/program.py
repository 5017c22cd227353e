"""Candidates, limits and wishes written as one mixed-integer program: which items, and which weight each.

Column ``y[i, w]`` says that item ``i`` weighs ``w`` per cent. The sum of ``v_i * (1 + ln(w / step))`` over the chosen
columns is greatest, for a fixed selection, where weights are proportional to values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf, log

from assistant.models import Brief
from assistant.recommender.candidates import Candidate
from assistant.recommender.limits import Limit, allowed_weight
from assistant.recommender.solver import Program, solve
from assistant.recommender.wishes import Wish
from knowledge.models import RuleProfile

Worth = Callable[[Candidate, int], float]

# What one item more or fewer than preferred costs, in the units of value.
COUNT_COST = 4.5
# What it costs, per point of a group's default weight, to fill a group with more than its shares add up to: a second
# item then comes in for a reason, not for room.
OVERFILL_COST = 3.0
# A second KPI that a priority leads with is such a reason: this part of its share does not count.
LEAD_RELIEF = 0.7
# A sector's own KPI has a share a little above the usual choice's.
FULL = 1.1
# What a guard outside the weighted items costs, so that a weighted one is preferred where the two are close.
GATE_COST = 1.0
# What a weight outside the fine range costs, when wishes force one.
ODD_WEIGHT_COST = 60.0
# What each point costs by which a priority fails to move the card.
STILL_COST = 30.0
# Ties go to what stands earlier in the catalogue.
TIE_BREAK = 1e-3

Weights = dict[str, int]


@dataclass(frozen=True, slots=True)
class Move:
    """How far a card must and may move from the neutral one, in points."""

    neutral: Weights
    emphasised: frozenset[str]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Task:
    """Everything one program is made from."""

    brief: Brief
    profile: RuleProfile
    pool: list[Candidate]
    limits: list[Limit]
    group_weights: dict[str, float]
    wishes: tuple[Wish, ...] = ()
    move: Move | None = None
    room: bool = False
    """Whether the card must keep an item small enough for a priority to take its place."""
    strict: bool = True
    """Whether soft limits hold without exception."""


class Builder:
    """The columns and rows of one task."""

    def __init__(self, task: Task, worth: Worth, tie_break: float = TIE_BREAK) -> None:
        self.task, self.program = task, Program()
        self.columns: dict[str, list[tuple[int, int]]] = {}
        most = max((candidate.order for candidate in task.pool), default=0) + 1
        for candidate in task.pool:
            tie = tie_break * (1 - candidate.order / most)
            self.columns[candidate.id] = [
                (self.program.column(worth(candidate, weight) + tie), weight) for weight in self.weights(candidate.id)
            ]

    def weights(self, id: str) -> list[int]:
        """Return the weights an item may take: the fine steps, and beyond them only where wishes may force it."""
        profile = self.task.profile
        low, high = profile.weight_fine
        low += -low % profile.step
        if self.task.strict:
            # With two items at least, none can take what the other must have.
            return list(range(low, min(high, profile.total - low) + 1, profile.step))
        fine = range(low, high + 1, profile.step)
        least, most = allowed_weight(profile)
        exact = {wish.exact for wish in self.task.wishes if wish.exact is not None}
        rest = (profile.total - sum(exact)) % profile.step
        steps = set(range(profile.step, most + 1, profile.step)) | set(fine)
        if rest or any(weight % profile.step for weight in exact):
            steps |= {weight + rest for weight in range(0, most - rest + 1, profile.step) if weight + rest >= least}
        own = {wish.exact for wish in self.task.wishes if wish.exact is not None and id in wish.ids}
        return sorted(weight for weight in steps | own if least <= weight <= most)

    def chosen(self, ids: frozenset[str], by_weight: bool = True) -> list[tuple[int, float]]:
        """Return the terms that sum the weights, or count the items, of some candidates."""
        return [
            (column, float(weight) if by_weight else 1.0)
            for id in sorted(ids & self.columns.keys())
            for column, weight in self.columns[id]
        ]

    def add_limits(self) -> None:
        everything = frozenset(self.columns)
        for id in sorted(self.columns):
            self.program.row(self.chosen(frozenset({id}), by_weight=False), upper=1)
        self.program.row(self.chosen(everything), self.task.profile.total, self.task.profile.total)
        for limit in self.task.limits:
            self._limit(limit)
        for wish in self.task.wishes:
            self.program.row(self.chosen(wish.ids, wish.by_weight), wish.low, wish.high)

    def _limit(self, limit: Limit) -> None:
        terms = self.chosen(limit.ids, by_weight=not limit.counts_items)
        if limit.yields or not (limit.hard or self.task.strict):
            if limit.low > -inf:
                self.program.row([*terms, (self._slack(limit.unit), 1.0)], lower=limit.low)
            if limit.high < inf:
                self.program.row([*terms, (self._slack(limit.unit), -1.0)], upper=limit.high)
        elif terms or limit.low > 0:
            self.program.row(terms, limit.low, limit.high)

    def _slack(self, unit: float) -> int:
        return self.program.column(-unit, upper=inf, integer=False)

    def add_guards(self) -> None:
        """Ask for a guard beside each item that can be gamed; a gate or a monitor-only item stands in at a cost."""
        cost = 0.0 if self.task.profile.monitor_guards else GATE_COST
        for candidate in self.task.pool:
            gaming = candidate.indicator.gaming
            if gaming is None or gaming.counts_when is not None:
                continue
            own = self.chosen(frozenset({candidate.id}), by_weight=False)
            guards = self.chosen(frozenset(gaming.guards) - {candidate.id}, by_weight=False)
            gate = self.program.column(-cost, integer=False)
            self.program.row([*own, *((column, -1.0) for column, _ in guards), (gate, -1.0)], upper=0)

    def add_shares(self, weights: dict[str, float]) -> None:
        """Let the shares chosen in a group exceed the whole group only at a cost."""
        groups: dict[str, list[tuple[int, float]]] = {}
        for candidate in self.task.pool:
            if candidate.group is not None:
                places = self.chosen(frozenset({candidate.id}), by_weight=False)
                relief = LEAD_RELIEF * min(1.0, candidate.lead) if candidate.share < 1.0 else 0.0
                share = candidate.share * (1.0 - relief)
                groups.setdefault(candidate.group, []).extend((column, share) for column, _ in places)
        for group, terms in groups.items():
            over = self._slack(OVERFILL_COST * weights[group])
            # A group too heavy for one item has room for as many as it needs.
            room = ceil(weights[group] / self.task.profile.weight_fine[1])
            self.program.row([*terms, (over, -1.0)], upper=max(FULL, float(room)))

    def add_count_preference(self, preferred: int) -> None:
        over, under = (self.program.column(-COUNT_COST, upper=inf, integer=False) for _ in range(2))
        counted = self.chosen(frozenset(self.columns), by_weight=False)
        self.program.row([*counted, (over, -1.0), (under, 1.0)], preferred, preferred)

    def add_move(self, move: Move) -> None:
        """Keep the points gained over the neutral card within bounds; those of emphasised items reach the lower one."""
        gains = [
            (column, float(weight - move.neutral.get(id, 0)), id)
            for id in sorted(self.columns)
            for column, weight in self.columns[id]
            if weight > move.neutral.get(id, 0)
        ]
        self.program.row([(column, gain) for column, gain, _ in gains], upper=move.most)
        led = [(column, gain) for column, gain, id in gains if id in move.emphasised]
        self.program.row([*led, (self._slack(STILL_COST), 1.0)], lower=move.least)

    def add_room(self, most: int) -> None:
        small = [(column, 1.0) for places in self.columns.values() for column, weight in places if weight <= most]
        self.program.row(small, lower=1)

    def solve_values(self) -> list[float] | None:
        solution = solve(self.program)
        return solution.values if solution else None

    def solve(self) -> Weights | None:
        values = self.solve_values()
        if values is None:
            return None
        return {id: weight for id, places in self.columns.items() for column, weight in places if values[column] > 0.5}


def worth_of(step: int) -> Worth:
    """Return the value of an item at a weight, proportional weighting's objective."""
    return lambda candidate, weight: candidate.value * (1.0 + log(weight / step))


def odd(weight: int, profile: RuleProfile) -> float:
    """Return what a weight costs that lies off the step or outside the fine range."""
    low, high = profile.weight_fine
    outside = max(low - weight, weight - high, 0)
    return ODD_WEIGHT_COST * (outside + (1 if weight % profile.step else 0))


def best(task: Task, preferred: int, lead_bonus: Callable[[Candidate, int], float]) -> Weights | None:
    """Return the most valuable card that keeps every limit and wish, or ``None``."""
    value = worth_of(task.profile.step)

    def worth(candidate: Candidate, weight: int) -> float:
        return value(candidate, weight) + lead_bonus(candidate, weight) - odd(weight, task.profile)

    builder = Builder(task, worth)
    builder.add_limits()
    builder.add_guards()
    builder.add_shares(task.group_weights)
    builder.add_count_preference(preferred)
    if task.move is not None:
        builder.add_move(task.move)
    if task.room:
        builder.add_room(task.profile.move_one[1])
    return builder.solve()
