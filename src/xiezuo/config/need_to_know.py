"""Need-to-know in the database: which rows of which table each ability opens, written as row-level security.

The functions run as the owner and read the table of rights alone. A policy calls each of them in a subselect, so that
PostgreSQL asks once per statement and not once per row. Without an actor every function answers with nothing.
"""

from xiezuo.accounts.api import ADMINISTRATORS, DUTIES, Ability
from xiezuo.config import need_of_collaboration
from xiezuo.config.policy_words import (
    COUNTED,
    KNOW_TOTALS,
    array,
    either,
    holds,
    over_commission,
    over_units,
)
from xiezuo.rules.api import PUBLISHED
from xiezuo.zones.states import PlanStage

_IN_FORCE = """
    FROM accounts_right r JOIN accounts_user u ON u.id = r.user_id AND u.is_active
    WHERE r.user_id = xz_user() AND r.known_until IS NULL
      AND r.starts <= xz_today() AND r.ends > xz_today()
"""


_EVERYBODY = array(DUTIES[Ability.SEE_STRUCTURE].whole)
_KEEP = array(DUTIES[Ability.KEEP_LEDGER].scoped)

FUNCTIONS = {
    "xz_account() RETURNS text": "SELECT coalesce(current_setting('xiezuo.account', true), '')",
    "xz_user() RETURNS bigint": "SELECT CASE WHEN xz_account() ~ '^[0-9]+$' THEN xz_account()::bigint END",
    "xz_own() RETURNS bigint": "SELECT id FROM accounts_user WHERE id = xz_user() AND is_active",
    "xz_today() RETURNS date": "SELECT nullif(current_setting('xiezuo.today', true), '')::date",
    "xz_trusted() RETURNS boolean": "SELECT xz_account() IN ('operator', 'product')",
    "xz_holds(roles text[]) RETURNS boolean": f"SELECT EXISTS (SELECT 1 {_IN_FORCE} AND r.role = ANY(roles))",
    "xz_commissions(scoped text[], whole text[]) RETURNS bigint[]": f"""
        SELECT coalesce(array_agg(DISTINCT r.commission), '{{}}') {_IN_FORCE}
        AND (r.role = ANY(whole) OR (r.role = ANY(scoped) AND r.scope_kind = 'commission'))""",
    "xz_units(scoped text[]) RETURNS bigint[]": f"""
        SELECT coalesce(array_agg(DISTINCT r.scope_id), '{{}}') {_IN_FORCE}
        AND r.role = ANY(scoped) AND r.scope_kind = 'unit'""",
    # Who leads the commission, leads a zone or holds a share in the division of work is known by name to all its staff.
    "xz_leaderships() RETURNS bigint[]": f"""
        SELECT coalesce(array_agg(DISTINCT unit_id), '{{}}') FROM organisation_unitrecord
        WHERE kind = '领导班子' AND known_until IS NULL AND commission_id = ANY(xz_commissions('{{}}', {_EVERYBODY}))""",
    "xz_leaders() RETURNS bigint[]": f"""
        WITH mine AS MATERIALIZED (SELECT xz_commissions('{{}}', {_EVERYBODY}) AS ids)
        SELECT coalesce(array_agg(DISTINCT person_id), '{{}}') FROM (
            SELECT person_id FROM organisation_assignment
            WHERE known_until IS NULL AND unit_id = ANY((SELECT xz_leaderships())::bigint[])
            UNION SELECT person_id FROM zones_zoneleader
            WHERE known_until IS NULL AND commission_id = ANY((SELECT ids FROM mine)::bigint[])
            UNION SELECT person_id FROM organisation_portfolio
            WHERE known_until IS NULL AND commission_id = ANY((SELECT ids FROM mine)::bigint[])
        ) AS known_by_name""",
    "xz_totals() RETURNS bigint[]": f"SELECT xz_commissions('{{}}', {KNOW_TOTALS})",
    # What an account holds must be known before it can be the actor of anything.
    "xz_held(account bigint, day date) RETURNS TABLE (role text, commission bigint, scope_kind text, scope_id bigint)": """
        SELECT r.role, r.commission, r.scope_kind, r.scope_id
        FROM accounts_right r JOIN accounts_user u ON u.id = r.user_id AND u.is_active
        WHERE r.user_id = account AND r.known_until IS NULL AND r.starts <= day AND r.ends > day ORDER BY r.id""",
    # For whom the reader decides today: for itself, and for whoever is absent and named it, or named who named it.
    "xz_stands_for() RETURNS bigint[]": """
        WITH RECURSIVE mine(account) AS (
            SELECT xz_own() UNION
            SELECT d.absent FROM approvals_delegation d JOIN mine ON d.stand_in = mine.account
            WHERE d.starts <= xz_today() AND d.ends > xz_today() AND (d.ended_on IS NULL OR d.ended_on > xz_today())
        ) SELECT coalesce(array_agg(account) FILTER (WHERE account IS NOT NULL), '{}') FROM mine""",
    "xz_takes_part(approval bigint) RETURNS boolean": f"""
        SELECT EXISTS (SELECT 1 FROM approvals_approval a WHERE a.id = approval AND (
            xz_own() = ANY(a.parties || a.informed) OR a.waiting_for && xz_stands_for()
            OR a.commission_id = ANY(xz_commissions({_KEEP}, '{{}}'))))""",
    # A question about an array can use no index where rows are kept from the reader, so the owner asks it for them:
    # nothing is found here that the policy of the table would not show.
    "xz_asked() RETURNS bigint[]": """
        SELECT coalesce(array_agg(id), '{}') FROM approvals_approval
        WHERE settled_at IS NULL AND waiting_for && (SELECT xz_stands_for())::bigint[] AND applicant <> (SELECT xz_own())""",
    "xz_coordinates() RETURNS bigint[]": """
        SELECT coalesce(array_agg(id), '{}') FROM approvals_approval
        WHERE settled_at IS NULL AND informed @> (SELECT ARRAY[xz_own()])""",
    # Where totals are allowed, rows may be counted that may not be shown: only the figures ask so.
    "xz_counted(whole text[]) RETURNS bigint[]": """
        SELECT CASE WHEN current_setting('xiezuo.counting', true) = 'on'
               THEN xz_commissions('{}', whole) ELSE '{}' END""",
    **need_of_collaboration.FUNCTIONS,
}

