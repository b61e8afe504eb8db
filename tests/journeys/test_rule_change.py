"""A rule edited, tried against past matters, in force from next month, while a running matter keeps the old one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import County, broken_rules_of_access, log_in
from tests.journeys.test_approvals import decide, proposed
from xiezuo.shared import clock

pytestmark = pytest.mark.browser
OLD_DAYS = 2
NEW_DAYS = {"zh-hans": 5, "en": 4}
WORKING_DAYS = {"zh-hans": "{}个工作日", "en": "{} working days"}


@pytest.fixture
def desk(
    browser: Browser, corrected: tuple[County, dict[str, str]], language: str
) -> Iterator[Callable[[str], Page]]:
    """A browser for each person of the story, logged in, in the language of the story."""
    county, passwords = corrected
    desks: list[Page] = []

    def opened(name: str) -> Page:
        context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
        context.set_default_timeout(30_000)
        desks.append(context.new_page())
        log_in(desks[-1], replace(county, name=name, password=passwords[name]), language)
        return desks[-1]

    yield opened
    for page in desks:
        page.context.close()


def next_month() -> date:
    return (clock.today().replace(day=1) + timedelta(days=32)).replace(day=1)


def open_rule(page: Page, url: str) -> None:
    page.goto(f"{url}/regulations/work-rules/?kind=internal")
    address = page.locator("tbody tr", has_text="N02").locator("a").first.get_attribute("href")
    page.goto(f"{url}{address}")


def facts(page: Page) -> str:
    return page.locator("dl").first.inner_text()


def test_a_changed_rule_is_tried_takes_effect_next_month_and_leaves_what_runs_alone(
    desk: Callable[[str], Page], corrected: tuple[County, dict[str, str]], language: str
) -> None:
    url, number = corrected[0].url, proposed(corrected[0].home)
    old, new = (WORKING_DAYS[language].format(days) for days in (OLD_DAYS, NEW_DAYS[language]))
    clerk = desk("anguanshi")

    # The clerk says what the rule is to be from next month on, and looks before anything is done.
    open_rule(clerk, url)
    rule = clerk.url
    clerk.locator("a[href*='/change/']").first.click()
    clerk.locator("#id_decide_days").fill(str(NEW_DAYS[language]))
    clerk.locator("#id_starts").fill(next_month().isoformat())
    clerk.locator("button[value=check]").click()
    clerk.wait_for_load_state()
    assert new in clerk.locator("ins").first.inner_text()

    # Tried against past matters: the one that runs is among them, would have more days, and keeps the old edition.
    trial = clerk.locator("section", has=clerk.locator("#trial-title"))
    trial.locator("summary").focus()
    clerk.keyboard.press("Enter")
    row = trial.locator("tbody tr", has=clerk.locator(f"a[href*='/inbox/{number}/']"))
    assert row.is_visible()
    assert row.locator(".xz-state").inner_text().strip()
    shown = [int(text.split()[0]) for text in trial.locator(".xz-band dd").all_inner_texts()]
    assert len(shown) == 4
    assert shown[0] >= 1
    assert shown[3] >= 1
    assert broken_rules_of_access(clerk) == []
    clerk.set_viewport_size({"width": 390, "height": 844})
    assert clerk.evaluate("document.documentElement.scrollWidth") <= 390
    clerk.set_viewport_size({"width": 1440, "height": 900})

    # Entered, it holds from its day; until then the old one does.
    clerk.locator("button[value=confirm]").click()
    clerk.wait_for_load_state()
    assert clerk.locator(".xz-message-success").count() == 1
    clerk.goto(rule)
    assert old in facts(clerk)
    clerk.goto(f"{clerk.url}{'&' if '?' in clerk.url else '?'}on={next_month().isoformat()}")
    assert new in facts(clerk)

    # The running matter cites the edition that it began under, and goes by it to its end.
    clerk.goto(f"{url}/inbox/{number}/")
    cited = clerk.locator("a[href*='kept=1']")
    assert "N02" in cited.inner_text()
    cited.click()
    clerk.wait_for_load_state()
    assert old in facts(clerk)
    assert clerk.locator(".xz-note").count() == 1
    for name in ("fushuji", "shuji"):
        leader = desk(name)
        leader.goto(f"{url}/inbox/{number}/")
        decide(leader, "approve")
    clerk.goto(f"{url}/inbox/{number}/")
    assert clerk.locator(".xz-state-good").first.is_visible()
