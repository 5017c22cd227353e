"""A small mixed-integer program and its exact solution with HiGHS."""

from dataclasses import dataclass, field
from math import inf

import highspy
import numpy as np

# ``highspy.Highs`` registers callbacks as it is made, and that prints a banner on standard output, where our JSON goes,
# before any option could forbid it. The class it wraps is silent.
from highspy import _Highs  # type: ignore[attr-defined]

# HiGHS mixes no thread counts within a process, and one thread makes runs repeatable.
OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
}


@dataclass
class Program:
    """Columns with a cost each (to be maximised) and rows ``lower <= sum <= upper``."""

    costs: list[float] = field(default_factory=list)
    uppers: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    row_lowers: list[float] = field(default_factory=list)
    row_uppers: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def column(self, cost: float = 0.0, upper: float = 1.0, *, integer: bool = True) -> int:
        self.costs.append(cost)
        self.uppers.append(upper)
        self.integer.append(integer)
        return len(self.costs) - 1

    def row(self, terms: list[tuple[int, float]], lower: float = -inf, upper: float = inf) -> None:
        self.starts.append(len(self.columns))
        self.columns += [column for column, _ in terms]
        self.values += [value for _, value in terms]
        self.row_lowers.append(lower)
        self.row_uppers.append(upper)

    def lp(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.starts)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.array(self.costs)
        lp.col_lower_ = np.zeros(len(self.costs))
        lp.col_upper_ = np.array(self.uppers)
        lp.row_lower_ = np.array(self.row_lowers)
        lp.row_upper_ = np.array(self.row_uppers)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array([*self.starts, len(self.columns)], dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self.columns, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self.values)
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in self.integer]
        return lp


@dataclass(frozen=True)
class Solution:
    values: list[float]
    objective: float


def solve(program: Program) -> Solution | None:
    """Return the best solution, or ``None`` where there is none."""
    solver = _Highs()
    for name, value in OPTIONS.items():
        solver.setOptionValue(name, value)
    solver.passModel(program.lp())
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return Solution(list(solver.getSolution().col_value), solver.getInfo().objective_function_value)
