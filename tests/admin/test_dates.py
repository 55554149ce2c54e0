"""The screen of an event's dates: the list comes first, a rule fills it; nothing impossible is stored."""

from collections.abc import Callable

import pytest
from icalendar import Calendar

from tests.admin.desk import newest
from tests.admin.test_holidays import add as add_holiday
from tests.admin.test_home import make
from tests.client import Page, SelfCheckingClient, words_of

SignIn = Callable[..., SelfCheckingClient]
SATURDAYS = {
    "rule_start": "2026-09-05",
    "repeat": "weekly",
    "ends": "until",
    "until": "31/10/2026",
    "start_time": "19.30",
    "rule_source": "uji",
}


def rows(page: Page) -> list[tuple[str, bool]]:
    """Return the first day of each date of the form, and whether it is ticked."""
    found = []
    for number in range(len([e for e in page.all("input") if e.get("name", "").endswith("-start")])):
        start = page.one("input", name=f"occurrences-{number}-start").get("value", "")
        keep = page.one("input", name=f"occurrences-{number}-keep").get("checked")
        found.append((start, keep is not None))
    return [row for row in found if row[0]]


def stored(client: SelfCheckingClient) -> list[str]:
    return [row["start"] for row in newest(client.app, "pasar-malam", "event")["facts"]["occurrences"]]


@pytest.fixture
def dates(sign_in: SignIn) -> tuple[SelfCheckingClient, str]:
    siti = sign_in()
    return siti, f"{make(siti.app, 'pasar-malam', of='event')}/dates"


def test_e_44_saturdays_one_left_out_and_a_sunday_added(dates: tuple[SelfCheckingClient, str]) -> None:
    """E-44: nine dates are shown and nothing is stored; what is ticked is stored, the rest is left out by name."""
    siti, address = dates
    page = siti.submit(siti.visit(address), status=200, press="show", **SATURDAYS)
    assert len(rows(page)) == 9
    assert all(ticked for _, ticked in rows(page))
    assert stored(siti) == []
    page = siti.submit(page, status=200, press="add:occurrences")
    left_out = next(n for n, (start, _) in enumerate(rows(page)) if start == "2026-09-19")
    added = {"occurrences__9__start": "2026-10-11", "occurrences__9__source": "uji"}
    siti.submit(page, **{f"occurrences__{left_out}__keep": []}, **added)
    facts = newest(siti.app, "pasar-malam", "event")["facts"]
    starts = [row["start"] for row in facts["occurrences"]]
    assert len(starts) == 9
    assert "2026-10-11" in starts
    assert "2026-09-19" not in starts
    assert facts["exdates"] == ["2026-09-19"]
    assert (facts["rrule"], facts["rule_start"]) == ("FREQ=WEEKLY;BYDAY=SA;UNTIL=20261031", "2026-09-05")
    assert {row["start_time"] for row in facts["occurrences"] if row["by_rule"]} == {"19:30"}
    again = siti.visit(address)
    assert sorted(start for start, _ in rows(again)) == sorted(starts)
    assert ("2026-09-19", False) in rows(siti.submit(again, status=200, press="show"))
    assert newest(siti.app, "pasar-malam", "event")["facts"] == facts


