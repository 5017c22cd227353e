"""Clauses with bounds put together: one step function from attainments, or figures, to points."""

import math
import re
from dataclasses import dataclass, replace
from typing import Any

from assistant.intake.scoring.bounds import TARGET, Bound
from assistant.models import ScoreBand
from knowledge.terms import Polarity

# Bounds all below this are no attainments: nobody is paid in full for a third of a target.
LOW = 50.0
_OF_TARGET = re.compile(
    r"完成率|达成率|完成|达标|达成|目标|计划|超额|\b(?:target|quota|plan|budget|attainment|achievement)\b"
)


@dataclass(frozen=True, slots=True)
class Bands:
    """A step function with what follows from it."""

    clauses: tuple[Bound, ...]
    full: float
    figures: bool
    falling: bool
    """Whether points fall as the figure rises."""

    def steps(self) -> tuple[ScoreBand, ...]:
        """Return where the points change, from low to high; below the first step they are 0."""
        found: list[ScoreBand] = []
        before = self._below()
        if before:
            found.append(ScoreBand(at_least=0, points=before))
        bounds = self._bounds()
        for place, at in enumerate(bounds):
            after = bounds[place + 1] if place + 1 < len(bounds) else at + 2
            on, over = self.at(at), self.at((at + after) / 2)
            if on != before and on == over:
                found.append(ScoreBand(at_least=at, points=on))
            elif over != before:
                found.append(ScoreBand(at_least=at, points=over, above=on != over))
            before = over
        return tuple(found)

    def at(self, value: float) -> float:
        """Return the points at a value; what no clause covers has the lower points of its neighbours."""
        stated = self._stated(value)
        if stated is not None:
            return stated
        sides = [self._stated(at) for at in self._nearest(value)]
        known = [points for points in sides if points is not None]
        outside = value > max(self._bounds()) if self.falling else value < min(self._bounds())
        return 0.0 if outside or not known else min(known)

    def _below(self) -> float:
        first = self._bounds()[0]
        return self.at(first - 1)

    def _bounds(self) -> list[float]:
        return sorted({at for clause in self.clauses for at in (clause.low, clause.high) if at is not None})

    def _nearest(self, value: float) -> list[float]:
        """Return a value just past the nearest bound on each side, where a clause speaks."""
        bounds = self._bounds()
        under = [at for at in bounds if at <= value]
        over = [at for at in bounds if at > value]
        near = [under[-1] - 1e-6, under[-1]] if under else []
        return near + ([over[0], over[0] + 1e-6] if over else [])

    def _stated(self, value: float) -> float | None:
        """Return what the clause nearest to a value gives: the highest bound from below, else the lowest from above."""
        holding = [clause for clause in self.clauses if clause.holds(value)]
        from_below = [clause for clause in holding if clause.low is not None]
        from_above = [clause for clause in holding if clause.low is None and clause.high is not None]
        if from_below:
            return self._points(max(from_below, key=lambda clause: clause.low or 0.0))
        if from_above:
            return self._points(min(from_above, key=lambda clause: clause.high or 0.0))
        return self._points(holding[0]) if holding else None

    def _points(self, clause: Bound) -> float:
        if clause.kind == "full":
            return self.full
        return self.full - clause.amount if clause.kind == "lost" else clause.amount


def bands(bounds: list[Bound], plain: str, full: float | None) -> Bands | None:
    """Put clauses together; none where they speak of different things."""
    clauses = _placed(bounds)
    numbers = [clause for clause in clauses if not clause.anchor and not clause.lone]
    units = {clause.unit for clause in numbers} - {"", "%"}
    falling = _falling(clauses)
    clauses += _nothing_lost(clauses, falling=falling)
    figures = bool(units) or falling or not _of_target(clauses, numbers, plain)
    anchored = any(clause.anchor for clause in clauses)
    if not numbers or (figures and anchored) or len(units) > 1:
        return None
    made = Bands(tuple(clauses), full or 100.0, figures, falling)
    return replace(made, full=full or _full(made))


def facts(made: Bands) -> dict[str, Any]:
    """Return the fields of a scoring by bands."""
    steps = made.steps()
    most, least = max((step.points for step in steps), default=0.0), min((step.points for step in steps), default=0.0)
    rising = Polarity.HIGHER if made.figures else None
    return {
        "bands": steps,
        "full": made.full,
        "points": most,
        "cap": max(0, math.ceil(round(100 * most / made.full, 6))),
        "floor": math.floor(round(100 * min(0.0, least) / made.full, 6)),
        "figures": made.figures,
        "polarity": Polarity.LOWER if made.falling else rising,
    }


def _placed(bounds: list[Bound]) -> list[Bound]:
    """Give a lone "above" or "below" the bound of the clause before it."""
    placed: list[Bound] = []
    for one in bounds:
        last = next((at for clause in reversed(placed) for at in (clause.high, clause.low) if at is not None), None)
        if one.up is not None and last is not None:
            one = replace(one, low=last, past=True) if one.up else replace(one, high=last)
        placed.append(one)
    return placed


def _falling(clauses: list[Bound]) -> bool:
    """Tell whether higher figures have fewer points."""
    points = [clause for clause in clauses if clause.kind == "points" and not clause.lone]
    if any(clause.kind == "lost" and clause.low is not None and clause.high is None for clause in clauses):
        return True
    ordered = [clause.amount for clause in sorted(points, key=_middle)]
    return len(ordered) > 1 and ordered[0] > ordered[-1]


def _nothing_lost(clauses: list[Bound], *, falling: bool) -> list[Bound]:
    """Return the stretch before the first loss, where all points stand."""
    if not any(clause.kind == "lost" for clause in clauses) or any(clause.lone for clause in clauses):
        return []
    bounds = [at for clause in clauses for at in (clause.low, clause.high) if at is not None]
    return [Bound(0.0, "full", high=min(bounds), upto=True) if falling else Bound(0.0, "full", low=max(bounds))]


def _middle(clause: Bound) -> tuple[float, float]:
    """Order clauses by where they lie; one bounded only from above lies below its bound."""
    if clause.low is None:
        return (clause.high or 0.0) - 1e-6, 0.0
    return clause.low, clause.high or math.inf


def _of_target(clauses: list[Bound], numbers: list[Bound], plain: str) -> bool:
    said = any(clause.anchor for clause in clauses) or bool(_OF_TARGET.search(plain))
    highest = max((at for clause in numbers for at in (clause.low, clause.high) if at is not None), default=0.0)
    return highest >= LOW and (said or any(clause.unit == "%" for clause in numbers))


def _full(made: Bands) -> float:
    """Return the points at the target where bounds are attainments, else the highest."""
    highest = max((made.at(at + 1e-6) for at in made._bounds()), default=0.0)
    highest = max(highest, made.at(made._bounds()[0] - 1))
    at_target = 0.0 if made.figures else made.at(TARGET)
    return at_target if at_target > 0 else highest if highest > 0 else 100.0