NAMES_FOR_ADMINISTRATORS = ("organisation_commission", "organisation_unit", "organisation_unitrecord", "zones_zone", "zones_zonerecord")  # fmt: skip
"""What the administrators must be able to name when they give an account or a right."""


# Asked only while figures count: whose steps and moves they are, the table of approvals says.
APPROVAL_COUNTED = (
    "(SELECT current_setting('xiezuo.counting', true) = 'on')"
    f" AND EXISTS (SELECT 1 FROM approvals_approval a WHERE a.id = approval_id AND a.{COUNTED})"
)
LEADERS, LEADERSHIPS = "ANY((SELECT xz_leaders())::bigint[])", "ANY((SELECT xz_leaderships())::bigint[])"
OWN_ACCOUNT = "user_id = (SELECT xz_own())"
MINE = "account = (SELECT xz_own())"
OWN_NAME = "by = (SELECT current_setting('xiezuo.actor', true))"

STRUCTURE = over_commission(Ability.SEE_STRUCTURE)
PEOPLE = over_commission(Ability.SEE_PEOPLE)
MATTERS = over_commission(Ability.SEE_MATTERS)
KEEPS = over_commission(Ability.KEEP_LEDGER)
WRITES_REPORTS = over_commission(Ability.WRITE_REPORTS)
READS_ISSUED = over_commission(Ability.SEE_TOTALS)
ADMINISTERS = f"(SELECT xz_holds({array(ADMINISTRATORS)}))"
PEOPLE_UNITS, MATTER_UNITS = over_units(Ability.SEE_PEOPLE), over_units(Ability.SEE_MATTERS)

