"""The look: nothing a page uses is missing, and nothing breaks the policy of the pages."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "xiezuo"
STATIC = PACKAGE / "ui" / "static" / "ui"


def _sources(*endings: str) -> str:
    paths = (path for ending in endings for path in PACKAGE.rglob(f"*{ending}") if "vendor" not in path.parts)
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_every_icon_that_a_page_names_is_among_those_that_are_built() -> None:
    built = set(json.loads((ROOT / "tools" / "icons.json").read_text(encoding="utf-8")))
    templates = _sources(".html")
    named = set(re.findall(r"""\bicon\(?\s*["']([a-z0-9-]+)["']""", templates))
    named |= set(re.findall(r"""\bicon=["']([a-z0-9-]+)["']""", _sources(".py") + templates))
    assert len(named) > 10
    assert named <= built


def test_styles_and_scripts_know_only_what_browsers_of_2020_know() -> None:
    """Domestic browsers stand at Chromium 86."""
    styles = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.css"))
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    assert not re.findall(
        r"oklch|color-mix|light-dark|:has\(|@layer|@container|\d(?:dvh|svh)|\binset-", styles
    )
    assert not re.findall(r"\?\?=|\|\|=|\.at\(|structuredClone|\.replaceAll\(|import\(|\?\.", scripts)


def test_no_script_makes_code_from_text() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    assert not re.findall(
        r"\beval\(|new Function|\.innerHTML|setAttribute\(\"style|insertAdjacentHTML", scripts
    )


def test_no_template_carries_style_or_code_of_its_own() -> None:
    templates = _sources(".html")
    assert not re.findall(r"\sstyle=|<style|\son[a-z]+=[\"']|javascript:|<script>", templates)


def test_shortcuts_wait_while_a_word_is_being_composed() -> None:
    """A key pressed while a Chinese word is being composed is no shortcut."""
    for name in ("table.js", "keys.js"):
        assert "isComposing" in (STATIC / name).read_text(encoding="utf-8")


def test_every_class_that_a_page_uses_has_a_look() -> None:
    known = set(re.findall(r"\.(xz-[a-z0-9-]+)", _sources(".css")))
    used = set(re.findall(r"(?<![\w-])xz-[a-z0-9-]*[a-z0-9](?![\w-]|-?\{)", _sources(".html")))
    assert len(used) > 60
    assert used <= known


def test_a_class_of_a_page_is_ours_or_one_that_is_kept_of_tabler() -> None:
    """The build drops whatever else there is of Tabler's (tools/build_frontend.mjs)."""
    kept = set(json.loads((ROOT / "tools" / "tabler.json").read_text(encoding="utf-8"))["classes"])
    plain = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", _sources(".html") + _sources(".py") + _sources(".js"))
    given = re.findall(r"""class=["']([^"']*)["']|className = ["']([^"']*)["']""", plain)
    words = {
        word for pair in given for word in " ".join(pair).split() if re.fullmatch(r"[a-z][a-z0-9-]+", word)
    }
    assert len(words) > 200
    ours = set(re.findall(r"\.([a-z][a-z0-9-]*)", _sources(".css")))
    assert kept <= words
    assert {word for word in words if not word.startswith("xz-")} - ours - kept == set()
