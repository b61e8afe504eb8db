"""Whole stories in a real browser against a real server: its own home, its own database, the demonstration county."""

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.conftest import SHARED_HOME
from xiezuo.config.embedded import EmbeddedPostgres
from xiezuo.shared import clock

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES_OF_ACCESS = """async () => {
    const rules = {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']};
    const found = await axe.run(document, rules);
    return found.violations.map(each => [each.id, each.nodes[0].html.slice(0, 120)]);
}"""


def broken_rules_of_access(page: Page) -> list[list[str]]:
    """What a machine finds against the page in WCAG 2.2 A and AA: each rule with a piece of the page that breaks it."""
    # Run through the driver: the page's own policy forbids evaluation by scripts of the page.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return list(page.evaluate(RULES_OF_ACCESS))


SEED_CODE = "CX"
"""单位编码 of the county in the seed book."""
CLERKS_PASSWORD = "a-long-enough-password"


@dataclass(frozen=True)
class County:
    """A served installation: where it is, and one account."""

    url: str
    home: Path
    name: str
    password: str

    def xiezuo(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the installation."""
        return _xiezuo(self.home, *arguments)


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "XIEZUO_HOME")}
    return {**kept, "XIEZUO_HOME": str(home), "LANG": "en_GB.UTF-8"}


def _xiezuo(home: Path, *arguments: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xiezuo.config.command", *arguments]
    return subprocess.run(
        command, env=_environment(home), input=said, capture_output=True, text=True, check=False
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _serve(home: Path) -> tuple[subprocess.Popen[str], str]:
    bind = f"127.0.0.1:{_free_port()}"
    command = [sys.executable, "-m", "xiezuo.config.command", "serve", "--bind", bind]
    process = subprocess.Popen(command, env=_environment(home), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert bind in line, f"the server said {line!r}"
    return process, f"http://{bind}"


def _end(process: subprocess.Popen[str], home: Path) -> None:
    process.send_signal(signal.SIGINT)
    limit = time.monotonic() + 40
    while process.poll() is None and time.monotonic() < limit:
        time.sleep(0.1)
    assert process.poll() is not None, "the server did not end on Ctrl-C"
    assert process.stdout is not None
    process.stdout.close()
    assert not (home / "postgres" / "postmaster.pid").exists(), "the database was not shut down cleanly"


def _fresh_home(name: str) -> Path:
    """No home yet, beside that of the other tests: the server's own user must reach it, which pytest's folders forbid."""
    return _without(Path(os.environ["XIEZUO_HOME"]) / "journeys" / name)


def _without(home: Path) -> Path:
    if home.exists():
        EmbeddedPostgres(home).stop()
        shutil.rmtree(home)
    return home


def _done(home: Path, *arguments: str, said: str | None = None) -> str:
    done = _xiezuo(home, *arguments, said=said)
    assert done.returncode == 0, done.stderr
    return done.stdout


UNHURRIED = "\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


def _set_up_home(home: Path) -> None:
    """As the first commands leave a new machine. What stories write need not outlive a power cut."""
    _done(home, "migrate", "-v0")
    _done(home, "collectstatic", "--noinput", "-v0")
    with (home / "postgres" / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
        settings.write(UNHURRIED)


def _from_set_up(home: Path) -> None:
    # `cp` keeps the owners: the database's files are the server's own user's.
    subprocess.run(["cp", "--archive", _kept("set-up", _set_up_home), home], check=True)


def _empty_home(home: Path) -> None:
    """A county without a ledger, and its case-management clerk."""
    _from_set_up(home)
    _done(home, "admin", "commission", SEED_CODE, "--full-name", "虚构县纪委监委", "--region", "虚构县")
    role = ("--role", "case_management", "--witness", "虚构见证人")
    _done(home, "admin", "create", "clerk", *role, said=CLERKS_PASSWORD + "\n")


def _demonstration_home(home: Path) -> None:
    _from_set_up(home)
    _done(home, "demo")


def _edition() -> str:
    """What a home is made from: every source and package of the product, this file, and the day up to which it is played."""
    told = [clock.today().isoformat(), Path(__file__).read_text(encoding="utf-8")]
    told.append((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    sources = (path for path in sorted((ROOT / "src" / "xiezuo").rglob("*")) if path.is_file())
    told += [f"{path} {sha256(path.read_bytes()).hexdigest()}" for path in sources if path.suffix != ".pyc"]
    return sha256("\n".join(told).encode()).hexdigest()


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """A home that nobody serves, to be copied: made once from the same sources, by the worker that needs it first."""
    home = SHARED_HOME / "journeys" / f"kept-{name}"
    home.parent.mkdir(parents=True, exist_ok=True)
    with home.with_suffix(".lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        edition = _edition()
        if lock.read() != edition or not home.exists():
            lock.truncate(0)
            make(_without(home))
            EmbeddedPostgres(home).stop()
            lock.write(edition)
    return home


def _copy(kept: str, make: Callable[[Path], None], name: str) -> Path:
    """A copy, with its owners: the database's files are the server's own user's."""
    home = _fresh_home(name)
    home.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "--archive", _kept(kept, make), home], check=True)
    return home


