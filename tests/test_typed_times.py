"""Typed times of day and weeks: what is understood, how it is written down, and what is refused."""

import random

import pytest

from pesona.hours import weekly
from pesona.text import typed_times

UNDERSTOOD = {
    "8": "08:00", "08.00": "08:00", "8.30": "08:30", "0800": "08:00", "8:30": "08:30", "830": "08:30", "08": "08:00",
    "1630": "16:30", "16.30 WIB": "16:30", "pukul 8": "08:00", "jam 08.15": "08:15", " 8 ": "08:00", "0": "00:00",
    "24.00": "24:00", "24": "24:00", "2400": "24:00", "23.59": "23:59", "8 am": "08:00", "8am": "08:00",
    "4 pm": "16:00", "4.30 pm": "16:30", "12 am": "00:00", "12 pm": "12:00", "4:30 p.m.": "16:30", "": "", "  ": "",
}  # fmt: skip
REFUSED = (
    "25.00",
    "25",
    "24.01",
    "8.5",
    "8.60",
    "-1",
    "8-9",
    "delapan",
    "08.00.00",
    "13 pm",
    "0 am",
    "99",
    "8,30",
    "1e1",
)
DAYS = {
    "09.00–12.00, 13.00–15.00": "09:00-12:00,13:00-15:00", "9-12": "09:00-12:00", "9 to 12 and 13 to 15": "09:00-12:00,13:00-15:00",
    "9 sampai 12 dan 13 s.d. 15": "09:00-12:00,13:00-15:00", "22.00-02.00": "22:00-02:00", "tutup": "off",
    "Closed": "off", "off": "off", "as usual": "usual", "biasa": "usual", "": "", "0-24": "00:00-24:00",
}  # fmt: skip
BAD_DAYS = ("9", "9-", "9-25", "9-9", "24-2", "9-12-15", "pagi", "9-12,", "9-12, x")
WEEKS = {
    "Mo-Su 09:00-17:00": "Mo-Su 09:00-17:00",
    "09:00-17:00": "Mo-Su 09:00-17:00",
    "24/7": "Mo-Su 00:00-24:00",
    "Mo,Tu,We 08:00-16:00": "Mo-We 08:00-16:00",
    "Sa,Su 09:00-02:00": "Sa,Su 09:00-02:00",
    "Sa-Mo 08:00-12:00": "Mo,Sa,Su 08:00-12:00",
    "Mo-Su 08:00-16:00; Fr 08:00-11:30, 14:00-16:00": "Mo-Th,Sa,Su 08:00-16:00; Fr 08:00-11:30,14:00-16:00",
    "Mo-Su 08:00-16:00; Mo off": "Tu-Su 08:00-16:00",
    "": "",
}
NO_WEEKS = (
    "Mo 25:00-26:00",
    "PH off",
    "Mo 8:00-9:00",
    "Mo 08:00",
    "Mo 08:00-08:00",
    "Mo 24:00-02:00",
    "Mo 08:00-12:00,11:00-13:00",
    "Mo 08:00-12:00,12:00-13:00",
    "Mo 08:00-09:00,22:00-08:30",
    "soon",
    "Xx 08:00-09:00",
    "Mo 08:00-09:00;",
)


@pytest.mark.parametrize(("typed", "written"), UNDERSTOOD.items())
def test_a_typed_time_is_understood(typed: str, written: str) -> None:
    """E-39: each usual way to write a time means the same, and reads the same when shown back."""
    assert typed_times.read(typed) == written
    assert typed_times.read(typed_times.show(written)) == written


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_no_time_is_refused(typed: str) -> None:
    assert typed_times.read(typed) is None


@pytest.mark.parametrize(("typed", "written"), DAYS.items())
def test_the_hours_of_a_day_are_understood(typed: str, written: str) -> None:
    assert typed_times.read_day(typed) == written
    assert typed_times.read_day(typed_times.show_day(written)) == written
    assert weekly.is_day(written) == (written not in ("", "usual"))


@pytest.mark.parametrize("typed", BAD_DAYS)
def test_what_are_no_hours_is_refused(typed: str) -> None:
    assert typed_times.read_day(typed) is None


def test_an_end_before_the_start_is_the_next_day() -> None:
    """E-40, form part; midnight itself still belongs to its day."""
    assert typed_times.ends_next_day("22:00", "02:00")
    assert not typed_times.ends_next_day("22:00", "23:00")
    assert not typed_times.ends_next_day("22:00", "00:00")
    assert not typed_times.ends_next_day("22:00", "24:00")


@pytest.mark.parametrize(("text", "written"), WEEKS.items())
def test_a_week_is_written_in_one_way(text: str, written: str) -> None:
    week = weekly.read(text)
    assert week is not None
    assert weekly.write(week) == written
    assert weekly.read(written) == week
    assert weekly.same(text, written)


@pytest.mark.parametrize("text", NO_WEEKS)
def test_what_is_no_week_is_refused(text: str) -> None:
    assert weekly.read(text) is None


def test_last_entry_is_one_time_a_day() -> None:
    times = weekly.read_last("Mo-Su 16:30; Fr 15:30")
    assert times == [*["16:30"] * 4, "15:30", "16:30", "16:30"]
    assert weekly.write_last(times) == "Mo-Th,Sa,Su 16:30; Fr 15:30"
    assert weekly.read_last("Mo 08:00-09:00") is None


def test_any_week_comes_back_as_it_was() -> None:
    dice = random.Random(6)
    clock = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 15, 30, 45)]
    known = 0
    for _ in range(500):
        week = [[tuple(dice.sample(clock, 2)) for _ in range(dice.choice((0, 1, 1, 2)))] for _ in range(7)]
        midnight = [sorted((start, "24:00" if end == "00:00" else end) for start, end in day) for day in week]
        expected = midnight if all(weekly.are_apart(day) for day in week) else None
        assert weekly.read(weekly.write(week)) == expected
        known += expected is not None
    assert known > 50
