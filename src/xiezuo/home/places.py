"""Where a record's page is: the one table from kinds of things to addresses."""

from django.urls import reverse

PAGES = {
    "unit": "organisation:unit",
    "person": "organisation:person",
    "zone": "zones:zone",
    "site": "sites:site",
    "regulation": "rules:regulation",
    "directive": "directives:directive",
    "meeting": "directives:meeting",
    "plan_item": "directives:item",
    "approval": "inbox:approval",
    "zone_plan": "zones:plan",
    "zone_meeting": "zones:meeting",
    "request": "collaboration:request",
}


def address_of(kind: str, key: int) -> str:
    """The page of one thing; nothing for kinds without a page of their own."""
    return reverse(PAGES[kind], args=[key]) if kind in PAGES else ""
