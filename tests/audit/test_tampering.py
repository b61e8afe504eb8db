"""Each of the ways in which a journal may be tampered with is found, at fifty places each, and found where it was done.

Kinds of which the export shows nothing (rights, ledgers, code) stand in test_live.py.
"""

import copy
import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.audit.writing import Journal, public_of
from xiezuo.audit import verifier
from xiezuo.audit.verifier import Break, Result, file_witness, paper_code, verify

PLACES = 50
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
Tamper = Callable[[Journal, random.Random], tuple[str, int, int]]
"""Tampers, and says in which chain the break is to be found, from which number to which."""


def a_place(journal: Journal, draw: random.Random, *, before_end: int = 1) -> tuple[int, str, int]:
    """A random entry that has another before and after it: its place, chain and number."""
    name = draw.choice(["", "县甲", "县乙"])
    places = journal.chain(name)
    place = draw.choice(places[1:-before_end])
    return place, name, journal.entries[place]["entry"]["sequence"]


def signed_of(journal: Journal, name: str) -> list[int]:
    return [line["head"]["sequence"] for line in journal.heads if line["head"]["chain"] == name]


def interval(journal: Journal, name: str, number: int) -> tuple[str, int, int]:
    """The entries between the last head before a number and the first head from it on."""
    signed = signed_of(journal, name)
    return (
        name,
        max([0, *(each for each in signed if each < number)]) + 1,
        min(e for e in signed if e >= number),
    )


def exact(name: str, number: int) -> tuple[str, int, int]:
    return name, number, number


def edit_a_field(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw)
    field = draw.choice(["actor", "target", "origin", "unit", "act"])
    journal.entries[place]["entry"][field] += "x"
    return exact(name, number)


def edit_with_its_own_hash(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw)
    journal.entries[place]["entry"]["actor"] = "虚构乙"
    journal.rehash(place)
    return interval(journal, name, number) if number in signed_of(journal, name) else exact(name, number)


def edit_and_hash_the_rest(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw)
    journal.entries[place]["entry"]["actor"] = "虚构乙"
    journal.rehash_from(place)
    return interval(journal, name, number)


def delete_in_the_middle(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw)
    del journal.entries[place]
    return exact(name, number)


