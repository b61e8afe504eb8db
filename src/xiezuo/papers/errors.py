"""What can be wrong with a document or its set-up.

DocumentError
 ├── BadProfile      layout data that cannot be used
 ├── MissingFonts    the set-up has no fonts
 └── MissingGlyph    no font of the stack draws a character

Each carries its facts as attributes, so that a caller can word the message in the reader's language.
"""

from pathlib import Path


class DocumentError(Exception):
    """The document cannot be written."""


class BadProfile(DocumentError):
    """Layout data cannot be used: `field` was `found` where `expected` is needed."""

    def __init__(self, field: str, found: object, expected: str) -> None:
        self.field, self.found, self.expected = field, found, expected
        super().__init__(f"layout profile: {field} is {found!r}, expected {expected}")


class MissingFonts(DocumentError):
    """`folder` lacks the font files `names`."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        self.folder, self.names = folder, names
        wanted = ", ".join(names)
        super().__init__(
            f"fonts {wanted} are not in {folder}; run `make` (or set XIEZUO_FONTS to their folder)"
        )


class MissingGlyph(DocumentError):
    """No font draws `characters`; `text` is the first piece of text that needs one of them."""

    def __init__(self, characters: str, text: str) -> None:
        self.characters, self.text = characters, text
        named = ", ".join(f"{character} (U+{ord(character):04X})" for character in characters)
        super().__init__(f"no font draws {named}; found in “{text}”")
