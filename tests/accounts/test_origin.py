"""From where a request comes is said by the connection, or by a proxy that the installation trusts."""

import pytest
from django.test import RequestFactory

from xiezuo.accounts.api import origin_of

PROXY = "10.0.0.9"


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("10.1.1.1", "", "10.1.1.1"),
        ("10.1.1.1", "10.7.7.7", "10.1.1.1"),
        (PROXY, "10.2.2.2", "10.2.2.2"),
        (PROXY, "10.7.7.7, 10.2.2.2", "10.2.2.2"),
        (PROXY, "10.2.2.2 ", "10.2.2.2"),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, "10.2.2.2, <script>", PROXY),
        (PROXY, "2001:DB8::0:1", "2001:db8::1"),
        ("", "10.7.7.7", ""),
        ("no address", "10.7.7.7", ""),
    ],
)
def test_only_the_last_hop_that_a_trusted_proxy_names_is_believed(
    settings: pytest.FixtureRequest, peer: str, forwarded: str, expected: str
) -> None:
    settings.TRUSTED_PROXIES = (PROXY,)  # type: ignore[attr-defined]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert origin_of(request) == expected


def test_without_a_trusted_proxy_no_header_is_believed(settings: pytest.FixtureRequest) -> None:
    settings.TRUSTED_PROXIES = ()  # type: ignore[attr-defined]
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="10.2.2.2")
    assert origin_of(request) == PROXY
