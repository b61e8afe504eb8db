"""Each request is one transaction of one actor, and each expected failure becomes one kind of page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from xiezuo.accounts.api import Actor, origin_of, set_actor
from xiezuo.audit.api import journal_scope
from xiezuo.config.gate import pass_gate
from xiezuo.config.refusals import refused, who_asks
from xiezuo.organisation.api import chosen_commission
from xiezuo.shared.errors import XiezuoError


class GateMiddleware:
    """Asks the table of the gate before anything else is done for a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Turn away whom the table does not open for, and write it down."""
        try:
            pass_gate(request, who_asks(request))
        except XiezuoError as error:
            return refused(request, error)
        return None


class OneTransactionMiddleware:
    """Runs the view in a transaction that names its actor to the database before the first question."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Answer the request; an expected failure rolls back and is told in the user's words."""
        try:
            with transaction.atomic(), journal_scope(origin_of(request)):
                _name_actor(request)
                # Pages of the door commit each try by itself; Django calls them next, outside of this transaction.
                return (
                    None if getattr(view, "own_transactions", False) else _answer(request, view, args, kwargs)
                )
        except XiezuoError as error:
            return refused(request, error)


def _answer(request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> HttpResponse:
    request.commission = SimpleLazyObject(partial(chosen_commission, request.session.get("commission")))  # type: ignore[attr-defined]
    response = view(request, *args, **kwargs)
    # A lazy template would ask its questions after the transaction, without an actor.
    if hasattr(response, "render") and callable(response.render):
        response = response.render()
    return response


def _name_actor(request: HttpRequest) -> None:
    if not isinstance(request.user, AnonymousUser):
        set_actor(Actor(request.user.get_username(), request.user.pk))
