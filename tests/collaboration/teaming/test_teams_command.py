"""`xiezuo teams propose --instance`: what it prints, how it ends, and that it needs neither database nor server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import given, settings

from tests.collaboration.teaming.questions_by_lot import best_by_trying, questions
from xiezuo.collaboration.teaming.published import BadInstance, Document, Expected, propose_for, read
from xiezuo.config.command import needs_database

PERSON = {
    "id": "p", "unit": "甲", "sex": "女", "roles": ["组长"], "skills": ["财务"], "own": True, "busy": [], "load": 1,
}  # fmt: skip
REQUEST = {
    "id": "r", "size": 1, "roles": {"组长": 1}, "skills": ["财务"], "women": 1, "own": 1, "from": "2026-03-02",
    "to": "2026-03-09", "barred": [], "units_barred": [],
}  # fmt: skip
SOUND = {"people": [PERSON], "requests": [REQUEST]}


def _answer(document, **options):
    return propose_for(read(json.dumps(document).encode()), **{"seconds": 20, "seed": 0} | options)


def _person(**changed):
    return SOUND | {"people": [PERSON | changed]}


def _request(**changed):
    return SOUND | {"requests": [REQUEST | changed]}


@pytest.fixture
def asked(tmp_path: Path):
    def run(instance, *arguments, language="en_GB.UTF-8"):
        file = tmp_path / "question.json"
        file.write_text(instance if isinstance(instance, str) else json.dumps(instance))
        command = [sys.executable, "-m", "xiezuo.config.command", "teams", "propose", "--instance", str(file)]
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "LC_ALL")}
        spoken = {**kept, "LANG": language, "XIEZUO_HOME": str(tmp_path / "home")}
        return subprocess.run([*command, *arguments], env=spoken, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def asked_here(tmp_path: Path, capsys):
    """The same in this process, which has Django already: the code of its end, and both outputs."""

    def run(instance, *arguments):
        file = tmp_path / "question.json"
        file.write_text(json.dumps(instance))
        try:
            with translation.override("en"):
                call_command("teams", "propose", "--instance", str(file), *arguments)
            code = 0
        except SystemExit as end:
            code = end.code
        return code, *capsys.readouterr()

    return run


def test_the_best_teams_are_printed_as_one_document_and_no_database_is_set_up(asked, tmp_path):
    answer = asked(SOUND, "--json")
    document = json.loads(answer.stdout)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert document.pop("seconds") >= 0
    assert document == {
        "teams": {"r": ["p"]},
        "unfilled": {},
        "max_load": 2,
        "objective": [0, 2, 4],
        "bound": [0, 2, 4],
        "proven": True,
        "excluded": {"r": {}},
    }
    assert not (tmp_path / "home" / "postgres").exists()


def test_faults_are_named_by_their_place_and_end_with_1(asked_here):
    code, printed, told = asked_here(_person(load=-1, sex="x"), "--json")
    document = json.loads(printed)
    assert code == 1
    assert document["errors"] == [
        {
            "place": "people[0].sex",
            "found": "x",
            "expected": "女 or 男, female or male, f or m, or null if it is not known",
        },
        {"place": "people[0].load", "found": "-1", "expected": "a number from 0 to 1,000,000"},
    ]
    assert "people[0].load: found “-1”, expected a number from 0 to 1,000,000" in told


def test_wrong_usage_and_a_missing_file_end_with_2(asked, asked_here, tmp_path):
    with pytest.raises(CommandError, match="expected a positive number"):
        asked_here(SOUND, "--seconds", "0")
    answer = asked(SOUND, "--instance", str(tmp_path / "nothing.json"))
    assert answer.returncode == 2
    assert "nothing.json" in answer.stderr


def test_people_read_the_teams_and_what_is_not_filled(asked_here):
    far = REQUEST | {"id": "s", "size": 2}
    code, printed, _told = asked_here(SOUND | {"requests": [REQUEST, far]})
    assert code == 0
    assert printed.splitlines()[1:] == ["r: p", "s: 2 places unfilled"]


def test_teams_of_a_file_need_no_database():
    assert not needs_database("teams", ["propose", "--instance", "file"])


def test_ids_come_back_as_they_were_written():
    document = SOUND | {"people": [PERSON | {"id": 7}], "requests": [REQUEST | {"id": 3, "barred": []}]}
    assert _answer(document)["teams"] == {"3": [7]}
    assert _answer(document | {"requests": [REQUEST | {"barred": ["7"]}]})["excluded"] == {
        "r": {"7": "barred"}
    }


@pytest.mark.parametrize(
    ("sex", "counts"),
    [("女", 1), ("F", 1), ("female", 1), ("男", 0), ("m", 0), ("Male", 0), (None, 0)],
)
def test_who_is_known_to_be_a_woman_counts_as_one(sex, counts):
    assert len(_answer(_person(sex=sex))["teams"]) == counts


def test_lists_and_least_numbers_may_be_missing():
    few = {name: REQUEST[name] for name in ("id", "size", "from", "to")}
    person = {name: PERSON[name] for name in ("id", "unit", "sex", "own", "load")}
    assert _answer({"people": [person], "requests": [few]})["teams"] == {"r": ["p"]}


def test_empty_lists_are_a_question():
    found = _answer({"people": [], "requests": []})
    assert (found["objective"], found["bound"], found["proven"]) == ([0, 0, 0], [0, 0, 0], True)


@pytest.mark.parametrize(
    ("document", "where", "found", "expected"),
    [
        ([], "$", "[]", Expected.OBJECT),
        ({"requests": []}, "people", "—", Expected.LIST),
        ({"people": []}, "requests", "—", Expected.LIST),
        (SOUND | {"people": [3]}, "people[0]", "3", Expected.OBJECT),
        (SOUND | {"people": [PERSON, PERSON]}, "people[1].id", "p", Expected.NEW_ID),
        (SOUND | {"requests": [REQUEST, REQUEST]}, "requests[1].id", "r", Expected.NEW_ID),
        (_person(id=1.5), "people[0].id", "1.5", Expected.ID),
        (_person(id=""), "people[0].id", "", Expected.ID),
        (_person(unit=None), "people[0].unit", "null", Expected.NAME),
        (_person(sex="x"), "people[0].sex", "x", Expected.SEX),
        (_person(roles="组长"), "people[0].roles", "组长", Expected.LIST),
        (_person(skills=[None]), "people[0].skills[0]", "null", Expected.NAME),
        (_person(own="yes"), "people[0].own", "yes", Expected.YES_OR_NO),
        (_person(load=-0.5), "people[0].load", "-0.5", Expected.LOAD),
        (_person(load=float("nan")), "people[0].load", "NaN", Expected.LOAD),
        (_person(load=1e7), "people[0].load", "10000000.0", Expected.LOAD),
        (_person(busy=[["2026-03-02"]]), "people[0].busy[0]", '["2026-03-02"]', Expected.PERIOD),
        (_person(busy=[["2026-03-02", None]]), "people[0].busy[0][1]", "null", Expected.DAY),
        (
            _person(busy=[["2026-03-02", "2026-03-02"]]),
            "people[0].busy[0]",
            "2026-03-02 – 2026-03-02",
            Expected.LATER,
        ),
        (_request(size=-1), "requests[0].size", "-1", Expected.COUNT),
        (_request(size=1.5), "requests[0].size", "1.5", Expected.COUNT),
        (_request(size=True), "requests[0].size", "true", Expected.COUNT),
        (_request(women="2"), "requests[0].women", "2", Expected.COUNT),
        (_request(roles=["组长"]), "requests[0].roles", '["组长"]', Expected.OBJECT),
        (_request(roles={"组长": -1}), "requests[0].roles.组长", "-1", Expected.COUNT),
        (_request(barred=["q"]), "requests[0].barred[0]", "q", Expected.PERSON),
        (_request(units_barred="甲"), "requests[0].units_barred", "甲", Expected.LIST),
        (_request(**{"from": "20260302"}), "requests[0].from", "20260302", Expected.DAY),
        (_request(**{"from": "2026-02-30"}), "requests[0].from", "2026-02-30", Expected.DAY),
        (_request(to="2026-03-01"), "requests[0].to", "2026-03-02 – 2026-03-01", Expected.LATER),
    ],
)
def test_a_fault_is_told_with_its_place_what_was_found_and_what_was_expected(
    document, where, found, expected
):
    with pytest.raises(BadInstance) as refused:
        read(json.dumps(document).encode())
    (fault,) = refused.value.faults
    assert (fault.where, fault.found, fault.expected) == (where, found, expected)


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe{}", b'{"people": [], "people": []}'])
def test_a_text_that_is_no_document_is_refused(text):
    with pytest.raises(BadInstance) as refused:
        read(text)
    assert refused.value.faults[0].expected in tuple(Document)


def _as_document(people, needs):
    return {
        "people": [
            {
                "id": each.id, "unit": each.unit, "sex": "女" if each.woman else "男", "roles": sorted(each.roles),
                "skills": sorted(each.skills), "own": each.own, "load": each.load,
                "busy": [[one.isoformat(), other.isoformat()] for one, other in each.busy],
            }
            for each in people
        ],
        "requests": [
            {
                "id": each.id, "size": each.size, "roles": dict(each.roles), "skills": sorted(each.skills),
                "women": each.women, "own": each.own, "from": each.starts.isoformat(), "to": each.ends.isoformat(),
                "barred": sorted(each.barred), "units_barred": sorted(each.units_barred),
            }
            for each in needs
        ],
    }  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(questions())
def test_the_document_of_a_question_has_the_best_answer(question):
    found = _answer(_as_document(*question))
    assert found["objective"] == pytest.approx(list(best_by_trying(*question)))
    assert (found["bound"], found["proven"]) == (found["objective"], True)
    assert found["max_load"] == found["objective"][1]
