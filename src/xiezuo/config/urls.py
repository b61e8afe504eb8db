"""Every address of the product."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

handler400 = "xiezuo.config.refusals.broken_request"
urlpatterns = [
    path("", include("xiezuo.home.urls")),
    path("accounts/", include("xiezuo.accounts.urls")),
    path("figures/", include("xiezuo.home.figure_urls")),
    path("people/", include("xiezuo.organisation.urls")),
    path("zones/", include("xiezuo.zones.urls")),
    path("collaboration/", include("xiezuo.collaboration.urls")),
    path("sites/", include("xiezuo.sites.urls")),
    path("regulations/", include("xiezuo.rules.urls")),
    path("directives/", include("xiezuo.directives.urls")),
    path("reports/", include("xiezuo.reports.urls")),
    path("book/", include("xiezuo.book.urls")),
    path("inbox/", include("xiezuo.home.inbox.urls")),
    path("consoles/", include("xiezuo.home.consoles.urls")),
    path("notices/", include("xiezuo.home.notices.urls")),
    # Whoever stands at the door may choose the language of the door.
    path("language/", login_not_required(set_language), name="set_language"),
]
