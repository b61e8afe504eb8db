"""Addresses of the regulations, the work rules and the work calendar."""

from django.urls import path

from xiezuo.rules import (
    consultation_views,
    drafting_views,
    editing_views,
    paper_views,
    regulation_views,
    rule_views,
    views,
)

app_name = "rules"
urlpatterns = [
    path("", views.regulations, name="list"),
    path("begin/", drafting_views.begin, name="begin"),
    path("<int:pk>/", regulation_views.regulation, name="regulation"),
    path("<int:pk>/compare/", regulation_views.compare, name="compare"),
    path("<int:pk>/text/", drafting_views.file_text, name="file"),
    path("<int:pk>/link/", drafting_views.link, name="link"),
    path("links/<int:pk>/remove/", drafting_views.unlink, name="unlink"),
    path("editions/<int:pk>/", regulation_views.edition, name="edition"),
    path("editions/<int:pk>/read/", regulation_views.read, name="read"),
    path("editions/<int:pk>/readers/", regulation_views.readers, name="readers"),
    path("editions/<int:pk>/about/", drafting_views.about, name="about"),
    path("editions/<int:pk>/text/", drafting_views.text, name="text"),
    path("editions/<int:pk>/text.<str:ending>", paper_views.text, name="text-file"),
    path("editions/<int:pk>/opinions.<str:ending>", paper_views.overview, name="overview-file"),
    path("editions/<int:pk>/clauses/<int:anchor>/", drafting_views.clause, name="clause"),
    path("editions/<int:pk>/ask/", consultation_views.consult, name="consult"),
    path("editions/<int:pk>/opinions/", consultation_views.consultation, name="consultation"),
    path("editions/<int:pk>/opinions/add/", consultation_views.opinion, name="opinion"),
    path("editions/<int:pk>/answer/", consultation_views.answer, name="answer"),
    path("opinions/<int:pk>/", consultation_views.settle, name="settle"),
    path("editions/<int:pk>/apply/", drafting_views.apply, name="apply"),
    path("editions/<int:pk>/drop/", drafting_views.drop, name="drop"),
    path("work-rules/", rule_views.work_rules, name="work-rules"),
    path("work-rules/defaults/", rule_views.load_defaults, name="load-defaults"),
    path("work-rules/add/", editing_views.add_rule, name="add-rule"),
    path("work-rules/<int:pk>/", rule_views.work_rule, name="work-rule"),
    path("work-rules/<int:pk>/change/", editing_views.change_rule, name="change-rule"),
    path("work-rules/<int:pk>/end/", editing_views.end_rule, name="end-rule"),
    path("calendar/", rule_views.calendar, name="calendar"),
    path("calendar/days/<int:pk>/remove/", editing_views.remove_day, name="remove-day"),
]
