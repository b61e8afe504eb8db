"""Addresses of the register of interference. None of them changes or deletes an entry."""

from django.urls import path

from xiezuo.collaboration.recusal import interference_views as views

urlpatterns = [
    path("", views.register, name="interferences"),
    path("file/", views.file, name="file-interference"),
    path("file/paper/", views.file_paper, name="file-interference-paper"),
    path("filed/", views.filed, name="interference-filed"),
    path("<int:pk>/", views.interference, name="interference"),
    path("<int:pk>/name/", views.name, name="interference-name"),
    path("<int:pk>/note/", views.note, name="note-interference"),
]
