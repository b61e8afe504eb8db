"""Addresses of the sites."""

from django.urls import path

from xiezuo.sites import views

app_name = "sites"
urlpatterns = [
    path("", views.sites, name="list"),
    path("works/", views.works, name="works"),
    path("<int:pk>/", views.site, name="site"),
]
