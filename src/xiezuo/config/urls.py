"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("xiezuo.home.urls")),
    path("accounts/", include("xiezuo.accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
