"""Which rows are for whose eyes and hands, written by hand once more beside the policies of the database."""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection

from tests.matrix import by_hand_collaboration
from tests.matrix.canaries import ADMINISTRATORS, BUSINESS, COUNTY_ROLES, Subject
from tests.matrix.world import World
from xiezuo.accounts.api import OPERATOR, set_actor
from xiezuo.config import need_of_collaboration
from xiezuo.config.need_to_know import APPROVALS, READ, REGULATION_TEXTS, ZONE_MATTERS

Row = dict[str, Any]
Rule = Callable[["Rows", Row, Subject], bool]
TOTALS = {*COUNTY_ROLES, "contact_leader", "deputy_secretary", "reader"}
NAMED_TO_ADMINISTRATORS = {"organisation_commission", "organisation_unit", "organisation_unitrecord", "zones_zone", "zones_zonerecord"}  # fmt: skip


class Rows:
    """Every row of every walled table, as the operator sees them, and what follows from them for a subject."""

    def __init__(self, world: World) -> None:
        self.world = world
        set_actor(OPERATOR)
        self.of = {table: read(table) for table in READ}
        self.commissions = {code: county.commission.pk for code, county in world.counties.items()}
        self.names = {
            unit.pk: name for county in world.counties.values() for name, unit in county.units.items()
        }

    def at_home(self, row: Row, subject: Subject, column: str = "commission_id") -> bool:
        return row[column] == self.commissions[subject.commission]

    def held(self, unit: Any, subject: Subject) -> bool:
        """Whether the subject holds that unit of the own commission."""
        home = self.world.of(subject)
        return any(home.units[name].pk == unit for name in subject.units)

    def posts_of(self, person: int) -> list[Row]:
        return [row for row in self.of["organisation_assignment"] if row["person_id"] == person]

    def leads(self, person: int) -> bool:
        """Whether the person is one of those who lead: in the leadership, of a zone, with a share in the work."""
        named = [*self.of["zones_zoneleader"], *self.of["organisation_portfolio"]]
        posts = (self.names[row["unit_id"]] == "LD" for row in self.posts_of(person))
        return any(row["person_id"] == person for row in named) or any(posts)


def structure(rows: Rows, row: Row, subject: Subject) -> bool:
    return bool(subject.roles & BUSINESS) and rows.at_home(row, subject)


def person(rows: Rows, row: Row, subject: Subject) -> bool:
    who = row.get("person_id", row["id"])
    if not structure(rows, row, subject):
        return False
    ever_there = any(rows.held(post["unit_id"], subject) for post in rows.posts_of(who))
    return bool(subject.roles & COUNTY_ROLES) or ever_there or rows.leads(who)


def assignment(rows: Rows, row: Row, subject: Subject) -> bool:
    leadership = rows.names[row["unit_id"]] == "LD"
    mine = bool(subject.roles & COUNTY_ROLES) or rows.held(row["unit_id"], subject) or leadership
    return structure(rows, row, subject) and mine


def away(rows: Rows, row: Row, subject: Subject) -> bool:
    """Of days away: the county's offices, and the units in which the person is in post on one of these days."""
    then = [post for post in rows.posts_of(row["person_id"]) if post["starts"] < row["ends"] and post["ends"] > row["starts"]]  # fmt: skip
    mine = any(rows.held(post["unit_id"], subject) for post in then)
    return structure(rows, row, subject) and (bool(subject.roles & COUNTY_ROLES) or mine)


def of_county(rows: Rows, row: Row, subject: Subject) -> bool:
    return bool(subject.roles & COUNTY_ROLES) and rows.at_home(row, subject)


def meeting(rows: Rows, row: Row, subject: Subject) -> bool:
    return of_county(rows, row, subject) or any(rows.held(unit, subject) for unit in row["units"])


def item(rows: Rows, row: Row, subject: Subject) -> bool:
    return of_county(rows, row, subject) or rows.held(row["unit_id"], subject)


def edition(rows: Rows, row: Row, subject: Subject) -> bool:
    writes = bool(subject.roles & COUNTY_ROLES) and (
        row["commission_id"] is None or rows.at_home(row, subject)
    )
    issued = (
        each for each in rows.of["reports_run"] if each["issued_at"] and each["template_id"] == row["id"]
    )
    return writes or any(run(rows, each, subject) for each in issued)


def run(rows: Rows, row: Row, subject: Subject) -> bool:
    issued = row["issued_at"] is not None and bool(subject.roles & TOTALS) and rows.at_home(row, subject)
    return of_county(rows, row, subject) or issued


def run_file(rows: Rows, row: Row, subject: Subject) -> bool:
    [of] = [each for each in rows.of["reports_run"] if each["id"] == row["run_id"]]
    paper = row["name"] in ("report.docx", "report.pdf")
    return of_county(rows, of, subject) or (paper and run(rows, of, subject))


