"""The grammar of a week: read, written, refused; random weeks come back the same, and another reader agrees."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from opening_hours import OpeningHours  # type: ignore[import-untyped]

from pesona.hours.intervals import intervals
from pesona.hours.week import (
    HoursError,
    Span,
    Spans,
    Week,
    parse_entries,
    parse_times,
    parse_week,
    write_entries,
    write_times,
    write_week,
)
from pesona.published import Hours

SEED = 1723


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("24/7", "Mo-Su 00:00-24:00"),
        ("off", "off"),
        ("Mo-Su off", "off"),
        ("08:00-17:00", "Mo-Su 08:00-17:00"),
        ("Mo-Th 08:00-16:00; Fr 08:00-11:30,14:00-16:00; Sa,Su 09:00-02:00",) * 2,
        ("Mo-Su 08:00-16:00; Mo off", "Tu-Su 08:00-16:00"),
        ("Mo-Su 08:00-16:00; Fr 08:00-11:00", "Mo-Th,Sa,Su 08:00-16:00; Fr 08:00-11:00"),
        ("Fr-Mo 10:00-12:00", "Mo,Fr-Su 10:00-12:00"),
        ("Fr 14:00-16:00,08:00-11:30", "Fr 08:00-11:30,14:00-16:00"),
        ("Mo,We,Fr 09:00-24:00", "Mo,We,Fr 09:00-24:00"),
        ("Sa 22:00-00:00", "Sa 22:00-24:00"),
    ],
)
def test_a_week_is_read_and_written_in_one_way(text: str, written: str) -> None:
    week = parse_week(text)
    assert write_week(week) == written
    assert parse_week(written) == week


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unknown"), ("Mo", "unknown"), ("Mo-Xx 08:00-09:00", "unknown"), ("Mo 8:00-9:00", "unknown"),
        ("Mo 08:00", "unknown"), ("Mo 25:00-26:00", "unknown"), ("Mo 08:60-09:00", "unknown"),
        ("Mo 24:00-08:00", "unknown"), ("Mo 08:00-24:30", "unknown"), ("PH off", "unknown"),
        ("Jan-Mar 08:00-09:00", "unknown"), ("Mo 08:00-09:00;", "unknown"), ("Mo sunrise-sunset", "unknown"),
        ("Mo 08:00-08:00", "empty_range"), ("Mo 08:00-12:00,11:00-13:00", "overlap"),
        ("Mo 08:00-12:00,12:00-13:00", "overlap"), ("Mo 08:00-10:00,20:00-09:00", "overlap"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_named(text: str, code: str) -> None:
    with pytest.raises(HoursError) as refused:
        parse_week(text)
    assert refused.value.code == code
    assert refused.value.text in text


def test_last_entries() -> None:
    entries = parse_entries("Mo-Su 16:30; Fr 15:30; Sa off")
    assert entries == (990, 990, 990, 990, 930, None, 990)
    assert write_entries(entries) == "Mo-Th,Su 16:30; Fr 15:30"
    assert parse_entries("") == (None,) * 7
    assert write_entries(parse_entries("")) == ""


def a_day(random: Random, past_midnight: bool) -> Spans:
    """Return up to three spans of a day, none touching another."""
    marks = sorted(random.sample(range(0, 24 * 60, 15), 2 * random.randrange(4)))
    spans = [Span(start, end) for start, end in zip(marks[::2], marks[1::2], strict=True)]
    if spans and past_midnight and random.random() < 0.3:
        end = random.randrange(0, spans[0].opens, 15) if spans[0].opens else 0
        spans[-1] = Span(spans[-1].opens, 24 * 60 + end)
    return tuple(spans)


def weeks(count: int, past_midnight: bool) -> list[Week]:
    random = Random(SEED)
    return [tuple(a_day(random, past_midnight) for _ in range(7)) for _ in range(count)]


def test_random_weeks_come_back_from_their_text() -> None:
    for week in weeks(400, past_midnight=True):
        text = write_week(week)
        assert parse_week(text) == week, text
        for spans in week:
            assert parse_times(write_times(spans)) == spans
        first = date(2026, 3, 2)
        whole = intervals(Hours(status="has_hours", week=text), first, first + timedelta(days=20), {})
        again = intervals(
            Hours(status="has_hours", week=write_week(parse_week(text))), first, first + timedelta(days=20), {}
        )
        assert whole == again


def test_another_reader_of_openstreetmap_s_grammar_gives_the_same_intervals() -> None:
    """Only of weeks that do not pass midnight: docs/decisions/0014-opening-hours.md says why."""
    first = date(2026, 3, 2)
    for week in weeks(150, past_midnight=False):
        text = write_week(week)
        if text == "off":
            continue
        ours = intervals(Hours(status="has_hours", week=text), first, first + timedelta(days=6), {})
        begin = datetime(2026, 3, 2)
        theirs = [
            (start, end)
            for start, end, state, _ in OpeningHours(text).intervals(begin, begin + timedelta(days=7))
            if str(state) == "open"
        ]
        assert [(i.opens.replace(tzinfo=None), i.closes.replace(tzinfo=None)) for i in ours] == theirs, text
