"""What the chain alone cannot show is found where the journal lives: rights, ledgers, code, and edits in the database."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections

from tests import factories as make
from tests.audit.journals import BEGAN, write_acts
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.audit.api import (
    Act,
    Result,
    ledgers_to_witness,
    record,
    sign_heads,
    verify_live,
    witness_ledger,
)
from xiezuo.config import installation
from xiezuo.config.journal_wall import note_wall
from xiezuo.config.tasks import keep_watch
from xiezuo.config.wall import raise_wall
from xiezuo.organisation.models import Commission, UnitRecord
from xiezuo.organisation.operations import set_standard
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
APP = connection.settings_dict["USER"]


@pytest.fixture
def county() -> Commission:
    """A ledger of twenty units, witnessed, and a signed journal of sixty acts."""
    with acting_as(OPERATOR):
        commission = make.commission("县甲")
        for number in range(20):
            make.unit(commission, "监督检查室", f"第{number}室")
        write_acts(7, 60)
    keep_watch(OPERATOR)
    return commission


def verified() -> Result:
    with acting_as(OPERATOR):
        return verify_live()


def owner_does(*statements: str, given: Any = ()) -> int:
    """As somebody who holds the database's owner would; gives how many rows the last one changed."""
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, given)
        return cursor.rowcount


@contextmanager
def undone_by(*statements: str) -> Iterator[None]:
    try:
        yield
    finally:
        owner_does(*statements)


def test_a_journal_that_nobody_touched_is_whole(county: Commission) -> None:
    result = verified()
    assert (result.ok, result.entries) == (True, 62), result.first_break


@pytest.mark.parametrize("seed", range(10))
def test_a_row_edited_in_the_database_is_found(county: Commission, seed: int) -> None:
    draw = random.Random(seed)
    number = draw.randrange(2, 12)
    change = draw.choice(
        ["actor = actor || 'x'", "at = at + interval '1 second'", "details = '{\"x\": 1}'", "previous = ''"]
    )
    assert owner_does(f"UPDATE audit_entry SET {change} WHERE chain = '县甲' AND sequence = {number}") == 1
    found = verified().first_break
    assert found is not None
    assert (found.chain, found.sequence, found.until) == ("县甲", number, number)


def test_entries_after_the_last_head_that_were_cut_are_found_by_the_tip(county: Commission) -> None:
    with acting_as(OPERATOR):
        record(Act.LIST_EXPORTED, by=OPERATOR, at=BEGAN, commission_code="县甲", target="late")
    assert verified().ok
    owner_does("DELETE FROM audit_entry WHERE target = 'late'")
    found = verified().first_break
    assert found is not None
    assert (found.kind, found.chain) == ("cut", "县甲")


def test_heads_deleted_from_the_database_are_found_by_those_in_the_home(county: Commission) -> None:
    assert verified().ok
    owner_does("DELETE FROM audit_head WHERE number = (SELECT max(number) FROM audit_head)")
    found = verified().first_break
    assert found is not None
    assert found.kind == "head"


