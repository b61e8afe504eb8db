"""Addresses of the organisation."""

from django.urls import path

from xiezuo.organisation import views

app_name = "organisation"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("units/", views.units, name="units"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("in-post/", views.people, name="people"),
    path("moves/", views.moves, name="moves"),
    path("establishment/", views.standards, name="standards"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/personal-data/", views.show_person, name="show-person"),
]
