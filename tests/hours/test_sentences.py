"""Hours in words of both languages."""

from datetime import date

import pytest

from pesona.hours.sentences import told, week_sentence
from pesona.hours.week import parse_week
from tests.hours.places import HOLIDAYS, PLACES

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("week", "indonesian", "english"),
    [
        ("Mo-Su 08:00-17:00", "setiap hari 08.00–17.00 WIB", "daily 8:00 am–5:00 pm WIB"),
        ("Mo-Th 08:00-16:00; Fr 08:00-11:30,14:00-16:00",
         "Senin–Kamis 08.00–16.00 WIB; Jumat 08.00–11.30 dan 14.00–16.00 WIB; Sabtu, Minggu tutup",
         "Monday–Thursday 8:00 am–4:00 pm WIB; Friday 8:00 am–11:30 am and 2:00 pm–4:00 pm WIB; Saturday, Sunday closed"),
        ("Fr 22:00-02:00", "Jumat 22.00–02.00 (esok hari) WIB; Senin–Kamis, Sabtu, Minggu tutup",
         "Friday 10:00 pm–2:00 am (next day) WIB; Monday–Thursday, Saturday, Sunday closed"),
        ("Mo-Su 16:00-24:00", "setiap hari 16.00–24.00 WIB", "daily 4:00 pm–midnight WIB"),
        ("Sa,Su 00:00-24:00; Mo-Fr 12:00-12:30", "Senin–Jumat 12.00–12.30 WIB; Sabtu, Minggu 24 jam",
         "Monday–Friday 12:00 pm–12:30 pm WIB; Saturday, Sunday 24 hours"),
        ("24/7", "selalu buka", "always open"),
        ("off", "setiap hari tutup", "daily closed"),
    ],
)  # fmt: skip
def test_a_week(week: str, indonesian: str, english: str) -> None:
    """E-40: past midnight says so."""
    assert week_sentence(parse_week(week), "id") == indonesian
    assert week_sentence(parse_week(week), "en") == english


@pytest.mark.parametrize(
    ("place", "indonesian", "english"),
    [
        ("unknown", "jam buka belum diketahui", "opening hours not yet known"),
        ("reported_only", "jam buka belum diketahui", "opening hours not yet known"),
        ("closed", "tutup untuk seterusnya", "closed for good"),
        ("works", "tutup sementara sampai dengan 10 Maret 2026", "closed for now until 10 March 2026 inclusive"),
        ("works_open_end", "tutup sementara", "closed for now"),
        ("always", "selalu buka", "always open"),
        ("appointment", "dengan janji temu: 0800", "by appointment: 0800"),
        ("appointment_and_hours", "Sabtu, Minggu 09.00–12.00 WIB; Senin–Jumat dengan janji temu",
         "Saturday, Sunday 9:00 am–12:00 pm WIB; Monday–Friday by appointment"),
    ],
)  # fmt: skip
def test_a_status(place: str, indonesian: str, english: str) -> None:
    """E-43: by appointment is never said as closed."""
    assert told(PLACES[place], "id", TODAY, HOLIDAYS).sentence == indonesian
    assert told(PLACES[place], "en", TODAY, HOLIDAYS).sentence == english


def test_closed_for_now_is_over_after_its_last_day() -> None:
    assert told(PLACES["works"], "en", date(2026, 3, 11), HOLIDAYS).sentence == "daily 8:00 am–4:00 pm WIB"


def test_seasons_dates_and_holidays_that_are_not_over_are_told() -> None:
    found = told(PLACES["palace"], "en", TODAY, HOLIDAYS)
    assert found.sentence == "daily 8:00 am–5:00 pm WIB"
    assert found.notes == (
        "last entry 4:30 pm WIB",
        "Ramadan, 19 February – 19 March 2026: Monday–Thursday, Saturday, Sunday 9:00 am–3:00 pm WIB; "
        "Friday 9:00 am–11:00 am WIB, last entry 2:00 pm WIB",
        "Ramadan, 8 February – 9 March 2027: daily 10:00 am–2:00 pm WIB",
        "1–7 June 2026: closed (Works)",
        "3 June 2026: 9:00 am–12:00 pm and 1:00 pm–3:00 pm WIB",
        "Idul Fitri, 21 March 2026: closed",
        "Idul Fitri, 22 March 2026: 1:00 pm–5:00 pm WIB",
    )
    assert told(PLACES["palace"], "en", date(2027, 3, 10), HOLIDAYS).notes == ("last entry 4:30 pm WIB",)


def test_the_policy_of_holidays_is_told() -> None:
    assert told(PLACES["office"], "id", TODAY, HOLIDAYS).notes == ("tutup pada hari libur nasional dan cuti bersama",)
    assert told(PLACES["as_usual"], "en", TODAY, HOLIDAYS).notes == (
        "open as usual on public holidays and days of joint leave",
    )
    assert told(PLACES["undecided"], "en", TODAY, HOLIDAYS).notes == ()
