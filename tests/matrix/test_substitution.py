"""Foreign numbers, fields that no form has, forged headers and broken bodies: refused, written down, nothing changed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from tests.matrix.canaries import Subject, marks_in
from tests.matrix.office_targets import TARGETS
from tests.matrix.targets import Target
from tests.matrix.walk import Cell, Walker, at_the_gate, faults, is_allowed
from tests.matrix.world import World
from xiezuo.collaboration.loans import forms as loan_forms
from xiezuo.collaboration.recusal import forms as recusal_forms
from xiezuo.collaboration.recusal import interference_forms
from xiezuo.collaboration.requests import forms as request_forms
from xiezuo.collaboration.requests import handing_views
from xiezuo.collaboration.safety import forms as safety_forms
from xiezuo.collaboration.work import forms as work_forms
from xiezuo.config.gate import table
from xiezuo.rules import regulation_forms
from xiezuo.rules.rule_forms import NewRuleForm
from xiezuo.zones.joining import forms as joining_forms
from xiezuo.zones.meetings import forms as meeting_forms
from xiezuo.zones.plans import forms as plan_forms

KEEPER = "case_management"
OFFICES = ("system", "security", "auditor")
POSTS = sorted(route for route, method in table() if method == "POST")
LEDGER_POSTS = [route for route in POSTS if route.startswith(("organisation:", "reports:", "book:", "home:"))]


def able(route: str, world: World) -> Subject:
    """Somebody who may post there."""
    row = table()[route, "POST"]
    names = (KEEPER, *OFFICES, "secretary", "unit_head", "none", "anonymous")
    return next(world.subjects[name] for name in names if is_allowed(row, world.subjects[name], "own"))


def cells(route: str, world: World) -> list[Cell]:
    """What the keeper of the thing posts there, each of which works."""
    subject = able(route, world)
    found = TARGETS[route, "POST"](world, subject)
    return [
        Cell(route, "POST", subject, scope, target, allowed=True)
        for scope in ("plain", "own") for target in found.get(scope, [])
    ]  # fmt: skip


def with_sent(cell: Cell, **more: Any) -> Cell:
    target = Target(cell.target.kwargs, cell.target.query, {**(cell.target.sent or {}), **more})
    return Cell(cell.route, cell.method, cell.subject, cell.scope, target, cell.allowed)


def foreign(world: World) -> dict[str, Any]:
    """For each field that names something: the same of another commission."""
    b = world.counties["B"]
    return {
        "unit": b.units["U2"].pk, "from_unit": b.units["U1"].pk, "leaves": b.things["post U1"].pk, "person": "B-headU1",
        "commission": "B", "template": "自用B", "balance": "nowhere",
    }  # fmt: skip


HAS = {
    "organisation:enter-move": ("unit", "from_unit", "leaves", "person"), "organisation:enter-move-at": ("unit", "from_unit", "leaves", "person"),
    "organisation:enter-move-of": ("unit", "from_unit", "leaves", "person"), "organisation:change-post": ("unit", "from_unit", "leaves", "person"),
    "organisation:correct-post": ("unit", "from_unit"), "organisation:begin-share": ("unit",), "home:commission": ("commission",),
    "reports:write": ("template",),
}  # fmt: skip
"""The fields by which a form names something of the ledger."""


@pytest.mark.parametrize(
    ("route", "field"), [(route, field) for route, fields in HAS.items() for field in fields]
)
def test_a_foreign_thing_named_in_a_form_is_refused(
    route: str, field: str, world: World, walker: Walker
) -> None:
    for cell in cells(route, world):
        answered = walker.ask(with_sent(cell, **{field: foreign(world)[field]}))
        found = world.marks.foreign(cell.subject, answered.marks)
        # A form comes back with what is wrong; nothing of the foreign commission may be in it.
        done = answered.response.status_code == 302
        assert (done, answered.changed, found) == (False, set(), set()), str(cell)


@pytest.mark.parametrize(
    "route", ["organisation:people", "organisation:units", "sites:list", "directives:plan", "zones:matrix"]
)
def test_a_foreign_thing_named_after_an_address_shows_nothing(
    route: str, world: World, walker: Walker
) -> None:
    b, subject = world.counties["B"], world.subjects["unit_head"]
    named = {
        "unit_id": b.units["U1"].pk,
        "unit": b.units["U1"].pk,
        "person_id": b.things["person head U1"].pk,
        "commission": b.commission.pk,
    }
    for query in ({f"f.{name}": value} for name, value in named.items()):
        answered = walker.ask(Cell(route, "GET", subject, "plain", Target(query=query), allowed=True))
        assert world.marks.foreign(subject, answered.marks) == set()
        assert answered.response.status_code in (200, 400)


@pytest.mark.parametrize("query", ["edition", "name"])
def test_a_foreign_template_named_after_an_address_is_not_there(
    query: str, world: World, walker: Walker
) -> None:
    edition = world.counties["B"].things["edition"]
    asked = {"edition": edition.pk} if query == "edition" else {"name": "no such template"}
    cell = Cell(
        "reports:template",
        "GET",
        world.subjects["report_writer"],
        "foreign",
        Target(query=asked),
        allowed=False,
    )
    assert faults(cell, walker.ask(cell), world, open_to_all=False) == []


# Fields that no form has


HOSTILE: dict[str, Any] = {
    "id": 1, "pk": 1, "user": 1, "account_id": 1, "by": "operator", "actor": "operator", "is_superuser": "on", "is_staff": "on",
    "is_active": "on", "known_from": "2000-01-01", "known_until": "2000-01-01", "issued_at": "2000-01-01", "issued_by": "operator",
    "decided_by": "operator", "outcome": "confirmed", "person_confirmed_by": "operator", "rights_edition": "0",
    "role": "auditor", "roles": "auditor", "groups": "1", "user_permissions": "1", "scope_kind": "installation", "load": "1",
    "withdrawn_at": "2000-01-01", "stored_as": "x", "state": "loaded", "sha256": "0", "ledger_version": "0",
}  # fmt: skip


def every_field(world: World) -> dict[str, Any]:
    """Every column of every table of ours, and what a caller may hope that somebody reads."""
    names = {
        field.name
        for model in apps.get_models()
        if model.__module__.startswith("xiezuo.")
        for field in model._meta.fields
    }
    b = world.counties["B"].commission.pk
    return {**dict.fromkeys(sorted(names), str(b)), **HOSTILE, "commission": b, "commission_id": b}


# What differs between two runs of one act whatever is sent: numbers, times, keys.
OF_THE_RUN = (
    "id",
    "date_joined",
    "number",
    "key",
    "sha256",
    "stored_as",
    "session_key",
    "hash",
    "content",
    "document",
    "figures",
    "balances",
    "public",
    "secret",
    "load",
    "closed_by_load",
    "because",
    "about",
    "subject",
    "approval",
    "asked_key",
    # Hashes of all that.
    "digest",
    "before",
    "stood",
)


def rows_of(table_name: str) -> list[str]:
    """The rows of a table without what differs from run to run."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table_name} t")
        found = [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
    return sorted(
        json.dumps(
            {k: _fixed(k, v) for k, v in row.items() if k not in OF_THE_RUN and not k.endswith("_id")},
            sort_keys=True,
        )
        for row in found
    )


def _fixed(name: str, value: Any) -> Any:
    """A time as whether there is one."""
    return (
        value is not None
        if name.endswith(("_at", "_from", "_until")) or name in ("at", "password")
        else value
    )


def outcome(walker: Walker, cell: Cell) -> dict[str, Any]:
    """The status, and every row of every table that the act touched, as it left them."""
    found: dict[str, Any] = {}
    digest = walker._digest

    def watched(table_name: str) -> str:
        found[table_name] = rows_of(table_name)
        return digest(table_name)

    walker._digest = watched  # type: ignore[method-assign]
    try:
        answered = walker.ask(cell)
    finally:
        walker._digest = digest  # type: ignore[method-assign]
    return {
        "status": answered.response.status_code,
        "changed": answered.changed,
        **{name: found[name] for name in answered.changed},
    }


@pytest.mark.parametrize("route", POSTS)
def test_a_field_that_no_form_has_changes_nothing(route: str, world: World, walker: Walker) -> None:
    for cell in cells(route, world):
        more = {
            name: value
            for name, value in every_field(world).items()
            if name not in READ_BY.get(route, ()) and name not in (cell.target.sent or {})
        }
        plain, stuffed = outcome(walker, cell), outcome(walker, with_sent(cell, **more))
        assert stuffed == plain, str(cell)


OF_ENTRY = (
    "from_unit", "from_outside", "other_posts", "to_outside", "unit", "line", "basis", "leaving", "ends", "starts", "order_no",
)  # fmt: skip
OF_REGULATIONS = {
    "begin": regulation_forms.BeginForm, "about": regulation_forms.AboutForm, "text": regulation_forms.TextForm,
    "clause": regulation_forms.ClauseForm, "consult": regulation_forms.ConsultForm, "opinion": regulation_forms.OpinionForm,
    "settle": regulation_forms.SettleForm, "apply": regulation_forms.ApplyForm, "drop": regulation_forms.DropForm,
    "link": regulation_forms.LinkForm, "file": regulation_forms.FiledTextForm,
}  # fmt: skip
OF_ZONES = {
    "begin-plan": plan_forms.BeginPlanForm, "apply-plan": plan_forms.ApplyForm, "file-plan": plan_forms.FilePlanForm,
    "merge-plan": plan_forms.MergeForm, "split-plan": plan_forms.SplitForm, "transfer-plan": plan_forms.TransferForm,
    "settle-opinion": plan_forms.SettleForm, "ask-joining": joining_forms.JoiningForm,
    "ask-authorisation": joining_forms.AuthorisationForm, "plan-meeting": meeting_forms.CallForm,
    "change-meeting": meeting_forms.CallForm, "meeting-minutes": meeting_forms.MinutesForm,
}  # fmt: skip
OF_REQUESTS = {
    "begin-request": request_forms.WhyForm, "fill-request": request_forms.WhyForm, "act-first": request_forms.UrgentForm,
    "rescope-request": request_forms.ScopeForm, "act-request": request_forms.SayForm, "ask-widening": request_forms.WidenForm,
}  # fmt: skip
OF_INTERFERENCE = {
    "file-interference": interference_forms.FilingForm, "file-interference-paper": interference_forms.PaperFilingForm,
    "note-interference": interference_forms.NoteForm,
}  # fmt: skip
OF_TEAMS = {
    "declaration": recusal_forms.DeclarationForm, "show-paper": recusal_forms.PaperForm, "raise-recusal": recusal_forms.RaiseForm,
    "question": recusal_forms.DecisionForm, "override-recusal": recusal_forms.OverrideForm, "ask-override": recusal_forms.AskOverrideForm,
}  # fmt: skip
OF_LOANS = {
    "ask-loan": loan_forms.AskForm, "change-loan": loan_forms.AskForm, "offer-candidate": loan_forms.OfferForm,
    "close-loan": loan_forms.SaidForm, "register-loan": loan_forms.RegisterForm, "lent-act": loan_forms.EvaluateForm,
    "make-pairing": loan_forms.PairingForm, "add-visit": loan_forms.VisitForm, "review-pairing": loan_forms.ReviewForm,
}  # fmt: skip
OF_WORK = {
    "do-work": work_forms.TaskForm, "settle-task": work_forms.DoneForm, "do-letter": work_forms.AnswerForm,
    "verify-line": work_forms.VerifyForm,
}  # fmt: skip
OF_SAFETY = {"do-safety": safety_forms.HappenedForm, "do-incident": safety_forms.UpwardForm}
READ_BY: dict[str, tuple[str, ...]] = {
    **{f"collaboration:{route}": tuple(form.base_fields) for route, form in OF_SAFETY.items()},
    **{f"collaboration:{route}": tuple(form.base_fields) for route, form in OF_WORK.items()},
    **{f"collaboration:{route}": tuple(form.base_fields) for route, form in OF_TEAMS.items()},
    "collaboration:choose-members": ("proposed",),
    "inbox:phrases": ("owner",),
    **{route: OF_ENTRY for route in POSTS if route.startswith("organisation:")},
    **dict.fromkeys(("rules:add-rule", "rules:change-rule"), (*NewRuleForm.base_fields, "seen")),
    "rules:calendar": ("provisional",),
    **{f"rules:{route}": tuple(form.base_fields) for route, form in OF_REGULATIONS.items()},
    **{f"zones:{route}": tuple(form.base_fields) for route, form in OF_ZONES.items()},
    **{f"collaboration:{route}": tuple(form.base_fields) for route, form in OF_LOANS.items()},
    "consoles:door": ("totp_allowed", "password_days"), "consoles:open-account": ("commission", "person"), "consoles:send-proposal": ("while_in", "substitutes", "key"),
    **dict.fromkeys(("inbox:decide", "inbox:decide-proved", "inbox:enter-paper"), ("said",)),
    **{f"collaboration:{route}": tuple(form.base_fields) for route, form in OF_INTERFERENCE.items()},
    **{f"collaboration:{route}": (*form.base_fields, "go") for route, form in OF_REQUESTS.items()},
    "collaboration:hand-over-request": tuple(handing_views.HandOverForm.base_fields),
}  # fmt: skip
"""The fields that a form has of its own and that its target leaves empty."""


# Headers and bodies


FORGED = {
    "x-forwarded-host": "elsewhere.example", "x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1", "forwarded": "for=127.0.0.1;host=elsewhere",
    "x-http-method-override": "GET", "x-original-url": "/", "x-rewrite-url": "/", "x-forwarded-user": "case_management",
    "remote-user": "case_management", "x-remote-user": "case_management", "authorization": "Basic b3BlcmF0b3I6",
}  # fmt: skip


@pytest.mark.parametrize("name", ["anonymous", "none", "staff", "sibling", "system"])
def test_no_header_opens_what_is_shut(name: str, world: World, walker: Walker) -> None:
    """Every ledger address that is shut for somebody stays shut whatever the request says of itself."""
    subject, wrong = world.subjects[name], []
    for cell in refused_reads(subject, world):
        with walker.undone():
            response = walker.request(cell, headers=FORGED)
        if response.status_code not in (302, 403, 404) or world.marks.foreign(subject, marks_in(response)):
            wrong.append(str(cell))
    assert wrong == []


def refused_reads(subject: Subject, world: World) -> Iterator[Cell]:
    for (route, method), row in table().items():
        if method == "GET" and not route.startswith("accounts:"):
            scopes = TARGETS[route, method](world, subject)
            shut = not is_allowed(row, subject, "own")
            for scope, targets in (at_the_gate(scopes) if shut else scopes).items():
                if not is_allowed(row, subject, scope):
                    yield Cell(route, method, subject, scope, targets[0], allowed=False)


READ = sorted({route for route, method in table() if method == "GET"})
# The host is refused before any route is known: at each commit some addresses, at night every one.
SOME_READ = [
    pytest.param(route, marks=() if place % 8 == 0 else pytest.mark.night) for place, route in enumerate(READ)
]


@pytest.mark.parametrize("route", SOME_READ)
def test_a_forged_host_gets_nothing(route: str, world: World, walker: Walker) -> None:
    subject = world.subjects[KEEPER]
    for target in TARGETS[route, "GET"](world, subject)[next(iter(TARGETS[route, "GET"](world, subject)))][
        :1
    ]:
        with walker.undone():
            response = walker.request(
                Cell(route, "GET", subject, "own", target, allowed=False),
                headers={"host": "elsewhere.example"},
            )
            assert (response.status_code, marks_in(response)) == (400, set())


BODIES = {
    "a part that never ends": (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
        "multipart/form-data; boundary=x",
    ),
    "a boundary that is none": (b"--x--", "multipart/form-data"),
    "no text": (b"\xff\xfe\xfa=\xff&\x00=\x00", "application/x-www-form-urlencoded"),
    "another form": (b'{"reason": "x"}', "application/json"),
    "too many fields": (
        "&".join(f"f{number}=1" for number in range(1_200)).encode(),
        "application/x-www-form-urlencoded",
    ),
    "too much": (b"reason=" + b"x" * 5_500_000, "application/x-www-form-urlencoded"),
}
NEEDS_NO_WORDS = {"accounts:log-out", "accounts:end-other-sessions", "accounts:new-card", "set_language"}
"""Acts that are asked for by their address alone: a body that cannot be read holds nothing that they miss."""


@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_cannot_be_read_is_refused_without_a_trace_of_it(
    body: str, world: World, walker: Walker
) -> None:
    content, kind = BODIES[body]
    wrong = []
    for route in LEDGER_POSTS:
        for cell in cells(route, world)[:1]:
            with walker.undone():
                client = walker.clients[cell.subject.name]
                response = client.generic(
                    "POST", reverse(route, kwargs=cell.target.kwargs), content, content_type=kind
                )
                if response.status_code >= 500 or b"Traceback" in response.content:
                    wrong.append(f"{route}: {response.status_code}")
    assert wrong == []
