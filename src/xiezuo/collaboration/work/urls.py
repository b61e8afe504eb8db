"""Addresses of the work of a team and its papers."""

from django.urls import path

from xiezuo.collaboration.work import doing_views, letter_views, views

urlpatterns = [
    path("<int:pk>/", views.work, name="work"),
    path("<int:pk>/do/<slug:what>/", doing_views.do_work, name="do-work"),
    path("tasks/<int:pk>/<slug:what>/", doing_views.settle_task, name="settle-task"),
    path("letters/", letter_views.letters, name="letters"),
    path("letters/<int:pk>/", letter_views.letter, name="letter"),
    path("letters/<int:pk>/do/<slug:what>/", letter_views.do_letter, name="do-letter"),
    path("letters/lines/<int:pk>/verify/", letter_views.verify, name="verify-line"),
    path("letters/<int:pk>.<slug:ending>", views.letter_form, name="letter-form"),
    path("interference/<int:pk>.<slug:ending>", views.interference_form, name="interference-form"),
    path("<int:pk>/forms/<slug:code>-<int:of>.<slug:ending>", views.form, name="request-form"),
]
