"""Addresses of talks and incidents. None of them changes or deletes an entry."""

from django.urls import path

from xiezuo.collaboration.safety import views

urlpatterns = [
    path("", views.incidents, name="incidents"),
    path("requests/<int:pk>/do/<slug:what>/", views.do_safety, name="do-safety"),
    path("talks/<int:pk>/", views.talk, name="talk"),
    path("incidents/<int:pk>/", views.incident, name="incident"),
    path("incidents/<int:pk>/do/<slug:what>/", views.do_incident, name="do-incident"),
]
