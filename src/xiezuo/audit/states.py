"""In which ways a journal can be broken, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KINDS = {
    "edited": gettext_lazy("edited after it was written"),
    "replaced": gettext_lazy("edited, with a hash of its own"),
    "missing": gettext_lazy("missing"),
    "moved": gettext_lazy("moved from its place"),
    "repeated": gettext_lazy("standing twice"),
    "forked": gettext_lazy("two entries of one number"),
    "renumbered": gettext_lazy("renumbered"),
    "link": gettext_lazy("link to the entry before cut"),
    "instance": gettext_lazy("of another installation"),
    "form": gettext_lazy("not in the form of an entry"),
    "order": gettext_lazy("chains out of order"),
    "attachment": gettext_lazy("file differs from what the entry names"),
    "rewritten": gettext_lazy("rewritten: differs from a signed head or paper code"),
    "cut": gettext_lazy("cut off: a signed head or paper code names entries that are gone"),
    "unsigned": gettext_lazy("without a signed head"),
    "head": gettext_lazy("signed heads deleted or changed"),
    "signature": gettext_lazy("false signature"),
    "key": gettext_lazy("signed with a key that was never announced"),
    "not checked": gettext_lazy("signature not checked: openssl with SM2 is missing"),
    "header": gettext_lazy("no exported journal"),
    "wall": gettext_lazy("the wall in the database was changed"),
    "ledger edited": gettext_lazy("ledger changed past the program"),
    "ledger changed without an entry": gettext_lazy("ledger changed without an entry"),
}
"""Kind of a break, up to its colon → words."""


def kind_in_words(kind: str) -> str:
    """The kind of a break for a reader; what follows a colon names a right or a table and stays."""
    name, colon, what = kind.partition(": ")
    words = str(KINDS.get(name, name))
    return _("%(kind)s (%(what)s)") % {"kind": words, "what": what} if colon else words