OF_UNITS = (
    "ANY(ARRAY(SELECT person_id FROM organisation_assignment WHERE known_until IS NULL AND unit_id = ANY("
    + PEOPLE_UNITS
    + ")))"
)
# Whoever sees the person in post on one of these days: who has moved on is away for their new unit alone.
AWAY_FROM_UNITS = (
    "EXISTS (SELECT 1 FROM organisation_assignment held WHERE held.known_until IS NULL"
    " AND held.person_id = organisation_leave.person_id"
    f" AND held.unit_id = ANY({PEOPLE_UNITS})"
    " AND held.starts < organisation_leave.ends AND held.ends > organisation_leave.starts)"
)
OF_SEEN_COMMISSIONS = "commission_code IN (SELECT code FROM organisation_commission)"
RUN_SEEN = "run_id IN (SELECT id FROM reports_run)"
RUN_WRITTEN = f"run_id IN (SELECT id FROM reports_run WHERE {WRITES_REPORTS})"
# A secretary decides for the own commission; administrators are of the whole installation, so every secretary may.
DECIDES = f"{over_commission(Ability.CONFIRM_GRANTS, 'commission')} OR (commission IS NULL AND {holds(Ability.CONFIRM_GRANTS)})"
RIGHTS_SEEN = f"{OWN_ACCOUNT} OR {holds(Ability.GIVE_GRANTS)} OR {holds(Ability.READ_JOURNAL)} OR {DECIDES}"

APPROVALS = (
    "approvals_approval", "approvals_steprow", "approvals_signerrow", "approvals_move", "approvals_delegation",
    "approvals_numbering", "approvals_phrase",
)  # fmt: skip
"""Written by the product alone, once the engine has said yes: nobody moves an approval past it."""

REGULATION_TEXTS = (
    "rules_edition", "rules_clause", "rules_consultation", "rules_opinion", "rules_readreceipt", "rules_leaning",
)  # fmt: skip
"""Written by the product alone, once the policies have said yes: whoever drafts need not keep the ledger."""

ISSUED = f"stage IN ({', '.join(repr(stage.value) for stage in PUBLISHED)})"
# Whoever is asked to decide reads the matter until it is decided; the approvals show themselves to their parties.
BEING_SIGNED = (
    "approval IN (SELECT id FROM approvals_approval WHERE kind = 'regulation' AND settled_at IS NULL)"
)
DRAFTED_BY_OWN = f"unit_id = ANY({MATTER_UNITS})"
EDITION_SEEN = "edition_id IN (SELECT id FROM rules_edition)"
EDITION_IN_HAND = (
    f"edition_id IN (SELECT id FROM rules_edition WHERE {DRAFTED_BY_OWN} OR {BEING_SIGNED} OR {KEEPS})"
)

ZONE_MATTERS = (
    "zones_plan", "zones_planconsultation", "zones_planopinion", "zones_joining", "zones_authorisation",
    "zones_zonemeeting", "zones_agendaitem", "zones_attendance", "zones_groundedition", "zones_proposals",
    "zones_planversion",
)  # fmt: skip
"""Written by the product alone, once the policies have said yes: whoever draws zones need not keep the ledger."""

DRAWS = over_commission(Ability.DRAW_ZONES)
PLAN_BEING_SIGNED = (
    "approval IN (SELECT id FROM approvals_approval WHERE kind = 'zone_plan' AND settled_at IS NULL)"
)
DRAWS_PLAN = f"plan_id IN (SELECT id FROM zones_plan WHERE {DRAWS})"
PLAN_IN_HAND = f"plan_id IN (SELECT id FROM zones_plan WHERE {DRAWS} OR {PLAN_BEING_SIGNED})"
MEETING_SEEN = "meeting_id IN (SELECT id FROM zones_zonemeeting)"

