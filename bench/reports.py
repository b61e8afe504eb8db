"""The reports of 3,000 counties with their figures, asked set by set, written as docx; and one county's alone.

`python -m bench.reports` measures the home that XIEZUO_HOME names.
"""

import time
from datetime import date

from bench.homes import django_ready
from bench.lines import Line, send, side_by_side, within

DAY = date(2022, 8, 15)
AT_ONCE = 500
"""Counties asked about in one question: memory stays bounded, and 3,000 counties take six rounds of questions."""
ROUNDS_OF_ONE = 15


def measure() -> list[Line]:
    """Both lines."""
    with acting_as(OPERATOR):
        counties = list(Commission.objects.order_by("pk").values_list("pk", flat=True))
        text = standard_template(now=clock.now()).text
        (one,) = side_by_side(ROUNDS_OF_ONE, lambda: _write(counties[:1], text))
        started = time.perf_counter()
        written = _write(counties, text)
        taken = time.perf_counter() - started
    note = f"{written / len(counties) / 1024:.0f} KiB each"
    return [
        within(f"{len(counties):,} counties' reports with figures", taken, 20, 1, note),
        within("one county's report with figures", one, 1, ROUNDS_OF_ONE),
    ]


def _write(counties: list[int], text: str) -> int:
    """Write every report; bytes written."""
    written = 0
    for start in range(0, len(counties), AT_ONCE):
        asking = Asking(tuple(counties[start : start + AT_ONCE]), DAY)
        written += sum(len(write_docx(document)) for _, document in documents_for(asking, text, {}))
    return written


if __name__ == "__main__":
    django_ready()
    from django.utils import translation

    from xiezuo.accounts.api import OPERATOR, acting_as
    from xiezuo.figures.api import Asking
    from xiezuo.organisation.models import Commission
    from xiezuo.reports.api import documents_for, standard_template
    from xiezuo.reports.document.docx_writer import write_docx
    from xiezuo.shared import clock

    translation.activate("zh-hans")
    send(measure())
