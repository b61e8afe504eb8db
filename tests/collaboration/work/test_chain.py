"""The chain of hashes over the moves of a request: whatever is changed past the product shows."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from tests.collaboration.work.working import Working, now_of, working
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Request, RequestMove
from xiezuo.collaboration.queries.work import chain_of
from xiezuo.collaboration.requests.carrying_operations import report_result
from xiezuo.collaboration.work.chain import Break, Broken, digest_of, verify_chain

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
FIELDS = {
    "version": 9, "verb": "x", "state": "x", "account": 7, "by": "他人", "at": AT + timedelta(seconds=1), "basis": "另一条",
    "said": "另一句", "details": {"a": 2}, "key": UUID(int=5), "stood": "0" * 64, "before": "1" * 64,
}  # fmt: skip


@dataclass
class Move:
    version: int
    verb: str = "submit"
    state: str = "审批中"
    account: int | None = 1
    by: str = "经办"
    at: datetime = AT
    basis: str = "R03"
    said: str = ""
    details: Any = field(default_factory=dict)
    key: UUID | None = None
    stood: str = ""
    before: str = ""
    digest: str = ""


def chained(count: int) -> list[Move]:
    moves: list[Move] = []
    for number in range(1, count + 1):
        link = Move(number, stood=f"{number:064}", before=moves[-1].digest if moves else "")
        moves.append(replace(link, digest=digest_of(link)))
    return moves


@given(st.integers(0, 6))
def test_what_the_product_wrote_is_intact(count: int) -> None:
    moves = chained(count)
    assert verify_chain(moves, moves[-1].stood if moves else "") == []


@given(st.integers(1, 6), st.data())
def test_each_field_of_each_move_is_signed(count: int, data: st.DataObject) -> None:
    moves, at = chained(count), data.draw(st.integers(0, count - 1))
    name = data.draw(st.sampled_from(sorted(FIELDS)))
    stands = moves[-1].stood
    moves[at] = replace(moves[at], **{name: FIELDS[name]})
    assert Break(at + 1, Broken.CHANGED) in verify_chain(moves, stands)


@given(st.integers(2, 6), st.data())
def test_a_move_taken_out_shows(count: int, data: st.DataObject) -> None:
    moves, at = chained(count), data.draw(st.integers(0, count - 1))
    stands = moves[-1].stood
    del moves[at]
    assert verify_chain(moves, stands) != []


def test_a_move_signed_anew_breaks_the_next() -> None:
    moves = chained(3)
    changed = replace(moves[0], by="他人")
    moves[0] = replace(changed, digest=digest_of(changed))
    assert verify_chain(moves, moves[-1].stood) == [Break(2, Broken.FOLLOWS_NOT)]


def test_an_instant_reads_alike_in_every_zone() -> None:
    east = timezone(timedelta(hours=8))
    assert digest_of(Move(1)) == digest_of(Move(1, at=AT.astimezone(east)))


@pytest.fixture
def work(db: None) -> Working:
    return working("派出")


def reported(work: Working) -> Working:
    """One more move, so that the chain speaks of the row as it stands."""
    work.stands("执行")
    work.here.act(work.row, report_result, result="完成", problems=0)
    work.row = now_of(work.row)
    return work


def check(work: Working) -> tuple[int, list[Break]]:
    with acting_as(OPERATOR):
        return chain_of(now_of(work.row))


@pytest.mark.django_db
def test_the_moves_of_a_request_are_intact_until_a_row_is_tampered_with(work: Working) -> None:
    count, breaks = check(reported(work))
    assert (count >= 4, breaks) == (True, [])
    with acting_as(OPERATOR):
        Request.objects.filter(pk=work.row.pk).update(reason="改过的事由")
    assert check(work)[1] == [Break(count, Broken.STANDS_OTHERWISE)]


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_a_move_changed_by_who_owns_the_database_shows(work: Working) -> None:
    reported(work)
    with acting_as(OPERATOR):
        second = list(RequestMove.objects.filter(request=work.row).order_by("version"))[1]
    with connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE collaboration_requestmove SET by = '他人' WHERE id = %s", [second.pk])
    assert check(work)[1] == [Break(2, Broken.CHANGED)]
