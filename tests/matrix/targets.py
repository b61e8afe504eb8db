"""What each address is asked for in the matrix, written by hand: one's own things, those withheld, foreign, missing ones.

`plain` is an address without a thing of its own; `export` is a list taken out, which needs a right of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.canaries import Subject
from tests.matrix.world import World
from xiezuo.reports.operations import STANDARD, standard_text
from xiezuo.shared import clock

MISSING = 999_999_999


@dataclass(frozen=True)
class Target:
    """One way of asking an address: what its path names, what follows it, what is sent."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    sent: Any = None


Scopes = dict[str, list[Target]]
Asked = Callable[[World, Subject], Scopes]
TARGETS: dict[tuple[str, str], Asked] = {}


def asked(*routes: str, method: str = "GET") -> Callable[[Asked], Asked]:
    """Say what these addresses are asked for."""

    def told(function: Asked) -> Asked:
        TARGETS.update({(route, method): function for route in routes})
        return function

    return told


def targets_of(route: str, method: str, world: World, subject: Subject) -> Scopes:
    """By scope. Raises `KeyError` for an address of which nobody has said what it is asked for."""
    return TARGETS[route, method](world, subject)


def _plain(sent: Any = None, **query: Any) -> Asked:
    return lambda _world, _subject: {"plain": [Target(query=query, sent=sent)]}


def _things(name: str, keyword: str, sent: Callable[[World, Subject], Any] = lambda *_: None) -> Asked:
    """A thing of the subject's own unit, of another unit, of every other commission, and one that does not exist."""

    def scopes(world: World, subject: Subject) -> Scopes:
        def at(thing: Any) -> Target:
            return Target({keyword: getattr(thing, "pk", thing)}, sent=sent(world, subject))

        home = world.of(subject)
        others = [county for code, county in world.counties.items() if code != subject.commission]
        return {
            "own": [at(home.things[f"{name} {subject.here}"])],
            "withheld": [at(home.things[f"{name} {subject.away}"])],
            "foreign": [at(county.things[f"{name} U1"]) for county in others],
            "missing": [at(MISSING)],
        }

    return scopes


def _single(name: str, keyword: str, scope: str = "own", sent: Callable[[World, Subject], Any] = lambda *_: None) -> Asked:  # fmt: skip
    """A thing of the whole commission; `scope` says whether it counts as one's own for who holds a unit."""

    def scopes(world: World, subject: Subject) -> Scopes:
        def at(thing: Any) -> Target:
            return Target({keyword: getattr(thing, "pk", thing)}, sent=sent(world, subject))

        others = [county for code, county in world.counties.items() if code != subject.commission]
        return {
            scope: [at(world.of(subject).things[name])],
            "foreign": [at(county.things[name]) for county in others],
            "missing": [at(MISSING)],
        }

    return scopes


def _list(**query: Any) -> Asked:
    return lambda _world, _subject: {
        "plain": [Target(query=query), Target(query={**query, "q": "QX", "on": clock.today().isoformat()})],
        "export": [Target(query={**query, "format": "xlsx"})],
    }


def _view(name: str) -> Asked:
    def scopes(world: World, subject: Subject) -> Scopes:
        own = world.of(subject).things.get(f"view {subject.name}", "QX")
        return {"plain": [Target(sent={"name": name or own, "next": "/people/units/?q=安"})]}

    return scopes


RULE = {"name": "虚构方式", "badge": "本地默认", "starts": clock.today().isoformat()}


def _rule_change(world: World, subject: Subject) -> dict[str, Any]:
    """The rule of the own commission as its page would change it."""
    return {"step": "confirm", "seen": str(world.of(subject).things["work rule"].pk), **RULE}


