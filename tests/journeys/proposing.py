"""Run beside a served demonstration: a second clerk proposes a correction that two leaders decide. All of it fictional.

`python -m tests.journeys.proposing` prints the number of the application's page.
"""

# The settings are named before Django is set up.
# ruff: noqa: E402
import os
from datetime import date
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiezuo.config.settings")

import django

django.setup()

from xiezuo.accounts.api import OPERATOR, Role, Scope, User, acting_as, actor_named
from xiezuo.accounts.models import Grant
from xiezuo.approvals.models import Approval
from xiezuo.book.api import propose_correction
from xiezuo.book.models import Correction
from xiezuo.organisation.models import Assignment, Commission, Portfolio
from xiezuo.rules.api import internal_on
from xiezuo.rules.rule_operations import state_rule
from xiezuo.shared import clock
from xiezuo.shared.periods import ALWAYS, OPEN
from xiezuo.zones.api import renew_rights

CLERK, LEADER = "huibao", "fushuji"
STEPS = ["分管副书记", "书记"]


def a_second_clerk(commission: int) -> None:
    """Whoever writes reports keeps the ledger too, as two others have decided."""
    user = User.objects.get(username=CLERK)
    Grant.objects.get_or_create(
        user=user, role=Role.CASE_MANAGEMENT, commission=commission, scope_kind=Scope.COMMISSION, scope_id=commission,
        defaults={
            "starts": ALWAYS, "ends": OPEN, "reason": "虚构授权", "proposed_by": "a", "proposed_at": clock.now(),
            "outcome": "confirmed", "decided_by": "b", "decided_at": clock.now(),
        },
    )  # fmt: skip
    renew_rights(accounts=[user.pk], now=clock.now())


def two_steps(commission: Commission) -> None:
    """From today on corrections are decided by the deputy in charge and the secretary."""
    rule = internal_on(commission, "N02", clock.today())
    if list(rule.approvers) != STEPS:
        values = {"approvers": STEPS, "each_level": True, "basis": "虚构决定"}
        told = {"starts": clock.today(), "seen": rule.pk, "by": OPERATOR, "now": clock.now()}
        state_rule(commission=commission, kind=rule.kind, code=rule.code, values=values, **told)


def post_under(leader: str) -> Assignment:
    """A post, not yet being corrected, in a unit of which the leader is in charge today."""
    person = User.objects.get(username=leader).person
    units = Portfolio.objects.on(clock.today()).filter(person=person, mode="分管").values("unit")
    under_way = Correction.objects.filter(outcome="").values("assignment")
    posts = Assignment.objects.on(clock.today()).filter(unit__in=units, starts__gt=date(2000, 1, 1))
    found = posts.exclude(pk__in=under_way).order_by("pk").first()
    assert found is not None
    return found


def propose() -> int:
    """The number of the application."""
    with acting_as(OPERATOR):
        commission = Commission.objects.get(code="AL")
        a_second_clerk(commission.pk)
        two_steps(commission)
        post = post_under(LEADER)
    key = uuid4()
    changes = {"basis": f"虚构文件 {key.hex[:6]} 号"}
    with acting_as(actor_named(CLERK)) as by:
        told = {"strikes": False, "reason": "依据录入有误", "key": key, "by": by, "now": clock.now()}
        propose_correction(assignment=post, changes=changes, **told)
    with acting_as(OPERATOR):
        return int(Approval.objects.latest("pk").pk)


if __name__ == "__main__":
    print(propose())  # noqa: T201 - read by the journey