def load(rows: Rows, row: Row, subject: Subject) -> bool:
    return "case_management" in subject.roles and rows.at_home(row, subject)


def draft(_rows: Rows, row: Row, subject: Subject) -> bool:
    return bool(row["by"] == subject.name)


def words(_rows: Rows, row: Row, subject: Subject) -> bool:
    return "case_management" in subject.roles and bool(row["commission_code"] == subject.commission)


def own_account(_rows: Rows, row: Row, subject: Subject) -> bool:
    return subject.account is not None and row["user_id"] == subject.account.pk


def mine(_rows: Rows, row: Row, subject: Subject) -> bool:
    return subject.account is not None and row["account"] == subject.account.pk


def application(rows: Rows, row: Row, subject: Subject) -> bool:
    takes_part = mine_in(subject, [*row["parties"], *row["informed"]])
    return takes_part or ("case_management" in subject.roles and rows.at_home(row, subject))


def of_application(rows: Rows, row: Row, subject: Subject) -> bool:
    [of] = [each for each in rows.of["approvals_approval"] if each["id"] == row["approval_id"]]
    return application(rows, of, subject)


def act_of_application(rows: Rows, row: Row, subject: Subject) -> bool:
    return mine(rows, row, subject) or of_application(rows, row, subject)


def absence(rows: Rows, row: Row, subject: Subject) -> bool:
    return mine_in(subject, [row["absent"], row["stand_in"]]) or load(rows, row, subject)


def phrase(rows: Rows, row: Row, subject: Subject) -> bool:
    return mine(rows, row, subject) or load(rows, row, subject) or rows.held(row["unit"], subject)


def mine_in(subject: Subject, accounts: list[int]) -> bool:
    return subject.account is not None and subject.account.pk in accounts


def grant(rows: Rows, row: Row, subject: Subject) -> bool:
    return (
        own_account(rows, row, subject)
        or bool(subject.roles & {"security", "auditor"})
        or decides(rows, row, subject)
    )


def decides(rows: Rows, row: Row, subject: Subject) -> bool:
    """A secretary is the second person for the own commission, and for what is of the whole installation."""
    ours = row["commission"] is None or rows.at_home(row, subject, "commission")
    return "secretary" in subject.roles and ours


def commission(rows: Rows, row: Row, subject: Subject) -> bool:
    return bool(subject.roles & BUSINESS) and rows.at_home(row, subject, "id")


def regulation(rows: Rows, row: Row, subject: Subject) -> bool:
    """Issued texts are everybody's; a draft is for who drafts it, who is asked, and who keeps the files."""
    issued = row["stage"] in ("试行", "施行", "已修订", "废止")
    mine_too = any(rows.held(unit, subject) for unit in [row["unit_id"], *row["invited"]])
    return (issued and structure(rows, row, subject)) or load(rows, row, subject) or mine_too


def clause(rows: Rows, row: Row, subject: Subject) -> bool:
    return regulation(rows, regulation_of(rows, row), subject)


def regulation_of(rows: Rows, row: Row) -> Row:
    [of] = [each for each in rows.of["rules_edition"] if each["id"] == row["edition_id"]]
    return of


def opinion(rows: Rows, row: Row, subject: Subject) -> bool:
    of = regulation_of(rows, row)
    drafts = rows.held(of["unit_id"], subject) or load(rows, of, subject)
    return drafts or rows.held(row["unit_id"], subject)


def receipt(rows: Rows, row: Row, subject: Subject) -> bool:
    of_all = bool(subject.roles & {"secretary", "case_management"}) and rows.at_home(row, subject)
    of_unit = rows.held(row["unit"], subject) and bool(subject.roles - {"staff"})
    return mine(rows, row, subject) or of_all or of_unit


def draws(rows: Rows, row: Row, subject: Subject) -> bool:
    """Whoever drafts zone plans for the commission."""
    drawing = {"secretary", "case_management", "deputy_secretary"}
    return bool(subject.roles & drawing) and rows.at_home(row, subject)


def asked_to_sign(rows: Rows, row: Row, subject: Subject) -> bool:
    """Whoever takes part in an application for the row that is still open."""
    of = [each for each in rows.of["approvals_approval"] if each["id"] == row["approval"]]
    return any(each["settled_at"] is None and signs(each, subject) for each in of)


def signs(of: Row, subject: Subject) -> bool:
    return mine_in(subject, [*of["parties"], *of["informed"], *of["waiting_for"]])


def zone_plan(rows: Rows, row: Row, subject: Subject) -> bool:
    """What was decided is everybody's; a draft is for who draws zones, who is asked, and who signs."""
    decided = row["stage"] == "已决定" and structure(rows, row, subject)
    invited = any(rows.held(unit, subject) for unit in row["invited"])
    return draws(rows, row, subject) or decided or invited or asked_to_sign(rows, row, subject)