TARGETS |= {
    ("accounts:log-out", "POST"): _plain({}),
    ("accounts:printed", "POST"): _plain({"page": "/people/"}),
    ("accounts:save-view", "POST"): _view("新看法"),
    ("accounts:forget-view", "POST"): _view(""),
    ("set_language", "POST"): _plain({"language": "en", "next": "/"}),
    ("home:overview", "GET"): _plain(),
    ("home:work", "GET"): _plain(),
    ("home:changes", "GET"): _plain(since="2018-01-01"),
    ("home:search", "GET"): _plain(q="QX"),
    ("figures:list", "GET"): _plain(),
    ("organisation:tree", "GET"): _plain(),
    ("organisation:standards", "GET"): _list(),
    ("organisation:units", "GET"): _list(),
    ("organisation:people", "GET"): _list(),
    ("organisation:moves", "GET"): _list(since="2018-01-01"),
    ("zones:list", "GET"): _list(),
    ("zones:map", "GET"): _plain(),
    ("zones:matrix", "GET"): _list(),
    ("zones:leaders", "GET"): _plain(),
    ("zones:zone", "GET"): _single("zone E1", "pk"),
    ("sites:list", "GET"): _list(),
    ("sites:works", "GET"): _plain(),
    ("sites:site", "GET"): _things("site", "pk"),
    ("rules:list", "GET"): _list(),
    ("rules:regulation", "GET"): _single("regulation", "pk"),
    ("rules:work-rules", "GET"): _list(kind="methods"),
    ("rules:work-rule", "GET"): _single("work rule", "pk"),
    ("rules:load-defaults", "POST"): _plain({}),
    ("rules:add-rule", "GET"): _plain(kind="methods"),
    ("rules:add-rule", "POST"): _plain({"step": "confirm", "code": "M12", **RULE}, kind="methods"),
    ("rules:change-rule", "GET"): _single("work rule", "pk"),
    ("rules:change-rule", "POST"): _single("work rule", "pk", sent=_rule_change),
    ("rules:end-rule", "GET"): _single("work rule", "pk"),
    ("rules:end-rule", "POST"): _single("work rule", "pk", sent=lambda *_: {"ends": RULE["starts"], "basis": "虚构"}),
    ("rules:calendar", "GET"): _plain(year="2026"),
    ("rules:calendar", "POST"): _plain({"act": "year", "year": "2031", "basis": "虚构"}),
    ("rules:remove-day", "GET"): _single("work day", "pk"),
    ("rules:remove-day", "POST"): _single("work day", "pk", sent=lambda *_: {"reason": "虚构"}),
    ("directives:plan", "GET"): _list(),
    ("directives:meetings", "GET"): _list(),
    ("directives:directives", "GET"): _list(),
    ("directives:item", "GET"): _things("item", "pk"),
    ("directives:meeting", "GET"): _things("meeting", "pk"),
    ("directives:directive", "GET"): _single("directive", "pk", "withheld"),
    ("reports:list", "GET"): _plain(),
    ("reports:write", "GET"): _plain(),
    ("reports:templates", "GET"): _plain(),
    ("reports:template", "GET"): _plain(),
    ("reports:history", "GET"): _plain(),
    ("reports:figures", "GET"): _plain(q="township"),
    ("reports:edition", "GET"): _single("edition", "number"),
    ("reports:preview", "POST"): _plain({"text": "虚构"}),
    ("reports:write", "POST"): lambda *_: {"plain": [Target(sent={"on": clock.today().isoformat(), "template": STANDARD})]},
    ("reports:issue", "POST"): _single("run draft", "number", sent=lambda *_: {"reason": "虚构"}),
    ("reports:template", "POST"): lambda *_: {
        "plain": [Target(sent={"name": "自用", "text": standard_text(), "layout": "{}", "note": "虚构"})]
    },
    ("book:loads", "GET"): _plain(),
    ("book:upload", "GET"): _plain(),
    ("book:withdraw", "GET"): _plain(),
    ("book:withdraw", "POST"): _plain({"reason": "虚构"}),
    ("book:words", "GET"): _plain(),
    ("book:words", "POST"): _plain({"column": "职务", "word": "总书记官", "meaning": "书记"}),
    ("book:export", "GET"): _plain(),
    ("book:template", "GET"): _plain(),
}  # fmt: skip


