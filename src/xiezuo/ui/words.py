"""Types of words and days on screen."""

from datetime import date

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import get_language

Words = str | Promise
"""Text, perhaps still waiting for the language of the reader."""


def long_day(day: date) -> str:
    """`2022年8月15日` or `15 August 2022`, in the reader's language."""
    if (get_language() or "").startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {formats.date_format(day, 'F')} {day.year}"
