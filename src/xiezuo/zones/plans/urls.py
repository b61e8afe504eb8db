"""Addresses of the zone plans, in the namespace of the zones."""

from django.urls import path

from xiezuo.zones.plans import (
    compare_views,
    consultation_views,
    drafting_views,
    editing_views,
    file_views,
    guided_views,
    views,
)

urlpatterns = [
    path("", views.plans, name="plans"),
    path("begin/", drafting_views.begin, name="begin-plan"),
    path("merge/", guided_views.merge, name="merge-plan"),
    path("split/", guided_views.split_zone, name="split-plan"),
    path("transfer/", guided_views.transfer, name="transfer-plan"),
    path("file/", drafting_views.file, name="file-plan"),
    path("compare/", compare_views.compare, name="compare-plans"),
    path("opinions/<int:pk>/", consultation_views.settle, name="settle-opinion"),
    path("<int:pk>/", views.plan, name="plan"),
    path("<int:pk>/map/", views.plan_map, name="plan-map"),
    path("<int:pk>/edit/", editing_views.editor, name="plan-editor"),
    path("<int:pk>/about/", drafting_views.about, name="plan-about"),
    path("<int:pk>/wishes/", drafting_views.wishes, name="plan-wishes"),
    path("<int:pk>/ask/", consultation_views.consult, name="consult-plan"),
    path("<int:pk>/opinions/", consultation_views.opinions, name="plan-opinions"),
    path("<int:pk>/opinions/add/", consultation_views.opinion, name="plan-opinion"),
    path("<int:pk>/answer/", consultation_views.answer, name="answer-plan"),
    path("<int:pk>/apply/", drafting_views.apply, name="apply-plan"),
    path("<int:pk>/drop/", drafting_views.drop, name="drop-plan"),
    path("<int:pk>/sheet.<str:ending>", file_views.sheet, name="plan-sheet"),
    path("<int:pk>/decision.<str:ending>", file_views.decision, name="plan-decision"),
    path("<int:pk>/opinions.<str:ending>", file_views.overview, name="plan-overview"),
]
