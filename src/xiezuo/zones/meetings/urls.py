"""Addresses of the meetings of zones."""

from django.urls import path

from xiezuo.zones.meetings import paper_views, views, writing_views

urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("month/", views.month, name="meetings-month"),
    path("new/", writing_views.plan, name="plan-meeting"),
    path("<int:pk>/", views.meeting, name="meeting"),
    path("<int:pk>/change/", writing_views.change, name="change-meeting"),
    path("<int:pk>/cancel/", writing_views.cancel, name="cancel-meeting"),
    path("<int:pk>/minutes/", writing_views.minutes, name="meeting-minutes"),
    path("<int:pk>/<slug:what>.<slug:ending>", paper_views.paper, name="meeting-paper"),
    path("items/<int:pk>/done/", writing_views.done, name="item-done"),
]
