"""Each request is one transaction of one actor, and each expected failure becomes one kind of page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from xiezuo.accounts.api import actor_of, set_actor
from xiezuo.audit.api import journal_scope
from xiezuo.organisation.api import chosen_commission
from xiezuo.shared.errors import XiezuoError
from xiezuo.ui.refusals import refusal_page


class OneTransactionMiddleware:
    """Runs the view in a transaction that names its actor to the database before the first question."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse:
        """Answer the request; an expected failure rolls back and is told in the user's words."""
        try:
            with transaction.atomic(), journal_scope():
                return _answer(request, view, args, kwargs)
        except XiezuoError as error:
            return refusal_page(error)


def _answer(request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> HttpResponse:
    _name_actor(request)
    request.commission = SimpleLazyObject(partial(chosen_commission, request.session.get("commission")))  # type: ignore[attr-defined]
    response = view(request, *args, **kwargs)
    # A lazy template would ask its questions after the transaction, without an actor.
    if hasattr(response, "render") and callable(response.render):
        response = response.render()
    return response


def _name_actor(request: HttpRequest) -> None:
    if not isinstance(request.user, AnonymousUser):
        set_actor(actor_of(request.user))
