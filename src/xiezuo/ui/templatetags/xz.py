"""Tags of the shell and its parts: `{% load xz %}`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xiezuo.shared import lists
from xiezuo.shared.errors import Reason
from xiezuo.ui.asof import keep_day
from xiezuo.ui.blocks import Branch, Difference, Progress, Shortfall, Stat, Tab
from xiezuo.ui.charts import Chart, render_chart
from xiezuo.ui.icons import icon_svg
from xiezuo.ui.parts import FigureChip, State, text_of
from xiezuo.ui.parts import count_mark as drawn_count
from xiezuo.ui.schematic import Edge, Group, Node, render_schematic
from xiezuo.ui.table import Table, render_table
from xiezuo.ui.timeline import Lane, render_timeline
from xiezuo.ui.words import long_day as long_day_words

register = template.Library()

register.simple_tag(icon_svg, name="icon")


@register.filter
def plain(value: object) -> object:
    """`{{ value|plain }}`: a value as people read it; parts that draw themselves stay as they are."""
    return value if hasattr(value, "__html__") else text_of(value)


@register.simple_tag(takes_context=True)
def url_on(context: Context, name: str, *args: Any, **kwargs: Any) -> str:
    """`{% url_on 'name' args %}`: the address of a page, on the day of this page."""
    return keep_day(reverse(name, args=args, kwargs=kwargs), context.get("day_query") or "")


@register.filter
def on_day(url: str, query: str) -> str:
    """`{{ url|on_day:day_query }}`: `url` on the day of this page."""
    return keep_day(str(url), query)


register.filter("listed", lists.listed)
register.filter("clauses", lists.clauses)
register.simple_tag(lists.comma, name="comma")
register.simple_tag(lists.semicolon, name="semicolon")


@register.filter
def long_day(day: date | None) -> str:
    """`{{ day|long_day }}`: 2022年8月15日 or 15 August 2022."""
    return long_day_words(day) if day else ""


@register.simple_tag
def table(listed: Table) -> SafeString:
    """`{% table table %}`: a `Table` of `xiezuo.ui.table`."""
    return render_table(listed)


@register.simple_tag(takes_context=True)
def figure(context: Context, value: Any, **given: Any) -> SafeString:
    """`{% figure value href=… unit=… title=… definition=… was=… %}`: a number that opens to its records.

    `value` may be a `FigureChip` made by the page.
    """
    chip = (
        value if isinstance(value, FigureChip) else FigureChip(value, **{"day": context.get("day"), **given})
    )
    # The records are those of the day that this page speaks of.
    chip = replace(chip, href=keep_day(chip.href, context.get("day_query") or ""))
    return format_html("{}", chip)


@register.simple_tag
def state(words: str, tone: str = "quiet") -> SafeString:
    """`{% state words tone %}`: a state in words with its shape and colour; tones: good warn bad wait quiet."""
    return format_html("{}", State(words, tone))


@register.simple_tag
def count_mark(name: str, count: int | None) -> SafeString:
    """`{% count_mark "inbox" counts.inbox %}`: how many wait; counted anew on kept pages (`accounts.kept`)."""
    return drawn_count(name, count or 0)


@register.simple_tag
def chart(name: str, data: Chart) -> SafeString:
    """`{% chart 'staffing' chart %}`: a `Chart` of `xiezuo.ui.charts` with its table."""
    return render_chart(name, data)


@register.simple_tag(takes_context=True)
def timeline(context: Context, lanes: Sequence[Lane], title: str = "", name: str = "timeline") -> SafeString:
    """`{% timeline lanes title %}`: lanes of `xiezuo.ui.timeline` around the day of this page."""
    return render_timeline(lanes, context["day"], title=title, name=name)


@register.simple_tag
def schematic(
    nodes: Sequence[Node], edges: Sequence[Edge], groups: Sequence[Group], title: str, name: str = "map"
) -> SafeString:
    """`{% schematic nodes edges groups title %}`: a map of `xiezuo.ui.schematic`."""
    return render_schematic(nodes, edges, groups, title=title, name=name)


@register.inclusion_tag("ui/_band.html")
def band(stats: Iterable[Stat]) -> dict[str, Any]:
    """`{% band stats %}`: a row of numbers."""
    return {"stats": stats}


@register.inclusion_tag("ui/_facts.html")
def facts(pairs: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """`{% facts pairs %}`: words and values, one under another; empty values are left out."""
    return {"pairs": [(words, value) for words, value in pairs if text_of(value) != ""]}


@register.inclusion_tag("ui/_tabs.html")
def tabs(tabs: Iterable[Tab]) -> dict[str, Any]:
    """`{% tabs tabs %}`: links to the parts of a page."""
    return {"tabs": tabs}


@register.inclusion_tag("ui/_tree.html")
def tree(branches: Iterable[Branch]) -> dict[str, Any]:
    """`{% tree branches %}`: a tree that folds."""
    return {"branches": branches}


@register.inclusion_tag("ui/_shortfalls.html")
def shortfalls(shortfalls: Iterable[Shortfall]) -> dict[str, Any]:
    """`{% shortfalls shortfalls %}`: standard, actual, what is missing, who can mend it, one step."""
    return {"shortfalls": list(shortfalls)}


@register.inclusion_tag("ui/_difference.html")
def difference(difference: Difference) -> dict[str, Any]:
    """`{% difference difference %}`: before and after, side by side, counted on top."""
    return {"difference": difference}


@register.inclusion_tag("ui/_empty.html")
def empty(words: str, more: str = "", step: str = "", step_href: str = "") -> dict[str, Any]:
    """`{% empty words more step step_href %}`: what belongs here and the first step."""
    return {"words": words, "more": more, "step": step, "step_href": step_href}


@register.inclusion_tag("ui/_progress.html")
def progress(progress: Progress) -> dict[str, Any]:
    """`{% progress progress %}`: asks its address again every second; that view answers with this tag alone."""
    return {"progress": progress}


@register.inclusion_tag("ui/_greyed.html")
def greyed(words: str, reasons: Iterable[Reason], name: str = "why-not") -> dict[str, Any]:
    """`{% greyed words reasons name %}`: an action that may not be done now, and why; `name` is unique on the page."""
    return {"words": words, "reasons": list(reasons), "name": name}


@register.simple_tag
def asset_tags(*names: str) -> SafeString:
    """`{% asset_tags 'ui/a.css' 'ui/b.js' %}`: the tags that load these static files, worked out once in a process."""
    return _asset_tags(names)


@lru_cache(maxsize=16)
def _asset_tags(names: tuple[str, ...]) -> SafeString:
    script, sheet = '<script src="{}" defer></script>', '<link rel="stylesheet" href="{}">'
    return format_html_join(
        "\n",
        "{}",
        ((format_html(script if name.endswith(".js") else sheet, static(name)),) for name in names),
    )
