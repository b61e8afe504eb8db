"""Columns, charts and facts of the auditor's console."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.audit.api import DONE, REFUSED
from xiezuo.home.consoles.queries import journal
from xiezuo.home.consoles.words import (
    INSTALLATION,
    act_choices,
    act_words,
    chain_words,
    field_words,
    instant_words,
    origin_words,
    result_state,
    value_words,
    who_words,
)
from xiezuo.ui.asof import day_query, keep_day
from xiezuo.ui.blocks import Changed, Difference, Tab
from xiezuo.ui.charts import Chart, Series
from xiezuo.ui.parts import State
from xiezuo.ui.table import Column

Row = Mapping[str, Any]


def tabs(request: HttpRequest, here: str) -> list[Tab]:
    """The parts of the auditor's console."""
    parts = (
        ("auditor", _("Journal")), ("timeline", _("Over time")), ("verify", _("Verification")), ("heads", _("Signed heads")),
    )  # fmt: skip
    return [
        Tab(words, keep_day(reverse(f"consoles:{name}"), day_query(request)), name == here)
        for name, words in parts
    ]


def group_choices() -> list[tuple[str, str]]:
    """The groups of acts with their words."""
    return [
        (journal.LOG_INS, _("log-ins")),
        (journal.REFUSALS, _("refusals")),
        (journal.TAKEN_OUT, _("exports and prints")),
        (journal.RIGHTS, _("grants and rights")),
    ]


def entry_columns(names: dict[str, str]) -> list[Column]:
    """Entries of the journal."""
    groups = [*group_choices(), (journal.OTHERS, _("all else"))]
    chains = [(INSTALLATION, _("the installation")), *names.items()]
    return [
        Column("at", _("When"), kind="date", sortable=False, value=lambda row: instant_words(row["at"]), field="at"),
        Column("actor", _("Who"), sortable=False, searchable=True, field="actor",
               value=lambda row: who_words(row["actor"])),
        Column("act", _("Act"), sortable=False, filterable=True, choices=act_choices(), field="act",
               value=lambda row: act_words(row["act"])),
        Column("target", _("On what"), sortable=False, searchable=True),
        Column("result", _("Result"), sortable=False, kind="state", filterable=True, field="result",
               choices=[(DONE, _("done")), (REFUSED, _("refused"))], value=lambda row: result_state(row["result"])),
        Column("origin", _("From where"), sortable=False, searchable=True, field="origin", value=lambda row: origin_words(row["origin"])),
        Column("of", _("Chain"), sortable=False, filterable=True, choices=chains, field="of",
               value=lambda row: chain_words(row["of"], names)),
        Column("sequence", _("Number"), sortable=False, kind="number", optional=True),
        Column("group", _("Group"), sortable=False, filterable=True, choices=groups, optional=True, field="group",
               value=lambda row: dict(groups)[row["group"]]),
    ]  # fmt: skip


def entry_facts(entry: Any, names: dict[str, str]) -> list[tuple[str, Any]]:
    """What an entry says of the act."""
    return [
        (_("When"), instant_words(entry.at)),
        (_("Who"), who_words(entry.actor)),
        (_("Unit"), entry.unit),
        (_("From where"), origin_words(entry.origin)),
        (_("Act"), f"{act_words(entry.act)} · {entry.act}"),
        (_("On what"), entry.target),
        (_("Result"), result_state(entry.result)),
        (_("Chain"), f"{chain_words(entry.chain, names)} · {entry.sequence}"),
        *((str(field_words(name)), value_words(value)) for name, value in (entry.details or {}).items()),
    ]


def seal_facts(entry: Any) -> list[tuple[str, Any]]:
    """What ties an entry to the one before it."""
    return [
        (_("Algorithm"), entry.algorithm),
        (_("Hash of the entry before"), entry.previous),
        (_("Hash of this entry"), entry.hash),
    ]


