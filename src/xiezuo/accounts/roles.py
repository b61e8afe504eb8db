"""Roles, what each may do, and over what: the duty list of the office as data.

Source: domain.md §5.3 (三员分立) for the administrators; the business roles are this product's defaults.
The policies in code and the policies of the database are both made from this page.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What an account is to a commission, a zone, a unit or a matter. Administrators are of the installation."""

    UNIT_HEAD = "unit_head", _("Head of a unit")
    STAFF = "staff", _("Staff member of a unit")
    CONTACT_LEADER = "contact_leader", _("Contact leader of a zone")
    DEPUTY_SECRETARY = "deputy_secretary", _("Deputy secretary in charge of a first-level zone")
    SECRETARY = "secretary", _("Secretary")
    CASE_MANAGEMENT = "case_management", _("Case-management office")
    SITE_KEEPER = "site_keeper", _("Keeper of sites")
    REPORT_WRITER = "report_writer", _("Report writer")
    READER = "reader", _("Leader who reads totals")
    SYSTEM = "system", _("System administrator")
    SECURITY = "security", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")


ADMINISTRATORS = (Role.SYSTEM, Role.SECURITY, Role.AUDITOR)
BUSINESS = tuple(role for role in Role if role not in ADMINISTRATORS)
GIVEN = (Role.CASE_MANAGEMENT, Role.SITE_KEEPER, Role.REPORT_WRITER, Role.READER, Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.CONTACT_LEADER, Role.UNIT_HEAD, Role.STAFF)  # fmt: skip
"""Business roles in the order in which the security administrator is offered them."""


class Scope(StrEnum):
    """What a role is held over."""

    INSTALLATION = "installation"
    COMMISSION = "commission"
    ZONE = "zone"
    UNIT = "unit"
    MATTER = "matter"


class Ability(StrEnum):
    """What a role lets its holder do. A new part of the product adds what it needs here."""

    SEE_STRUCTURE = "see_structure"
    """Units, zones, sites, regulations and standards of a commission: how it is built, without people."""
    SEE_PEOPLE = "see_people"
    """Who is in which post."""
    SEE_PERSONAL = "see_personal"
    """The masked fields of a person."""
    SEE_MATTERS = "see_matters"
    """Directives, meetings and the plan."""
    SEE_TOTALS = "see_totals"
    """Figures over rows that the holder need not be able to see: the number, never its records."""
    KEEP_LEDGER = "keep_ledger"
    """Load books, enter facts, switch standards."""
    KEEP_LEAVE = "keep_leave"
    """Enter and cancel the days on which people are away."""
    DRAFT_REGULATIONS = "draft_regulations"
    """Write the text of a regulation for a unit and take it through consultation and review."""
    SPEAK_FOR_UNIT = "speak_for_unit"
    """Say what a unit thinks when it is consulted."""
    DRAW_ZONES = "draw_zones"
    """Draft zone plans, ask for proposals, consult, apply for decisions; give what zones are drawn on."""
    RUN_ZONE = "run_zone"
    """Call the meetings of a zone, write their minutes, ask for zones to act as one."""
    ASK_HELP = "ask_help"
    """Ask for collaboration for a unit; leaders and the case-management office hand down tasks the same way."""
    FORM_TEAMS = "form_teams"
    """Put the team of a request together, send it and see its work through."""
    ARRANGE_LOANS = "arrange_loans"
    """Ask for people on loan, agree to lend one's own, pair units."""
    SEE_INTERFERENCE = "see_interference"
    """Read the register of interference, of matters in which one takes no part."""
    WRITE_REPORTS = "write_reports"
    """Write, check and issue reports; edit their templates; read their evidence."""
    EXPORT = "export"
    """Take out what is on the screen."""
    SEE_READERS = "see_readers"
    """Who has seen a record."""
    CONFIRM_GRANTS = "confirm_grants"
    """Be the second person of a grant."""
    KEEP_ACCOUNTS = "keep_accounts"
    """Create, disable and open accounts; see jobs, versions and health."""
    GIVE_GRANTS = "give_grants"
    """Propose and end grants, review rights, set the policy of the door."""
    READ_JOURNAL = "read_journal"
    """Read, verify and export the journal."""


