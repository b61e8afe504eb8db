"""The register of interference: anybody files, nobody in the matter reads, nothing is ever changed, each reading is told."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import get_resolver

from tests.collaboration.asking import Asking, asking
from tests.once import fresh, once
from tests.reading import journal
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Role, acting_as
from xiezuo.collaboration.models import Interference, InterferenceStep, Intervener
from xiezuo.collaboration.recusal import interference_operations as operations
from xiezuo.collaboration.recusal.interference_filed import Filing
from xiezuo.organisation.models import PersonRecord
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, Refused

TODAY = clock.today()
NAME = "虚构说情人"
FILING = Filing("说情干预", TODAY, "打电话说情", NAME, "虚构局 局长")

pytestmark = pytest.mark.usefixtures("actor")


county = once(asking)


@pytest.fixture
def here(county: Asking, actor: None) -> Asking:
    return fresh(county)


def file(here: Asking, by: str = "asker", key: Any = None, **more: Any) -> str:
    given = {"commission": here.office.county, "filing": replace(FILING, **more), "key": key or uuid4()}
    return here.do(by, operations.file_interference, **given)


def rows() -> list[Interference]:
    with acting_as(OPERATOR):
        return list(Interference.objects.select_related("commission").order_by("pk"))


def seen_by(here: Asking, name: str) -> list[int]:
    with acting_as(here.actor(name)):
        return list(Interference.objects.order_by("pk").values_list("number", flat=True))


def refused(act: Any, *args: Any, **given: Any) -> set[str]:
    with pytest.raises(Refused) as caught:
        act(*args, **given)
    return {reason.code for reason in caught.value.reasons}


def test_anybody_of_the_staff_files_without_a_matter_and_keeps_the_number_alone(here: Asking) -> None:
    assert [file(here), file(here, "station")] == [f"干预〔{TODAY.year}〕1号", f"干预〔{TODAY.year}〕2号"]
    assert (seen_by(here, "asker"), seen_by(here, "station")) == ([], [])


def test_whoever_takes_part_files_in_the_matter_and_nobody_else(here: Asking) -> None:
    row = here.request()
    assert file(here, request=row.pk) == f"干预〔{TODAY.year}〕1号"
    with pytest.raises(NotThere):
        file(here, "far head", request=row.pk)


def test_the_same_form_sent_twice_files_once_and_a_foreign_one_is_refused(here: Asking) -> None:
    key = uuid4()
    assert file(here, key=key) == file(here, key=key)
    assert refused(file, here, "station", key=key) == {"foreign-form"}
    assert len(rows()) == 1


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"kind": "其他"}, {"kind"}),
        ({"on": TODAY + timedelta(days=1)}, {"on"}),
        ({"name": " "}, {"name"}),
        ({"how": ""}, {"how"}),
        ({"how": "来电13800138000"}, {"how"}),
        ({"name": "11010519491231002X"}, {"name"}),
        ({"kind": "", "name": "", "how": ""}, {"kind", "name", "how"}),
    ],
)
def test_what_is_missing_or_does_not_belong_is_told_at_its_field(here: Asking, more: dict[str, Any], codes: set[str]) -> None:  # fmt: skip
    assert refused(file, here, **more) == codes
    assert rows() == []


def test_it_is_read_by_leaders_outside_the_matter_and_the_auditor(here: Asking) -> None:
    row = here.request()
    file(here, request=row.pk)
    assert seen_by(here, "secretary") == [1]
    for name in ("asker", "station", "leader", "clerk", "head"):
        assert seen_by(here, name) == [], name


def test_whoever_takes_part_later_reads_it_no_more(here: Asking) -> None:
    row = here.request()
    file(here, request=row.pk)
    with acting_as(OPERATOR):
        row.readers.create(
            account=here.office.accounts["secretary"].pk,
            starts=TODAY,
            ends=date(2100, 1, 1),
            because="widened",
        )
    assert seen_by(here, "secretary") == []


def test_whoever_is_named_in_an_entry_does_not_read_it_however_high_their_post(here: Asking) -> None:
    account = here.office.accounts["secretary"]
    with acting_as(OPERATOR):
        name = PersonRecord.objects.get(person=account.person).name
    file(here, name=f"{name}（虚构）")
    file(here)
    assert seen_by(here, "secretary") == [2]


def test_reading_the_name_is_an_act_in_the_journal_and_the_name_is_not(here: Asking) -> None:
    with journal() as filed:
        file(here)
    (row,) = rows()
    with journal() as read:
        found = here.do("secretary", operations.read_intervener, interference=row)
    assert found.name == NAME
    assert ["interference.filed" in filed[0], "interference.read" in read[0], len(read)] == [True, True, 1]
    assert NAME not in "".join([*filed, *read])


def test_nobody_else_reads_the_name(here: Asking) -> None:
    file(here)
    (row,) = rows()
    for name in ("asker", "clerk", "leader"):
        assert refused(here.do, name, operations.read_intervener, interference=row) == {"not-yours"}
        with acting_as(here.actor(name)):
            assert list(Intervener.objects.all()) == []


def test_steps_are_added_by_leaders_and_the_same_form_adds_once(here: Asking) -> None:
    file(here)
    (row,) = rows()
    key = uuid4()
    for _time in range(2):
        here.do(
            "secretary", operations.note_step, interference=row, said="转干部监督室 干监〔2026〕3号", key=key
        )
    assert refused(here.do, "asker", operations.note_step, interference=row, said="已阅", key=uuid4()) == {"not-yours"}  # fmt: skip
    assert refused(here.do, "secretary", operations.note_step, interference=row, said="", key=uuid4()) == {
        "said"
    }
    with acting_as(OPERATOR):
        assert list(InterferenceStep.objects.order_by("pk").values_list("said", "by")) == [
            ("转干部监督室 干监〔2026〕3号", here.actor("secretary").name)
        ]


def test_paper_is_entered_by_the_office_outside_the_matter_alone(here: Asking) -> None:
    row = here.request()
    given = {
        "commission": here.office.county,
        "filing": replace(FILING, filer="虚构填报人", request=row.pk),
        "key": uuid4(),
    }
    assert refused(here.do, "asker", operations.file_from_paper, **given) == {"not-yours"}
    here.do("clerk", operations.file_from_paper, **given)
    assert [each.filed_name for each in rows()] == ["虚构填报人"]
    with acting_as(OPERATOR):
        row.readers.create(
            account=here.office.accounts["checker"].pk, starts=TODAY, ends=date(2100, 1, 1), because="member"
        )
    again = given | {"key": uuid4()}
    assert refused(here.do, "checker", operations.file_from_paper, **again) == {"inside"}
    assert refused(here.do, "clerk", operations.file_from_paper, **(again | {"filing": FILING})) == {"filer"}


@pytest.mark.parametrize("table", ["interference", "intervener", "interferencestep"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {}"])
def test_the_database_lets_nobody_change_or_delete_it(here: Asking, table: str, act: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:  # fmt: skip
        cursor.execute(act.format(f"collaboration_{table}"))


def test_p9_there_is_no_address_and_no_operation_that_deletes_or_changes() -> None:
    """P9: the delete API is absent."""
    routes = {key for key in get_resolver().reverse_dict if isinstance(key, str)}
    spaces = get_resolver().namespace_dict["collaboration"][1].reverse_dict
    named = {key for key in spaces if isinstance(key, str) and "interference" in key} | {
        key for key in routes if "interference" in key
    }
    assert named == {
        "interferences", "file-interference", "file-interference-paper", "interference-filed", "interference",
        "interference-name", "note-interference", "interference-form",
    }  # fmt: skip
    public = {
        name
        for name in vars(operations)
        if getattr(getattr(operations, name), "__module__", "") == operations.__name__
    }
    assert {name for name in public if not name.startswith("_")} == {
        "file_interference",
        "file_from_paper",
        "read_intervener",
        "note_step",
    }


# Screens


def visitor(here: Asking, name: str, role: Role, unit: str = "") -> Visitor:
    with acting_as(OPERATOR):
        return Visitor(name).holds(role, here.office.county, here.units[unit].pk if unit else None)


def test_the_list_never_names_who_intervened_and_the_page_only_after_asking(
    here: Asking, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    file(here)
    (row,) = rows()
    reader = visitor(here, "reads", Role.SECRETARY)
    page = f"/collaboration/interference/{row.pk}/"
    for address in ("/collaboration/interference/", page):
        told = reader.get(address)
        assert (told.status_code, NAME in told.content.decode()) == (200, False)
    assert NAME in reader.post(f"{page}name/").content.decode()
    assert (
        reader.get("/collaboration/interference/?format=xlsx").headers["Content-Type"].startswith("text/html")
    )


def test_filing_on_the_page_tells_the_number_and_loses_nothing_that_was_wrong(
    here: Asking, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    clerk = visitor(here, "files", Role.STAFF, "town")
    given = {
        "kind": "打听案情",
        "on": TODAY.isoformat(),
        "name": NAME,
        "how": "电话13800138000",
        "key": str(uuid4()),
    }
    wrong = clerk.post("/collaboration/interference/file/", given)
    assert (wrong.status_code, NAME in wrong.content.decode()) == (422, True)
    done = clerk.post("/collaboration/interference/file/", given | {"how": "电话"}, follow=True)
    assert f"干预〔{TODAY.year}〕1号" in done.content.decode()
    assert clerk.get("/collaboration/interference/").status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_asks_the_same_questions_for_one_and_for_three(here: Asking, settings: Any, number: int, django_assert_num_queries: Any) -> None:  # fmt: skip
    settings.ALLOWED_HOSTS = ["testserver"]
    for _time in range(number):
        file(here)
    reader = visitor(here, "counts", Role.SECRETARY)
    reader.get("/collaboration/interference/")
    with django_assert_num_queries(QUESTIONS):
        reader.get("/collaboration/interference/")


QUESTIONS = 13
