"""Addresses of requests for collaboration."""

from django.urls import path

from xiezuo.collaboration.requests import act_views, asking_views, urgent_views, views

urlpatterns = [
    path("", views.requests, name="requests"),
    path("ask/", asking_views.begin, name="begin-request"),
    path("act-first/", urgent_views.act_first, name="act-first"),
    path("<int:pk>/", views.request_page, name="request"),
    path("<int:pk>/fill/<slug:step>/", asking_views.fill, name="fill-request"),
    path("<int:pk>/drop/", asking_views.drop, name="drop-request"),
    path("<int:pk>/write/", asking_views.write, name="write-request"),
    path("<int:pk>/act/<slug:verb>/", act_views.act, name="act-request"),
    path("<int:pk>/scope/", act_views.rescope, name="rescope-request"),
    path("<int:pk>/readers/ask/", act_views.ask_widening, name="ask-widening"),
    path("readers/<int:pk>/decide/", act_views.decide_widening, name="decide-widening"),
]
