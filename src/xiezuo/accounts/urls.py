"""Logging in and out."""

from django.urls import path

from xiezuo.accounts import views

app_name = "accounts"
urlpatterns = [
    path("log-in/", views.LogIn.as_view(), name="log-in"),
    path("log-out/", views.LogOut.as_view(), name="log-out"),
]
