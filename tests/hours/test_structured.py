"""Structured data and the API tell the intervals of the engine, for 400 days."""

import json
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest

from pesona.clock import WIB
from pesona.hours.intervals import Interval, intervals
from pesona.hours.shown import shown
from pesona.hours.week import write_times, write_week
from pesona.published import HolidayTimes, Hours, HoursDate, Season
from pesona.shapes import opening
from tests.hours.places import HOLIDAYS, PLACES
from tests.hours.test_grammar import a_day, weeks

SEED = 1889
TODAY = date(2026, 2, 1)
LAST = TODAY + timedelta(days=opening.AHEAD - 1)


def spans(specs: list[dict[str, Any]], day: date) -> list[tuple[datetime, datetime]]:
    """Return when *specs* say that it is open from *day* on, as a reader of schema.org understands them."""
    found = []
    for one in specs:
        if one["opens"] == one["closes"] == "00:00":
            continue
        opens = datetime.combine(day, time.fromisoformat(one["opens"]), WIB)
        closes = datetime.combine(day, time.fromisoformat(one["closes"]), WIB)
        if one["closes"] == "23:59":
            closes += timedelta(minutes=1)
        found.append((opens, closes if closes > opens else closes + timedelta(days=1)))
    return found


def specs_of(block: dict[str, Any], day: date) -> list[dict[str, Any]]:
    """Return the specifications that hold on *day*: special ones, or else those of the week."""
    name = opening.DAY_NAMES[day.weekday()]
    special = [
        one
        for one in block.get("specialOpeningHoursSpecification", [])
        if one["validFrom"] <= day.isoformat() <= one["validThrough"] and name in one.get("dayOfWeek", [name])
    ]
    return special or [one for one in block.get("openingHoursSpecification", []) if name in one["dayOfWeek"]]


def told(block: dict[str, Any]) -> list[tuple[datetime, datetime]]:
    pieces = sorted(
        p
        for n in range(opening.AHEAD)
        for p in spans(specs_of(block, TODAY + timedelta(days=n)), TODAY + timedelta(days=n))
    )
    merged: list[tuple[datetime, datetime]] = []
    for opens, closes in pieces:
        if merged and opens <= merged[-1][1]:
            opens, closes = merged[-1][0], max(merged.pop()[1], closes)
        merged.append((opens, closes))
    return merged


def of_engine(hours: Hours) -> list[tuple[datetime, datetime]]:
    begin = datetime.combine(TODAY, time(), WIB)
    whole: list[Interval] = intervals(hours, TODAY, LAST, HOLIDAYS)
    # What began on the day before the first is told by nobody who reads from today on.
    return [(one.opens, one.closes) for one in whole if one.opens >= begin]


def without_the_night_before(found: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    return [one for one in found if one[0].date() > TODAY]


def check(hours: Hours) -> None:
    block = opening.jsonld(hours, TODAY, HOLIDAYS)
    assert without_the_night_before(told(block)) == without_the_night_before(of_engine(hours)), hours


@pytest.mark.parametrize("place", [name for name in PLACES if name not in ("always", "round_the_clock")])
def test_structured_data_tells_the_intervals_of_400_days(place: str) -> None:
    check(PLACES[place])


@pytest.mark.parametrize("place", ["always", "round_the_clock"])
def test_a_place_that_never_closes(place: str) -> None:
    block = opening.jsonld(PLACES[place], TODAY, HOLIDAYS)
    assert [one["dayOfWeek"] for one in block["openingHoursSpecification"]] == [list(opening.DAY_NAMES)]
    [(opens, closes)] = told(block)
    assert closes - opens == timedelta(days=opening.AHEAD)


@pytest.mark.parametrize("place", ["unknown", "reported_only", "closed", "works_open_end", "appointment"])
def test_what_is_not_known_or_shut_has_no_hours_in_structured_data(place: str) -> None:
    """E-42 of the engine: rows that sleep are not told."""
    assert opening.jsonld(PLACES[place], TODAY, HOLIDAYS) == {}


def random_hours(random: Random) -> Hours:
    week, other = (write_week(one) for one in random.sample(WEEKS, 2))
    start = TODAY + timedelta(days=random.randrange(350))
    dates = tuple(
        HoursDate(day, day + timedelta(days=random.randrange(3)), write_times(a_day(random, past_midnight=True)))
        for day in (TODAY + timedelta(days=random.randrange(395)) for _ in range(random.randrange(5)))
    )
    decided = tuple(HolidayTimes(day, random.choice(["off", "usual", "10:00-12:00"])) for day in HOLIDAYS)
    season = Season("", "", start, start + timedelta(days=random.randrange(60)), other)
    return Hours(
        status="has_hours", week=week, seasons=(season,), dates=dates,
        holidays=random.choice(["", "as_usual", "closed", "one_by_one"]), holiday_dates=decided,
    )  # fmt: skip


WEEKS = weeks(100, past_midnight=True)


def test_structured_data_of_random_places_tells_the_intervals_of_400_days() -> None:
    random = Random(SEED)
    for _ in range(60):
        check(random_hours(random))


@pytest.mark.parametrize("place", PLACES)
def test_api_and_page_tell_the_intervals_of_the_engine(place: str) -> None:
    hours, last = PLACES[place], TODAY + timedelta(days=27)
    engine = intervals(hours, TODAY, last, HOLIDAYS)
    answer = opening.api(hours, TODAY, HOLIDAYS)
    assert json.loads(json.dumps(answer)) == answer
    assert [(i["opens"], i["closes"]) for i in answer["intervals"]] == [
        (one.opens.isoformat(timespec="minutes"), one.closes.isoformat(timespec="minutes")) for one in engine
    ]
    page = shown(hours, "id", TODAY, HOLIDAYS)
    if page.days:
        assert [one[:2] for one in json.loads(page.coming)] == [[i["opens"], i["closes"]] for i in answer["intervals"]]
        assert "+07:00" in page.coming or page.coming == "[]"
