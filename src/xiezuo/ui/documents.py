"""The documents that the facts of a page rest on, as a table."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.shared.documents import Document
from xiezuo.ui.table import Column, Table


def documents_table(documents: Iterable[Document]) -> Table:
    """The documents that the facts of a page rest on."""
    columns = [
        Column("words", gettext_lazy("Document")), Column("facts", gettext_lazy("Facts resting on it"), kind="number"),
        Column("first", gettext_lazy("First of their days"), kind="date"),
    ]  # fmt: skip
    rows = [{"words": each.words, "facts": each.facts, "first": each.first} for each in documents]
    return Table(
        columns, rows, id="documents", caption=_("Basis documents"), empty=_("No basis document is recorded.")
    )
