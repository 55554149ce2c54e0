"""Rules of dates: what each kind makes, what has no such day, what is impossible, and how a list is filled again."""

from datetime import date, timedelta
from random import Random

import pytest

from pesona.editing.snapshot import ROWS
from pesona.recurrence import AHEAD_MONTHS, KINDS, MOST, Impossible, Rule, fill, kinds, make, read, write

TODAY = date(2026, 9, 1)
D = date.fromisoformat


def shown(rule: Rule) -> list[str]:
    return [day.isoformat() for day in make(rule, TODAY).days]


@pytest.mark.parametrize(
    ("kind", "start", "every", "until", "count", "text", "days"),
    [
        ("once", "2026-09-05", 1, None, None, "", ["2026-09-05"]),
        ("weekly", "2026-09-05", 1, "2026-09-19", None, "FREQ=WEEKLY;BYDAY=SA;UNTIL=20260919",
         ["2026-09-05", "2026-09-12", "2026-09-19"]),
        ("weekly", "2026-09-05", 2, None, 3, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;COUNT=3",
         ["2026-09-05", "2026-09-19", "2026-10-03"]),
        ("month_last", "2026-09-30", 1, None, 4, "FREQ=MONTHLY;BYDAY=-1WE;COUNT=4",
         ["2026-09-30", "2026-10-28", "2026-11-25", "2026-12-30"]),
        ("days", "2026-09-29", 3, None, 3, "FREQ=DAILY;INTERVAL=3;COUNT=3",
         ["2026-09-29", "2026-10-02", "2026-10-05"]),
        ("month_weekday", "2026-10-31", 1, None, 3, "FREQ=MONTHLY;BYDAY=5SA;COUNT=3",
         ["2026-10-31", "2027-01-30", "2027-05-29"]),
        ("month_day", "2026-12-31", 1, None, 4, "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4",
         ["2026-12-31", "2027-01-31", "2027-03-31", "2027-05-31"]),
        ("yearly", "2028-02-29", 1, None, 2, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=2",
         ["2028-02-29", "2032-02-29"]),
    ],
)  # fmt: skip
def test_each_kind_makes_its_days_and_reads_its_own_text(
    kind: str, start: str, every: int, until: str | None, count: int | None, text: str, days: list[str]
) -> None:
    rule = Rule(kind, D(start), every, D(until) if until else None, count)
    assert write(rule) == text
    assert read(text, D(start)) == rule
    assert shown(rule) == days


def test_months_and_years_without_such_a_day_are_told() -> None:
    """E-45."""
    fifth = make(Rule("month_weekday", D("2026-10-31"), count=2), TODAY)
    assert [day.isoformat()[:7] for day in fifth.skipped] == ["2026-11", "2026-12"]
    leap = make(Rule("yearly", D("2028-02-29"), count=2), TODAY)
    assert [day.year for day in leap.skipped] == [2029, 2030, 2031]
    ends = make(Rule("month_day", D("2027-01-31"), until=D("2027-04-30")), TODAY)
    assert [day.month for day in ends.skipped] == [2, 4], "a month that is over has had its chance"
    assert make(Rule("month_day", D("2027-01-31"), until=D("2027-02-20")), TODAY).skipped == ()


def test_the_last_saturday_is_right_in_every_month() -> None:
    """E-45."""
    made = make(Rule("month_last", D("2026-09-26"), count=104), TODAY)
    assert len(made.days) == 104
    assert made.skipped == ()
    for n, day in enumerate(made.days, 8):
        month = date(2026 + n // 12, n % 12 + 1, 1)
        saturdays = [d for k in range(31) if (d := month + timedelta(days=k)).month == month.month and d.weekday() == 5]
        assert day == saturdays[-1]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (Rule("weekly", D("2026-09-05"), until=D("2026-09-04")), "until"),
        (Rule("weekly", D("2026-09-05"), count=105), "count"),
        (Rule("weekly", D("2026-09-05"), count=100_000), "count"),
        (Rule("weekly", D("2026-09-05"), count=0), "count"),
        (Rule("weekly", D("2026-09-05"), every=0), "every"),
        (Rule("days", D("2026-09-05"), every=100_000, count=3), "every"),
        (Rule("days", D("2026-09-05")), "until"),
        (Rule("days", D("2026-09-05"), until=D("9999-12-31")), "until"),
        (Rule("month_last", D("2026-09-05"), count=3), "repeat"),
        (Rule("hourly", D("2026-09-05"), count=3), "repeat"),
    ],
)
def test_what_is_impossible_names_its_field(rule: Rule, field: str) -> None:
    """E-45."""
    with pytest.raises(Impossible) as caught:
        make(rule, TODAY)
    assert caught.value.field == field


