"""Forms of the consoles: parse and shape, no writes. What may not be is refused by the operation, in the same words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.accounts.api import ADMINISTRATORS, GIVEN, Ability, Role, Scope, scopes_of
from xiezuo.home.consoles.queries.names import commission_names, units_standing, zones_standing
from xiezuo.shared.lists import listed

LONGEST = 400


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput(
        attrs={"type": "date", "min": "1900-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"
    )
    wrong = {"invalid": gettext_lazy("This is no day; expected one such as 2022-08-15.")}
    return forms.DateField(label=label, help_text=help_text, widget=widget, error_messages=wrong)


def line_field(
    label: Any, help_text: Any = "", *, required: bool = True, length: int = 150
) -> forms.CharField:
    """A line of text."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=length, widget=widget
    )


def reason_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Why."""
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=LONGEST, widget=widget
    )


@dataclass(frozen=True)
class Over:
    """What a role is to be held over."""

    kind: Scope
    commission: int | None
    number: int

    @classmethod
    def read(cls, value: str) -> "Over":
        """From the value of a choice: kind, commission, number."""
        kind, commission, number = value.split(":")
        return cls(Scope(kind), int(commission) or None, int(number))


class GrantForm(forms.Form):
    """A proposal to give an account a role."""

    account = forms.ChoiceField(label=gettext_lazy("Account"))
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    over = forms.ChoiceField(
        label=gettext_lazy("Over"),
        help_text=gettext_lazy(
            "An administrator's office is of the installation; the other roles are of a commission, a zone or a unit."
        ),
    )
    starts = day_field(gettext_lazy("From"))
    last = day_field(
        gettext_lazy("Last day"),
        gettext_lazy(
            "A business role lasts a year at most, an administrator's office three, standing in for one 30 days."
        ),
    )
    reason = reason_field(
        gettext_lazy("Reason"),
        gettext_lazy("Whoever decides reads it, and so does the auditor. No content of a matter."),
    )
    while_in = forms.ChoiceField(
        label=gettext_lazy("Only while in post at"),
        required=False,
        help_text=gettext_lazy("The grant gives nothing on days on which the person holds no post there."),
    )
    substitutes = forms.BooleanField(
        label=gettext_lazy("Stands in for an administrator, 30 days at most"), required=False
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, accounts: Sequence[Any], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [
            ("", "—"),
            *((str(each.pk), _account_words(each)) for each in accounts),
        ]
        self.fields["role"].choices = [("", "—"), *_role_choices()]
        units = units_standing(today)
        self.fields["over"].choices = [("", "—"), *_over_choices(units, today)]
        self.fields["while_in"].choices = [("", "—"), *_unit_choices(units)]

    def clean(self) -> dict[str, Any]:
        """Whether the role is held over such a thing at all."""
        told: dict[str, Any] = super().clean() or {}
        if "role" in told and "over" in told:
            told["over"] = Over.read(told["over"])
            if told["over"].kind not in scopes_of(Role(told["role"])):
                self.add_error("over", _over_wanted(Role(told["role"])))
        return told

    def told(self) -> dict[str, Any]:
        """The proposal as the operation takes it; its last day is inside."""
        given, over = self.cleaned_data, self.cleaned_data["over"]
        return {
            "role": Role(given["role"]), "commission": over.commission, "scope_kind": over.kind, "scope_id": over.number,
            "starts": given["starts"], "ends": given["last"] + timedelta(days=1), "reason": given["reason"],
            "substitutes": given["substitutes"], "key": given["key"], "while_in": int(given["while_in"]) if given["while_in"] else None,
        }  # fmt: skip


def _account_words(account: Any) -> str:
    return (
        f"{account.username} · {account.get_full_name()}"
        if account.get_full_name()
        else str(account.username)
    )


def _role_choices() -> list[Any]:
    return [
        (_("Business roles"), [(role.value, role.label) for role in GIVEN]),
        (_("Administrators"), [(role.value, role.label) for role in ADMINISTRATORS]),
    ]


def _over_choices(units: Sequence[tuple[int, int, str]], today: date) -> list[Any]:
    names, zones = commission_names(), zones_standing(today)
    whole = [(f"commission:{key}:{key}", name) for key, name in names.items()]
    grouped: list[Any] = [(f"{Scope.INSTALLATION}:0:0", _("the installation")), (_("Commissions"), whole)]
    for key, name in names.items():
        grouped += [
            (_("Zones of %(commission)s") % {"commission": name}, [(f"zone:{of}:{zone}", called) for of, zone, called in zones if of == key]),
            (_("Units of %(commission)s") % {"commission": name}, [(f"unit:{of}:{unit}", called) for of, unit, called in units if of == key]),
        ]  # fmt: skip
    return grouped


def _unit_choices(units: Sequence[tuple[int, int, str]]) -> list[Any]:
    names = commission_names()
    return [
        (name, [(str(unit), called) for of, unit, called in units if of == key])
        for key, name in names.items()
    ]


def _over_wanted(role: Role) -> str:
    kinds = {
        Scope.INSTALLATION: _("the installation"), Scope.COMMISSION: _("a commission"), Scope.ZONE: _("a zone"),
        Scope.UNIT: _("a unit"), Scope.MATTER: _("a matter"),
    }  # fmt: skip
    expected = listed(kinds[kind] for kind in scopes_of(role) if kind != Scope.MATTER)
    return _("“%(role)s” is held over %(expected)s.") % {"role": role.label, "expected": expected}


class DecideForm(forms.Form):
    """What a second person says to a proposal."""

    reason = reason_field(
        gettext_lazy("Remark"), gettext_lazy("Needed where the grant is refused."), required=False
    )


class ReasonForm(forms.Form):
    """An act that needs its reason only."""

    reason = reason_field(gettext_lazy("Reason"))


class EndForm(forms.Form):
    """The early end of a grant."""

    on = day_field(gettext_lazy("Gives nothing from this day on"))
    reason = reason_field(gettext_lazy("Reason"))


class WhoForm(forms.Form):
    """What is to be seen, and in which way."""

    what = line_field(
        gettext_lazy("Person, unit or zone"),
        gettext_lazy("Its code in the ledger, or the address of its page."), length=400,
    )  # fmt: skip
    commission = forms.ChoiceField(label=gettext_lazy("Commission"), required=False)
    ability = forms.ChoiceField(label=gettext_lazy("What is seen"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commission"].choices = [(str(key), name) for key, name in commission_names().items()]
        self.fields["ability"].choices = [(each.value, words) for each, words in ability_words().items()]


def ability_words() -> dict[Ability, str]:
    """What there is to be seen, in words."""
    return {
        Ability.SEE_PEOPLE: _("who is in which post"),
        Ability.SEE_PERSONAL: _("personal data"),
        Ability.SEE_MATTERS: _("directives, meetings and the plan"),
        Ability.SEE_STRUCTURE: _("how it is built, without people"),
        Ability.SEE_READERS: _("who has seen the record"),
        Ability.EXPORT: _("taking lists out"),
    }


class ReviewForm(forms.Form):
    """The result of a review."""

    remark = reason_field(
        gettext_lazy("What was decided"), gettext_lazy("Which rights stay, which are to end, who was asked.")
    )


class AccountForm(forms.Form):
    """A new account."""

    name = line_field(
        gettext_lazy("Log-in name"), gettext_lazy("Letters, digits and . @ + - _; it never changes.")
    )
    full_name = line_field(gettext_lazy("Full name"), gettext_lazy("Of the one person who uses it."))
    commission = forms.ChoiceField(label=gettext_lazy("Commission"), required=False)
    person = line_field(
        gettext_lazy("Code of the person in the ledger"),
        gettext_lazy("As the request form says. The security administrator confirms it; until then posts give no rights. Administrators have none."),
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commission"].choices = [
            ("", "—"),
            *((str(key), name) for key, name in commission_names().items()),
        ]

    def clean(self) -> dict[str, Any]:
        """A person's code says nothing without its commission."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("person") and not told.get("commission"):
            self.add_error(
                "commission", _("A code of a person needs the commission whose ledger it is from.")
            )
        return told


class PersonForm(forms.Form):
    """Which person of the ledger uses the account."""

    commission = forms.ChoiceField(label=gettext_lazy("Commission"))
    person = line_field(gettext_lazy("Code of the person in the ledger"), length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commission"].choices = [(str(key), name) for key, name in commission_names().items()]
