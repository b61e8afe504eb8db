"""A reader walks through the county: from a number to a person and back, from March to August."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import County

pytestmark = pytest.mark.browser


def test_from_a_number_in_the_report_to_a_person_and_back(page: Page, county: County) -> None:
    page.goto(f"{county.url}/reports/new/?on=2022-08-15")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/reports/*/**")
    report = page.url
    number = page.locator("main a[href*='/figures/stationed.staff/']").first
    expect(number).to_contain_text("25")
    number.click()
    drawer = page.locator("#drawer")
    expect(drawer).to_be_visible()
    people = drawer.locator("#records tbody tr")
    expect(people).to_have_count(25)
    person = drawer.locator("#records tbody a[href*='/people/']").first
    name = person.inner_text()
    person.click()
    expect(page.locator("h1")).to_contain_text(name)
    assert "on=2022-08-15" in page.url, "the person's page speaks of the day of the report"
    page.go_back()
    assert page.url.split("#")[0] == report.split("#")[0]
    expect(page.locator("main a[href*='/figures/stationed.staff/']").first).to_contain_text("25")


def test_turning_the_day_changes_the_headcount(page: Page, county: County) -> None:
    staff = page.locator("a[href*='/figures/stationed.staff/'] .xz-figure-number").first
    page.goto(f"{county.url}/?on=2022-03-31")
    in_march = int(staff.inner_text())
    page.locator("input[type=date][name=on]").fill("2022-08-31")
    page.wait_for_url("**on=2022-08-31**")
    in_august = int(staff.inner_text())
    assert (in_march, in_august) == (11, 25)
    expect(page.locator(".xz-day-banner")).to_be_visible()


def test_the_keyboard_is_enough(page: Page, county: County) -> None:
    page.goto(f"{county.url}/?on=2022-08-15")
    page.keyboard.press("/")
    page.keyboard.type("澜城")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    expect(page.locator("main table")).to_contain_text("澜城镇纪委")
    page.goto(f"{county.url}/?on=2022-08-15")
    figure = page.locator("main a.xz-figure").first
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#drawer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    expect(figure).to_be_focused()


def test_a_day_before_the_county_is_answered_in_words(page: Page, county: County) -> None:
    page.goto(f"{county.url}/?on=1999-01-01")
    expect(page.locator("main")).to_contain_text("2018")
    page.goto(f"{county.url}/?on=2022-02-30")
    expect(page.locator("body")).to_contain_text("2022-02-30")
    page.goto(f"{county.url}/figures/no.such/?on=2022-08-15")
    expect(page.locator("body")).to_contain_text("no.such")