DROPPED = {
    "UPDATE on audit_entry": (f'GRANT UPDATE ON audit_entry TO "{APP}"', f'REVOKE UPDATE ON audit_entry FROM "{APP}"'),
    "DELETE on audit_head": (f'GRANT DELETE ON audit_head TO "{APP}"', f'REVOKE DELETE ON audit_head FROM "{APP}"'),
    "TRUNCATE on audit_key": (f'GRANT TRUNCATE ON audit_key TO "{APP}"', f'REVOKE TRUNCATE ON audit_key FROM "{APP}"'),
    "DELETE on audit_chain": (f'GRANT DELETE ON audit_chain TO "{APP}"', f'REVOKE DELETE ON audit_chain FROM "{APP}"'),
    "no policies on audit_entry": (
        "ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY", "ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY",
    ),
    "no policies on organisation_person": (
        "ALTER TABLE organisation_person DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE organisation_person ENABLE ROW LEVEL SECURITY",
    ),
    "policies of audit_entry": (
        f'CREATE POLICY all_may ON audit_entry FOR ALL TO "{APP}" USING (true)', "DROP POLICY all_may ON audit_entry",
    ),
    "entry_once_in_chain": (
        "ALTER TABLE audit_entry DROP CONSTRAINT entry_once_in_chain",
        "ALTER TABLE audit_entry ADD CONSTRAINT entry_once_in_chain UNIQUE (chain, sequence)",
    ),
    "rule on audit_entry": (
        "CREATE RULE quiet AS ON INSERT TO audit_entry DO INSTEAD NOTHING", "DROP RULE quiet ON audit_entry",
    ),
    "trigger on organisation_unit": (
        "ALTER TABLE organisation_unit DISABLE TRIGGER ALL", "ALTER TABLE organisation_unit ENABLE TRIGGER ALL",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", DROPPED)
def test_a_right_or_trigger_that_was_changed_is_named(county: Commission, what: str) -> None:
    drop, restore = DROPPED[what]
    with undone_by(restore):
        owner_does(drop)
        found = verified().first_break
    assert found is not None
    assert found.kind == f"wall: {what}"
    assert verified().ok


@pytest.mark.parametrize("seed", range(10))
def test_a_row_of_a_ledger_changed_past_the_program_is_found(county: Commission, seed: int) -> None:
    draw = random.Random(seed)
    row = draw.choice(list(UnitRecord.objects.using("owner").values_list("id", flat=True)))
    change = draw.choice(["name = '改'", "starts = starts + 1", "basis = 'x'", "known_until = now()"])
    assert owner_does(f"UPDATE organisation_unitrecord SET {change} WHERE id = {row}") == 1
    found = verified().first_break
    assert found is not None
    assert (found.kind, found.chain) == ("ledger edited: organisation_unitrecord", "县甲")


def test_a_row_that_was_witnessed_and_changed_is_found_after_later_acts_too(county: Commission) -> None:
    row = UnitRecord.objects.using("owner").earliest("id").id
    with acting_as(OPERATOR):
        set_standard(commission=county, balance="x", kept=False, by=OPERATOR, now=clock.now())
        make.unit(county, "监督检查室", "新设室")
    assert verified().ok
    owner_does(f"UPDATE organisation_unitrecord SET name = '改' WHERE id = {row}")
    found = verified().first_break
    assert found is not None
    assert found.kind == "ledger edited: organisation_unitrecord"


def test_a_ledger_changed_while_the_journal_was_switched_off_is_found(county: Commission) -> None:
    with acting_as(OPERATOR):
        set_standard(commission=county, balance="x", kept=False, by=OPERATOR, now=clock.now())
    assert verified().ok
    # What an operation leaves behind whose entry was never written.
    Commission.objects.using("owner").filter(pk=county.pk).update(ledger_version=county.ledger_version + 2)
    found = verified().first_break
    assert found is not None
    assert (found.kind, found.chain) == ("ledger changed without an entry", "县甲")


def test_a_ledger_that_somebody_is_changing_is_witnessed_the_next_time(county: Commission) -> None:
    with acting_as(OPERATOR):
        set_standard(commission=county, balance="x", kept=False, by=OPERATOR, now=clock.now())
    with connections["owner"].cursor() as other:
        other.execute("BEGIN")
        other.execute("SELECT 1 FROM organisation_commission FOR UPDATE")
        with acting_as(OPERATOR):
            [ledger] = ledgers_to_witness()
            assert not witness_ledger(ledger, by=OPERATOR, now=clock.now())
        other.execute("ROLLBACK")
    with acting_as(OPERATOR):
        assert witness_ledger(ledger, by=OPERATOR, now=clock.now())
    with acting_as(OPERATOR):
        assert ledgers_to_witness() == []


def test_only_chains_that_have_grown_are_signed_again(county: Commission) -> None:
    with acting_as(OPERATOR):
        assert sign_heads(by=OPERATOR, now=clock.now()) == []
        record(Act.LIST_EXPORTED, by=OPERATOR, at=BEGAN, commission_code="县乙", target="x")
    with acting_as(OPERATOR):
        assert [head.chain for head in sign_heads(by=OPERATOR, now=clock.now())] == ["县乙"]


def test_an_auditor_verifies_ledgers_whose_rows_stay_hidden(county: Commission) -> None:
    from xiezuo.accounts.models import User

    User.objects.create_user("reader")
    from xiezuo.accounts.api import actor_named

    with acting_as(actor_named("reader")), connection.cursor() as cursor:
        assert not UnitRecord.objects.exists()
        cursor.execute(
            "SELECT rows, length(digest) FROM audit_ledger_digest('organisation_unitrecord', %s, 999999999999)",
            [county.pk],
        )
        assert cursor.fetchone() == (20, 64)


BENT_UNDER_THEIR_NAMES = {
    "a policy": "ALTER POLICY may_read ON organisation_assignment USING (true)",
    "a function": "CREATE OR REPLACE FUNCTION xz_trusted() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "a right": f'GRANT UPDATE ON organisation_unitrecord TO "{APP}"',
}


@pytest.mark.parametrize("what", BENT_UNDER_THEIR_NAMES)
def test_a_wall_bent_under_its_own_names_is_not_as_it_was_raised(county: Commission, what: str) -> None:
    with acting_as(OPERATOR):
        note_wall(clock.now())
    assert verified().ok
    try:
        owner_does(BENT_UNDER_THEIR_NAMES[what])
        found = verified().first_break
        assert found is not None
        assert found.kind == "wall: the wall is not as it was last raised"
    finally:
        raise_wall(installation.this().app_password)
    assert verified().ok
