"""Approvals of a fictional county by the million: made in the database, as the owner, with what the product would write."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connections

from bench.copying import vacuum

YEARS, UNDER_WAY, WAITING = 5, 2_000, 20
NUMBERING = """
INSERT INTO approvals_numbering (commission_id, kind, year, last)
SELECT commission_id, kind, year, max(number) FROM approvals_approval GROUP BY 1, 2, 3
"""
TABLES = (
    "approvals_numbering",
    "approvals_move",
    "approvals_signerrow",
    "approvals_steprow",
    "approvals_approval",
)

# Of `total` approvals the last `open` are under way, the last `waiting` of them wait for the secretary; the others of
# these lie with the first step, one in a hundred of them with the keeper. A day has as many as make up five years.
APPROVAL = """
INSERT INTO approvals_approval (id, commission_id, kind, year, number, subject_app, subject_id, unit, title, rule_edition,
    applicant, applicant_person, state, current, edition, read, waiting_for, parties, informed, recused, due_on,
    submitted_at, settled_at)
SELECT g, %(county)s, 'bench', extract(year FROM at)::int, g, 'bench', g, NULL, '虚构事项' || g, %(rule)s,
    %(applicant)s, NULL, CASE WHEN open THEN '审批中' WHEN g %% 20 = 0 THEN '不予批准' ELSE '已批准' END,
    CASE WHEN open AND NOT mine THEN 0 ELSE 1 END, 3, true,
    CASE WHEN mine THEN ARRAY[%(secretary)s]::bigint[] WHEN open AND g %% 100 = 1 THEN ARRAY[%(keeper)s]::bigint[]
         WHEN open THEN ARRAY[900000 + g %% 97]::bigint[] ELSE '{}' END,
    ARRAY[%(applicant)s, %(keeper)s, %(secretary)s]::bigint[], '{}', '[]',
    CASE WHEN open THEN CURRENT_DATE + (g %% 9)::int - 3 END, at, CASE WHEN NOT open THEN at + interval '2 days' END
FROM (SELECT g, g > %(total)s - %(open)s AS open, g > %(total)s - %(waiting)s AS mine,
             now() - interval '5 days' - (%(total)s - g) * (interval '1820 days' / %(total)s) AS at
      FROM generate_series(1, %(total)s) AS g) AS made
"""
STEP = """
INSERT INTO approvals_steprow (id, approval_id, position, title, mode, asks, working_days, opened_on, amber_on, due_on,
    first_due_on, timed_out_on)
SELECT a.id * 2 + position, a.id, position, CASE position WHEN 0 THEN '案件监督管理室' ELSE '书记' END, '或签',
    CASE position WHEN 0 THEN '[{"role": "case_management"}]' ELSE '[{"role": "secretary"}]' END::jsonb, 2,
    a.submitted_at::date, a.submitted_at::date + 1, coalesce(a.due_on, a.submitted_at::date + 2),
    coalesce(a.due_on, a.submitted_at::date + 2), CASE WHEN a.id %% 25 = 0 THEN a.submitted_at::date + 3 END
FROM approvals_approval a, generate_series(0, 1) AS position
"""
SIGNER = """
INSERT INTO approvals_signerrow (approval_id, step_id, position, account, kind, state, why, decided_by, paper_no)
SELECT s.approval_id, s.id, 0, CASE s.position WHEN 0 THEN %(keeper)s ELSE %(secretary)s END, '应批',
    CASE WHEN s.position < a.current OR a.settled_at IS NOT NULL THEN '同意' WHEN s.position = a.current THEN '待审批'
         ELSE '未到' END, '',
    CASE WHEN s.position < a.current OR a.settled_at IS NOT NULL
         THEN CASE s.position WHEN 0 THEN %(keeper)s ELSE %(secretary)s END END, ''
FROM approvals_steprow s JOIN approvals_approval a ON a.id = s.approval_id
"""
MOVE = """
INSERT INTO approvals_move (approval_id, edition, verb, account, by, at, step, state, said, details)
SELECT a.id, m, CASE m WHEN 1 THEN 'submit' ELSE 'approve' END,
    CASE m WHEN 1 THEN %(applicant)s WHEN 2 THEN %(keeper)s ELSE %(secretary)s END, '虚构', a.submitted_at + m * interval '8 hours',
    greatest(m - 2, 0), CASE WHEN m = 3 THEN a.state ELSE '审批中' END, '', '{}'
FROM approvals_approval a, generate_series(1, 3) AS m WHERE a.settled_at IS NOT NULL OR m <= a.current + 1
"""


@dataclass
class County:
    """Whom the measurement concerns, by their keys; `first_waiting` is one that the secretary is asked to decide."""

    pk: int
    secretary: int
    keeper: int
    applicant: int
    rule: int
    first_waiting: int = field(default=0)


def fill(county: County, total: int) -> None:
    """Throw away what there was and make `total` approvals."""
    told: dict[str, int | str] = {
        "county": county.pk, "rule": str(county.rule), "applicant": county.applicant, "keeper": county.keeper,
        "secretary": county.secretary, "total": total, "open": min(total // 5 + 2 * WAITING, UNDER_WAY), "waiting": WAITING,
    }  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        for statement in (APPROVAL, STEP, SIGNER, MOVE, NUMBERING):
            cursor.execute(statement, told)
        for table in TABLES:
            _number_on(cursor, table)
    vacuum()
    county.first_waiting = total - WAITING + 1


def _number_on(cursor: Any, table: str) -> None:
    cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