READ: dict[str, tuple[str, ...]] = {
    "organisation_commission": (over_commission(Ability.SEE_STRUCTURE, "id"),),
    "organisation_unit": (STRUCTURE,),
    "organisation_unitrecord": (STRUCTURE,),
    "organisation_establishment": (STRUCTURE,),
    "organisation_portfolio": (STRUCTURE,),
    "organisation_person": (PEOPLE, COUNTED, f"id = {OF_UNITS}", f"id = {LEADERS}"),
    "organisation_personrecord": (PEOPLE, COUNTED, f"person_id = {OF_UNITS}", f"person_id = {LEADERS}"),
    "organisation_assignment": (
        PEOPLE,
        COUNTED,
        f"unit_id = ANY({PEOPLE_UNITS})",
        f"unit_id = {LEADERSHIPS}",
    ),
    "organisation_leave": (PEOPLE, AWAY_FROM_UNITS),
    "zones_zone": (STRUCTURE,),
    "zones_zonerecord": (STRUCTURE,),
    "zones_zonemember": (STRUCTURE,),
    "zones_zoneleader": (STRUCTURE,),
    "zones_plan": (
        DRAWS,
        COUNTED,
        f"stage = '{PlanStage.DECIDED.value}' AND {STRUCTURE}",
        f"invited && {MATTER_UNITS}",
        PLAN_BEING_SIGNED,
    ),
    "zones_planversion": (DRAWS_PLAN,),
    "zones_planconsultation": (PLAN_IN_HAND, f"unit_id = ANY({MATTER_UNITS})"),
    "zones_planopinion": (PLAN_IN_HAND, f"unit_id = ANY({MATTER_UNITS})"),
    "zones_joining": (DRAWS, f"decided_on IS NOT NULL AND {STRUCTURE}", "xz_takes_part(approval)"),
    "zones_authorisation": (
        DRAWS,
        COUNTED,
        f"decided_on IS NOT NULL AND unit_id = ANY({MATTER_UNITS})",
        "xz_takes_part(approval)",
    ),
    "zones_zonemeeting": (MATTERS, COUNTED, f"units && {MATTER_UNITS}"),
    "zones_agendaitem": (MEETING_SEEN,),
    "zones_attendance": (MEETING_SEEN,),
    "zones_groundedition": (STRUCTURE,),
    "zones_proposals": (DRAWS,),
    "sites_site": (STRUCTURE,),
    "sites_siterecord": (STRUCTURE,),
    "sites_equipment": (STRUCTURE,),
    "sites_works": (STRUCTURE,),
    "rules_regulation": (STRUCTURE,),
    "rules_regulationrecord": (STRUCTURE,),
    "rules_edition": (
        KEEPS,
        f"{ISSUED} AND {STRUCTURE}",
        DRAFTED_BY_OWN,
        f"invited && {MATTER_UNITS}",
        BEING_SIGNED,
    ),
    "rules_clause": (EDITION_SEEN,),
    "rules_consultation": (EDITION_IN_HAND, f"unit_id = ANY({MATTER_UNITS})"),
    "rules_opinion": (EDITION_IN_HAND, f"unit_id = ANY({MATTER_UNITS})"),
    "rules_readreceipt": (
        MINE,
        over_commission(Ability.SEE_READERS),
        f"unit = ANY({over_units(Ability.SEE_READERS)})",
    ),
    "rules_leaning": (STRUCTURE,),
    "rules_workrule": (STRUCTURE,),
    "rules_calendaryear": (STRUCTURE,),
    "rules_calendarday": (STRUCTURE,),
    "approvals_approval": (
        KEEPS,
        "(SELECT xz_own()) = ANY(parties)",
        "(SELECT xz_own()) = ANY(informed)",
        "waiting_for && (SELECT xz_stands_for())::bigint[]",
        COUNTED,
    ),
    "approvals_steprow": ("xz_takes_part(approval_id)", APPROVAL_COUNTED),
    "approvals_signerrow": ("xz_takes_part(approval_id)",),
    # One's own acts need no look at the application; what is shown of them is joined to those one may see.
    "approvals_move": ("account = (SELECT xz_own())", "xz_takes_part(approval_id)", APPROVAL_COUNTED),
    "approvals_delegation": (KEEPS, "(SELECT xz_own()) IN (absent, stand_in)"),
    "approvals_numbering": (KEEPS,),
    "approvals_phrase": ("account = (SELECT xz_own())", f"unit = ANY({MATTER_UNITS})", KEEPS),
    "directives_directive": (MATTERS, COUNTED),
    "directives_meeting": (MATTERS, COUNTED, f"units && {MATTER_UNITS}"),
    "directives_planitem": (MATTERS, COUNTED, f"unit_id = ANY({MATTER_UNITS})"),
    "reports_templateedition": (
        WRITES_REPORTS,
        f"commission_id IS NULL AND {holds(Ability.WRITE_REPORTS)}",
        # The heading of an issued report names its template; texts that no report rests on are their writers'.
        f"id IN (SELECT template_id FROM reports_run WHERE issued_at IS NOT NULL AND {READS_ISSUED})",
    ),
    "reports_run": (WRITES_REPORTS, f"issued_at IS NOT NULL AND {READS_ISSUED}"),
    "reports_runfile": (RUN_WRITTEN, f"{RUN_SEEN} AND name IN ('report.docx', 'report.pdf')"),
    "book_load": (KEEPS,),
    "book_correction": (KEEPS, "xz_takes_part(approval)"),
    "book_draft": (OWN_NAME,),
    "book_wordmapping": (f"{holds(Ability.KEEP_LEDGER)} AND {OF_SEEN_COMMISSIONS}",),
    "accounts_savedview": (OWN_ACCOUNT,),
    "notices_notice": (MINE,),
    "notices_calendarfeed": (MINE,),
    "accounts_grant": (RIGHTS_SEEN,),
    "accounts_right": (RIGHTS_SEEN,),
    **need_of_collaboration.READ,
}
"""Table → the conditions of which a row that is read must meet one."""

