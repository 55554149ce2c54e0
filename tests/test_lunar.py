"""Dates that move with the moon: read, computed, said in both calendars, and held against what was decreed."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from pesona import lunar
from pesona.lunar import CHINESE, HIJRI, Anchor

# What the Indonesian government decreed, as the package holidays 0.109 lists it from the yearly joint decrees.
# 1 Syawal (Idulfitri), 10 Zulhijah (Iduladha), 1 Muharam (Tahun Baru Islam): another source than the computed calendar.
DECREED = {
    "1 Syawal": "2015-07-17 2016-07-06 2017-06-25 2018-06-15 2019-06-05 2020-05-24 "
    "2021-05-13 2022-05-02 2023-04-22 2024-04-10 2025-03-31 2026-03-21",
    "10 Zulhijah": "2015-09-24 2016-09-12 2017-09-01 2018-08-22 2019-08-11 2020-07-31 "
    "2021-07-20 2022-07-10 2023-06-29 2024-06-17 2025-06-06 2026-05-27",
    "1 Muharam": "2015-10-14 2016-10-02 2017-09-21 2018-09-11 2019-09-01 2020-08-20 "
    "2021-08-10 2022-07-30 2023-07-19 2024-07-07 2025-06-27 2026-06-16",
}
# Where the new moon was not yet seen in Indonesia on the computed day, the decree is one day later.
A_DAY_LATER = {
    "1 Syawal": {2019, 2023, 2025, 2026},
    "10 Zulhijah": {2015, 2016, 2018, 2022, 2023, 2024},
    "1 Muharam": {2019, 2021, 2025},
}
NEW_YEARS = {2020: "01-25", 2021: "02-12", 2022: "02-01", 2023: "01-22", 2024: "02-10", 2025: "01-29", 2026: "02-17"}


@pytest.mark.parametrize("text", DECREED)
def test_twelve_years_differ_from_the_decrees_by_no_more_than_the_known_day(text: str) -> None:
    for decreed in map(date.fromisoformat, DECREED[text].split()):
        ((first, last),) = lunar.expected(text, decreed.year)
        later = timedelta(decreed.year in A_DAY_LATER[text])
        assert first == last == decreed - later, decreed


@pytest.mark.parametrize("text", DECREED)
def test_a_decreed_day_bears_the_name_of_its_anchor_even_where_the_computed_one_differs(text: str) -> None:
    anchor = lunar.parse(text)
    assert anchor
    for decreed in map(date.fromisoformat, DECREED[text].split()):
        assert lunar.words(decreed, decreed, "id", anchor).startswith(f"{text} 14"), decreed


@pytest.mark.parametrize(("year", "day"), NEW_YEARS.items())
def test_the_chinese_year_begins_as_decreed(year: int, day: str) -> None:
    first = date.fromisoformat(f"{year}-{day}")
    assert lunar.expected("Imlek", year) == ((first, first),)
    assert lunar.expected("Cap Go Meh", year)[0][0] == first + timedelta(14)


def test_the_months_follow_one_another_without_gap_for_fifty_years() -> None:
    days = [date(2020, 1, 1) + timedelta(n) for n in range(365 * 50)]
    known = [(h.year, h.month, h.day) for h in map(lunar.hijri, days) if h]
    assert len(known) == len(days)
    for before, after in pairwise(known):
        assert (after[:2] == before[:2] and after[2] == before[2] + 1) or (after[2] == 1 and before[2] in (29, 30))


READ = {
    "11 Rabiulakhir": Anchor(HIJRI, 4, 11, 11),
    "27 Ramadan": Anchor(HIJRI, 9, 27, 27),
    "27  ramadhan ": Anchor(HIJRI, 9, 27, 27),
    "8 Syawal": Anchor(HIJRI, 10, 8, 8),
    "Safar": Anchor(HIJRI, 2, 1, 30),
    "27–29 Ramadan": Anchor(HIJRI, 9, 27, 29),
    "27-29 Ramadan": Anchor(HIJRI, 9, 27, 29),
    "29/30 Syakban": Anchor(HIJRI, 8, 30, 30),
    "29/30 Sya'ban": Anchor(HIJRI, 8, 30, 30),
    "10 Muharram": Anchor(HIJRI, 1, 10, 10),
    "10 Muharam": Anchor(HIJRI, 1, 10, 10),
    "12 Rabi’ al-Awwal": Anchor(HIJRI, 3, 12, 12),
    "12 Rabi'ul Awwal": Anchor(HIJRI, 3, 12, 12),
    "10 Dzulhijjah": Anchor(HIJRI, 12, 10, 10),
    "1 Syawal + 3": Anchor(HIJRI, 10, 1, 1, 3),
    "1 Syawal +3 hari": Anchor(HIJRI, 10, 1, 1, 3),
    "1 Ramadan - 1": Anchor(HIJRI, 9, 1, 1, -1),
    "Idulfitri + 1 day": Anchor(HIJRI, 10, 1, 1, 1),
    "Imlek": Anchor(CHINESE, 1, 1, 1),
    "Cap Go Meh": Anchor(CHINESE, 1, 15, 15),
    "Imlek + 2": Anchor(CHINESE, 1, 1, 1, 2),
}


@pytest.mark.parametrize(("text", "anchor"), READ.items())
def test_what_people_write_is_read(text: str, anchor: Anchor) -> None:
    assert lunar.parse(text) == anchor


@pytest.mark.parametrize("month", range(1, 13))
def test_the_names_of_both_languages_are_read(month: int) -> None:
    for locale in ("id", "en"):
        assert lunar.parse(f"5 {lunar.month_name(month, locale)}") == Anchor(HIJRI, month, 5, 5)


UNREAD = (
    "",
    "27",
    "31 Safar",
    "0 Safar",
    "29-3 Safar",
    "14/15 Syakban",
    "10 Sura",
    "Sabtu",
    "3 Imlek",
    "Safar +",
    "²7 Safar",
)


@pytest.mark.parametrize("text", UNREAD)
def test_what_is_not_understood_is_no_anchor(text: str) -> None:
    assert lunar.parse(text) is None
    assert lunar.expected(text, 2027) == ()


def one(text: str, year: int) -> tuple[str, str]:
    ((first, last),) = lunar.expected(text, year)
    return first.isoformat(), last.isoformat()


def test_a_month_that_has_begun_is_still_expected_until_its_last_day() -> None:
    safar = date(2027, 7, 5), date(2027, 8, 2)
    assert lunar.next_expected("Safar", date(2027, 7, 20)) == safar
    assert lunar.next_expected("Safar", date(2027, 8, 1)) == safar
    assert lunar.next_expected("Safar", date(2027, 8, 2)) not in (None, safar)


def test_a_month_a_range_and_the_last_day_of_a_month() -> None:
    assert one("Safar", 2027) == ("2027-07-05", "2027-08-02")
    assert one("27–29 Ramadan", 2027) == ("2027-03-06", "2027-03-08")
    for year in range(2020, 2040):
        for (last, _), (fast, _) in zip(
            lunar.expected("29/30 Syakban", year), lunar.expected("1 Ramadan - 1", year), strict=True
        ):
            assert last == fast


def test_a_year_of_ours_may_see_a_day_twice_and_no_computed_day_is_lost() -> None:
    assert [str(first) for first, _ in lunar.expected("27 Rajab", 2027)] == ["2027-01-05", "2027-12-25"]
    for text in ("27 Rajab", "1 Muharam", "30 Zulhijah", "1 Syawal + 9"):
        days = [first for year in range(1990, 2070) for first, _ in lunar.expected(text, year)]
        assert {(b - a).days for a, b in pairwise(days)} <= {353, 354, 355, 356}


def test_beyond_the_table_nothing_is_said() -> None:
    assert lunar.expected("10 Muharam", 2100) == lunar.expected("Imlek", 2100) == lunar.expected("Imlek", 1) == ()
    assert lunar.hijri(date(2100, 1, 1)) is None
    assert lunar.hijri_words(date(2100, 1, 1), date(2100, 1, 1), "id") == ""
    assert lunar.following(Anchor(CHINESE, 1, 1, 1), date(2200, 1, 1)) is None


def test_the_next_days_begin_later_than_the_day_given() -> None:
    anchor = Anchor(HIJRI, 9, 27, 27)
    assert lunar.following(anchor, date(2027, 3, 5)) == (date(2027, 3, 6), date(2027, 3, 6))
    assert lunar.following(anchor, date(2027, 3, 6)) == (date(2028, 2, 23), date(2028, 2, 23))


SAID = (
    ("2026-06-25", "2026-06-25", "10 Muharam 1448 H", "10 Muharram 1448 AH"),
    ("2027-03-06", "2027-03-08", "27–29 Ramadan 1448 H", "27–29 Ramadan 1448 AH"),
    ("2027-02-07", "2027-02-08", "30 Syakban – 1 Ramadan 1448 H", "30 Sha’ban – 1 Ramadan 1448 AH"),
    ("2027-06-05", "2027-06-06", "30 Zulhijah 1448 H – 1 Muharam 1449 H", "30 Dhu al-Hijjah 1448 AH – 1 Muharram 1449 AH"),
)  # fmt: skip


@pytest.mark.parametrize(("first", "last", "in_id", "in_en"), SAID)
def test_hijri_days_are_said_in_both_languages(first: str, last: str, in_id: str, in_en: str) -> None:
    span = date.fromisoformat(first), date.fromisoformat(last)
    assert (lunar.hijri_words(*span, "id"), lunar.hijri_words(*span, "en")) == (in_id, in_en)


def test_chinese_days_are_said_in_both_languages() -> None:
    day = date(2027, 2, 20)
    assert lunar.chinese_words(day, "id") == "hari ke-15 Imlek 2578"
    assert lunar.chinese_words(day, "en") == "day 15 of the Lunar New Year 2578"
    assert lunar.chinese_words(date(2027, 9, 1), "en") == lunar.chinese_words(date(2027, 1, 1), "en") == ""
