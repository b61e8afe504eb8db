"""A request that has something to print on each form."""

from typing import Any

from django.utils import timezone

from tests.collaboration.work.working import DAY, TODAY, Working, now_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Declaration, Recusal, Request
from xiezuo.collaboration.requests.carrying_operations import report_result
from xiezuo.collaboration.work.asked import Problem
from xiezuo.collaboration.work.letter_operations import answer_letter, ask_more_time, extend_letter
from xiezuo.collaboration.work.papers.table import FORMS
from xiezuo.collaboration.work.papers.taking_operations import take_form
from xiezuo.collaboration.work.plan_operations import finish_task
from xiezuo.shared import clock

LONG = "按方案核对台账、现场走访、逐项登记，形成问题清单后由专班集体研究。" * 6


def fill(work: Working) -> Working:
    """Let everything happen once that a form tells of."""
    team = work.members
    work.plan(basis="协作〔2026〕1号批复", questions="问〔2026〕12号第1至5项", steps=LONG[:300], cautions="两人以上到场", secrecy="不带手机入室", emergency="就近送医并当即报告")  # fmt: skip
    first = work.task(member=team["second"].pk, due_on=TODAY + 3 * DAY)
    work.task(what="走访登记第2册")
    work.log()
    work.meet(stood_out=1, chair=team["chief"].pk, present=tuple(each.pk for each in team.values()), owner=work.units["next"].pk, due_on=TODAY + 5 * DAY, safety="安全员全程在场")  # fmt: skip
    for name, pages in (("工作方案", 3), ("问题清单", 12), ("整改交办函", 2)):
        work.paper(name=name, pages=pages, digest="0123456789abcdef" * 4, handed_by="甲某", taken_by="乙某", handed_on=TODAY)  # fmt: skip
    letter = work.letter(problems=(Problem("清单第1项", "工作规则第八条", "书面报告"), Problem("清单第2项", "同上", "附材料")))  # fmt: skip
    work.do("mender", ask_more_time, letter=letter[0], because="工期顺延")
    work.do("leader", extend_letter, letter=letter[0], days=10, said="同意顺延")
    work.do("mender", answer_letter, letter=letter[0], answer_no="复〔2026〕3号", answered_on=TODAY)
    work.verify(letter[0], "已改")
    work.verify(letter[1], "未改")
    work.do("chief", finish_task, task=first, done_on=TODAY)
    _ask(work)
    work.here.act(work.row, report_result, result="完成", problems=2)
    work.evaluate("asker", "申请方", said="按期办结，配合顺畅")
    work.row = now_of(work.row)
    return work


def _ask(work: Working) -> None:
    people = work.here.office.people
    with acting_as(OPERATOR):
        Declaration.objects.create(
            request=work.row, person=people["second"], asked_by="虚构", asked_at=clock.now(), shown_on=TODAY, shown_by=1,
            answered_at=clock.now(), none=True, paper_no="纸〔2026〕5号",
        )  # fmt: skip
        Recusal.objects.create(
            request=work.row, person=people["second"], source="他人提出", clause="监察法第六十七条", raised_at=clock.now(), due_on=TODAY,
            decision="不予回避", decided_by=work.here.office.accounts["head"].pk, decided_at=clock.now(), key=work.row.key,
        )  # fmt: skip
        Request.objects.filter(pk=work.row.pk).update(next_due_on=TODAY)
    work.row = now_of(work.row)


def offered(work: Working, by: str) -> dict[str, list[int]]:
    """The rows of each form that somebody can print now."""
    actor = work.here.actor(by)
    with acting_as(actor):
        row = Request.objects.select_related("commission").get(pk=work.row.pk)
        return {code: [of for of, _words in kind.rows(row, actor, timezone.localdate())] for code, kind in FORMS.items()}  # fmt: skip


def taken(work: Working, by: str, form: str, of: int, *, ending: str = "pdf", code: str = "") -> bytes:
    """A form as a file."""
    given: dict[str, Any] = {"form": form, "of": of, "ending": ending, "code": code}
    return work.do(by, take_form, request=work.row, **given)  # type: ignore[no-any-return]
