"""Checks an exported journal: `python verifier.py EXPORT [--heads FILE] [--code CODE] [--json]`.

This one file needs Python 3.11 and nothing else, so that an auditor can carry it to a machine of their own. It shares no
code with the program that writes the journal; both follow docs/journal-format.md. Exit 0: whole; 1: broken; 2: usage.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain as joined
from pathlib import Path
from typing import Any, NoReturn

FORMAT = "xiezuo-journal-1"
ZERO = "0" * 64
ENTRY_FIELDS = (
    "algorithm", "instance", "chain", "sequence", "previous", "at", "actor", "origin", "unit", "act", "target",
    "result", "before", "after", "details",
)  # fmt: skip
HEAD_FIELDS = (
    "algorithm", "instance", "number", "previous", "chain", "sequence", "hash", "at", "signed_with", "key",
)  # fmt: skip
OBJECTS = ("before", "after", "details")
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_SYMBOLS = ALPHABET + "*~$=U"
KEY_MADE = "journal.key_made"
INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"
HEX = re.compile(r"[0-9a-f]{64}")

# What follows the link of an entry, in its commonest form: no escapes, and `details` of one level or none.
_S = rb'"[^"\\\x00-\x1f]*+"'
_FLAT = rb'\{(?:"[^"\\\x00-\x1f]*+":(?:' + _S + rb"|0|-?[1-9]\d{0,18}|true|false|null)(?:,(?!\})|(?=\})))*+\}"
_COMMON = re.compile(
    rb'"at":"' + INSTANT.encode() + rb'","actor":' + _S + rb',"origin":' + _S + rb',"unit":' + _S
    + rb',"act":"[a-z_.]++","target":' + _S + rb',"result":"(?:done|refused)","before":null,"after":null,"details":('
    + _FLAT + rb")\}\}\n"
)  # fmt: skip
_NAMES = re.compile(rb'[{,]("[^"]*+"):')


@dataclass(frozen=True)
class Break:
    """Where the journal is first broken. In-chain kinds name one entry; others all entries up to `until`."""

    kind: str
    chain: str
    sequence: int
    until: int

    def as_json(self) -> dict[str, Any]:
        """As the command line promises."""
        return {"sequence": self.sequence, "kind": self.kind, "chain": self.chain, "until": self.until}


class Broken(Exception):
    """The first break was found."""


def broken(kind: str, chain: str = "", sequence: int = 0, until: int | None = None) -> NoReturn:
    """Stop at a break."""
    raise Broken(Break(kind, chain, sequence, sequence if until is None else until))


@dataclass(frozen=True)
class Witness:
    """What is known of an entry from elsewhere: its hash begins so, or it names the SHA-256 of a file."""

    chain: str
    sequence: int
    hash: str
    of_file: bool = False


@dataclass
class Result:
    """What was read, and the first break."""

    entries: int = 0
    first_break: Break | None = None
    head: dict[str, Any] | None = None
    chains: dict[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing is broken."""
        return self.first_break is None

    def as_json(self) -> dict[str, Any]:
        """As the command line promises."""
        found = self.first_break and self.first_break.as_json()
        return {"entries": self.entries, "ok": self.ok, "first_break": found, "head": self.head}


def verify(
    lines: Iterable[bytes], *, heads: Iterable[bytes] = (), codes: Iterable[str] = (),
    witnesses: Iterable[Witness] = (), signed_to_the_end: bool = True,
) -> Result:  # fmt: skip
    """Check an exported journal against itself, and against heads and paper codes that were kept elsewhere.

    `signed_to_the_end`: entries after the last head are a break, as in every export. Never raises for bad content.
    """
    reading = _Reading(Result(), iter(lines), signed_to_the_end)
    try:
        reading.read_header()
        reading.heed([*map(paper_witness, codes), *witnesses], heads)
        reading.read_entries()
    except Broken as stop:
        reading.result.first_break = stop.args[0]
        reading.result.entries += sum(1 for line in reading.lines if line.startswith(b'{"hash":'))
    return reading.result


