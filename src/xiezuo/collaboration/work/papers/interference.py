"""The form of a registered interference (F15): its number, kind and day; no name stands on it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.collaboration.models import Interference
from xiezuo.collaboration.states import InterferenceKind
from xiezuo.collaboration.work.papers.parts import by_hand, day, facts, signed
from xiezuo.papers import Form
from xiezuo.ui.choices import words_of


def interference_form(row: Interference, *, code: str, now: datetime) -> Form:
    """干预登记表 for whoever may read the register: who intervened lies in the sealed table, and is not printed."""
    number = f"干预〔{row.year}〕{row.number}号"
    told = facts(
        (pgettext("on the form", "Kind"), words_of(InterferenceKind, row.kind)), (pgettext("on the form", "Day"), day(row.on)),
        (pgettext("on the form", "Registered on"), day(timezone.localdate(row.filed_at))),
        (pgettext("on the form", "Who intervened"), _("kept in the sealed register; not printed")),
    )  # fmt: skip
    return Form(
        title=_("Registration of interference"), blocks=(told, by_hand(pgettext("on the form", "What was done about it")), signed(pgettext("on the form", "Received by"), pgettext("on the form", "Decided by"))),
        code=code or number, number=_("No. %(number)s") % {"number": number}, office=row.commission.name, date=row.on,
        foot=(_("Printed on %(at)s. The code leads back to the record.") % {"at": f"{timezone.localtime(now):%Y-%m-%d %H:%M}"},),
    )  # fmt: skip
