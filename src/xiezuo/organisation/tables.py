"""Columns of the lists of the organisation."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from xiezuo.organisation.establishment import Line
from xiezuo.organisation.parts import standard_state
from xiezuo.organisation.sight import Sight
from xiezuo.organisation.states import Engagement, MoveIn, MoveOut, Status, UnitKind
from xiezuo.shared.lists import listed
from xiezuo.ui.blocks import Shortfall
from xiezuo.ui.choices import words_of, words_of_all
from xiezuo.ui.links import address, row_linker
from xiezuo.ui.parts import Link
from xiezuo.ui.table import Column, RowLink

Row = Mapping[str, Any]


def unit_columns(request: HttpRequest, sight: Sight) -> list[Column]:
    """Units on a day; numbers of people as far as `sight` reaches."""
    posts = linker_to_posts(request)

    def counted(key: str) -> RowLink:
        return lambda row: sight.number(row["unit_id"], row[key])

    def people(row: Row) -> Any:
        number = sight.number(row["unit_id"], row["people"])
        return Link(str(number), posts(row)) if sight.sees(row["unit_id"]) else number

    return [
        Column("name", _("Unit"), searchable=True, link=row_linker(request, "organisation:unit", "unit_id")),
        kind_column(),
        Column("people", _("People"), kind="number", value=people, field="people"),
        Column("full_time", _("Full-time"), kind="number", value=counted("full_time"), field="full_time"),
        Column("lent", _("Of which lent"), kind="number", value=counted("lent"), field="lent", hint=_("Of the people: seconded, attached or learning on the job")),
        Column("place", _("Place"), filterable=True, searchable=True),
        Column("host", _("Host"), optional=True, searchable=True),
        Column("supervised", _("Supervises"), optional=True, sortable=False, value=_listed("supervised"), field="supervised"),
        Column("functions", _("Fields of work"), optional=True, sortable=False, value=_listed("functions"), field="functions"),
        Column("starts", _("Since"), kind="date"),
        Column("basis", _("Basis"), optional=True),
    ]  # fmt: skip


def linker_to_posts(request: HttpRequest) -> RowLink:
    """A function from a row with `unit_id` to the people in post at that unit."""
    pattern = address(request, "organisation:people", f_unit_id="0")
    before, after = pattern.split("f.unit_id=0")
    return lambda row: f"{before}f.unit_id={row['unit_id']}{after}"


def kind_column(*, filterable: bool = True) -> Column:
    """The kind of a unit, in the reader's words."""
    return Column("kind", _("Kind"), filterable=filterable, choices=UnitKind.choices, field="kind",
                  value=lambda row: words_of(UnitKind, row["kind"]))  # fmt: skip


def post_columns(request: HttpRequest, units: Mapping[int, str]) -> list[Column]:
    """People in post on a day; `units` name the choices of the filter by unit."""
    return [
        _person(request),
        Column("unit_id", _("Unit"), filterable=True, choices=[(str(unit), name) for unit, name in units.items()],
               field="unit_id", value=lambda row: row["unit_name"], link=row_linker(request, "organisation:unit", "unit_id"),
               sortable=False),
        kind_column(),
        Column("post", _("Post"), filterable=True),
        *_manner(),
        Column("starts", _("Since"), kind="date"),
        Column("other_posts", _("Also holds"), optional=True, searchable=True),
        Column("moves", _("Came by"), optional=True, sortable=False, field="moves",
               value=lambda row: words_of_all(MoveIn, row["moves"])),
        Column("basis", _("Basis"), optional=True, searchable=True),
    ]  # fmt: skip


def _manner() -> list[Column]:
    return [
        Column("engagement", _("Full-time or part-time"), filterable=True, choices=Engagement.choices, field="engagement",
               value=lambda row: words_of(Engagement, row["engagement"])),
        Column("status", _("Staff status"), filterable=True, choices=Status.choices, field="status",
               value=lambda row: words_of(Status, row["status"])),
    ]  # fmt: skip


def taken_up_columns(request: HttpRequest) -> list[Column]:
    """Posts taken up between two days."""
    return [
        Column("day", _("Day"), kind="date"),
        *_who_and_where(request),
        Column("moves", _("Came by"), sortable=False, field="moves", value=lambda row: words_of_all(MoveIn, row["moves"])),
        Column("came_from", _("Came from"), sortable=False, field="from_unit_name",
               value=lambda row: row["came_from"] or row["from_outside"]),
        Column("basis", _("Basis"), searchable=True),
    ]  # fmt: skip


def given_up_columns(request: HttpRequest) -> list[Column]:
    """Posts given up between two days."""
    return [
        Column("day", _("Day"), kind="date"),
        *_who_and_where(request),
        Column("leaving", _("Left by"), filterable=True, choices=MoveOut.choices, field="leaving",
               value=lambda row: words_of(MoveOut, row["leaving"])),
        Column("to_outside", _("Went to")),
        Column("basis", _("Basis"), searchable=True),
    ]  # fmt: skip


def _who_and_where(request: HttpRequest) -> list[Column]:
    return [
        _person(request),
        Column(
            "unit_name", _("Unit"), searchable=True, link=row_linker(request, "organisation:unit", "unit_id")
        ),
        kind_column(),
        Column("post", _("Post"), filterable=True),
        *_manner(),
    ]


def _person(request: HttpRequest) -> Column:
    return Column(
        "person_name",
        _("Name of the person"),
        searchable=True,
        link=row_linker(request, "organisation:person", "person_id"),
    )


def _listed(key: str) -> RowLink:
    return lambda row: listed(row[key])


def extras(*columns: str) -> dict[str, str]:
    """Fields that links of a list need beside its columns."""
    return {column: column for column in columns}


def standard_columns(to: Any) -> list[Column]:
    """Standards beside reality; `to` gives the address of a unit."""
    return [
        Column("unit_name", _("Unit"), searchable=True, link=lambda row: to(row["unit"])),
        kind_column(),
        Column("post", _("Post"), filterable=True),
        Column("required", _("Standard"), kind="number"),
        Column("actual", _("Actual"), kind="number"),
        Column("required_full_time", _("of which full-time"), kind="number"),
        Column("actual_full_time", _("Actual full-time"), kind="number"),
        Column("state", _("State"), kind="state", filterable=True),
        Column("basis", _("Basis"), optional=True),
    ]


def standard_row(line: Line) -> dict[str, Any]:
    """One line of the establishment as a row."""
    return {
        "unit": line.unit, "unit_name": line.unit_name, "kind": line.kind, "post": line.post,
        "required": line.required, "actual": line.actual, "required_full_time": line.required_full_time,
        "actual_full_time": line.actual_full_time, "state": standard_state(line), "basis": line.basis,
    }  # fmt: skip


def standard_totals(rows: Any) -> dict[str, Any]:
    """Sums of standard and reality."""
    counted = ("required", "actual", "required_full_time", "actual_full_time")
    kept = list(rows)
    return {"unit_name": _("Total"), **{key: sum(row[key] for row in kept) for key in counted}}


def shortfall(request: HttpRequest, line: Line) -> Shortfall:
    """What one post of one unit lacks: people, or where there are enough, full-time ones."""
    standard, actual = line.required, line.actual
    if not line.missing:
        standard, actual = line.required_full_time, line.actual_full_time
    return Shortfall(
        words=f"{line.unit_name} {line.post}", standard=standard, actual=actual,
        missing=str(standard_state(line).words), href=address(request, "organisation:unit", line.unit),
    )  # fmt: skip
