"""The weights nearest to those given, exactly.

Least change in all, then no weight moved to where it draws a warning, then fewest lines changed, then the least
largest change; then lines stay, weights come out fine, lines in doubt give before sound ones, and what stands later in
the catalogue stays as it is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import inf

from assistant.recommender.candidates import Candidate
from assistant.recommender.limits import Limit
from assistant.recommender.solver import Program, solve

# Each outweighs all that stands below it at the sizes that occur: 100 points, 50 lines, values up to 100.
POINT_COST = 1e5
WARNING_COST = 2500.0
LINE_COST = 40.0
LARGEST_COST = 0.3
COME_OR_GO = 0.009
ODD_COST = 0.003
DOUBT_COST = 0.0015
VALUE_GAIN = 2e-6
TIE_BREAK = 4e-4
NEGLIGIBLE = 1e-6
# In points: a point more on a line that had better not weigh more costs more than a point beside the result band, the
# leaving of a sound line more than a duty without one; an error costs more than either.
RISE_CHARGE = 25.0
DROP_CHARGE = 400.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that stands on the card, or may come in."""

    candidate: Candidate
    before: float | None
    """Its weight, as a number that a line can have; ``None`` for what is not on the card."""
    choices: tuple[int, ...]
    pinned: bool = False
    doubtful: bool = False
    """Whether the rules would rather see the line go."""
    held: bool = False
    """Whether the line takes points only where nothing else can."""
    sound: bool = False
    """Whether no rule speaks against the line, so that it leaves only where much is won by it."""

    def charge(self, weight: int) -> float:
        """Return what a weight costs in points beyond those moved."""
        before = self.before or 0.0
        risen = RISE_CHARGE * max(weight - before, 0.0) * self.held
        return risen + DROP_CHARGE * (self.sound and weight == 0 < before)

    @property
    def id(self) -> str:
        return self.candidate.id


@dataclass(frozen=True)
class Asked:
    """Which weights are wanted."""

    entries: tuple[Entry, ...]
    """In an order that does not depend on the card's: where all else is equal, the earlier change."""
    limits: tuple[Limit, ...]
    total: int | None
    worse: Callable[[float], int]
    """0 for a fine weight, 1 for one that draws advice, 2 for one that draws a warning or more."""

    @cached_property
    def whole(self) -> bool:
        return all(entry.before is None or entry.before % 1 == 0 for entry in self.entries)

    def cost(self, place: int, weight: int, point: float = POINT_COST) -> float:
        """Return what an entry costs at a weight; 0 where it leaves, or does not come."""
        entry = self.entries[place]
        before = entry.before or 0.0
        if entry.before is None and weight == 0:
            return 0.0
        if weight == entry.before:
            return 0.0
        tie = TIE_BREAK * (place + 1) / len(self.entries) ** 2
        tie += DOUBT_COST * ((weight > before) == entry.doubtful)
        comes_or_goes = COME_OR_GO * (weight == 0 or entry.before is None)
        small = comes_or_goes + ODD_COST * entry.pinned + tie - VALUE_GAIN * self._value(entry, weight)
        worse = self.worse(weight) if weight else 0
        grave = WARNING_COST * (worse == 2) + ODD_COST * (worse > 0)
        return point * (abs(weight - before) + entry.charge(weight)) + LINE_COST + grave + small

    def _value(self, entry: Entry, weight: int) -> float:
        return entry.candidate.value if entry.before is None and weight else 0.0


def closest(asked: Asked) -> dict[str, int] | None:
    """Return the nearest weights by id of entry, or ``None`` where no weights add up."""
    if asked.whole:
        return _Programmed(asked).weights()
    # Hundredths of a point are too fine to weigh against lines in one sum of costs: first the points, then the rest.
    least = _Programmed(asked, points_only=True).change()
    return None if least is None else _Programmed(asked, most_change=least).weights()


class _Programmed:
    """One mixed-integer program and its solution."""

    def __init__(self, asked: Asked, *, points_only: bool = False, most_change: float = inf) -> None:
        self.asked, self.program = asked, Program()
        self.columns = {
            entry.id: [(self._column(place, weight, points_only), weight) for weight in entry.choices]
            for place, entry in enumerate(asked.entries)
        }
        self._rows()
        if not points_only:
            self._largest()
        if most_change < inf:
            self.program.row([term for entry in asked.entries for term in self._moves(entry)], upper=most_change)
        self.solution = solve(self.program)

    def weights(self) -> dict[str, int] | None:
        if self.solution is None:
            return None
        values = self.solution.values
        return {id: weight for id, places in self.columns.items() for column, weight in places if values[column] > 0.5}

    def change(self) -> float | None:
        """Return the points changed, less what the stated weights add up to."""
        if self.solution is None:
            return None
        values = self.solution.values
        terms = (term for entry in self.asked.entries for term in self._moves(entry))
        return sum(move * round(values[column]) for column, move in terms) + NEGLIGIBLE

    def _column(self, place: int, weight: int, points_only: bool) -> int:
        if points_only:
            return self.program.column(-POINT_COST * _move(self.asked.entries[place], weight))
        return self.program.column(self.asked.cost(place, 0) - self.asked.cost(place, weight))

    def _rows(self) -> None:
        for entry in self.asked.entries:
            self.program.row(self._terms({entry.id}, by_weight=False), upper=1)
        if self.asked.total is not None:
            self.program.row(self._terms(self.columns), self.asked.total, self.asked.total)
        for limit in self.asked.limits:
            # Missing a limit by one costs as much as this many points for each of its units.
            terms, cost = self._terms(limit.ids, by_weight=not limit.counts_items), -POINT_COST * limit.unit
            if limit.low > -inf:
                short = self.program.column(cost, upper=inf, integer=False)
                self.program.row([*terms, (short, 1.0)], lower=limit.low)
            if limit.high < inf:
                over = self.program.column(cost, upper=inf, integer=False)
                self.program.row([*terms, (over, -1.0)], upper=limit.high)

    def _terms(self, ids: Iterable[str], by_weight: bool = True) -> list[tuple[int, float]]:
        kept = sorted(self.columns.keys() & set(ids))
        return [(column, float(weight) if by_weight else 1.0) for id in kept for column, weight in self.columns[id]]

    def _moves(self, entry: Entry) -> list[tuple[int, float]]:
        return [(column, _move(entry, weight)) for column, weight in self.columns[entry.id]]

    def _largest(self) -> None:
        largest = self.program.column(-LARGEST_COST, upper=inf, integer=False)
        for entry in self.asked.entries:
            if entry.before is not None:
                # What stands loses its weight by leaving.
                self.program.row([*self._moves(entry), (largest, -1.0)], upper=-entry.before)


def _move(entry: Entry, weight: int) -> float:
    """Return the change that a weight means, less the change of leaving the card."""
    before = entry.before or 0.0
    return abs(weight - before) - before
