"""Every main screen, in both languages: usable without seeing it, on a phone, and without the outside world."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import County, broken_rules_of_access

pytestmark = pytest.mark.browser

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


def test_no_screen_breaks_a_rule_of_access_or_is_wider_than_a_phone(page: Page, county: County) -> None:
    """WCAG 2.2 A and AA as far as a machine can tell; and every line fits on a phone that is turned upright."""
    broken: dict[str, object] = {}
    for screen in SCREENS:
        page.set_viewport_size({"width": 1440, "height": 900})
        answer = page.goto(address(county, screen))
        assert answer is not None
        assert answer.status == 200, f"{screen} answered {answer.status}"
        found = broken_rules_of_access(page)
        page.set_viewport_size({"width": 390, "height": 844})
        width = page.evaluate("document.documentElement.scrollWidth")
        if found or width > 390:
            broken[screen] = (width, found)
    assert broken == {}
