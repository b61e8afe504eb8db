"""What a template may say: a short list of constructs, checked before anything runs, and how they are made countable."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _
from jinja2 import nodes

from xiezuo.reports.errors import TemplateRefused
from xiezuo.reports.language.marks import without_marks

ALLOWED = frozenset({
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Name, nodes.Const,
    nodes.Tuple, nodes.List, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Call, nodes.Keyword, nodes.Getattr,
    nodes.Getitem, nodes.Slice, nodes.Concat, nodes.Compare, nodes.Operand, nodes.Mul, nodes.Add, nodes.Sub, nodes.Div,
    nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos, nodes.Not, nodes.And, nodes.Or,
})  # fmt: skip
RESERVED = frozenset({"self", "super", "caller", "varargs", "kwargs", "environment", "context"})
FIGURE = "fig"
LISTING = ("records", "missing")
LOOP, JOINED = "counted__", "joined__"
"""Names of the counting functions; a template cannot write them, because its own names may not end in `__`."""


def check(tree: nodes.Template) -> None:
    """Raise `TemplateRefused` at the first construct that a report template may not use."""
    for node in every_node(tree):
        _check_node(node)


def _check_node(node: nodes.Node) -> None:
    if type(node) not in ALLOWED:
        what = {"name": type(node).__name__}
        raise TemplateRefused(node.lineno, _("“%(name)s” is not part of the language of templates") % what)
    if isinstance(node, nodes.For) and node.recursive:
        raise TemplateRefused(node.lineno, _("a loop may not call itself"))
    name = _name_in(node)
    if name is not None and (name.startswith("_") or name.endswith("__") or name in RESERVED):
        raise TemplateRefused(node.lineno, _("the name “%(name)s” may not be used") % {"name": name[:40]})
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        node.value = without_marks(node.value)


def _name_in(node: nodes.Node) -> str | None:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Keyword):
        return node.key
    return None


def make_countable(tree: nodes.Template) -> None:
    """Send every loop and every joining of texts through the functions that count; an `if` without `else` says nothing."""
    for node in list(every_node(tree)):
        if isinstance(node, nodes.For):
            node.iter = _call(LOOP, [cast("nodes.Expr", node.iter)], node.lineno)
        if isinstance(node, nodes.CondExpr) and node.expr2 is None:
            node.expr2 = nodes.Const("", lineno=node.lineno)
    _replace_joins(tree)


def _replace_joins(node: nodes.Node) -> None:
    for field, value in node.iter_fields():
        if isinstance(value, list):
            setattr(node, field, [_without_join(item) for item in value])
        elif isinstance(value, nodes.Node):
            setattr(node, field, _without_join(value))


def _without_join(value: object) -> object:
    if not isinstance(value, nodes.Node):
        return value
    _replace_joins(value)
    return _call(JOINED, value.nodes, value.lineno) if isinstance(value, nodes.Concat) else value


def _call(name: str, arguments: list[nodes.Expr], line: int) -> nodes.Call:
    function = nodes.Name(name, "load", lineno=line)
    return nodes.Call(function, arguments, [], None, None, lineno=line)


def every_node(tree: nodes.Node) -> Iterator[nodes.Node]:
    """The tree's nodes, outer before inner."""
    yield tree
    for child in tree.iter_child_nodes():
        yield from every_node(child)


@dataclass(frozen=True)
class Needs:
    """What a template asks the ledger for: keys with their first line. `monthly` keys are asked for month by month,
    `listed` ones for their records."""

    plain: dict[str, int]
    monthly: dict[str, int]
    listed: dict[str, int]


def needs(tree: nodes.Template) -> Needs:
    """Every key that the template writes out. One walk, so that all figures can be asked before rendering."""
    found = Needs({}, {}, {})
    for call in tree.find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        written = [
            arg.value for arg in call.args if isinstance(arg, nodes.Const) and isinstance(arg.value, str)
        ]
        if name == FIGURE and written:
            by_month = len(call.args) > 1 or bool(call.kwargs)
            (found.monthly if by_month else found.plain).setdefault(written[0], call.lineno)
        elif name in LISTING:
            for key in written:
                found.listed.setdefault(key, call.lineno)
    return found


_CLAIM = re.compile("(?<![平人年月日])均(?![衡线值价])|全部|全都|全覆盖")


def bare_claims(tree: nodes.Template) -> list[tuple[int, str]]:
    """Line and word of each 均 or 全部 that stands in the text whatever the state is. Nothing checks such a claim."""
    return list(_claims(tree))


def _claims(node: nodes.Node) -> Iterator[tuple[int, str]]:
    if isinstance(node, nodes.If | nodes.CondExpr):
        return
    if isinstance(node, nodes.TemplateData):
        for found in _CLAIM.finditer(node.data):
            yield node.lineno + node.data.count("\n", 0, found.start()), found[0]
    for child in node.iter_child_nodes():
        yield from _claims(child)
