"""What the database keeps of codes and secrets: keyed hashes and sealed texts, worthless without the key of the home."""

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from xiezuo.shared.errors import BadInput


@lru_cache(maxsize=8)
def _key(of: str, master: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=of.encode()).derive(master.encode())


def keyed_hash(what: str, *parts: object) -> str:
    """The HMAC-SHA-256 (RFC 2104) of the parts for one purpose, in hexadecimal."""
    content = "\x1f".join(map(str, parts)).encode()
    return hmac.new(_key(what, settings.DOOR_KEY), content, sha256).hexdigest()


def same(first: str, second: str) -> bool:
    """Whether two hashes are one, in a time that does not say where they differ."""
    return hmac.compare_digest(first.encode(), second.encode())


def sealed(secret: bytes) -> str:
    """The secret, encrypted and authenticated (Fernet) with the key of the home."""
    return _fernet().encrypt(secret).decode()


def opened(text: str) -> bytes:
    """What was sealed. Raises `BadInput` where the key of the home is not the one it was sealed with."""
    try:
        return _fernet().decrypt(text.encode())
    except InvalidToken as error:
        raise BadInput(
            _(
                "A second factor cannot be read: the file “door-key” of this installation is not the one it was made with."
            )
        ) from error


def _fernet() -> Fernet:
    return Fernet(urlsafe_b64encode(_key("seal", settings.DOOR_KEY)))
