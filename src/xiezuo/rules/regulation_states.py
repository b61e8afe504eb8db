"""The life of an edition of a regulation, as data: the guard, the buttons and the diagram read this page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EditionStage(models.TextChoices):
    """Where an edition stands. A regulation has one status; each of its editions has a stage of its own."""

    DRAFT = "起草", pgettext_lazy("edition", "draft")
    CONSULTATION = "征求意见", pgettext_lazy("edition", "consultation")
    REVIEW = "审核", pgettext_lazy("edition", "in review")
    TRIAL = "试行", pgettext_lazy("edition", "on trial")
    IN_FORCE = "施行", pgettext_lazy("edition", "in force")
    REPLACED = "已修订", pgettext_lazy("edition", "replaced by a later edition")
    REPEALED = "废止", pgettext_lazy("edition", "repealed")
    DROPPED = "停止起草", pgettext_lazy("edition", "given up")


class EditionVerb(models.TextChoices):
    """What can become of an edition."""

    BEGIN = "begin", pgettext_lazy("edition verb", "Begin a draft")
    FILE = "file", pgettext_lazy("edition verb", "Enter what holds already")
    CONSULT = "consult", pgettext_lazy("edition verb", "Ask units for their opinion")
    SEND = "send", pgettext_lazy("edition verb", "Send for review")
    NOT_PASSED = "not_passed", pgettext_lazy("edition verb", "Not passed, or taken back")
    TRY = "try", pgettext_lazy("edition verb", "Bring into force on trial")
    ENFORCE = "enforce", pgettext_lazy("edition verb", "Bring into force")
    REPLACE = "replace", pgettext_lazy("edition verb", "Replace by a later edition")
    REPEAL = "repeal", pgettext_lazy("edition verb", "Repeal")
    DROP = "drop", pgettext_lazy("edition verb", "Give the draft up")


_S, _V = EditionStage, EditionVerb

LIFE: dict[tuple[EditionVerb, EditionStage | None], tuple[EditionStage, ...]] = {
    (_V.BEGIN, None): (_S.DRAFT, _S.CONSULTATION),
    (_V.FILE, None): (_S.TRIAL, _S.IN_FORCE),
    (_V.CONSULT, _S.DRAFT): (_S.CONSULTATION,),
    (_V.CONSULT, _S.CONSULTATION): (_S.CONSULTATION,),
    (_V.SEND, _S.CONSULTATION): (_S.REVIEW,),
    (_V.NOT_PASSED, _S.REVIEW): (_S.CONSULTATION,),
    (_V.TRY, _S.REVIEW): (_S.TRIAL,),
    (_V.ENFORCE, _S.REVIEW): (_S.IN_FORCE,),
    (_V.ENFORCE, _S.TRIAL): (_S.IN_FORCE,),
    (_V.REPLACE, _S.TRIAL): (_S.REPLACED,),
    (_V.REPLACE, _S.IN_FORCE): (_S.REPLACED,),
    (_V.REPEAL, _S.TRIAL): (_S.REPEALED,),
    (_V.REPEAL, _S.IN_FORCE): (_S.REPEALED,),
    (_V.DROP, _S.DRAFT): (_S.DROPPED,),
    (_V.DROP, _S.CONSULTATION): (_S.DROPPED,),
}
"""(verb, stage before) → the stages after it. What is not here cannot be done."""

UNDER_DRAFT = (_S.DRAFT, _S.CONSULTATION, _S.REVIEW)
"""Stages of a text that does not hold yet."""

HOLDING = (_S.TRIAL, _S.IN_FORCE)
"""Stages of a text that holds from its day on."""

PUBLISHED = (*HOLDING, _S.REPLACED, _S.REPEALED)
"""Stages of a text that everybody may read."""


class Purpose(models.TextChoices):
    """What an application for a decision on an edition asks for."""

    TRY = "试行", pgettext_lazy("purpose", "bring into force on trial")
    ENFORCE = "施行", pgettext_lazy("purpose", "bring into force")
    REPEAL = "废止", pgettext_lazy("purpose", "repeal")


VERB_OF = {Purpose.TRY: _V.TRY, Purpose.ENFORCE: _V.ENFORCE, Purpose.REPEAL: _V.REPEAL}


class LeaningKind(models.TextChoices):
    """What rests on a clause."""

    RULE = "工作规则", _("work rule")
    FORM = "表单", _("form")
    TABLE = "表", pgettext_lazy("leaning", "table")


def purposes_in(stage: str) -> tuple[Purpose, ...]:
    """What may be applied for while an edition is in a stage."""
    if stage == EditionStage.CONSULTATION:
        return (Purpose.TRY, Purpose.ENFORCE)
    if stage == EditionStage.TRIAL:
        return (Purpose.ENFORCE, Purpose.REPEAL)
    return (Purpose.REPEAL,) if stage == EditionStage.IN_FORCE else ()


def diagram() -> str:
    """The life of an edition as a Mermaid state diagram, in the words of the code."""
    lines = ["stateDiagram-v2"]
    for (verb, before), afters in LIFE.items():
        lines += [
            f"    {before.name if before else '[*]'} --> {after.name}: {verb.value}" for after in afters
        ]
    ended = [stage for stage in EditionStage if all(before != stage for _verb, before in LIFE)]
    return "\n".join([*lines, *(f"    {stage.name} --> [*]" for stage in ended)])
