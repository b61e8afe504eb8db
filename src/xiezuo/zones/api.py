"""What other apps may use of the zones."""

from xiezuo.zones.drawing import drawn_map
from xiezuo.zones.joining.announcing_operations import announce_arrangements
from xiezuo.zones.joining.events import authorisation_told, joining_told
from xiezuo.zones.joining.operations import follow_settlement as settle_arrangement
from xiezuo.zones.meetings.agenda_sources import Suggested, offer_agenda
from xiezuo.zones.naming import canonical_name, name_variants
from xiezuo.zones.operations import add_things, apply_rows, undo_rows
from xiezuo.zones.plans.application_operations import AskedPlan, apply_for_plan
from xiezuo.zones.plans.application_operations import follow_move as follow_move_of_plan
from xiezuo.zones.plans.application_operations import follow_settlement as follow_settlement_of_plan
from xiezuo.zones.plans.consultation_operations import ask_units as ask_units_on_plan
from xiezuo.zones.plans.consultation_operations import close_answer as close_answer_on_plan
from xiezuo.zones.plans.consultation_operations import give_opinion as give_opinion_on_plan
from xiezuo.zones.plans.consultation_operations import settle_opinion as settle_opinion_on_plan
from xiezuo.zones.plans.events import (
    plan_consultation_answered,
    plan_consultation_ended,
    plan_consultation_opened,
    plan_decided,
)
from xiezuo.zones.plans.operations import begin_plan, file_plan, save_plan
from xiezuo.zones.proposals.told import propose_on
from xiezuo.zones.queries import ZoneRow, changes, zone_rows
from xiezuo.zones.queries.joining import joined_with
from xiezuo.zones.queries.meetings import ahead_of_units as meetings_ahead
from xiezuo.zones.queries.meetings import minutes_waiting
from xiezuo.zones.queries.meetings import not_done as items_not_done
from xiezuo.zones.queries.naming import resolve_zone
from xiezuo.zones.rights_operations import renew_rights, renew_rights_in
from xiezuo.zones.zoning import published
from xiezuo.zones.zoning.travel import great_circle

__all__ = [
    "AskedPlan",
    "Suggested",
    "ZoneRow",
    "add_things",
    "announce_arrangements",
    "apply_for_plan",
    "apply_rows",
    "ask_units_on_plan",
    "authorisation_told",
    "begin_plan",
    "canonical_name",
    "changes",
    "close_answer_on_plan",
    "drawn_map",
    "file_plan",
    "follow_move_of_plan",
    "follow_settlement_of_plan",
    "give_opinion_on_plan",
    "great_circle",
    "items_not_done",
    "joined_with",
    "joining_told",
    "meetings_ahead",
    "minutes_waiting",
    "name_variants",
    "offer_agenda",
    "plan_consultation_answered",
    "plan_consultation_ended",
    "plan_consultation_opened",
    "plan_decided",
    "propose_on",
    "published",
    "renew_rights",
    "renew_rights_in",
    "resolve_zone",
    "save_plan",
    "settle_arrangement",
    "settle_opinion_on_plan",
    "undo_rows",
    "zone_rows",
]