class _Reading:
    def __init__(self, result: Result, lines: Iterator[bytes], signed_to_the_end: bool) -> None:  # noqa: FBT001
        self.result, self.lines, self.signed_to_the_end = result, lines, signed_to_the_end
        self.marks: dict[str, dict[int, set[Witness]]] = {}
        self.last: dict[str, Any] | None = None
        self.signed: dict[str, int] = {}
        self.announced: dict[str, Any] = {}
        self.head_hashes: dict[int, str] = {}
        self.kept_head: dict[str, Any] | None = None

    def read_header(self) -> None:
        header = parsed(next(self.lines, b""))
        if not isinstance(header, dict) or header.get("format") != FORMAT:
            broken("header")
        instance, keys = header.get("instance"), header.get("keys")
        if not isinstance(instance, str) or not isinstance(keys, list):
            broken("header")
        self.instance = instance
        try:
            self.keys = {key["key"]: (key["algorithm"], key["public"]) for key in keys}
        except (TypeError, KeyError):
            broken("header")
        self._read_heads()

    def _read_heads(self) -> None:
        lasts = {}
        before = ZERO
        for line in self.lines:
            if not line.startswith(b'{"head":'):
                self.lines = joined([line], self.lines)
                break
            head = _head_of(line)
            before = self._follow(head, before, len(self.head_hashes) + 1)
            self.last = lasts[head["key"]] = head
        for each in lasts.values():
            self._check_signature(each)
        if self.last is not None:
            self.result.head = {
                name: self.last[name] for name in ("chain", "sequence", "hash", "at", "number")
            }

    def _follow(self, head: dict[str, Any], before: str, number: int) -> str:
        place = (head["chain"], head["sequence"])
        if head["instance"] != self.instance:
            broken("instance", *place)
        if head["number"] != number or head["previous"] != before:
            # If the link fails because the head before was signed by somebody else, that one is named.
            self._check_signature(self.last or head)
            broken("head", *place)
        self._mark(Witness(*place, head["hash"]))
        self.signed[head["chain"]] = max(head["sequence"], self.signed.get(head["chain"], 0))
        self.head_hashes[number] = _digest(head["algorithm"], head["bytes"] + head["signature"].encode())
        return self.head_hashes[number]

    def _check_signature(self, head: dict[str, Any]) -> None:
        algorithm, public = self.keys.get(head["key"], (None, None))
        if algorithm != head["signed_with"]:
            broken("key", head["chain"], head["sequence"])
        checked = signature_holds(algorithm, public, head["bytes"], head["signature"])
        if not checked:
            broken("not checked" if checked is None else "signature", head["chain"], head["sequence"])

    def _mark(self, witness: Witness) -> None:
        self.marks.setdefault(witness.chain, {}).setdefault(witness.sequence, set()).add(witness)

    def heed(self, witnesses: Iterable[Witness], heads: Iterable[bytes]) -> None:
        for witness in witnesses:
            self._mark(witness)
        last = None
        for head in map(_head_of, heads):
            if head["instance"] != self.instance:
                broken("instance", head["chain"], head["sequence"])
            self._mark(Witness(head["chain"], head["sequence"], head["hash"]))
            last = head if last is None or head["number"] > last["number"] else last
        if last is not None:
            self._last_kept_head_is_here(last)

    def _last_kept_head_is_here(self, head: dict[str, Any]) -> None:
        here = self.head_hashes.get(head["number"])
        kept = _digest(head["algorithm"], head["bytes"] + head["signature"].encode())
        self.kept_head = None if here == kept else head

    def read_entries(self) -> None:
        chain: _Chain | None = None
        line = next(self.lines, None)
        while line is not None:
            name = _chain_named(line, chain)
            if chain is not None and name.encode() <= chain.name.encode():
                broken("order", name, _number_of(line))
            chain = _Chain(name, self.instance, self.marks.pop(name, {}))
            line = chain.read(line, self.lines, self)
            self.result.chains[name] = chain.sequence
            self._end(chain)
        self._after_all()

    def _end(self, chain: "_Chain") -> None:
        chain.cut()
        signed = self.signed.get(chain.name, 0)
        if self.signed_to_the_end and chain.sequence > signed:
            broken("unsigned", chain.name, signed + 1, chain.sequence)

    def _after_all(self) -> None:
        for name, marks in self.marks.items():
            broken("cut", name, 1, max(marks))
        for key, (algorithm, public) in self.keys.items():
            if self.announced.get(key) != [algorithm, public]:
                broken("key")
        if self.kept_head is not None:
            broken("head", self.kept_head["chain"], self.kept_head["sequence"])

    def announce(self, entry: dict[str, Any]) -> None:
        details = entry["details"]
        self.announced[entry["target"]] = [details.get("algorithm"), details.get("public")]


