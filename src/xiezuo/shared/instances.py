"""Questions in a file as others write them: read from JSON, or every fault named by its place. Words are others' business.

Plain Python, so that who only reads a question waits for no solver.
"""

import json
import math
from dataclasses import dataclass
from enum import Enum
from typing import Any

MOST_FAULTS = 50
SHOWN = 60
"""Of what was found, so many characters are shown."""
LARGEST = 1e15
"""Whole numbers up to here are added exactly."""
MISSING = object()
"""Stands for what is not there."""

Id = str | int


class Document(Enum):
    """What should have stood in a document of whatever question."""

    JSON = "json"
    ONCE = "once"


@dataclass(frozen=True)
class Fault:
    """One fault: where it stands in the document, what stands there, what should; `most` with a count or a length."""

    where: str
    found: str
    expected: Enum
    most: int = 0


class BadInstance(ValueError):
    """The document is no instance; `faults` says why, the first ones of many."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{each.where}: {each.found}" for each in faults))
        self.faults = tuple(faults[:MOST_FAULTS])


def read_json(text: bytes) -> Any:
    """What a JSON document holds. Raises `BadInstance` where it is none."""
    try:
        return json.loads(text.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise BadInstance(
            [Fault(f"byte {error.start + 1}", repr(text[error.start : error.end]), Document.JSON)]
        ) from error
    except json.JSONDecodeError as error:
        found = error.doc[error.pos : error.pos + 20].split("\n")[0]
        raise BadInstance(
            [Fault(f"line {error.lineno}, column {error.colno}", found or "—", Document.JSON)]
        ) from error
    except (RecursionError, ValueError) as error:
        if isinstance(error, BadInstance):
            raise
        raise BadInstance([Fault("$", str(error)[:SHOWN], Document.JSON)]) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once each: of two answers to one question neither is to be believed."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _value in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadInstance([Fault(twice, twice, Document.ONCE)])
    return found


def as_name(code: Any) -> str:
    """An id as it is compared: keys of an object are texts, ids may be whole numbers; empty for what is no id."""
    plain = isinstance(code, (str, int)) and not isinstance(code, bool)
    return str(code) if plain else ""


def as_number(found: Any) -> float | None:
    """A finite number; None for anything else, and for whole numbers beyond what can be counted with."""
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return None
    try:
        value = float(found)
    except OverflowError:
        return None
    return value if math.isfinite(value) and abs(value) <= LARGEST else None


def fault(where: str, found: Any, expected: Enum, most: int = 0) -> Fault:
    """A fault that shows what was found, shortened."""
    text = _shown(found)
    return Fault(where, text if len(text) <= SHOWN else text[: SHOWN - 1] + "…", expected, most)


def _shown(found: Any) -> str:
    if found is MISSING:
        return "—"
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
