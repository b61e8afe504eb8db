"""Compiles a template once and renders it often, in a sandbox that knows only our values and our functions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from django.utils.translation import gettext as _
from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xiezuo.reports.errors import TemplateRefused, Unsuitable
from xiezuo.reports.language import grammar
from xiezuo.reports.language.budget import MOST_SOURCE, Budget, bounded_range, small, tool
from xiezuo.reports.language.marks import without_marks
from xiezuo.reports.language.values import Fact, NoValue, own_words, printed

SCOPE_WORDS = ("_loop_vars", "_block_vars")
"""What Jinja hands along with a call from inside a loop or block."""
LOOP_WORDS = frozenset({"index", "index0", "first", "last", "length", "revindex"})
COUNTED_OPERATORS = ("+", "-", "*", "/", "//", "%", "**")


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, closed further: only declared fields, only marked functions, only small results."""

    intercepted_binops = frozenset(COUNTED_OPERATORS)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A declared field of a fact, or a word of the loop."""
        if isinstance(obj, Fact) and attribute in obj.__slots__:
            return own_words(getattr(obj, attribute))
        if isinstance(obj, LoopContext) and attribute in LOOP_WORDS:
            return getattr(obj, attribute)
        raise Unsuitable(_("there is nothing called “%(name)s” here") % {"name": attribute[:40]})

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item or a part of a list."""
        if isinstance(obj, list | tuple) and isinstance(argument, int | slice):
            return own_words(obj[argument])
        raise Unsuitable(_("only a list has numbered items"))

    def is_safe_callable(self, obj: Any) -> bool:
        """Only functions marked as tools."""
        return getattr(obj, "for_templates", False) is True

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a tool. None of ours wants Jinja's context, so its way of finding that out is left out: it costs a third."""
        if not self.is_safe_callable(obj):
            raise SecurityError(_("this cannot be called"))
        if kwargs:
            for name in SCOPE_WORDS:
                kwargs.pop(name, None)
        return obj(*args, **kwargs)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on numbers, `+` also on texts; the result stays small."""
        if operator == "**":
            raise Unsuitable(_("powers are not part of the language of templates"))
        both_numbers = all(isinstance(side, int | float) for side in (left, right))
        both_texts = operator == "+" and all(isinstance(side, str) for side in (left, right))
        if not (both_numbers or both_texts):
            raise Unsuitable(_("“%(operator)s” needs two numbers") % {"operator": operator})
        return small(super().call_binop(context, operator, left, right))


@tool
def joined(*parts: Any) -> str:
    """The `~` of templates."""
    return str(small("".join(part if isinstance(part, str) else printed(part) for part in parts)))


def environment(
    filters: Mapping[str, Callable[..., Any]], tools: Mapping[str, Callable[..., Any]]
) -> Sandbox:
    """A sandbox with these filters and functions and no others."""
    made = Sandbox(
        undefined=StrictUndefined, finalize=printed, autoescape=False, optimized=False, cache_size=0,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters = dict(filters)
    made.tests = {"known": lambda value: not isinstance(value, NoValue) and value is not None}
    made.globals = {**tools, "range": bounded_range, grammar.JOINED: joined}
    return made


@dataclass(frozen=True)
class Compiled:
    """A checked template, ready to be rendered for any county, and what it needs from the ledger.

    `claims` are the lines that say 均 or 全部 without a condition.
    """

    template: Template
    needs: grammar.Needs
    claims: tuple[tuple[int, str], ...] = ()

    def render(self, context: Mapping[str, Any]) -> str:
        """The rendered text with its marks. Raises `TemplateRefused` naming the line."""
        budget = Budget()
        given = {**context, grammar.LOOP: budget.loop}
        try:
            return "".join(budget.spent(self._parts(given)))
        except (
            Unsuitable,
            SecurityError,
            UndefinedError,
            ArithmeticError,
            TypeError,
            ValueError,
            LookupError,
        ) as error:
            raise TemplateRefused(self._line(error.__traceback__), _problem(error)) from error
        except (RecursionError, MemoryError) as error:
            raise TemplateRefused(0, _("it is nested too deeply")) from error

    def _parts(self, context: Mapping[str, Any]) -> Iterable[str]:
        return self.template.root_render_func(self.template.new_context(dict(context)))

    def _line(self, trace: TracebackType | None) -> int:
        line = 0
        while trace is not None:
            if trace.tb_frame.f_globals.get("__jinja_template__") is self.template:
                line = self.template.get_corresponding_lineno(trace.tb_lineno)
            trace = trace.tb_next
        return line


def _problem(error: Exception) -> str:
    if isinstance(error, Unsuitable | SecurityError):
        return str(error)
    if isinstance(error, ZeroDivisionError):
        return _("a division by zero; ask first whether the divisor is 0")
    if isinstance(error, UndefinedError):
        return _("a name is not known (%(detail)s)") % {"detail": str(error)[:120]}
    return _("an expression cannot be used (%(detail)s)") % {"detail": str(error)[:120]}


def compiled(source: str, sandbox: Sandbox) -> Compiled:
    """Check and compile `source`. Raises `TemplateRefused` naming the line."""
    if len(source) > MOST_SOURCE:
        raise TemplateRefused(0, _("it is longer than %(most)d characters") % {"most": MOST_SOURCE})
    try:
        tree = sandbox.parse(without_marks(source))
        grammar.check(tree)
        needs = grammar.needs(tree)
        claims = tuple(grammar.bare_claims(tree))
        grammar.make_countable(tree)
        return Compiled(_template(tree, sandbox), needs, claims)
    except TemplateSyntaxError as error:
        problem = _("an expression cannot be read (%(detail)s)") % {"detail": str(error.message)[:120]}
        raise TemplateRefused(error.lineno, problem) from error
    except (RecursionError, MemoryError, SyntaxError) as error:
        raise TemplateRefused(0, _("it is nested too deeply")) from error


def _template(tree: nodes.Template, sandbox: Sandbox) -> Template:
    return Template.from_code(sandbox, sandbox.compile(tree), sandbox.globals)
