"""Forms of the work rules and the calendar: parse and shape, no writes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xiezuo.rules.models import WorkRule
from xiezuo.rules.policies import RESOLVED
from xiezuo.rules.rule_operations import STATED
from xiezuo.rules.states import OF_ZONE_PLANS, Approver, Badge, DayKind, LimitUnit, RuleKind
from xiezuo.shared.errors import Reason

LEVELS = 6
STEPS = tuple(f"approver_{level}" for level in range(1, LEVELS + 1))
LIMITS = ("limit", "limit_unit", "limit_words", "extensions", "extended_by")
RESTS_ON = ("clause", "badge", "source", "starts", "basis")
FIELDS = {
    RuleKind.PROCEDURE: (
        "name", "situation", "methods", *STEPS, "approval_note", "decide_days", "each_level", "decide_words", *LIMITS, "rule",
        "records", *RESTS_ON,
    ),
    RuleKind.DEADLINE: ("name", *LIMITS, *RESTS_ON),
    RuleKind.GROUND: ("name", "rule", *STEPS[:2], "approval_note", *RESTS_ON),
    RuleKind.METHOD: ("name", "rule", *RESTS_ON),
    RuleKind.SITUATION: ("name", "rule", *RESTS_ON),
    RuleKind.INTERNAL: ("name", *STEPS, "decide_days", "each_level", "rule", "records", *RESTS_ON),
    RuleKind.ZONING: ("name", "binding", "limit", "limit_unit", "rule", *RESTS_ON),
}  # fmt: skip
"""What is asked of a rule of each kind, in this order."""

OFFICES = {RuleKind.INTERNAL: RESOLVED}
"""Who may be named where not every office can be: what is decided here needs somebody whom the ledger names."""
FIELD_OF_REASON = {"approvers": STEPS[0], "day-passed": "starts"}
WRITTEN_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")


def _text(label: Any, help_text: Any = "", *, required: bool = False, longest: int = 300) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=longest)


def _number(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, max_value=1_000)


def _choice(label: Any, choices: Iterable[Any], *, required: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=required)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(
        attrs={"type": "date", "min": "2000-01-01", "max": "2199-12-31"}, format="%Y-%m-%d"
    )
    wrong = {"invalid": gettext_lazy("This is no day; expected one such as 2022-08-15.")}
    return forms.DateField(
        label=label, help_text=help_text, input_formats=WRITTEN_DAYS, widget=widget, error_messages=wrong
    )


class RuleForm(forms.Form):
    """What a rule says from a day on."""

    name = _text(gettext_lazy("Name"), required=True)
    situation = _choice(gettext_lazy("Situation"), (), required=True)
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("Methods"), widget=forms.CheckboxSelectMultiple(), required=False
    )
    approval_note = _text(gettext_lazy("Condition of the approval"))
    decide_days = _number(gettext_lazy("Decided within"), gettext_lazy("In working days."))
    each_level = forms.BooleanField(label=gettext_lazy("At each level"), required=False)
    decide_words = _text(gettext_lazy("Time to decide, in words"))
    limit = _number(gettext_lazy("Limit"))
    limit_unit = _choice(gettext_lazy("Counted in"), LimitUnit.choices)
    limit_words = _text(gettext_lazy("Limit, in words"))
    extensions = _number(gettext_lazy("How often it may be extended"))
    extended_by = _choice(gettext_lazy("Extended by"), Approver.choices)
    rule = _text(gettext_lazy("Explanation, recusal and team"), longest=1_000)
    records = _text(gettext_lazy("Records required"), longest=1_000)
    binding = forms.BooleanField(
        label=gettext_lazy("Binding"), required=False,
        help_text=gettext_lazy("A plan that breaks a binding rule cannot be decided; one that breaks another is told so."),
    )  # fmt: skip
    clause = _text(gettext_lazy("Clause"))
    badge = _choice(gettext_lazy("Rests on"), Badge.choices, required=True)
    source = _text(gettext_lazy("Source"))
    starts = _day(gettext_lazy("In force from"), gettext_lazy("Today or later."))
    basis = _text(gettext_lazy("Basis"), gettext_lazy("Document number, meeting and date."))

    def __init__(
        self, *args: Any, kind: RuleKind, names: Mapping[str, Mapping[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offices = [(each.value, each.label) for each in OFFICES.get(kind, Approver)]
        for level, step in enumerate(STEPS, 1):
            self.fields[step] = _choice(_("Approver %(level)s") % {"level": level}, offices)
        self._offer("situation", names[RuleKind.SITUATION])
        self._offer("methods", names[RuleKind.METHOD])
        if kind != RuleKind.ZONING:
            times = [choice for choice in LimitUnit.choices if choice[0] not in OF_ZONE_PLANS]
            self.fields["limit_unit"].choices = [("", "—"), *times]
        for unasked in set(self.fields) - set(FIELDS[kind]):
            del self.fields[unasked]
        self.order_fields(FIELDS[kind])
        if kind == RuleKind.INTERNAL:
            self.fields[STEPS[0]].required = self.fields["decide_days"].required = True
            self.fields["rule"].label = pgettext("internal matter", "Explanation")
        if kind == RuleKind.ZONING:
            self._ask_of_zoning()

    def _ask_of_zoning(self) -> None:
        self.fields["rule"].label = pgettext("rule of zone plans", "Explanation")
        self.fields["limit"].label = pgettext("rule of zone plans", "Number")
        self.fields["limit_unit"].label = pgettext("rule of zone plans", "Counted in")

    def _offer(self, field: str, named: Mapping[str, str]) -> None:
        self.fields[field].choices = [(code, f"{code} {name}") for code, name in named.items()]

    def told(self) -> dict[str, Any]:
        """What the rule is to say, in the words of the operation."""
        given = self.cleaned_data
        told = {name: given[name] for name in STATED if name in given}
        if STEPS[0] in given:
            told["approvers"] = [given[step] for step in STEPS if given.get(step)]
        if "extended_by" in given:
            told |= {
                "extended_by": [given["extended_by"]] if given["extended_by"] else [],
                "extensions": given["extensions"] or 0,
            }
        return told

    def tell(self, reasons: Iterable[Reason]) -> None:
        """Show why the operation refused, each reason at its field."""
        for reason in reasons:
            field = FIELD_OF_REASON.get(reason.code, reason.code)
            self.add_error(field if field in self.fields else None, reason.text)


def said_by(rule: WorkRule) -> dict[str, Any]:
    """What a form of change begins with."""
    said = {name: getattr(rule, name) for name in STATED if name not in ("extended_by", "basis")}
    steps = dict(zip(STEPS, rule.approvers, strict=False))
    return {**said, **steps, "extended_by": "".join(rule.extended_by[:1])}


class NewRuleForm(RuleForm):
    """A rule that there was not before: it needs a code too."""

    code = forms.RegexField(
        label=gettext_lazy("Code"), regex=r"^[A-Za-z][A-Za-z0-9-]{0,9}$",
        error_messages={"invalid": gettext_lazy("A code is a letter and up to nine letters, digits or hyphens, such as R19.")},
    )  # fmt: skip

    def __init__(
        self, *args: Any, kind: RuleKind, names: Mapping[str, Mapping[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, kind=kind, names=names, **kwargs)
        self.fields["code"] = self.base_fields["code"]
        self.order_fields(("code", *FIELDS[kind]))


class EndRuleForm(forms.Form):
    """A rule ends."""

    ends = _day(gettext_lazy("No longer in force from"), gettext_lazy("Today or later."))
    basis = _text(gettext_lazy("Basis"), gettext_lazy("Document number, meeting and date."))


class YearForm(forms.Form):
    """A year of the calendar begins to be held."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2199)
    provisional = forms.BooleanField(
        label=gettext_lazy("Provisional"), required=False,
        help_text=gettext_lazy("The days off are not published yet: weekends only."),
    )  # fmt: skip
    basis = _text(gettext_lazy("Basis"), gettext_lazy("The notice that the days off follow."), required=True)


class DayForm(forms.Form):
    """A day that differs from Monday-to-Friday."""

    day = _day(gettext_lazy("Day"))
    kind = forms.ChoiceField(
        label=gettext_lazy("How it differs"), choices=DayKind.choices, widget=forms.RadioSelect()
    )
    name = _text(gettext_lazy("Name of the holiday"))
    basis = _text(gettext_lazy("Basis"), gettext_lazy("The notice that the days off follow."), required=True)


class RemoveDayForm(forms.Form):
    """A day does not belong into the calendar."""

    reason = _text(
        gettext_lazy("Reason"),
        gettext_lazy("How it came to be wrong; the journal keeps it."),
        required=True,
    )
