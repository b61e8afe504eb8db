"""Which rows of the collaboration are for whose eyes, written by hand from the duty list and not from the policies.

A request is read by name and for a time, by the heads of its own unit and of the unit in the lead, by whoever is asked to
approve it and by the case-management office; whoever stands out of it, or may have to, sees nothing of it.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.matrix.canaries import BUSINESS, Subject
from xiezuo.shared import clock

if TYPE_CHECKING:
    from tests.matrix.by_hand import Row, Rows, Rule


def account_of(subject: Subject) -> int | None:
    return subject.account.pk if subject.account is not None else None


def person_of(subject: Subject) -> int | None:
    """Who the account is known to be, once a second person confirmed it."""
    known = subject.account is not None and subject.account.person_confirmed_by
    return subject.account.person if known else None


def myself(row: "Row", subject: Subject) -> bool:
    return row["person_id"] is not None and row["person_id"] == person_of(subject)


def is_mine(value: Any, subject: Subject) -> bool:
    return value is not None and value == account_of(subject)


def heads(rows: "Rows", unit: Any, subject: Subject) -> bool:
    return "unit_head" in subject.roles and rows.held(unit, subject)


def office(rows: "Rows", row: "Row", subject: Subject) -> bool:
    return "case_management" in subject.roles and rows.at_home(row, subject)


def stands_out(rows: "Rows", request: int, subject: Subject) -> bool:
    """As long as the question is open, and for good where the answer was yes."""
    return any(
        question["request_id"] == request
        and question["decision"] in ("", "回避")
        and (is_mine(question["account"], subject) or myself(question, subject))
        for question in rows.of["collaboration_recusal"]
    )


def let_in(rows: "Rows", request: int, subject: Subject) -> bool:
    """By name, on a day that is today, and not cut."""
    return any(
        each["request_id"] == request and is_mine(each["account"], subject) and each["cut_at"] is None
        and date.fromisoformat(each["starts"]) <= clock.today() < date.fromisoformat(each["ends"])
        for each in rows.of["collaboration_access"]
    )  # fmt: skip


def is_asked(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """Whoever an open application of the row waits for, and never for one's own."""
    return any(
        each["id"] == row["approval"] and each["settled_at"] is None and account_of(subject) in each["waiting_for"]
        and each["applicant"] != account_of(subject)
        for each in rows.of["approvals_approval"]
    )  # fmt: skip


def request(rows: "Rows", row: "Row", subject: Subject) -> bool:
    if stands_out(rows, row["id"], subject):
        return False
    if let_in(rows, row["id"], subject) or is_asked(rows, row, subject):
        return True
    if row["sealed"]:
        return False
    of_own_unit = heads(rows, row["unit_id"], subject) and not row["blocked"]
    handed_in = row["state"] != "草稿"
    leads = heads(rows, row["lead_id"], subject)
    return of_own_unit or (handed_in and (leads or office(rows, row, subject)))


def of_request(rows: "Rows", row: "Row", subject: Subject) -> bool:
    return any(
        each["id"] == row["request_id"] and request(rows, each, subject)
        for each in rows.of["collaboration_request"]
    )


def access(rows: "Rows", row: "Row", subject: Subject) -> bool:
    return is_mine(row["account"], subject) or of_request(rows, row, subject)


def widening(rows: "Rows", row: "Row", subject: Subject) -> bool:
    return is_mine(row["asked_by"], subject) or of_request(rows, row, subject)


