"""The system administrator keeps accounts and the machine."""

from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import factories as make
from tests.home.consoles.offices import Installation, Seat, set_status, words_of
from xiezuo.accounts import migrations as accounts_migrations
from xiezuo.accounts.api import held_on
from xiezuo.accounts.models import PasswordState, User
from xiezuo.audit.api import Act, entries
from xiezuo.home.consoles import tasks
from xiezuo.home.consoles.checks import CHECKS
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(here: Installation) -> Seat:
    return here.seat("xitong")


def test_an_opened_account_has_no_right_and_a_password_that_is_shown_once(
    here: Installation, seat: Seat
) -> None:
    make.person(here.county, "虚构甲", code="P77")
    told = {"name": "xinren", "full_name": "虚构甲", "commission": here.county.pk, "person": "p77"}
    answer = seat.send("open-account", **told)
    password = answer.context["secret"]
    user = User.objects.get(username="xinren")
    assert password in words_of(answer)
    assert user.check_password(password)
    assert PasswordState.objects.get(user=user).temporary_until is not None
    assert held_on(user, clock.today()) == ()
    assert (user.person_named_by, user.person_confirmed_by) == ("xitong", "")
    assert password not in seat.page("account", user.pk)
    assert not any(password in f"{entry.details} {entry.after}" for entry in entries())


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": "nobody"}, "__all__"),
        ({"name": "ＮＯＢＯＤＹ"}, "__all__"),
        ({"name": "operator"}, "__all__"),
        ({"name": "a b"}, "__all__"),
        ({"full_name": "  "}, "full_name"),
        ({"person": "P404", "commission": "here"}, "__all__"),
        ({"person": "P404"}, "commission"),
        ({"commission": "987654"}, "commission"),
    ],
    ids=["taken", "taken in another width", "reserved", "a blank", "no full name", "unknown person", "no commission", "foreign commission"],
)  # fmt: skip
def test_an_account_that_cannot_be_is_refused_in_words(
    told: dict[str, str], field: str, here: Installation, seat: Seat
) -> None:
    if told.get("commission") == "here":
        told = {**told, "commission": str(here.county.pk)}
    before = User.objects.count()
    answer = seat.send("open-account", **{"name": "xinren", "full_name": "虚构某人", **told})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert User.objects.count() == before


def test_an_account_is_disabled_and_enabled_with_a_reason(here: Installation, seat: Seat) -> None:
    number = here.users["nobody"].pk
    assert seat.send("set-active", number, active="0").status_code == 422
    seat.send("set-active", number, active="0", reason="调离")
    assert not User.objects.get(pk=number).is_active
    seat.send("set-active", number, active="1", reason="回任")
    assert User.objects.get(pk=number).is_active


@pytest.mark.parametrize("office", ["anquan", "shenji"])
def test_the_last_administrator_of_an_office_is_not_disabled(
    office: str, here: Installation, seat: Seat
) -> None:
    number = here.users[office].pk
    assert seat.send("set-active", number, active="0", reason="调离").status_code == 409
    assert User.objects.get(pk=number).is_active
    assert "aria-disabled" in seat.get(f"/consoles/system/accounts/{number}/").content.decode()


def test_nobody_disables_or_recovers_their_own_account(here: Installation, seat: Seat) -> None:
    number = here.users["xitong"].pk
    assert seat.send("set-active", number, active="0", reason="调离").status_code == 409
    assert seat.send("open-recovery", number, reason="口令卡遗失").status_code == 409
    assert seat.send("temporary-password", number).status_code == 409


def test_a_temporary_password_is_shown_once_and_asks_for_a_fresh_proof(
    here: Installation, seat: Seat
) -> None:
    number = here.users["nobody"].pk
    secret = seat.send("temporary-password", number).context["secret"]
    assert User.objects.get(pk=number).check_password(secret)
    session = seat.session
    del session["door"]["fresh"]
    session.save()
    assert seat.send("temporary-password", number).status_code == 403
    assert User.objects.get(pk=number).check_password(secret)


def test_a_person_is_named_by_the_code_and_an_unknown_code_is_told(here: Installation, seat: Seat) -> None:
    person = make.person(here.county, "虚构甲", code="P77")
    number = here.users["nobody"].pk
    answer = seat.send("name-person", number, commission=here.county.pk, person="P404")
    assert (answer.status_code, list(answer.context["person_form"].errors)) == (422, ["person"])
    seat.send("name-person", number, commission=here.county.pk, person=" P77 ")
    assert User.objects.get(pk=number).person == person.pk


def test_an_account_is_unlocked_and_that_is_an_act(here: Installation, seat: Seat) -> None:
    assert seat.send("unlock", here.users["nobody"].pk).status_code == 302
    assert entries(act=Act.UNLOCKED).get().target == "nobody"


def test_an_account_that_there_is_not_is_told_in_words(seat: Seat) -> None:
    for act in ("temporary-password", "set-active", "name-person", "open-recovery", "unlock"):
        assert seat.send(act, 987654).status_code == 404
    assert seat.get("/consoles/system/accounts/987654/").status_code == 404


def test_a_failed_job_is_listed_without_its_arguments_and_tried_again(seat: Seat) -> None:
    number = tasks.verify.defer(actor="secret-argument", language="en")
    set_status(number, "failed")
    page = seat.page("jobs")
    assert str(number) in page
    assert "secret-argument" not in page
    seat.send("retry", number)
    assert ProcrastinateJob.objects.get(pk=number).status == "todo"
    assert entries(act=Act.JOB_RETRIED).count() == 1


@pytest.mark.parametrize("status", ["todo", "succeeded", None])
def test_a_job_that_has_not_failed_is_not_tried_again(status: str | None, seat: Seat) -> None:
    number = tasks.verify.defer(actor="xitong", language="en") if status else 987654
    if status:
        set_status(number, status)
    assert seat.send("retry", number).status_code == 404


def test_health_names_every_check_of_the_doctor_and_what_to_mend(seat: Seat) -> None:
    rows = seat.get("/consoles/system/health/").context["checks"].rows
    assert len(rows) == len(CHECKS)
    assert all(row["state"].tone == ("bad" if row["mend"] else "good") for row in rows)


def test_versions_name_what_runs_here(seat: Seat) -> None:
    page = seat.page("health")
    last = max(file.stem for file in Path(accounts_migrations.__path__[0]).glob("0*.py"))
    assert all(name in page for name in ("Python 3.", "Django 5.", "PostgreSQL 1", last))
