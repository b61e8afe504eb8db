"""Instances from outside: the answer is the best there is, or the rules in conflict exclude each other indeed."""

import json
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings

from tests.zones.instances_by_lot import broken, documents, least_distance
from xiezuo.zones.zoning import answering
from xiezuo.zones.zoning.districting import draw
from xiezuo.zones.zoning.problem import Districting
from xiezuo.zones.zoning.published import BadInstance, Document, Expected, NoAnswer, propose_for, read


def _asked(document, **options):
    return propose_for(read(json.dumps(document).encode()), **{"seconds": 20, "seed": 0} | options)


def _without(document, name):
    """The instance without one rule, as a conflict names it."""
    kind, _space, ids = name.partition(" ")
    if kind == "choose":
        return document | {"choose": len(document["centres"] or document["places"])}
    if kind == "fixed":
        place = ids.partition(":")[0]
        return document | {"fixed": {p: c for p, c in document["fixed"].items() if p != place}}
    if kind in ("barred", "together"):
        pair = ids.split(", ")
        return document | {kind: [each for each in document[kind] if each != pair]}
    where = "centres" if document["centres"] else "places"
    roomy = [each | ({"capacity": 99} if not ids or each["id"] == ids else {}) for each in document[where]]
    return document | {where: roomy}


def _is_best_or_a_conflict(document):
    best = least_distance(document)
    if best is None:
        with pytest.raises(NoAnswer) as refused:
            _asked(document)
        names = refused.value.document()["conflict"]
        assert names
        assert refused.value.minimal
        for name in names:
            others = [each for each in names if each != name]
            assert least_distance(_only(document, others)) is not None, f"{others} go together"
        assert least_distance(_only(document, names)) is None
        return
    found = _asked(document)
    assert broken(document, found["assignment"]) == []
    assert found["objective"] == pytest.approx(best, abs=1e-6)
    assert (found["proven"], found["gap"], found["bound"]) == (True, 0.0, found["objective"])
    assert len(found["centres"]) == (document["choose"] or len(document["centres"] or ()))
    assert set(found["assignment"].values()) <= set(found["centres"])


def _only(document, names):
    """The instance with these rules and no others."""
    possible = document["centres"] or document["places"]
    every = ["capacity", *(f"capacity {each['id']}" for each in possible), "choose"]
    every += [f"fixed {place}: {centre}" for place, centre in document["fixed"].items()]
    every += [f"{kind} {', '.join(pair)}" for kind in ("barred", "together") for pair in document[kind]]
    kept = {"choose" if name.startswith("choose") else name for name in names}
    if "capacity" in kept:
        kept |= set(every[: len(possible) + 1])
    for name in every:
        if name not in kept and name != "capacity":
            document = _without(document, name)
    return document


@settings(max_examples=60, deadline=None)
@given(documents())
def test_the_exact_model_gives_the_best_answer_or_the_fewest_rules_in_conflict(document):
    _is_best_or_a_conflict(document)


@settings(max_examples=25, deadline=None)
@given(documents())
def test_the_search_for_many_places_keeps_the_same_rules(document):
    with patch.object(answering, "SMALL", 0):
        _is_best_or_a_conflict(document)


SITES = [{"id": f"p{at}", "x": at, "y": 0, "load": 1, "capacity": 2} for at in range(3)]
SOUND = {"places": SITES, "centres": None, "choose": 2}
CENTRES = [{"id": "c", "x": 0, "y": 0, "capacity": 9}]


def _with_place(**changed):
    return SOUND | {"places": [*SITES[:2], SITES[2] | changed]}


