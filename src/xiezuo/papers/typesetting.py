"""Sets pages: a fixed typst template of `data/`, the words as data, and no font but those of one folder."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import typst

from xiezuo.papers.profile import HEI, KAI, SONG, Face

TEMPLATES = files("xiezuo.papers").joinpath("data")
QUOTATION_MARKS = "[“”‘’]"


def typeset(template: str, data: Mapping[str, Any], folder: Path) -> bytes:
    """The page or pages of `template` as PDF/A-2b, in the fonts of `folder`; equal data give equal bytes."""
    source = TEMPLATES.joinpath("faces.typ").read_bytes() + TEMPLATES.joinpath(template).read_bytes()
    compiler = typst.Compiler(
        source,
        font_paths=fonts(folder),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return cast("bytes", compiler.compile(format="pdf", pdf_standards=["a-2b"]))


@lru_cache(maxsize=4)
def fonts(folder: Path) -> typst.Fonts:
    """The fonts of `folder`, and no other: the machine's own must not change a page."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def strings(data: Any) -> Iterator[str]:
    """Every text in nested data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from strings(list(data.values()))
    elif isinstance(data, list | tuple):
        for item in data:
            yield from strings(item)


def faces_data(faces: Mapping[str, Face], folder: Path) -> dict[str, Any]:
    """Each role's stack of the families at hand, ending in fonts that cover everything the set-up can draw."""
    present = set(fonts(folder).families())
    return {
        name: {"families": stack(face, present), "size": face.size, "weight": face.weight}
        for name, face in faces.items()
    }


def stack(face: Face, present: set[str]) -> list[Any]:
    """The families of `face` that are present, then the set-up's own and whatever else is in the folder."""
    wanted = [name for name in (*face.families, SONG, HEI, KAI) if name in present]
    names = list(dict.fromkeys((*wanted, *sorted(present))))
    return [(SONG, QUOTATION_MARKS), *names] if names[0] == KAI else names
