"""The same teams chosen by others: plain CP-SAT (ortools), and a greedy as one would write it.

`python -m bench.teaming_rivals QUESTION SECONDS` prints, as JSON, what CP-SAT reached: seconds, unfilled places, squares. It runs
in a process of its own, for ortools and HiGHS cannot share one, in the environment that `make bench` makes for it.
"""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.rivals import python_of_rivals
from bench.teaming_questions import question
from xiezuo.collaboration.teaming.problem import Need, Person, rules_of
from xiezuo.collaboration.teaming.roster import why_not

NOT_INSTALLED = 3
SOURCE = str(Path(__file__).resolve().parents[1] / "src")
GRACE = 60


def ask(name: str, seconds: float) -> tuple[float, int, float] | None:
    """Seconds, unfilled places and squares of CP-SAT; None where it is not installed or had no answer."""
    command = [python_of_rivals(), "-m", "bench.teaming_rivals", name, str(seconds)]
    env = os.environ | {"PYTHONPATH": SOURCE}
    try:
        done = subprocess.run(
            command, check=False, stdout=subprocess.PIPE, text=True, timeout=seconds + GRACE, env=env
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode == NOT_INSTALLED:
        return None
    done.check_returncode()
    found = json.loads(done.stdout.splitlines()[-1])
    return None if found is None else (found[0], found[1], found[2])


def squares(people: list[Person], teams: dict[str, list[str]]) -> float:
    """The sum of squared loads of all people with these teams."""
    load = {person.id: person.load for person in people}
    for each in (each for team in teams.values() for each in team):
        load[each] += 1
    return sum(each**2 for each in load.values())


def greedy(people: list[Person], needs: list[Need]) -> dict[str, list[str]]:
    """Request after request: for each demand the least burdened who meets it, then the least burdened; nobody twice."""
    free, teams = sorted(people, key=lambda person: (person.load, person.id)), dict[str, list[str]]()
    for need in needs:
        able = [person for person in free if why_not(person, need) is None]
        team: list[Person] = []
        for rule in rules_of(need):
            while sum(map(rule.met_by, team)) < rule.least:
                one = next((each for each in able if each not in team and rule.met_by(each)), None)
                if one is None:
                    break
                team.append(one)
        team += [each for each in able if each not in team][: max(0, need.size - len(team))]
        if len(team) == need.size and all(
            sum(map(rule.met_by, team)) >= rule.least for rule in rules_of(need)
        ):
            teams[need.id] = [each.id for each in team]
            free = [each for each in free if each not in team]
    return teams


def cpsat(people: list[Person], needs: list[Need], seconds: float) -> tuple[float, int, float] | None:
    """All arcs as choices, two workers: unfilled places first, by a price that squares cannot outweigh."""
    cp_model: Any = import_module("ortools.sat.python.cp_model")
    model, arcs = cp_model.CpModel(), {}
    whether = {need.id: model.new_bool_var("") for need in needs}
    for need in needs:
        able = [person for person in people if why_not(person, need) is None]
        arcs[need.id] = {person.id: (person, model.new_bool_var("")) for person in able}
        chosen = arcs[need.id].values()
        model.add(sum(x for _person, x in chosen) == need.size * whether[need.id])
        for rule in rules_of(need):
            model.add(sum(x for person, x in chosen if rule.met_by(person)) >= rule.least * whether[need.id])
    cost = 0
    for person in people:
        its = [arcs[need.id][person.id][1] for need in needs if person.id in arcs[need.id]]
        model.add_at_most_one(its)
        cost += (2 * int(person.load) + 1) * sum(its)
    price = 1000 * sum(need.size for need in needs)
    model.minimize(cost + price * sum(need.size * (1 - whether[need.id]) for need in needs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 2
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    teams = {
        need: [each for each, (_person, x) in its.items() if solver.value(x)] for need, its in arcs.items()
    }
    unfilled = sum(need.size for need in needs if not solver.value(whether[need.id]))
    return solver.wall_time, unfilled, squares(people, teams)


if __name__ == "__main__":
    asked, limit = sys.argv[1:]
    try:
        print(json.dumps(cpsat(*question(asked), float(limit))))
    except ImportError:
        sys.exit(NOT_INSTALLED)
