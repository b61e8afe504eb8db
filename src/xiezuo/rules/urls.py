"""Addresses of the regulations, the work rules and the work calendar."""

from django.urls import path

from xiezuo.rules import editing_views, rule_views, views

app_name = "rules"
urlpatterns = [
    path("", views.regulations, name="list"),
    path("<int:pk>/", views.regulation, name="regulation"),
    path("work-rules/", rule_views.work_rules, name="work-rules"),
    path("work-rules/defaults/", rule_views.load_defaults, name="load-defaults"),
    path("work-rules/add/", editing_views.add_rule, name="add-rule"),
    path("work-rules/<int:pk>/", rule_views.work_rule, name="work-rule"),
    path("work-rules/<int:pk>/change/", editing_views.change_rule, name="change-rule"),
    path("work-rules/<int:pk>/end/", editing_views.end_rule, name="end-rule"),
    path("calendar/", rule_views.calendar, name="calendar"),
    path("calendar/days/<int:pk>/remove/", editing_views.remove_day, name="remove-day"),
]
