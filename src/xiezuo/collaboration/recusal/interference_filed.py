"""What is filed in the register of interference, as values, and the number that the filer keeps."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Filing:
    """What somebody files: the kind, the day, how, and who intervened. `request` is the matter, if there is one.

    `filer` is whose filing it is where it is entered from paper; `sure` confirms words that look like contents.
    """

    kind: str
    on: date
    how: str
    name: str
    office: str = ""
    request: int | None = None
    filer: str = ""
    sure: bool = False


def number_filed(year: int, number: int) -> str:
    """The number as it is told and printed."""
    return f"干预〔{year}〕{number}号"
