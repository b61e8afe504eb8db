"""Logging in and out, and the views that each keeps of a list."""

from django.urls import path

from xiezuo.accounts import views

app_name = "accounts"
urlpatterns = [
    path("log-in/", views.LogIn.as_view(), name="log-in"),
    path("log-out/", views.LogOut.as_view(), name="log-out"),
    path("views/save/", views.save_view, name="save-view"),
    path("views/forget/", views.forget_view, name="forget-view"),
]
