"""The three administrators at their consoles, in a browser: a first business account, from opening to the auditor's look."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import County, broken_rules_of_access

pytestmark = pytest.mark.browser

Come = Callable[..., Page]
SCREENS = {
    "shenji": ("auditor/", "auditor/entries/1/", "auditor/timeline/", "auditor/verification/", "auditor/heads/", "auditor/heads/sheet/"),
    "anquan": (
        "security/", "security/accounts/1/", "security/persons/", "security/review/", "security/behaviour/", "security/door/",
        "security/recoveries/", "security/who-can-see/?what=/people/units/1/&ability=see_people", "grants/", "grants/1/",
        "grants/propose/",
    ),
    "xitong": ("system/", "system/accounts/1/", "system/accounts/open/", "system/jobs/", "system/health/"),
}  # fmt: skip


@pytest.fixture
def come(browser: Browser, county: County) -> Iterator[Come]:
    """Lets somebody of the demonstration come in, each with a browser of their own."""
    opened: list[BrowserContext] = []

    def enter(name: str, language: str = "zh-hans", width: int = 1440) -> Page:
        opened.append(browser.new_context(locale="zh-CN", viewport={"width": width, "height": 844}))
        page = opened[-1].new_page()
        page.goto(county.url)
        if language == "en":
            page.locator("button[name=language][value=en]").click()
        accounts = json.loads((county.home / "demonstration").read_text())
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill(accounts[name]["password"])
        page.locator("form button[type=submit]").last.click()
        page.wait_for_url(lambda url: "log-in" not in url)
        prove(page, accounts[name]["password"])
        return page

    yield enter
    for context in opened:
        context.close()


def prove(page: Page, password: str) -> None:
    """Give the code that the demonstration shows, or the password, where the door or an act asks for it."""
    if page.locator("input[name=proof_password]").count():
        page.locator("input[name=proof_password]").fill(password)
    elif page.locator("input[name=proof_code]").count():
        page.locator("input[name=proof_code]").fill(page.locator("code").first.inner_text())
    else:
        return
    page.locator("form button.xz-button-primary").first.click()
    page.wait_for_load_state()


def test_a_first_business_account_from_opening_to_the_auditors_look(come: Come, county: County) -> None:
    system = come("xitong")
    system.goto(f"{county.url}/consoles/system/accounts/open/")
    system.locator("#id_name").fill("xinkai")
    system.locator("#id_full_name").fill("虚构新开")
    system.locator("#id_commission").select_option(index=1)
    system.locator("#id_person").fill("P005")
    system.locator("main form button.xz-button-primary").click()
    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", system.locator(".xz-secret").inner_text())

    security = come("anquan")
    security.goto(f"{county.url}/consoles/security/persons/")
    assert "P005" in security.locator("main").inner_text()
    security.get_by_role("button", name="核对无误，确认").first.click()
    assert "xinkai" in security.locator(".xz-message-success").inner_text()
    security.goto(f"{county.url}/consoles/grants/propose/")
    choices = security.locator("#id_account option").all_inner_texts()
    security.locator("#id_account").select_option(label=next(each for each in choices if "xinkai" in each))
    security.locator("#id_role").select_option("site_keeper")
    security.locator("#id_over").select_option(index=1)
    first = security.locator("#id_starts").input_value()
    security.locator("#id_last").fill(first)
    security.locator("#id_reason").fill("虚构的理由")
    security.get_by_role("button", name="提出", exact=True).click()
    assert "场所管理员" in security.locator(".xz-error-summary").inner_text(), "not over the installation"
    security.locator("#id_over").select_option(index=2)
    security.get_by_role("button", name="提出", exact=True).click()
    assert security.get_by_role("button", name="同意授权").count() == 0, "decided in steps"
    grant = security.url

    secretary = come("shuji")
    secretary.goto(grant)
    secretary.get_by_role("link", name="打开审批").click()
    assert "xinkai" in secretary.locator(".xz-approval-matter").inner_text()
    secretary.locator("button[name=verb][value=approve]").click()
    prove(secretary, json.loads((county.home / "demonstration").read_text())["shuji"]["password"])
    assert secretary.locator(".xz-message-success").count() == 1

    auditor = come("shenji")
    auditor.goto(f"{county.url}/consoles/auditor/?q=xinkai")
    listed = auditor.locator("tbody").inner_text()
    assert all(words in listed for words in ("开通账号", "确认账号人员", "提出授权", "同意授权"))
    auditor.locator("tbody a").first.press("Enter")
    auditor.locator("#drawer").get_by_text("防篡改校验信息").wait_for()
    auditor.goto(f"{county.url}/consoles/auditor/verification/")
    auditor.get_by_role("button", name="立即校验").click()
    assert auditor.locator(".xz-message-success").count() == 1


@pytest.mark.parametrize("name", SCREENS)
def test_no_console_breaks_a_rule_of_access_or_is_wider_than_a_phone(
    name: str, language: str, come: Come, county: County
) -> None:
    """WCAG 2.2 A and AA as far as a machine can tell, at the width of a phone."""
    page, broken = come(name, language, 390), {}
    for screen in SCREENS[name]:
        answer = page.goto(f"{county.url}/consoles/{screen}")
        assert answer is not None
        assert answer.status == 200, f"{screen} answered {answer.status}"
        # The mark of who looks is no text to be read on the screen.
        page.evaluate("document.querySelectorAll('.xz-watermark').forEach(mark => mark.remove())")
        found = broken_rules_of_access(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if found or wide > 390:
            broken[screen] = wide, found
    assert broken == {}