class _Chain:
    """Reading one chain: the commonest lines are compared as bytes, whatever differs is taken apart."""

    def __init__(self, name: str, instance: str, marks: dict[int, set[Witness]]) -> None:
        self.name, self.instance, self.marks = name, instance, marks
        self.sequence, self.previous, self.algorithm, self.last_good = 0, ZERO, "sha256", 0
        self.waiting = sorted(marks, reverse=True)

    def read(self, line: bytes | None, lines: Iterator[bytes], all_: _Reading) -> bytes | None:
        """Read until another chain begins; gives its first line."""
        before, sequence, named, told = self.previous, self.sequence, bool(self.name), KEY_MADE.encode()
        start, digest = self._start()
        mark = self._next_mark(0)
        while line is not None:
            sequence += 1
            found = digest(line[83:-2]).hexdigest()
            head = f'{{"hash":"{found}"{start}{sequence},"previous":"{before}",'.encode()
            if not (line.startswith(head) and _is_common(line, len(head)) and (named or told not in line)):
                entry = self._taken_apart(line, sequence, before, lines)
                if entry is None:
                    break
                found = entry["hash"]
                if entry["act"] == KEY_MADE and not named:
                    all_.announce(entry)
                start, digest = self._start()
            self.sequence, before = sequence, found
            all_.result.entries += 1
            if sequence == mark:
                self._compare(mark, found, line)
                mark = self._next_mark(mark)
            line = next(lines, None)
        return line

    def _start(self) -> tuple[str, Callable[[bytes], Any]]:
        words = (self.algorithm, self.instance, quoted(self.name))
        start = ',"entry":{{"algorithm":"{}","instance":"{}","chain":{},"sequence":'.format(*words)
        return start, digest_of(self.algorithm)

    def _next_mark(self, after: int) -> int:
        while self.waiting and self.waiting[-1] <= after:
            self.waiting.pop()
        return self.waiting[-1] if self.waiting else -1

    def _compare(self, sequence: int, found: str, line: bytes) -> None:
        hashes = [kept.hash for kept in self.marks[sequence] if not kept.of_file]
        if not all(map(found.startswith, hashes)):
            broken("rewritten", self.name, self.last_good + 1, sequence)
        self.last_good = sequence if hashes else self.last_good
        if not all(b'"%b"' % kept.hash.encode() in line for kept in self.marks[sequence] if kept.of_file):
            broken("attachment", self.name, sequence)

    def cut(self) -> None:
        """Break if a head or a paper code names entries that are no longer there."""
        beyond = [sequence for sequence in self.marks if sequence > self.sequence or sequence < 1]
        if beyond:
            broken("cut", self.name, self.sequence + 1, max(beyond))

    def _taken_apart(
        self, line: bytes, sequence: int, before: str, lines: Iterator[bytes]
    ) -> dict[str, Any] | None:
        entry = _entry_of(line, self.name, sequence)
        if entry["chain"] != self.name:
            return None
        own = _digest(entry["algorithm"], entry["bytes"]) == entry["hash"]
        if (entry["sequence"], entry["previous"], entry["instance"]) == (
            sequence,
            before,
            self.instance,
        ) and own:
            self.algorithm = entry["algorithm"]
            return entry
        return self._diagnosed(entry, sequence, before, lines, own=own)

    def _diagnosed(
        self, entry: dict[str, Any], expected: int, before: str, lines: Iterator[bytes], *, own: bool
    ) -> NoReturn:
        number = entry["sequence"]
        if entry["instance"] != self.instance:
            broken("instance", self.name, expected)
        if not HEX.fullmatch(entry["previous"]):
            broken("link", self.name, expected)
        if number != expected and (entry["previous"] == before or self._was(expected, entry)):
            broken("renumbered", self.name, expected)
        if not own:
            broken("edited", self.name, expected)
        if number < expected:
            broken(
                "repeated" if entry["hash"] == before or number < expected - 1 else "forked",
                self.name,
                number,
            )
        if number > expected:
            broken(self._moved_or_missing(expected, lines), self.name, expected)
        broken("link" if expected == 1 else "replaced", self.name, max(expected - 1, 1))

    def _was(self, sequence: int, entry: dict[str, Any]) -> bool:
        content = canonical({**entry, "sequence": sequence}, ENTRY_FIELDS)
        return _digest(entry["algorithm"], content) == entry["hash"]

    def _moved_or_missing(self, sequence: int, lines: Iterator[bytes]) -> str:
        wanted = f'"chain":{quoted(self.name)},"sequence":{sequence},'.encode()
        return "moved" if any(wanted in line for line in lines) else "missing"


