"""What a plan says of a stop on its day: by the hours, the dates of the event, and the notices."""

from datetime import date, datetime

import pytest

from pesona.clock import WIB
from pesona.plan import checks
from pesona.plan.checks import Asked
from pesona.published import Holiday, Hours, HoursDate, Occurrence, PublishedNotice, Words

SUNDAY = date(2026, 12, 6)
NOW = datetime(2026, 11, 24, 10, tzinfo=WIB)
OPEN = Hours(status="has_hours", week="Mo-Sa 08:00-17:00")
FEAST = {date(2026, 12, 8): Holiday(date(2026, 12, 8), "Hari Uji", "Test Day", "national", "decreed")}


def notice(start: str, end: str, kind: str = "closure") -> PublishedNotice:
    words = Words("id", "", "Tutup", "", "", "", NOW.replace(tzinfo=None))
    return PublishedNotice(
        code="n", updated_at=NOW.replace(tzinfo=None), translations={"id": words}, kind=kind, severity="warning",
        start=start, end=end, scope="places", destinations=("x",),
    )  # fmt: skip


def asked(day: date, now: datetime = NOW, notices: tuple[PublishedNotice, ...] = ()) -> Asked:
    return Asked(day, now, FEAST, notices)


@pytest.mark.parametrize(
    ("hours", "day", "kind", "warns", "later"),
    [
        (OPEN, date(2026, 12, 5), "open", False, None),
        (OPEN, SUNDAY, "closed", True, date(2026, 12, 7)),
        (Hours(), SUNDAY, "unknown", False, None),
        (Hours(status="always_open"), SUNDAY, "always", False, None),
        (Hours(status="closed"), SUNDAY, "for_good", True, None),
        (Hours(status="closed_for_now"), SUNDAY, "for_now", True, None),
        (
            Hours(status="closed_for_now", week=OPEN.week, closed_until=date(2026, 12, 8)),
            SUNDAY, "for_now", True, date(2026, 12, 9),
        ),
        (Hours(status="has_hours", week=OPEN.week, by_appointment=True), SUNDAY, "appointment", False, None),
        (Hours(by_appointment=True), SUNDAY, "appointment", False, None),
        (Hours(status="has_hours", week=OPEN.week, holidays="closed"), date(2026, 12, 8), "closed", True, date(2026, 12, 9)),
        (
            Hours(status="has_hours", week="Mo-Su 08:00-17:00", dates=(HoursDate(SUNDAY, SUNDAY, "off"),)),
            SUNDAY, "closed", True, date(2026, 12, 7),
        ),
        (Hours(status="has_hours", week="off", dates=()), SUNDAY, "closed", True, None),
    ],
)  # fmt: skip
def test_a_place_by_its_hours(hours: Hours, day: date, kind: str, warns: bool, later: date | None) -> None:
    found = checks.place(hours, asked(day))
    assert (found.kind, found.warns) == (kind, warns)
    assert (found.next_day.day if found.next_day else None) == later


@pytest.mark.parametrize(
    ("hour", "kind", "later"),
    [(9, "open", None), (16, "open", None), (17, "over", date(2026, 11, 25)), (20, "over", date(2026, 11, 25))],
)
def test_today_ends_with_its_hours(hour: int, kind: str, later: date | None) -> None:
    found = checks.place(OPEN, asked(NOW.date(), NOW.replace(hour=hour)))
    assert found.kind == kind
    assert (found.next_day.day if found.next_day else None) == later


def test_the_next_good_day_of_a_day_long_past_is_not_past() -> None:
    found = checks.place(OPEN, asked(date(2026, 11, 1)))
    assert found.next_day is not None
    assert found.next_day.day == NOW.date()


@pytest.mark.parametrize(
    ("start", "end", "kind", "later"),
    [
        ("2026-12-05", "2026-12-05", "shut", date(2026, 12, 7)),
        ("2026-12-01", "", "shut", None),
        ("2026-12-05 12:00", "2026-12-05 14:00", "open", None),
        ("2026-12-05 08:00", "2026-12-05 17:00", "shut", date(2026, 12, 7)),
        ("2026-12-06", "2026-12-07", "open", None),
    ],
)
def test_a_notice_closes_a_place(start: str, end: str, kind: str, later: date | None) -> None:
    found = checks.place(OPEN, asked(date(2026, 12, 5), notices=(notice(start, end),)))
    assert found.kind == kind
    assert (found.next_day.day if found.next_day else None) == later
    assert (found.by is not None) == (kind == "shut")


def test_another_notice_closes_nothing_but_is_told() -> None:
    flood = notice("2026-12-01", "2026-12-31", "flood")
    assert checks.place(OPEN, asked(date(2026, 12, 5), notices=(flood,))).kind == "open"
    assert checks.on_day([flood], date(2026, 12, 31)) == [flood]
    assert checks.on_day([flood], date(2027, 1, 1)) == []
    assert checks.on_day([flood], date(2026, 11, 30)) == []


def day_of(day: int, status: str = "planned", length: int = 0) -> Occurrence:
    return Occurrence(date(2026, 12, day), date(2026, 12, day + length), status)


@pytest.mark.parametrize(
    ("dates", "kind", "warns", "later"),
    [
        ([day_of(6)], "held", False, None),
        ([day_of(5, length=3)], "held", False, None),
        ([day_of(6, "expected")], "tentative", False, None),
        ([day_of(6, "full"), day_of(13)], "full", True, 13),
        ([day_of(6, "cancelled"), day_of(20)], "off", True, 20),
        ([day_of(6, "postponed")], "off", True, None),
        ([day_of(6, "cancelled"), day_of(6)], "held", False, None),
        ([day_of(1), day_of(9)], "elsewhen", True, 9),
        ([day_of(1)], "elsewhen", True, 1),
        ([day_of(7, "cancelled")], "elsewhen", True, None),
        ([Occurrence(date(2025, 12, 6), date(2025, 12, 6), "held")], "ended", True, None),
        ([], "unannounced", True, None),
    ],
)
def test_an_event_by_its_dates(dates: list[Occurrence], kind: str, warns: bool, later: int | None) -> None:
    found = checks.event(dates, asked(SUNDAY))
    assert (found.kind, found.warns) == (kind, warns)
    assert (found.next_date.start.day if found.next_date else None) == later
