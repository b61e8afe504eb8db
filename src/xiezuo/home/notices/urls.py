"""Addresses of the notices and of the calendar of one's own deadlines."""

from django.urls import path

from xiezuo.home.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="list"),
    path("known/", views.known, name="known"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/issue/", views.issue, name="issue-calendar"),
    path("calendar/end/", views.end, name="end-calendar"),
    path("calendar/<str:secret>.ics", views.feed, name="feed"),
]
