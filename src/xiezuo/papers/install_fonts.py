"""Set-up step: put the fonts of the npm packages where the PDF writer looks for them.

`python -m xiezuo.papers.install_fonts node_modules [FOLDER]`; safe to repeat.
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from xiezuo.papers.fonts import FONT_FILES, LICENCE_FILES, fonts_folder


def install(node_modules: Path, folder: Path) -> None:
    """Put each font and its licence into `folder`, unless it is there already.

    Raises `FileNotFoundError` naming what the npm packages lack.
    """
    wanted = FONT_FILES | LICENCE_FILES
    missing = [source for source in wanted.values() if not (node_modules / source).is_file()]
    if missing:
        raise FileNotFoundError(f"{node_modules} lacks {', '.join(missing)}; run `npm ci` first")
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in wanted.items():
        if not (folder / name).exists():
            place(node_modules / source, folder / name)


def place(source: Path, target: Path) -> None:
    """Write `source` to `target` in one step, so that an interrupted set-up leaves no half font."""
    unfinished = target.with_suffix(".part")
    if source.suffix == ".woff":
        unpack(source, unfinished)
    else:
        unfinished.write_bytes(source.read_bytes())
    unfinished.replace(target)


def unpack(source: Path, target: Path) -> None:
    """Unpack a web font: typst reads no WOFF."""
    font = TTFont(source, recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = None
    font.save(target, reorderTables=False)


def main(arguments: list[str]) -> None:
    """Install from the folder `arguments[0]` to `arguments[1]`, or to where the PDF writer looks."""
    try:
        install(Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else fonts_folder())
    except FileNotFoundError as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main(sys.argv[1:])