def plan_of(rows: Rows, row: Row) -> Row:
    [of] = [each for each in rows.of["zones_plan"] if each["id"] == row["plan_id"]]
    return of


def plan_opinion(rows: Rows, row: Row, subject: Subject) -> bool:
    of = plan_of(rows, row)
    in_hand = draws(rows, of, subject) or asked_to_sign(rows, of, subject)
    return in_hand or rows.held(row["unit_id"], subject)


def takes_part(rows: Rows, row: Row, subject: Subject) -> bool:
    """Whoever takes part in the row's application, open or settled."""
    of = [each for each in rows.of["approvals_approval"] if each["id"] == row["approval"]]
    return any(signs(each, subject) for each in of)


def joining(rows: Rows, row: Row, subject: Subject) -> bool:
    decided = row["decided_on"] is not None and structure(rows, row, subject)
    return draws(rows, row, subject) or decided or takes_part(rows, row, subject)


def authorisation(rows: Rows, row: Row, subject: Subject) -> bool:
    decided = row["decided_on"] is not None and rows.held(row["unit_id"], subject)
    return draws(rows, row, subject) or decided or takes_part(rows, row, subject)


def of_zone_meeting(rows: Rows, row: Row, subject: Subject) -> bool:
    [of] = [each for each in rows.of["zones_zonemeeting"] if each["id"] == row["meeting_id"]]
    return meeting(rows, of, subject)


READS: dict[str, Rule] = {
    **dict.fromkeys(READ, structure),
    "organisation_commission": commission, "organisation_person": person, "organisation_personrecord": person,
    "organisation_assignment": assignment, "organisation_leave": away, "directives_directive": of_county, "directives_meeting": meeting,
    "directives_planitem": item, "reports_templateedition": edition, "reports_run": run, "reports_runfile": run_file,
    "book_load": load, "book_correction": load, "book_draft": draft, "book_wordmapping": words, "accounts_savedview": own_account,
    "approvals_approval": application, "approvals_steprow": of_application, "approvals_signerrow": of_application,
    "approvals_move": act_of_application, "approvals_delegation": absence, "approvals_phrase": phrase,
    "approvals_numbering": load,
    "rules_edition": regulation, "rules_clause": clause, "rules_consultation": opinion, "rules_opinion": opinion,
    "rules_readreceipt": receipt,
    "zones_plan": zone_plan, "zones_planversion": lambda rows, row, subject: draws(rows, plan_of(rows, row), subject),
    "zones_planconsultation": plan_opinion, "zones_planopinion": plan_opinion, "zones_joining": joining,
    "zones_authorisation": authorisation, "zones_zonemeeting": meeting, "zones_agendaitem": of_zone_meeting,
    "zones_attendance": of_zone_meeting, "zones_proposals": draws,
    "accounts_grant": grant, "accounts_right": grant, "notices_notice": mine, "notices_calendarfeed": mine,
    **by_hand_collaboration.READS,
}  # fmt: skip


def may_read(rows: Rows, table: str, row: Row, subject: Subject) -> bool:
    """By hand: whether the row is for the subject's eyes."""
    if not subject.logged_in:
        return False
    if table in NAMED_TO_ADMINISTRATORS and subject.roles & ADMINISTRATORS:
        return True
    return READS[table](rows, row, subject)


def may_write(rows: Rows, table: str, row: Row, subject: Subject) -> bool:
    """By hand: whether such a row may be written by the subject; where nothing else is said, by the ledger's keeper."""
    return subject.logged_in and WRITES.get(table, load)(rows, row, subject)


def file_of_county(rows: Rows, row: Row, subject: Subject) -> bool:
    return any(
        of_county(rows, each, subject) for each in rows.of["reports_run"] if each["id"] == row["run_id"]
    )


WRITES: dict[str, Rule] = {
    **dict.fromkeys((*APPROVALS, *REGULATION_TEXTS, *ZONE_MATTERS, *need_of_collaboration.READ), lambda *_: False),
    "organisation_leave": lambda *_: False, "book_correction": lambda *_: False, "notices_notice": lambda *_: False, "notices_calendarfeed": lambda *_: False,
    "accounts_right": lambda *_: False, "accounts_savedview": own_account, "reports_run": of_county,
    "accounts_grant": lambda rows, row, subject: "security" in subject.roles or decides(rows, row, subject),
    "reports_templateedition": of_county, "reports_runfile": file_of_county, "book_wordmapping": words,
    "book_draft": lambda rows, row, subject: "case_management" in subject.roles and draft(rows, row, subject),
    "organisation_commission": lambda rows, row, subject: "case_management" in subject.roles and commission(rows, row, subject),
}  # fmt: skip


def read(table: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) FROM {table} t")
        return [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]
