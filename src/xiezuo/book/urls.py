"""Addresses of the ledger book."""

from django.urls import path

from xiezuo.book import views

app_name = "book"
urlpatterns = [
    path("", views.loads, name="loads"),
    path("new/", views.upload, name="upload"),
    path("drafts/<int:number>/", views.draft, name="draft"),
    path("drafts/<int:number>/progress/", views.progress, name="progress"),
    path("drafts/<int:number>/load/", views.confirm, name="confirm"),
    path("drafts/<int:number>/marked/", views.marked, name="marked"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("words/", views.words, name="words"),
    path("export/", views.export, name="export"),
    path("template/", views.template, name="template"),
]
