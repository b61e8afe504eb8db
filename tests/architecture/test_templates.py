"""Templates stay inside their own app or use the shared parts, and carry nothing that the page's policy forbids."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.house import modules, named, templates, tree

PLEDGED_SAFE = {
    "ui/markup.py": "the one door for markup of our own making; its tests try hostile text",
    "approvals/inbox_queries.py": "asks what the owner's functions find for the reader; nothing of a user stands in it",
    "collaboration/queries/request_lists.py": "the same, of requests",
}
"""Modules that may call a text safe or write a question by hand, and why."""
PLEDGED_TEMPLATES = {
    "ui/templates/django/forms/field.html": {
        "a text called safe"
    },  # help texts are the code's own, some of them lists
}

_REFERENCE = re.compile(r"""\{%-?\s*(?:include|extends|import|from)\s+["']([^"']+)["']""")
_FORBIDDEN = {
    "a script without a file": re.compile(
        r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>", re.IGNORECASE
    ),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>{]*\sstyle\s*=", re.IGNORECASE),
    "a handler in an attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "an htmx handler": re.compile(r"\shx-on[:-]", re.IGNORECASE),
    "a text called safe": re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+(off|false)"),
    "an address outside the installation": re.compile(
        r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    ),
}


def app_of(path: Path) -> str:
    return named(path).split("/")[0]


def foreign_references(app: str, text: str) -> list[str]:
    """Templates that a template of `app` names although they belong to another app than `ui`."""
    return [name for name in _REFERENCE.findall(text) if name.split("/")[0] not in (app, "ui")]


def forbidden_parts(text: str) -> list[str]:
    return [what for what, pattern in _FORBIDDEN.items() if pattern.search(text)]


def calls_safe(source: ast.Module) -> Iterator[str]:
    for node in ast.walk(source):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("mark_safe", "Markup", "SafeString", "extra", "raw", "RawSQL"):
                yield f"{node.lineno} {name}()"


def test_a_template_names_only_its_own_app_or_the_shared_parts() -> None:
    foreign = {named(path): foreign_references(app_of(path), path.read_text()) for path in templates()}
    assert {name: found for name, found in foreign.items() if found} == {}
    assert foreign_references("zones", '{% include "organisation/_unit.html" %}') == [
        "organisation/_unit.html"
    ]


def test_a_template_lies_in_a_folder_named_after_its_app() -> None:
    loose = [
        named(path) for path in templates()
        if path.relative_to(path.parents[len(path.relative_to(_root_of(path)).parts) - 1]).parts[0] != app_of(path)
        and not re.fullmatch(r"\d{3}(_\w+)?\.html", path.name) and "forms" not in path.parts
    ]  # fmt: skip
    assert loose == []


def _root_of(path: Path) -> Path:
    return next(folder for folder in path.parents if folder.name in ("templates", "jinja2"))


def test_no_template_carries_what_the_policy_of_the_page_forbids() -> None:
    found = {named(path): set(forbidden_parts(path.read_text())) for path in templates()}
    assert {name: parts for name, parts in found.items() if parts} == PLEDGED_TEMPLATES


@pytest.mark.parametrize(
    "planted",
    [
        "<script>alert(1)</script>",
        "<style>a {}</style>",
        '<p style="color: red">',
        '<a onclick="go()">',
        "{{ name|safe }}",
        "{% autoescape off %}",
        '<img src="https://example.org/a.png">',
    ],
)
def test_a_planted_fault_in_a_template_is_found(planted: str) -> None:
    assert forbidden_parts(planted)


def test_texts_are_called_safe_and_questions_written_by_hand_only_where_listed() -> None:
    found = {named(path): list(calls_safe(tree(path))) for path in modules()}
    assert {name: calls for name, calls in found.items() if calls and name not in PLEDGED_SAFE} == {}
    assert list(calls_safe(ast.parse("Unit.objects.raw('SELECT 1')"))) == ["1 raw()"]


def test_the_list_of_pledges_names_only_modules_that_need_it() -> None:
    assert {name for name in PLEDGED_SAFE if not list(calls_safe(tree(_module(name))))} == set()


def _module(name: str) -> Path:
    return next(path for path in modules() if named(path) == name)
