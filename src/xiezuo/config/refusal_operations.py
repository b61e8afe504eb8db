"""What was refused is written down, in a transaction of its own: that of the request has been rolled back."""

from django.db import transaction
from django.http import HttpRequest

from xiezuo.accounts.api import Actor, origin_of, set_actor
from xiezuo.audit.api import REFUSED, Act, journal_scope, record
from xiezuo.config.gate import knock_of
from xiezuo.shared import clock

ADDRESS_LENGTH = 200


def note_refusal(*, request: HttpRequest, status: int, code: str, by: Actor) -> None:
    """Journal who was refused what; the address and the way of asking, never what was sent."""
    knock = knock_of(request)
    # A method is whatever a caller writes.
    details = {"route": knock.route, "method": knock.method[:10], "status": status, "code": code}
    with transaction.atomic(), journal_scope(origin_of(request)):
        set_actor(by)
        record(
            Act.ACCESS_REFUSED, by=by, at=clock.now(), target=_address(request), details=details, result=REFUSED,
        )  # fmt: skip


def _address(request: HttpRequest) -> str:
    """What was asked for. A secret in an address stays out of the journal: it may be good again one day."""
    found = request.resolver_match
    secret = found.kwargs.get("secret", "") if found else ""
    return (request.path.replace(secret, "…") if secret else request.path)[:ADDRESS_LENGTH]