@asked("home:commission", method="POST")
def _commissions(world: World, subject: Subject) -> Scopes:
    others = [code for code in world.counties if code != subject.commission]
    return {
        "own": [Target(sent={"commission": subject.commission})],
        "foreign": [Target(sent={"commission": code}) for code in others],
        "missing": [Target(sent={"commission": "NOWHERE"})],
    }


@asked("home:standard", method="POST")
def _standard(_world: World, _subject: Subject) -> Scopes:
    sent = {"kept": "0", "next": "/"}
    return {
        "own": [Target({"balance": "township.staff.each"}, sent=sent)],
        "missing": [Target({"balance": "nowhere"}, sent=sent)],
    }


@asked("figures:records")
def _records(_world: World, _subject: Subject) -> Scopes:
    key = {"key": "township.staff"}
    return {
        "plain": [Target(key)],
        "export": [Target(key, {"format": "xlsx"})],
        "missing": [Target({"key": "no.such"})],
    }


@asked("organisation:unit")
def _unit(world: World, subject: Subject) -> Scopes:
    home = world.of(subject)
    others = [county for code, county in world.counties.items() if code != subject.commission]
    return {
        "own": [Target({"pk": home.units[subject.here].pk})],
        "withheld": [Target({"pk": home.units[subject.away].pk})],
        "foreign": [Target({"pk": county.units["U1"].pk}) for county in others],
        "missing": [Target({"pk": MISSING})],
    }


def _persons(keyword: str, sent: Callable[[World, Subject], Any] = lambda *_: None) -> Asked:
    def scopes(world: World, subject: Subject) -> Scopes:
        found = _things("person staff", keyword, sent)(world, subject)
        leader = Target({keyword: world.of(subject).things["person secretary"].pk}, sent=sent(world, subject))
        # Whoever holds no unit knows the leaders alone.
        if not subject.units and subject.roles & {"site_keeper", "reader"}:
            return {**found, "own": [leader], "withheld": [*found["own"], *found["withheld"]]}
        return found

    return scopes


TARGETS["organisation:person", "GET"] = _persons("pk")


def _step(**told: Any) -> dict[str, Any]:
    return {"step": "confirm", "key": str(uuid4()), **told}


def _post(world: World, subject: Subject, **told: Any) -> dict[str, Any]:
    """A post as the forms ask for it, of somebody and somewhere at home."""
    home, day = world.of(subject), clock.today().isoformat()
    return _step(**{
        "person": f"{home.code}-head{subject.here}", "unit": home.units["U2"].pk, "post": "副书记", "engagement": "专职",
        "status": "在编", "moves": ["调入"], "day": day, "basis": "虚构", "leaves": "keep", **told,
    })  # fmt: skip


@asked("organisation:show-person", method="POST")
def _shown(world: World, subject: Subject) -> Scopes:
    return _things("person staff", "pk", lambda *_: {})(world, subject)


@asked("organisation:enter-move-at")
@asked("organisation:enter-move-at", method="POST")
def _move_at(world: World, subject: Subject) -> Scopes:
    found = _unit(world, subject)
    return {
        scope: [Target({"unit": target.kwargs["pk"]}, sent=_post(world, subject)) for target in targets]
        for scope, targets in found.items()
    }


def _of_post(**told: Any) -> Asked:
    def sent(world: World, subject: Subject) -> Any:
        values = {name: value(world, subject) if callable(value) else value for name, value in told.items()}
        return _post(world, subject, **values)

    return _things("post", "pk", sent)


def _own_post(world: World, subject: Subject) -> int:
    return int(world.of(subject).things[f"post {subject.here}"].pk)


