"""Writes the golden vectors anew: `python -m tests.audit.vectors.write`. Follows docs/journal-format.md alone."""

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.audit.writing import ZERO, Journal, compact, content, hashed, public_of

HERE = Path(__file__).parent
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
INSTANCE = "6f1c2b9e-3d4a-4f5b-8c6d-7e8f9a0b1c2d"
NAMES = (
    "algorithm", "instance", "chain", "sequence", "previous", "at", "actor", "origin", "unit", "act", "target",
    "result", "before", "after", "details",
)  # fmt: skip


def an_entry(algorithm: str, chain: str, sequence: int, previous: str, **more: Any) -> dict[str, Any]:
    given = {
        "algorithm": algorithm, "instance": INSTANCE, "chain": chain, "sequence": sequence, "previous": previous,
        "at": f"2026-03-02T08:00:{sequence:02}.000001Z", "actor": "虚构甲", "origin": "10.0.0.1", "unit": "第一监督检查室",
        "act": "list.exported", "target": f"P{sequence}", "result": "done", "before": None, "after": None, "details": {},
        **more,
    }  # fmt: skip
    return {name: given[name] for name in NAMES}


SPECIAL: list[dict[str, Any]] = [
    {},
    {"actor": 'a "quoted" name', "target": "back\\slash", "unit": "𠮷 astral"},
    {
        "details": {
            "a": [],
            "b": {},
            "c": [1, -2, 0],
            "d": True,
            "e": None,
            "ä": "ä",
            "中": "文",
            "𠮷": 10**30,
        }
    },
    {"before": {"post": "室主任"}, "after": {"post": "副主任"}, "result": "refused"},
    {"actor": "tab\\u0009 written out", "origin": "", "unit": ""},
]


def a_journal(algorithm: str) -> Journal:
    announced = {"algorithm": "ed25519", "public": public_of(KEY)}
    header = {"format": "xiezuo-journal-1", "instance": INSTANCE, "keys": [{"key": "k1", **announced}]}
    journal = Journal([compact(header).encode()])
    key_made = {"act": "journal.key_made", "target": "k1", "details": announced}
    for chain, specials in (("", [key_made, *SPECIAL]), ("县甲", [*SPECIAL, *SPECIAL])):
        previous = ZERO
        for sequence, special in enumerate(specials, 1):
            entry = an_entry(algorithm, chain, sequence, previous, **special)
            previous = hashed(entry)
            journal.entries.append({"hash": previous, "entry": entry})
    for number, (chain, sequence) in enumerate([("县甲", 4), ("", 6), ("县甲", 10)], 1):
        head = {
            "algorithm": algorithm, "instance": INSTANCE, "number": number, "previous": "", "chain": chain,
            "sequence": sequence, "hash": "", "at": "2026-03-02T09:00:00.000000Z", "signed_with": "ed25519", "key": "k1",
        }  # fmt: skip
        journal.heads.append({"head": head, "signature": ""})
    journal.sign_all(KEY, "k1")
    return journal


def tampered() -> dict[str, tuple[Journal, dict[str, Any]]]:
    found = {}
    for name, kind, where in (
        ("edited", "edited", ("县甲", 3, 3)), ("missing", "missing", ("县甲", 5, 5)),
        ("rewritten", "rewritten", ("县甲", 5, 10)), ("cut", "cut", ("县甲", 8, 10)), ("unsigned", "unsigned", ("县甲", 5, 10)),
    ):  # fmt: skip
        journal = a_journal("sha256")
        TAMPER[name](journal)
        found[name] = (
            journal,
            dict(zip(("chain", "sequence", "until"), where, strict=True)) | {"kind": kind},
        )
    return found


def _edit(journal: Journal) -> None:
    journal.entries[8]["entry"]["actor"] = "虚构乙"


def _rewrite(journal: Journal) -> None:
    journal.entries[11]["entry"]["actor"] = "虚构乙"
    journal.rehash_from(11)


TAMPER = {
    "edited": _edit,
    "missing": lambda journal: journal.entries.pop(10),
    "rewritten": _rewrite,
    "cut": lambda journal: journal.entries.__delitem__(slice(13, None)),
    "unsigned": lambda journal: journal.heads.pop(),
}


def main() -> None:
    entries = [
        {
            "fields": copy.deepcopy(entry["entry"]), "canonical": content(entry["entry"]).decode(),
            "sha256": hashlib.sha256(content(entry["entry"])).hexdigest(),
            "sm3": hashlib.new("sm3", content(entry["entry"])).hexdigest(),
        }
        for entry in a_journal("sha256").entries[1:6]
    ]  # fmt: skip
    (HERE / "entries.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n")
    expected: dict[str, Any] = {"whole": None, "whole-sm3": None}
    journals = {"whole": a_journal("sha256"), "whole-sm3": a_journal("sm3")}
    for name, (journal, where) in tampered().items():
        journals[name], expected[name] = journal, where
    for name, journal in journals.items():
        (HERE / f"{name}.jsonl").write_bytes(b"".join(journal.lines()))
    (HERE / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
