"""What the consoles do themselves; grants, accounts, the door and the journal have their own operations."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from xiezuo.accounts.api import Ability, Actor, may
from xiezuo.audit.api import Act, Result, record, verify_live
from xiezuo.home.consoles.queries.holders import findings
from xiezuo.home.consoles.queries.journal import entries_in_all
from xiezuo.home.consoles.queries.machine import failed_job
from xiezuo.shared.errors import NotThere, refuse_if

Teller = Callable[[int, int], None]
"""Told how many entries were read, and of how many."""


@transaction.atomic
def verify_journal(*, told: Teller | None = None, by: Actor, now: datetime) -> Result:
    """Verify the journal of this installation and keep the result: it is an act of whoever had it done."""
    refuse_if(may(by, Ability.READ_JOURNAL))
    of = entries_in_all()
    result = verify_live(told=(lambda done: told(done, of)) if told else None)
    record(Act.JOURNAL_VERIFIED, by=by, at=now, details=result.as_json() | {"head": None})
    return result


@transaction.atomic
def note_review(*, remark: str, by: Actor, now: datetime) -> None:
    """Note that rights were reviewed, and what was decided."""
    refuse_if(may(by, Ability.GIVE_GRANTS))
    found = Counter(each.kind for each in findings(now))
    record(
        Act.RIGHTS_REVIEWED, by=by, at=now, target="rights", details={"found": dict(found), "remark": remark}
    )


@transaction.atomic
def note_asked(*, what: str, ability: Ability, on: date, by: Actor, now: datetime) -> None:
    """Note that somebody asked who can see a thing."""
    record(Act.RIGHTS_ASKED, by=by, at=now, target=what, details={"ability": ability.value, "on": on})


@transaction.atomic
def retry_job(*, number: int, by: Actor, now: datetime) -> None:
    """Let the worker try a failed job again. Raises `NotThere`, and `Refused` for whoever keeps no accounts."""
    refuse_if(may(by, Ability.KEEP_ACCOUNTS))
    job = failed_job(number)
    if job is None:
        raise NotThere(_("There is no failed job of this number."))
    app.job_manager.retry_job_by_id(job.pk, retry_at=now)
    record(Act.JOB_RETRIED, by=by, at=now, target=f"{job.task_name}:{job.pk}")
