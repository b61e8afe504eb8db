"""The demonstration's two years: played with the real operations, in the order of time, up to today and no further."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests.book.test_demonstration import REPORT_DAY, seed_figures
from xiezuo.config.demonstrated.director import Story, play

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)


def story(played: list[str], name: str, *hours: int) -> Story:
    for hour in hours:
        yield NOW + hour * HOUR
        played.append(f"{name}{hour}")


def test_stories_act_in_the_order_of_time_whichever_was_named_first() -> None:
    played: list[str] = []
    play([story(played, "b", -3, -1), story(played, "a", -4, -2)], NOW)
    assert played == ["a-4", "b-3", "a-2", "b-1"]


def test_what_lies_ahead_of_today_does_not_happen() -> None:
    played: list[str] = []
    play([story(played, "a", -1, 1, 2), story(played, "b", 0)], NOW)
    assert played == ["a-1", "b0"]


@pytest.fixture(scope="module")
def county(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The demonstration county of a day, in a transaction that is never committed."""
    from xiezuo.accounts.api import OPERATOR, acting_as, new_codes
    from xiezuo.config.demonstrated.telling import fill
    from xiezuo.config.demonstration import ACCOUNTS
    from xiezuo.organisation.models import Commission

    keys = {shown.name: {"password": "a-long-enough-one", "card": new_codes()} for shown in ACCOUNTS}
    home = tmp_path_factory.mktemp("home")
    (home / "demonstration").touch()
    with (
        django_db_blocker.unblock(),
        override_settings(JOURNAL_HOME=home, DEMONSTRATION_FILE=home / "demonstration"),
        transaction.atomic(),
    ):
        with acting_as(OPERATOR) as operator:
            fill(keys=keys, by=operator, now=NOW)
        yield Commission.objects.get(code="AL").pk
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def as_the_operator(request: pytest.FixtureRequest) -> None:
    if "county" in request.fixturenames:
        from xiezuo.accounts.api import OPERATOR, set_actor

        request.getfixturevalue("county")
        set_actor(OPERATOR)


def approvals() -> Any:
    from xiezuo.approvals.models import Approval

    return Approval.objects.order_by("submitted_at", "pk")


def test_there_are_as_many_applications_as_a_small_county_has_in_two_years(county: int) -> None:
    kinds = Counter(approvals().values_list("kind", flat=True))
    assert kinds == {
        "collaboration": 21,
        "loan": 1,
        "correction": 40,
        "grant": 17,
        "regulation": 14,
        "zone_authorisation": 2,
        "zone_joining": 4,
    }


def test_every_way_an_application_can_go_is_there(county: int) -> None:
    from xiezuo.approvals.models import Move, SignerRow
    from xiezuo.approvals.states import ApprovalState, Verb

    states = set(approvals().values_list("state", flat=True))
    assert states == set(ApprovalState) - {ApprovalState.CONFIRMING}
    verbs = set(Move.objects.values_list("verb", flat=True))
    assert {
        Verb.RETURN,
        Verb.REFUSE,
        Verb.WITHDRAW,
        Verb.RESUBMIT,
        Verb.ADD_SIGNER,
        Verb.ENTER_PAPER,
        Verb.CONFIRM_PAPER,
        Verb.ATTEND,
    } <= verbs
    assert SignerRow.objects.filter(kind="上级", state="同意").exists()


def test_every_number_of_a_year_was_given_once_and_none_is_missing(county: int) -> None:
    given: dict[tuple[str, int], list[int]] = {}
    for kind, year, number in approvals().values_list("kind", "year", "number"):
        given.setdefault((kind, year), []).append(number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in given.values())


def test_nothing_happened_before_the_county_began_or_after_today(county: int) -> None:
    from xiezuo.approvals.models import Move
    from xiezuo.config.demonstration import BEGAN

    instants = list(Move.objects.values_list("at", flat=True))
    assert min(instants) > BEGAN
    assert max(instants) <= NOW


def test_the_journal_reads_in_the_order_of_time(county: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT chain, at FROM audit_entry ORDER BY chain, sequence")
        entries = cursor.fetchall()
    assert len(entries) > 300
    assert entries == sorted(entries)


@pytest.mark.parametrize(
    "name", ["anguanshi", "luruyuan", "shuji", "fushuji", "changwei", "zuzhang", "xiangzhen"]
)
def test_something_waits_for_everybody_who_signs_or_speaks(county: int, name: str) -> None:
    from xiezuo.accounts.models import User
    from xiezuo.home.notices.models import Notice
    from xiezuo.home.notices.states import TASKS

    account = User.objects.get(username=name).pk
    assert Notice.objects.filter(account=account, kind__in=TASKS, done_at__isnull=True).exists()


def test_of_what_waits_some_is_late_and_some_has_used_up_half_of_its_time(county: int) -> None:
    from xiezuo.approvals.api import course_of, light

    waiting = approvals().filter(state="审批中")
    lights = Counter(light(course_of(each), date(2026, 11, 23)) for each in waiting)
    assert set(lights) == {"green", "amber", "red"}


def test_the_figures_of_the_seed_stand_as_they_stood(county: int) -> None:
    from xiezuo.figures.api import Asking, values

    keys = [key for key, _value in seed_figures()]
    found = values(Asking((county,), REPORT_DAY), keys)[county]
    assert found == dict(seed_figures())


def test_everybody_of_the_demonstration_is_in_office_today(county: int) -> None:
    from xiezuo.accounts.api import held_on
    from xiezuo.accounts.models import User

    without = [user.username for user in User.objects.all() if not held_on(user, date(2026, 11, 23))]
    assert without == []
