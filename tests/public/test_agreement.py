"""Page, list, search, JSON-LD, calendar, feed and API agree on every event: status, next date, times and place (B2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from icalendar import Calendar

from pesona.clock import WIB
from pesona.db import begin_writing, db
from pesona.editing import demo, schema
from pesona.models.event import STATUSES
from pesona.search import follow
from pesona.text import dates
from pesona.text.names import STATUSES as STATUS_NAMES
from tests.client import ORIGIN, Page, SelfCheckingClient, words_of
from tests.conftest import SiteClock, close_site, make_site
from tests.dated import new_event

NS = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}
TODAY = date(2026, 11, 24)
OFF = ("cancelled", "postponed")
SCHEMA = {"cancelled": "EventCancelled", "postponed": "EventPostponed", "rescheduled": "EventRescheduled"}
ICAL = {"cancelled": "CANCELLED", "postponed": "TENTATIVE", "expected": "TENTATIVE"}
FORMS: dict[str, dict[str, str]] = {
    "sehari": {"start": "2026-12-05"},
    "berjam": {"start": "2026-12-05", "start_time": "19:30", "end_time": "22:00"},
    "berhari": {"start": "2026-12-05", "end": "2026-12-07"},
    "hari-ini": {"start": "2026-11-22", "end": "2026-11-24"},
    "lewat": {"start": "2026-10-03"},
}
WORDS = {
    "rescheduled": {"previous_start": "2026-09-01"},
    "moved": {"venue_id": "Gedung Daerah", "venue_en": "Regency hall"},
}


@dataclass(frozen=True)
class Expected:
    """An event as it was typed, and its one date that everything must tell."""

    code: str
    status: str
    start: date
    end: date
    next: bool
    times: tuple[str, str] = ("", "")
    before: str = ""
    venue: tuple[str, str] = ("", "")  # in Indonesian and English, of this date alone

    def path(self, locale: str) -> str:
        return f"/id/acara/acara-{self.code}" if locale == "id" else f"/en/events/event-{self.code}"


def events() -> Iterator[tuple[Expected, list[dict[str, Any]]]]:
    """Yield every status in every form of date, and mixtures in which the nearest date is called off."""
    for status in STATUSES:
        for form, given in FORMS.items():
            start = date.fromisoformat(given["start"])
            end = date.fromisoformat(given.get("end", given["start"]))
            row = {**given, **WORDS.get(status, {}), "status": status, "note_id": "Alasan", "note_en": "Reason"}
            told = (row.get("start_time", ""), row.get("end_time", ""))
            place = (row.get("venue_id", ""), row.get("venue_en", ""))
            before = row.get("previous_start", "")
            yield Expected(f"{status}-{form}", status, start, end, end >= TODAY, told, before, place), [row]
        for off in OFF:
            rows = [{"start": "2026-12-01", "status": off}, {"start": "2026-12-08", "status": status}]
            told = (off, date(2026, 12, 1)) if status in OFF else (status, date(2026, 12, 8))
            yield Expected(f"{status}-sesudah-{off}", told[0], told[1], told[1], True), rows


EXPECTED = [one for one, _ in events()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo site with these events."""
    clock = SiteClock()
    app = make_site(tmp_path_factory.mktemp("agreement"), clock)
    with app.app_context():
        schema.init()
        begin_writing()
        for _ in demo.load():
            pass
        clock.move(minutes=1)  # they are what is newest, so the feed holds all of them
        for expected, rows in events():
            new_event(expected.code, rows)
        db.session.commit()
        follow.ensure()
    yield app
    close_site(app)


@pytest.fixture
def reader(site: Flask) -> SelfCheckingClient:
    from pesona import clock as site_clock

    site_clock.set_clock(SiteClock())
    return SelfCheckingClient(site)


def status_name(client: SelfCheckingClient, status: str, locale: str) -> str:
    with client.app.app_context():
        said: str = client.app.extensions["pesona.speakers"][locale].gettext(STATUS_NAMES[status])
    return said


