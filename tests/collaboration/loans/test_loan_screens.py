"""Pages of loans and pairings: what each reader sees, what they may do, and what it costs."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories as make
from tests.collaboration.asking import TODAY
from tests.collaboration.loans.lending import SOON, THREE_MONTHS, Lending
from tests.once import fresh, once
from tests.reading import questions_of, workbook_rows
from tests.subjects import Visitor
from xiezuo.accounts.api import OPERATOR, Role, acting_as, set_actor
from xiezuo.accounts.models import User
from xiezuo.accounts.sessions import DOOR
from xiezuo.collaboration.api import add_visit, choose_candidate, evaluate_lent, make_pairing, offer_candidate
from xiezuo.collaboration.models import Lent, Loan, Pairing
from xiezuo.organisation.api import grow_ledger
from xiezuo.shared import clock
from xiezuo.shared.errors import Refused

pytestmark = pytest.mark.django_db


class Reader(Client):
    """The browser of one of the county's accounts, with what that account holds and nothing else."""

    def __init__(self, here: Lending, name: str) -> None:
        super().__init__()
        set_actor(OPERATOR)
        # Rights were worked out since the county was built.
        self.force_login(User.objects.get(pk=here.office.accounts[name].pk))
        session = self.session
        session[DOOR] = {**session[DOOR], "fresh": clock.now().isoformat()}
        session.save()

    def request(self, **request: Any) -> Any:
        """Ask as the account; what the test does afterwards, it does as the operator."""
        try:
            return super().request(**request)
        finally:
            set_actor(OPERATOR)


built = once(Lending)


@pytest.fixture
def here(built: Lending, actor: None) -> Lending:
    return fresh(built)


def reader(here: Lending, name: str) -> Reader:
    return Reader(here, name)


