"""Need-to-know of the collaboration: requests are read by whoever takes part, by name and for a time, never by rank.

Whoever must stand out of a request, or may have to, sees nothing of it, not even that it is there (保密法 21, 监察法 67).
"""

from xiezuo.accounts.api import Ability, Role
from xiezuo.config.policy_words import COUNTED, array, over_commission, over_units

FUNCTIONS = {
    "xz_person() RETURNS bigint": """
        SELECT person FROM accounts_user WHERE id = xz_user() AND is_active AND person_confirmed_by <> ''""",
    # What the reader was let read by name, for a time; a cut ends it at once.
    "xz_matters() RETURNS bigint[]": """
        SELECT coalesce(array_agg(DISTINCT request_id), '{}') FROM collaboration_access
        WHERE account = xz_own() AND cut_at IS NULL AND starts <= xz_today() AND ends > xz_today()""",
    # The same of one request, for a page that asks for it again and again: what else the reader was let read costs nothing.
    "xz_reads(of_request bigint) RETURNS boolean": """
        SELECT EXISTS (SELECT 1 FROM collaboration_access WHERE request_id = of_request AND account = xz_own()
            AND cut_at IS NULL AND starts <= xz_today() AND ends > xz_today())""",
    # While the question is open the rights are frozen; after it they are gone, or back.
    "xz_stood_out() RETURNS bigint[]": """
        SELECT coalesce(array_agg(DISTINCT request_id), '{}') FROM collaboration_recusal
        WHERE decision IN ('', '回避') AND (account = xz_own() OR person_id = xz_person())""",
    # Whoever ever took part is not outside the matter, whatever ended since.
    "xz_took_part() RETURNS bigint[]": """
        SELECT coalesce(array_agg(request_id), '{}') FROM (
            SELECT request_id FROM collaboration_access WHERE account = xz_own()
            UNION SELECT id FROM collaboration_request WHERE applicant = xz_own()
            UNION SELECT request_id FROM collaboration_member WHERE person_id = xz_person()
            UNION SELECT request_id FROM collaboration_recusal WHERE account = xz_own() OR person_id = xz_person()
        ) AS parts""",
    # Names are written freely: whoever bears one that stands there is kept out, and one too many rather than one too few.
    "xz_named_in() RETURNS bigint[]": """
        SELECT coalesce(array_agg(DISTINCT i.interference_id), '{}') FROM collaboration_intervener i
        JOIN organisation_personrecord p ON position(p.name IN i.name) > 0 WHERE p.person_id = xz_person()""",
    "xz_lent_from(homes bigint[]) RETURNS bigint[]": """
        SELECT coalesce(array_agg(DISTINCT loan_id), '{}') FROM collaboration_lent
        WHERE home_id = ANY(homes) OR person_id = xz_person()""",
}

HEADS = over_units(Ability.SPEAK_FOR_UNIT)
KEEPS = over_commission(Ability.KEEP_LEDGER)
LOANS = over_commission(Ability.ARRANGE_LOANS)
STRUCTURE = over_commission(Ability.SEE_STRUCTURE)
OWN = "(SELECT xz_own())"
OWN_PERSON = "person_id = (SELECT xz_person())"
NOT_OUT = "NOT id = ANY((SELECT xz_stood_out())::bigint[])"
OPENLY = f"state <> '草稿' AND NOT sealed AND {NOT_OUT}"
# Asked row by row through the key: a list of every request that is seen would be made for each page.
OF_SEEN_REQUEST = "EXISTS (SELECT 1 FROM collaboration_request r WHERE r.id = request_id)"
OF_THE_TWO_SIDES = (
    "EXISTS (SELECT 1 FROM collaboration_request r WHERE r.id = request_id AND ("
    f"(NOT r.blocked AND (r.applicant = {OWN} OR r.unit_id = ANY({HEADS})))"
    f" OR r.lead_id = ANY({HEADS}) OR {over_commission(Ability.KEEP_LEDGER, 'r.commission_id')}))"
)
OF_A_MEMBER = (
    f"{OF_SEEN_REQUEST} AND EXISTS (SELECT 1 FROM collaboration_member m WHERE m.request_id = collaboration_evaluation.request_id"
    " AND m.person_id = (SELECT xz_person()) AND m.state = '在组' AND m.starts <= xz_today() AND m.ends > xz_today())"
)
# The incident alone goes to the secretary, once nobody reported it in time; the request stays whose it is.
ESCALATED = (
    f"escalated_at IS NOT NULL AND commission_id = ANY((SELECT xz_commissions({array((Role.SECRETARY,))}, {array(())}))::bigint[])"
    " AND NOT request_id = ANY((SELECT xz_stood_out())::bigint[])"
)
OUTSIDE = (
    "(request_id IS NULL OR NOT request_id = ANY((SELECT xz_took_part())::bigint[]))"
    " AND NOT id = ANY((SELECT xz_named_in())::bigint[])"
)

