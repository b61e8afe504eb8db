"""Lists stand in the marks of the reader's language, in the code, in templates and between linked parts."""

import pytest
from django.template import engines
from django.utils.translation import gettext_lazy, override

from xiezuo.shared.lists import clauses, listed
from xiezuo.ui.parts import Link, joined

TEMPLATE = "{{ words|listed }}|{{ words|clauses }}|{% comma %}|{% semicolon %}"


@pytest.mark.parametrize(
    ("language", "row", "parts"), [("zh-hans", "甲、乙", "甲；乙"), ("en", "甲, 乙", "甲; 乙")]
)
def test_a_list_has_the_marks_of_the_readers_language(language: str, row: str, parts: str) -> None:
    with override(language):
        assert (listed(["甲", "", "乙"]), clauses(["甲", "乙", ""])) == (row, parts)
        drawn = engines["django"].from_string(TEMPLATE).render({"words": ["甲", "乙"]})
        assert drawn == f"{row}|{parts}|{row[1:-1]}|{parts[1:-1]}"
        assert joined([Link("甲", ""), Link("乙", "")]) == row


def test_what_is_listed_in_a_template_is_escaped() -> None:
    with override("en"):
        drawn = engines["django"].from_string("{{ words|listed }}").render({"words": ["<b>", "b"]})
    assert drawn == "&lt;b&gt;, b"


def test_lazy_words_are_listed_in_the_language_in_which_they_are_read() -> None:
    with override("zh-hans"):
        chinese = listed([gettext_lazy("People"), gettext_lazy("Post")])
    with override("en"):
        assert listed([gettext_lazy("People"), gettext_lazy("Post")]) == "People, Post"
    assert "、" in chinese