WRITE: dict[str, str] = {
    "organisation_commission": over_commission(Ability.KEEP_LEDGER, "id"),
    # Heads of units enter it too, who keep no ledger: by the product, once the policies have said yes.
    "organisation_leave": "false",
    "reports_templateedition": WRITES_REPORTS,
    "reports_run": WRITES_REPORTS,
    "reports_runfile": RUN_WRITTEN,
    "book_draft": f"{OWN_NAME} AND {holds(Ability.KEEP_LEDGER)}",
    "book_wordmapping": READ["book_wordmapping"][0],
    "accounts_savedview": OWN_ACCOUNT,
    "accounts_grant": f"{holds(Ability.GIVE_GRANTS)} OR {DECIDES}",
    "accounts_right": "false",
    "book_correction": "false",
    # Told and cleared by the product alone; what an account does with its own goes through an operation.
    "notices_notice": "false",
    "notices_calendarfeed": "false",
    **dict.fromkeys((*APPROVALS, *REGULATION_TEXTS, *ZONE_MATTERS, *need_of_collaboration.READ), "false"),
}
"""Table → the condition that a row that is written must meet; where none is named, whoever keeps the ledger."""

NOBODY_IN_PARTICULAR = {
    "accounts_user": "read at the door, before anybody is known; it says who exists and never what they see",
    "accounts_doorpolicy": "read at the door, before anybody is known; everybody meets its rules anyway",
    "accounts_passwordstate": "read at the door: when a password was set, never the password",
    "accounts_factor": "read at the door; secrets are sealed with a key outside the database",
    "accounts_cardcode": "read at the door; hashed with a key outside the database",
    "accounts_attempt": "written at the door by strangers; names are hashed with a key outside the database",
    "accounts_lockout": "the same",
    "accounts_session": "read before anybody is known; found by the hash of a key that only the browser has",
    "accounts_recovery": "read at the door; its code is hashed with a key outside the database",
    "organisation_spentform": "keys of forms already sent, unreadable and forgotten after days",
}
"""Tables of ours without need-to-know, and why."""


def functions(role: str) -> list[str]:
    """The functions that the policies ask."""
    made = [
        f"CREATE OR REPLACE FUNCTION {head} LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER"
        f" SET search_path = public, pg_temp AS $body$ {body} $body$"
        for head, body in FUNCTIONS.items()
    ]
    return [*made, f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}"]


def policies(role: str, table: str) -> list[str]:
    """The policies of one table: what may be read, and what may be written."""
    seen = READ[table] + ((ADMINISTERS,) if table in NAMES_FOR_ADMINISTRATORS else ())
    read, write = either(*seen), either(WRITE.get(table, KEEPS))
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        *(
            f"DROP POLICY IF EXISTS {name} ON {table}"
            for name in ("needs_actor", "may_read", "may_add", "may_change", "may_drop")
        ),
        f"CREATE POLICY may_read ON {table} FOR SELECT TO {role} USING ({read})",
        f"CREATE POLICY may_add ON {table} FOR INSERT TO {role} WITH CHECK ({write})",
        f"CREATE POLICY may_change ON {table} FOR UPDATE TO {role} USING ({write}) WITH CHECK ({write})",
        f"CREATE POLICY may_drop ON {table} FOR DELETE TO {role} USING ({write})",
    ]
