"""The command line is a contract: what it prints, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.conftest import set_up
from xiezuo.config.embedded import EmbeddedPostgres

SEED = Path(__file__).resolve().parents[1] / "data" / "seed" / "county.xlsx"


class Shell:
    """Runs `xiezuo` in a home of its own, in English."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "xiezuo.config.command", *arguments]
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "LC_ALL")}
        spoken = {**kept, "LANG": "en_GB.UTF-8", "XIEZUO_HOME": str(self.home), **environment}
        return subprocess.run(command, env=spoken, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def xiezuo() -> "Shell":
    """An installation that holds the seed book."""
    shell = Shell(set_up("commands"))
    shutil.rmtree(shell.home / "static")
    loaded = shell("load", str(SEED), "--json")
    assert loaded.returncode == 0, loaded.stderr
    yield shell
    shell("stop")


def test_the_figures_of_the_seed_book_are_printed_as_one_document(xiezuo: Shell) -> None:
    answer = xiezuo("figures", "--on", "2022-08-15", "--json")
    document = json.loads(answer.stdout)
    assert (answer.returncode, document["commission"], document["on"]) == (0, "CX", "2022-08-15")
    assert document["figures"]["stationed.staff"] == 25
    assert document["figures"]["stationed.seconded_in@07"] == 8
    assert {balance["kind"] for balance in document["balances"]} == {"identity", "expectation"}


def test_loading_the_same_book_again_changes_nothing(xiezuo: Shell) -> None:
    document = json.loads(xiezuo("load", str(SEED), "--json").stdout)
    assert (document["added"], document["ended"], document["changed"], document["errors"]) == ({}, {}, {}, [])
    assert document["unchanged"]["任职"] == 121


def test_records_stand_behind_a_figure(xiezuo: Shell) -> None:
    document = json.loads(xiezuo("records", "stationed.leaders", "--on", "2022-08-15", "--json").stdout)
    assert (document["value"], len(document["records"])) == (10, 10)


def test_the_same_ledger_and_day_give_the_same_report(xiezuo: Shell, tmp_path: Path) -> None:
    digests = []
    for name in ("first", "second"):
        answer = xiezuo("report", "--on", "2022-08-15", "--out", str(tmp_path / name), "--json")
        assert answer.returncode == 0, answer.stderr
        digests.append(json.loads(answer.stdout)["sha256"])
        assert {path.name for path in (tmp_path / name).iterdir()} == {*digests[-1], "run.json"}
    assert digests[0] == digests[1]


def test_a_day_before_the_commission_is_refused_in_the_language_of_the_shell(xiezuo: Shell) -> None:
    english = xiezuo("figures", "--on", "1999-01-01", "--json")
    chinese = xiezuo("figures", "--on", "1999-01-01", LANG="zh_CN.UTF-8")
    assert (english.returncode, chinese.returncode) == (1, 1)
    assert "2018-03-01" in json.loads(english.stdout)["reason"]
    assert "尚未设立" in chinese.stderr


@pytest.mark.parametrize(
    "arguments",
    [("figures", "--on", "2022-02-30"), ("nonsense",), ("load", "no-such-file.xlsx"), ("figures", "--wrong")],
)
def test_wrong_usage_ends_with_2(xiezuo: Shell, arguments: tuple[str, ...]) -> None:
    answer = xiezuo(*arguments)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr


def test_errors_in_a_book_end_with_1_and_leave_a_marked_copy(xiezuo: Shell, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"PK\x03\x04 no workbook")
    answer = xiezuo("load", str(book), "--json")
    assert answer.returncode == 1
    assert "reason" in json.loads(answer.stdout)
    assert "Traceback" not in answer.stderr


def test_an_installation_may_live_on_another_server(xiezuo: Shell, tmp_path: Path) -> None:
    """The embedded server of one home serves as the other server of a second one."""
    server = EmbeddedPostgres(xiezuo.home)
    address = f"postgresql://xiezuo_owner:{server.password()}@/elsewhere?host={server.socket_folder()}"
    elsewhere = Shell(tmp_path / "elsewhere")
    loaded = elsewhere("load", str(SEED), "--json", DATABASE_URL=address)
    assert loaded.returncode == 0, loaded.stderr
    figures = elsewhere("figures", "--on", "2022-08-15", "--json", DATABASE_URL=address)
    assert json.loads(figures.stdout)["figures"]["township.staff"] == 40
    assert not (elsewhere.home / "postgres").exists(), "no server of its own was set up"
    assert xiezuo("figures", "--on", "2022-08-15").returncode == 0, "the first installation keeps its role"


def test_the_installation_says_what_is_to_be_mended(xiezuo: Shell) -> None:
    document = json.loads(xiezuo("doctor", "--json").stdout)
    assert document["checks"]["wall"] == ""
    assert document["checks"]["screens"] != "", "nothing was collected in this home"
