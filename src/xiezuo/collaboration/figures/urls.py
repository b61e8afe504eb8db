"""Addresses of effectiveness."""

from django.urls import path

from xiezuo.collaboration.figures import views

urlpatterns = [path("", views.effectiveness, name="effectiveness")]
