"""Reads and writes gettext catalogues: the text form (.po) and the compiled form (.mo).

A fresh machine has no GNU gettext, and the whole of what Xiezuo needs of it is here.
"""

import ast
import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HEADER = """\
Project-Id-Version: xiezuo
Language: zh_Hans
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Plural-Forms: nplurals=1; plural=0;
"""
MAGIC = 0x950412DE
_LINE = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(".*")$')


@dataclass(frozen=True, order=True)
class Key:
    """What a translation is looked up by."""

    text: str
    context: str = ""
    plural: str = ""

    def compiled(self) -> bytes:
        """The key as a compiled catalogue stores it."""
        context = f"{self.context}\x04" if self.context else ""
        plural = f"\x00{self.plural}" if self.plural else ""
        return f"{context}{self.text}{plural}".encode()


@dataclass
class Message:
    """One key with its Chinese; empty while it is not translated."""

    key: Key
    translation: str
    places: tuple[str, ...] = field(default=())


class BrokenCatalogue(Exception):
    """A line of a catalogue that cannot be read: says file, line and what stands there."""


def read_messages(path: Path) -> list[Message]:
    """Every message of a .po file, without its header. Raises `BrokenCatalogue`."""
    return [_message(block) for block in _blocks(path) if block.get("msgid")]


def write_catalogue(path: Path, messages: Iterable[Message]) -> None:
    """Write `messages` as a .po file, in the order of their keys."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(catalogue_text(messages), encoding="utf-8")


def catalogue_text(messages: Iterable[Message]) -> str:
    """The text of a .po file: the same messages give the same bytes."""
    ordered = sorted(messages, key=lambda message: message.key)
    return "\n".join([f'msgid ""\nmsgstr {_wrapped(HEADER)}\n', *(_entry(message) for message in ordered)])


def compile_catalogue(messages: Iterable[Message]) -> bytes:
    """The bytes of a .mo file, as Python's own `gettext` reads them. Untranslated messages are left out."""
    pairs = {
        message.key.compiled(): message.translation.encode() for message in messages if message.translation
    }
    pairs[b""] = HEADER.encode()
    keys = sorted(pairs)
    tables = 7 * 4
    offset = tables + 16 * len(keys)
    key_rows, offset = _rows(keys, offset)
    value_rows, _ = _rows([pairs[key] for key in keys], offset)
    head = struct.pack("<7I", MAGIC, 0, len(keys), tables, tables + 8 * len(keys), 0, 0)
    body = b"".join(word + b"\0" for word in [*keys, *(pairs[key] for key in keys)])
    return head + key_rows + value_rows + body


def _rows(words: list[bytes], offset: int) -> tuple[bytes, int]:
    rows = b""
    for word in words:
        rows += struct.pack("<2I", len(word), offset)
        offset += len(word) + 1
    return rows, offset


def _message(block: dict[str, str]) -> Message:
    key = Key(block["msgid"], block.get("msgctxt", ""), block.get("msgid_plural", ""))
    return Message(key, block.get("msgstr", block.get("msgstr[0]", "")))


def _blocks(path: Path) -> Iterator[dict[str, str]]:
    block: dict[str, str] = {}
    name = ""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        begun = _LINE.match(line)
        if begun and begun[1] in ("msgctxt", "msgid") and "msgid" in block:
            yield block
            block = {}
        if begun:
            name = begun[1]
            block[name] = ""
        elif not (name and line.startswith('"') and line.endswith('"')):
            raise BrokenCatalogue(f"{path}:{number}: found {line!r}; expected msgid, msgstr or a quoted text")
        block[name] += ast.literal_eval(begun[2] if begun else line)
    if block:
        yield block


def _entry(message: Message) -> str:
    key = message.key
    lines = [f"#: {place}" for place in message.places]
    if re.search(r"%(\(\w+\))?[sd]", key.text):
        lines.append("#, python-format")
    if key.context:
        lines.append(f"msgctxt {_wrapped(key.context)}")
    lines.append(f"msgid {_wrapped(key.text)}")
    if key.plural:
        lines.append(f"msgid_plural {_wrapped(key.plural)}")
    lines.append(f"{'msgstr[0]' if key.plural else 'msgstr'} {_wrapped(message.translation)}")
    return "\n".join(lines) + "\n"


def _wrapped(text: str) -> str:
    parts = text.splitlines(keepends=True) or [""]
    quoted = [f'"{_escaped(part)}"' for part in parts]
    return quoted[0] if len(quoted) == 1 else "\n".join(['""', *quoted])


def _escaped(text: str) -> str:
    for found, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("\r", "\\r")):
        text = text.replace(found, written)
    return text
