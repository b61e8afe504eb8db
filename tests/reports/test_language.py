"""Templates: what they may say, and what is refused with its line."""

import time

import pytest

from xiezuo.papers import Figure, Heading, Lead, List, Paragraph, Table, Text
from xiezuo.reports.errors import TemplateRefused
from xiezuo.reports.language.lines import parse
from xiezuo.reports.language.marks import plain, runs
from xiezuo.reports.language.sandbox import compiled
from xiezuo.reports.language.values import Fact, NoValue, Traced
from xiezuo.reports.operations import standard_text
from xiezuo.reports.rendering import sandbox


class Town(Fact):
    """A record as templates see them."""

    __slots__ = ("_secret", "name", "staff")

    def __init__(self, name: str, staff: int = 0) -> None:
        self.name, self.staff, self._secret = name, staff, "hidden"


def said(source: str, **context: object) -> str:
    """The rendered text with its marks."""
    return compiled(source, sandbox()).render({"fig": sandbox_figure, **context})


def sandbox_figure(key: str) -> Traced | NoValue:
    values = {"town.staff": 40, "town.none": None}
    return NoValue(key) if values[key] is None else Traced(values[key], key)


sandbox_figure.for_templates = True  # type: ignore[attr-defined]

HOSTILE = [
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ town.__init__ }}",
    "{{ town['__init__'] }}",
    "{{ town._secret }}",
    "{{ fig.__globals__ }}",
    "{{ fig['__globals__'] }}",
    "{{ fig.__code__ }}",
    "{{ self }}",
    "{{ self.__init__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner }}",
    "{{ namespace(a=1) }}",
    "{{ lipsum }}",
    "{{ dict(a=1) }}",
    "{{ {'a': 1} }}",
    "{{ config }}",
    "{{ request.user }}",
    "{{ ()|attr('__class__') }}",
    "{{ ''|attr('__class__') }}",
    "{{ [1]|map('string')|list }}",
    "{{ '%s'|format('x') }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ 'x'.upper() }}",
    "{{ 'abc'.encode }}",
    "{{ 'a' * 1000000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 2 ** 3 }}",
    "{{ 1 / 0 }}",
    "{% import 'os' as os %}",
    "{% include 'settings.py' %}",
    "{% extends 'x' %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% call f() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% block b %}{% endblock %}",
    "{% set ns.x = 1 %}",
    "{% set x %}y{% endset %}",
    "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% for x in range(1001) %}{% endfor %}",
    "{% for x in 'abc' %}{% endfor %}",
    "{% for x in fig %}{% endfor %}",
    "{{ range }}",
    "{{ towns }}",
    "{{ true }}",
    "{{ none }}",
    "{{ unknown_name }}",
    "{{ fig('town.none') }}",
    "{{ fig('town.none') + 1 }}",
    "{{ loop.index }}",
    "{{ counted__([1]) }}",
    "{{ joined__('x') }}",
    "{{ 'x'|unknown }}",
    "{{ 1 is callable }}",
    "{% if %}",
    "{{ 'unclosed }}",
    "{{ 10 * " + "*".join(["1000000000000"] * 3) + " }}",
]


@pytest.mark.parametrize("expression", HOSTILE)
def test_a_hostile_or_mistaken_expression_is_refused_with_its_line(expression: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        said(f"# 标题\n\n{expression}\n", town=Town("甲"), towns=[Town("甲")])
    assert refused.value.line == 3
    assert "Traceback" not in str(refused.value)


@pytest.mark.parametrize("loops", [
    "{% for a in range(900) %}{% for b in range(900) %}{% for c in range(900) %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in range(900) %}{% for b in range(900) %}一{% endfor %}{% endfor %}",
])  # fmt: skip
def test_endless_loops_are_refused_at_once(loops: str) -> None:
    began = time.monotonic()
    with pytest.raises(TemplateRefused) as refused:
        said("一\n" + loops)
    assert refused.value.line == 2
    assert time.monotonic() - began < 2


def test_texts_that_double_are_refused_before_they_fill_the_memory() -> None:
    doubling = "\n".join("{% set x = x ~ x %}" for _ in range(60))
    with pytest.raises(TemplateRefused):
        said("{% set x = 'abcdefghij' %}\n" + doubling + "\n{{ x }}")


def test_a_template_nested_too_deeply_is_refused() -> None:
    for deep in ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
                 "{% for a in [1] %}" * 60 + "{% endfor %}" * 60):  # fmt: skip
        with pytest.raises(TemplateRefused):
            said(deep)


def test_an_over_long_template_is_refused() -> None:
    with pytest.raises(TemplateRefused):
        said("字" * 70_000)


