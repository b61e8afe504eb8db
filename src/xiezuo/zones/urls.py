"""Addresses of the zones."""

from django.urls import include, path

from xiezuo.zones import area_views, views

app_name = "zones"
urlpatterns = [
    path("", views.zones, name="list"),
    path("map/", views.zone_map, name="map"),
    path("areas/", area_views.areas, name="areas"),
    path("matrix/", views.matrix, name="matrix"),
    path("leaders/", views.leaders, name="leaders"),
    path("<int:pk>/", views.zone, name="zone"),
    path("plans/", include("xiezuo.zones.plans.urls")),
    path("meetings/", include("xiezuo.zones.meetings.urls")),
    path("joinings/", include("xiezuo.zones.joining.urls")),
    path("proposals/", include("xiezuo.zones.proposals.urls")),
]