@pytest.mark.parametrize(
    ("document", "where", "found", "expected"),
    [
        ([], "$", "[]", Expected.OBJECT),
        ({}, "places", "—", Expected.SOME),
        (SOUND | {"places": []}, "places", "[]", Expected.SOME),
        (SOUND | {"centres": []}, "centres", "[]", Expected.SOME),
        (SOUND | {"choose": 4}, "choose", "4", Expected.COUNT),
        (SOUND | {"choose": 0}, "choose", "0", Expected.COUNT),
        (SOUND | {"choose": None}, "choose", "—", Expected.COUNT),
        (SOUND | {"choose": True}, "choose", "true", Expected.COUNT),
        (SOUND | {"choose": 1.5}, "choose", "1.5", Expected.COUNT),
        (_with_place(load=-4), "places[2].load", "-4", Expected.NOT_NEGATIVE),
        (_with_place(load=float("nan")), "places[2].load", "NaN", Expected.NOT_NEGATIVE),
        (_with_place(load=10**400), "places[2].load", "1" + "0" * 58 + "…", Expected.NOT_NEGATIVE),
        (_with_place(load="3"), "places[2].load", "3", Expected.NOT_NEGATIVE),
        (_with_place(capacity=None), "places[2].capacity", "null", Expected.NOT_NEGATIVE),
        (_with_place(x=float("inf")), "places[2].x", "Infinity", Expected.NUMBER),
        (_with_place(id="p0"), "places[2].id", "p0", Expected.NEW_ID),
        (_with_place(id=1.5), "places[2].id", "1.5", Expected.ID),
        (SOUND | {"distance": [[0, 1, 2], [1, 0], [2, 1, 0]]}, "distance[1]", "[2]", Expected.ROW),
        (SOUND | {"distance": [[0, 1, 2]]}, "distance", "[1]", Expected.ROW),
        (SOUND | {"distance": [[0, 1, -2], [1, 0, 1], [2, 1, 0]]}, "distance[0][2]", "-2", Expected.NOT_NEGATIVE),
        (SOUND | {"fixed": {"q": "p1"}}, "fixed.q", "q", Expected.PLACE),
        (SOUND | {"centres": CENTRES, "choose": None, "fixed": {"p1": "p2"}}, "fixed.p1", "p2", Expected.CENTRE),
        (SOUND | {"barred": [["p0", "q"]]}, "barred[0]", "q", Expected.PLACE),
        (SOUND | {"together": [["p0", "p0"]]}, "together[0]", '["p0", "p0"]', Expected.PAIR),
        (SOUND | {"barred": [["p0", "p1", "p2"]]}, "barred[0]", '["p0", "p1", "p2"]', Expected.PAIR),
        (SOUND | {"barred": {"p0": "p1"}}, "barred", '{"p0": "p1"}', Expected.LIST),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_what_was_found_and_what_was_expected(
    document, where, found, expected
):
    with pytest.raises(BadInstance) as refused:
        read(json.dumps(document).encode())
    (fault,) = refused.value.faults
    assert (fault.where, fault.found, fault.expected) == (where, found, expected)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"choose": 1, "choose": 2}',
        b'{"choose": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_text_that_is_no_document_is_refused_in_words(text):
    with pytest.raises(BadInstance) as refused:
        read(text)
    assert refused.value.faults[0].expected in (Document.JSON, Document.ONCE)


def test_ids_may_be_whole_numbers_and_a_way_back_may_be_longer():
    places = [{"id": at, "load": 1, "capacity": 3} for at in range(3)]
    ways = [[5, 9, 9], [1, 5, 9], [2, 9, 5]]
    found = _asked({"places": places, "choose": 1, "distance": ways, "fixed": {"1": 0}})
    assert (found["centres"], found["assignment"], found["objective"]) == ([0], {"0": 0, "1": 0, "2": 0}, 8)


@pytest.mark.parametrize("size", [1e-12, 1e-3, 1e9, 1e14])
def test_numbers_may_be_tiny_or_huge(size):
    places = [
        {"id": f"p{at}", "x": at * size, "y": 0, "load": 3 * size, "capacity": 7 * size} for at in range(4)
    ]
    found = _asked({"places": places, "centres": None, "choose": 2})
    assert found["objective"] == pytest.approx(2 * size)
    assert found["proven"]


def _map(many, zones, full=0.9):
    lot = np.random.default_rng(5)
    points, loads = lot.uniform(0, 100, (many, 2)), lot.integers(1, 20, many)
    room = float(np.ceil(loads.sum() / zones / full))
    sites = zip(points.tolist(), loads.tolist(), strict=True)
    places = [
        {"id": f"p{at}", "x": x, "y": y, "load": load, "capacity": room}
        for at, ((x, y), load) in enumerate(sites)
    ]
    return {"places": places, "centres": None, "choose": zones, "distance": None} | {
        "fixed": {"p0": "p7", "p9": "p9"},
        "barred": [["p1", "p2"], ["p2", "p3"], ["p1", "p3"], ["p4", "p0"]],
        "together": [["p5", "p6"], ["p6", "p8"]],
    }


def test_many_places_keep_every_rule_and_the_same_seed_gives_the_same_answer():
    document = _map(60, 5)
    one, other = (_asked(document, seconds=60, seed=3) for _time in range(2))
    assert broken(document, one["assignment"]) == []
    assert one["bound"] <= one["objective"]
    assert one["gap"] < 0.02
    assert [one[key] for key in ("centres", "assignment", "objective")] == [
        other[key] for key in ("centres", "assignment", "objective")
    ]


def test_clusters_that_fill_no_zone_are_packed_well_although_room_lies_far_away():
    lot = np.random.default_rng(13)
    middles = lot.uniform(0, 1000, (6, 2))
    points = middles[lot.integers(6, size=150)] + lot.normal(0, 20, (150, 2))
    loads = lot.uniform(0.1, 9.7, 150)
    asked = Districting(
        np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)),
        loads,
        np.full(150, loads.sum() / 10 / 0.96),
        10,
    )
    found = draw(asked, rounds=2, seconds=60)
    near = draw(replace(asked, room=asked.room * 1.3), rounds=2, seconds=60)
    assert found.cost < 2 * near.cost
