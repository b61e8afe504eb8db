"""Who may load, withdraw and take out a ledger book, and say what its words mean. Each answer lists the reasons against."""

from django.utils.translation import gettext as _

from xiezuo.accounts.api import NOT_YOURS, Ability, Actor, may
from xiezuo.organisation.api import Commission
from xiezuo.shared.errors import Reason


def may_handle_books(actor: Actor) -> list[Reason]:
    """Whether `actor` keeps any ledger at all, and so may upload a book and have it checked."""
    return may(actor, Ability.KEEP_LEDGER)


def may_load(actor: Actor, commission: Commission | None) -> list[Reason]:
    """Whether `actor` may load a book of the commission; None: there is none of that code that the actor could see."""
    if commission is not None:
        return may(actor, Ability.KEEP_LEDGER, commission=commission.pk)
    if actor.sees_all:
        return []
    words = _("This book is of a commission whose ledger you do not keep. The first book of a new commission is loaded on the server.")  # fmt: skip
    return [Reason(NOT_YOURS, words)]


def may_withdraw(actor: Actor, commission: Commission) -> list[Reason]:
    """Whether `actor` may take back the last load of the commission."""
    return may_load(actor, commission)


def may_take_book_out(actor: Actor, commission: Commission) -> list[Reason]:
    """Whether `actor` may take out the whole ledger, personal data included."""
    return may_load(actor, commission)


def may_map_word(actor: Actor, commission: Commission | None) -> list[Reason]:
    """Whether `actor` may say what a word of the commission's books means."""
    return may_load(actor, commission)