def delete_the_first(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    name = draw.choice(["", "县甲", "县乙"])
    several = draw.randrange(1, 20)
    del journal.entries[journal.chain(name)[0] : journal.chain(name)[0] + several]
    return exact(name, 1)


def cut_the_tail(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    name = draw.choice(["", "县甲", "县乙"])
    places = journal.chain(name)
    left = draw.randrange(1, len(places))
    del journal.entries[places[left] : places[-1] + 1]
    return name, left + 1, len(places)


def insert(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw)
    forged = copy.deepcopy(journal.entries[place])
    forged["entry"]["actor"] = "虚构乙"
    journal.entries.insert(place, forged)
    journal.rehash(place)
    return interval(journal, name, number) if number in signed_of(journal, name) else exact(name, number)


def swap(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw, before_end=8)
    other = place + draw.randrange(1, 7)
    journal.entries[place], journal.entries[other] = journal.entries[other], journal.entries[place]
    return exact(name, number)


def duplicate(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw, before_end=8)
    journal.entries.insert(place + draw.randrange(1, 7), copy.deepcopy(journal.entries[place]))
    return exact(name, number)


def renumber(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw)
    journal.entries[place]["entry"]["sequence"] += draw.choice([-1, 1, 7])
    if draw.random() < 0.5:
        journal.rehash(place)
    return exact(name, number)


def edit_the_time(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw)
    at = journal.entries[place]["entry"]["at"]
    journal.entries[place]["entry"]["at"] = at[:-2] + ("1" if at[-2] == "0" else "0") + "Z"
    return exact(name, number)


def fork(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw)
    other = copy.deepcopy(journal.entries[place])
    other["entry"]["actor"] = "second writer"
    journal.entries.insert(place + 1, other)
    journal.rehash(place + 1)
    return exact(name, number)


def cut_the_link(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw)
    journal.entries[place]["entry"]["previous"] = draw.choice([None, "", "0" * 63])
    if draw.random() < 0.5:
        journal.rehash(place)
    return exact(name, number)


def change_the_instance_of_an_entry(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place, name, number = a_place(journal, draw)
    journal.entries[place]["entry"]["instance"] = "00000000-0000-4000-8000-000000000000"
    if draw.random() < 0.5:
        journal.rehash(place)
    return exact(name, number)


def sign_with_another_key(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    line = draw.choice(journal.heads)
    line["signature"] = KEY.sign(verifier.canonical(line["head"], verifier.HEAD_FIELDS)).hex()
    return exact(line["head"]["chain"], line["head"]["sequence"])


def delete_a_head(journal: Journal, draw: random.Random) -> tuple[str, int, int]:
    place = draw.randrange(len(journal.heads) - 1)
    following = journal.heads[place + 1]["head"]
    del journal.heads[place]
    return exact(following["chain"], following["sequence"])


TAMPERS: dict[Tamper, set[str]] = {
    edit_a_field: {"edited", "form"},
    edit_with_its_own_hash: {"replaced", "rewritten"},
    edit_and_hash_the_rest: {"rewritten"},
    delete_in_the_middle: {"missing"},
    delete_the_first: {"missing"},
    cut_the_tail: {"cut"},
    insert: {"forked", "rewritten"},
    swap: {"moved"},
    duplicate: {"repeated"},
    renumber: {"renumbered"},
    edit_the_time: {"edited"},
    fork: {"forked"},
    cut_the_link: {"link", "form"},
    change_the_instance_of_an_entry: {"instance"},
    sign_with_another_key: {"signature"},
    delete_a_head: {"head"},
}
BY_NAME = pytest.mark.parametrize("tamper", TAMPERS, ids=lambda tamper: tamper.__name__)


def break_of(result: Result) -> Break:
    assert result.first_break is not None
    return result.first_break


def test_what_was_not_tampered_with_is_whole(exported: list[bytes]) -> None:
    result = verify(exported)
    assert (result.ok, result.entries) == (True, len(Journal(exported).entries))
    assert Journal(exported).lines() == exported


@BY_NAME
def test_tampering_is_found_where_it_was_done(exported: list[bytes], tamper: Tamper) -> None:
    for seed in range(PLACES):
        journal = Journal(exported)
        where = tamper(journal, random.Random(seed))
        found = break_of(verify(journal.lines()))
        assert (found.chain, found.sequence, found.until) == where, (seed, found)
        assert found.kind in TAMPERS[tamper], (seed, found)


def rewritten(exported: list[bytes], place: int) -> Journal:
    """Somebody who holds everything but what was kept elsewhere writes the journal anew, and signs it with a new key."""
    journal = Journal(exported)
    journal.entries[place]["entry"]["actor"] = "虚构乙"
    for line in journal.entries:
        if line["entry"]["act"] == "journal.key_made":
            line["entry"].update(target="new", details={"algorithm": "ed25519", "public": public_of(KEY)})
    for name in ("", "县甲", "县乙"):
        journal.rehash_from(journal.chain(name)[0])
    journal.header["keys"] = [{"key": "new", "algorithm": "ed25519", "public": public_of(KEY)}]
    journal.sign_all(KEY, "new")
    return journal


def heads_of(lines: list[bytes]) -> list[bytes]:
    return [line for line in lines if line.startswith(b'{"head":')]


def test_a_journal_rewritten_from_its_beginning_is_found_by_heads_kept_elsewhere(
    exported: list[bytes],
) -> None:
    draw = random.Random(12)
    for _time in range(PLACES):
        place = draw.randrange(len(Journal(exported).entries))
        forged = rewritten(exported, place).lines()
        assert verify(forged).ok, "nothing inside such a file can show it"
        found = break_of(verify(forged, heads=heads_of(exported)))
        assert (found.kind, found.chain) == ("rewritten", "")
        assert found.sequence == 1


def test_a_journal_rewritten_from_its_beginning_is_found_by_one_paper_code(exported: list[bytes]) -> None:
    journal = Journal(exported)
    for place in random.Random(13).sample(range(len(journal.entries)), PLACES):
        entry = journal.entries[place]
        code = paper_code(entry["entry"]["chain"], entry["entry"]["sequence"], entry["hash"])
        assert verify(exported, codes=[code]).ok
        found = break_of(verify(rewritten(exported, place).lines(), codes=[code]))
        where = (entry["entry"]["chain"], entry["entry"]["sequence"])
        assert (found.kind, found.chain, found.until) == ("rewritten", *where)


def test_a_database_rolled_back_is_found_by_heads_kept_elsewhere(
    exported: list[bytes], exported_earlier: list[list[bytes]]
) -> None:
    for turn, earlier in enumerate(exported_earlier):
        journal = Journal(earlier)
        for later in heads_of(exported)[len(journal.heads) :][:: max(1, turn)][:6]:
            assert verify(earlier).ok
            head = Journal([exported[0], later]).heads[0]["head"]
            found = break_of(verify(earlier, heads=[later]))
            end = len(journal.chain(head["chain"]))
            assert (found.kind, found.chain, found.sequence, found.until) == (
                "cut", head["chain"], end + 1, head["sequence"],
            )  # fmt: skip


def test_the_last_heads_taken_away_leave_entries_unsigned(exported: list[bytes]) -> None:
    for left in range(len(Journal(exported).heads)):
        journal = Journal(exported)
        del journal.heads[left:]
        signed = {name: max([0, *signed_of(journal, name)]) for name in ("", "县乙", "县甲")}
        ends = {name: len(journal.chain(name)) for name in signed}
        first = next(name for name in sorted(signed) if ends[name] > signed[name])
        found = break_of(verify(journal.lines()))
        assert (found.kind, found.chain, found.sequence, found.until) == (
            "unsigned", first, signed[first] + 1, ends[first],
        )  # fmt: skip
        assert not verify(journal.lines(), heads=heads_of(exported), signed_to_the_end=False).ok


def test_another_instance_in_the_header_is_found(exported: list[bytes]) -> None:
    for seed in range(PLACES):
        journal = Journal(exported)
        journal.header["instance"] = f"00000000-0000-4000-8000-{seed:012}"
        assert break_of(verify(journal.lines())).kind == "instance"
        assert (
            break_of(verify([*journal.lines()[:1], *exported[1:]])).sequence
            == journal.heads[0]["head"]["sequence"]
        )


def test_a_key_that_the_journal_never_announced_is_found(exported: list[bytes]) -> None:
    journal = Journal(exported)
    journal.header["keys"] = [{"key": "new", "algorithm": "ed25519", "public": public_of(KEY)}]
    journal.sign_all(KEY, "new")
    assert break_of(verify(journal.lines())).kind == "key"


def test_a_byte_of_a_file_is_found_at_the_entry_that_names_it(exported: list[bytes], tmp_path: Path) -> None:
    journal = Journal(exported)
    file = tmp_path / "report.docx"
    content = bytearray(random.Random(3).randbytes(4_000))
    file.write_bytes(content)
    # The chain's last entry names the file, and everything is signed anew as the product would have done.
    place = journal.chain("县甲")[-1]
    journal.entries[place]["entry"]["details"] = {
        "files": {"report.docx": hashlib.sha256(content).hexdigest()}
    }
    journal.entries[place]["entry"].update(before=None, after=None)
    journal.rehash_from(place)
    journal.header["keys"] = [{"key": "new", "algorithm": "ed25519", "public": public_of(KEY)}]
    forge_announcement(journal)
    told = f"县甲:{journal.entries[place]['entry']['sequence']}={file}"
    assert verify(journal.lines(), witnesses=[file_witness(told)]).ok
    for byte in random.Random(4).sample(range(len(content)), PLACES):
        changed = bytearray(content)
        changed[byte] ^= 1
        file.write_bytes(changed)
        found = break_of(verify(journal.lines(), witnesses=[file_witness(told)]))
        assert (found.kind, found.sequence) == ("attachment", journal.entries[place]["entry"]["sequence"])


def forge_announcement(journal: Journal) -> None:
    for place in journal.chain(""):
        if journal.entries[place]["entry"]["act"] == "journal.key_made":
            told = {"target": "new", "details": {"algorithm": "ed25519", "public": public_of(KEY)}}
            journal.entries[place]["entry"].update(told)
    journal.rehash_from(journal.chain("")[0])
    journal.sign_all(KEY, "new")


CHECKS_AND_WHAT_THEY_FIND = [
    ("_compare", edit_and_hash_the_rest),
    ("cut", cut_the_tail),
]


@pytest.mark.parametrize(("check", "tamper"), CHECKS_AND_WHAT_THEY_FIND)
def test_a_verifier_without_a_check_misses_what_that_check_finds(
    exported: list[bytes], monkeypatch: pytest.MonkeyPatch, check: str, tamper: Tamper
) -> None:
    journal = Journal(exported)
    tamper(journal, random.Random(1))
    assert not verify(journal.lines()).ok
    monkeypatch.setattr(verifier._Chain, check, lambda *_: None)
    assert verify(journal.lines()).ok


def test_a_verifier_that_believes_every_signature_misses_another_key(
    exported: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(exported)
    journal.sign_all(KEY, journal.heads[0]["head"]["key"])
    assert break_of(verify(journal.lines())).kind == "signature"
    monkeypatch.setattr(verifier, "signature_holds", lambda *_: True)
    assert verify(journal.lines()).ok


def test_a_verifier_that_takes_every_hash_as_right_misses_an_edit(
    exported: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(exported)
    edit_a_field(journal, random.Random(1))
    stated = {verifier.canonical(e["entry"], verifier.ENTRY_FIELDS): e["hash"] for e in journal.entries}
    monkeypatch.setattr(verifier, "digest_of", lambda _name: lambda content: Stated(stated.get(content, "")))
    monkeypatch.setattr(verifier, "_digest", lambda _name, content: stated.get(content, ""))
    journal.heads.clear()
    assert verify(journal.lines(), signed_to_the_end=False).ok


class Stated:
    def __init__(self, digest: str) -> None:
        self.digest = digest

    def hexdigest(self) -> str:
        return self.digest
