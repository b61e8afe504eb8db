"""The fonts that come with the set-up: where they are, and whether they can draw a text."""

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from xiezuo.papers.errors import MissingFonts, MissingGlyph

# Font file → where the npm packages carry it. All under the SIL Open Font Licence; each alone covers GB 2312,
# all of GBK and the rare characters of names, so every role of a profile ends in a font that can draw it.
FONT_FILES = {
    "NotoSerifSC-Regular.ttf": "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    "NotoSerifSC-Bold.ttf": "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
    "NotoSansSC-Regular.ttf": "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "LXGWWenKai-Regular.ttf": "@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff",
}
LICENCE_FILES = {
    "OFL-NotoSerifSC.txt": "@expo-google-fonts/noto-serif-sc/LICENSE_FONT",
    "OFL-NotoSansSC.txt": "@expo-google-fonts/noto-sans-sc/LICENSE_FONT",
    "OFL-LXGWWenKai.txt": "@fontsource/lxgw-wenkai/LICENSE",
}
FONT_SUFFIXES = {".ttf", ".otf", ".ttc"}
# Shape the character before them and have no drawing of their own.
VARIATION_SELECTORS = frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))


def fonts_folder() -> Path:
    """The folder of font files: `XIEZUO_FONTS`, or the set-up's own."""
    own = Path(__file__).resolve().parent / "fonts"
    return Path(os.environ.get("XIEZUO_FONTS") or own)


def require_fonts() -> Path:
    """The font folder, complete. Raises `MissingFonts`."""
    folder = fonts_folder()
    missing = [name for name in FONT_FILES if not (folder / name).is_file()]
    if missing:
        raise MissingFonts(folder, missing)
    return folder


def check_glyphs(texts: Iterable[str], folder: Path) -> None:
    """Raise `MissingGlyph` when a character of `texts` has no drawing in any font of `folder`."""
    drawable = drawable_characters(folder)
    for text in texts:
        missing = undrawable(text, drawable)
        if missing:
            raise MissingGlyph(missing, text)


def undrawable(text: str, drawable: frozenset[int]) -> str:
    """The characters of `text` outside `drawable`, each once, in order of appearance; line breaks need no glyph."""
    return "".join(
        character
        for character in dict.fromkeys(text)
        if character != "\n" and ord(character) not in drawable and ord(character) not in VARIATION_SELECTORS
    )


@lru_cache(maxsize=4)
def drawable_characters(folder: Path) -> frozenset[int]:
    """Code points that at least one font file of `folder` draws."""
    return frozenset().union(*(font_characters(path) for path in font_paths(folder)))


def font_paths(folder: Path) -> list[Path]:
    """The font files of `folder`, in the order of their names."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in FONT_SUFFIXES)


def font_characters(path: Path) -> set[int]:
    """Code points that one font file draws (the first font of a collection)."""
    with TTFont(path, lazy=True, fontNumber=0) as font:
        return set(font.getBestCmap())
