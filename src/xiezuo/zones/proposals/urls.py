"""Addresses of proposals and of what zones are drawn on, in the namespace of the zones."""

from django.urls import path

from xiezuo.zones.proposals import ground_views, views

urlpatterns = [
    path("", views.proposals, name="proposals"),
    path("ask/", views.ask, name="ask-proposals"),
    path("grounds/", ground_views.grounds, name="grounds"),
    path("grounds/template/", ground_views.template, name="ground-template"),
    path("grounds/export/", ground_views.export, name="ground-export"),
    path("grounds/<int:pk>/", ground_views.edition, name="ground-edition"),
    path("<int:pk>/", views.proposal, name="proposal"),
    path("<int:pk>/progress/", views.progress, name="proposal-progress"),
    path("<int:pk>/cancel/", views.cancel, name="cancel-proposals"),
    path("<int:pk>/why/<int:unit>/", views.why, name="proposal-why"),
    path("<int:pk>/take/<int:number>/", views.take, name="take-proposal"),
]
