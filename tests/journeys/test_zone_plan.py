"""A deputy secretary draws the zones of next month: from today's plan over proposals, hand, opinion and decision to the map of that month."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.conftest import County, log_in
from xiezuo.shared import clock
from xiezuo.shared.periods import month_of

pytestmark = pytest.mark.browser

TODAY = clock.today()
NAMES = {"zh-hans": "虚构县协作区调整方案甲", "en": "虚构县协作区调整方案乙"}
"""Both stories are told to one county, one plan after the other."""
MOVED = {"zh-hans": ("柏川乡纪委", "ET2"), "en": ("芦溪乡纪委", "ET3")}
FIRST = month_of(TODAY)[1]
"""The first of next month."""
STARTS = {"zh-hans": FIRST, "en": month_of(FIRST)[1]}


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


def begun(page: Page, url: str, name: str, starts: date) -> str:
    """A plan that begins as today's ledger; gives its address."""
    page.goto(f"{url}/zones/plans/")
    page.locator("a[href*='/zones/plans/begin/']").first.click()
    page.locator("#id_name").fill(name)
    page.locator("#id_starts").fill(starts.isoformat())
    page.locator("#id_why").fill("虚构缘由：缩短到轴心单位的路程。")
    send(page)
    return page.url.split("?")[0]


def proposed(page: Page, url: str, plan: str) -> None:
    """Three proposals are asked for from the plan; one tells why a unit is where it is, and is taken into the plan."""
    page.goto(f"{url}/zones/proposals/ask/?plan={plan.rstrip('/').rsplit('/', 1)[1]}")
    page.locator("form.xz-ask button[type=submit]").click()
    taken = page.locator("a[href*='/take/']")
    expect(taken).to_have_count(3, timeout=120_000)
    answer = page.url
    page.locator("a[href*='/why/']").first.click()
    page.wait_for_url("**/why/**")
    expect(page.locator("table").first).to_be_visible()
    page.goto(answer)
    taken.first.click()
    page.locator("form:has(input[name=into]) button[type=submit]").click()
    page.wait_for_url(f"{plan}**")


def unit_of(page: Page, name: str) -> Locator:
    """The card of a unit on the board."""
    return page.locator("li[data-drag-unit]", has=page.locator("summary b", has_text=name)).first


def move_by_keys(page: Page, unit: str, zone: str) -> None:
    """Open the unit, choose the zone, press the button: with the keyboard alone."""
    unit_of(page, unit).locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.value") == zone:
            break
        page.keyboard.press("ArrowDown")
    else:
        page.keyboard.press("Home")
        while page.evaluate("document.activeElement.value") != zone:
            page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_response(lambda answer: "/edit/" in answer.url):
        page.keyboard.press("Enter")


def agree(page: Page, url: str, name: str) -> bool:
    """Agree to the plan if it waits in this inbox."""
    page.goto(f"{url}/inbox/")
    line = page.locator("tr[data-row] a", has_text=name)
    if line.count() == 0:
        return False
    line.first.click()
    page.wait_for_url("**/inbox/*/**")
    page.locator("button[name=verb][value=approve]").click()
    page.wait_for_load_state()
    return True


def zone_on(page: Page, url: str, unit: str, day: date) -> str:
    """The zone in which the map of a day lists a unit."""
    page.goto(f"{url}/zones/map/?on={day.isoformat()}")
    listed = page.locator("ul.xz-plain-list", has=page.locator("li a", has_text=unit)).first
    return str(listed.locator("xpath=preceding-sibling::h3[1]").inner_text())