READ: dict[str, tuple[str, ...]] = {
    "collaboration_request": (
        f"{KEEPS} AND {OPENLY}",
        f"unit_id = ANY({HEADS}) AND NOT blocked AND NOT sealed AND {NOT_OUT}",
        f"lead_id = ANY({HEADS}) AND {OPENLY}",
        f"xz_reads(id) AND {NOT_OUT}",
        f"approval = ANY((SELECT xz_asked())::bigint[]) AND {NOT_OUT}",
        COUNTED,
    ),
    "collaboration_requestmove": (OF_SEEN_REQUEST,),
    "collaboration_access": (f"account = {OWN}", OF_SEEN_REQUEST),
    "collaboration_widening": (f"asked_by = {OWN}", OF_SEEN_REQUEST),
    # A head knows which of the own people are in a team, not what the team is for; everybody knows of themselves.
    "collaboration_member": (OF_SEEN_REQUEST, OWN_PERSON, f"unit_id = ANY({HEADS})"),
    "collaboration_declaration": (OF_SEEN_REQUEST, OWN_PERSON),
    "collaboration_recusal": (
        OF_SEEN_REQUEST,
        f"decider = {OWN}",
        f"account = {OWN}",
        OWN_PERSON,
        f"override_asked_of = {OWN}",
    ),
    "collaboration_recusalground": (
        f"recusal_id IN (SELECT id FROM collaboration_recusal WHERE coalesce(decided_by, decider) = {OWN})",
    ),
    "collaboration_interference": (
        f"{over_commission(Ability.SEE_INTERFERENCE)} AND {OUTSIDE}",
        f"(SELECT xz_holds('{{auditor}}'::text[])) AND {OUTSIDE}",
    ),
    "collaboration_intervener": ("interference_id IN (SELECT id FROM collaboration_interference)",),
    "collaboration_interferencestep": ("interference_id IN (SELECT id FROM collaboration_interference)",),
    "collaboration_loan": (
        LOANS,
        f"unit_id = ANY({HEADS})",
        f"id = ANY((SELECT xz_lent_from({HEADS}))::bigint[])",
        "approval = ANY((SELECT xz_asked())::bigint[])",
        # A vacancy is open: whoever works here can read by what candidates are judged, not who they are.
        f"kind IN ('岗位借调', '试岗') AND state = '已批准' AND {STRUCTURE}",
        COUNTED,
    ),
    "collaboration_lent": (
        f"home_id = ANY({HEADS})",
        OWN_PERSON,
        f"loan_id IN (SELECT id FROM collaboration_loan WHERE {LOANS} OR unit_id = ANY({HEADS}) OR {COUNTED})",
    ),
    "collaboration_pairing": (STRUCTURE,),
    "collaboration_pairingvisit": ("pairing_id IN (SELECT id FROM collaboration_pairing)",),
    "collaboration_workplan": (OF_SEEN_REQUEST,),
    "collaboration_task": (OF_SEEN_REQUEST,),
    "collaboration_logentry": (OF_SEEN_REQUEST,),
    "collaboration_jointmeeting": (OF_SEEN_REQUEST,),
    # Whoever must mend what was found is told of it; the rest of the request is not theirs.
    "collaboration_letter": (OF_SEEN_REQUEST, f"unit_id = ANY({HEADS})"),
    # What one side says of the other: for the two sides and the case-management office, not for whoever reads the request.
    "collaboration_evaluation": (OF_THE_TWO_SIDES, OF_A_MEMBER),
    "collaboration_paper": (OF_SEEN_REQUEST,),
    "collaboration_talk": (OF_SEEN_REQUEST,),
    "collaboration_recording": ("EXISTS (SELECT 1 FROM collaboration_talk t WHERE t.id = talk_id)",),
    "collaboration_incident": (OF_SEEN_REQUEST, ESCALATED),
    "collaboration_incidentstep": (
        "EXISTS (SELECT 1 FROM collaboration_incident i WHERE i.id = incident_id)",
    ),
}
"""Table → the conditions of which a row that is read must meet one. All are written by the product alone, once the policies
have said yes."""

KEPT_FOR_EVER = {
    "collaboration_requestmove": (),
    "collaboration_recusal": (
        "decider", "decision", "decided_by", "decided_at", "overridden_by", "overridden_at",
        "override_asked_by", "override_asked_of", "override_asked_at", "override_asked_said", "override_refused_at",
    ),
    "collaboration_recusalground": ("decision_said", "override_said"),
    "collaboration_interference": (),
    "collaboration_intervener": (),
    "collaboration_interferencestep": (),
    "collaboration_logentry": (),
    "collaboration_paper": (),
    "collaboration_evaluation": (),
    "collaboration_talk": (),
    "collaboration_recording": (),
    "collaboration_incident": ("state", "escalated_at"),
    "collaboration_incidentstep": (),
}  # fmt: skip
"""Tables whose rows are never deleted, and of which only these columns ever change."""
