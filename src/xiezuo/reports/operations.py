"""The only writes of the reports: save an edition of a template, write a run, issue it."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from xiezuo.accounts.api import PRODUCT, Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.figures.api import Asking
from xiezuo.organisation.api import must_exist_on
from xiezuo.papers import MissingFonts, MissingGlyph
from xiezuo.reports.files import NAMES, kept_files, rendered_files
from xiezuo.reports.frozen import as_data
from xiezuo.reports.models import Run, RunFile, TemplateEdition
from xiezuo.reports.policies import may_issue, may_take_file, may_write
from xiezuo.reports.queries.runs import template_named
from xiezuo.reports.rendering import compiled_template
from xiezuo.reports.writing import balances_of, documents_for, frozen_figures
from xiezuo.shared.errors import BadInput, NotThere, refuse_if
from xiezuo.shared.lists import listed

if TYPE_CHECKING:
    from xiezuo.organisation.models import Commission

STANDARD = "标准汇报"
"""The template that comes with the product."""
REPORT_LANGUAGE = "zh-hans"
LONGEST_REASON = 1_000


def standard_text() -> str:
    """The text of the product's own template."""
    return (files("xiezuo.reports") / "templates_data" / "default.zh.txt").read_text(encoding="utf-8")


@transaction.atomic
def standard_template(*, now: datetime) -> TemplateEdition:
    """The product's own template; a new release that words it differently becomes a new edition."""
    text = standard_text()
    newest = TemplateEdition.objects.filter(commission=None, name=STANDARD).order_by("-number").first()
    if newest is not None and newest.text == text:
        return newest
    number = newest.number + 1 if newest else 1
    saved = {"text": text, "saved_at": now, "saved_by": PRODUCT}
    # Two people may open the first page at once; whoever it is, it is the product that saves its own template.
    with as_the_product():
        return TemplateEdition.objects.get_or_create(
            commission=None, name=STANDARD, number=number, defaults=saved
        )[0]


@transaction.atomic
def save_template(
    *,
    commission: "Commission",
    name: str,
    text: str,
    note: str,
    layout: Mapping[str, Any],
    by: Actor,
    now: datetime,
) -> TemplateEdition:
    """Add an edition of the commission's own template `name`. Raises `TemplateRefused` naming the line."""
    refuse_if(may_write(by, commission.pk))
    compiled_template(text)
    mine = TemplateEdition.objects.filter(commission=commission, name=name)
    number = (mine.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = TemplateEdition.objects.create(
        commission=commission, name=name, number=number, text=text, note=note, layout=dict(layout),
        saved_at=now, saved_by=by.name,
    )  # fmt: skip
    record(Act.TEMPLATE_SAVED, by=by, at=now, commission_code=commission.code, target=f"template:{edition.pk}",
           details={"name": name, "number": number})  # fmt: skip
    return edition


@transaction.atomic
def write_report(
    *,
    commission: "Commission",
    on: date,
    by: Actor,
    now: datetime,
    template: TemplateEdition | str | None = None,
) -> Run:
    """Write the report of a day and freeze it: text, figures with their records, checks and files.

    `template` is an edition, or the name of one; without it, the standard one. Raises `NotThere` for a day before
    the commission existed, and `TemplateRefused`.
    """
    refuse_if(may_write(by, commission.pk))
    must_exist_on(commission, on)
    edition = _edition(commission, template, now)
    asking = Asking((commission.pk,), on, reader=by)
    # The report is Chinese whoever writes it; names of figures and checks in it follow.
    with translation.override(REPORT_LANGUAGE):
        _commission, document = next(documents_for(asking, edition.text, edition.layout))
        run = Run.objects.create(
            commission=commission, on=on, template=edition, written_at=now, written_by=by.name,
            document=as_data(document, edition.layout), figures=frozen_figures(asking, document),
            balances=balances_of(asking),
        )  # fmt: skip
    files = _keep_files(run, issued=False)
    record(Act.REPORT_WRITTEN, by=by, at=now, commission_code=commission.code, target=f"run:{run.pk}",
           details={"on": on, "template": str(edition), "files": files})  # fmt: skip
    return run


def _edition(
    commission: "Commission", template: TemplateEdition | str | None, now: datetime
) -> TemplateEdition:
    if isinstance(template, TemplateEdition):
        return template
    standard_template(now=now)
    # A county that keeps a template under the product's name means its own.
    return template_named(commission, template or STANDARD)


@transaction.atomic
def issue_report(*, run: Run, by: Actor, now: datetime, reason: str = "") -> None:
    """Issue a run. Broken identities need a `reason`, which stays with the run; then the notices leave the text."""
    refuse_if(may_issue(run, reason, by))
    if len(reason) > LONGEST_REASON:
        facts = {"found": len(reason), "most": LONGEST_REASON}
        raise BadInput(_("The reason has %(found)d characters; at most %(most)d are kept.") % facts)
    # Compare and set: two people may press the button at once.
    changed = Run.objects.filter(pk=run.pk, issued_at=None).update(
        issued_at=now, issued_by=by.name, reason=reason.strip()
    )
    run.refresh_from_db()
    if not changed:
        refuse_if(may_issue(run, reason, by))
    files = _keep_files(run, issued=True)
    record(Act.REPORT_ISSUED, by=by, at=now, commission_code=run.commission.code, target=f"run:{run.pk}",
           details={"on": run.on, "reason": run.reason, "files": files})  # fmt: skip


def _keep_files(run: Run, *, issued: bool) -> dict[str, str]:
    try:
        contents = rendered_files(run, issued=issued)
    except MissingGlyph as error:
        facts = {"found": error.characters, "text": error.text[:60]}
        raise BadInput(
            _("No font draws “%(found)s”, found in “%(text)s”; write it otherwise or add a font.") % facts
        ) from error
    except MissingFonts as error:
        raise BadInput(
            _("Fonts are missing: %(names)s. Run the set-up again.") % {"names": listed(error.names)}
        ) from error
    RunFile.objects.bulk_create(
        RunFile(
            run=run, name=name, issued=issued, content=content, sha256=hashlib.sha256(content).hexdigest()
        )
        for name, content in contents.items()
    )
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


@transaction.atomic
def take_file(*, run: Run, name: str, by: Actor, now: datetime) -> bytes:
    """One file of a run, byte for byte as it was kept; who took it is recorded. Raises `NotThere` for another name."""
    refuse_if(may_take_file(by, run, name))
    content = kept_files(run).get(name)
    if content is None:
        facts = {"name": name[:60], "near": listed(NAMES)}
        raise NotThere(_("There is no file “%(name)s”; there are: %(near)s") % facts)
    record(Act.REPORT_TAKEN, by=by, at=now, commission_code=run.commission.code, target=f"run:{run.pk}",
           details={"file": name, "issued": run.issued_at is not None})  # fmt: skip
    return content