def entry_difference(entry: Any) -> Difference | None:
    """Before and after, field by field; None where the act changed no record."""
    before, after = _fields(entry.before), _fields(entry.after)
    if not before and not after:
        return None
    names = list(dict.fromkeys([*before, *after]))
    changed = [
        Changed(field_words(name), before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    ]
    return Difference(changed, unchanged=len(names) - len(changed))


def _fields(kept: Any) -> dict[str, str | None]:
    if not isinstance(kept, dict):
        return {}
    return {name: None if value is None else value_words(value) for name, value in kept.items()}


def timeline_chart(*, last: date, hourly: bool) -> Chart:
    """Entries of each group, by hour of one day or by day of a month."""
    first = last if hourly else last - timedelta(days=30)
    points = _hours(last) if hourly else _days(first, last)
    counts = journal.counted(first=first, last=last, hourly=hourly)
    words = dict(group_choices())
    series = [
        Series(group, words[group], [counts.get((at, group), 0) for at in points],
               links=[_behind(at, group) for at in points], slot=slot)
        for slot, group in enumerate(journal.GROUPS)
    ]  # fmt: skip
    categories = [f"{at:%H:%M}" if hourly else f"{at:%m-%d}" for at in points]
    name = _("Hour") if hourly else _("Day")
    title = _("Acts by hour") if hourly else _("Acts by day")
    return Chart(title, "bar", categories, series, unit=_("entries"), category_name=name)


def _behind(at: datetime, group: str) -> str:
    """The entries that a bar counts: those of its day."""
    return f"{reverse('consoles:auditor')}?since={at:%Y-%m-%d}&on={at:%Y-%m-%d}&f.group={group}"


def _days(first: date, last: date) -> list[datetime]:
    return [_local(first + timedelta(days=number)) for number in range((last - first).days + 1)]


def _hours(day: date) -> list[datetime]:
    return [_local(day, hour) for hour in range(24)]


def _local(day: date, hour: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def verification_columns() -> list[Column]:
    """Past verifications."""
    return [
        Column("at", _("When"), kind="date", sortable=False, value=lambda row: instant_words(row["at"]), field="at"),
        Column("actor", _("Who"), sortable=False, field="actor", value=lambda row: who_words(row["actor"])),
        Column("entries", _("Entries read"), kind="number", sortable=False, field="details",
               value=lambda row: row["entries"].get("entries")),
        Column("result", _("Result"), kind="state", sortable=False, field="details",
               value=lambda row: verdict(row["result"])),
    ]  # fmt: skip


def verdict(details: Mapping[str, Any]) -> State:
    """What a verification found."""
    found = details.get("first_break")
    if details.get("ok"):
        return State(_("unbroken"), "good")
    if not found:
        return State(_("broken"), "bad")
    place = {"kind": found["kind"], "chain": found["chain"] or INSTALLATION, "number": found["sequence"]}
    return State(_("broken: %(kind)s, chain %(chain)s, entry %(number)s") % place, "bad")


def head_columns(names: dict[str, str]) -> list[Column]:
    """Signed heads."""
    return [
        Column("number", _("Signature"), kind="number", sortable=False, field="number"),
        Column("at", _("When"), kind="date", sortable=False, value=lambda row: instant_words(row["at"]), field="at"),
        Column("chain", _("Chain"), sortable=False, field="chain", value=lambda row: chain_words(row["chain"], names)),
        Column("sequence", _("Up to entry"), kind="number", sortable=False),
        Column("signed_with", _("Signed with"), sortable=False),
        Column("key_id", _("Key"), sortable=False, optional=True),
        Column("hash", _("Hash"), sortable=False, optional=True),
    ]  # fmt: skip


def code_columns(names: dict[str, str]) -> list[Column]:
    """Paper codes: one line to write into the auditor's book."""
    return [
        Column("chain", _("Chain"), sortable=False, value=lambda row: chain_words(row["chain"], names)),
        Column("code", _("Paper code"), sortable=False),
    ]