def test_data_never_becomes_template_or_markup() -> None:
    town = Town("{{ fig('town.staff') }}\n# 标题\n@title 假\n| a | **b** |")
    parsed = parse(said("{{ town.name }}\n", town=town))
    assert parsed.fields == {}
    [block] = parsed.blocks
    assert block == Paragraph((Text("{{ fig('town.staff') }} # 标题 @title 假 | a | **b** |"),))


def test_data_cannot_forge_a_figure() -> None:
    forged = Town("\U000f0001town.staff\U000f000299\U000f0003")
    assert all(isinstance(run, Text) for run in runs(said("{{ town.name }}", town=forged)))
    assert all(
        isinstance(run, Text) for run in runs(said(r'{{ "\U000f0001town.staff\U000f000299\U000f0003" }}'))
    )


def test_a_figure_in_a_sentence_keeps_its_key() -> None:
    line = runs(said("共{{ fig('town.staff') }}名，{{ '合计' ~ fig('town.staff') ~ '名' }}"))
    assert [run.key for run in line if isinstance(run, Figure)] == ["town.staff", "town.staff"]
    assert "".join(run.text for run in line) == "共40名，合计40名"


def test_a_computed_number_is_shown_and_links_to_nothing() -> None:
    assert runs(said("{{ fig('town.staff') - 1 }}")) == (Text("39"),)


def test_numbers_in_chinese_numerals_keep_their_key() -> None:
    assert runs(said("{{ fig('town.staff')|hanzi }}")) == (Figure("四十", "town.staff", ""),)


def test_a_figure_without_value_can_be_asked_about() -> None:
    assert said("{% if fig('town.none') is known %}有{% else %}无{% endif %}") == "无"


def test_an_if_without_else_says_nothing() -> None:
    assert (
        said("{{ '有' if fig('town.staff') > 50 }}{{ clauses('甲' if true, '乙' if false, '丙') }}")
        == "甲，丙"
    )


def test_headings_number_themselves_and_run_in() -> None:
    blocks = parse("# 甲\n## 乙。\n正文\n\n## 丙\n\n### 丁\n子\n\n### 戊\n丑\n\n# 己\n末").blocks
    assert [(type(block).__name__, "".join(run.text for run in block.runs)) for block in blocks] == [  # type: ignore[union-attr]
        ("Heading", "一、甲"), ("Paragraph", "（一）乙。正文"), ("Heading", "（二）丙"), ("Paragraph", "1.丁子"),
        ("Paragraph", "2.戊丑"), ("Heading", "二、己"), ("Paragraph", "末"),
    ]  # fmt: skip
    assert isinstance(blocks[1], Paragraph)
    assert blocks[1].runs[0] == Lead("（一）乙。")


def test_a_heading_with_nothing_under_it_is_left_out() -> None:
    blocks = parse("# 甲\n\n## 乙\n\n# 丙\n\n文").blocks
    assert [plain("".join(run.text for run in block.runs)) for block in blocks] == ["一、丙", "文"]  # type: ignore[union-attr]
    assert parse("# 甲\n\n## 乙\n").blocks == ()


def test_lists_and_tables_are_read() -> None:
    points, table = parse("1. 甲\n1. 乙\n\n^ 表一\n| 名称 3 | 数 |\n|---|--:|\n| 甲镇 | 5 |\n").blocks
    assert points == List(((Text("甲"),), (Text("乙"),)), ordered=True)
    assert isinstance(table, Table)
    assert [(c.title, c.width, c.number) for c in table.columns] == [("名称", 3.0, False), ("数", 1, True)]
    assert table.caption == "表一"
    assert table.rows == (((Text("甲镇"),), (Text("5"),)),)


def test_a_table_without_rows_is_left_out() -> None:
    assert parse("# 甲\n\n| 名称 |\n|---|\n").blocks == ()


@pytest.mark.parametrize(
    "text", ["| 甲 | 乙 |\n|---|---|\n| 一 |", "@colour red", "\n\n".join("# 甲\n\n文" for _ in range(120))]
)
def test_lines_that_cannot_be_laid_out_are_refused(text: str) -> None:
    with pytest.raises(TemplateRefused):
        parse(text)


def test_a_heading_stays_with_its_chapter() -> None:
    assert isinstance(parse("# 甲\n\n文").blocks[0], Heading)


def test_a_claim_without_a_condition_is_pointed_out_with_its_line() -> None:
    source = "一\n各乡镇均已配备。\n{% if true %}全部配齐{% endif %}\n平均每镇\n{{ '均有' if true else '' }}\n全部到位"
    assert compiled(source, sandbox()).claims == ((2, "均"), (6, "全部"))


def test_the_standard_template_claims_nothing_without_a_condition() -> None:
    assert compiled(standard_text(), sandbox()).claims == ()
