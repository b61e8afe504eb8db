"""Entries stand in unbroken chains whatever happens around them."""

import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.audit.journals import BEGAN
from xiezuo.accounts.api import OPERATOR, Actor, acting_as
from xiezuo.audit.api import Act, entries, journal_scope, record, seen, verify_live

IN_TRANSACTIONS = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


class _Undo(Exception):
    pass


def note(target: str, chain: str = "县甲", **more: Any) -> None:
    record(Act.LIST_EXPORTED, by=OPERATOR, at=BEGAN, commission_code=chain, target=target, **more)


def targets(chain: str = "县甲") -> list[str]:
    return list(entries(chain=chain).order_by("sequence").values_list("target", flat=True))


def test_acts_of_a_scope_are_appended_at_its_end_in_their_order(actor: None) -> None:
    with transaction.atomic(), journal_scope():
        note("first")
        with journal_scope():
            note("second")
        note("third")
        assert targets() == []
    assert targets() == ["first", "second", "third"]


def test_an_act_outside_a_scope_is_appended_at_once(actor: None) -> None:
    note("now")
    assert targets() == ["now"]


def test_an_act_of_a_savepoint_that_was_rolled_back_never_happened(actor: None) -> None:
    with transaction.atomic(), journal_scope():
        note("stays")
        with suppress(_Undo), transaction.atomic():
            note("vanishes")
            with transaction.atomic():
                note("vanishes with it")
            raise _Undo
        with transaction.atomic():
            note("stays too")
    assert targets() == ["stays", "stays too"]


@IN_TRANSACTIONS
def test_a_scope_that_fails_leaves_nothing_behind_and_the_next_one_begins_anew() -> None:
    with suppress(_Undo), acting_as(OPERATOR):
        note("vanishes")
        raise _Undo
    with acting_as(OPERATOR):
        note("stays")
    with acting_as(OPERATOR):
        assert targets() == ["stays"]


@IN_TRANSACTIONS
def test_a_change_is_refused_when_the_journal_cannot_be_written() -> None:
    from django.db import ProgrammingError, connections

    from tests import factories as make
    from xiezuo.organisation.models import Commission

    with connections["owner"].cursor() as owner:
        owner.execute(f"REVOKE INSERT ON audit_entry FROM {connection.settings_dict['USER']}")
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(OPERATOR):  # noqa: PT012
            make.commission("县甲")
            note("cannot be written")
        owner.execute(f"GRANT INSERT ON audit_entry TO {connection.settings_dict['USER']}")
    with acting_as(OPERATOR):
        assert not Commission.objects.exists()


STEPS = st.lists(
    st.tuples(st.sampled_from(["act", "save", "undo", "scope"]), st.sampled_from(["", "甲", "乙"])),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans=st.lists(STEPS, min_size=1, max_size=3))
def test_whatever_is_done_and_undone_the_journal_stays_whole(actor: None, plans: Any) -> None:
    with suppress(_Undo), transaction.atomic():
        expected: list[str] = []
        for number, plan in enumerate(plans):
            with transaction.atomic(), journal_scope():
                expected += list(done(iter(plan), str(number)))
        for chain in ("", "甲", "乙"):
            wanted = [name for name in expected if name.endswith(f" {chain}")]
            assert [name for name in targets(chain) if name.startswith("step")] == wanted
        result = verify_live()
        assert result.ok, result.first_break
        raise _Undo


def done(plan: Iterator[tuple[str, str]], name: str) -> list[str]:
    """Do the steps; gives the acts that must stand in the end."""
    stays: list[str] = []
    for place, (step, chain) in enumerate(plan):
        here = f"step {name}.{place} {chain}"
        if step == "act":
            note(here, chain)
            stays.append(here)
        elif step == "undo":
            with suppress(_Undo), transaction.atomic():
                done(plan, f"{name}.{place}")
                raise _Undo
        else:
            with transaction.atomic() if step == "save" else journal_scope():
                stays += done(plan, f"{name}.{place}")
    return stays


@IN_TRANSACTIONS
@pytest.mark.parametrize(
    "chains", [["县甲"], ["县甲", "县乙", "", "县丙"]], ids=["one chain", "several chains"]
)
def test_writers_at_once_leave_no_fork_and_no_gap(chains: list[str]) -> None:
    writers, each, failures = 8, 25, []

    def write(number: int) -> None:
        try:
            for turn in range(each):
                with acting_as(Actor("operator", origin=f"writer {number}")):
                    # Two chains in one transaction, named in either order: nobody may wait in a ring.
                    for chain in {chains[turn % len(chains)], chains[(turn + number) % len(chains)]}:
                        note(f"{number}.{turn}", chain)
        except Exception as error:  # noqa: BLE001 - told by the main thread
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with acting_as(OPERATOR):
        for chain in chains:
            numbers = list(entries(chain=chain).order_by("sequence").values_list("sequence", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))
        result = verify_live()
    assert (result.ok, result.entries >= writers * each) == (True, True), result.first_break


