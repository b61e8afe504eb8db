"""Which hash the journal is chained with: SHA-256, or SM3 (GB/T 32905) where national algorithms are required."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from xiezuo.audit.verifier import digest_of

HASH_OF = {"intl": "sha256", "gm": "sm3"}
"""Value of XIEZUO_CRYPTO → name of the hash."""
SIGNATURE_OF = {"intl": "ed25519", "gm": "sm2"}
"""Value of XIEZUO_CRYPTO → name of the signature."""


def _chosen(names: dict[str, str]) -> str:
    choice = settings.XIEZUO_CRYPTO
    if choice not in names:
        raise ImproperlyConfigured(f"XIEZUO_CRYPTO: found “{choice}”, expected {' or '.join(names)}")
    return names[choice]


def hash_in_use() -> str:
    """The hash of new entries. Raises `ImproperlyConfigured` for an unknown choice."""
    return _chosen(HASH_OF)


def signature_in_use() -> str:
    """The signature of new heads. Raises `ImproperlyConfigured` for an unknown choice."""
    return _chosen(SIGNATURE_OF)


def hash_hex(algorithm: str, content: bytes) -> str:
    """The hash in hexadecimal digits."""
    return digest_of(algorithm)(content).hexdigest()