@dataclass(frozen=True)
class Reach:
    """The roles that have an ability over what they are held over, and those that have it over the whole commission."""

    scoped: tuple[Role, ...] = ()
    whole: tuple[Role, ...] = ()


_COUNTY = (Role.SECRETARY, Role.CASE_MANAGEMENT, Role.REPORT_WRITER)
_ZONE = (Role.CONTACT_LEADER, Role.DEPUTY_SECRETARY)
_UNIT = (Role.UNIT_HEAD, Role.STAFF)

DUTIES: dict[Ability, Reach] = {
    Ability.SEE_STRUCTURE: Reach(whole=BUSINESS),
    Ability.SEE_PEOPLE: Reach(scoped=(*_UNIT, *_ZONE, *_COUNTY)),
    Ability.SEE_PERSONAL: Reach(scoped=(Role.UNIT_HEAD, *_ZONE, Role.SECRETARY, Role.CASE_MANAGEMENT)),
    Ability.SEE_MATTERS: Reach(scoped=(*_UNIT, *_ZONE, *_COUNTY)),
    Ability.SEE_TOTALS: Reach(whole=(*_ZONE, *_COUNTY, Role.READER)),
    Ability.KEEP_LEDGER: Reach(scoped=(Role.CASE_MANAGEMENT,)),
    Ability.KEEP_LEAVE: Reach(scoped=(Role.UNIT_HEAD, Role.CASE_MANAGEMENT)),
    Ability.DRAFT_REGULATIONS: Reach(scoped=(Role.UNIT_HEAD, Role.CASE_MANAGEMENT)),
    Ability.SPEAK_FOR_UNIT: Reach(scoped=(Role.UNIT_HEAD,)),
    Ability.DRAW_ZONES: Reach(scoped=(Role.SECRETARY, Role.CASE_MANAGEMENT), whole=(Role.DEPUTY_SECRETARY,)),
    Ability.RUN_ZONE: Reach(scoped=(Role.UNIT_HEAD, *_ZONE, Role.SECRETARY, Role.CASE_MANAGEMENT)),
    Ability.ASK_HELP: Reach(scoped=(*_UNIT, *_ZONE, Role.SECRETARY, Role.CASE_MANAGEMENT)),
    Ability.FORM_TEAMS: Reach(scoped=(Role.UNIT_HEAD, Role.CASE_MANAGEMENT)),
    Ability.ARRANGE_LOANS: Reach(
        scoped=(Role.UNIT_HEAD, Role.SECRETARY, Role.CASE_MANAGEMENT), whole=(Role.DEPUTY_SECRETARY,)
    ),
    Ability.SEE_INTERFERENCE: Reach(scoped=(Role.SECRETARY,), whole=(Role.DEPUTY_SECRETARY,)),
    Ability.WRITE_REPORTS: Reach(scoped=_COUNTY),
    Ability.EXPORT: Reach(scoped=(Role.UNIT_HEAD, *_ZONE, *_COUNTY, Role.SITE_KEEPER, Role.READER)),
    Ability.SEE_READERS: Reach(scoped=(Role.UNIT_HEAD, *_ZONE, Role.SECRETARY, Role.CASE_MANAGEMENT)),
    Ability.CONFIRM_GRANTS: Reach(scoped=(Role.SECRETARY, Role.SECURITY)),
    Ability.KEEP_ACCOUNTS: Reach(scoped=(Role.SYSTEM,)),
    Ability.GIVE_GRANTS: Reach(scoped=(Role.SECURITY,)),
    Ability.READ_JOURNAL: Reach(scoped=(Role.AUDITOR,)),
}


def roles_with(ability: Ability) -> tuple[Role, ...]:
    """Every role that has the ability over anything."""
    reach = DUTIES[ability]
    return (*reach.scoped, *reach.whole)
