"""Addresses of teams."""

from django.urls import path

from xiezuo.collaboration.teams import views

urlpatterns = [
    path("", views.plan_teams, name="plan-teams"),
    path("<int:pk>/", views.team, name="team"),
    path("<int:pk>/form/", views.form_team, name="form-team"),
    path("<int:pk>/choose/", views.choose, name="choose-members"),
    path("<int:pk>/send/", views.send_team, name="send-team"),
    path("members/<int:pk>/", views.member, name="team-member"),
    path("members/<int:pk>/swap/", views.swap_member, name="swap-member"),
    path("members/<int:pk>/roles/", views.name_member_roles, name="name-member-roles"),
    path("members/<int:pk>/release/", views.release_member, name="release-member"),
    path("members/<int:pk>/give-back/", views.give_member_back, name="give-member-back"),
]
