"""The forms of §2B that are printed of a request. F2 is the approval form of its application; F12 and F17 belong to loans.

F8 and F13 need talks and transfers of clues, which this product does not hold yet.
"""

from django.utils.translation import gettext_lazy as _

from xiezuo.collaboration.work.papers import asking, teaming, working
from xiezuo.collaboration.work.papers.parts import FormKind

FORMS: dict[str, FormKind] = {
    kind.code: kind
    for kind in (
        FormKind("F1", _("Application for collaboration"), asking.whole, asking.application),
        FormKind("F3", _("Declaration of recusal"), teaming.each_member, teaming.declaration),
        FormKind("F4", _("Working plan"), working.planned, working.plan),
        FormKind("F5", _("Minutes of the joint meeting"), working.met, working.minutes),
        FormKind("F6", _("Order to go"), teaming.sent, teaming.order_to_go),
        FormKind("F7", _("List of papers handed over"), working.filed, working.hand_over),
        FormKind("F9", _("Rectification letter"), working.sent_letters, working.letter),
        FormKind("F10", _("Application for more time"), asking.extensions, asking.extension),
        FormKind("F11", _("Evaluation of the collaboration"), working.evaluated, working.evaluation),
        FormKind("F14", _("Reminder"), asking.reminding, asking.reminder),
        FormKind("F16", _("Undertaking of secrecy"), teaming.each_member, teaming.undertaking),
    )
}
"""Code → form, in the order of §2B."""
