"""How tests look at pages: the workbook that a list gives, the questions that a page asks, the acts that it journals."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook


def workbook_rows(response: HttpResponse) -> list[tuple[Any, ...]]:
    """The rows of the only sheet of a workbook, its head first."""
    return list(load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))


def questions_of(client: Client, address: str) -> int:
    """How many questions the page at `address` asks; it must answer."""
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return len(asked)


class Acts(list[str]):
    """Statements that added to the journal: the application may write there and not read, so tests watch the writing."""

    def of(self, act: str) -> list[str]:
        """Those of one kind of act."""
        return [statement for statement in self if f"'{act}'" in statement]


@contextmanager
def journal() -> Iterator[Acts]:
    """The acts that are journalled inside the block."""
    acts = Acts()
    with CaptureQueriesContext(connection) as asked:
        yield acts
    acts.extend(query["sql"] for query in asked if "INSERT INTO audit_entry" in query["sql"])
