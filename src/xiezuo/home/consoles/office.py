"""Each console opens to the holder of its office and to nobody else; what it does is done in their name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from xiezuo.accounts.api import Ability, Actor, actor_of, may, origin_of
from xiezuo.shared.errors import Reason, Refused

View = Callable[..., HttpResponse]


class NotYourConsole(Refused):
    """The page belongs to an office that the reader does not hold."""

    status = 403


def office(*abilities: Ability) -> Callable[[View], View]:
    """A view for whoever has one of `abilities`. Raises `NotYourConsole` for everybody else."""

    def opened(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            reasons = [may(by(request), ability) for ability in abilities]
            if all(reasons):
                raise NotYourConsole(_once(reasons))
            return view(request, *args, **kwargs)

        return guarded

    return opened


def by(request: HttpRequest) -> Actor:
    """Who acts."""
    return actor_of(request.user, origin_of(request))


def _once(reasons: list[list[Reason]]) -> list[Reason]:
    return list({reason.text: reason for told in reasons for reason in told}.values())
