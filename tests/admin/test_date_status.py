"""What became of a date is said at once on the site: label, structured data, lists; the open draft stays a draft."""

from collections.abc import Callable
from typing import Any

import pytest
from icalendar import Calendar

from tests.admin.desk import newest
from tests.admin.test_home import make, rows
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import SiteClock

SignIn = Callable[..., SelfCheckingClient]
PAGE = "/en/events/pesta-en"
DATES = [
    {"start": "2026-12-05", "end": "2026-12-06"},
    {"start": "2026-12-12", "end": "2026-12-12", "start_time": "19:30", "end_time": "22:00"},
    {"start": "2026-12-19", "end": "2026-12-19", "status": "expected"},
]


@pytest.fixture
def event(sign_in: SignIn) -> tuple[SelfCheckingClient, str]:
    siti = sign_in()
    return siti, make(siti.app, "pesta", of="event", occurrences=DATES)


def events(page: Page) -> list[dict[str, Any]]:
    return [block for block in page.jsonld() if "startDate" in block]


def calendar(siti: SelfCheckingClient) -> dict[str, Any]:
    """Return the dates of the event's own calendar by their names."""
    return {str(one["UID"]): one for one in Calendar.from_ical(siti.get(f"{PAGE}.ics").data).walk("VEVENT")}


def labels(page: Page) -> list[str]:
    """Return the status beside each date of the page, empty where it has none."""
    [shown, *_] = page.all("ul", class_="dates")
    found = []
    for line in shown.iter("li"):
        words = [words_of(e) for e in line.iter("strong")]
        found.append(words[0] if words else "")
    return found


def say(siti: SelfCheckingClient, event: str, word: str, which: str = "2026-12-12T19:30", **more: Any) -> Page:
    given = {"which": which, "reason_id": "Kabut asap", **more}
    page = siti.submit(siti.visit(f"{event}/status/{word}"), f"{event}/status/{word}", **given)
    assert any(e.get("data-check") == "date_said" for e in page.one("main").iter())
    return siti.visit(PAGE)


def test_e_47_one_date_is_cancelled(event: tuple[SelfCheckingClient, str]) -> None:
    """E-47: the label is on that date only; the address stays."""
    siti, address = event
    before = calendar(siti)
    page = say(siti, address, "cancelled", reason_en="Haze")
    after = calendar(siti)
    assert list(after) == list(before), "the names of the dates stay"
    assert [str(one["STATUS"]) for one in after.values()] == ["CONFIRMED", "CANCELLED", "TENTATIVE"]
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in before)
    assert labels(page) == ["", "Cancelled", "Expected"]
    assert "Haze" in page.text
    status = [block["eventStatus"].rpartition("/")[2] for block in events(page)]
    assert status == ["EventScheduled", "EventCancelled", "EventScheduled"]
    assert [block["startDate"] for block in events(page)] == [
        "2026-12-05", "2026-12-12T19:30:00+07:00", "2026-12-19"]  # fmt: skip
    assert events(page)[1]["endDate"] == "2026-12-12T22:00:00+07:00"
    api = siti.get("/api/v1/events/pesta").json
    assert [one["status"] for one in api["occurrences"]] == ["planned", "cancelled", "expected"]


def test_a_date_is_moved_and_remembers_its_former_day(event: tuple[SelfCheckingClient, str]) -> None:
    siti, address = event
    page = say(siti, address, "rescheduled", start="2026-12-26", start_time="20.00")
    [_, _, moved] = events(page)
    assert moved["startDate"] == "2026-12-26T20:00:00+07:00"
    assert moved["previousStartDate"] == "2026-12-12"
    assert moved["eventStatus"].endswith("/EventRescheduled")
    assert "Before: 12 December 2026" in page.text


def test_another_place_and_full(event: tuple[SelfCheckingClient, str]) -> None:
    siti, address = event
    page = say(siti, address, "moved", venue_id="Gedung uji", venue_en="Test hall")
    assert events(page)[1]["location"]["name"] == "Test hall"
    assert events(page)[0]["location"]["name"] != "Test hall"
    page = say(siti, address, "full", which="2026-12-05")
    assert events(page)[0]["offers"]["availability"].endswith("/SoldOut")
    assert events(page)[0]["eventStatus"].endswith("/EventScheduled")


def test_a_decree_confirms_an_expected_date_on_another_day(event: tuple[SelfCheckingClient, str]) -> None:
    siti, address = event
    page = say(siti, address, "planned", which="2026-12-19", start="2026-12-20")
    assert events(page)[2]["startDate"] == "2026-12-20"
    assert "previousStartDate" not in events(page)[2]
    assert labels(page)[2] == ""


def test_the_whole_event_and_what_took_place(event: tuple[SelfCheckingClient, str], clock: SiteClock) -> None:
    siti, address = event
    page = say(siti, address, "cancelled", which="all")
    assert {block["eventStatus"].rpartition("/")[2] for block in events(page)} == {"EventCancelled"}
    page = siti.submit(siti.visit(f"{address}/status/held"), status=422, which="all", reason_id="-")
    assert any(e.get("id") == "which" for e in page.all("select")), "none has begun"


