"""A correction on its way: agreed, returned to an earlier step, decided by a stand-in with an added signer, and on paper."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import ROOT, County, _environment, log_in
from xiezuo.shared import clock

pytestmark = pytest.mark.browser
WORDS = "请核对任职文件后再报。"


@pytest.fixture
def desk(
    browser: Browser, corrected: tuple[County, dict[str, str]], language: str
) -> Iterator[Callable[[str], Page]]:
    """A browser for each person of the story, logged in, in the language of the story; no page may complain."""
    county, passwords = corrected
    desks: dict[str, Page] = {}
    troubles: list[str] = []

    def opened(name: str) -> Page:
        if name not in desks:
            context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
            context.set_default_timeout(30_000)
            context.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
            desks[name] = context.new_page()
            log_in(desks[name], replace(county, name=name, password=passwords[name]), language)
        return desks[name]

    yield opened
    for page in desks.values():
        page.context.close()
    assert [words for words in troubles if "status of 4" not in words] == []


def proposed(home: Path) -> int:
    command = [sys.executable, "-m", "tests.journeys.proposing"]
    environment = {**_environment(home), "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def decide(page: Page, verb: str, words: str = "") -> None:
    """Say something and press the button, behind its fold where it has one."""
    if words:
        page.locator("#said").fill(words)
    button = page.locator(f"button[name=verb][value={verb}]")
    if not button.is_visible():
        page.locator("details", has=button).locator("summary").click()
    button.click()
    page.wait_for_load_state()


def from_the_inbox(page: Page, url: str, number: int) -> None:
    """Open it as somebody does who comes in the morning: the inbox, then the line."""
    page.goto(f"{url}/inbox/")
    page.locator(f"tr[data-row] a[href^='/inbox/{number}/']").first.click()
    page.wait_for_url(f"**/inbox/{number}/**")


def test_a_correction_goes_back_is_signed_by_a_stand_in_and_on_paper(
    desk: Callable[[str], Page], corrected: tuple[County, dict[str, str]]
) -> None:
    url, number = corrected[0].url, proposed(corrected[0].home)
    deputy, secretary, stand_in, added, clerk = (
        desk(name) for name in ("fushuji", "shuji", "changwei", "zuzhang", "anguanshi")
    )

    # The deputy picks a standard phrase with the keyboard alone and agrees.
    from_the_inbox(deputy, url, number)
    deputy.locator("[data-phrase]").first.focus()
    deputy.keyboard.press("Enter")
    assert deputy.locator("#said").input_value()
    decide(deputy, "approve")

    # The secretary sends it back to the step before, with a reason; without one it is not done.
    from_the_inbox(secretary, url, number)
    decide(secretary, "return")
    assert secretary.locator("[data-error-summary]").is_visible()
    decide(secretary, "return", WORDS)
    assert f"/inbox/{number}/" not in secretary.url

    # The deputy is away and names a stand-in, who finds it in their own inbox.
    deputy.goto(f"{url}/inbox/delegations/")
    deputy.locator("#id_stand_in").select_option(
        value=deputy.locator("#id_stand_in option", has_text="changwei").get_attribute("value")
    )
    deputy.locator("#id_last").fill((clock.today() + timedelta(days=3)).isoformat())
    deputy.locator("#id_reason").fill("培训")
    deputy.locator("form.xz-form button[type=submit]").click()
    deputy.wait_for_load_state()

    # The stand-in reads what was said, adds a signer by a part of the name, and agrees in the deputy's place.
    from_the_inbox(stand_in, url, number)
    assert WORDS in stand_in.locator(".xz-told").inner_text()
    stand_in.locator("details", has=stand_in.locator("#who")).locator("summary").click()
    stand_in.locator("#who").press_sequentially("zuzh")
    stand_in.locator("#signers-found input[name=account]").check()
    decide(stand_in, "add_signer")
    stand_in.goto(f"{url}/inbox/{number}/")
    decide(stand_in, "approve")
    from_the_inbox(added, url, number)
    decide(added, "approve")

    # The secretary signed a sheet of paper; a clerk who did not apply enters it, and the secretary confirms the entry.
    clerk.goto(f"{url}/inbox/{number}/")
    clerk.locator("section", has=clerk.locator("form[action$='/paper/']")).locator("summary").click()
    clerk.locator("#paper_number").fill("虚构审〔2026〕3号")
    clerk.locator("form[action$='/paper/'] button[type=submit]").click()
    clerk.wait_for_load_state()
    assert clerk.locator(".xz-paper-mark").count() == 1
    secretary.goto(f"{url}/inbox/{number}/")
    secretary.locator("button[name=verb][value=confirm_paper]").click()
    secretary.wait_for_load_state()
    assert secretary.locator(".xz-state-good").first.is_visible()
    assert secretary.locator("form[action$='/decide/']").count() == 0

    # On a phone it is one column, and what happened can be read from top to bottom.
    secretary.set_viewport_size({"width": 390, "height": 844})
    for address in (f"/inbox/{number}/", "/inbox/", "/inbox/delegations/", "/inbox/phrases/"):
        secretary.goto(f"{url}{address}")
        assert secretary.evaluate("document.documentElement.scrollWidth") <= 390, address
