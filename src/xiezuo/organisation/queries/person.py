"""One person: posts over time, share in the division of work; personal data only as far as the reader needs it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.organisation.models import Assignment, Commission, Person, PersonRecord, Portfolio, UnitRecord
from xiezuo.organisation.queries.names import unit_names
from xiezuo.organisation.states import LENT
from xiezuo.shared.asof import on_exactly, on_or_nearest
from xiezuo.shared.documents import Document, documents_of
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import covers

MASK = "****"


@dataclass(frozen=True)
class Post:
    """One post of the person over a period."""

    id: int
    unit: int
    unit_name: str
    kind: str
    post: str
    engagement: str
    status: str
    other_posts: str
    moves: tuple[str, ...]
    came_from: str
    leaving: str
    went_to: str
    starts: date
    ends: date
    basis: str

    @property
    def lent(self) -> bool:
        """Whether the person belongs to another unit while in this post."""
        return self.status in LENT


@dataclass(frozen=True)
class Share:
    """One share in the division of work: a unit, or a line of work in words."""

    id: int
    unit: int | None
    words: str
    mode: str
    starts: date
    ends: date
    basis: str


@dataclass(frozen=True)
class Personal:
    """What is kept of a person besides the posts. Masked: year of birth alone, no origin, most of the number hidden."""

    sex: str
    born: str
    origin: str
    telephone: str
    skills: tuple[str, ...]
    masked: bool


@dataclass(frozen=True)
class PersonPage:
    """One person on a day with the whole history; `record` is None for a day that no description covers."""

    person: int
    code: str
    on: date
    name: str
    record: PersonRecord | None
    personal: Personal | None
    posts: tuple[Post, ...]
    shares: tuple[Share, ...]
    documents: tuple[Document, ...]

    @property
    def posts_now(self) -> list[Post]:
        """Posts held on the day."""
        return [post for post in self.posts if covers(post.starts, post.ends, self.on)]

    def units_on(self, day: date) -> set[int]:
        """Units that answer for the person on a day."""
        return {post.unit for post in self.posts if covers(post.starts, post.ends, day)}

    @property
    def shares_now(self) -> list[Share]:
        """Shares in the division of work that hold on the day."""
        return [share for share in self.shares if covers(share.starts, share.ends, self.on)]


def person_page(commission: Commission, person: int, on: date, *, masked: bool = True) -> PersonPage:
    """One person on a day. Five queries, whatever the history.

    Raises `NotThere` if the commission has no such person on any day.
    """
    anchor = Person.objects.filter(commission=commission, pk=person).first()
    if anchor is None:
        raise NotThere(_("There is no person number %(number)s in this commission.") % {"number": person})
    records = list(PersonRecord.objects.current().filter(person=anchor).order_by("starts"))
    record = on_or_nearest(records, on)
    posts, shares = _career(anchor.pk, on)
    return PersonPage(
        person=anchor.pk, code=anchor.code, on=on, name=record.name if record else anchor.code,
        record=on_exactly(records, on), personal=personal_of(record, masked=masked) if record else None,
        posts=posts, shares=shares, documents=documents_of([*posts, *shares]),
    )  # fmt: skip


def personal_of(record: PersonRecord, *, masked: bool) -> Personal:
    """The personal data of a description; masked unless the reader asked to see it, which the journal records."""
    born = record.born
    return Personal(
        sex=record.sex,
        born="" if born is None else (f"{born:%Y}" if masked else f"{born:%Y-%m}"),
        origin="" if masked else record.origin,
        telephone=masked_telephone(record.telephone) if masked else record.telephone,
        skills=tuple(record.skills),
        masked=masked,
    )


def masked_telephone(number: str) -> str:
    """The first three characters and a mask that does not tell how many follow; nothing for no number."""
    return number[:3] + MASK if len(number) > 3 else MASK if number else ""


def _career(person: int, on: date) -> tuple[tuple[Post, ...], tuple[Share, ...]]:
    held = list(Assignment.objects.current().filter(person_id=person).order_by("starts", "position", "id"))
    shares = list(Portfolio.objects.current().filter(person_id=person).order_by("position", "starts", "id"))
    mentioned = (
        [row.unit_id for row in held] + [row.from_unit_id for row in held] + [row.unit_id for row in shares]
    )
    units = {unit for unit in mentioned if unit is not None}
    names, kinds = unit_names(units, on), _kinds(units)
    return tuple(_post(row, names, kinds) for row in held), tuple(_share(row, names) for row in shares)


def _kinds(units: set[int]) -> dict[int, str]:
    rows = UnitRecord.objects.current().filter(unit_id__in=units).order_by("starts")
    return dict(rows.values_list("unit_id", "kind"))


def _post(row: Assignment, names: dict[int, str], kinds: dict[int, str]) -> Post:
    return Post(
        id=row.pk, unit=row.unit_id, unit_name=names.get(row.unit_id, ""), kind=kinds.get(row.unit_id, ""),
        post=row.post, engagement=row.engagement, status=row.status, other_posts=row.other_posts,
        moves=tuple(row.moves), came_from=names.get(row.from_unit_id or 0, row.from_outside),
        leaving=row.leaving, went_to=row.to_outside, starts=row.starts, ends=row.ends, basis=row.basis,
    )  # fmt: skip


def _share(row: Portfolio, names: dict[int, str]) -> Share:
    words = row.line if row.unit_id is None else names.get(row.unit_id, "")
    return Share(row.pk, row.unit_id, words, row.mode, row.starts, row.ends, row.basis)
