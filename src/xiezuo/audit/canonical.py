"""The one form in which an entry is hashed. It is described in docs/journal-format.md; changing it is a new version."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from json.encoder import encode_basestring
from typing import Any

NOTHING_BEFORE = "0" * 64
"""What the first entry of a chain names as the hash before it."""

# Control characters of both sets, line and paragraph separators, changes of direction, halves of a pair.
_NOT_KEPT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_LINK = '{"algorithm":"%s","instance":"%s","chain":%s,"sequence":%d,"previous":"%s",'
_ACT = '"at":"%s","actor":%s,"origin":%s,"unit":%s,"act":%s,"target":%s,"result":%s,"before":%s,"after":%s,"details":%s}'
_HEAD = (
    '{"algorithm":"%s","instance":"%s","number":%d,"previous":"%s","chain":%s,"sequence":%d,"hash":"%s","at":"%s",'
    '"signed_with":"%s","key":"%s"}'
)


def plain_text(text: str) -> str:
    """The text on one line: a character that moves a cursor or turns the reading is written out by its number."""
    if text.isascii() and text.isprintable():
        return text
    return _NOT_KEPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def plain(value: Any) -> Any:
    """The value as text, whole number, truth, nothing, list or object; anything else becomes its text."""
    if value is None or value is True or value is False or value.__class__ is int:
        return value
    if isinstance(value, Mapping):
        return {plain_text(str(name)): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [
            plain(each) for each in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)
        ]
    if isinstance(value, int):
        return int(value)
    return plain_text(value.isoformat() if isinstance(value, date) else str(value))


def instant(at: datetime) -> str:
    """An instant in UTC with six digits of the second. Raises `ValueError` for one without a time zone."""
    if at.tzinfo is None:
        raise ValueError("an instant of the journal needs a time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def quoted(text: str) -> str:
    """The text as it stands in an entry."""
    return encode_basestring(text)


def act_text(entry: Mapping[str, Any]) -> str:
    """What follows the link in an entry: everything that does not depend on its place in the chain."""
    text = encode_basestring
    return _ACT % (
        instant(entry["at"]), text(entry["actor"]), text(entry["origin"]), text(entry["unit"]), text(entry["act"]),
        text(entry["target"]), text(entry["result"]),
        _ENCODE(entry["before"]), _ENCODE(entry["after"]), _ENCODE(entry["details"]),
    )  # fmt: skip


def entry_bytes(entry: Mapping[str, Any]) -> bytes:
    """What the hash of an entry is taken of."""
    link = _LINK % (
        entry["algorithm"], entry["instance"], quoted(entry["chain"]), entry["sequence"], entry["previous"],
    )  # fmt: skip
    return (link + act_text(entry)).encode()


def head_bytes(head: Mapping[str, Any]) -> bytes:
    """What the signature of a head is made over."""
    return (
        _HEAD % (
            head["algorithm"], head["instance"], head["number"], head["previous"], encode_basestring(head["chain"]), head["sequence"],
            head["hash"], instant(head["at"]), head["signed_with"], head["key_id"],
        )
    ).encode()  # fmt: skip
