"""What holds on a day and at a moment, by two tables of made-up places (E-40, E-41 and E-43 of the engine)."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pesona.clock import WIB
from pesona.hours.days import day_of
from pesona.hours.intervals import intervals
from pesona.hours.state import state
from pesona.hours.week import write_times
from tests.hours.places import HOLIDAYS, PLACES

HERE = Path(__file__).parent


def rows(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split()


def days() -> Iterator[tuple[str, date, str, str]]:
    for place, when, times, why in rows("days.txt"):
        first, _, last = when.partition("..")
        start = date.fromisoformat(first)
        for n in range((date.fromisoformat(last or first) - start).days + 1):
            yield place, start + timedelta(days=n), times, why


DAYS = list(days())


def test_the_table_is_as_long_as_was_asked() -> None:
    assert len(DAYS) >= 300
    assert {place for place, *_ in DAYS} == set(PLACES)


@pytest.mark.parametrize(("place", "day", "times", "why"), DAYS)
def test_a_day(place: str, day: date, times: str, why: str) -> None:
    found = day_of(PLACES[place], day, HOLIDAYS)
    assert (write_times(found.spans), found.why) == (times, why)


@pytest.mark.parametrize("row", list(rows("moments.txt")), ids=" ".join)
@pytest.mark.parametrize("zone", [WIB, UTC, ZoneInfo("America/Los_Angeles")], ids=str)
def test_a_moment(row: list[str], zone: object) -> None:
    place, day, time, word, *rest = row
    now = datetime.fromisoformat(f"{day} {time}").replace(tzinfo=WIB)
    found = state(PLACES[place], now.astimezone(zone), HOLIDAYS)  # type: ignore[arg-type]
    words = (
        "open"
        if found.is_open
        else "appointment"
        if found.by_appointment
        else "closed"
        if found.is_closed
        else "unknown"
    )
    moment = found.closes if found.is_open else found.opens
    entry = found.last_entry.strftime("%H:%M") if found.last_entry else "-"
    assert [words, moment.strftime("%Y-%m-%d %H:%M") if moment else "-", entry] == [word, " ".join(rest[:-1]), rest[-1]]


@pytest.mark.parametrize("place", PLACES)
def test_state_and_intervals_agree_at_every_quarter_of_an_hour(place: str) -> None:
    hours = PLACES[place]
    first = date(2026, 3, 18)
    open_at = intervals(hours, first, first + timedelta(days=4), HOLIDAYS)
    start = datetime(2026, 3, 18, tzinfo=WIB)
    for n in range(4 * 96):
        now = start + timedelta(minutes=15 * n)
        assert bool(state(hours, now, HOLIDAYS).is_open) == any(i.opens <= now < i.closes for i in open_at), now


@pytest.mark.parametrize("place", PLACES)
def test_intervals_are_in_time_apart_and_the_same_for_any_range(place: str) -> None:
    first, last = date(2026, 2, 10), date(2026, 4, 5)
    whole = intervals(PLACES[place], first, last, HOLIDAYS)
    assert all(one.opens < one.closes for one in whole)
    assert all(one.closes < after.opens for one, after in itertools.pairwise(whole))
    if PLACES[place].status != "always_open" and PLACES[place].week != "24/7":
        by_day = [
            i
            for n in range(55)
            for i in intervals(PLACES[place], first + timedelta(days=n), first + timedelta(days=n), HOLIDAYS)
        ]
        assert {i.opens for i in by_day} >= {i.opens for i in whole}
