"""A township asks for help under R03: screened, returned once, approved, a team with one out and one exchanged, work, letter, file.

Told by five people: the township's secretary, the head of the station, the contact leader, the case-management office, and an
officer who is sent. Then the rule is changed while another request runs, which keeps its edition.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import County, log_in
from xiezuo.shared import clock

pytestmark = pytest.mark.browser

TODAY = clock.today()
WORK = "/collaboration/" + "work/"
STARTS = TODAY
"""Whoever has left a team is free for the next: both stories are told to one county, one after the other."""
RULE = {"zh-hans": ("Q03", "R03"), "en": ("Q06", "R06")}
EDITION = {"zh-hans": "第{}版", "en": "edition {}"}
DAY = timedelta(days=1)
OFFICER, OTHER, OUT = "熊安琪", "于晓冬", "袁野"
"""Who is sent in the end, who was proposed or chosen in the first place, and who comes from the township concerned."""


@pytest.fixture
def desk(browser: Browser, county: County, language: str) -> Iterator[Callable[[str], Page]]:
    """A browser for each person of the story, in its language; no page may complain."""
    known = json.loads((county.home / "demonstration").read_text(encoding="utf-8"))
    desks: dict[str, Page] = {}
    troubles: list[str] = []

    def opened(name: str) -> Page:
        if name not in desks:
            context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
            context.set_default_timeout(60_000)
            context.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
            desks[name] = context.new_page()
            log_in(desks[name], replace(county, name=name, password=known[name]["password"]), language)
        return desks[name]

    yield opened
    for page in desks.values():
        page.context.close()
    assert [words for words in troubles if "status of 4" not in words] == []


def go(page: Page, value: str) -> None:
    """Press a button of the conversation."""
    page.locator(f"form.xz-form button[name=go][value={value}]").click()
    page.wait_for_load_state()


def send(page: Page) -> None:
    """Press the one button of a form."""
    page.locator("form.xz-form button[type=submit]").first.click()
    page.wait_for_load_state()


def asked(page: Page, url: str, pointer: str, starts: date, situation: str = "Q03") -> str:
    """The four steps; words that look like a list of names are not taken. Gives the address of the request."""
    page.goto(f"{url}/collaboration/requests/ask/?situation={situation}")
    page.locator(f"input[name=situation][value={situation}]").check()
    page.locator("input[name=method][value=M2]").check()
    page.locator("#id_reason").fill("张三丰、李四光")
    page.locator("#id_pointer").fill(pointer)
    go(page, "next")
    expect(page.locator("[data-error-summary]")).to_be_visible()
    page.locator("#id_reason").fill("虚构缘由：本单位不便办理")
    go(page, "next")
    page.locator("input[name=duty][value=核查]").check()
    page.locator("input[name=measures][value=谈话]").check()
    for field, number in (("people", 2), ("own", 2), ("women", 1)):
        page.locator(f"#id_{field}").fill(str(number))
    go(page, "next")
    page.get_by_label("澜城镇纪委", exact=True).check()
    page.locator("#id_starts").fill(starts.isoformat())
    page.locator("#id_last").fill((starts + timedelta(days=9)).isoformat())
    go(page, "next")
    lead = page.locator("#id_lead option", has_text="驻澜城镇").first.get_attribute("value")
    page.locator("#id_lead").select_option(value=lead)
    go(page, "submit")
    page.wait_for_url("**/collaboration/requests/*/")
    return page.url.split("?")[0]


def application(page: Page, request: str) -> str:
    """The address of the application that decides a request."""
    page.goto(request)
    return str(page.locator("a[href*='/inbox/']", has_text="协-").first.get_attribute("href"))


def decide(page: Page, url: str, where: str, verb: str, words: str = "") -> None:
    """Open it and press the button, behind its fold where it has one."""
    page.goto(f"{url}{where}")
    if words:
        page.locator("#said").fill(words)
    button = page.locator(f"button[name=verb][value={verb}]").first
    if not button.is_visible():
        page.locator("details", has=button).locator("summary").first.click()
    button.click()
    page.wait_for_load_state()


def press(page: Page, action: str) -> None:
    """Send the form with that address."""
    page.locator(f"form[action*='{action}'] button[type=submit]").first.click()
    page.wait_for_load_state()


def teamed(page: Page, url: str, request: str) -> str:
    """Two are chosen; who comes from the township stands out with a clause and no ground; one is exchanged by the keyboard."""
    number = request.rstrip("/").rsplit("/", 1)[1]
    team = f"{url}/collaboration/teams/{number}/"
    page.goto(team)
    press(page, "/form/")
    page.goto(team)
    page.locator("details.xz-cannot summary").click()
    out = page.locator("details.xz-cannot li", has_text=OUT)
    expect(out.locator(".xz-why")).to_contain_text("G7")
    assert "澜城" not in out.locator(".xz-why").inner_text()
    for name in ("卫国栋", OTHER):
        page.get_by_label(name, exact=True).check()
    press(page, "/choose/")
    page.goto(team)
    page.locator(".xz-seats a", has_text="卫国栋").first.click()
    for role in ("组长", "安全员"):
        page.locator(f"input[name=roles][value={role}]").check()
    press(page, "/roles/")
    page.goto(team)
    page.locator(".xz-seats a", has_text=OTHER).first.click()
    choice = page.locator(".xz-exchange li", has_text=OFFICER).locator("input[name=person]")
    choice.focus()
    page.keyboard.press("Space")
    page.locator("form[action*='/swap/'] button[type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    return team


def declared(clerk: Page, people: dict[str, Page], url: str) -> None:
    """The office shows each the paper; each declares that there is no tie."""
    clerk.goto(f"{url}/collaboration/recusal/")
    while clerk.locator("form[action*='/paper/'], a[href*='/paper/']").count():
        paper = clerk.locator("form[action*='/paper/'] button, a[href*='/paper/']").first
        paper.click()
        clerk.wait_for_load_state()
        if "/paper/" in clerk.url:
            send(clerk)
        clerk.goto(f"{url}/collaboration/recusal/")
    for page in people.values():
        page.goto(f"{url}/collaboration/recusal/")
        page.locator("a[href*='/declarations/']").first.click()
        page.locator("input[name=answer][value=none]").check()
        send(page)


def done(page: Page, work: str, deed: str, /, **fields: str) -> None:
    """One thing of the work, by the fields of its form; a unit is chosen by its name."""
    page.goto(f"{work}do/{deed}/")
    for field, value in fields.items():
        if field == "unit":
            page.locator("#id_unit").select_option(label=value)
        else:
            page.locator(f"#id_{field}").fill(value)
    send(page)


def changed(page: Page, url: str, code: str) -> None:
    """From today on the rule gives the deciders a day more."""
    page.goto(f"{url}/regulations/work-rules/?kind=procedures")
    address = page.locator("tbody tr", has_text=code).locator("a").first.get_attribute("href")
    page.goto(f"{url}{address}")
    page.locator("a[href*='/change/']").first.click()
    days = int(page.locator("#id_decide_days").input_value())
    page.locator("#id_decide_days").fill(str(days + 1))
    page.locator("#id_starts").fill(TODAY.isoformat())
    page.locator("button[value=check]").click()
    page.locator("button[value=confirm]").click()
    page.wait_for_load_state()


def kept_under_its_edition(asker: Page, clerk: Page, url: str, language: str) -> None:
    """A rule is changed while a request runs: it keeps the edition that it began under; the next goes by the new one."""
    situation, rule = RULE[language]
    running = asked(
        asker, url, f"问〔2026〕{'98' if language == 'en' else '97'}号", STARTS + 20 * DAY, situation
    )
    changed(clerk, url, rule)
    asker.goto(running)
    expect(asker.locator("section[aria-labelledby=rule-title]")).to_contain_text(EDITION[language].format(1))
    expect(asker.locator("main .xz-note").first).to_contain_text(rule)
    later = asked(
        asker, url, f"问〔2026〕{'90' if language == 'en' else '91'}号", STARTS + 40 * DAY, situation
    )
    asker.goto(later)
    expect(asker.locator("section[aria-labelledby=rule-title]")).to_contain_text(EDITION[language].format(2))
    expect(asker.locator("main .xz-note", has_text=rule)).to_have_count(0)


def test_a_township_is_helped_from_its_request_to_the_file(
    desk: Callable[[str], Page], county: County, language: str
) -> None:
    url = county.url
    asker, station, leader, clerk, officer = (desk(name) for name in ("xiangzhen", "gongzuoshi", "changwei", "anguanshi", "bangban"))  # fmt: skip
    request = asked(asker, url, f"问〔2026〕{'88' if language == 'en' else '77'}号", STARTS)

    # The station returns it once; mended, it goes on, and the contact leader agrees.
    where = application(asker, request)
    decide(station, url, where, "return", "请写明需要一名女同志（虚构）")
    asker.goto(f"{request}fill/check/")
    go(asker, "submit")
    for page in (station, leader):
        decide(page, url, where, "approve")

    team = teamed(station, url, request)
    declared(clerk, {"station": station, "officer": officer}, url)
    station.goto(team)
    press(station, "/send/")
    station.goto(request)
    station.locator("a[href*='/act/start/'], form[action*='/act/start/'] button").first.click()
    if "/act/start/" in station.url:
        send(station)

    # The officer reads it by name and enters the work; the station sends a letter, which the township answers.
    number = request.rstrip("/").rsplit("/", 1)[1]
    work = f"{url}{WORK}{number}/"
    done(officer, work, "log", hours="6", what="问题清单第1至3项")
    done(station, work, "paper", name="工作方案", pages="3")
    done(station, work, "letter", unit="澜城镇纪委", problem_1="台账登记不全")
    asker.goto(f"{url}{WORK}letters/")
    asker.locator("main tbody a[href*='/letters/']").first.click()
    letter = asker.url.split("?")[0]
    asker.goto(f"{letter}do/answer/")
    asker.locator("#id_answer_no").fill("澜纪函〔2026〕9号")
    send(asker)
    station.goto(letter)
    station.locator("a[href*='/verify/']").first.click()
    station.locator("input[name=outcome][value=已改]").check()
    station.locator("#id_evidence_no").fill("核〔2026〕9号")
    send(station)

    # Reported, evaluated by both sides, closed and filed; the chain of signatures is whole.
    station.goto(f"{request}act/report/")
    station.locator("input[name=result][value=完成]").check()
    station.locator("#id_problems").fill("1")
    send(station)
    for page in (asker, station):
        page.goto(f"{work}do/evaluate/")
        for mark in ("timeliness", "quality", "discipline", "cooperation"):
            page.locator(f"input[name={mark}][value='5']").check()
        send(page)
    station.goto(f"{request}act/close/")
    station.locator("#id_note").fill("材料归档（虚构）")
    send(station)
    asker.goto(request)
    expect(asker.locator("main")).to_contain_text("Closed" if language == "en" else "归档", ignore_case=True)

    kept_under_its_edition(asker, clerk, url, language)