def says_when_and_where(text: str, one: Expected, locale: str) -> None:
    """Expect *text* to tell the times, the former day and the place of this date alone, and none where there are none."""
    assert ("WIB" in text) == bool(one.times[0]), text
    if one.times[0]:
        assert dates.time_range(*one.times, locale) in text, text
    assert (dates.edtf("2026-09-01", locale) in text) == bool(one.before), text
    venue = one.venue[0 if locale == "id" else 1]
    for place in ("Gedung Daerah", "Regency hall"):
        assert (place in text) == (place == venue), text


def says(client: SelfCheckingClient, text: str, one: Expected, locale: str) -> None:
    """Expect *text* to tell the date, its times, its place, its status where there is one to tell, and no other status."""
    says_when_and_where(text, one, locale)
    assert dates.day_range(one.start, one.end, locale) in text or dates.day(one.start, locale) in text, text
    for status in STATUSES:
        told = status_name(client, status, locale) in text
        plain = status in ("planned", "held")
        assert told == (status == one.status and not plain) or plain, f"{status} in {text}"


def items_of(page: Page, path: str) -> list[Element]:
    """Return the lines of a list that lead to *path*."""
    return [li for li in page.one("main").iter("li") if any(a.get("href") == path for a in li.iter("a"))]


def every_page(client: SelfCheckingClient, path: str) -> Iterator[Page]:
    number = 1
    while True:
        page = client.visit(path if number == 1 else f"{path}{'&' if '?' in path else '?'}page={number}")
        yield page
        number += 1
        if not any(f"page={number}" in href for href in page.links()):
            return


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_page_tells_the_date_and_its_status(reader: SelfCheckingClient, locale: str) -> None:
    for one in EXPECTED:
        page = reader.visit(one.path(locale))
        lines = [li for li in page.one("main").iter("li") if any(t.get("datetime", "")[:10] == one.start.isoformat() for t in li.iter("time"))]  # fmt: skip
        assert len(lines) == 1, one.code
        text = words_of(lines[0])
        if one.status not in ("planned", "held"):
            assert status_name(reader, one.status, locale) in text, one.code
        assert dates.day(one.start, locale) in text or dates.day_range(one.start, one.end, locale) in text
        says_when_and_where(text, one, locale)
        moments = [t.get("datetime", "") for t in lines[0].iter("time")]
        assert (f"T{one.times[0]}:00+07:00" in moments[0]) == bool(one.times[0]), one.code


@pytest.mark.parametrize("locale", ["id", "en"])
def test_structured_data_tells_the_same(reader: SelfCheckingClient, locale: str) -> None:
    for one in EXPECTED:
        graph = [block for block in reader.visit(one.path(locale)).jsonld() if "startDate" in block]
        told = [block for block in graph if block["startDate"][:10] == one.start.isoformat()]
        assert len(told) == 1, one.code
        assert told[0]["eventStatus"] == f"https://schema.org/{SCHEMA.get(one.status, 'EventScheduled')}", one.code
        assert told[0].get("endDate", told[0]["startDate"])[:10] == one.end.isoformat()
        assert told[0]["url"] == ORIGIN + one.path(locale)
        start, end = (f"T{time}:00+07:00" if time else "" for time in one.times)
        assert told[0]["startDate"] == one.start.isoformat() + start, one.code
        assert told[0]["endDate"] == one.end.isoformat() + end, one.code
        assert told[0].get("previousStartDate", "") == one.before, one.code
        venue = one.venue[0 if locale == "id" else 1]
        assert told[0]["location"]["name"] == (venue or "Siak"), one.code
        assert ("offers" in told[0]) == (one.status == "full"), one.code


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_list_tells_the_same(reader: SelfCheckingClient, locale: str) -> None:
    section = "/id/acara" if locale == "id" else "/en/events"
    coming = list(every_page(reader, section))
    past = list(every_page(reader, f"{section}?when=past"))
    for one in EXPECTED:
        lines = [words_of(li) for page in (coming if one.next else past) for li in items_of(page, one.path(locale))]
        text = [line for line in lines if dates.day_range(one.start, one.end, locale) in line]
        assert len(text) == 1, f"{one.code}: {lines}"
        says(reader, text[0], one, locale)
        others = past if one.next else coming
        assert not [li for page in others for li in items_of(page, one.path(locale))], one.code


