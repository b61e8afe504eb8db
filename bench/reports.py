"""The reports of 3,000 counties with their figures, asked set by set, written as docx by two workers; and one county's.

A worker does its work in one process, half of it waiting for PostgreSQL; two of them keep two cores busy, as two
background workers of an installation do.

`python -m bench.reports` measures the home that XIEZUO_HOME names.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context

from bench.homes import django_ready
from bench.lines import Line, send, side_by_side, within

DAY = date(2022, 8, 15)
AT_ONCE = 500
"""Counties asked about in one question: memory stays bounded, and 3,000 counties take six rounds of questions."""
WORKERS = 2
ROUNDS_OF_ONE = 15


def measure() -> list[Line]:
    """Both lines."""
    with acting_as(OPERATOR):
        counties = list(Commission.objects.order_by("pk").values_list("pk", flat=True))
        text = standard_template(now=clock.now()).text
        (one,) = side_by_side(ROUNDS_OF_ONE, lambda: _write(counties[:1], text))
    rounds = [counties[start : start + AT_ONCE] for start in range(0, len(counties), AT_ONCE)]
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), initializer=_ready) as workers:
        # The workers are there before the clock starts, as those of an installation are.
        list(workers.map(_write_as_operator, [counties[:1]] * WORKERS, [text] * WORKERS))
        started = time.perf_counter()
        written = sum(workers.map(_write_as_operator, rounds, [text] * len(rounds)))
        taken = time.perf_counter() - started
    note = f"{WORKERS} workers, {written / len(counties) / 1024:.0f} KiB each"
    return [
        within(f"{len(counties):,} counties' reports with figures", taken, 20, 1, note),
        within("one county's report with figures", one, 1, ROUNDS_OF_ONE),
    ]


def _write(counties: Sequence[int], text: str) -> int:
    """Write the reports of `counties` as one set; bytes written."""
    asking = Asking(tuple(counties), DAY)
    return sum(len(write_docx(document)) for _, document in documents_for(asking, text, {}))


def _ready() -> None:
    translation.activate("zh-hans")


def _write_as_operator(counties: Sequence[int], text: str) -> int:
    with acting_as(OPERATOR):
        return _write(counties, text)


django_ready()

from django.utils import translation  # noqa: E402 - the product is imported once Django is ready

from xiezuo.accounts.api import OPERATOR, acting_as  # noqa: E402
from xiezuo.figures.api import Asking  # noqa: E402
from xiezuo.organisation.models import Commission  # noqa: E402
from xiezuo.papers.docx_writer import write_docx  # noqa: E402
from xiezuo.reports.api import documents_for, standard_template  # noqa: E402
from xiezuo.shared import clock  # noqa: E402

if __name__ == "__main__":
    translation.activate("zh-hans")
    send(measure())