SECRETS = {
    "telephone": "13900001234", "born": "1980-05", "origin": "虚构省虚构县", "password": "correct horse battery",
    "session_key": "s3ss10n", "one_time_code": "40718293", "token": "tok-998877", "id_number": "11010119800101123X",
}  # fmt: skip


def everything(chain: str = "县甲") -> str:
    return json.dumps(list(entries(chain=chain).values()), default=str, ensure_ascii=False)


@pytest.mark.parametrize("where", ["details", "before", "after"])
def test_no_personal_data_and_no_secret_reaches_the_journal_however_deep(actor: None, where: str) -> None:
    note("P1", **{where: {**SECRETS, "kept": "职务", "deep": [{"er": dict(SECRETS)}]}})
    written = everything()
    assert [value for value in SECRETS.values() if value in written] == []
    assert "职务" in written
    assert written.count('"***"') == 2 * len(SECRETS)


def test_a_telephone_or_identity_number_in_a_sentence_is_masked(actor: None) -> None:
    note(
        "请拨 13900001234",
        details={"reason": "证件 11010119800101123X，电话13900001234。", "load": 13900001234567},
    )
    written = everything()
    assert "13900001234。" not in written
    assert "11010119800101123X" not in written
    assert "13900001234567" in written


@pytest.mark.parametrize(
    "character", ["\n", "\r", "\x1b", "\x00", "\x9b", "\u2028", "\u202e", "\u2066", "\ud800"]
)
def test_a_character_that_moves_the_cursor_is_written_out(actor: None, character: str) -> None:
    text = f"a{character}[2J{character}b"
    record(Act.LOG_IN_REFUSED, by=Actor(text, origin=text), at=BEGAN, target=text, details={text: [text]})
    [entry] = entries(chain="")
    plain = f"a\\u{ord(character):04x}[2J\\u{ord(character):04x}b"
    assert [entry.actor, entry.origin, entry.target, entry.details] == [plain, plain, plain, {plain: [plain]}]
    assert verify_live().ok


def test_values_are_texts_whole_numbers_and_truths(actor: None) -> None:
    given = {
        "on": BEGAN.date(),
        "share": 0.5,
        "several": ("a", 2),
        "act": Act.BOOK_LOADED,
        "big": 10**30,
        "no": None,
    }
    note("x", details=given)
    [entry] = entries(chain="县甲")
    assert entry.details == {
        "on": "2026-03-02", "share": "0.5", "several": ["a", 2], "act": "book.loaded", "big": 10**30, "no": None,
    }  # fmt: skip
    assert verify_live().ok


def test_an_entry_says_from_where_and_for_which_unit(actor: None) -> None:
    class OfAUnit(Actor):
        unit = "第一监督检查室"

    record(Act.LIST_EXPORTED, by=OfAUnit("clerk", origin="10.0.0.7"), at=BEGAN, result="refused")
    [entry] = entries(chain="", actor="clerk")
    assert (entry.origin, entry.unit, entry.result) == ("10.0.0.7", "第一监督检查室", "refused")


def test_without_an_actor_the_journal_shows_nothing(db: None) -> None:
    note("x")
    assert not entries().exists()


def test_entries_are_found_by_each_condition(actor: None) -> None:
    note("P1")
    note("P2", "县乙", result="refused")
    record(
        Act.PERSONAL_DATA_SHOWN,
        by=Actor("虚构甲"),
        at=BEGAN + timedelta(days=1),
        commission_code="县甲",
        target="P1",
    )
    found = {
        "chain": entries(chain="县乙"), "actor": entries(actor="虚构甲"), "act": entries(act="list.exported"),
        "app": entries(act="list."), "target": entries(target="P1"), "result": entries(result="refused"),
        "since": entries(since=BEGAN + timedelta(hours=1)), "until": entries(until=BEGAN), "words": entries(words="虚构 P1"),
        "none": entries(chain="县丙"),
    }  # fmt: skip
    assert {name: several.count() for name, several in found.items()} == {
        "chain": 1, "actor": 1, "act": 2, "app": 2, "target": 2, "result": 1, "since": 1, "until": 0, "words": 1, "none": 0,
    }  # fmt: skip


def test_who_has_seen_a_record_names_only_those_who_were_shown_it(actor: None) -> None:
    for target in ("P1", "P10", "P1:telephone"):
        record(Act.PERSONAL_DATA_SHOWN, by=Actor("虚构甲"), at=BEGAN, commission_code="县甲", target=target)
    note("P1")
    assert [entry.target for entry in seen("P1", "县甲")] == ["P1:telephone", "P1"]
    assert not seen("P1", "县乙").exists()
