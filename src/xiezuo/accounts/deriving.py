"""Which rights follow from the posts a person holds and from the grants an account was given. Pure: knows no table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from xiezuo.accounts.roles import ADMINISTRATORS, Role, Scope

Days = tuple[date, date]
"""A half-open period `[starts, ends)`."""


@dataclass(frozen=True)
class Holding:
    """One role over one thing on the days `[starts, ends)`; `because` names the post, the zone or the grant."""

    role: Role
    commission: int | None
    scope_kind: Scope
    scope_id: int
    starts: date
    ends: date
    because: dict[str, Any] = field(default_factory=dict, hash=False)
    grant: int | None = None

    @property
    def days(self) -> Days:
        """Its period."""
        return self.starts, self.ends

    def key(self) -> tuple[Any, ...]:
        """What makes two holdings the same."""
        because = tuple(sorted((name, str(value)) for name, value in self.because.items()))
        return (self.role, self.commission, self.scope_kind, self.scope_id, *self.days, because, self.grant)


def common(first: Days, second: Days) -> Days | None:
    """The days in both periods; None if there are none."""
    starts, ends = max(first[0], second[0]), min(first[1], second[1])
    return (starts, ends) if starts < ends else None


def without(days: Days, taken: Iterable[Days]) -> list[Days]:
    """What is left of `days` once the days of each period in `taken` are gone, in order."""
    left = [days]
    for gone in taken:
        left = [piece for each in left for piece in _cut(each, gone)]
    return left


def _cut(days: Days, gone: Days) -> list[Days]:
    before, after = (days[0], min(days[1], gone[0])), (max(days[0], gone[1]), days[1])
    return [piece for piece in (before, after) if piece[0] < piece[1]]


def tied(holding: Holding, posts: Iterable[Days]) -> list[Holding]:
    """`holding` on those of its days on which one of the posts is held."""
    return _on(holding, [both for post in _joined(posts) if (both := common(holding.days, post))])


def effective(holdings: Sequence[Holding]) -> list[Holding]:
    """`holdings` as they count: on the days on which an account is an administrator, it is nothing else."""
    administering = [each for each in holdings if each.role in ADMINISTRATORS]
    taken = [each.days for each in administering]
    business = [each for each in holdings if each.role not in ADMINISTRATORS]
    left = [piece for each in business for piece in _on(each, without(each.days, taken))]
    return list({each.key(): each for each in [*administering, *left]}.values())


def _on(holding: Holding, pieces: Iterable[Days]) -> list[Holding]:
    return [replace(holding, starts=starts, ends=ends) for starts, ends in pieces]


def _joined(periods: Iterable[Days]) -> list[Days]:
    joined: list[Days] = []
    for starts, ends in sorted(periods):
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((starts, ends))
    return joined
