"""Tables of the zones: what stands in the ledger, plans of what shall stand, zones that act as one, meetings."""

from xiezuo.zones.models.ground import GroundEdition, Proposals
from xiezuo.zones.models.joining import Authorisation, Joining
from xiezuo.zones.models.ledger import Zone, ZoneLeader, ZoneMember, ZoneRecord
from xiezuo.zones.models.meetings import AgendaItem, Attendance, ZoneMeeting
from xiezuo.zones.models.plans import Plan, PlanConsultation, PlanOpinion, PlanVersion

__all__ = [
    "AgendaItem",
    "Attendance",
    "Authorisation",
    "GroundEdition",
    "Joining",
    "Plan",
    "PlanConsultation",
    "PlanOpinion",
    "PlanVersion",
    "Proposals",
    "Zone",
    "ZoneLeader",
    "ZoneMeeting",
    "ZoneMember",
    "ZoneRecord",
]
