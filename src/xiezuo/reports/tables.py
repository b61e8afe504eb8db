"""Rows and facts of the report screens."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xiezuo.accounts.api import shown_actor
from xiezuo.figures.api import Figure, all_balances, all_figures
from xiezuo.reports.files import digests
from xiezuo.reports.models import Run, TemplateEdition
from xiezuo.reports.paper import records_address, state_of
from xiezuo.reports.queries.runs import Drift
from xiezuo.ui.asof import PARAMETER, keep_day
from xiezuo.ui.parts import Link, State
from xiezuo.ui.table import Column, Table
from xiezuo.ui.words import long_day

SEARCHED = ("zh-hans", "en")


def moment(at: Any) -> str:
    """A moment in the installation's time, to the minute."""
    return date_format(localtime(at), "Y-m-d H:i") if at else ""


def runs(found: Iterable[Run]) -> Table:
    """Reports, the newest first."""
    columns = [
        Column("on", _("Day")),
        Column("state", _("State"), kind="state"),
        Column("template", _("Template")),
        Column("written", _("Written")),
        Column("by", _("By")),
        Column("issued", _("Issued")),
    ]
    rows = [
        {"id": each.pk, "day": each.on, "on": long_day(each.on), "state": state_of(issued=each.issued_at is not None), "template": str(each.template),
         "written": moment(each.written_at), "by": shown_actor(each.written_by), "issued": moment(each.issued_at)}
        for each in found
    ]  # fmt: skip
    return Table(columns, rows, id="runs", caption=_("Reports"), row_link=_address)


def _address(row: Any) -> str:
    return keep_day(reverse("reports:run", args=[row["id"]]), f"{PARAMETER}={row['day'].isoformat()}")


def templates(found: Iterable[TemplateEdition]) -> Table:
    """Templates in force."""
    columns = [
        Column("name", _("Template")),
        Column("owner", _("Whose")),
        Column("number", _("Edition"), numeric=True),
        Column("saved", _("Saved")),
        Column("by", _("By")),
    ]
    rows = [{**_edition(each), "href": f"{reverse('reports:template')}?name={each.name}"} for each in found]
    return Table(
        columns, rows, id="templates", caption=_("Report templates"), row_link=lambda row: row["href"]
    )


def history(found: Iterable[TemplateEdition]) -> Table:
    """Editions of one template, the newest first."""
    columns = [
        Column("number", _("Edition"), numeric=True),
        Column("owner", _("Whose")),
        Column("saved", _("Saved")),
        Column("by", _("By")),
        Column("note", _("What has changed")),
    ]
    rows = [{**_edition(each), "href": reverse("reports:edition", args=[each.pk])} for each in found]
    return Table(columns, rows, id="editions", caption=_("Editions"), row_link=lambda row: row["href"])


def _edition(each: TemplateEdition) -> dict[str, Any]:
    owner = _("this county") if each.commission_id else _("came with the product")
    saved = {"saved": moment(each.saved_at), "by": shown_actor(each.saved_by), "note": each.note}
    return {"name": each.name, "owner": owner, "number": each.number, **saved}


def named(balance: dict[str, Any]) -> dict[str, Any]:
    """A frozen check with its rule in the reader's language, where this release still knows it."""
    rules = {each.id: each.rule for each in all_balances()}
    return {**balance, "rule": rules.get(balance["id"], balance["words"])}


def checks(run: Run) -> list[dict[str, Any]]:
    """What is looked at before a report is issued, each with its state."""
    broken = [b for b in run.balances if b["kind"] == "identity" and b["holds"] is False]
    short = [b for b in run.balances if b["kind"] == "expectation" and b["holds"] is False]
    late = run.commission.kept_until and run.on > run.commission.kept_until
    return [
        _check(_("Identities hold"), "bad", good=not broken, count=len(broken)),
        _check(_("Standards are met"), "warn", good=not short, count=len(short)),
        _check(_("The ledger was kept to this day"), "warn", good=not late),
    ]


def _check(words: str, otherwise: str, *, good: bool, count: int = 0) -> dict[str, Any]:
    said = _("yes") if good else _("no (%(count)d)") % {"count": count} if count else _("no")
    return {"words": words, "state": State(said, "good" if good else otherwise)}


def drift(run: Run, found: Sequence[Drift]) -> list[dict[str, Any]]:
    """What was written and what the ledger answers now, for each figure that has changed."""
    titles = {figure.key: figure.title for figure in all_figures()}
    return [
        {"title": titles[each.key.partition("@")[0]], "frozen": each.frozen, "now": each.now,
         "href": records_address(each.key, run.on)}
        for each in found
    ]  # fmt: skip


def facts(run: Run, *, writes: bool) -> list[tuple[Any, Any]]:
    """What is known of a run; its template opens for who writes reports."""
    edition = Link(str(run.template), reverse("reports:edition", args=[run.template_id]) if writes else "")
    return [
        (_("As of"), long_day(run.on)),
        (_("State"), state_of(issued=run.issued_at is not None)),
        (_("Template"), edition),
        (_("Written"), f"{moment(run.written_at)} {shown_actor(run.written_by)}"),
        (_("Issued"), f"{moment(run.issued_at)} {shown_actor(run.issued_by)}".strip()),
        (_("Reason"), run.reason),
        (_("Figures"), len(run.figures)),
    ]


def files(run: Run) -> list[dict[str, str]]:
    """The files to take away, with their digests."""
    words = {
        "report.docx": _("Word document"),
        "report.pdf": _("PDF"),
        "evidence.xlsx": _("Evidence workbook"),
    }
    return [
        {
            "name": name,
            "words": words[name],
            "href": reverse("reports:file", args=[run.pk, name]),
            "digest": digest,
        }
        for name, digest in sorted(digests(run).items(), key=lambda item: list(words).index(item[0]))
    ]


def pickable(wanted: str) -> list[Figure]:
    """Figures that hold every word searched for, in the order of the report."""
    words = wanted.lower().split()
    return [figure for figure in all_figures() if all(word in _searched(figure) for word in words)]


def _searched(figure: Figure) -> str:
    # A clerk who reads English may still know the figure by its Chinese name, and the other way round.
    words = [figure.key]
    for language in SEARCHED:
        with translation.override(language):
            words += [str(figure.title), str(figure.definition)]
    return " ".join(words).lower()
