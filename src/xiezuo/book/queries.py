"""What the ledger holds, in the shape of the book's sheets; and the corrections of it that wait."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.approvals.api import Approval, number_of
from xiezuo.approvals.states import ApprovalState
from xiezuo.book.columns import Sheet
from xiezuo.book.models import Correction, Draft, Load, WordMapping
from xiezuo.book.sheets import BY_NAME, ENTITIES, FACTS
from xiezuo.organisation.api import Proposed
from xiezuo.organisation.models import Assignment, Commission
from xiezuo.shared.errors import NotThere
from xiezuo.shared.ledger import LedgerRow

Row = tuple[Any, ...]


class Known(NamedTuple):
    """One current row of the ledger: its id, its order, and its values in the order of the sheet's fields."""

    id: int
    position: int
    values: Row


_LISTS = {"users": "人员", "units": "机构"}
"""Fields that hold lists of ids, and the sheet of what they mean."""


def model_of(sheet: Sheet) -> type[LedgerRow]:
    """The table that a sheet fills."""
    return apps.get_model(sheet.model)


def anchor_of(sheet: Sheet) -> type[Any]:
    """The table of the things that an entity sheet describes."""
    return model_of(sheet)._meta.get_field(sheet.entity).related_model  # type: ignore[return-value]


def ids_of(sheet: Sheet, commission: Commission | None) -> dict[str, int]:
    """Code → id of every thing of an entity sheet."""
    if commission is None:
        return {}
    return dict(anchor_of(sheet).objects.filter(commission=commission).values_list("code", "id"))


def known_rows(sheet: Sheet, commission: Commission | None) -> list[Known]:
    """The current rows of a sheet, in the order of the book; references are given as codes."""
    if commission is None:
        return []
    lookups = [_lookup(sheet, name) for name in sheet.fields]
    rows = model_of(sheet).objects.current().filter(commission=commission).order_by("position", "id")
    found = rows.values_list("id", "position", *lookups)
    lists = [(index, name) for index, name in enumerate(sheet.fields) if _is_list(sheet, name)]
    if not lists:
        return [Known(row[0], row[1], row[2:]) for row in found.iterator(chunk_size=5000)]
    return [Known(row[0], row[1], _with_tuples(row[2:], lists, _codes(lists, commission))) for row in found]


def _lookup(sheet: Sheet, name: str) -> str:
    if name == "code" and sheet.entity:
        return f"{sheet.entity}__code"
    return f"{name}__code" if name in sheet.refers and name not in _LISTS else name


def _is_list(sheet: Sheet, name: str) -> bool:
    return name in _LISTS or any(column.field == name and column.blank == () for column in sheet.columns)


def _codes(lists: list[tuple[int, str]], commission: Commission) -> dict[str, dict[int, str]]:
    return {
        name: {number: code for code, number in ids_of(BY_NAME[_LISTS[name]], commission).items()}
        for _index, name in lists
        if name in _LISTS
    }


def _with_tuples(values: Row, lists: list[tuple[int, str]], codes: dict[str, dict[int, str]]) -> Row:
    changed = list(values)
    for index, name in lists:
        known = codes.get(name)
        changed[index] = tuple(known[item] for item in values[index]) if known else tuple(values[index])
    return tuple(changed)


def segments(rows: Iterable[Known], sheet: Sheet) -> dict[str, list[Known]]:
    """The description rows of each entity, in the order of time."""
    code, starts = sheet.place["code"], sheet.place["starts"]
    found: dict[str, list[Known]] = defaultdict(list)
    for row in rows:
        found[row.values[code]].append(row)
    for several in found.values():
        several.sort(key=lambda row: row.values[starts])
    return dict(found)


def meanings_of(code: str) -> dict[tuple[str, str], str]:
    """What the words of a commission mean."""
    rows = WordMapping.objects.filter(commission_code=code, ended_at__isnull=True)
    return {
        (column, word): meaning for column, word, meaning in rows.values_list("column", "word", "meaning")
    }


def loads_of(commission: Commission) -> QuerySet[Load]:
    """The loads of a commission, the last one first."""
    return Load.objects.filter(commission=commission).order_by("-id")


def drafts_waiting(actor: Actor) -> list[Draft]:
    """Books that `actor` uploaded and nobody has loaded, the oldest first."""
    return list(Draft.objects.filter(by=actor.name).exclude(state=Draft.State.LOADED).order_by("at", "pk"))


def last_load(commission: Commission) -> Load | None:
    """The last load that still stands."""
    return loads_of(commission).filter(withdrawn_at__isnull=True).first()


def entered_since(load: Load) -> bool:
    """Whether facts of the commission were entered on screen after `load`; they may rest on what it brought."""
    models = {model_of(sheet) for sheet in [*ENTITIES, *FACTS]}
    entered = (
        model.objects.current().filter(
            commission=load.commission_id, load__isnull=True, known_from__gt=load.at
        )
        for model in models
    )
    return any(rows.exists() for rows in entered)


def mappings_of(code: str) -> QuerySet[WordMapping]:
    """The words that a commission has mapped."""
    return WordMapping.objects.filter(commission_code=code, ended_at__isnull=True).order_by("column", "word")


def correction_of(approval: Approval) -> Correction:
    """The correction that an approval decides. Raises `NotThere` for who may not see it."""
    found = Correction.objects.filter(pk=approval.subject_id).select_related("commission").first()
    if found is None:
        raise NotThere(_("There is no such correction, or it is not for you."))
    return found


def person_of(correction: Correction) -> int | None:
    """Whose post it is; nobody for a reader who may not see it."""
    return Assignment.objects.filter(pk=correction.assignment_id).values_list("person", flat=True).first()


def open_correction(post: int) -> Correction | None:
    """The correction under way of a post."""
    return Correction.objects.filter(assignment=post, outcome="").select_related("commission").first()


def corrections_under_way(posts: Collection[int]) -> dict[int, Proposed]:
    """The corrections under way of these posts that the reader may see. Two queries, however many."""
    found = list(Correction.objects.filter(assignment__in=posts, outcome="", approval__isnull=False))
    numbers = [row.approval for row in found if row.approval is not None]
    approvals = Approval.objects.filter(pk__in=numbers).select_related("commission")
    by_number: dict[int | None, Approval] = {approval.pk: approval for approval in approvals}
    return {
        row.assignment_id: _proposed(row, by_number[row.approval]) for row in found if row.approval in by_number
    }  # fmt: skip


def _proposed(row: Correction, approval: Approval) -> Proposed:
    href, returned = reverse("inbox:approval", args=[approval.pk]), approval.state == ApprovalState.RETURNED
    return Proposed(number_of(approval), href, returned, row.strikes, row.changes, row.reason)
