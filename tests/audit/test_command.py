"""`xiezuo audit`, as it is typed."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from tests.audit.journals import write_acts
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.audit.api import entries

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def journal() -> None:
    with acting_as(OPERATOR):
        write_acts(1, 40)


def typed(*words: str) -> tuple[int, dict[str, Any], str]:
    """The exit code, the JSON document, the words on standard error."""
    out, said = StringIO(), StringIO()
    code = 0
    try:
        call_command("audit", *words, "--json", stdout=out, stderr=said)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(out.getvalue() or "{}"), said.getvalue()


def test_a_whole_journal_and_its_export_verify(tmp_path: Path, home_of_the_journal: Path) -> None:
    code, told, _said = typed("export", str(tmp_path / "journal.jsonl"))
    assert (code, told["entries"], set(told["codes"])) == (0, 41, {"", "县甲", "县乙"})
    assert (tmp_path / "journal.jsonl").stat().st_mode & 0o777 == 0o600
    heads, paper = home_of_the_journal / "heads.jsonl", told["codes"]["县甲"]
    code, told, _said = typed(
        "verify", str(tmp_path / "journal.jsonl"), "--heads", str(heads), "--code", paper
    )
    assert (code, told["ok"], told["entries"], told["first_break"]) == (0, True, 41, None)
    code, told, _said = typed("verify")
    assert (code, told["ok"], set(told["head"])) == (0, True, {"chain", "sequence", "hash", "at", "number"})


def test_a_broken_journal_is_a_failure_that_says_where() -> None:
    with connections["owner"].cursor() as owner:
        owner.execute("UPDATE audit_entry SET actor = 'x' WHERE chain = '县甲' AND sequence = 5")
    code, told, said = typed("verify")
    assert (code, told["first_break"]) == (1, {"sequence": 5, "kind": "edited", "chain": "县甲", "until": 5})
    assert "5" in said
    assert told["reason"]


def test_exports_and_verifications_are_acts(tmp_path: Path) -> None:
    typed("export", str(tmp_path / "journal.jsonl"))
    typed("verify")
    with acting_as(OPERATOR):
        acts = list(entries(chain="", act="journal.").order_by("id").values_list("act", "actor", "origin"))
    assert [(act, actor) for act, actor, _origin in acts] == [
        ("journal.key_made", "operator"), ("journal.exported", "operator"), ("journal.verified", "operator"),
    ]  # fmt: skip
    assert {origin for _act, _actor, origin in acts} == {"command"}


def test_a_head_is_written_to_the_file_of_heads_once(home_of_the_journal: Path) -> None:
    heads = home_of_the_journal / "heads.jsonl"
    typed("sign")
    first = heads.read_text()
    typed("sign")
    assert heads.read_text() == first
    typed("verify")
    typed("sign")
    assert heads.read_text().startswith(first)
    numbers = [json.loads(line)["head"]["number"] for line in heads.read_text().splitlines()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_one_paper_code_is_printed_for_each_chain() -> None:
    typed("sign")
    assert set(typed("code")[1]["codes"]) == {"", "县甲", "县乙"}
    assert set(typed("code", "--chain", "县乙")[1]["codes"]) == {"县乙"}
    code, _told, said = typed("code", "--chain", "县丙")
    assert (code, "县丙" in said) == (1, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["export"], 2), (["verify", "--code", "县甲:3:0000"], 2), (["verify", "absent.jsonl"], 1),
        (["verify", "--heads", "absent"], 1), (["verify"], 0), (["export", "absent/journal.jsonl"], 1),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(words: list[str], code: int) -> None:
    found, _told, said = typed(*words)
    assert found == code
    assert (said == "") == (code == 0)
    assert "Traceback" not in said
