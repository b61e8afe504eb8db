"""Addresses of the collaboration, each area's own under its name."""

from django.urls import include, path

app_name = "collaboration"
urlpatterns = [
    path("requests/", include("xiezuo.collaboration.requests.urls")),
    path("hand-over/", include("xiezuo.collaboration.requests.handing_urls")),
    path("teams/", include("xiezuo.collaboration.teams.urls")),
    path("recusal/", include("xiezuo.collaboration.recusal.urls")),
    path("loans/", include("xiezuo.collaboration.loans.urls")),
    path("work/", include("xiezuo.collaboration.work.urls")),
    path("effectiveness/", include("xiezuo.collaboration.figures.urls")),
    path("safety/", include("xiezuo.collaboration.safety.urls")),
    path("interference/", include("xiezuo.collaboration.recusal.interference_urls")),
]