@pytest.mark.parametrize("locale", ["id", "en"])
def test_search_tells_the_same(reader: SelfCheckingClient, locale: str) -> None:
    section = "/id/cari" if locale == "id" else "/en/search"
    for one in EXPECTED:
        name = f"Acara {one.code}" if locale == "id" else f"Event {one.code}"
        found = (li for page in every_page(reader, f"{section}?q={name.replace(' ', '+')}") for li in items_of(page, one.path(locale)))  # fmt: skip
        line = next(found, None)
        assert line is not None, f"{name} is not found"
        (facts,) = (p for p in line.iter("p") if p.get("class") == "hit__facts")
        says(reader, words_of(facts), one, locale)


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_calendars_tell_the_same(reader: SelfCheckingClient, locale: str) -> None:
    feed = Calendar.from_ical(reader.get("/id/acara.ics" if locale == "id" else "/en/events.ics").data)
    coming = {str(event["UID"]): event for event in feed.walk("VEVENT")}
    for one in EXPECTED:
        file = Calendar.from_ical(reader.get(f"{one.path(locale)}.ics").data)
        told = [event for event in file.walk("VEVENT") if day_of(event["DTSTART"].dt) == one.start]
        assert len(told) == 1, one.code
        assert str(told[0]["STATUS"]) == ICAL.get(one.status, "CONFIRMED"), one.code
        assert ("DESCRIPTION" in told[0]) is True
        start, end = told[0]["DTSTART"].dt, told[0]["DTEND"].dt
        if one.times[0]:
            assert (f"{start:%H:%M}", f"{end:%H:%M}") == one.times, one.code
            assert start.tzinfo is not None
        else:
            assert not isinstance(start, datetime), one.code
        assert str(told[0]["LOCATION"]) == (one.venue[0 if locale == "id" else 1] or "Siak"), one.code
        if one.status not in ("planned", "held"):
            assert str(told[0]["DESCRIPTION"]).startswith(status_name(reader, one.status, locale)), one.code
        assert coming.get(str(told[0]["UID"])) == (told[0] if one.next else None), one.code


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_feed_tells_the_same(reader: SelfCheckingClient, locale: str) -> None:
    tree = ElementTree.fromstring(reader.get(f"/{locale}/feed.atom").data)
    entries = {entry.findtext("a:id", "", NS).rpartition("/")[2]: entry for entry in tree.findall("a:entry", NS)}
    for one in EXPECTED:
        entry = entries.get(one.code)
        assert (entry is not None) == one.next, one.code
        if entry is None:
            continue
        statuses = [c for c in entry.findall("a:category", NS) if c.get("scheme")]
        assert [c.get("term") for c in statuses] == [SCHEMA.get(one.status, "EventScheduled")], one.code
        assert statuses[0].get("label") == status_name(reader, one.status, locale)
        line = next(entry.iterfind(".//h:li", NS))
        moment = line.find("h:time", NS)
        assert moment is not None
        assert moment.get("datetime", "")[:10] == one.start.isoformat(), one.code
        assert moment.get("datetime", "")[10:] == (f"T{one.times[0]}:00+07:00" if one.times[0] else ""), one.code
        says(reader, words_of(line), one, locale)


def test_the_api_tells_the_same(reader: SelfCheckingClient) -> None:
    for one in EXPECTED:
        told = reader.get(f"/api/v1/events/{one.code}").json
        (row,) = (row for row in told["occurrences"] if row["start"][:10] == one.start.isoformat())
        assert (row["status"], row["end"][:10]) == (one.status, one.end.isoformat()), one.code
        assert (row["start_time"], row["end_time"]) == one.times, one.code
        assert (row["venue_id"], row["venue_en"], row["previous_start"]) == (*one.venue, one.before), one.code
        for locale, words in told["translations"].items():
            assert words["url"] == ORIGIN + one.path(locale)


def day_of(value: date) -> date:
    return value.astimezone(WIB).date() if isinstance(value, datetime) else value