def test_a_date_that_moves_twice_keeps_its_name_in_calendars_and_its_first_day(
    event: tuple[SelfCheckingClient, str],
) -> None:
    siti, address = event
    before = set(calendar(siti))
    say(siti, address, "rescheduled", start="2026-12-26", start_time="19.30")
    say(siti, address, "rescheduled", which="2026-12-26T19:30", start="2026-12-29", start_time="19.30")
    assert set(calendar(siti)) == before
    say(siti, address, "postponed", which="2026-12-29T19:30")
    say(siti, address, "planned", which="2026-12-29T19:30", start="2026-12-30")
    assert set(calendar(siti)) == before


def test_e_48_postponed_without_a_date(event: tuple[SelfCheckingClient, str]) -> None:
    """E-48: the page says that no date is set, and Home wants one."""
    siti, address = event
    assert "postponed" not in rows(siti)
    page = say(siti, address, "postponed", which="all")
    assert {block["eventStatus"].rpartition("/")[2] for block in events(page)} == {"EventPostponed"}
    assert labels(page) == ["Postponed, no new date yet"] * 3
    assert rows(siti)["postponed"] == 1
    say(siti, address, "rescheduled", which="2026-12-05", start="2027-01-09")
    assert "postponed" not in rows(siti)


def test_dates_until_further_notice_are_confirmed_each_half_year(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    event = make(siti.app, "pasar", of="event")
    rule = {"rule_start": "2026-12-05", "repeat": "month_day", "ends": "open", "rule_source": "uji"}
    siti.submit(siti.submit(siti.visit(f"{event}/dates"), status=200, press="show", **rule))
    siti.submit(siti.visit(f"{event}/publish"))
    assert "endless" not in rows(siti)
    clock.move(days=200)
    siti = sign_in("Budi")
    assert rows(siti)["endless"] == 1
    siti.submit(siti.submit(siti.visit(f"{event}/dates"), status=200, press="show"))
    siti.submit(siti.visit(f"{event}/publish"))
    assert "endless" not in rows(siti)


def test_an_open_draft_stays_a_draft_and_hears_of_it(event: tuple[SelfCheckingClient, str]) -> None:
    """Readers see the label, and nothing else of the draft; the dates of the draft stay, that one with its label."""
    siti, address = event
    siti.submit(siti.visit(f"{address}/words/en"), summary="A draft that waits.")
    siti.submit(siti.visit(f"{address}/dates"), occurrences__3__start="2026-12-31", occurrences__3__source="uji")
    page = say(siti, address, "cancelled")
    assert "A draft that waits." not in page.text
    assert len(events(page)) == 3
    draft = newest(siti.app, "pesta", "event")
    assert draft["words"]["en"]["summary"] == "A draft that waits."
    assert [(d["start"], d["status"]) for d in draft["facts"]["occurrences"]] == [
        ("2026-12-05", "planned"), ("2026-12-12", "cancelled"), ("2026-12-19", "expected"), ("2026-12-31", "planned"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "typed", "field"),
    [
        ("cancelled", {"reason_id": ""}, "reason_id"),
        ("rescheduled", {"start": ""}, "start"),
        ("rescheduled", {"start": "2027-02-30"}, "start"),
        ("rescheduled", {"start": "2026-12-12"}, "start"),
        ("rescheduled", {"start": "2026-12-26", "end": "2026-12-25"}, "end"),
        ("rescheduled", {"start": "2026-12-26", "start_time": "25.00"}, "start_time"),
        ("moved", {"venue_id": ""}, "venue_id"),
        ("planned", {"which": "all", "start": "2026-12-26"}, "which"),
        ("cancelled", {"which": ""}, "which"),
        ("moved", {"which": "", "venue_id": "Gedung"}, "which"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    event: tuple[SelfCheckingClient, str], word: str, typed: dict[str, str], field: str
) -> None:
    siti, address = event
    before = siti.get(PAGE).data
    given = {"which": "2026-12-12T19:30", "reason_id": "Kabut asap", **typed}
    page = siti.submit(siti.visit(f"{address}/status/{word}"), f"{address}/status/{word}", status=422, **given)
    [wrong] = [e for e in page.one("main").iter() if e.get("aria-invalid") == "true"]
    assert wrong.get("id") == field
    assert siti.get(PAGE).data == before


def test_a_contributor_does_not_say_it_and_a_stale_page_is_told(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    address = make(siti.app, "pesta", of="event", occurrences=DATES)
    page = siti.visit(f"{address}/status/cancelled")
    say(budi, address, "full")
    siti.submit(page, status=409, which="2026-12-05", reason_id="Kabut asap")
    rini = sign_in("Rini", role="contributor")
    assert rini.get(f"{address}/status/cancelled").status_code == 403
    assert labels(siti.visit(PAGE)) == ["", "Full", "Expected"]