def member(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """Of oneself, of one's own people, of a request that one sees."""
    return of_request(rows, row, subject) or myself(row, subject) or heads(rows, row["unit_id"], subject)


def declaration(rows: "Rows", row: "Row", subject: Subject) -> bool:
    return of_request(rows, row, subject) or myself(row, subject)


def recusal(rows: "Rows", row: "Row", subject: Subject) -> bool:
    named = any(is_mine(row[each], subject) for each in ("decider", "account", "override_asked_of"))
    return named or myself(row, subject) or of_request(rows, row, subject)


def ground(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """For whoever decides, or did: nobody else, not even whom it is about."""
    [of] = [each for each in rows.of["collaboration_recusal"] if each["id"] == row["recusal_id"]]
    decides = is_mine(of["decided_by"] or of["decider"], subject)
    return decides and recusal(rows, of, subject)


def took_part(rows: "Rows", number: int, subject: Subject) -> bool:
    """Ever, whatever ended since."""
    tables: dict[str, Iterable[str]] = {
        "collaboration_access": ("account",),
        "collaboration_member": (),
        "collaboration_recusal": ("account",),
    }
    for table, accounts in tables.items():
        for each in rows.of[table]:
            of_subject = any(is_mine(each[column], subject) for column in accounts) or (
                "person_id" in each and myself(each, subject)
            )
            if each["request_id"] == number and of_subject:
                return True
    [of] = [each for each in rows.of["collaboration_request"] if each["id"] == number]
    return is_mine(of["applicant"], subject)


def names(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """Whether who intervened bears the name of the reader."""
    own = [each["name"] for each in rows.of["organisation_personrecord"] if myself(each, subject)]
    told = [
        each["name"] for each in rows.of["collaboration_intervener"] if each["interference_id"] == row["id"]
    ]
    return any(name in written for name in own for written in told)


def interference(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """For leaders of the commission and the auditor, of matters in which they take no part and which do not name them."""
    leads = bool(subject.roles & {"secretary", "deputy_secretary"}) and rows.at_home(row, subject)
    entitled = (leads or "auditor" in subject.roles) and not names(rows, row, subject)
    return entitled and (row["request_id"] is None or not took_part(rows, row["request_id"], subject))


def of_interference(rows: "Rows", row: "Row", subject: Subject) -> bool:
    return any(
        each["id"] == row["interference_id"] and interference(rows, each, subject)
        for each in rows.of["collaboration_interference"]
    )


def arranges(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """Who arranges loans of the whole commission."""
    ones = {"secretary", "deputy_secretary", "case_management"}
    return bool(subject.roles & ones) and rows.at_home(row, subject)


def uses(rows: "Rows", row: "Row", subject: Subject) -> bool:
    return arranges(rows, row, subject) or heads(rows, row["unit_id"], subject)


def loan(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """Whoever arranges it, uses it, lends to it, is lent, or is asked to approve it."""
    lends = any(
        each["loan_id"] == row["id"] and (heads(rows, each["home_id"], subject) or myself(each, subject))
        for each in rows.of["collaboration_lent"]
    )
    return uses(rows, row, subject) or lends or is_asked(rows, row, subject) or vacancy(rows, row, subject)


def vacancy(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """An open vacancy is everybody's of the commission to read, until somebody has come."""
    is_open = row["kind"] in ("岗位借调", "试岗") and row["state"] == "已批准"
    return is_open and bool(subject.roles & BUSINESS) and rows.at_home(row, subject)


def lent(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """Who else is lent with them is no business of who lends."""
    [of] = [each for each in rows.of["collaboration_loan"] if each["id"] == row["loan_id"]]
    return heads(rows, row["home_id"], subject) or myself(row, subject) or uses(rows, of, subject)


def visit(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """Pairings are how the commission is built, and everybody's of it."""
    [of] = [each for each in rows.of["collaboration_pairing"] if each["id"] == row["pairing_id"]]
    return bool(subject.roles & BUSINESS) and rows.at_home(of, subject)


def letter(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """Whoever must mend what was found is told of it."""
    return of_request(rows, row, subject) or heads(rows, row["unit_id"], subject)


def evaluation(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """For the two sides and the case-management office: nobody else who reads the request, such as who approves it."""
    [of] = [each for each in rows.of["collaboration_request"] if each["id"] == row["request_id"]]
    asks = not of["blocked"] and (is_mine(of["applicant"], subject) or heads(rows, of["unit_id"], subject))
    helps = heads(rows, of["lead_id"], subject) or in_team(rows, of["id"], subject)
    return request(rows, of, subject) and (asks or helps or office(rows, of, subject))


def in_team(rows: "Rows", number: int, subject: Subject) -> bool:
    """Joined, and in the team today."""
    return any(
        each["request_id"] == number and each["state"] == "在组" and myself(each, subject)
        and date.fromisoformat(each["starts"]) <= clock.today() < date.fromisoformat(each["ends"])
        for each in rows.of["collaboration_member"]
    )  # fmt: skip


def of_talk(rows: "Rows", row: "Row", subject: Subject) -> bool:
    [of] = [each for each in rows.of["collaboration_talk"] if each["id"] == row["talk_id"]]
    return of_request(rows, of, subject)


def incident(rows: "Rows", row: "Row", subject: Subject) -> bool:
    """As its request; the secretary's too once nobody reported it in time, unless they must stand out of the request."""
    leads = "secretary" in subject.roles and rows.at_home(row, subject)
    late = row["escalated_at"] is not None and not stands_out(rows, row["request_id"], subject)
    return of_request(rows, row, subject) or (leads and late)


def of_incident(rows: "Rows", row: "Row", subject: Subject) -> bool:
    [of] = [each for each in rows.of["collaboration_incident"] if each["id"] == row["incident_id"]]
    return incident(rows, of, subject)


OF_REQUESTS = (
    "requestmove", "workplan", "task", "logentry", "jointmeeting", "paper", "talk",
)  # fmt: skip
READS: "dict[str, Rule]" = {
    "collaboration_request": request,
    **{f"collaboration_{table}": of_request for table in OF_REQUESTS},
    "collaboration_access": access, "collaboration_widening": widening, "collaboration_member": member,
    "collaboration_declaration": declaration, "collaboration_recusal": recusal, "collaboration_recusalground": ground,
    "collaboration_interference": interference, "collaboration_intervener": of_interference,
    "collaboration_interferencestep": of_interference, "collaboration_loan": loan, "collaboration_lent": lent,
    "collaboration_letter": letter, "collaboration_evaluation": evaluation, "collaboration_pairingvisit": visit,
    "collaboration_recording": of_talk, "collaboration_incident": incident, "collaboration_incidentstep": of_incident,
}  # fmt: skip
"""By hand; what is not named is read as the structure of the commission is."""