_TODAY = clock.today().isoformat()
_LATER = (clock.today() + timedelta(days=3)).isoformat()
for _method in ("GET", "POST"):
    TARGETS |= {
        ("organisation:enter-move", _method): lambda world, subject: {"plain": [Target(sent=_post(world, subject))]},
        ("organisation:enter-move-of", _method): _things("person head", "person", _post),
        ("organisation:enter-leave", _method): _things(
            "person staff", "person", lambda *_: _step(kind="年休", starts=_TODAY, back=_LATER)
        ),
        ("organisation:cancel-leave", _method): _things("leave", "pk", lambda *_: _step()),
        ("organisation:begin-share", _method): _things(
            "person head", "person", lambda *_: _step(mode="分管", line="虚构", starts=_TODAY, basis="虚构")
        ),
        ("organisation:add-person", _method): lambda world, subject: {
            "plain": [Target(sent=_step(name="安新", sex="女", code=f"{world.of(subject).code}-NEW2"))]
        },
        ("organisation:change-post", _method): _of_post(leaves=_own_post, moves=["调整"]),
        ("organisation:end-post", _method): _of_post(ends=_TODAY, leaving="调出"),
        ("organisation:correct-post", _method): _of_post(starts="2019-01-01", reason="虚构"),
        ("organisation:strike-post", _method): _of_post(reason="虚构"),
        ("organisation:end-share", _method): _single("share", "pk", sent=lambda *_: _step(ends=_TODAY, basis="虚构")),
    }  # fmt: skip


@asked("reports:run")
def _runs(world: World, subject: Subject) -> Scopes:
    """Issued ones are for whoever may know totals, drafts for their writers."""
    issued, drafts = (
        _single("run issued", "number")(world, subject),
        _single("run draft", "number")(world, subject),
    )
    return {**issued, "withheld": drafts["own"], "foreign": [*issued["foreign"], *drafts["foreign"]]}


@asked("reports:file")
def _files(world: World, subject: Subject) -> Scopes:
    def at(target: Target, name: str) -> Target:
        return Target({**target.kwargs, "name": name})

    runs = _runs(world, subject)
    [issued], [draft] = runs["own"], runs["withheld"]
    return {
        "own": [at(issued, "report.docx"), at(issued, "report.pdf")],
        "withheld": [at(issued, "evidence.xlsx"), at(draft, "report.docx")],
        "foreign": [
            at(target, name) for target in runs["foreign"] for name in ("report.docx", "evidence.xlsx")
        ],
        "missing": [at(runs["missing"][0], "report.docx"), at(issued, "nothing.docx")],
    }


def _drafts(kind: str = "draft") -> Asked:
    """Of the subject's own account, of a colleague's, of another commission's."""

    def scopes(world: World, subject: Subject) -> Scopes:
        def at(code: str, name: str) -> Target:
            return Target({"number": world.counties[code].things[f"{kind} {name}"].pk}, sent={})

        keepers = {"case_management": "A", "colleague": "A", "sibling": "B"}
        mine = subject.name if subject.name in keepers else "case_management"
        return {
            "own": [at(keepers[mine], mine)],
            "withheld": [at(code, name) for name, code in keepers.items() if name != mine and code == "A"],
            "foreign": [at("P", "upper"), at("B" if keepers[mine] == "A" else "A", "sibling" if keepers[mine] == "A" else "colleague")],
            "missing": [Target({"number": MISSING}, sent={})],
        }  # fmt: skip

    return scopes


TARGETS |= {
    ("book:draft", "GET"): _drafts(),
    ("book:progress", "GET"): _drafts(),
    ("book:marked", "GET"): _drafts("broken draft"),
    ("book:confirm", "POST"): _drafts(),
}


@asked("book:upload", method="POST")
def _upload(world: World, subject: Subject) -> Scopes:
    content = world.of(subject).things["book"]
    return {"plain": [Target(sent={"book": SimpleUploadedFile("台账.xlsx", content)})]}
