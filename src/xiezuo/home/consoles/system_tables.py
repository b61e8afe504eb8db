"""Columns and facts of the system administrator's console."""

import sys
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

import django
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from xiezuo.home.consoles import checks
from xiezuo.home.consoles.queries import holders, machine
from xiezuo.home.consoles.security_tables import active_state
from xiezuo.home.consoles.words import instant_words, minute_words
from xiezuo.shared.lists import listed
from xiezuo.ui.blocks import Stat, Tab
from xiezuo.ui.links import row_linker
from xiezuo.ui.parts import State
from xiezuo.ui.table import Column, Table

Row = Mapping[str, Any]
MEGABYTE, GIGABYTE = 1_000_000, 1_000_000_000


def tabs(here: str) -> list[Tab]:
    """The parts of the system administrator's console."""
    parts = (("system", _("Accounts")), ("jobs", _("Background jobs")), ("health", _("Versions and health")))
    return [Tab(words, reverse(f"consoles:{name}"), name == here) for name, words in parts]


def account_columns(request: HttpRequest) -> list[Column]:
    """Accounts, without their rights."""
    return [
        Column("name", _("Account"), searchable=True, link=row_linker(request, "consoles:account", "id")),
        Column("full_name", _("Full name"), searchable=True),
        Column("commission", _("Commission"), filterable=True),
        Column("person", _("Person of the ledger"), filterable=True),
        Column("state", _("State"), kind="state", filterable=True),
        Column("last", _("Last log-in"), kind="date"),
        Column("opened", _("Opened"), kind="date", optional=True),
    ]


def account_row(user: Any, commissions: Mapping[int, str]) -> Row:
    """One account."""
    return {
        "id": user.pk, "name": user.username, "full_name": user.get_full_name(),
        "commission": commissions.get(user.commission or 0, ""), "person": _person_words(user),
        "state": active_state(active=user.is_active), "last": minute_words(user.last_login), "opened": minute_words(user.date_joined),
    }  # fmt: skip


def _person_words(user: Any) -> str:
    if user.person is None:
        return _("nobody named")
    return _("confirmed") if user.person_confirmed_by else _("waits to be confirmed")


def account_facts(user: Any, now: datetime) -> list[tuple[str, Any]]:
    """What the system administrator may know of an account."""
    return [
        (_("Account"), user.username),
        (_("Full name"), user.get_full_name()),
        (_("State"), active_state(active=user.is_active)),
        (_("Person of the ledger"), _person_words(user)),
        (_("Last log-in"), minute_words(user.last_login) or _("never")),
        (_("Opened"), minute_words(user.date_joined)),
        (
            _("Second factors"),
            listed(_factor_words(*each) for each in holders.factors_in_force(user))
            or _("none yet; the account enrols one at its next log-in"),
        ),
        (_("Sessions now"), str(holders.sessions_of_account(user, now))),
    ]


def _factor_words(kind: str, left: int | None) -> str:
    words = {"card": _("code card"), "key": _("hardware key"), "totp": _("authenticator app")}[kind]
    return words if left is None else _("%(kind)s, %(left)d codes left") % {"kind": words, "left": left}


def recoveries_table(user: Any) -> Table:
    """Openings that were asked for after a lost second factor."""
    rows = [
        {
            "opened": f"{minute_words(each.opened_at)} · {each.opened_by}",
            "reason": each.reason,
            "state": _recovery_state(each),
        }
        for each in holders.recoveries_of(user)
    ]
    columns = [
        Column("opened", _("Asked for")),
        Column("reason", _("Reason")),
        Column("state", _("State"), kind="state"),
    ]
    return Table(columns, rows, id="recoveries", caption=_("Recoveries"), empty=_("None was ever asked for."))


def _recovery_state(recovery: Any) -> State:
    if recovery.used_at:
        return State(_("used %(at)s") % {"at": minute_words(recovery.used_at)}, "quiet")
    if not recovery.confirmed_by:
        return State(_("waits for the security administrator"), "wait")
    return State(_("confirmed by %(name)s") % {"name": recovery.confirmed_by}, "good")


STATES = {
    "todo": ("waiting", "wait"), "doing": ("running", "wait"), "succeeded": ("done", "good"), "failed": ("failed", "bad"),
    "cancelled": ("cancelled", "quiet"), "aborted": ("cancelled", "quiet"), "aborting": ("cancelled", "quiet"),
}  # fmt: skip
"""State of a job in the queue → the key of its words, and its tone."""


