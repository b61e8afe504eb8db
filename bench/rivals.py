"""The same zone questions given to others: plain HiGHS, plain CP-SAT (ortools), and the p-median of PySAL's spopt.

`python -m bench.rivals NAME INSTANCE SECONDS` prints, as JSON, the pairs of seconds and cost that it reached. Each runs in a
process of its own, for ortools and HiGHS cannot share one, and CP-SAT in the environment that `make bench` makes for it.
spopt (537 MB, 43 packages) is no part of a lock: it is asked where XIEZUO_RIVALS names a Python that has it.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.instances import assignments, pmedcap, sjc
from xiezuo.zones.zoning.problem import Districting, Giving

if TYPE_CHECKING:
    from xiezuo.shared.mip import Model

Reached = list[tuple[float, float]]
Asked = Districting | Giving
NOT_INSTALLED = 3
SOURCE = str(Path(__file__).resolve().parents[1] / "src")
"""A rival's Python has its solver and not Xiezuo."""
GRACE = 60
"""Seconds in which a model must have been built; who has not by then, has no answer."""


def python_of_rivals() -> str:
    """The Python that has the rivals: the one somebody named, or that of `make bench`, or this one, which has none."""
    ours = Path(__file__).resolve().parents[1] / ".venv-rivals" / "bin" / "python"
    return os.environ.get("XIEZUO_RIVALS") or (str(ours) if ours.exists() else sys.executable)


def ask(rival: str, instance: str, seconds: float) -> Reached | None:
    """What a rival reached and when; None where it is not installed."""
    python = sys.executable if rival == "HiGHS" else python_of_rivals()
    command = [python, "-m", "bench.rivals", rival, instance, str(seconds)]
    found = os.environ | {"PYTHONPATH": SOURCE}
    try:
        done = subprocess.run(
            command, check=False, stdout=subprocess.PIPE, text=True, timeout=seconds + GRACE, env=found
        )
    except subprocess.TimeoutExpired:
        return []
    if done.returncode == NOT_INSTALLED:
        return None
    done.check_returncode()
    return [(when, cost) for when, cost in json.loads(done.stdout.splitlines()[-1])]


def at(reached: Reached, seconds: float) -> float:
    """The cost reached by then; infinite before there is one."""
    return min((cost for when, cost in reached if when <= seconds), default=float("inf"))


def _instances() -> dict[str, Asked]:
    known: dict[str, Asked] = {each.name: each.asked for each in (*sjc(), *pmedcap())}
    return known | {name: asked for name, asked, _best in assignments()}


def _loads(asked: Asked) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """[place, centre]: what a place brings there."""
    if isinstance(asked, Giving):
        return asked.load
    return np.repeat(asked.load[:, None], asked.cost.shape[1], axis=1)


def highs(asked: Asked, seconds: float) -> Reached:
    """All arcs as choices and nothing else, two threads, no start."""
    from xiezuo.shared.mip import built  # noqa: PLC0415 - cannot share a process with ortools

    solver, reached = built(_plain_model(asked), relaxed=False), list[tuple[float, float]]()
    solver.setOptionValue("threads", 2)
    solver.setOptionValue("time_limit", seconds)
    begun = time.perf_counter()
    solver.cbMipImprovingSolution.subscribe(
        lambda event: reached.append((time.perf_counter() - begun, event.data_out.objective_function_value))
    )
    solver.run()
    return reached


def _plain_model(asked: Asked) -> "Model":
    from xiezuo.shared.mip import Model  # noqa: PLC0415 - cannot share a process with ortools

    model, load = Model(), _loads(asked)
    places, centres = asked.cost.shape
    used = [model.choice() for _centre in range(centres)]
    arcs = [
        [model.choice(float(asked.cost[place, centre])) for centre in range(centres)]
        for place in range(places)
    ]
    for row in arcs:
        model.row(dict.fromkeys(row, 1.0), least=1, most=1)
    for centre in range(centres):
        held = {arcs[place][centre]: float(load[place, centre]) for place in range(places)}
        model.row({**held, used[centre]: -float(asked.room[centre])}, most=0)
    if isinstance(asked, Districting):
        model.row(dict.fromkeys(used, 1.0), most=asked.zones)
        for row in arcs:
            for centre in range(centres):
                model.row({row[centre]: 1.0, used[centre]: -1.0}, most=0)
    return model


def cpsat(asked: Asked, seconds: float) -> Reached:
    """All arcs as choices, costs in thousandths, two workers."""
    cp_model: Any = import_module("ortools.sat.python.cp_model")

    places, centres = asked.cost.shape
    load, model = np.ceil(_loads(asked)).astype(int), cp_model.CpModel()
    x = [[model.new_bool_var("") for _centre in range(centres)] for _place in range(places)]
    used = [model.new_bool_var("") for _centre in range(centres)]
    for row in x:
        model.add_exactly_one(row)
    for centre in range(centres):
        held = sum(int(load[place, centre]) * x[place][centre] for place in range(places))
        model.add(held <= int(asked.room[centre])).only_enforce_if(used[centre])
        for row in x:
            model.add_implication(row[centre], used[centre])
    if isinstance(asked, Districting):
        model.add(sum(used) == asked.zones)
    cost = np.round(asked.cost * 1000).astype(int)
    model.minimize(sum(int(cost[p, c]) * x[p][c] for p in range(places) for c in range(centres)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 2
    reached: Reached = []

    class Note(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        """Writes down when an answer came."""

        def on_solution_callback(self) -> None:
            reached.append((self.wall_time, self.objective_value / 1000))

    solver.solve(model, Note())
    return reached


def spopt(asked: Asked, seconds: float) -> Reached:
    """PySAL's capacitated p-median, solved by PuLP's own CBC; it gives one answer at its end or at the time limit."""
    pulp, locate = import_module("pulp"), import_module("spopt.locate")

    if isinstance(asked, Giving):
        return []
    load = np.maximum(asked.load, 1e-6)
    begun = time.perf_counter()
    problem = locate.PMedian.from_cost_matrix(
        asked.cost / load[:, None], load, p_facilities=asked.zones, facility_capacities=asked.room,
    )  # fmt: skip
    try:
        problem.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=seconds), results=False)
    except RuntimeError:  # its word for a time limit without an answer
        return []
    value = pulp.value(problem.problem.objective)
    return [] if value is None else [(time.perf_counter() - begun, float(value))]


RIVALS: dict[str, Callable[[Asked, float], Reached]] = {"HiGHS": highs, "CP-SAT": cpsat, "spopt": spopt}

if __name__ == "__main__":
    name, instance, limit = sys.argv[1:]
    try:
        answer = RIVALS[name](_instances()[instance], float(limit))
    except ImportError:
        sys.exit(NOT_INSTALLED)
    print(json.dumps(answer))
