"""The pages of the chapter beside the requests, each for who may open it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.accounts.api import Ability, Actor, Role, has
from xiezuo.ui.blocks import Tab
from xiezuo.ui.links import address


def chapter_of(request: HttpRequest, actor: Actor, here: str = "") -> list[Tab]:
    """Links to the other lists of the collaboration that the reader may open, in a fixed order."""
    commission = request.commission.pk  # type: ignore[attr-defined]
    heads = any(held.role == Role.UNIT_HEAD and held.commission == commission for held in actor.held)
    keeps = has(actor, Ability.KEEP_LEDGER, commission=commission)
    leads = any(held.role == Role.SECRETARY and held.commission == commission for held in actor.held)
    works = has(actor, Ability.SEE_STRUCTURE, commission=commission)
    pages = (
        ("collaboration:plan-teams", pgettext("chapter", "Teams"), heads or keeps), ("collaboration:questions", pgettext("chapter", "Recusal"), works),
        ("collaboration:letters", pgettext("chapter", "Rectification letters"), works), ("collaboration:loans", pgettext("chapter", "Loans"), works),
        ("collaboration:incidents", pgettext("chapter", "Safety incidents"), keeps or leads),
        ("collaboration:effectiveness", _("Effectiveness"), has(actor, Ability.SEE_TOTALS, commission=commission)),
        ("collaboration:open-work", _("Hand over work"), heads or keeps),
        ("collaboration:file-interference", _("File an interference"), works),
        ("collaboration:interferences", _("Register of interference"), has(actor, Ability.SEE_INTERFERENCE, commission=commission)),
    )  # fmt: skip
    return [Tab(words, address(request, route), route == here) for route, words, may in pages if may]
