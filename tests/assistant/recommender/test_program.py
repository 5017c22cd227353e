"""The program against brute force, and the parts of it against small cases."""

from itertools import product
from math import inf, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.recommender.explain import largest_remainder
from assistant.recommender.solver import Program, solve

STEP, TOTAL = 10, 100


@st.composite
def instances(draw: st.DrawFn) -> tuple[list[float], int, float, list[int]]:
    """Values of three to five items, a preferred count, a cost of other counts, and a group with a cap of 50."""
    values = draw(st.lists(st.floats(1, 50).map(lambda value: round(value, 3)), min_size=3, max_size=5))
    preferred = draw(st.integers(2, 4))
    cost = draw(st.floats(0, 20).map(lambda value: round(value, 3)))
    group = draw(st.lists(st.integers(0, len(values) - 1), unique=True, min_size=1, max_size=2))
    return values, preferred, cost, group


def worth(value: float, weight: int) -> float:
    return value * (1 + log(weight / STEP)) if weight else 0.0


def brute_force(values: list[float], preferred: int, cost: float, group: list[int]) -> float:
    best = -inf
    for weights in product(range(0, TOTAL + 1, STEP), repeat=len(values)):
        if sum(weights) == TOTAL and sum(weights[place] for place in group) <= 50:
            count = sum(weight > 0 for weight in weights)
            total = sum(map(worth, values, weights)) - cost * abs(count - preferred)
            best = max(best, total)
    return best


def by_program(values: list[float], preferred: int, cost: float, group: list[int]) -> float:
    program = Program()
    columns = [
        [(program.column(worth(value, weight)), weight) for weight in range(STEP, TOTAL + 1, STEP)] for value in values
    ]
    over, under = (program.column(-cost, upper=inf, integer=False) for _ in range(2))
    for places in columns:
        program.row([(column, 1.0) for column, _ in places], upper=1)
    program.row([(column, float(weight)) for places in columns for column, weight in places], TOTAL, TOTAL)
    program.row([(column, float(weight)) for place in group for column, weight in columns[place]], upper=50)
    counted = [(column, 1.0) for places in columns for column, _ in places]
    program.row([*counted, (over, -1.0), (under, 1.0)], preferred, preferred)
    solution = solve(program)
    return solution.objective if solution else -inf


@settings(max_examples=40, deadline=None)
@given(instances())
def test_objective_equals_brute_force(instance: tuple[list[float], int, float, list[int]]) -> None:
    assert by_program(*instance) == pytest.approx(brute_force(*instance), abs=1e-6)


def test_infeasible_program_has_no_solution() -> None:
    program = Program()
    column = program.column(1.0)
    program.row([(column, 1.0)], lower=2)
    assert solve(program) is None


@given(st.lists(st.floats(-40, 60), min_size=1, max_size=6), st.integers(0, 600))
def test_largest_remainder_adds_up(values: list[float], total: int) -> None:
    values = [*values, total - sum(values)]
    rounded = largest_remainder(values, total)
    assert sum(rounded) == total
    assert all(abs(one - other) <= 1 for one, other in zip(values, rounded, strict=True))
