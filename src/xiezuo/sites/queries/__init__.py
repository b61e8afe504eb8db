"""Questions about the sites on a day, and what changed in them between two days."""

from xiezuo.sites.queries.changes import changes
from xiezuo.sites.queries.lists import (
    SITE_ORDER,
    KindCount,
    Room,
    WorksRow,
    kind_counts,
    sites,
    talk_rooms,
    works,
)
from xiezuo.sites.queries.site import (
    RoomTouched,
    SiteOf,
    SitePage,
    rooms_touched,
    site_page,
    sites_of_person,
    sites_of_unit,
    sites_of_zone,
)

__all__ = [
    "SITE_ORDER", "KindCount", "Room", "RoomTouched", "SiteOf", "SitePage", "WorksRow", "changes", "kind_counts", "rooms_touched", "site_page", "sites",
    "sites_of_person", "sites_of_unit", "sites_of_zone", "talk_rooms", "works",
]  # fmt: skip
