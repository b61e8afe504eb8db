"""Balances (勾稽) between figures: identities, whose breach is a wrong number, and expectations, whose breach is a
shortfall against a county's standard. Declared beside the figures by the apps, checked everywhere the same way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from xiezuo.figures.answers import values
from xiezuo.figures.asking import Asking
from xiezuo.figures.counting import counting

Kind = Literal["identity", "expectation"]


class Part(NamedTuple):
    """One line of a balance that is checked line by line, such as one kind of unit."""

    name: Any
    left: int
    right: int


class Sides(NamedTuple):
    """The two sides for one commission; None where a figure has no one answer. `parts` must each hold as well."""

    left: int | None
    right: int | None
    parts: tuple[Part, ...] = ()


class Ask:
    """Figures of one check: each is asked once, however many balances use it. `known` holds values by key."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking
        self.known: dict[str, dict[int, int | None]] = {}

    def fetch(self, keys: Iterable[str]) -> None:
        """Ask for figures that are not known yet."""
        missing = [key for key in keys if key not in self.known]
        found = values(self.asking, missing) if missing else {}
        for key in missing:
            self.known[key] = {commission: answers[key] for commission, answers in found.items()}

    def __call__(self, key: str, commission: int) -> int | None:
        """The value of `key` for one commission."""
        if key not in self.known:
            self.fetch([key])
        return self.known[key][commission]


@dataclass(frozen=True, kw_only=True, eq=False)
class Balance:
    """One rule. `sides` computes both sides for every commission asked about; `compare` is = or <=.

    `missing` names, for a broken expectation, the records that fall short, where that can be said. `opens` is the route of
    the page that shows them, and `opens_for` the ability that it asks for, by its word.
    """

    id: str
    kind: Kind
    rule: Any
    sides: Callable[[Ask], Mapping[int, Sides]]
    compare: Literal["=", "<="] = "="
    missing: Callable[[Asking], Mapping[int, list[str]]] | None = None
    keys: tuple[str, ...] = ()
    order: int = 0
    opens: str = ""
    opens_for: str = ""


@dataclass(frozen=True)
class Checked:
    """A balance as found for one commission. `holds` is None where a side has no answer; `shortfall` is in words;
    `off` says that this commission does not keep to this expectation."""

    balance: Balance
    left: int | None
    right: int | None
    holds: bool | None
    parts: tuple[Part, ...] = ()
    shortfall: tuple[str, ...] = field(default=())
    off: bool = False


_NO_SIDES = Sides(None, None)
_balances: dict[str, Balance] = {}
_switches: list[Callable[[tuple[int, ...]], Mapping[int, Iterable[str]]]] = []


def register_balances(*balances: Balance) -> None:
    """Add balances; an id that is already taken by another balance is refused."""
    for balance in balances:
        if _balances.setdefault(balance.id, balance) is not balance:
            raise ValueError(f"the balance {balance.id} is registered twice")


def switched_by(source: Callable[[tuple[int, ...]], Mapping[int, Iterable[str]]]) -> None:
    """Name the source that knows which expectations each commission has switched off."""
    _switches[:] = [source]


def all_balances() -> list[Balance]:
    """Every balance, identities first."""
    return sorted(
        _balances.values(), key=lambda balance: (balance.kind != "identity", balance.order, balance.id)
    )


def between(left: str, right: Callable[..., int], *keys: str) -> dict[str, Any]:
    """The sides of a balance between figures: `left` against `right(*values of keys)`."""

    def sides(ask: Ask) -> Mapping[int, Sides]:
        found = {}
        for commission in ask.asking.commissions:
            terms = [ask(key, commission) for key in keys]
            total = None if None in terms else right(*terms)
            found[commission] = Sides(ask(left, commission), total)
        return found

    return {"sides": sides, "keys": (left, *keys)}


def check(
    asking: Asking, known: Mapping[int, Mapping[str, int | None]] | None = None
) -> dict[int, list[Checked]]:
    """Every balance for every commission. `known` may hold figures already asked, so that they are not asked again.

    Where the reader may not know the totals of a commission, its balances have no sides.
    """
    off = _switches[0](asking.commissions) if _switches else {}
    found: dict[int, list[Checked]] = {commission: [] for commission in asking.commissions}
    with counting(asking.commissions) as totals:
        ask = Ask(replace(asking, commissions=totals))
        _take(ask, known)
        for balance in all_balances():
            sides = balance.sides(ask) if totals else {}
            short = _missing(balance, sides, asking)
            for commission, results in found.items():
                side = sides.get(commission, _NO_SIDES)
                results.append(_checked(balance, side, short.get(commission, []), off.get(commission, ())))
    return found


def _take(ask: Ask, known: Mapping[int, Mapping[str, int | None]] | None) -> None:
    for commission, answers in (known or {}).items():
        for key, value in answers.items():
            ask.known.setdefault(key, {})[commission] = value


def _missing(balance: Balance, sides: Mapping[int, Sides], asking: Asking) -> Mapping[int, list[str]]:
    broken = [commission for commission, found in sides.items() if _holds(balance, found) is not True]
    if balance.missing is None or not broken:
        return {}
    return balance.missing(Asking(tuple(broken), asking.on, asking.during, asking.known, asking.reader))


def _holds(balance: Balance, sides: Sides) -> bool | None:
    if sides.left is None or sides.right is None:
        return None
    lines = [(sides.left, sides.right), *((part.left, part.right) for part in sides.parts)]
    if balance.compare == "<=":
        return all(left <= right for left, right in lines)
    return all(left == right for left, right in lines)


def _checked(balance: Balance, sides: Sides, short: list[str], off: Iterable[str]) -> Checked:
    switched_off = balance.kind == "expectation" and balance.id in off
    return Checked(
        balance, sides.left, sides.right, _holds(balance, sides), sides.parts, tuple(short), switched_off
    )
