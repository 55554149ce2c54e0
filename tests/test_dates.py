"""Dates, times, numbers and money in the words of both languages."""

from datetime import date, datetime

import pytest

from pesona.text import dates


@pytest.mark.parametrize(("locale", "words"), [("id", "Rabu, 26 Februari 2020"), ("en", "Wednesday, 26 February 2020")])
def test_a_day_is_said_with_its_weekday(locale: str, words: str) -> None:
    assert dates.day(date(2020, 2, 26), locale) == words
    assert dates.day(date(2020, 2, 26), locale, weekday=False) == words.split(", ")[1]


@pytest.mark.parametrize(
    ("start", "end", "indonesian", "english"),
    [
        ("2026-02-26", "2026-02-26", "26 Februari 2026", "26 February 2026"),
        ("2026-02-26", "2026-02-28", "26–28 Februari 2026", "26–28 February 2026"),
        ("2026-02-28", "2026-03-02", "28 Februari – 2 Maret 2026", "28 February – 2 March 2026"),
        ("2025-12-31", "2026-01-01", "31 Desember 2025 – 1 Januari 2026", "31 December 2025 – 1 January 2026"),
        ("2025-02-01", "2026-02-01", "1 Februari 2025 – 1 Februari 2026", "1 February 2025 – 1 February 2026"),
    ],
)
def test_a_range_says_once_what_both_days_share(start: str, end: str, indonesian: str, english: str) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert dates.day_range(first, last, "id") == indonesian
    assert dates.day_range(first, last, "en") == english


@pytest.mark.parametrize(
    ("stored", "indonesian", "english"),
    [
        ("2020-02-26T08:00", "26 Februari 2020 pukul 15.00 WIB", "26 February 2020, 3:00 pm WIB"),
        ("2020-02-26T17:00", "27 Februari 2020 pukul 00.00 WIB", "27 February 2020, 12:00 am WIB"),
        ("2020-02-26T05:05", "26 Februari 2020 pukul 12.05 WIB", "26 February 2020, 12:05 pm WIB"),
    ],
)
def test_a_stored_moment_is_said_in_western_indonesian_time(stored: str, indonesian: str, english: str) -> None:
    assert dates.moment(datetime.fromisoformat(stored), "id") == indonesian
    assert dates.moment(datetime.fromisoformat(stored), "en") == english


@pytest.mark.parametrize(
    ("text", "indonesian", "english"),
    [
        ("1889", "1889", "1889"),
        ("1860~", "sekitar 1860", "about 1860"),
        ("1889/1893", "1889–1893", "1889–1893"),
        ("2025-04", "April 2025", "April 2025"),
        ("2019-12-10", "10 Desember 2019", "10 December 2019"),
        ("2023-05~/2024", "sekitar Mei 2023–2024", "about May 2023–2024"),
    ],
)
def test_an_edtf_date_is_said_as_exactly_as_it_is_known(text: str, indonesian: str, english: str) -> None:
    assert dates.edtf(text, "id") == indonesian
    assert dates.edtf(text, "en") == english


@pytest.mark.parametrize("text", ["", "akhir abad ke-19", "2020-13", "2020-02-30", "2020-13~", "19xx", "2020-1-1"])
def test_what_is_no_edtf_date_is_not_lost(text: str) -> None:
    assert dates.edtf(text, "id") == text
    assert dates.edtf(text, "en") == text


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [(0, "gratis", "free"), (500, "Rp500", "IDR 500"), (15_000, "Rp15.000", "IDR 15,000"),
     (1_250_000, "Rp1.250.000", "IDR 1,250,000")],
)  # fmt: skip
def test_money_is_said_in_whole_rupiah(amount: int, indonesian: str, english: str) -> None:
    assert dates.money(amount, "id") == indonesian
    assert dates.money(amount, "en") == english


def test_numbers_and_months_follow_the_language() -> None:
    assert (dates.number(32000.5, "id"), dates.number(32000.5, "en")) == ("32.000,5", "32,000.5")
    assert (dates.month_name(8, "id"), dates.month_name(8, "en")) == ("Agustus", "August")
    assert (dates.month(date(2020, 5, 3), "id"), dates.month(date(2020, 5, 3), "en")) == ("Mei 2020", "May 2020")
