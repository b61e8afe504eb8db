"""The verifier that an auditor carries away: golden vectors, published vectors, and anything else in place of a journal."""

import hashlib
import json
import subprocess
import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.audit.journals import BEGAN, write_acts
from tests.audit.writing import Journal, public_of
from xiezuo.accounts.api import OPERATOR
from xiezuo.audit import canonical, verifier
from xiezuo.audit.api import export_to, paper_codes, verify_live
from xiezuo.audit.verifier import Sm3, ed25519_holds, paper_code, paper_witness, verify
from xiezuo.shared.errors import Refused

VECTORS = Path(__file__).parent / "vectors"
EXPECTED = json.loads((VECTORS / "expected.json").read_text())
WITH_FIXTURES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("name", EXPECTED)
def test_the_verifier_finds_in_each_golden_journal_what_is_there(name: str) -> None:
    result = verify((VECTORS / f"{name}.jsonl").read_bytes().splitlines(keepends=True))
    found = result.first_break
    assert (found and vars(found)) == EXPECTED[name]


@pytest.mark.parametrize(
    "vector", json.loads((VECTORS / "entries.json").read_text()), ids=lambda v: v["fields"]["target"]
)
def test_the_product_writes_an_entry_as_the_golden_vectors_have_it(vector: dict[str, Any]) -> None:
    fields = {**vector["fields"], "at": datetime.fromisoformat(vector["fields"]["at"])}
    written = canonical.entry_bytes(fields)
    assert written.decode() == vector["canonical"]
    assert (hashlib.sha256(written).hexdigest(), Sm3(written).hexdigest()) == (
        vector["sha256"],
        vector["sm3"],
    )