def test_e_44_what_is_stored_is_shown(dates: tuple[SelfCheckingClient, str]) -> None:
    """E-44: the page of the event and its calendar have the dates of the list."""
    siti, address = dates
    page = siti.submit(siti.visit(address), status=200, press="show", **{**SATURDAYS, "until": "2026-12-31"})
    siti.submit(page)
    siti.submit(siti.visit(address.replace("/dates", "/publish")))
    shown = siti.visit("/en/events/pasar-malam-en")
    days = [e.get("datetime") for ul in shown.all("ul", class_="dates") for e in ul.iter("time")]
    assert sorted(str(day)[:10] for day in days) == stored(siti)
    file = Calendar.from_ical(siti.get("/en/events/pasar-malam-en.ics").data)
    assert sorted(f"{one['DTSTART'].dt:%Y-%m-%d}" for one in file.walk("VEVENT")) == stored(siti)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"until": "2026-09-01"}, "until"),
        ({"until": "2026-02-30"}, "until"),
        ({"until": ""}, "until"),
        ({"until": "2199-12-31"}, "until"),
        ({"ends": "count", "count": "105"}, "count"),
        ({"ends": "count", "count": "100.000"}, "count"),
        ({"ends": "open", "repeat": "days"}, "until"),
        ({"rule_start": "30/2/2026"}, "rule_start"),
        ({"rule_end": "2026-09-04"}, "rule_end"),
        ({"start_time": "25:00"}, "start_time"),
        ({"every": "0"}, "every"),
        ({"repeat": "month_last"}, "repeat"),
    ],
)
@pytest.mark.parametrize("press", ["show", "save"])
def test_e_45_what_cannot_be_is_said_at_its_field_and_nothing_is_stored(
    dates: tuple[SelfCheckingClient, str], typed: dict[str, str], field: str, press: str
) -> None:
    """E-45: the text stays in the form."""
    siti, address = dates
    page = siti.submit(siti.visit(address), status=422, press=press, **{**SATURDAYS, **typed})
    assert page.one(*(("select",) if field == "repeat" else ("input",)), id=field).get("aria-invalid") == "true"
    assert newest(siti.app, "pasar-malam", "event")["facts"]["rrule"] == ""
    assert stored(siti) == []


def test_e_45_a_date_that_ends_before_it_starts(dates: tuple[SelfCheckingClient, str]) -> None:
    """E-45."""
    siti, address = dates
    for values, field in (
        ({"start": "2026-12-05", "end": "2026-12-04"}, "end"),
        ({"start": "2026-12-05", "start_time": "20:00", "end_time": "8.00"}, "end_time"),
        ({"start": "2027-02-30"}, "start"),
    ):
        given = {f"occurrences__0__{name}": value for name, value in values.items()}
        page = siti.submit(siti.visit(address), status=422, **given)
        assert page.one("input", name=f"occurrences-0-{field}").get("aria-invalid") == "true"
    assert stored(siti) == []


def test_e_45_months_without_a_fifth_saturday_are_told(dates: tuple[SelfCheckingClient, str]) -> None:
    """E-45."""
    siti, address = dates
    fifth = {"rule_start": "2026-10-31", "repeat": "month_weekday", "ends": "count", "count": "2"}
    page = siti.submit(siti.visit(address), status=200, press="show", **fifth)
    [said] = [words_of(e) for e in page.one("main").iter() if e.get("data-check") == "skipped"]
    assert "November 2026" in said
    assert "December 2026" in said or "Desember 2026" in said
    assert [start for start, _ in rows(page)] == ["2026-10-31", "2027-01-30"]


def test_the_rule_that_was_not_looked_at_is_shown_first(dates: tuple[SelfCheckingClient, str]) -> None:
    siti, address = dates
    page = siti.submit(siti.visit(address), status=422, **SATURDAYS)
    assert len(rows(page)) == 9
    siti.submit(page)
    assert len(stored(siti)) == 9


def test_e_46_a_rule_changed_from_a_day_leaves_earlier_and_moved_dates(
    dates: tuple[SelfCheckingClient, str],
) -> None:
    """E-46."""
    siti, address = dates
    siti.submit(siti.submit(siti.visit(address), status=200, press="show", **SATURDAYS))
    before = stored(siti)
    page = siti.visit(address)
    number = [start for start, _ in rows(page)].index("2026-10-17")
    siti.submit(page, **{f"occurrences__{number}__start": "2026-10-20"})
    assert newest(siti.app, "pasar-malam", "event")["facts"]["exdates"] == ["2026-10-17"]
    changed = {"rule_start": "2026-10-04", "change_from": "2026-10-01"}
    siti.submit(siti.submit(siti.visit(address), status=200, press="show", **changed))
    now = stored(siti)
    assert [day for day in now if day < "2026-10"] == [day for day in before if day < "2026-10"]
    assert [day for day in now if day > "2026-10"] == [
        "2026-10-04", "2026-10-11", "2026-10-18", "2026-10-20", "2026-10-25"]  # fmt: skip


def test_two_editors_at_the_dates_choose(sign_in: SignIn) -> None:
    """The dates are one field: the second save shows both lists, nothing is lost."""
    siti, budi = sign_in(), sign_in("Budi")
    address = f"{make(siti.app, 'pasar-malam', of='event')}/dates"
    mine, theirs = siti.visit(address), budi.visit(address)
    budi.submit(theirs, occurrences__0__start="2026-12-05")
    page = siti.submit(mine, status=409, occurrences__0__start="2026-12-06")
    siti.submit(page, choose__occurrences="mine")
    assert stored(siti) == ["2026-12-06"]


