"""Addresses of directives, meetings and the plan."""

from django.urls import path

from xiezuo.directives import views

app_name = "directives"
urlpatterns = [
    path("", views.directives, name="directives"),
    path("<int:pk>/", views.directive, name="directive"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("plan/", views.plan, name="plan"),
    path("plan/<int:pk>/", views.item, name="item"),
]
