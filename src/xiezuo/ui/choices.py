"""Words of closed lists: what the ledger keeps in Chinese is shown in the reader's language."""

from collections.abc import Sequence
from typing import Any

from django.db.models import TextChoices

from xiezuo.shared.lists import listed
from xiezuo.ui.words import Words


def words_of(choices: type[TextChoices], value: str) -> Words:
    """The label of `value`; a word that the list does not know is shown as it stands."""
    return choices(value).label if value in choices.values else value


def words_of_all(choices: type[TextChoices], values: Sequence[str]) -> str:
    """The labels of several values in a row."""
    return listed(str(words_of(choices, value)) for value in values)


def filled(choices: type[TextChoices]) -> list[tuple[str, Any]]:
    """Value and label of every choice that is a word: the entries of a filter menu."""
    return [(value, label) for value, label in choices.choices if value]
