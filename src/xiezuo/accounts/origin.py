"""From where a request comes."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def origin_of(request: HttpRequest) -> str:
    """The address of the caller: the connection's own, or, where that is the trusted proxy, the last hop it names.

    Whatever else a caller writes into its headers is not believed.
    """
    peer = _address(request.META.get("REMOTE_ADDR", ""))
    if not peer or peer not in settings.TRUSTED_PROXIES:
        return peer
    return _address(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1]) or peer


def _address(text: str) -> str:
    try:
        return ip_address(text.strip()).compressed
    except ValueError:
        return ""
