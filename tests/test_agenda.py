"""The agenda against brute force over generated dates: the union of the groups is all, in one total order."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from pesona import clock
from pesona.clock import WIB
from pesona.public.event_question import days_of
from pesona.published import Occurrence
from pesona.queries import month_grid
from pesona.queries.agenda import LONG, Agenda, Happening, agenda_of

FIRST = date(2020, 1, 1)
DAYS = 365 * 10
LENGTHS = (0, 0, 0, 0, 1, 2, 6, 13, 19, 20, 21, 45, 400)
STATUSES = ("planned", "held", "expected", "full", "cancelled", "postponed")


def happenings(seed: int, count: int = 1000) -> list[Happening]:
    random = Random(seed)
    made = []
    for number in range(count):
        start = FIRST + timedelta(days=random.randrange(DAYS))
        end = start + timedelta(days=random.choice(LENGTHS))
        entry: Any = SimpleNamespace(
            code=f"e-{random.randrange(200)}",
            category=random.choice("ab"),
            district=random.choice("xyz"),
            usual_months=(),
        )
        given = Occurrence(start, end, random.choice(STATUSES), start_time=random.choice(("", "08:00", "19:30")))
        made.append(Happening(entry, given, number))
    return made


def spans(seed: int, count: int = 200) -> list[tuple[date, date]]:
    random = Random(seed)
    found = [(date.min, date.max), (date.min, date.min), (date.max, date.max), (FIRST, FIRST)]
    for _ in range(count):
        first = FIRST + timedelta(days=random.randrange(-30, DAYS + 60))
        found.append((first, first + timedelta(days=random.choice((0, 0, 1, 6, 30, 365, 2000)))))
    return found


def touching(given: list[Happening], first: date, last: date) -> set[int]:
    return {h.number for h in given if h.start <= last and h.end >= first}


@pytest.mark.parametrize("seed", range(5))
def test_the_groups_together_are_all_that_touches_the_days_and_nothing_twice(seed: int) -> None:
    given = happenings(seed)
    known = agenda_of(given)
    for first, last in spans(seed):
        found = known.days(first, last)
        numbers = [h.number for h in (*found.on, *found.long, *found.off)]
        assert sorted(numbers) == sorted(touching(given, first, last)), (first, last)
        assert len(found) == known.count(first, last) == len(numbers)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_past_and_what_is_coming_are_all(seed: int) -> None:
    given = happenings(seed)
    known = agenda_of(given)
    for today, _ in spans(seed):
        past, coming = known.past(today), known.days(today, date.max)
        assert len(past) == known.over(today) == sum(h.end < today for h in given)
        assert len(past) + len(coming) == len(given)
        assert all(a.start >= b.start for a, b in pairwise(past))


def test_the_order_is_total_and_does_not_hang_on_the_order_given() -> None:
    given = happenings(7)
    shuffled = list(given)
    Random(1).shuffle(shuffled)
    one, other = agenda_of(given), agenda_of(shuffled)
    assert len({h.key() for h in given}) == len(given)
    for first, last in spans(7):
        assert [h.number for h in one.days(first, last).on] == [h.number for h in other.days(first, last).on]
        keys = [h.key(first) for h in one.days(first, last).on]
        assert keys == sorted(keys)


def test_what_runs_for_weeks_or_was_called_off_never_stands_before_what_takes_place() -> None:
    known = agenda_of(happenings(3))
    for first, last in spans(3):
        found = known.days(first, last)
        assert all(h.end - h.start < LONG - timedelta(days=1) and not h.occurrence.off for h in found.on)
        assert all(h.end - h.start >= LONG - timedelta(days=1) and not h.occurrence.off for h in found.long)
        assert all(h.occurrence.off for h in found.off)


def test_what_ends_today_stands_before_what_goes_on() -> None:
    today = date(2026, 11, 24)
    entry: Any = SimpleNamespace(code="e", category="a", district="x")
    given = [
        Happening(entry, Occurrence(today - timedelta(days=9), today + timedelta(days=9), "planned"), 0),
        Happening(entry, Occurrence(today, today, "planned", start_time="19:30"), 1),
        Happening(entry, Occurrence(today, today, "planned", start_time="08:00"), 2),
    ]
    assert [h.number for h in agenda_of(given).days(today, date.max).on] == [2, 1, 0]


def test_a_category_and_a_district_narrow_as_brute_force_does() -> None:
    given = happenings(11)
    known = agenda_of(given)
    for category in ("", "a", "b"):
        for district in ("", "x", "y", "z"):
            of: Agenda = known.of(category, district)
            fitting = [h for h in given if category in ("", h.entry.category) and district in ("", h.entry.district)]
            assert {h.number for h in of.everything} == {h.number for h in fitting}


def test_every_month_that_holds_a_date_is_known() -> None:
    given = happenings(13, 200)
    brute = {
        (day.year, day.month)
        for h in given
        for day in (h.start + timedelta(days=n) for n in range((h.end - h.start).days + 1))
    }
    assert agenda_of(given).months() == sorted(brute)


def test_a_date_that_never_ends_does_not_fill_the_list_of_months() -> None:
    entry: Any = SimpleNamespace(code="e", category="a", district="x")
    known = agenda_of([Happening(entry, Occurrence(FIRST, date.max, "planned"), 0)])
    assert len(known.months()) == 121
    assert len(known.days(date(2500, 1, 1), date(2500, 1, 1)).long) == 1


@pytest.mark.parametrize("seed", range(3))
def test_the_grid_shows_each_date_on_each_of_its_days_and_on_no_other(seed: int) -> None:
    given = happenings(seed, 2000)
    known = agenda_of(given)
    for year in range(2020, 2030):
        for month in range(1, 13):
            first = date(year, month, 1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            weeks = month_grid.weeks(year, month, known.days(first, last).in_time(first))
            inside = [day for week in weeks for day in week if day.inside]
            assert [day.day for day in inside] == [first + timedelta(days=n) for n in range(last.day)]
            for day in inside:
                assert day.count == len(touching(given, day.day, day.day))
                assert {bar.happening.number for bar in day.bars} <= touching(given, day.day, day.day)
                lanes = [bar.lane for bar in day.bars]
                assert len(set(lanes)) == len(lanes)
            assert all(len(week) == 7 for week in weeks)


def test_a_bar_runs_over_the_days_of_its_week_in_one_lane() -> None:
    given = happenings(5, 3000)
    for week in month_grid.weeks(2025, 5, given):
        for at, day in enumerate(week):
            for bar in day.bars:
                for later in week[at : at + bar.span]:
                    assert (bar.happening, bar.lane) in [(b.happening, b.lane) for b in later.bars]


@pytest.mark.parametrize(
    ("today", "weekend"),
    [("2026-11-23", ("2026-11-28", "2026-11-29")), ("2026-11-27", ("2026-11-28", "2026-11-29")),
     ("2026-11-28", ("2026-11-28", "2026-11-29")), ("2026-11-29", ("2026-11-29", "2026-11-29")),
     ("2026-11-30", ("2026-12-05", "2026-12-06")), ("2026-12-31", ("2027-01-02", "2027-01-03"))],
)  # fmt: skip
def test_the_weekend_is_what_is_left_of_it(today: str, weekend: tuple[str, str]) -> None:
    found = days_of("weekend", date.fromisoformat(today))
    assert tuple(day.isoformat() for day in found) == weekend


@pytest.mark.parametrize(
    ("moment", "day"),
    [(datetime(2026, 12, 4, 23, 59, tzinfo=WIB), date(2026, 12, 4)), (datetime(2026, 12, 5, 0, 0, tzinfo=WIB), date(2026, 12, 5)),
     (datetime(2026, 12, 4, 16, 59, tzinfo=UTC), date(2026, 12, 4)), (datetime(2026, 12, 4, 17, 0, tzinfo=UTC), date(2026, 12, 5)),
     (datetime(2026, 3, 29, 17, 0, tzinfo=UTC), date(2026, 3, 30)), (datetime(2026, 10, 25, 16, 59, tzinfo=UTC), date(2026, 10, 25))],
)  # fmt: skip
def test_the_day_turns_at_midnight_in_siak_all_year(moment: datetime, day: date) -> None:
    clock.set_clock(lambda: moment)
    try:
        assert days_of("today", clock.today()) == (day, day)
    finally:
        clock.set_clock(None)