def test_dates_typed_wait_when_they_are_not_saved(dates: tuple[SelfCheckingClient, str]) -> None:
    siti, address = dates
    page = siti.visit(address)
    form = page.form(address)
    data = [(e.get("name", ""), e.get("value", "")) for e in form.iter("input") if e.get("name")]
    data = [(n, "2026-12-05" if n == "occurrences-0-start" else v) for n, v in data]
    kept = siti.post("/admin/scratch", [*data, ("form", "event/pasar-malam/dates")])
    assert kept.status_code == 200, kept.text
    used = siti.visit(f"{address}?scratch=use")
    assert rows(used) == [("2026-12-05", True)]


def test_a_date_on_a_holiday_is_said_in_the_list_and_before_publication(sign_in: SignIn) -> None:
    """Editing 4.8 and the quality checks of 4.1: it warns, and does not block."""
    siti = sign_in()
    add_holiday(siti, day="2026-12-05", name_id="Hari Uji", name_en="Test Day")
    event = make(siti.app, "pesta", of="event", live=(), occurrences=[{"start": "2026-12-05"}, {"start": "2026-12-06"}])
    page = siti.visit(f"{event}/dates")
    said = [words_of(e) for e in page.one("main").iter() if e.get("data-check") == "holiday"]
    assert said == ["On a holiday: Test Day"]
    publish = siti.visit(f"{event}/publish")
    [warned] = [e for e in publish.one("main").iter("li") if e.get("data-check") == "date_holiday"]
    assert "5 December 2026 is a holiday: Test Day." in words_of(warned)
    assert next(warned.iter("a")).get("href") == f"{event}/dates#occurrences"
    siti.submit(publish)


@pytest.mark.parametrize(
    ("typed", "mark", "said"),
    [
        ("10 Muharram", "expected", "15 June 2027"),
        ("bulan purnama", "not-understood", "“bulan purnama” is not understood"),
    ],
)
def test_a_date_that_moves_is_read_back_or_not_understood(sign_in: SignIn, typed: str, mark: str, said: str) -> None:
    siti = sign_in()
    event = make(siti.app, "haul", of="event", live=(), moving_date=typed)
    page = siti.visit(f"{event}/dates")
    [told] = [words_of(e) for e in page.one("main").iter("p") if e.get("data-check") in ("expected", "not-understood")]
    assert said in told
    assert any(e.get("data-check") == mark for e in page.one("main").iter())
    warned = [e for e in siti.visit(f"{event}/publish").one("main").iter("li") if e.get("data-check") == "moving_date"]
    assert bool(warned) == (mark == "not-understood")


def test_a_copy_for_next_year_has_facts_and_words_and_no_dates(sign_in: SignIn) -> None:
    siti = sign_in()
    event = make(siti.app, "pesta", of="event", occurrences=[{"start": "2026-12-05"}], moving_date="10 Muharram")
    copied = siti.submit(siti.visit(event), f"{event}/copy")
    assert any(e.get("data-check") == "copied" for e in copied.one("main").iter())
    old, new = (
        newest(siti.app, "pesta", "event"),
        newest(siti.app, copied.path.split("?")[0].rpartition("/")[2], "event"),
    )
    cleared = {"occurrences": [], "rrule": "", "rule_start": "", "exdates": []}
    assert new["facts"] == {**old["facts"], **cleared}
    assert new["words"]["en"]["name"] == old["words"]["en"]["name"]
    assert new["words"]["en"]["slug"] != old["words"]["en"]["slug"]


def test_a_fault_of_a_date_leads_to_the_screen_of_dates(sign_in: SignIn) -> None:
    """From every page that names a fault: publication, an immediate deed."""
    siti = sign_in()
    event = make(siti.app, "pesta", of="event", live=(), occurrences=[{"start": "2026-12-05", "source": "nobody"}])
    publish = siti.visit(f"{event}/publish")
    [blocked] = [e for e in publish.one("main").iter("li") if e.get("data-check") == "row_source"]
    assert next(blocked.iter("a")).get("href") == f"{event}/dates#occurrences"
