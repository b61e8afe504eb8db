"""Addresses of declarations and of questions of recusal."""

from django.urls import path

from xiezuo.collaboration.recusal import views

urlpatterns = [
    path("", views.questions, name="questions"),
    path("declarations/<int:pk>/", views.declaration, name="declaration"),
    path("declarations/<int:pk>/paper/", views.show_paper, name="show-paper"),
    path("requests/<int:pk>/raise/", views.raise_recusal, name="raise-recusal"),
    path("questions/<int:pk>/", views.question, name="question"),
    path("questions/<int:pk>/override/ask/", views.ask_override, name="ask-override"),
    path("questions/<int:pk>/override/", views.override, name="override-recusal"),
]
