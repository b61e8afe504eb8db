"""Addresses of many things of one kind, on the day of the page, without asking the router for each."""

import ipaddress
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import reverse

from xiezuo.ui.asof import day_query, keep_day

_PLACE = 987_654_321_987


def linker(request: HttpRequest, route: str) -> Callable[[int], str]:
    """A function from a key to the address of its page `route`, on the day of the page of `request`."""
    before, after = reverse(route, args=[_PLACE]).split(str(_PLACE))
    query = day_query(request)
    tail = f"{after}?{query}" if query else after
    return lambda key: f"{before}{key}{tail}"


def row_linker(request: HttpRequest, route: str, key: str) -> Callable[[Mapping[str, Any]], str]:
    """A function from a row to the address of the page `route` of what its column `key` names."""
    to = linker(request, route)
    return lambda row: to(row[key])


def address(request: HttpRequest, route: str, *args: int | str, **params: str | Sequence[str]) -> str:
    """The address of `route` with `params`, on the day of the page; `f_kind` names the parameter `f.kind`."""
    named = {
        key.replace("f_", "f.", 1) if key.startswith("f_") else key: value for key, value in params.items()
    }
    path = reverse(route, args=args)
    return keep_day(f"{path}?{urlencode(named, doseq=True)}" if named else path, day_query(request))


def whole_address(request: HttpRequest, path: str) -> str:
    """The whole address of a page, for a code on paper; empty where the installation is known by this machine's own name."""
    if is_this_machine(urlsplit(f"//{request.get_host()}").hostname or ""):
        return ""
    return request.build_absolute_uri(path)


def is_this_machine(host: str) -> bool:
    """Whether a name means the machine that it is said on, whichever that is."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
