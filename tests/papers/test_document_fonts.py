"""The set-up step that brings the fonts."""

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont

from tests.papers.document_samples import HAN
from xiezuo.papers.fonts import FONT_FILES, LICENCE_FILES, drawable_characters
from xiezuo.papers.install_fonts import install, main


def small_font(path: Path, flavor: str | None) -> None:
    """A font that draws the characters of HAN as blanks."""
    builder = FontBuilder(1000, isTTF=False)
    names = {ord(character): f"glyph{ord(character)}" for character in HAN}
    glyphs = [".notdef", *dict.fromkeys(names.values())]
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(names)
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 0)))
    builder.setupHorizontalHeader()
    builder.setupPost()
    builder.font.flavor = flavor
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.font.save(path)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder of npm packages with small fonts in the places of the real ones."""
    folder = tmp_path / "node_modules"
    for source in FONT_FILES.values():
        small_font(folder / source, "woff" if source.endswith(".woff") else None)
    for source in LICENCE_FILES.values():
        (folder / source).write_text("SIL OPEN FONT LICENSE")
    return folder


def test_every_font_arrives_unpacked_with_its_licence(packages: Path, tmp_path: Path):
    install(packages, tmp_path / "fonts")
    assert {path.name for path in (tmp_path / "fonts").iterdir()} == {*FONT_FILES, *LICENCE_FILES}
    assert all(TTFont(tmp_path / "fonts" / name).flavor is None for name in FONT_FILES)
    assert drawable_characters(tmp_path / "fonts") == frozenset(map(ord, HAN))


def test_a_second_set_up_leaves_what_is_there(packages: Path, tmp_path: Path):
    install(packages, tmp_path / "fonts")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "fonts").iterdir()}
    install(packages, tmp_path / "fonts")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "fonts").iterdir()} == before


def test_a_package_that_is_not_installed_is_named(packages: Path, tmp_path: Path):
    missing = FONT_FILES["LXGWWenKai-Regular.ttf"]
    (packages / missing).unlink()
    with pytest.raises(SystemExit, match=missing):
        main([str(packages), str(tmp_path / "fonts")])
    assert not (tmp_path / "fonts").exists()
