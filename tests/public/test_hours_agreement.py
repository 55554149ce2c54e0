"""Page, structured data, API and export say the same hours of a place in every state (B1)."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from pesona import clock as site_clock
from pesona.clock import WIB
from pesona.db import begin_writing, db
from pesona.editing import schema
from pesona.editing.imports import export
from pesona.models.holiday import Holiday
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import SiteClock, close_site, make_site
from tests.hours.test_structured import spans, specs_of
from tests.ponds import WEEK, publish_pond

Spans = list[tuple[datetime, datetime]]
TODAY = date(2026, 11, 24)
BEGIN, END = (datetime.combine(TODAY + timedelta(days=n), time(), WIB) for n in (1, 28))
HOLIDAY = {"date": date(2026, 12, 10), "name_id": "Hari uji", "name_en": "Test day", "source": "Uji"}
SEASON = {"name_id": "Libur", "name_en": "Break", "start": "2026-12-01", "end": "2026-12-07", "week": "Mo-Su 10:00-14:00"}  # fmt: skip
DATE = {"start": "2026-12-03", "times": "09:00-12:00,13:00-15:00", "note_id": "Acara", "note_en": "Event"}
NIGHT = {**WEEK, "hours_week": "Mo-Th 08:00-16:00; Fr 08:00-11:30,14:00-16:00; Sa 20:00-02:00", "hours_last_entry": ""}
APPOINTMENT = {"by_appointment": True, "appointment_contact": "Bu Uji, 0800", "hours_source": "dinas"}

# Facts, the cell of a table, and days with what they are by hand; no days where the page lists none.
STATES: dict[str, tuple[dict[str, Any], str, dict[str, str]]] = {
    "belum": ({}, "", {}),
    "tidur": ({**WEEK, "hours_status": "unknown"}, "", {}),
    "pekan": (WEEK, WEEK["hours_week"], {"2026-11-27": "08:00-11:30 14:00-17:00", "2026-12-10": "08:00-17:00"}),
    "malam": (NIGHT, NIGHT["hours_week"], {"2026-11-28": "20:00-02:00", "2026-11-29": "", "2026-12-04": "08:00-11:30 14:00-16:00"}),
    "musim": ({**WEEK, "hours_seasons": [SEASON]}, WEEK["hours_week"], {"2026-12-04": "10:00-14:00", "2026-12-08": "08:00-17:00"}),
    "tanggal": ({**WEEK, "hours_seasons": [SEASON], "hours_dates": [DATE]}, WEEK["hours_week"], {"2026-12-02": "10:00-14:00", "2026-12-03": "09:00-12:00 13:00-15:00"}),
    "libur": ({**WEEK, "hours_holidays": "closed"}, WEEK["hours_week"], {"2026-12-09": "08:00-17:00", "2026-12-10": ""}),
    "satu-satu": ({**WEEK, "hours_holidays": "one_by_one", "hours_holiday_dates": [{"date": "2026-12-10", "times": "13:00-17:00"}]}, WEEK["hours_week"], {"2026-12-10": "13:00-17:00"}),
    "selalu": ({"hours_status": "always_open", "hours_source": "dinas"}, "24/7", {}),
    "tutup": ({**WEEK, "hours_status": "closed"}, "off", {}),
    "sementara": ({**WEEK, "hours_status": "closed_for_now"}, 'off "for now"', {}),
    "sampai": ({**WEEK, "hours_status": "closed_for_now", "closed_until": "2026-12-05"}, 'off "for now"', {}),
    "janji": (APPOINTMENT, "", {}),
    "janji-jam": ({**WEEK, **APPOINTMENT, "hours_week": "Sa,Su 09:00-12:00", "hours_last_entry": ""}, "Sa,Su 09:00-12:00", {"2026-11-28": "09:00-12:00"}),
}  # fmt: skip
SILENT = ("belum", "tidur", "tutup", "sementara", "janji")  # nothing tells hours of these


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A site with a place in each state and one holiday within four weeks."""
    app = make_site(tmp_path_factory.mktemp("hours"), SiteClock())
    with app.app_context():
        schema.init()
        begin_writing()
        db.session.add(Holiday(kind="national", status="decreed", **HOLIDAY))
        db.session.commit()
    for state, (facts, _, _) in STATES.items():
        publish_pond(app, f"kolam-{state}", **facts)
    yield app
    close_site(app)


@pytest.fixture
def reader(site: Flask) -> SelfCheckingClient:
    site_clock.set_clock(SiteClock())
    return SelfCheckingClient(site)


def page_of(client: SelfCheckingClient, state: str, locale: str) -> Page:
    section = "/id/destinasi" if locale == "id" else "/en/destinations"
    return client.visit(f"{section}/kolam-{state}-{locale}")


