"""The verbs of the Makefile, and what they do on a machine that lacks something."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

DOCUMENTS = [
    "README.md",
    "README.zh-CN.md",
    "CONTRIBUTING.md",
    "docs/operations/install.md",
    "docs/manual/README.md",
]


@pytest.fixture
def nobody(tmp_path: Path) -> dict[str, str]:
    """The environment of a user who may install nothing, on a machine that has only the package `there`."""
    programs = tmp_path / "bin"
    programs.mkdir()
    scripts = {"id": "echo 1000", "dpkg-query": '[ "${@: -1}" = there ] && echo installed'}
    for name, body in scripts.items():
        (programs / name).write_text(f"#!/bin/bash\n{body}\n")
        (programs / name).chmod(0o755)
    return {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}


def run_tests(
    profile: str, *packages: str, env: dict[str, str], command: str = "echo"
) -> subprocess.CompletedProcess[str]:
    words = ["tools/test.sh", profile, *packages, "--", command]
    return subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_a_missing_package_is_named_the_rest_runs_and_the_result_is_a_failure(nobody: dict[str, str]) -> None:
    found = run_tests("commit", "there", "not-there", env=nobody)
    assert found.stdout == "--hypothesis-profile=commit -m not night and not browser and not office\n"
    assert "apt-get install not-there" in found.stderr
    assert found.returncode == 1


def test_with_every_package_the_result_is_that_of_the_tests(nobody: dict[str, str]) -> None:
    found = run_tests("commit", "there", env=nobody)
    assert (found.stdout, found.returncode) == ("--hypothesis-profile=commit -m not night\n", 0)
    assert run_tests("commit", "there", env=nobody, command="false").returncode == 1


def test_the_night_leaves_nothing_out(nobody: dict[str, str]) -> None:
    assert run_tests("night", "there", env=nobody).stdout == "--hypothesis-profile=night -m \n"


def test_every_verb_that_a_document_names_exists() -> None:
    verbs = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = "\n".join((ROOT / name).read_text() for name in DOCUMENTS)
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    assert {"run", "test"} <= named <= verbs


def test_whatever_is_offered_is_tested_and_checked_on_a_bare_machine() -> None:
    assert re.findall(r"^make \w+$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE) == [
        "make test",
        "make check",
    ]


@pytest.mark.parametrize("script", sorted((ROOT / "tools").glob("*.sh")), ids=lambda path: path.name)
def test_a_script_stops_at_its_first_failure(script: Path) -> None:
    assert os.access(script, os.X_OK)
    assert re.search(r"^set -e?uo pipefail$", script.read_text(), re.MULTILINE)
