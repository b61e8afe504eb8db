"""Set-up step: put the fonts of the npm packages where the PDF writer looks for them.

`python -m xiezuo.reports.document.install_fonts node_modules [FOLDER]`; safe to repeat.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

from xiezuo.reports.document.fonts import FONT_FILES, fonts_folder


def install(node_modules: Path, folder: Path) -> None:
    """Copy each font of `FONT_FILES` to `folder` as an uncompressed font file, unless it is there already."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in FONT_FILES.items():
        if not (folder / name).exists():
            place(node_modules / source, folder / name)


def place(source: Path, target: Path) -> None:
    """Write `source` (.ttf or .woff) to `target` in one step, so that an interrupted set-up leaves no half font."""
    unfinished = target.with_suffix(".part")
    if source.suffix == ".ttf":
        unfinished.write_bytes(source.read_bytes())
    else:
        unpack(source, unfinished)
    unfinished.replace(target)


def unpack(source: Path, target: Path) -> None:
    """Unpack a web font: typst reads no WOFF."""
    font = TTFont(source, recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = None
    font.save(target, reorderTables=False)


if __name__ == "__main__":
    install(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else fonts_folder())
