"""What a visitor asks of the list of events: which days, of which category and district."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import request

from pesona import addresses, clock
from pesona.public import arguments
from pesona.public.days import AskedDays, asked_days
from pesona.queries.agenda import Agenda, agenda
from pesona.queries.catalogue import catalogue
from pesona.text import names

WHENS = ("today", "weekend", "month", "past", "calendar")
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Question:
    """The question as asked; named days take the place of `when`, *month* is that of the calendar."""

    when: str
    category: str
    district: str
    days: AskedDays
    today: date
    month: tuple[date, date] | None = None

    @property
    def mode(self) -> str:
        if self.days.typed != ("", ""):
            return "days"
        return self.when or "coming"

    @property
    def span(self) -> tuple[date, date]:
        """Return the first and last day of the list; what is past has no days of its own."""
        return self.days.days or self.month or days_of(self.when, self.today)

    @property
    def query(self) -> dict[str, str | tuple[str, ...]]:
        when = "" if self.mode == "days" else self.when
        return {"when": when, "on": self.days.query, "category": self.category, "district": self.district}

    @property
    def is_plain(self) -> bool:
        return not any(self.query.values())

    @property
    def may_be_kept(self) -> bool:
        """Tell whether the page cache may keep the answer: pairs of days, and what says a thing twice, are endless."""
        if self.days.wrong or len(self.days.query) > 1 or "month" in request.args:
            return False
        if self.days.days and not agenda().count(*self.days.days):
            return False
        return says_it_once()

    def other(self, *, when: str | None = None, category: str | None = None, district: str | None = None) -> "Question":
        """Return the same question with other words of the address; another `when` has days of its own."""
        changed = replace(
            self,
            category=self.category if category is None else category,
            district=self.district if district is None else district,
        )
        return changed if when is None else replace(changed, when=when, days=AskedDays(), month=None)

    def without_days(self) -> "Question":
        return replace(self, days=AskedDays())

    def path(self, locale: str, **more: str | int) -> str:
        return addresses.section("events", locale, **self.query, **more)

    def agenda(self) -> Agenda:
        return agenda().of(self.category, self.district)

    def count(self) -> int:
        """Count the dates that answer the question."""
        of = self.agenda()
        return of.over(self.today) if self.mode == "past" else of.count(*self.span)


def asked() -> Question:
    """Return the question of the request; an unknown word is not found."""
    return Question(
        arguments.choice("when", WHENS),
        arguments.choice("category", names.CATEGORIES),
        arguments.choice("district", catalogue().districts),
        asked_days(),
        clock.today(),
    )


def says_it_once() -> bool:
    """Tell whether the address gives no name twice."""
    return len(request.args) == len(list(request.args.items(multi=True)))


def days_of(when: str, today: date) -> tuple[date, date]:
    """Return the days that *when* means on *today*; of what has begun, only those that are left."""
    if when == "today":
        return today, today
    if when == "weekend":
        saturday = today + timedelta(days=SATURDAY - today.weekday())
        return max(today, saturday), saturday + timedelta(days=1)
    if when == "month":
        return today, month_end(today)
    return today, date.max


def month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
