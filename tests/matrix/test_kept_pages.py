"""Pages that are kept so that they need not be drawn again: what was drawn for one is never handed to another."""

import pytest
from django.core.cache import cache
from django.test import override_settings

from tests.matrix.office_targets import TARGETS
from tests.matrix.walk import Cell, Walker, at_the_gate, faults, is_allowed
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
            row, scopes = table()[route, "GET"], TARGETS[route, "GET"](world, subject)
            shut = not is_allowed(row, subject, "own")
            for scope, targets in (at_the_gate(scopes) if shut else scopes).items():
                if scope in ("plain", "own", "withheld"):
                    cell = Cell(
                        route, "GET", subject, scope, targets[0], is_allowed(row, subject, scope), shut
                    )
                    wrong += faults(cell, walker.ask(cell), world, open_to_all=False)
        cache.clear()
    assert not wrong, "\n".join(wrong)
