"""Kinds of matters that are decided in steps. Each is declared by the app whose matter it is, in its `ready()`.

The engine knows no matter; a kind tells the pages and the printed form what a signer must see, and who may apply.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xiezuo.accounts.api import Actor
from xiezuo.shared.errors import Reason

if TYPE_CHECKING:
    from xiezuo.approvals.models import Approval


@dataclass(frozen=True)
class Matter:
    """What a signer must see of a matter on one page, as the reader of the page may see it.

    `facts` are words and values in the order of the form, `changes` what · before · after, `href` the matter's own page.
    """

    facts: Sequence[tuple[str, str]]
    changes: Sequence[tuple[str, str, str]] = ()
    href: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of matter.

    `code` stands in the tables, `mark` in front of its numbers, `title` over its pages. `may_apply(actor, commission)`
    lists what stands against applying. `matter` is asked with the rights of the reader. Of a kind with `batch` several
    can be approved at once, because one line says all there is to say of each; to decide one with `proof`, who sits there
    must just have proved who it is.
    """

    code: str
    mark: str
    title: Any
    may_apply: Callable[[Actor, int], list[Reason]]
    matter: Callable[["Approval"], Matter]
    batch: bool = False
    proof: bool = False


_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Declare kinds; declaring one anew replaces it."""
    _KINDS.update({kind.code: kind for kind in kinds})


def kind_of(code: str) -> Kind:
    """The kind of that code. Raises `LookupError`: a kind that nobody declared is a fault of ours."""
    try:
        return _KINDS[code]
    except KeyError:
        raise LookupError(f"no app declared the kind {code!r} of a matter") from None


def all_kinds() -> list[Kind]:
    """Every kind, in the order in which they were declared."""
    return list(_KINDS.values())


def number_of(approval: "Approval") -> str:
    """The number of an application as it is printed: mark, year, code of the commission, place in the sequence."""
    return f"{kind_of(approval.kind).mark}-{approval.year}-{approval.commission.code}-{approval.number}"