# --- reading lines -------------------------------------------------------------------------------------------------


def parsed(line: bytes) -> Any:
    """The JSON of a line, or None for anything else."""
    try:
        return json.loads(line.decode())
    except (ValueError, RecursionError):
        return None


def quoted(text: str) -> str:
    """A text as JSON writes it, everything but quotes, backslashes and control characters as it is."""
    return json.dumps(text, ensure_ascii=False)


def canonical(found: dict[str, Any], names: tuple[str, ...]) -> bytes:
    """The one form of these fields in this order; objects inside have their names in the order of their characters."""
    shown = (
        json.dumps(found[name], ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        for name in names
    )
    return (
        "{" + ",".join(f'"{name}":{text}' for name, text in zip(names, shown, strict=True)) + "}"
    ).encode()


def _is_common(line: bytes, place: int) -> bool:
    """Whether what follows the link has the commonest form, is text, and names nothing in `details` twice."""
    found = _COMMON.fullmatch(line, place)
    if found is None:
        return False
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    details = found[1]
    # Texts of this form hold no quotes, so that these two characters stand after names alone.
    return details.count(b'":') < 2 or _names_in_order(tuple(_NAMES.findall(details)))


@lru_cache(4096)
def _names_in_order(names: tuple[bytes, ...]) -> bool:
    return list(names) == sorted(set(names))


def _chain_named(line: bytes, chain: _Chain | None) -> str:
    name = chain.name if chain else ""
    return str(_entry_of(line, name, chain.sequence + 1 if chain else 1)["chain"])


def _number_of(line: bytes) -> int:
    return int(_entry_of(line, "", 0)["sequence"])


def _entry_of(line: bytes, chain: str, sequence: int) -> dict[str, Any]:
    outer = parsed(line)
    entry = outer.get("entry") if isinstance(outer, dict) else None
    if (
        not isinstance(entry, dict)
        or not _well_formed(entry, ENTRY_FIELDS)
        or not _is_hash(outer.get("hash"))
    ):
        broken("form", chain, sequence)
    if not all(isinstance(entry[name], dict | None) for name in OBJECTS) or entry["result"] not in (
        "done",
        "refused",
    ):
        broken("form", chain, sequence)
    return {**entry, "bytes": _as_written(line, outer, entry, chain, sequence), "hash": outer["hash"]}


def _as_written(
    line: bytes, outer: dict[str, Any], entry: dict[str, Any], chain: str, sequence: int
) -> bytes:
    try:
        content = canonical(entry, ENTRY_FIELDS)
    except (ValueError, RecursionError, TypeError):
        broken("form", chain, sequence)
    if line != b'{"hash":"%b","entry":%b}\n' % (outer["hash"].encode(), content) or _has_fractions(entry):
        broken("form", chain, sequence)
    return content


def _has_fractions(value: Any) -> bool:
    if isinstance(value, dict | list):
        return any(map(_has_fractions, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float)


def _head_of(line: bytes) -> dict[str, Any]:
    outer = parsed(line)
    head = outer.get("head") if isinstance(outer, dict) else None
    if not isinstance(head, dict) or not _well_formed(head, HEAD_FIELDS) or not _is_hash(head["hash"]):
        broken("head")
    signature = outer.get("signature")
    if not isinstance(signature, str) or not re.fullmatch(r"[0-9a-f]{2,400}", signature):
        broken("signature", head["chain"], head["sequence"])
    content = canonical(head, HEAD_FIELDS)
    if line.rstrip(b"\n") != b'{"head":%b,"signature":"%b"}' % (content, signature.encode()):
        broken("head", head["chain"], head["sequence"])
    return {**head, "bytes": content, "signature": signature}


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and HEX.fullmatch(value) is not None


def _well_formed(found: dict[str, Any], names: tuple[str, ...]) -> bool:
    if tuple(found) != names or found["algorithm"] not in ("sha256", "sm3"):
        return False
    for name in names:
        wanted: Any = int if name in ("sequence", "number") else str
        if name not in OBJECTS and type(found[name]) is not wanted:
            return False
    return re.fullmatch(INSTANT, found["at"]) is not None


# --- paper codes ---------------------------------------------------------------------------------------------------


def paper_code(chain: str, sequence: int, digest: str) -> str:
    """What to write down of a head: chain, number, 80 bits of the hash in Crockford's base 32, a check symbol."""
    value = int(digest[:20], 16)
    letters = "".join(ALPHABET[value >> shift & 31] for shift in range(75, -1, -5))
    groups = "-".join(letters[place : place + 4] for place in range(0, 16, 4))
    return f"{chain or '*'}:{sequence}:{groups}-{_check_symbol(chain, sequence, value)}"


def _check_symbol(chain: str, sequence: int, value: int) -> str:
    return CHECK_SYMBOLS[(int.from_bytes(f"{chain}:{sequence}".encode()) + value) % 37]


def paper_witness(code: str) -> Witness:
    """What a paper code says. Raises `ValueError` for one that was misread; small letters, I, L and O are forgiven."""
    chain, _colon, rest = code.strip().rpartition(":")
    chain, _colon, number = chain.rpartition(":")
    letters = re.sub(r"[-\s]", "", rest.upper())
    bits, check = letters[:-1].translate(str.maketrans("ILO", "110")), letters[-1:]
    name = "" if chain == "*" else chain
    if not (number.isascii() and number.isdigit()) or len(bits) != 16 or set(bits) - set(ALPHABET):
        raise ValueError(f"found {code!r}, expected CHAIN:NUMBER:XXXX-XXXX-XXXX-XXXX-C")
    value = sum(ALPHABET.index(letter) << 5 * place for place, letter in enumerate(reversed(bits)))
    if check != _check_symbol(name, int(number), value):
        raise ValueError(f"{code!r}: the check symbol does not fit; one character was misread")
    return Witness(name, int(number), f"{value:020x}")


# --- hashes and signatures -----------------------------------------------------------------------------------------


def digest_of(algorithm: str) -> Callable[[bytes], Any]:
    """The function of `sha256` or `sm3`; its result has `hexdigest()`."""
    if algorithm == "sha256":
        return hashlib.sha256
    return _sm3_of_openssl if "sm3" in hashlib.algorithms_available else Sm3


def _sm3_of_openssl(content: bytes) -> Any:
    return hashlib.new("sm3", content)


def _digest(algorithm: str, content: bytes) -> str:
    return str(digest_of(algorithm)(content).hexdigest())


class Sm3:
    """SM3 (GB/T 32905-2016), for a Python whose OpenSSL lacks it."""

    _START = (
        0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
    )  # fmt: skip

    def __init__(self, content: bytes) -> None:
        padded = content + b"\x80" + bytes(-(len(content) + 9) % 64) + (8 * len(content)).to_bytes(8)
        self._state: tuple[int, ...] = self._START
        for place in range(0, len(padded), 64):
            self._state = self._compressed(self._expanded(padded[place : place + 64]))

    def hexdigest(self) -> str:
        """The hash in hexadecimal digits."""
        return "".join(f"{word:08x}" for word in self._state)

    @staticmethod
    def _expanded(block: bytes) -> list[int]:
        words = [int.from_bytes(block[place : place + 4]) for place in range(0, 64, 4)]
        for j in range(16, 68):
            mixed = words[j - 16] ^ words[j - 9] ^ _turned(words[j - 3], 15)
            mixed ^= _turned(mixed, 15) ^ _turned(mixed, 23)
            words.append(mixed ^ _turned(words[j - 13], 7) ^ words[j - 6])
        return words

    def _compressed(self, words: list[int]) -> tuple[int, ...]:
        a, b, c, d, e, f, g, h = self._state
        for j in range(64):
            constant = _turned(0x79CC4519 if j < 16 else 0x7A879D8A, j % 32)
            first = _turned((_turned(a, 12) + e + constant) & 0xFFFFFFFF, 7)
            second = first ^ _turned(a, 12)
            ff = a ^ b ^ c if j < 16 else a & b | a & c | b & c
            gg = e ^ f ^ g if j < 16 else e & f | ~e & g
            top = (ff + d + second + (words[j] ^ words[j + 4])) & 0xFFFFFFFF
            low = (gg + h + first + words[j]) & 0xFFFFFFFF
            a, b, c, d = top, a, _turned(b, 9), c
            e, f, g, h = low ^ _turned(low, 9) ^ _turned(low, 17), e, _turned(f, 19), g
        return tuple(old ^ new for old, new in zip(self._state, (a, b, c, d, e, f, g, h), strict=True))


def _turned(word: int, by: int) -> int:
    return (word << by | word >> (32 - by)) & 0xFFFFFFFF


def signature_holds(algorithm: str, public: Any, content: bytes, signature: str) -> bool | None:
    """Whether the signature is that of the key over the content; None where it cannot be checked on this machine."""
    try:
        raw = bytes.fromhex(signature)
        if algorithm == "ed25519":
            return ed25519_holds(bytes.fromhex(public), content, raw)
        return _sm2_holds(bytes.fromhex(public), content, raw) if algorithm == "sm2" else False
    except (ValueError, TypeError):
        return False


_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
Point = tuple[int, int, int, int]


def ed25519_holds(public: bytes, content: bytes, signature: bytes) -> bool:
    """Ed25519 (RFC 8032, 5.1.7), without the factor 8. Raises `ValueError` for bytes that are no point."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, other, scalar = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if scalar >= _ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + content).digest(), "little") % _ORDER
    left, right = _times(scalar, _BASE), _plus(other, _times(challenge, key))
    return (
        (left[0] * right[2] - right[0] * left[2]) % _P == (left[1] * right[2] - right[1] * left[2]) % _P == 0
    )


def _point(content: bytes) -> Point:
    number = int.from_bytes(content, "little")
    y, odd = number & ((1 << 255) - 1), number >> 255
    if y >= _P:
        raise ValueError("no point")
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and odd):
        raise ValueError("no point")
    x = _P - x if x & 1 != odd else x
    return x, y, 1, x * y % _P


def _plus(one: Point, two: Point) -> Point:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % _P, (one[1] + one[0]) * (two[1] + two[0]) % _P
    c, d = 2 * one[3] * two[3] * _D % _P, 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _plus(found, point)
        point, scalar = _plus(point, point), scalar >> 1
    return found


_BASE = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))


def _sm2_holds(public: bytes, content: bytes, signature: bytes) -> bool | None:
    """SM2 with SM3 (GB/T 32918.2) by the `openssl` command; None where there is none that knows it."""
    program = shutil.which("openssl")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, what in (("key", public), ("signature", signature), ("content", content)):
            Path(folder, name).write_bytes(what)
        command = [program, "dgst", "-sm3", "-sigopt", "distid:1234567812345678", "-verify", "key", "-keyform", "DER",
                   "-signature", "signature", "content"]  # fmt: skip
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if "Verif" not in done.stdout + done.stderr:
        return None
    return done.returncode == 0


# --- the command ---------------------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Check the file that the arguments name; gives the exit code."""
    parser = argparse.ArgumentParser(description="Checks an exported journal of Xiezuo.")
    parser.add_argument("export", type=Path)
    parser.add_argument("--heads", type=Path, help="heads that were kept elsewhere, one a line")
    parser.add_argument("--code", action="append", default=[], help="a paper code")
    parser.add_argument("--attachment", action="append", default=[], metavar="CHAIN:NUMBER=FILE")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    options = parser.parse_args(arguments)
    try:
        result = verify_file(options.export, options.heads, options.code, options.attachment)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(
        (json.dumps(result.as_json(), ensure_ascii=False) if options.json else in_words(result)) + "\n"
    )
    return 0 if result.ok else 1


def verify_file(
    export: Path, heads: Path | None = None, codes: Iterable[str] = (), files: Iterable[str] = ()
) -> Result:
    """Check a file. Raises `OSError` if one cannot be read, `ValueError` for a code or a name that was misread."""
    witnesses = [*map(paper_witness, codes), *map(file_witness, files)]
    kept = heads.read_bytes().splitlines() if heads else []
    with export.open("rb", buffering=1 << 20) as lines:
        return verify(lines, heads=kept, witnesses=witnesses)


def file_witness(told: str) -> Witness:
    """The file that an entry speaks of, told as CHAIN:NUMBER=FILE. Raises `ValueError`, or `OSError` for the file."""
    place, _equals, name = told.partition("=")
    chain, _colon, number = place.rpartition(":")
    if not (number.isascii() and number.isdigit() and name):
        raise ValueError(f"found {told!r}, expected CHAIN:NUMBER=FILE")
    with Path(name).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Witness("" if chain == "*" else chain, int(number), digest, of_file=True)


def in_words(result: Result) -> str:
    """One line for a person."""
    found = result.first_break
    if found is None:
        return f"whole: {result.entries} entries in {len(result.chains)} chains"
    where = f"{found.sequence}" if found.until == found.sequence else f"{found.sequence} to {found.until}"
    return (
        f"BROKEN ({found.kind}): chain {found.chain or '*'!r}, entry {where}; {result.entries} entries read"
    )


if __name__ == "__main__":
    sys.exit(main())