def set_up(name: str) -> Path:
    """A home of that name as the first commands leave a new machine: no ledger, no account."""
    return _copy("set-up", _set_up_home, name)


def demonstrated(name: str) -> tuple[Path, dict[str, str]]:
    """A home of that name with the demonstration county, and the passwords of its accounts."""
    home = _copy("demonstration", _demonstration_home, name)
    known = json.loads((home / "demonstration").read_text(encoding="utf-8"))
    return home, {account: keys["password"] for account, keys in known.items()}


@pytest.fixture(scope="session")
def county() -> Iterator[County]:
    """The demonstration county, served."""
    home, accounts = demonstrated("county")
    name, password = next(iter(accounts.items()))
    process, url = _serve(home)
    yield County(url, home, name, password)
    _end(process, home)


@pytest.fixture(scope="session")
def corrected() -> Iterator[tuple[County, dict[str, str]]]:
    """A demonstration in which two decide each correction, served, with the passwords of its accounts."""
    home, passwords = demonstrated("corrected")
    process, url = _serve(home)
    yield County(url, home, "", ""), passwords
    _end(process, home)


@pytest.fixture(scope="module")
def empty() -> Iterator[County]:
    """An installation whose county has no ledger yet, and its case-management clerk, served; each story leaves it so."""
    home = _copy("empty", _empty_home, "empty")
    process, url = _serve(home)
    yield County(url, home, "clerk", CLERKS_PASSWORD)
    _end(process, home)


@pytest.fixture(scope="module")
def come_in(empty: County) -> list[Any]:
    """What the browser of the clerk knows since it came in; once in, one goes on in the same session."""
    return []


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The browser's driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def outside() -> list[str]:
    """Every request of the test that left the installation; must stay empty."""
    return []


@pytest.fixture
def context(browser: Browser, outside: list[str]) -> Iterator[BrowserContext]:
    """A fresh browser in Chinese; fails the test on any request to another host and on any error of the console."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    troubles: list[str] = []
    context.on("request", lambda request: outside.append(request.url) if _leaves(request.url) else None)
    context.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    yield context
    context.close()
    assert outside == [], f"requests left the installation: {outside}"
    unexpected = [words for words in troubles if "status of 4" not in words]
    assert unexpected == [], f"the console complained: {unexpected}"


def _leaves(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))


def log_in(page: Page, county: County, language: str = "zh-hans") -> None:
    """Come in with name and password in a language, without having the door drawn: its own journeys look at it."""
    page.context.add_cookies([{"name": "django_language", "value": language, "url": county.url}])
    door = f"{county.url}/accounts/log-in/"
    form = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.request.get(door).text())
    assert form is not None
    told = {"csrfmiddlewaretoken": form[1], "username": county.name, "password": county.password}
    answer = page.request.post(door, form=told)
    assert answer.ok
    assert "log-in" not in answer.url, f"the door did not open to {county.name}"
    if "/accounts/enrol/" in answer.url:
        page.goto(answer.url)
        _take_card(page)


def _take_card(page: Page) -> None:
    """At the first log-in: have a card made, and read the code that is asked for from it."""
    page.locator("form button[type=submit]").last.click()
    codes = page.locator(".xz-code-card code").all_inner_texts()
    asked = re.search(r"[0-9]+", page.locator("label[for=id_proof_code]").inner_text())
    assert asked is not None
    page.locator("input[name=proof_code]").fill(codes[int(asked[0]) - 1])
    page.locator("form button[type=submit]").last.click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


@pytest.fixture(params=["zh-hans", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each story is told in both languages."""
    return str(request.param)


@pytest.fixture
def page(context: BrowserContext, county: County, language: str) -> Page:
    """Logged in to the demonstration county."""
    page = context.new_page()
    log_in(page, county, language)
    return page


@pytest.fixture
def clerk(context: BrowserContext, empty: County, language: str, come_in: list[Any]) -> Page:
    """Logged in to an installation without a county."""
    page = context.new_page()
    if come_in:
        told = {"name": "django_language", "value": language, "url": empty.url}
        context.add_cookies([*come_in, told])
    else:
        log_in(page, empty, language)
        come_in += [cookie for cookie in context.cookies() if cookie["name"] != "django_language"]
    return page
