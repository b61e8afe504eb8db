"""Addresses of the reports."""

from django.urls import path

from xiezuo.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.runs, name="list"),
    path("new/", views.write, name="write"),
    path("<int:number>/", views.run, name="run"),
    path("<int:number>/issue/", views.issue, name="issue"),
    path("<int:number>/files/<str:name>", views.file, name="file"),
    path("templates/", views.templates, name="templates"),
    path("templates/edit/", views.edit_template, name="template"),
    path("templates/history/", views.template_history, name="history"),
    path("templates/editions/<int:number>/", views.edition, name="edition"),
    path("templates/preview/", views.preview, name="preview"),
    path("templates/figures/", views.figure_picker, name="figures"),
]
