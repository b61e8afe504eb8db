"""Every text on screen has its Chinese, once, with the same placeholders; and the tools that see to it can see."""

import gettext
import io
from pathlib import Path

import pytest

from tools.catalogue import BrokenCatalogue, Key, Message, catalogue_text, compile_catalogue, read_messages
from tools.extraction import in_django_template, in_jinja_template, in_python
from tools.messages import CATALOGUE, PACKAGE, faults, marked_texts, merged, parts

KEY = Key("%(number)d people")
MARKED = {KEY: ["src/xiezuo/ui/parts.py"]}


def test_every_text_has_its_chinese() -> None:
    assert faults(marked_texts(PACKAGE), parts()) == []


def test_the_catalogue_is_what_its_parts_say() -> None:
    assert CATALOGUE.read_text() == catalogue_text(merged(marked_texts(PACKAGE), parts().values()))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, "no Chinese"),
        ({"a.po": [Message(KEY, "")]}, "no Chinese"),
        ({"a.po": [Message(KEY, "%(number)d人"), Message(Key("gone"), "没有了")]}, "unused"),
        (
            {"a.po": [Message(KEY, "%(number)d人")], "b.po": [Message(KEY, "%(number)d名")]},
            "two translations",
        ),
        ({"a.po": [Message(KEY, "人")]}, "placeholders differ"),
    ],
)
def test_a_fault_in_the_translations_is_named(given: dict[str, list[Message]], fault: str) -> None:
    assert [line.split(":")[0] for line in faults(MARKED, given)] == [fault]
    assert faults(MARKED, {"a.po": [Message(KEY, "%(number)d人")]}) == []


def test_marked_texts_are_found_in_python() -> None:
    source = "_('one' ' text')\nngettext('%d day', '%d days', n)\npgettext_lazy('post', 'lead')\n_(name)\nother('no')"
    assert list(in_python(source)) == [Key("one text"), Key("%d day", "", "%d days"), Key("lead", "post")]


def test_marked_texts_are_found_in_templates() -> None:
    source = (
        '{% translate "People" %}{{ _("Zone") }}{% blocktranslate trimmed count n=n %}\n one {{ name }}\n'
        '{% plural %} many {{ name }}{% endblocktranslate %}{# _(\'no\') #}{% translate "lead" context "post" %}'
    )
    assert set(in_django_template(source)) == {
        Key("People"), Key("Zone"), Key("one %(name)s", "", "many %(name)s"), Key("lead", "post"),
    }  # fmt: skip
    assert list(in_jinja_template("{{ _('Rows') }}")) == [Key("Rows")]


def test_a_catalogue_is_read_as_it_was_written(tmp_path: Path) -> None:
    messages = [
        Message(Key('a "quoted"\nline\t\\'), "“引”\n行"),
        Message(Key("lead", "post"), "组长"),
        Message(Key("%d day", "", "%d days"), "%d天"),
    ]
    file = tmp_path / "django.po"
    file.write_text(catalogue_text(messages))
    assert {(message.key, message.translation) for message in read_messages(file)} == {
        (message.key, message.translation) for message in messages
    }


def test_a_compiled_catalogue_speaks_as_python_reads_it() -> None:
    messages = [
        Message(Key("People"), "人员"),
        Message(Key("lead", "post"), "组长"),
        Message(Key("%d day", "", "%d days"), "%d天"),
        Message(Key("not yet"), ""),
    ]
    spoken = gettext.GNUTranslations(io.BytesIO(compile_catalogue(messages)))
    assert spoken.gettext("People") == "人员"
    assert spoken.pgettext("post", "lead") == "组长"
    assert spoken.ngettext("%d day", "%d days", 2) == "%d天"
    assert spoken.gettext("not yet") == "not yet"


def test_a_broken_part_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "broken.po"
    file.write_text('msgid "a"\nmsgstr 甲\n')
    with pytest.raises(BrokenCatalogue, match=r"broken\.po:2: found 'msgstr 甲'"):
        read_messages(file)
