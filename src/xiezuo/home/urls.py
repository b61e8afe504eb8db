"""Addresses of the screens that span apps."""

from django.urls import path

from xiezuo.home import views, work_views

app_name = "home"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("work/", work_views.work, name="work"),
    path("changes/", views.changes, name="changes"),
    path("search/", views.search, name="search"),
    path("commission/", views.choose_commission, name="commission"),
    path("standards/<str:balance>/", views.switch_standard, name="standard"),
]
