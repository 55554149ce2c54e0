"""A plan and its address: what is read is written back the same, nothing is lost, every deed does one thing."""

from datetime import date
from random import Random

import pytest

from pesona.plan import trip
from pesona.plan.order import by_distance, lines
from pesona.plan.trip import Plan, Stop

TODAY = date(2026, 11, 24)


def plan(*days: str, start: str = "") -> Plan:
    return trip.read(days, (), start, TODAY).plan


def said(made: Plan) -> str:
    return " / ".join(trip.tokens(made))


@pytest.mark.parametrize(
    ("days", "found", "troubles"),
    [
        (["a,b", "c"], "a,b / c", []),
        (["a,event:a"], "a,event:a", []),
        (["a", "-", "b"], "a / - / b", []),
        (["a", "-", "-"], "a", []),
        (["", "a"], "- / a", []),
        ([], "", []),
        (["-"], "", []),
        (["a,b", "a"], "a,b", ["doubled"]),
        (["a,<script>,b"], "a,b", ["unread"]),
        (["a," + "x" * 121], "a", ["unread"]),
        (["event:,a"], "a", ["unread"]),
        (["a b"], "", ["unread"]),
        (["\0,é,a"], "a", ["unread"]),
        ([f"d{n}" for n in range(16)], " / ".join([*(f"d{n}" for n in range(13)), "d13,d14,d15"]), ["many_days"]),
        ([*["-"] * 20, "a"], " / ".join([*["-"] * 13, "a"]), ["many_days"]),
    ],
)
def test_an_address_is_read(days: list[str], found: str, troubles: list[str]) -> None:
    reading = trip.read(days, (), "", TODAY)
    assert said(reading.plan) == found
    assert [one.kind for one in reading.troubles] == troubles


@pytest.mark.parametrize(
    ("placed", "found"),
    [
        (["1.a", "1.b", "2.c"], "a,b / c"),
        (["2.a", "1.b"], "b / a"),
        (["3.a"], "- / - / a"),
        (["0.a", "1.event:b.c"], "a,event:b.c"),
        (["a"], "a"),
        (["99999.a"], "99999.a"),
        (["999.a", "1.b"], " / ".join(["b", *["-"] * 12, "a"])),
    ],
)
def test_the_form_of_a_plan_is_read(placed: list[str], found: str) -> None:
    assert said(trip.read((), placed, "", TODAY).plan) == found


@pytest.mark.parametrize(
    ("typed", "start", "wrong"),
    [
        ("2026-12-05", "2026-12-05", ""),
        (" 2026-12-05 ", "2026-12-05", ""),
        ("", None, ""),
        ("2026-02-30", None, "not_a_day"),
        ("20261205", None, "not_a_day"),
        ("tomorrow", None, "not_a_day"),
        ("9999-12-31", None, "too_far"),
        ("0001-01-01", None, "too_far"),
        ("2026-11-01", "2026-11-01", ""),
    ],
)
def test_the_first_day_is_read(typed: str, start: str | None, wrong: str) -> None:
    reading = trip.read(["a"], (), typed, TODAY)
    assert (str(reading.plan.start) if reading.plan.start else None) == start
    assert [one.kind for one in reading.troubles] == ([wrong] if wrong else [])
    assert said(reading.plan) == "a", "the stops are not lost"


def test_no_stop_of_a_long_address_is_lost() -> None:
    codes = [f"c{n}" for n in range(500)]
    assert [stop.code for stop in plan(",".join(codes)).stops] == codes
    more = trip.read([",".join(f"c{n}" for n in range(1500))], (), "", TODAY)
    assert len(more.plan.stops) == trip.MOST_READ
    assert [one.kind for one in more.troubles] == ["unread"]


@pytest.mark.parametrize(
    ("days", "deed", "found"),
    [
        (["a,b,c"], "up.b", "b,a,c"),
        (["a,b,c"], "down.b", "a,c,b"),
        (["a,b,c"], "up.a", "a,b,c"),
        (["a,b,c"], "down.c", "a,b,c"),
        (["a,b", "c"], "down.b", "a / b,c"),
        (["a", "b,c"], "up.b", "a,b / c"),
        (["a", "b"], "up.b", "a,b"),
        (["a", "-", "b"], "up.b", "a / b"),
        (["a,b"], "remove.a", "b"),
        (["a", "b"], "remove.a", "- / b"),
        (["a", "b"], "remove.b", "a"),
        (["a,event:a"], "remove.event:a", "a"),
        (["a"], "remove.z", "a"),
        (["a"], "burn.a", "a"),
        (["a"], "", "a"),
        (["a"], "remove.<", "a"),
    ],
)
def test_a_deed_changes_one_thing(days: list[str], deed: str, found: str) -> None:
    assert said(trip.changed(plan(*days), deed)) == found


def test_a_stop_is_added_once_at_the_end() -> None:
    assert said(trip.added(plan("a", "b"), Stop("event", "c"))) == "a / b,event:c"
    assert said(trip.added(Plan(), Stop("destination", "c"))) == "c"
    assert said(trip.added(plan("a", "b"), Stop("destination", "a"))) == "a / b"


def test_what_is_written_is_read_back_whatever_is_done() -> None:
    """Seeded: 300 plans, 10 deeds each; no deed but removal loses a stop."""
    chance = Random(7)
    for _ in range(300):
        codes = [chance.choice(["", "event:"]) + f"c{n}" for n in range(chance.randint(1, 12))]
        made = plan(*[",".join(codes[n::3]) or "-" for n in range(3)])
        for _ in range(10):
            deed = chance.choice(["up", "down"]) + "." + chance.choice(codes)
            after = trip.changed(made, deed)
            assert sorted(stop.token for stop in after.stops) == sorted(codes), deed
            assert plan(*trip.tokens(after)) == after
            made = after


PLACES = {
    Stop("destination", code): (0.0, longitude) for code, longitude in {"a": 0.0, "b": 1.0, "c": 2.0, "d": 3.0}.items()
}


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (["a,d,c,b"], "a,b,c,d"),
        (["d,a,c,b"], "d,c,b,a"),
        (["x,c,a"], "c,a,x"),
        (["b", "d,a,c"], "b / a,c,d"),
        (["x,y"], "x,y"),
        (["a,d,b", "-", "c"], "a,b,d / - / c"),
    ],
)
def test_the_order_by_distance(days: list[str], found: str) -> None:
    assert said(by_distance(plan(*days), PLACES)) == found


def test_lines_are_straight_and_only_between_known_points() -> None:
    stops = plan("a,b,x,c").stops
    found = lines(stops, PLACES)
    assert [leg is not None for leg in found.legs] == [False, True, False, False]
    assert found.total == pytest.approx(111.19, abs=0.02)
    assert (found.known, found.whole) == (True, False)
    assert lines(plan("a,b").stops, PLACES).whole
    assert not lines((), PLACES).known
