"""The text of a regulation as clauses: taken apart without losing a character, matched across editions, compared.

Pure: nothing here knows a table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Protocol

_NUMBER = r"[零〇一二三四五六七八九十百千0-9０-９]+"
# A reference such as 第三条的规定 may begin a line of wrapped text; it opens no clause.
_NO_REFERENCE = r"(?![、，。；,;）)]|的|之|规定|所|第|和|与|至|或|及|以外|款)"
OPENS = re.compile(
    rf"^[ \t\u3000]*(?P<label>第{_NUMBER}(?:条(?:之{_NUMBER})?{_NO_REFERENCE}|[编章节](?=\s|\Z)))",
    re.MULTILINE,
)
"""The first line of a clause (第三条, 第三条之一) or the heading of a chapter (第二章)."""

ALIKE = 0.5
"""From this share of common characters on, a clause is the same clause in other words."""


class HasText(Protocol):
    """A clause as far as its words go."""

    @property
    def text(self) -> str: ...


class Anchored(HasText, Protocol):
    """A clause that is known across editions by its anchor."""

    @property
    def anchor(self) -> int: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Piece:
    """One part of a text: `label` as printed (empty before the first clause), `text` with the label and every blank."""

    label: str
    text: str

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of a chapter rather than a clause."""
        return self.label.endswith(("章", "节", "编"))


def split(text: str) -> list[Piece]:
    """A text as its parts in order. Joined again they are the text: nothing is dropped or mended."""
    found = list(OPENS.finditer(text))
    starts = [match.start() for match in found]
    labels = [match["label"] for match in found]
    # Blanks before the first clause belong to it; words before it are a part of their own.
    if not starts or text[: starts[0]].strip():
        starts, labels = [0, *starts], ["", *labels]
    cuts = [0, *starts[1:], len(text)]
    return [Piece(label, text[first:last]) for label, (first, last) in zip(labels, pairwise(cuts), strict=True)] if text else []  # fmt: skip


def joined(parts: Sequence[HasText]) -> str:
    """The text that the parts are of."""
    return "".join(part.text for part in parts)


def body(text: str) -> str:
    """The words of a clause without its label and blanks: what makes it the same clause under another number."""
    found = OPENS.match(text.lstrip("\n\r"))
    return "".join((text.lstrip("\n\r")[found.end("label") :] if found else text).split())


def anchors(parts: Sequence[Piece], before: Sequence[Anchored], fresh: int) -> list[int]:
    """The anchor of each part: that of the clause of the edition `before` whose words it has, or nearly; else from
    `fresh` on. No anchor is given twice."""
    given: dict[int, int] = {}
    free = {clause.anchor: clause for clause in before}
    for pairs in (_same, _alike):
        rest = [(place, part) for place, part in enumerate(parts) if place not in given]
        for place, anchor in pairs(rest, list(free.values())):
            if place not in given and anchor in free:
                given[place] = free.pop(anchor).anchor
    numbers = iter(range(fresh, fresh + len(parts)))
    return [given[place] if place in given else next(numbers) for place in range(len(parts))]


Placed = Sequence[tuple[int, Piece]]


def _same(parts: Placed, before: Sequence[Anchored]) -> Iterator[tuple[int, int]]:
    """Places and anchors with the same words under the same label first, then under another."""
    for same_label in (True, False):
        for place, part in parts:
            for clause in before:
                if body(part.text) == body(clause.text) and (part.label == clause.label or not same_label):
                    yield place, clause.anchor


def _alike(parts: Placed, before: Sequence[Anchored]) -> Iterator[tuple[int, int]]:
    """Places and anchors whose words are nearly the same, the likest first."""
    found = [
        (likeness(part.text, clause.text), part.label == clause.label, -place, clause.anchor)
        for place, part in parts
        for clause in before
        if _kind(part.label) == _kind(clause.label)
    ]
    for share, _same_label, place, anchor in sorted(found, reverse=True):
        if share >= ALIKE:
            yield -place, anchor


def _kind(label: str) -> str:
    """What a part is: a clause, a chapter, or what stands before the first of them."""
    return "条" if "条" in label else label[-1:]


def likeness(one: str, other: str) -> float:
    """The share of common characters of two clauses, without their labels: from 0 to 1."""
    matcher = SequenceMatcher(None, body(one), body(other), autojunk=False)
    return 0.0 if matcher.quick_ratio() < ALIKE else matcher.ratio()


@dataclass(frozen=True)
class Run:
    """A run of characters that stays (`same`), is no longer there (`gone`) or is new (`new`)."""

    how: str
    text: str


@dataclass(frozen=True)
class ClauseChange:
    """One clause that differs between two editions; a text of None means that the edition does not have it."""

    anchor: int
    label: str
    before: str | None
    after: str | None

    @property
    def runs_before(self) -> list[Run]:
        """The earlier words, what is gone marked."""
        return [run for run in self._runs() if run.how != "new"]

    @property
    def runs_after(self) -> list[Run]:
        """The later words, what is new marked."""
        return [run for run in self._runs() if run.how != "gone"]

    def _runs(self) -> list[Run]:
        return marked((self.before or "").strip(), (self.after or "").strip())


# Words of letters and numbers stay whole; Chinese is compared by the character.
_WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


def marked(before: str, after: str) -> list[Run]:
    """Two texts as one sequence of runs: the runs that are not new give `before`, those not gone give `after`."""
    one, other = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[Run] = []
    for tag, start, end, begin, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(one[start:end])))
            continue
        runs += [Run("gone", "".join(one[start:end]))] if start < end else []
        runs += [Run("new", "".join(other[begin:stop]))] if begin < stop else []
    return runs


def changes(before: Sequence[Anchored], after: Sequence[Anchored]) -> list[ClauseChange]:
    """What differs between two editions, clause by clause in the order of the later text; what is gone comes where it
    stood. Blanks at the ends of clauses do not count."""
    old, new = {each.anchor: each for each in before}, {each.anchor: each for each in after}
    ordered = _merged([each.anchor for each in before], [each.anchor for each in after])
    found = (_change(anchor, old.get(anchor), new.get(anchor)) for anchor in ordered)
    return [change for change in found if (change.before or "").strip() != (change.after or "").strip()]


def _change(anchor: int, old: Anchored | None, new: Anchored | None) -> ClauseChange:
    label = _label_words(old.label if old else "", new.label if new else "")
    return ClauseChange(anchor, label, old.text if old else None, new.text if new else None)


def _label_words(old: str, new: str) -> str:
    return f"{old} → {new}" if old and new and old != new else new or old


def _merged(before: Sequence[int], after: Sequence[int]) -> list[int]:
    """Every anchor once, in the order of `after`; those that it lacks stand after the one that they stood after."""
    order, kept = list(after), set(after)
    previous: int | None = None
    for anchor in before:
        if anchor not in kept:
            place = order.index(previous) + 1 if previous is not None else 0
            order.insert(place, anchor)
        previous = anchor
    return order
