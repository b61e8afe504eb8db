"""What requests add to the page of a unit: the way to its open requests.

That page is kept while the ledger stands, and who may read a request changes without it: so it says nothing of any request, and
the list that it leads to shows what the reader may see at that moment.
"""

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, actor_of, has
from xiezuo.ui.links import address
from xiezuo.ui.panels import Panel, Subject, panel


@panel("unit", 20)
def requests_of_unit(request: HttpRequest, subject: Subject) -> Panel | None:
    """The way to the open requests of the unit, for whoever may ask for collaboration."""
    if not has(actor_of(request.user), Ability.ASK_HELP):
        return None
    href = address(request, "collaboration:requests", f_unit=str(subject.key))
    words = _("Open requests of this unit, as far as they are for you")
    return Panel(_("Requests for collaboration"), format_html('<p><a href="{}">{}</a></p>', href, words))
