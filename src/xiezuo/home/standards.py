"""Whether an expectation is a standard of this county: said in words, with the button that turns it."""

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, actor_of, may
from xiezuo.figures.api import Balance, Checked, all_balances, all_figures
from xiezuo.shared.errors import NotThere
from xiezuo.ui.markup import drawn
from xiezuo.ui.parts import Drawn
from xiezuo.ui.words import Words

_KEY = re.compile(r"[a-z_]+\.[a-z_]+")


@dataclass(frozen=True)
class StandardSwitch(Drawn):
    """The state of one expectation and the button to the other state."""

    rule: Words
    kept: bool
    action: str
    back: str
    token: str

    @property
    def plain(self) -> str:
        """The state alone."""
        return _("a standard of ours") if self.kept else _("not a standard of ours")

    def __html__(self) -> str:
        turn = _("Take it off") if self.kept else _("Make it ours")
        return format_html(
            '<form class="xz-switch" method="post" action="{}"><span>{}</span>'
            '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="next" value="{}">'
            '<input type="hidden" name="kept" value="{}">'
            '<button type="submit" class="xz-button" aria-label="{}">{}</button></form>',
            self.action, self.plain, self.token, self.back, "0" if self.kept else "1", f"{turn}: {self.rule}", turn,
        )  # fmt: skip


def rule_words(balance: Balance) -> str:
    """The rule of a balance in words: a key that stands in it gives way to the title of its figure."""
    titles = {figure.key: str(figure.title) for figure in all_figures()}
    return _KEY.sub(lambda found: titles.get(found[0], found[0]), str(balance.rule))


def switch_of(request: HttpRequest, result: Checked) -> StandardSwitch | str:
    """The switch of an expectation, or its state for who does not keep the ledger; an identity has none, because nobody
    may choose whether a number is right."""
    if result.balance.kind == "identity":
        return drawn("")
    if may(actor_of(request.user), Ability.KEEP_LEDGER, commission=request.commission.pk):  # type: ignore[attr-defined]
        return _("not a standard of ours") if result.off else _("a standard of ours")
    action = reverse("home:standard", args=[result.balance.id])
    return StandardSwitch(
        rule_words(result.balance), not result.off, action, request.get_full_path(), get_token(request)
    )


def expectation(key: str) -> Balance:
    """The expectation of this id. Raises `NotThere`."""
    for balance in all_balances():
        if balance.id == key and balance.kind == "expectation":
            return balance
    raise NotThere(_("There is no expectation “%(key)s”.") % {"key": key[:40]})
