"""Through the door with a hardware key, by way of a code card, and out of it again."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.journeys.conftest import County, broken_rules_of_access

pytestmark = pytest.mark.browser
NAME = "huibao"
"""Somebody of the demonstration whom no other story needs."""


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A browser of its own at “localhost”, where keys work without TLS; every complaint of the console counts."""
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(30_000)
    troubles: list[str] = []
    context.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert [words for words in troubles if "status of 4" not in words] == []


@pytest.fixture
def key(visitor: Page) -> CDPSession:
    """A hardware key in the visitor's machine, touched at once."""
    session = visitor.context.new_cdp_session(visitor)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": False, "automaticPresenceSimulation": True}  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def here(county: County, path: str = "/") -> str:
    """The address of a page by the name that keys want."""
    return county.url.replace("127.0.0.1", "localhost") + path


def knock(page: Page, county: County) -> None:
    """Name and password."""
    password = json.loads((county.home / "demonstration").read_text())[NAME]["password"]
    page.goto(here(county, "/accounts/log-in/?next=/accounts/mine/"))
    if page.locator("button[name=language][value=en]").count():
        page.locator("button[name=language][value=en]").click()
    page.locator("input[name=username]").fill(NAME)
    page.locator("input[name=password]").fill(password)
    page.locator("form button[type=submit]").last.click()


def leave(page: Page) -> None:
    """By the menu of the account."""
    page.locator("details.xz-menu summary").last.click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/accounts/log-in/**")


def breaks_no_rule_of_access(page: Page) -> bool:
    """Whether a machine finds nothing against the page in WCAG 2.2 A and AA, nor a line that a phone cannot show."""
    assert broken_rules_of_access(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    return bool(page.evaluate("document.documentElement.scrollWidth") <= 390)


def test_a_card_and_a_key_are_added_and_open_the_door(visitor: Page, key: CDPSession, county: County) -> None:
    knock(visitor, county)
    visitor.wait_for_url("**/accounts/mine/")
    visitor.get_by_role("button", name="Make a new code card").click()
    codes = [code.replace(" ", "") for code in visitor.locator(".xz-code-card code").all_inner_texts()]
    assert len(codes) == 40
    assert breaks_no_rule_of_access(visitor)
    asked = re.search(r"Code (\d+) of your card", visitor.locator("main").inner_text())
    assert asked is not None
    visitor.locator("input[name=proof_code]").fill(codes[int(asked[1]) - 1])
    visitor.get_by_role("button", name="The card is in my hand").click()
    visitor.wait_for_url("**/accounts/mine/")

    visitor.get_by_role("link", name="Add a hardware key").click()
    assert breaks_no_rule_of_access(visitor)
    visitor.locator("input[name=label]").fill("blue")
    visitor.get_by_role("button", name="Add a hardware key").click()
    visitor.wait_for_url("**/accounts/mine/")
    expect(visitor.locator("main")).to_contain_text("Hardware key “blue”")

    leave(visitor)
    knock(visitor, county)
    visitor.wait_for_url("**/accounts/factor/")
    assert breaks_no_rule_of_access(visitor)
    visitor.get_by_role("button", name="Use my hardware key").click()
    visitor.wait_for_url("**/accounts/mine/")

    leave(visitor)
    knock(visitor, county)
    unused = 2 if int(asked[1]) == 1 else 1
    visitor.locator("input[name=proof_code]").fill(codes[unused - 1])
    visitor.get_by_role("button", name="Go on").click()
    visitor.wait_for_url("**/accounts/mine/")


def test_after_leaving_the_back_button_shows_nothing(visitor: Page, county: County) -> None:
    password = county.password
    visitor.goto(here(county, "/accounts/log-in/?next=/accounts/mine/"))
    visitor.locator("input[name=username]").fill(county.name)
    visitor.locator("input[name=password]").fill(password)
    visitor.locator("form button[type=submit]").last.click()
    visitor.wait_for_url("**/accounts/mine/")
    visitor.goto(here(county, "/people/"))
    visitor.locator("details.xz-menu summary").last.click()
    visitor.locator("form[action$='/log-out/'] button").click()
    visitor.wait_for_url("**/accounts/log-in/**")
    visitor.go_back()
    visitor.wait_for_url("**/accounts/log-in/**")
    expect(visitor.locator("input[name=password]")).to_be_visible()