def test_the_verifier_runs_alone_and_says_so_by_its_exit(tmp_path: Path) -> None:
    alone = tmp_path / "verifier.py"
    alone.write_bytes(Path(verifier.__file__).read_bytes())
    for name, code in (("whole", 0), ("whole-sm3", 0), ("edited", 1), ("absent", 2)):
        command = [sys.executable, "-I", "-S", str(alone), str(VECTORS / f"{name}.jsonl"), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
        assert code == 2 or json.loads(done.stdout)["ok"] is (code == 0)


# GB/T 32905-2016, appendix A.
@pytest.mark.parametrize(
    ("content", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_hashes_of_the_standard(content: bytes, digest: str) -> None:
    assert Sm3(content).hexdigest() == digest


@given(content=st.binary(max_size=300))
def test_sm3_agrees_with_openssl(content: bytes) -> None:
    assert Sm3(content).hexdigest() == hashlib.new("sm3", content).hexdigest()


# RFC 8032, 7.1, tests 1 to 3: public key, message, signature.
RFC_8032 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("public", "content", "signature"), RFC_8032)
def test_ed25519_holds_for_the_vectors_of_the_rfc_and_for_no_other_message(
    public: str, content: str, signature: str
) -> None:
    key, message, signed = map(bytes.fromhex, (public, content, signature))
    assert ed25519_holds(key, message, signed)
    assert not ed25519_holds(key, message + b"x", signed)


@given(seed=st.binary(min_size=32, max_size=32), content=st.binary(max_size=100), place=st.integers(0, 511))
def test_ed25519_agrees_with_a_library(seed: bytes, content: bytes, place: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = bytes.fromhex(public_of(key)), bytearray(key.sign(content))
    assert ed25519_holds(public, content, bytes(signature))
    signature[place // 8] ^= 1 << place % 8
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes(signature), content)
        holds = True
    except InvalidSignature:
        holds = False
    assert (verifier.signature_holds("ed25519", public.hex(), content, signature.hex()) is True) == holds


# --- anything in place of a journal


@given(lines=st.lists(st.binary(max_size=200), max_size=6))
def test_anything_else_is_not_whole_and_breaks_nothing(lines: list[bytes]) -> None:
    assert not verify(lines).ok


@WITH_FIXTURES
@given(data=st.data())
def test_a_line_changed_in_any_byte_is_found(exported: list[bytes], data: st.DataObject) -> None:
    lines = list(exported)
    place = data.draw(st.integers(0, len(lines) - 1))
    line = bytearray(lines[place])
    for _time in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(line) - 1))
        change = data.draw(st.sampled_from(["set", "drop", "add"]))
        byte = data.draw(st.one_of(st.sampled_from(b' \t\n\r"{}[],:0e.-\\\x00\xff'), st.integers(0, 255)))
        if change == "set":
            line[at] = byte
        elif change == "drop" and len(line) > 1:
            del line[at]
        else:
            line.insert(at, byte)
    assume(bytes(line) != lines[place])
    # The spaces of the header carry no meaning and are no part of what is hashed.
    assume(place > 0 or verifier.parsed(bytes(line)) != verifier.parsed(lines[place]))
    lines[place] = bytes(line)
    assert not verify(lines).ok


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@WITH_FIXTURES
@given(data=st.data(), value=JSON)
def test_a_field_of_any_other_value_breaks_nothing_and_is_found(
    exported: list[bytes], data: st.DataObject, value: Any
) -> None:
    journal = Journal(exported)
    part = data.draw(st.sampled_from(["heads", "entries"]))
    line = data.draw(st.sampled_from(getattr(journal, part)))
    inner = line["head" if part == "heads" else "entry"]
    name = data.draw(st.sampled_from(sorted(inner)))
    assume(json.dumps(inner[name]) != json.dumps(value))
    inner[name] = value
    try:
        lines = journal.lines()
    except UnicodeEncodeError:
        assume(False)
    assert not verify(lines).ok


REWRITINGS = {
    "a name twice": (b'"details":{', b'"details":{"a":1,"a":2,'),
    "a space": (b'"result":"done"', b'"result": "done"'),
    "another escape": (b'"act":"l', b'"act":"\\u006c'),
    "a fraction": (b'"details":{', b'"details":{"n":1.0,'),
    "names out of order": (b'"details":{}', b'"details":{"b":1,"a":2}'),
    "a number with a zero before it": (b'"details":{}', b'"details":{"a":01}'),
    "minus nothing": (b'"details":{}', b'"details":{"a":-0}'),
    "half a pair": (b'"details":{}', b'"details":{"a":"\\ud800"}'),
    "a byte that is no text": (b'"details":{}', b'"details":{"a":"\xff"}'),
    "a comma too many": (b'"details":{}', b'"details":{"a":1,}'),
    "a field more": (b'"details":{}', b'"details":{},"more":1'),
}


@pytest.mark.parametrize("how", REWRITINGS)
def test_an_entry_in_another_form_is_refused_even_if_its_hash_fits(exported: list[bytes], how: str) -> None:
    old, new = REWRITINGS[how]
    for place, line in enumerate(exported):
        if not line.startswith(b'{"hash"') or old not in line:
            continue
        body = line[83:-2].replace(old, new)
        digest = hashlib.sha256(body).hexdigest().encode()
        lines = [*exported[:1], *exported[place : place + 1]]
        lines[1] = b'{"hash":"%b","entry":%b}\n' % (digest, body)
        number = json.loads(line)["entry"]
        found = verifier._Chain(number["chain"], number["instance"], {})
        found.sequence, found.previous = number["sequence"] - 1, number["previous"]
        reading = verifier._Reading(verifier.Result(), iter(()), signed_to_the_end=False)
        with pytest.raises(verifier.Broken) as stop:
            found.read(lines[1], iter(()), reading)
        assert stop.value.args[0].kind == "form"
        return
    pytest.fail("no entry to try it on")


# --- paper codes


@given(
    chain=st.text(st.characters(categories=["L", "N"]), max_size=8), sequence=st.integers(1, 10**9),
    digest=st.binary(min_size=32, max_size=32),
)  # fmt: skip
def test_a_paper_code_read_back_names_the_head(chain: str, sequence: int, digest: bytes) -> None:
    code = paper_code(chain, sequence, digest.hex())
    read = paper_witness(code.lower().replace("-", " ") if chain == chain.lower() else code)
    assert (read.chain, read.sequence, read.hash) == (chain, sequence, digest.hex()[:20])


@given(
    digest=st.binary(min_size=32, max_size=32),
    place=st.integers(0, 15),
    letter=st.sampled_from(verifier.ALPHABET),
)
def test_one_letter_misread_is_noticed(digest: bytes, place: int, letter: str) -> None:
    start, letters = paper_code("县甲", 12, digest.hex()).rsplit(":", 1)
    at = place + place // 4
    assume(letters[at] != letter)
    with pytest.raises(ValueError, match="check symbol"):
        paper_witness(f"{start}:{letters[:at]}{letter}{letters[at + 1 :]}")


@pytest.mark.parametrize(
    "code", ["", "x", "县甲:12", "县甲:x:0000-0000-0000-0000-0", "a:1:0000-0000-0000-000-0", "::-"]
)
def test_what_is_no_paper_code_is_refused_in_words(code: str) -> None:
    with pytest.raises(ValueError, match=r"expected|check symbol"):
        paper_witness(code)


# --- the national algorithms


def test_the_journal_can_be_kept_with_the_national_algorithms(actor: None, settings: Any) -> None:
    write_acts(1, 10)
    settings.XIEZUO_CRYPTO = "gm"
    write_acts(2, 10)
    file = BytesIO()
    export_to(file, by=OPERATOR, now=BEGAN)
    lines = file.getvalue().splitlines(keepends=True)
    assert {line["entry"]["algorithm"] for line in Journal(lines).entries} == {"sha256", "sm3"}
    assert {line["head"]["signed_with"] for line in Journal(lines).heads} == {"sm2"}
    assert verify(lines, codes=paper_codes().values()).ok
    assert verify_live().ok


def test_an_sm2_signature_by_another_is_found_and_one_that_cannot_be_checked_is_not_called_whole(
    actor: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.XIEZUO_CRYPTO = "gm"
    write_acts(1, 10)
    file = BytesIO()
    export_to(file, by=OPERATOR, now=BEGAN)
    journal = Journal(file.getvalue().splitlines(keepends=True))
    journal.heads[-1]["signature"], kept = journal.heads[0]["signature"], journal.heads[-1]["signature"]
    assert getattr(verify(journal.lines()).first_break, "kind", "") == "signature"
    journal.heads[-1]["signature"] = kept
    monkeypatch.setenv("PATH", "")
    assert getattr(verify(journal.lines()).first_break, "kind", "") == "not checked"


def test_national_signatures_without_openssl_are_refused_in_words(
    actor: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.XIEZUO_CRYPTO = "gm"
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refused, match="openssl"):
        export_to(BytesIO(), by=OPERATOR, now=BEGAN)


def test_the_key_is_readable_by_its_owner_alone(
    exported: list[bytes], home_of_the_journal: Path, actor: None
) -> None:
    export_to(BytesIO(), by=OPERATOR, now=BEGAN)
    [key] = (home_of_the_journal / "keys").iterdir()
    assert (key.stat().st_mode & 0o777, key.parent.stat().st_mode & 0o777) == (0o600, 0o700)
