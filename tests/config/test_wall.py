"""The wall in the database."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.audit.api import Act, record
from xiezuo.config.journal_wall import APPENDED
from xiezuo.organisation.models import Commission, Unit, UnitRecord
from xiezuo.organisation.states import UnitKind
from xiezuo.shared import clock

DAY = date(2022, 8, 15)


@pytest.fixture
def record_of_a_unit(db: None) -> UnitRecord:
    with acting_as(OPERATOR):
        commission = Commission.objects.create(code="T", name="测试县纪委监委", region="测试县")
        unit = Unit.objects.create(commission=commission, code="U1")
        return UnitRecord.objects.create(
            commission=commission, unit=unit, name="第一监督检查室", kind=UnitKind.SUPERVISION_OFFICE,
            starts=DAY, known_from=clock.now(),
        )  # fmt: skip


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_question_without_an_actor_is_answered_with_nothing(record_of_a_unit: UnitRecord) -> None:
    assert UnitRecord.objects.on(DAY).count() == 0
    with acting_as(OPERATOR):
        assert UnitRecord.objects.on(DAY).count() == 1
    assert UnitRecord.objects.on(DAY).count() == 0


def test_a_row_of_the_ledger_cannot_be_edited_or_deleted(record_of_a_unit: UnitRecord) -> None:
    for change in (
        lambda: UnitRecord.objects.update(name="改"),
        lambda: UnitRecord.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()


def test_a_row_of_the_ledger_can_be_closed(record_of_a_unit: UnitRecord, actor: None) -> None:
    assert UnitRecord.objects.current().update(known_until=clock.now()) == 1
    assert UnitRecord.objects.on(DAY).count() == 0


@pytest.mark.parametrize("table", APPENDED)
@pytest.mark.parametrize("change", ["UPDATE {} SET algorithm = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_journal_can_be_added_to_and_not_changed(table: str, change: str, actor: None) -> None:
    record(Act.LOGGED_IN, by=OPERATOR, at=clock.now())
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))


def test_the_application_is_neither_owner_nor_above_the_policies(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user")
        assert cursor.fetchone() == (0,)
