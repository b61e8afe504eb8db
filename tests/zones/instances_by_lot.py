"""Instances drawn by lot, small enough to be answered by trying everything, and the answer that trying gives."""

from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st

Document = dict[str, Any]


@st.composite
def documents(draw, *, most=6):
    """Places with or without centres, with distances or coordinates, and rules that may well exclude each other."""
    many, chosen = draw(st.integers(1, most)), draw(st.booleans())
    loads = st.one_of(st.integers(0, 6), st.floats(0, 6).map(lambda each: round(each, 2)))
    places = [f"p{at}" for at in range(many)]
    sites = [_site(draw, each) | {"load": draw(loads)} for each in places]
    centres = None if chosen else [_site(draw, f"c{at}") for at in range(draw(st.integers(1, 3)))]
    possible = sites if centres is None else centres
    for each in possible:
        each["capacity"] = draw(st.integers(0, 20))
    document = {"places": sites, "centres": centres, "choose": None, "distance": None}
    if chosen or draw(st.integers(0, 3)) == 0:
        document["choose"] = draw(st.integers(1, len(possible)))
    if draw(st.booleans()):
        row = st.lists(st.integers(0, 20), min_size=len(possible), max_size=len(possible))
        document["distance"] = draw(st.lists(row, min_size=many, max_size=many))
    return document | _rules(draw, places, [each["id"] for each in possible])


def _site(draw, code):
    return {"id": code, "x": draw(st.integers(0, 9)), "y": draw(st.integers(0, 9))}


def _rules(draw, places, centres):
    pair = st.lists(st.sampled_from(places), min_size=2, max_size=2, unique=True)
    pairs = st.lists(pair, max_size=2) if len(places) > 1 else st.just([])
    fixed = st.dictionaries(st.sampled_from(places), st.sampled_from(centres), max_size=2)
    return {"fixed": draw(fixed), "barred": draw(pairs), "together": draw(pairs)}


def distances(document: Document):
    """[place, centre]: as given, or straight."""
    if document["distance"] is not None:
        return np.array(document["distance"], float)
    possible = document["centres"] or document["places"]
    here, there = (
        np.array([(s["x"], s["y"]) for s in sites], float) for sites in (document["places"], possible)
    )
    return np.sqrt(((here[:, None] - there[None]) ** 2).sum(axis=2))


def broken(document: Document, assignment: dict[str, str]) -> list[str]:
    """The kinds of rules that an assignment breaks."""
    possible = document["centres"] or document["places"]
    held = {each["id"]: 0.0 for each in possible}
    for place in document["places"]:
        held[assignment[place["id"]]] += place["load"]
    choose = document["choose"] or len(possible)
    kept = {
        "choose": len(set(assignment.values())) <= choose,
        "capacity": all(held[each["id"]] <= each["capacity"] + 1e-6 for each in possible),
        "fixed": all(assignment[place] == centre for place, centre in document["fixed"].items()),
        "barred": all(assignment[one] != assignment[other] for one, other in document["barred"]),
        "together": all(assignment[one] == assignment[other] for one, other in document["together"]),
    }
    return [kind for kind, well in kept.items() if not well]


def least_distance(document: Document) -> float | None:
    """The total distance of the best assignment, or None if there is none."""
    places = [each["id"] for each in document["places"]]
    centres = [each["id"] for each in document["centres"] or document["places"]]
    ways, best = distances(document), None
    for at in product(range(len(centres)), repeat=len(places)):
        total = float(ways[range(len(places)), at].sum())
        if (best is None or total < best) and not broken(
            document, dict(zip(places, (centres[c] for c in at), strict=True))
        ):
            best = total
    return best
