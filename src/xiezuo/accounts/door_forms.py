"""What is asked at the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xiezuo.accounts.door_policies import PASSWORD_LONGEST
from xiezuo.accounts.door_queries import card_in_force, codes_left, factors_of, next_number
from xiezuo.accounts.models import Kind, User
from xiezuo.accounts.passwords import OwnRules

CODE_BOX = {"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false", "autofocus": True}
NEW_PASSWORD = {"autocomplete": "new-password"}


class LogInForm(forms.Form):
    """Name and password. Whatever is wrong with them, the words are the same."""

    username = forms.CharField(
        label=_("Name"),
        max_length=1000,
        widget=forms.TextInput({"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, max_length=10_000,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )  # fmt: skip

    def refuse(self) -> None:
        """Say that they did not open the door."""
        self.add_error(None, _("The name or the password is not right. Both are case-sensitive."))


class CodeInput(forms.TextInput):
    """A box that never shows again what was typed: a code is good once, a wrong one is typed anew."""

    def format_value(self, value: Any) -> None:
        """Nothing."""


class CodeForm(forms.Form):
    """One code that was read from paper or from an app."""

    proof_code = forms.CharField(label=_("Code"), max_length=1000, widget=CodeInput(CODE_BOX))

    def __init__(self, *args: Any, label: str = "", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof_code"].label = label or _("Code")
        self.fields["proof_code"].help_text = help_text


class ProofForm(CodeForm):
    """What the account can prove itself with: a code, a hardware key, or the password where it has neither."""

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {factor.kind for factor in factors_of(account)}
        card = card_in_force(account)
        self.number = next_number(card) if card else None
        self.codes_left = codes_left(card) if card else 0
        self.has_key = Kind.KEY in kinds
        self.asks_code = bool(kinds & {Kind.CARD, Kind.TOTP})
        self.asks_password = not kinds
        self._shape(with_app=Kind.TOTP in kinds)

    def _shape(self, *, with_app: bool) -> None:
        box = self.fields["proof_code"]
        # A key answers by itself; its answer comes in a field of its own.
        box.required = not self.data.get("proof_key")
        box.label = self._words(with_app=with_app)
        if not self.asks_code:
            del self.fields["proof_code"]
        if self.asks_password:
            self.fields["proof_password"] = forms.CharField(
                label=_("Password"), strip=False, max_length=10_000,
                widget=forms.PasswordInput({"autocomplete": "current-password", "autofocus": True}),
            )  # fmt: skip

    def _words(self, *, with_app: bool) -> str:
        if self.number is None:
            return str(_("Code that the app shows"))
        words = _("Code %(number)d of your card, or the code that the app shows") if with_app else _("Code %(number)d of your card")  # fmt: skip
        return words % {"number": self.number}

    def refuse(self) -> None:
        """Say that it was not the right one."""
        words = (
            _("The password is not right.")
            if self.asks_password
            else _("The code or key is not the right one.")
        )
        self.add_error(None, words)


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    new = forms.CharField(label=_("New password"), strip=False, max_length=PASSWORD_LONGEST * 4, widget=forms.PasswordInput(NEW_PASSWORD))  # fmt: skip
    again = forms.CharField(label=_("Once more"), strip=False, max_length=PASSWORD_LONGEST * 4, widget=forms.PasswordInput(NEW_PASSWORD))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].help_text = OwnRules().get_help_text()

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        if self.cleaned_data.get("new") != self.cleaned_data.get("again"):
            self.add_error("again", _("The two passwords differ."))
        return self.cleaned_data


class OwnPasswordForm(NewPasswordForm):
    """The old password and a new one."""

    old = forms.CharField(
        label=_("Password that you have"), strip=False, max_length=10_000,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )  # fmt: skip
    field_order = ("old", "new", "again")


class LabelForm(forms.Form):
    """What somebody calls a factor."""

    label = forms.CharField(label=_("Name of it"), max_length=40, required=False, help_text=_("For example: blue key in the safe"))  # fmt: skip
