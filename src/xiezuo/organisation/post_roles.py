"""Which role comes with which post. The mapping is this product's default; what differs in a county is granted."""

from xiezuo.accounts.api import Role
from xiezuo.organisation.states import DEPUTY_SECRETARY, HEAD, SECRETARY, UnitKind

HEAD_POSTS = (SECRETARY, HEAD, "主任", "负责人")
"""Posts whose holder answers for the unit."""

CASE_MANAGEMENT_OFFICE = "案件监督管理"
"""What the name of the case-management office says, however it ends (室, 科)."""

_LEADERS = {SECRETARY: Role.SECRETARY, DEPUTY_SECRETARY: Role.READER}


def role_of_post(*, kind: str, name: str, post: str) -> Role:
    """The role that a post in a unit of this kind and name gives.

    Of the leaders only the secretary sees the county's records; the others see totals, and the records of the zones
    that they lead. Everybody in the case-management office does its work.
    """
    if kind == UnitKind.LEADERSHIP:
        return _LEADERS.get(post, Role.READER)
    if kind == UnitKind.SUPPORT_OFFICE and CASE_MANAGEMENT_OFFICE in name:
        return Role.CASE_MANAGEMENT
    return Role.UNIT_HEAD if post in HEAD_POSTS else Role.STAFF


def is_of_the_commission(role: Role) -> bool:
    """Whether the role of a post is held over the whole commission and not over the unit."""
    return role in (Role.SECRETARY, Role.READER, Role.CASE_MANAGEMENT)
