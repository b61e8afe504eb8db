"""Finds every text that the product marks for translation, in Python, Django and Jinja2 templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize
from jinja2 import Environment

from tools.catalogue import Key

# Name of the call → where it carries text, plural and context.
CALLS: dict[str, tuple[int, int | None, int | None]] = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
    "npgettext_lazy": (1, 2, 0),
}
_TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(({_TEXT}(?:,\s*{_TEXT})*)")


def marked_texts(package: Path) -> dict[Key, list[str]]:
    """Each marked text with the files that carry it, relative to the parent of the sources' folder."""
    found: dict[Key, list[str]] = {}
    for path in sorted(package.rglob("*")):
        for key in _in_file(path):
            place = str(path.relative_to(package.parents[1]))
            places = found.setdefault(key, [])
            if place not in places:
                places.append(place)
    return found


def _in_file(path: Path) -> Iterator[Key]:
    parts = path.parts
    if path.suffix == ".py" and "migrations" not in parts:
        yield from in_python(path.read_text(encoding="utf-8"))
    elif path.suffix in (".html", ".txt") and "templates" in parts:
        yield from in_django_template(path.read_text(encoding="utf-8"))
    elif path.suffix in (".html", ".txt") and "jinja2" in parts:
        yield from in_jinja_template(path.read_text(encoding="utf-8"))


def in_python(source: str) -> Iterator[Key]:
    """Marked texts of a Python module; a call whose text is not a literal marks nothing."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield from _key(name, [_literal(argument) for argument in node.args])


def in_django_template(source: str) -> Iterator[Key]:
    """Marked texts of a Django template, read by Django's own lexer."""
    for call in _TEMPLATE_CALL.finditer(templatize(source)):
        yield from _key(call[1], list(ast.literal_eval(f"({call[2]},)")))


def in_jinja_template(source: str) -> Iterator[Key]:
    """Marked texts of a Jinja2 template."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for _line, name, given in environment.extract_translations(source):  # type: ignore[attr-defined] # added by i18n
        yield from _key(name, list(given) if isinstance(given, tuple) else [given])


def _key(name: str, texts: list[str | None]) -> Iterator[Key]:
    if name not in CALLS:
        return
    text, plural, context = (_at(texts, place) for place in CALLS[name])
    if text:
        yield Key(text, context, plural)


def _at(texts: list[str | None], place: int | None) -> str:
    return "" if place is None or place >= len(texts) else texts[place] or ""


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