def consulted(deputy: Page, head: Page, plan: str, unit: str) -> None:
    """A township is asked and answers; what becomes of its opinion has a reason."""
    deputy.goto(f"{plan}ask/")
    expect(deputy.get_by_label(unit, exact=True)).to_be_checked()
    chosen = deputy.locator("#id_units input:checked")
    while chosen.count():
        chosen.first.uncheck()
    deputy.get_by_label("澜城镇纪委", exact=True).check()
    deputy.locator("#id_last_day").fill(min(TODAY + timedelta(days=7), date(TODAY.year, 12, 31)).isoformat())
    send(deputy)
    head.goto(f"{plan}opinions/add/")
    head.locator("#id_text").fill("虚构意见：建议保留原协作区。")
    send(head)
    head.locator("form[action$='/answer/'] button").click()
    deputy.goto(f"{plan}opinions/")
    deputy.locator("tr", has_text="虚构意见").locator("a[href*='/plans/opinions/']").click()
    deputy.locator("input[name=outcome][value=未采纳]").check()
    send(deputy)
    expect(deputy.locator("[data-error-summary]")).to_be_visible()
    deputy.locator("#id_reason").fill("虚构理由：路程缩短一半。")
    send(deputy)


def test_the_zones_of_next_month_are_drawn_consulted_on_and_decided(
    desk: Callable[[str], Page], county: County, language: str
) -> None:
    url, name, (unit, zone), starts = county.url, NAMES[language], MOVED[language], STARTS[language]
    deputy, clerk, head, secretary = (desk(each) for each in ("fushuji", "anguanshi", "xiangzhen", "shuji"))
    last_month = zone_on(deputy, url, unit, month_of(TODAY)[0] - timedelta(days=1))
    plan = begun(deputy, url, name, starts)
    proposed(deputy, url, plan)

    # Applying is shut, and says why beside the button; by hand a unit moves with the keyboard alone.
    expect(deputy.locator("#apply")).to_be_visible()
    deputy.goto(f"{plan}edit/")
    second = clerk
    second.goto(f"{plan}edit/")
    move_by_keys(deputy, unit, zone)
    expect(deputy.locator("[data-said]")).to_contain_text(unit)
    expect(deputy.locator("#announcer")).to_contain_text(unit)
    assert (
        deputy.evaluate("document.activeElement.closest('li').querySelector('summary b').textContent") == unit
    )
    expect(unit_of(deputy, unit).locator(".xz-unit-was")).to_be_visible()

    # Who edits beside is refused with what changed, and does it again with one button; then it is taken back.
    move_by_keys(second, "云岫乡纪委", "ET1")
    expect(second.locator("[data-trouble]")).to_contain_text(unit)
    second.locator("[data-trouble] form button").click()
    expect(second.locator("[data-said]")).to_contain_text("云岫乡纪委")
    second.locator("button[value=undo]").click()
    expect(unit_of(second, "云岫乡纪委").locator(".xz-unit-was")).to_have_count(0)

    consulted(deputy, head, plan, unit)

    # It is applied for and shut; the secretary decides.
    deputy.goto(f"{plan}apply/")
    deputy.locator("#id_meeting").fill("虚构县纪委常委会会议")
    deputy.locator("#id_document_no").fill(f"虚构发〔2026〕{len(name)}号")
    send(deputy)
    expect(deputy.locator("#edit")).to_be_visible()
    signers = [secretary, deputy, clerk]
    agreed = [agree(page, url, name) for _round in range(2) for page in signers]
    assert any(agreed)

    # Decided: last month's map is as it was, next month's is as decided; the plan waits for its day. Whose rights the
    # decision changes, such as the deputy's, comes in anew.
    secretary.goto(plan)
    expect(secretary.locator(".xz-life [aria-current=step]")).to_be_visible()
    expect(secretary.locator("#apply")).to_have_count(0)
    assert zone_on(secretary, url, unit, month_of(TODAY)[0] - timedelta(days=1)) == last_month
    assert zone_on(secretary, url, unit, starts) != last_month
    assert zone_on(secretary, url, unit, starts - timedelta(days=1)) == last_month
    secretary.goto(f"{url}/zones/plans/")
    expect(secretary.locator(".xz-plan-card", has_text=name)).to_be_visible()
