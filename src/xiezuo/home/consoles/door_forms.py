"""The form of the policy of the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xiezuo.home.consoles.queries.holders import who_must_choices

POLICY_FIELDS = (
    "second_factor", "totp_allowed", "idle_minutes", "absolute_hours", "sessions_at_once", "password_length",
    "password_days",
)  # fmt: skip


class PolicyForm(forms.Form):
    """What the door asks of everybody."""

    second_factor = forms.ChoiceField(
        label=_("Who must prove a second factor"), choices=who_must_choices, widget=forms.RadioSelect,
        help_text=_("Outside of a demonstration it is everyone."),
    )  # fmt: skip
    totp_allowed = forms.BooleanField(
        label=_("An authenticator app is allowed as a second factor"), required=False,
        help_text=_("Off by default: telephones stay outside of these rooms."),
    )  # fmt: skip
    idle_minutes = forms.IntegerField(
        label=_("Minutes without a click before a session ends"), min_value=15, max_value=30
    )
    absolute_hours = forms.IntegerField(
        label=_("Hours after which every session ends"), min_value=1, max_value=12
    )
    sessions_at_once = forms.IntegerField(
        label=_("Sessions of one account at once"),
        min_value=1,
        max_value=20,
        help_text=_("One more ends the oldest."),
    )
    password_length = forms.IntegerField(label=_("Least length of a password"), min_value=12, max_value=128)
    password_days = forms.IntegerField(
        label=_("Days after which a password must be changed"), min_value=1, max_value=3650, required=False,
        help_text=_("Empty: never, while it is not known to others."),
    )  # fmt: skip
