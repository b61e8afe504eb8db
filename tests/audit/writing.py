"""How tests write an exported journal anew: from docs/journal-format.md alone, without a line of the product's code."""

import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ZERO = "0" * 64
Line = dict[str, Any]


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def content(entry: Line) -> bytes:
    return compact(entry).encode()


def hashed(entry: Line) -> str:
    return hashlib.new(entry["algorithm"], content(entry)).hexdigest()


class Journal:
    """An exported journal taken apart: header, heads, entries; each entry with the hash that stands beside it."""

    def __init__(self, lines: list[bytes]) -> None:
        read = [json.loads(line) for line in lines]
        self.header = read[0]
        self.heads = [line for line in read if "head" in line]
        self.entries = [line for line in read if "entry" in line]

    def lines(self) -> list[bytes]:
        heads = [f'{{"head":{compact(h["head"])},"signature":"{h["signature"]}"}}\n' for h in self.heads]
        entries = [f'{{"hash":"{e["hash"]}","entry":{compact(e["entry"])}}}\n' for e in self.entries]
        return [line.encode() for line in (compact(self.header) + "\n", *heads, *entries)]

    def chain(self, name: str) -> list[int]:
        """Where the entries of a chain stand."""
        return [place for place, line in enumerate(self.entries) if line["entry"]["chain"] == name]

    def rehash(self, place: int) -> None:
        self.entries[place]["hash"] = hashed(self.entries[place]["entry"])

    def rehash_from(self, place: int) -> None:
        """Make everything from here to the end of the chain agree with itself again."""
        name = self.entries[place]["entry"]["chain"]
        for each in (each for each in self.chain(name) if each >= place):
            first = self.entries[each]["entry"]["sequence"] == 1
            self.entries[each]["entry"]["previous"] = ZERO if first else self.entries[each - 1]["hash"]
            self.rehash(each)

    def sign_all(self, key: Ed25519PrivateKey, key_id: str) -> None:
        """Make every head agree with the entries and sign it."""
        hashes = {(e["entry"]["chain"], e["entry"]["sequence"]): e["hash"] for e in self.entries}
        previous = ZERO
        for line in self.heads:
            head = line["head"]
            head.update(previous=previous, key=key_id, hash=hashes[head["chain"], head["sequence"]])
            line["signature"] = key.sign(content(head)).hex()
            signed = content(head) + line["signature"].encode()
            previous = hashlib.new(head["algorithm"], signed).hexdigest()


def public_of(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
