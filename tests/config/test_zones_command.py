"""`xiezuo zones propose --instance`: what it prints, how it ends, and that it needs neither database nor server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from xiezuo.config.command import needs_database

SITES = [
    {"id": each, "x": at, "y": 0, "load": 3, "capacity": 6} for at, each in enumerate(("a", "b", "c", "d"))
]
INSTANCE = {
    "places": SITES,
    "centres": None,
    "choose": 2,
    "distance": None,
    "fixed": {},
    "barred": [],
    "together": [],
}


class Asked:
    """Runs the command in a home of its own on a document or a text."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"

    def __call__(self, instance, *arguments, language="en_GB.UTF-8") -> "subprocess.CompletedProcess[str]":
        file = self.folder / "instance.json"
        file.write_text(instance if isinstance(instance, str) else json.dumps(instance))
        command = [
            sys.executable,
            "-m",
            "xiezuo.config.command",
            "zones",
            "propose",
            "--instance",
            str(file),
            *arguments,
        ]
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "LC_ALL")}
        spoken = {**kept, "LANG": language, "XIEZUO_HOME": str(self.home)}
        return subprocess.run(command, env=spoken, capture_output=True, text=True, check=False)


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    return Asked(tmp_path)


def test_the_best_division_is_printed_as_one_document_and_no_database_is_set_up(asked):
    answer = asked(INSTANCE, "--json")
    document = json.loads(answer.stdout)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert list(document) == ["centres", "assignment", "objective", "bound", "gap", "proven", "seconds"]
    assert set(document["assignment"]) == {"a", "b", "c", "d"}
    assert set(document["assignment"].values()) == set(document["centres"])
    assert (document["objective"], document["bound"], document["gap"], document["proven"]) == (2, 2, 0, True)
    assert not (asked.home / "postgres").exists()


def test_rules_that_exclude_each_other_are_named_and_end_with_1(asked):
    rules = {"together": [["a", "b"], ["b", "c"]], "barred": [["a", "c"]]}
    roomy = {"places": [each | {"capacity": 12} for each in SITES]}
    answer = asked(INSTANCE | roomy | rules, "--json", language="zh_CN.UTF-8")
    document = json.loads(answer.stdout)
    assert answer.returncode == 1
    assert document["conflict"] == ["together a, b", "together b, c", "barred a, c"]
    assert document["minimal"] is True
    assert document["reason"] in answer.stderr
    assert "a，c" in document["reason"]


def test_faults_of_an_instance_are_named_by_their_place_and_end_with_1(asked):
    sites = [*SITES[:3], SITES[3] | {"load": -1}, SITES[0]]
    answer = asked(INSTANCE | {"places": sites}, "--json")
    document = json.loads(answer.stdout)
    assert answer.returncode == 1
    assert document["errors"] == [
        {"place": "places[3].load", "found": "-1", "expected": "a number that is not negative"},
        {"place": "places[4].id", "found": "a", "expected": "an id that no other one has"},
    ]
    assert "places[3].load: found “-1”, expected a number that is not negative" in answer.stderr


def test_a_text_that_is_no_json_is_told_by_line_and_column(asked):
    answer = asked('{"places": [}')
    assert answer.returncode == 1
    assert "line 1, column 13" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    "arguments", [("--seconds", "0"), ("--seconds", "nan"), ("--seed", "-1"), ("--seed", "x")]
)
def test_wrong_usage_ends_with_2(asked, arguments):
    answer = asked(INSTANCE, *arguments)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def test_a_file_that_is_not_there_ends_with_2(asked):
    answer = asked(INSTANCE, "--instance", str(asked.folder / "nothing.json"))
    assert answer.returncode == 2
    assert "nothing.json" in answer.stderr


@pytest.mark.parametrize(
    ("name", "arguments", "needed"),
    [
        ("zones", ["propose", "--instance", "file"], False),
        ("zones", ["propose", "--instance=file"], False),
        ("zones", ["propose"], True),
        ("load", ["--instance"], True),
        ("load", ["--help"], False),
    ],
)
def test_only_zones_of_a_file_need_no_database(name, arguments, needed):
    assert needs_database(name, arguments) is needed
