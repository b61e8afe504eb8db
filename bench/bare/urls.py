"""One page for whoever is logged in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path


@login_required
def hello(request: HttpRequest) -> HttpResponse:
    """Session and account come from the database, as on every page."""
    return HttpResponse(f"<!doctype html><title>Hello</title><p>{request.user.get_username()}</p>")


urlpatterns = [path("", hello)]
