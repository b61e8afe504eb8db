"""The translations: merge the parts into the catalogue, compile it, or say what is not in order.

`python -m tools.messages merge|compile|check`. Whoever writes a screen puts its Chinese into a part of its own,
`src/xiezuo/locale/parts/NAME.po`; the merged catalogue is written from them and committed.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.catalogue import (
    BrokenCatalogue,
    Key,
    Message,
    catalogue_text,
    compile_catalogue,
    read_messages,
    write_catalogue,
)  # fmt: skip
from tools.extraction import marked_texts

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "xiezuo"
PARTS = PACKAGE / "locale" / "parts"
CATALOGUE = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")


def parts() -> dict[str, list[Message]]:
    """The messages of each part, by its name."""
    return {path.name: read_messages(path) for path in sorted(PARTS.glob("*.po"))}


def merged(marked: dict[Key, list[str]], given: Iterable[list[Message]]) -> list[Message]:
    """One message for each marked text that a part translates, with the files that carry it."""
    chinese = {message.key: message.translation for messages in given for message in messages}
    return [Message(key, chinese[key], tuple(places)) for key, places in marked.items() if chinese.get(key)]


def faults(marked: dict[Key, list[str]], given: dict[str, list[Message]]) -> list[str]:
    """What is not in order, in words: conflicts, texts without Chinese, Chinese without use, lost placeholders."""
    chinese: dict[Key, dict[str, list[str]]] = {}
    for name, messages in given.items():
        for message in messages:
            chinese.setdefault(message.key, {}).setdefault(message.translation, []).append(name)
    translated = {key for key, words in chinese.items() if any(words)}
    return [
        *(f"two translations: {key.text!r}: {dict(words)}" for key, words in chinese.items() if len(words) > 1),
        *(f"no Chinese: {key.text!r} ({', '.join(places)})" for key, places in marked.items() if key not in translated),
        *(f"unused: {key.text!r} ({_names(words)})" for key, words in chinese.items() if key not in marked),
        *(f"placeholders differ: {key.text!r}: {text!r}" for key, words in chinese.items() for text in words
          if text and not _same_placeholders(key, text)),
    ]  # fmt: skip


def main(arguments: list[str]) -> int:
    """Carry out one verb; 1 if the translations are not in order."""
    match arguments:
        case ["compile"]:
            return compile_file()
        case ["merge"]:
            return merge_files()
        case ["check"]:
            return check_files()
    print(__doc__, file=sys.stderr)
    return 2


def compile_file() -> int:
    """Compile the catalogue beside itself."""
    CATALOGUE.with_suffix(".mo").write_bytes(compile_catalogue(read_messages(CATALOGUE)))
    return 0


def merge_files() -> int:
    """Write the catalogue from the parts, and say what is not in order."""
    marked, given = marked_texts(PACKAGE), parts()
    write_catalogue(CATALOGUE, merged(marked, given.values()))
    return _tell(faults(marked, given))


def check_files() -> int:
    """Say what is not in order, a catalogue older than its parts included."""
    marked, given = marked_texts(PACKAGE), parts()
    found = faults(marked, given)
    if CATALOGUE.read_text(encoding="utf-8") != catalogue_text(merged(marked, given.values())):
        found.append(f"{CATALOGUE.relative_to(ROOT)} is not what its parts say: run make messages")
    return _tell(found)


def _same_placeholders(key: Key, text: str) -> bool:
    found = set(_PLACEHOLDER.findall(text))
    # A plural form may leave the number out of its singular; Chinese has one form for both.
    return found == set(_PLACEHOLDER.findall(key.text)) or (
        bool(key.plural) and found == set(_PLACEHOLDER.findall(key.plural))
    )


def _names(words: dict[str, list[str]]) -> str:
    return ", ".join(sorted({name for names in words.values() for name in names}))


def _tell(found: list[str]) -> int:
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenCatalogue as error:
        sys.exit(str(error))