def text(client: Reader, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"collaboration:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code, answer.content.decode()[:2000])
    return answer.content.decode()


class TestReading:
    def test_the_pages_open_for_who_arranges(self, here: Lending) -> None:
        lent = here.lent()
        clerk = reader(here, "clerk")
        for name, args in (("loans", ()), ("loan", (lent.loan_id,)), ("own-loans", ()), ("ledger-loans", ()), ("pairings", ()), ("ask-loan", ()), ("make-pairing", ()), ("offer-candidate", (here.approved(unit="town", by="asker").pk,))):  # fmt: skip
            assert text(clerk, name, *args)
        assert "虚构" in text(clerk, "loan", lent.loan_id)

    def test_an_open_vacancy_is_read_by_every_head_without_its_candidates(self, here: Lending) -> None:
        row = here.approved()
        here.do("clerk", offer_candidate, loan=row, person=here.person("guest").pk)
        name = _name(here, "guest")
        page = text(reader(here, "next head"), "loan", row.pk)
        assert "熟悉财务" in page
        assert name not in page
        assert name in text(reader(here, "far head"), "loan", row.pk)

    def test_a_loan_is_not_there_for_others_once_it_runs(self, here: Lending) -> None:
        lent = here.lent()
        answer = reader(here, "next head").get(reverse("collaboration:loan", args=[lent.loan_id]))
        assert answer.status_code == 404

    def test_the_home_head_finds_what_waits(self, here: Lending) -> None:
        lent = here.do("clerk", offer_candidate, loan=here.approved(), person=here.person("guest").pk)
        here.act(lent, choose_candidate)
        assert _name(here, "guest") in text(reader(here, "far head"), "loan-consents")
        assert _name(here, "guest") not in text(reader(here, "next head"), "loan-consents")

    def test_the_person_reads_the_evaluation_and_says_so(self, here: Lending) -> None:
        lent = here.lent()
        here.act(lent, evaluate_lent, "head", words="工作认真负责")
        guest = reader(here, "guest")
        assert "工作认真负责" in text(guest, "own-loans")
        form = guest.get(reverse("collaboration:lent-act", args=[lent.pk, "shown"])).context["form"]
        sent = {"key": form["key"].value(), "on": TODAY.isoformat()}
        answer = guest.post(reverse("collaboration:lent-act", args=[lent.pk, "shown"]), sent)
        assert (answer.status_code, answer["Location"]) == (302, reverse("collaboration:own-loans"))
        with acting_as(OPERATOR):
            assert Lent.objects.get(pk=lent.pk).shown_on == TODAY

    def test_what_breaks_a_limit_stands_among_the_shortfalls(self, here: Lending) -> None:
        with acting_as(OPERATOR):
            make.assignment(here.person("outsider"), here.here.units["lead"], "工作人员", status="借调")
        page = text(reader(here, "clerk"), "ledger-loans")
        assert "R12" in page
        assert 'id="short-title"' in page

    def test_what_breaks_a_limit_stands_on_the_overview_by_its_unit_with_a_link_for_who_may_open_it(self, here: Lending) -> None:  # fmt: skip
        overview, ledger = reverse("home:overview"), reverse("collaboration:ledger-loans")
        kept = "未超限的借调（含挂职、跟班）"
        with acting_as(OPERATOR):
            make.assignment(here.person("guest"), here.here.units["lead"], "科员", status="借调", starts=TODAY, ends=SOON)  # fmt: skip
        clerk = reader(here, "clerk")
        assert kept not in clerk.get(overview).content.decode()
        with acting_as(OPERATOR):
            make.assignment(here.person("outsider"), here.here.units["lead"], "工作人员", status="借调")
            grow_ledger(here.office.county)
        totals = Visitor("totals").holds(Role.READER, here.office.county)
        lines = {who: _short_line(browser.get(overview).content.decode(), kept) for who, browser in (("clerk", clerk), ("totals", totals))}  # fmt: skip
        assert all("1 / 2" in line and "虚构第一审查调查室超限1人次" in line for line in lines.values())
        assert {who: ledger in line for who, line in lines.items()} == {"clerk": True, "totals": False}
        assert _name(here, "outsider") not in lines["clerk"]

    def test_whoever_agrees_to_lend_somebody_is_warned_of_open_work(self, here: Lending) -> None:
        lent = here.do("clerk", offer_candidate, loan=here.approved(), person=here.person("guest").pk)
        here.act(lent, choose_candidate)
        handing = f"{reverse('collaboration:open-work')}?account={here.office.accounts['guest'].pk}"
        assert handing not in text(reader(here, "far head"), "lent-act", lent.pk, "consent")
        here.here.request(by="guest", unit="far axis")
        assert handing in text(reader(here, "far head"), "lent-act", lent.pk, "consent")

    def test_one_loan_and_three_cost_the_same(self, here: Lending) -> None:
        here.lent("guest")
        clerk = reader(here, "clerk")
        address = reverse("collaboration:loans")
        questions_of(clerk, address)
        one = questions_of(clerk, address)
        here.ask(by="clerk")
        here.lent("second", unit="town", by="asker")
        assert questions_of(clerk, address) == one

    def test_the_workbook_says_what_the_list_says(self, here: Lending) -> None:
        lent = here.lent()
        rows = workbook_rows(reader(here, "clerk").get(reverse("collaboration:loans"), {"format": "xlsx"}))
        assert len(rows) == 2
        assert _name(here, "guest") in rows[1]
        assert f"{lent.loan.year}-{lent.loan.number}" in rows[1]

    @pytest.mark.parametrize("ending", ["pdf", "docx"])
    def test_the_form_is_printed(self, here: Lending, ending: str) -> None:
        lent = here.lent()
        answer = reader(here, "clerk").get(reverse("collaboration:loan-paper", args=[lent.loan_id]), {"ending": ending})  # fmt: skip
        assert answer.status_code == 200
        assert answer.content[:4] == {"pdf": b"%PDF", "docx": b"PK\x03\x04"}[ending]


class TestWriting:
    def test_a_limit_broken_in_the_form_stands_at_its_field_and_nothing_is_lost(self, here: Lending) -> None:
        head = reader(here, "head")
        address = reverse("collaboration:ask-loan") + "?kind=试岗"
        sent = _form(here)
        answer = head.post(address, sent | {"ends": THREE_MONTHS.isoformat()})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "R12" in page
        assert sent["reason"] in page
        with acting_as(OPERATOR):
            assert Loan.objects.count() == 0

    def test_asked_for_on_the_page(self, here: Lending) -> None:
        answer = reader(here, "head").post(reverse("collaboration:ask-loan") + "?kind=试岗", _form(here))
        with acting_as(OPERATOR):
            row = Loan.objects.get()
        assert answer["Location"] == reverse("collaboration:loan", args=[row.pk])
        assert (row.duties, row.ends) == ("记录", THREE_MONTHS)

    def test_a_second_window_is_told(self, here: Lending) -> None:
        lent = here.chosen()
        head = reader(here, "head")
        address = reverse("collaboration:lent-act", args=[lent.pk, "lend"])
        sent = {"starts": SOON.isoformat(), "ends": SOON.isoformat(), "seen": 1, "key": str(uuid4())}
        answer = head.post(address, sent)
        assert answer.status_code == 422
        assert sent["starts"] in answer.content.decode()
        with acting_as(OPERATOR):
            assert Lent.objects.get(pk=lent.pk).starts is None

    def test_the_using_head_sees_candidates_of_other_units(self, here: Lending) -> None:
        lent = here.chosen()
        page = text(reader(here, "head"), "loan", lent.loan_id)
        assert _name(here, "guest") in page
        assert reverse("collaboration:lent-act", args=[lent.pk, "lend"]) in page

    def test_a_pairing_from_making_to_review(self, here: Lending) -> None:
        clerk, units = reader(here, "clerk"), here.here.units
        sent = {"strong": units["next"].pk, "weak": units["town"].pk, "aims": "规范谈话场所管理", "basis": "安纪办〔2026〕8号",
                "starts": TODAY.isoformat(), "ends": THREE_MONTHS.isoformat(), "key": str(uuid4())}  # fmt: skip
        clerk.post(reverse("collaboration:make-pairing"), sent)
        with acting_as(OPERATOR):
            row = Pairing.objects.get()
        head = reader(here, "asker")
        visit = {
            "day": TODAY.isoformat(),
            "what": "实地指导",
            "hours": "3.5",
            "key": str(uuid4()),
        }
        assert head.post(reverse("collaboration:add-visit", args=[row.pk]), visit).status_code == 302
        assert "实地指导" in text(reader(here, "guest"), "pairing", row.pk)
        assert "3.5" in text(reader(here, "guest"), "pairings")


def test_a_pairing_with_itself_or_twice_is_refused(here: Lending) -> None:
    units = here.here.units
    given = {
        "commission": here.office.county,
        "aims": "规范",
        "starts": TODAY,
        "ends": THREE_MONTHS,
        "basis": "",
    }
    with pytest.raises(Refused) as refused:
        here.do("clerk", make_pairing, strong=units["town"].pk, weak=units["town"].pk, key=uuid4(), **given)
    assert [each.code for each in refused.value.reasons] == ["weak"]
    row = here.do("clerk", make_pairing, strong=units["next"].pk, weak=units["town"].pk, key=uuid4(), **given)
    with pytest.raises(Refused):
        here.do("clerk", make_pairing, strong=units["next"].pk, weak=units["town"].pk, key=uuid4(), **given)
    with pytest.raises(Refused) as refused:
        here.do("asker", add_visit, pairing=row, day=TODAY, what="", hours=Decimal(0), key=uuid4())
    assert sorted(each.code for each in refused.value.reasons) == ["hours", "what"]
    with pytest.raises(Refused):
        here.do("far head", add_visit, pairing=row, day=TODAY, what="指导", hours=Decimal(1), key=uuid4())


def _form(here: Lending) -> dict[str, object]:
    last = THREE_MONTHS - timedelta(days=1)
    return {
        "unit": here.here.units["lead"].pk, "post": "纪检监察员", "people": 1, "skills": "财务、审计", "criteria": "熟悉财务", "acts": ["记录"],
        "reason": "编制空缺一名", "basis": "安编〔2026〕3号", "starts": SOON.isoformat(), "ends": last.isoformat(), "key": str(uuid4()),
    }  # fmt: skip


def _name(here: Lending, who: str) -> str:
    with acting_as(OPERATOR):
        return str(here.person(who).records.get().name)


def _short_line(page: str, words: str) -> str:
    """The shortfall of the overview that says `words`; empty if there is none."""
    return next((line for line in page.split("<li>") if words in line), "")