@pytest.mark.parametrize("text", ["FREQ=HOURLY", "FREQ=WEEKLY;BYDAY=MO", "nonsense", "FREQ=WEEKLY;BYDAY=SA;COUNT=x"])
def test_a_text_that_we_never_wrote_is_refused(text: str) -> None:
    with pytest.raises(Impossible):
        read(text, D("2026-09-05"))


def test_a_rule_without_an_end_is_made_two_years_ahead() -> None:
    weekly = make(Rule("weekly", D("2026-09-05")), TODAY).days
    assert (len(weekly), weekly[-1]) == (MOST, D("2028-08-26"))
    old = make(Rule("yearly", D("2020-03-01")), TODAY).days
    assert [day.year for day in old] == list(range(2020, 2029))
    assert AHEAD_MONTHS == 24


def test_every_rule_of_every_day_holds_together() -> None:
    """Text and rule say the same, days only grow, and each is what its kind promises."""
    chance = Random(44)
    for _ in range(300):
        start = D("2024-01-01") + timedelta(days=chance.randrange(2000))
        kind = chance.choice([kind for kind in KINDS if kind in kinds(start) and kind != "once"])
        rule = Rule(kind, start, chance.randint(1, 5), count=chance.randint(1, 20))
        assert read(write(rule), start) == rule
        days = make(rule, TODAY).days
        assert days[0] == start
        assert list(days) == sorted(set(days))
        assert len(days) == rule.count
        if kind in ("weekly", "month_weekday", "month_last"):
            assert {day.weekday() for day in days} == {start.weekday()}


def row(start: str, by_rule: bool = True, **values: str) -> dict[str, object]:
    return {**ROWS["occurrences"], "start": start, "by_rule": by_rule, **values}


def test_a_changed_rule_leaves_earlier_and_moved_dates() -> None:
    """E-46: Saturdays of September and October, one moved; from 1 October it is Sundays."""
    saturdays = make(Rule("weekly", D("2026-09-05"), until=D("2026-10-31")), TODAY).days
    rows = fill([], saturdays, ROWS["occurrences"], 0, D("2026-09-05"))
    assert [r["start"] for r in rows] == [day.isoformat() for day in saturdays]
    moved = {**rows[6], "start": "2026-10-20", "previous_start": "2026-10-17", "status": "rescheduled"}
    rows = [moved if r["start"] == "2026-10-17" else r for r in rows]
    sundays = make(Rule("weekly", D("2026-10-04"), until=D("2026-10-31")), TODAY).days
    now = fill(rows, sundays, ROWS["occurrences"], 0, D("2026-10-01"))
    assert [r["start"] for r in now if r["start"] < "2026-10"] == [r["start"] for r in rows if r["start"] < "2026-10"]
    assert not any(r["by_rule"] for r in now if r["start"] < "2026-10")
    assert [r["start"] for r in now if r["start"] > "2026-10"] == [
        "2026-10-04", "2026-10-11", "2026-10-18", "2026-10-20", "2026-10-25"]  # fmt: skip
    [kept] = [r for r in now if r["start"] == "2026-10-20"]
    assert kept == {**moved, "by_rule": False}


def test_filling_again_keeps_what_was_said_and_added_and_makes_nothing_twice() -> None:
    days = [D("2026-09-05"), D("2026-09-12"), D("2026-09-19")]
    rows = fill([row("2026-09-06", False)], days, row(""), 1, days[0])
    assert [(r["start"], r["end"]) for r in rows][:2] == [("2026-09-05", "2026-09-06"), ("2026-09-06", "")]
    rows[2] = {**rows[2], "status": "cancelled", "note_id": "Kabut asap"}
    assert fill(rows, days, row(""), 1, days[0]) == rows
    without = fill(rows, days[:1], row(""), 1, days[0])
    assert [r["start"] for r in without] == ["2026-09-05", "2026-09-06", "2026-09-12"], "the cancelled date stays"
