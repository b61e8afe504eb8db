"""Pages that are kept so that they need not be drawn again: what was drawn for one is never handed to another."""

import pytest
from django.core.cache import cache
from django.test import override_settings

from tests.matrix.office_targets import TARGETS
from tests.matrix.walk import Cell, Walker, faults, is_allowed
from tests.matrix.world import World
from xiezuo.config.gate import table

KEPT = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "matrix"}}
READ = sorted(
    route
    for route, method in table()
    if method == "GET" and not route.startswith(("accounts:", "consoles:", "book:"))
)
WIDE_FIRST = (
    "case_management",
    "sibling",
    "upper",
    "unit_head",
    "moved",
    "contact_leader",
    "site_keeper",
    "reader",
    "staff",
    "none",
)


@pytest.mark.parametrize("route", READ)
def test_a_page_kept_for_one_shows_nothing_to_the_next(route: str, world: World, walker: Walker) -> None:
    """Who sees most asks first, so that whatever is kept too widely reaches those who see less."""
    wrong: list[str] = []
    with override_settings(CACHES=KEPT):
        cache.clear()
        for name in WIDE_FIRST:
            subject = world.subjects[name]
            for scope, targets in TARGETS[route, "GET"](world, subject).items():
                if scope in ("plain", "own", "withheld"):
                    allowed = is_allowed(table()[route, "GET"], subject, scope)
                    cell = Cell(route, "GET", subject, scope, targets[0], allowed)
                    wrong += faults(cell, walker.ask(cell), world, open_to_all=False)
        cache.clear()
    assert not wrong, "\n".join(wrong)
