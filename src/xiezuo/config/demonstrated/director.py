"""Who acts when: the order of the stories, accounts with the rights of a day, and forms as browsers would post them."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from xiezuo.accounts.api import PRODUCT_ITSELF, Actor, User, held_on
from xiezuo.approvals.api import Approval, Form, approve, attend, course_of
from xiezuo.organisation.api import Commission, unit_names
from xiezuo.organisation.models import Assignment, Person, Unit
from xiezuo.rules.api import WorkCalendar, calendar_of
from xiezuo.zones.models import Zone

Story = Iterator[datetime]
ONE_DAY = timedelta(days=1)
AGREED = "同意。"


def play(stories: Iterable[Story], now: datetime) -> None:
    """Let every story act in the order of time, up to `now`."""
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _line_up(waiting, number, story)
    while waiting and waiting[0][0] <= now:
        _instant, number, story = heapq.heappop(waiting)
        _line_up(waiting, number, story)


def _line_up(waiting: list[tuple[datetime, int, Story]], number: int, story: Story) -> None:
    instant = next(story, None)
    if instant is not None:
        heapq.heappush(waiting, (instant, number, story))


class Scene:
    """The county of the stories, and the day on which they are told."""

    def __init__(self, commission: Commission, now: datetime) -> None:
        self.commission, self.now = commission, now

    @property
    def today(self) -> date:
        """The day up to which the stories reach."""
        return timezone.localdate(self.now)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The county's work calendar."""
        return calendar_of(self.commission)

    @cached_property
    def units(self) -> dict[str, int]:
        """The number of each unit by its code."""
        return dict(Unit.objects.filter(commission=self.commission).values_list("code", "pk"))

    @cached_property
    def zones(self) -> dict[str, int]:
        """The number of each zone by its code."""
        return dict(Zone.objects.filter(commission=self.commission).values_list("code", "pk"))

    def person(self, code: str) -> int:
        """The number of a person by their code."""
        return Person.objects.values_list("pk", flat=True).get(commission=self.commission, code=code)

    def names(self, *codes: str) -> str:
        """What units are called today."""
        return "、".join(unit_names([self.units[code] for code in codes], self.today).values())

    def post(self, person: str, unit: str) -> Assignment:
        """The first post of a person of that code in a unit, as the ledger says now."""
        held = Assignment.objects.current().filter(person__code=person, unit=self.units[unit])
        return held.filter(commission=self.commission).order_by("starts", "pk")[0]

    def ago(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """An instant so many working days before today."""
        day = self.today
        for _counted in range(days):
            day = next(each for each in _earlier(day) if self.calendar.is_working(each))
        return on(day, hour, minute)

    def later(self, instant: datetime, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """An instant so many working days after another."""
        return on(self.calendar.after(timezone.localdate(instant), days), hour, minute)

    def actor(self, name: str, when: datetime) -> Actor:
        """An account with what it held on that day."""
        return actor_on(name, when)

    def account(self, name: str) -> int:
        """The number of an account."""
        return User.objects.values_list("pk", flat=True).get(username=name)

    def names_of_accounts(self) -> dict[int, str]:
        """The names of the accounts of the demonstration by their numbers."""
        return dict(User.objects.values_list("pk", "username"))

    def account_of_person(self, person: int) -> str | None:
        """The account of a person, if there is one."""
        return User.objects.filter(person=person, is_active=True).values_list("username", flat=True).first()

    @staticmethod
    def approval(number: int) -> Approval:
        """An application as it stands."""
        return Approval.objects.get(pk=number)

    def act(self, verb: Callable[..., Any], approval: int, by: str, when: datetime, **more: Any) -> Approval:
        """Do something with an application as its page shows it at that moment."""
        held = Approval.objects.get(pk=approval)
        form = Form(uuid4(), held.edition)
        moved: Approval = verb(
            approval=held, form=form, after=self.calendar.after, by=self.actor(by, when), now=when, **more
        )
        return moved

    def agree(self, approval: int, by: str, when: datetime, said: str = AGREED) -> Approval:
        """Agree to an application."""
        return self.act(approve, approval, by, when, said=said)

    def round(self, approval: int, when: datetime) -> None:
        """What the round of that morning does with an application."""
        held = Approval.objects.get(pk=approval)
        attend(approval=held, after=self.calendar.after, by=PRODUCT_ITSELF, now=when)

    def seat(self, approval: int, account: str) -> int:
        """The row of the seat in which an account is asked now."""
        course, number = course_of(Approval.objects.get(pk=approval)), self.account(account)
        seats = (course.step.seats[place] for place in course.step.in_turn())
        return next(seat.row for seat in seats if seat.party.account == number and seat.row is not None)


def actor_on(name: str, when: datetime) -> Actor:
    """An account with what it held on the day of an instant, whatever it holds today."""
    user = User.objects.get(username=name)
    return Actor(name, user.pk, "demonstration", held_on(user, timezone.localdate(when)))


def made(approval: int | None) -> int:
    """The number of an application that was made. Raises `ValueError` where none was."""
    if approval is None:
        raise ValueError("nothing was applied for")
    return approval


def at(text: str) -> datetime:
    """An instant of the county: `2024-11-18 09:40`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(settings.TIME_ZONE))


def on(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day of the county."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(settings.TIME_ZONE))


def _earlier(day: date) -> Iterator[date]:
    while True:
        day -= ONE_DAY
        yield day
