"""A model of whole and real numbers, written row by row and solved by HiGHS."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

import highspy
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Stop = Callable[[], bool]


class End(Enum):
    """How a solution ended."""

    PROVEN = "proven"
    CUT_OFF = "cut off"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class Solved:
    """What HiGHS found: `values` of the variables, empty if it found none; nothing costs less than `bound`."""

    end: End
    values: Numbers
    cost: float
    bound: float
    steps: int = 0
    """Of the simplex method, however long each took."""


@dataclass(frozen=True)
class Relaxed:
    """The model with real numbers for whole ones: its cost, its values, what each variable would add, the prices of rows."""

    cost: float
    values: Numbers
    reduced: Numbers
    prices: Numbers


@dataclass
class Model:
    """Variables with costs, and rows that bind them. Costs are least."""

    costs: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def choice(self, cost: float = 0.0) -> int:
        """Add a variable that is 0 or 1."""
        return self.amount(cost, most=1.0, whole=True)

    def amount(self, cost: float = 0.0, *, most: float = math.inf, whole: bool = False) -> int:
        """Add a variable that is not negative."""
        self.costs.append(cost)
        self.lower.append(0.0)
        self.upper.append(most)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, terms: Mapping[int, float], *, least: float = -math.inf, most: float = math.inf) -> None:
        """Bind the sum of factor times variable."""
        self.columns.extend(terms)
        self.factors.extend(terms.values())
        self.starts.append(len(self.columns))
        self.least.append(least)
        self.most.append(most)

    def amounts(self, costs: Numbers, *, whole: bool = False) -> Whole:
        """Add variables between 0 and 1 at once, each with its cost."""
        first, many = len(self.costs), len(costs)
        self.costs.extend(costs.tolist())
        self.lower.extend([0.0] * many)
        self.upper.extend([1.0] * many)
        self.whole.extend([whole] * many)
        return np.arange(first, first + many)

    def rows(self, of: Whole, terms: Whole, factors: Numbers, *, least: Numbers, most: Numbers) -> Whole:
        """Add rows at once: term `at`, a variable with its factor, stands in the row `of[at]`, counted from the first one
        added; `of` ascends. Returns their numbers."""
        first = len(self.least)
        ends = len(self.columns) + np.cumsum(np.bincount(of, minlength=len(least)))
        self.columns.extend(terms.tolist())
        self.factors.extend(factors.tolist())
        self.starts.extend(ends.tolist())
        self.least.extend(least.tolist())
        self.most.extend(most.tolist())
        return np.arange(first, first + len(least))

    def solve(
        self, *, seconds: float, start: Numbers | None = None, nodes: int | None = None, gap: float = 0.0,
        stop: Stop | None = None, prove_only: bool = False, near: float = 1e-7,
    ) -> Solved:  # fmt: skip
        """The cheapest values, from `start` if given; ends with the best so far after `seconds` or `nodes`.

        `prove_only` spends no time on looking for better values beside the proof. Values that cost at most `near` more
        than the bound are best enough, as where costs come in steps.
        """
        highs = built(self, relaxed=False)
        highs.setOptionValue("time_limit", max(0.05, seconds))
        highs.setOptionValue("mip_rel_gap", gap)
        highs.setOptionValue("mip_abs_gap", near)
        if nodes is not None:
            highs.setOptionValue("mip_max_nodes", nodes)
        if prove_only:
            highs.setOptionValue("mip_heuristic_effort", 0.0)
        if start is not None:
            highs.setSolution(_solution(start))
        if stop is not None:
            _heed(highs, stop)
        highs.run()
        return _solved(highs)

    def relax(self, *, seconds: float = math.inf, inside: bool = False) -> Relaxed | None:
        """The model with real numbers for whole ones; None if even these find no room.

        `inside`: found from the inside and not from corner to corner, which is faster for many rows; its values are the
        middle of all that are best, and no prices are exact. Raises TimeoutError if that is not known after `seconds`.
        """
        highs = built(self, relaxed=True)
        highs.setOptionValue("time_limit", seconds)
        if inside:
            highs.setOptionValue("solver", "ipm")
            highs.setOptionValue("run_crossover", "off")
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise TimeoutError("the model with real numbers was not solved in time")
        found = highs.getSolution()
        cost = float(highs.getInfo().objective_function_value)
        return Relaxed(cost, np.array(found.col_value), np.array(found.col_dual), np.array(found.row_dual))


def built(written: Model, *, relaxed: bool) -> highspy.Highs:
    """The model as HiGHS takes it, on one thread: so the same question has the same answer."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(written.costs), len(written.least)
    model.col_cost_ = np.array(written.costs)
    model.col_lower_, model.col_upper_ = np.array(written.lower), np.array(written.upper)
    model.row_lower_, model.row_upper_ = np.array(written.least), np.array(written.most)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(written.starts, np.int32)
    model.a_matrix_.index_ = np.array(written.columns, np.int32)
    model.a_matrix_.value_ = np.array(written.factors, np.float64)
    if not relaxed:
        kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
        model.integrality_ = [kinds[whole] for whole in written.whole]
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    highs.silent()
    highs.setOptionValue("threads", 1)
    highs.passModel(model)
    return highs


def _solution(values: Sequence[float] | Numbers) -> highspy.HighsSolution:
    solution = highspy.HighsSolution()
    solution.col_value = [float(value) for value in values]
    return solution


def _heed(highs: highspy.Highs, stop: Stop) -> None:
    """Let `stop` end the search; HiGHS asks it now and then."""
    highs.cbMipInterrupt.subscribe(lambda event: event.interrupt() if stop() else None)


def _solved(highs: highspy.Highs) -> Solved:
    status, info = highs.getModelStatus(), highs.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(End.IMPOSSIBLE, np.zeros(0), math.inf, math.inf)
    steps = max(0, int(info.simplex_iteration_count))
    end = End.PROVEN if status == highspy.HighsModelStatus.kOptimal else End.CUT_OFF
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solved(end, np.zeros(0), math.inf, float(info.mip_dual_bound), steps)
    cost = float(info.objective_function_value)
    bound = min(cost, float(info.mip_dual_bound))
    return Solved(end, np.array(highs.getSolution().col_value), cost, bound, steps)