def _job_words() -> dict[str, str]:
    return {
        "waiting": _("waiting"), "running": _("running"), "done": _("done"), "failed": _("failed"), "cancelled": _("cancelled"),
    }  # fmt: skip


def job_state(status: str) -> State:
    """The state of a job in words."""
    key, tone = STATES.get(status, (status, "quiet"))
    return State(_job_words().get(key, key), tone)


def task_words(task: str) -> str:
    """What a background job does."""
    words = {
        "book.check": _("check a ledger book"), "book.load": _("load a ledger book"),
        "journal.sign": _("sign the heads of the journal"), "consoles.verify": _("verify the journal"),
    }  # fmt: skip
    return words.get(task, task)


def job_columns() -> list[Column]:
    """Jobs, without their arguments."""
    words = _job_words()
    choices = [(status, words[STATES[status][0]]) for status in ("todo", "doing", "failed", "succeeded")]
    return [
        Column("id", _("Number"), kind="number", sortable=False),
        Column("task_name", _("What it does"), sortable=False, filterable=True, field="task_name", value=lambda row: task_words(row["task_name"])),
        Column("status", _("State"), kind="state", sortable=False, filterable=True, choices=choices, field="status",
               value=lambda row: job_state(row["status"])),
        Column("attempts", _("Tries"), kind="number", sortable=False),
        Column("asked", _("Asked for"), kind="date", sortable=False, field="asked", value=lambda row: instant_words(row["asked"])),
        Column("began", _("Last begun"), kind="date", sortable=False, field="began", value=lambda row: instant_words(row["began"])),
        Column("over", _("Last ended"), kind="date", sortable=False, field="over", value=lambda row: instant_words(row["over"])),
        Column("queue_name", _("Queue"), sortable=False, optional=True),
    ]  # fmt: skip


def failed_words(job: Any) -> dict[str, Any]:
    """A failed job, for the button that has it tried again."""
    return {"number": job.pk, "task": task_words(job.task_name), "over": instant_words(job.over)}


def job_stats() -> list[Stat]:
    """How many jobs wait, run and have failed, and whether a worker lives."""
    counts, seen = machine.job_counts(), machine.worker_seen()
    return [
        Stat(_("Waiting"), counts[machine.WAITING]),
        Stat(_("Running"), counts[machine.RUNNING]),
        Stat(_("Failed"), counts[machine.FAILED]),
        Stat(_("Worker last seen"), instant_words(seen) or _("never")),
    ]


def health_stats(now: datetime) -> list[Stat]:
    """Sessions, disk, size of the database."""
    return [
        Stat(_("Sessions now"), holders.sessions_now(now)),
        Stat(_("Free where the home lies"), _bytes(checks.disk_free())),
        Stat(_("Database"), _bytes(machine.database_size())),
    ]


def _bytes(size: int) -> str:
    return f"{size / GIGABYTE:.1f} GB" if size >= GIGABYTE else f"{size / MEGABYTE:.0f} MB"


def versions() -> list[tuple[str, Any]]:
    """What runs here."""
    return [
        (_("Xiezuo"), version("xiezuo")),
        ("Python", sys.version.split(" ", maxsplit=1)[0]),
        ("Django", django.get_version()),
        ("PostgreSQL", machine.database_version()),
        ("procrastinate", version("procrastinate")),
    ]


def checks_table() -> Table:
    """The checks of `xiezuo doctor`."""
    rows = [
        {
            "name": _check_words()[name],
            "state": State(_("in order"), "good") if not mend else State(_("to be mended"), "bad"),
            "mend": mend,
        }
        for name, mend in checks.found().items()
    ]
    columns = [
        Column("name", _("Check")),
        Column("state", _("State"), kind="state"),
        Column("mend", _("What to do")),
    ]
    return Table(columns, rows, id="checks", caption=_("Health"))


def _check_words() -> dict[str, str]:
    return {
        "python": _("version of Python"), "database": _("version of PostgreSQL"), "wall": _("the wall in the database"),
        "keys": _("keys are closed to others"), "fonts": _("fonts of documents"), "screens": _("files of the screens"),
        "disk": _("room on the disk"),
    }  # fmt: skip


def schema_table() -> Table:
    """The last migration of each app."""
    rows = [{"app": app, "name": name} for app, name in machine.schema_version().items()]
    return Table(
        [Column("app", _("Part")), Column("name", _("Last migration"))],
        rows,
        id="schema",
        caption=_("Schema"),
    )
