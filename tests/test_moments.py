"""Moments as editors write them: understood leniently, written down in one way, never invented."""

from datetime import datetime

import pytest

from pesona.clock import WIB
from pesona.text import moments


@pytest.mark.parametrize(
    ("typed", "written"),
    [("2026-09-05", "2026-09-05"), ("2026-9-5 8.00", "2026-09-05 08:00"), ("5/9/2026", "2026-09-05"),
     ("05-09-2026, 08:30", "2026-09-05 08:30"), ("5.9.2026 pukul 20.15 WIB", "2026-09-05 20:15"),
     ("2026-09-05T08:00", "2026-09-05 08:00"), ("  2026-09-05  ", "2026-09-05"), ("besok", "besok"), ("", ""),
     ("2026-02-30", "2026-02-30"), ("31/31/2026", "2026-31-31"), ("5/9/26", "5/9/26")],
)  # fmt: skip
def test_what_people_type_is_written_down_in_one_way(typed: str, written: str) -> None:
    assert moments.tidy(typed) == written
    assert moments.tidy(written) == written


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-02-30", "2026-09-05 24:30", "2026-09-05 08:60", "1999-12-31", "9999-12-31", "2026-9-5"]
)
def test_what_cannot_be_is_no_moment(text: str) -> None:
    assert moments.first(text) is moments.last(text) is None


def test_a_day_lasts_from_midnight_to_midnight_and_a_time_is_one_instant() -> None:
    assert moments.first("2026-09-05") == datetime(2026, 9, 5, tzinfo=WIB)
    assert moments.last("2026-09-05") == datetime(2026, 9, 6, tzinfo=WIB)
    assert moments.first("2026-09-05 08:00") == moments.last("2026-09-05 08:00") == datetime(2026, 9, 5, 8, tzinfo=WIB)


@pytest.mark.parametrize(
    ("text", "iso", "english", "indonesian"),
    [("2026-09-05", "2026-09-05", "5 September 2026", "5 September 2026"),
     ("2026-09-05 08:00", "2026-09-05T08:00:00+07:00", "5 September 2026, 8:00 am WIB",
      "5 September 2026 pukul 08.00 WIB")],
)  # fmt: skip
def test_a_moment_in_words_and_for_machines(text: str, iso: str, english: str, indonesian: str) -> None:
    assert (moments.iso(text), moments.said(text, "en"), moments.said(text, "id")) == (iso, english, indonesian)
