"""Every main screen, in both languages: usable without seeing it, on a phone, and without the outside world."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import County

pytestmark = pytest.mark.browser

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
DAY = "on=2022-08-15"
SCREENS = [
    "/", "/changes/", "/search/?q=纪委", "/figures/", "/figures/township.staff/",
    "/people/", "/people/units/", "/people/in-post/", "/people/moves/", "/people/establishment/",
    "/zones/", "/zones/map/", "/zones/matrix/", "/sites/", "/sites/works/", "/regulations/", "/regulations/begin/", "/regulations/7/", "/regulations/7/compare/", "/regulations/7/link/", "/regulations/begin/?of=7",
    "/directives/", "/reports/", "/reports/new/", "/reports/templates/", "/book/", "/book/new/", "/book/words/",
    "/inbox/", "/inbox/?tab=mine", "/inbox/?tab=done", "/inbox/?tab=all", "/inbox/delegations/", "/inbox/phrases/",
    "/inbox/numbers/", "/inbox/hand-over/", "/notices/", "/notices/calendar/", "/accounts/mine/", "/accounts/mine/password/",
]  # fmt: skip


def address(county: County, screen: str) -> str:
    return f"{county.url}{screen}{'&' if '?' in screen else '?'}{DAY}"


def test_no_screen_breaks_a_rule_of_access(page: Page, county: County) -> None:
    """WCAG 2.2 A and AA as far as a machine can tell."""
    broken = {}
    for screen in SCREENS:
        answer = page.goto(address(county, screen))
        assert answer is not None
        assert answer.status == 200, f"{screen} answered {answer.status}"
        # Run through the driver: the page's own policy forbids evaluation by scripts of the page.
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
        if found["violations"]:
            broken[screen] = [(each["id"], each["nodes"][0]["html"][:120]) for each in found["violations"]]
    assert broken == {}


def test_no_screen_is_wider_than_a_phone(page: Page, county: County) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    wide = {}
    for screen in SCREENS:
        page.goto(address(county, screen))
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 390:
            wide[screen] = width
    assert wide == {}
