"""A regulation from pasted text over consultation and review to its trial, as each of those who take part does it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import County, log_in
from xiezuo.shared import clock

pytestmark = pytest.mark.browser

NAMES = {"zh-hans": "虚构县协作会商办法（试行）", "en": "虚构县联席会商办法（试行）"}
"""Both stories are told to one county."""
TEXT = """第一章 总则
第一条　为规范协作会商，制定本办法。
第二条　会商由轴心单位召集，成员单位参加。
第三条　会商意见应当在五个工作日内书面反馈。
"""
TODAY = clock.today()


@pytest.fixture
def desk(browser: Browser, county: County, language: str) -> Iterator[Callable[[str], Page]]:
    """A browser for each person of the story, in its language; no page may complain."""
    known = json.loads((county.home / "demonstration").read_text(encoding="utf-8"))
    desks: dict[str, Page] = {}
    troubles: list[str] = []

    def opened(name: str) -> Page:
        if name not in desks:
            context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
            context.set_default_timeout(30_000)
            context.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
            desks[name] = context.new_page()
            person = replace(county, name=name, password=known[name]["password"])
            log_in(desks[name], person, language)
        return desks[name]

    yield opened
    for page in desks.values():
        page.context.close()
    assert [words for words in troubles if "status of 4" not in words] == []


def send(page: Page) -> None:
    """Press the one button of a form."""
    page.locator("form.xz-form button[type=submit]").first.click()
    page.wait_for_load_state()


def begun(page: Page, url: str, name: str) -> str:
    """The draft from a pasted text; gives its address."""
    page.goto(f"{url}/regulations/begin/")
    page.locator("#id_name").fill(name)
    page.locator("#id_unit").select_option(label="案件监督管理室")
    page.locator("#id_text").fill(f"{name}\n\n{TEXT}")
    send(page)
    return page.url.split("?")[0].split("#")[0]


def asked(page: Page, draft: str, *units: str) -> None:
    page.goto(f"{draft}ask/")
    for unit in units:
        page.get_by_label(unit, exact=True).check()
    page.locator("#id_last_day").fill((TODAY + timedelta(days=7)).isoformat())
    send(page)


def given(page: Page, draft: str, clause: str, words: str, *, unit: str = "", paper: str = "") -> None:
    """An opinion on a clause; on paper if its number is given."""
    page.goto(f"{draft}opinions/add/")
    if unit:
        page.locator("#id_unit").select_option(label=unit)
    label = page.locator("#id_anchor option", has_text=clause).first.inner_text()
    page.locator("#id_anchor").select_option(label=label)
    page.locator("#id_text").fill(words)
    if paper:
        page.locator("#id_paper_no").fill(paper)
        page.locator("#id_paper_on").fill(TODAY.isoformat())
    send(page)


def settled(page: Page, draft: str, words: str, outcome: str, reason: str = "") -> None:
    page.goto(f"{draft}opinions/")
    row = page.locator("tr", has_text=words)
    row.locator("a[href*='/regulations/opinions/']").click()
    page.locator(f"input[name=outcome][value={outcome}]").check()
    page.locator("#id_reason").fill(reason)
    send(page)


def agree(page: Page, url: str, name: str) -> bool:
    """Agree to the regulation if it waits in this inbox."""
    page.goto(f"{url}/inbox/")
    line = page.locator("tr[data-row] a", has_text=name)
    if line.count() == 0:
        return False
    line.first.click()
    page.wait_for_url("**/inbox/*/**")
    page.locator("button[name=verb][value=approve]").click()
    page.wait_for_load_state()
    return True


def test_a_regulation_goes_from_a_pasted_text_to_its_trial(
    desk: Callable[[str], Page], county: County, language: str
) -> None:
    url, name = county.url, NAMES[language]
    clerk, head = desk("anguanshi"), desk("xiangzhen")
    draft = begun(clerk, url, name)
    expect(clerk.locator(".xz-clause", has_text="第三条")).to_contain_text("五个工作日")
    asked(clerk, draft, "澜城镇纪委", "驻县委办公室纪检监察组")

    # One unit answers on screen, the other on paper; the head of the first sees nothing of the second.
    given(head, draft, "第三条", "建议缩短为三个工作日。")
    head.locator("form[action$='/answer/'] button").click()
    given(
        clerk,
        draft,
        "第二条",
        "建议由分管领导召集。",
        unit="驻县委办公室纪检监察组",
        paper="虚构函〔2026〕7号",
    )
    head.goto(f"{draft}opinions/")
    expect(head.locator("main")).to_contain_text("三个工作日")
    expect(head.locator("main")).not_to_contain_text("分管领导召集")

    # What is missing for the review stands beside the button.
    clerk.goto(draft)
    expect(clerk.locator("#apply")).to_be_visible()
    settled(clerk, draft, "三个工作日", "采纳")
    settled(clerk, draft, "分管领导召集", "未采纳")
    expect(clerk.locator("[data-error-summary]")).to_be_visible()
    clerk.locator("#id_reason").fill("召集单位已由协作区工作规则规定。")
    send(clerk)
    clerk.goto(f"{draft}opinions/")
    clerk.locator("form[action$='/answer/'] button").first.click()
    clerk.goto(draft)
    clerk.locator(".xz-clause", has_text="第三条").locator("a[href*='/clauses/']").click()
    clerk.locator("#id_text").fill("第三条　会商意见应当在三个工作日内书面反馈。")
    send(clerk)

    # It is sent for review; meanwhile its text is shut.
    clerk.goto(f"{draft}apply/")
    clerk.locator("#id_until").fill((TODAY + timedelta(days=20)).isoformat())
    clerk.locator("#id_document_no").fill("虚构发〔2026〕7号")
    send(clerk)
    expect(clerk.locator(".xz-clause a[href*='/clauses/']")).to_have_count(0)
    signers = [desk(each) for each in ("fushuji", "shuji")]
    agreed = [agree(page, url, name) for _round in range(2) for page in signers]
    assert any(agreed)

    # On trial, with its end in sight; a revision is compared with it clause by clause.
    clerk.goto(draft)
    expect(clerk.locator(".xz-life [aria-current=step]")).to_contain_text(str(TODAY.year))
    head.goto(f"{url}/regulations/")
    head.goto(url + str(head.locator("a", has_text=name).first.get_attribute("href")))
    expect(head.locator(".xz-note-warn")).to_contain_text("20")
    head.locator("form[action$='/read/'] button").click()
    expect(head.locator("form[action$='/read/']")).to_have_count(0)
    revision = revised(clerk, head.url.split("?")[0])
    clerk.goto(revision)
    clerk.locator("a[href*='/compare/']").first.click()
    expect(clerk.locator(".xz-compared ins").first).to_contain_text("两")
    expect(clerk.locator(".xz-compared tbody tr")).to_have_count(1)


def revised(page: Page, regulation: str) -> str:
    """A revision with one clause changed, given up again at the end of the story; gives its address."""
    page.goto(regulation)
    page.locator("a[href*='/begin/']").click()
    page.locator("#id_unit").select_option(label="案件监督管理室")
    send(page)
    draft = page.url.split("?")[0].split("#")[0]
    page.locator(".xz-clause", has_text="第三条").locator("a[href*='/clauses/']").click()
    page.locator("#id_text").fill("第三条　会商意见应当在两个工作日内书面反馈。")
    send(page)
    return draft
