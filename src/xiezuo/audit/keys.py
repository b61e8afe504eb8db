"""The key that heads are signed with: kept in the home, readable by its owner alone, made at first need."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.utils.translation import gettext as _

from xiezuo.audit.hashing import signature_in_use
from xiezuo.shared.errors import refuse

SIGNER = "1234567812345678"
"""Whose signature it is, as GB/T 35276 names a signer that is not named."""


@dataclass(frozen=True)
class SigningKey:
    """A key: `sign` gives the signature in hexadecimal digits, `public` is what others need to check it."""

    id: str
    algorithm: str
    public: str
    sign: Callable[[bytes], str]


def signing_key() -> SigningKey:
    """The key in use, made if there is none. Raises `Refused` if the national algorithms are asked for and missing."""
    return _ed25519() if signature_in_use() == "ed25519" else _sm2()


def _ed25519() -> SigningKey:
    path = _kept("journal-ed25519.pem", _new_ed25519)
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        refuse("wrong-key", _("%(file)s holds no Ed25519 key") % {"file": path.name})
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SigningKey(_id(public), "ed25519", public.hex(), lambda content: key.sign(content).hex())


def _new_ed25519() -> bytes:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _sm2() -> SigningKey:
    path = _kept(
        "journal-sm2.pem",
        lambda: _openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2"),
    )
    public = _openssl("pkey", "-in", str(path), "-pubout", "-outform", "DER")
    command = ("dgst", "-sm3", "-sigopt", f"distid:{SIGNER}", "-sign", str(path))
    return SigningKey(
        _id(public), "sm2", public.hex(), lambda content: _openssl(*command, given=content).hex()
    )


def _openssl(*arguments: str, given: bytes = b"") -> bytes:
    program = shutil.which("openssl")
    if program is None:
        refuse("no-openssl", _("SM2 signatures need the command openssl, which was not found"))
    done = subprocess.run([program, *arguments], input=given, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
        refuse("no-sm2", _("openssl cannot sign with SM2: %(why)s") % {"why": why[0][:200]})
    return done.stdout


def _id(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]


def _kept(name: str, make: Callable[[], bytes]) -> Path:
    path = Path(settings.JOURNAL_HOME) / "keys" / name
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, make())
    return path


def _write_once(path: Path, content: bytes) -> None:
    # Two processes may need the first key at once: whoever comes second uses that of the first.
    draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
