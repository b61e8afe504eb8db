"""What the system console asks of the machine: jobs, sessions, versions. No word of the ledger."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max, Min, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

WAITING, RUNNING, FAILED = "todo", "doing", "failed"


def jobs() -> QuerySet[Any]:
    """Jobs of the background worker, the latest first, each with when it last began and when it ended.

    Without their arguments: these may name records.
    """
    began = Max("procrastinateevent__at", filter=Q(procrastinateevent__type="started"))
    over = Max(
        "procrastinateevent__at",
        filter=Q(procrastinateevent__type__in=("succeeded", "failed", "aborted", "cancelled")),
    )
    asked = Min("procrastinateevent__at")
    return ProcrastinateJob.objects.annotate(asked=asked, began=began, over=over).order_by("-id")


def failed_job(number: int) -> Any:
    """The failed job of this number; None if there is none."""
    return ProcrastinateJob.objects.filter(pk=number, status=FAILED).first()


def latest_job(task: str) -> Any:
    """The job of this task that was asked for last; None if there never was one."""
    return ProcrastinateJob.objects.filter(task_name=task).order_by("-id").first()


def job_counts() -> dict[str, int]:
    """How many jobs wait, run and have failed."""
    return {
        status: ProcrastinateJob.objects.filter(status=status).count()
        for status in (WAITING, RUNNING, FAILED)
    }


def worker_seen() -> datetime | None:
    """When a background worker last gave a sign of life."""
    found: datetime | None = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    return found


def database_version() -> str:
    """PostgreSQL's version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version')")
        return str(cursor.fetchone()[0]).split(" ", maxsplit=1)[0]


def database_size() -> int:
    """Bytes of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def schema_version() -> dict[str, str]:
    """App → its last migration."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, max(name) FROM django_migrations GROUP BY app ORDER BY app")
        return dict(cursor.fetchall())