def joined(found: Spans) -> Spans:
    """Return *found* within the four weeks from tomorrow, those that meet made one."""
    whole: Spans = []
    for opens, closes in sorted((max(a, BEGIN), min(b, END)) for a, b in found):
        if opens < closes:
            if whole and opens <= whole[-1][1]:
                opens, closes = whole[-1][0], max(whole.pop()[1], closes)
            whole.append((opens, closes))
    return whole


def moments(pairs: list[list[str]]) -> Spans:
    return joined([(datetime.fromisoformat(one[0]), datetime.fromisoformat(one[1])) for one in pairs])


def of_api(client: SelfCheckingClient, state: str) -> Spans:
    told = client.get(f"/api/v1/destinations/kolam-{state}").get_json()["hours"]
    return moments([[one["opens"], one["closes"]] for one in told["intervals"]])


def of_structured_data(page: Page) -> Spans:
    block = next(block for block in page.jsonld() if "TouristAttraction" in block["@type"])
    days = [TODAY + timedelta(days=n) for n in range(28)]
    return joined([one for day in days for one in spans(specs_of(block, day), day)])


def rows_of(page: Page) -> list[Element]:
    return [row for row in page.one("main").iter("tr") if row.find("th/time") is not None]


def of_rows(page: Page) -> Spans:
    """Return what the table of the days ahead says in words."""
    found = []
    for row in rows_of(page):
        day = date.fromisoformat(row.find("th/time").get("datetime", ""))  # type: ignore[union-attr]
        times = [of_clock(*one) for one in re.findall(r"(\d+)[.:](\d\d)(?: (am|pm))?", words_of(row.find("td")))]
        for start, end in zip(times[::2], times[1::2], strict=True):
            midnight = datetime.combine(day, time(), WIB)
            found.append((midnight + start, midnight + (end if end > start else end + timedelta(days=1))))
    return joined(found)


def of_clock(hour: str, minute: str, half: str) -> timedelta:
    return timedelta(hours=int(hour) % 12 + 12 * (half == "pm") if half else int(hour), minutes=int(minute))


def of_browser(page: Page) -> Spans | None:
    """Return what a browser tells "open now" from, where it may."""
    told = next((p for p in page.all("p") if p.get("class") == "hours__now"), None)
    return None if told is None else moments(json.loads(told.get("data-coming", "")))


@pytest.mark.parametrize("locale", ["id", "en"])
@pytest.mark.parametrize("state", STATES)
def test_every_output_tells_the_same_intervals(reader: SelfCheckingClient, state: str, locale: str) -> None:
    page, (_, _, by_hand) = page_of(reader, state, locale), STATES[state]
    told = of_structured_data(page)
    assert told == of_api(reader, state)
    assert (told == []) == (state in SILENT)
    if by_hand:
        assert told == of_rows(page) == of_browser(page)
    else:
        assert (rows_of(page), of_browser(page)) == ([], None)
    for day, times in by_hand.items():
        begun = [one for one in told if one[0].date().isoformat() == day]
        assert " ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in begun) == times, day


def test_the_export_and_the_api_tell_the_same_week_and_status(site: Flask, reader: SelfCheckingClient) -> None:
    with site.app_context():
        file = export.content("destinations", "csv", export.rows("destinations"))
    cells = {row["code"]: row["opening_hours"] for row in csv.DictReader(io.StringIO(file.decode("utf-8-sig")))}
    for state, (facts, cell, _) in STATES.items():
        told = reader.get(f"/api/v1/destinations/kolam-{state}").get_json()["hours"]
        assert cells[f"kolam-{state}"] == cell, state
        assert told["status"] == facts.get("hours_status", "unknown"), state
        if told["status"] == "has_hours":
            assert told["opening_hours"] == cell, state


@pytest.mark.parametrize("locale", ["id", "en"])
def test_no_state_is_said_in_the_words_of_another(reader: SelfCheckingClient, locale: str) -> None:
    """Unknown is never closed, closed never unknown, and by appointment neither."""
    said = {"id": ("Tutup", "Selalu buka", "janji temu"), "en": ("Closed", "Always open", "appointment")}[locale]
    for state in STATES:
        answer = next(dd for dd in page_of(reader, state, locale).one("main").iter("dd") if any("hours__" in (e.get("class") or "") for e in dd.iter()))  # fmt: skip
        first = words_of(next(p for p in answer.iter("p")))
        expected = {"tutup": 0, "sementara": 0, "sampai": 0, "selalu": 1, "janji": 2}.get(state)
        told = [n for n, word in enumerate(said) if word.lower() in first.lower()]
        if state == "malam":  # its Sunday is closed
            told.remove(0)
        assert told == ([] if expected is None else [expected]) or (state, told) == ("janji-jam", [2]), (state, first)
