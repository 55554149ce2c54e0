"""Calendars that are subscribed to: RFC 5545, one truth in both languages, the same bytes for the same state."""

import re
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar, Event

from pesona.clock import WIB
from pesona.db import begin_writing, db
from pesona.editing import items
from tests.admin.test_home import make
from tests.client import ORIGIN, SelfCheckingClient
from tests.conftest import SiteClock
from tests.dated import ACTOR, SIAK, change_event, new_event, publish_event, withdraw_event, words

FEEDS = {"id": "/id/acara.ics", "en": "/en/events.ics"}
FILES = {"id": "/id/acara/acara-{}.ics", "en": "/en/events/event-{}.ics"}
PALACE = "istana-siak-sri-indrapura"


def calendar(client: SelfCheckingClient, path: str) -> Calendar:
    """Fetch *path* and read it, after the checks that hold for every calendar."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    lines = answer.data.split(b"\r\n")
    assert lines[-1] == b""
    for line in lines:
        assert b"\n" not in line, "a line that does not end with CRLF"
        assert len(line) <= 75, line
        line.decode()
    read = Calendar.from_ical(answer.data)
    assert (str(read["VERSION"]), bool(read["PRODID"])) == ("2.0", True)
    assert [str(zone["TZID"]) for zone in read.walk("VTIMEZONE")] == ["Asia/Jakarta"]
    assert str(read["SOURCE"]) == ORIGIN + path
    assert read["NAME"] == read["X-WR-CALNAME"]
    assert read["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    uids = [str(event["UID"]) for event in read.walk("VEVENT")]
    assert len(uids) == len(set(uids))
    return read


def dates_of(client: SelfCheckingClient, path: str) -> dict[str, Event]:
    return {str(event["UID"]): event for event in calendar(client, path).walk("VEVENT")}


def only_date(client: SelfCheckingClient, path: str) -> Event:
    (event,) = dates_of(client, path).values()
    return event


def saturdays(first: str, last: str) -> list[dict[str, Any]]:
    day, until = date.fromisoformat(first), date.fromisoformat(last)
    found = []
    while day <= until:
        found.append({"start": day.isoformat(), "by_rule": True})
        day += timedelta(days=7)
    return found


def test_a_file_without_events_keeps_its_time_zone(reader: SelfCheckingClient) -> None:
    for path in FEEDS.values():
        assert dates_of(reader, path) == {}, "all dates that the demo content knows are past"


def test_every_event_that_is_known_has_a_file_in_both_languages(reader: SelfCheckingClient) -> None:
    for item in reader.get("/api/v1/events?limit=200").json["results"]:
        told = {
            locale: dates_of(reader, said["url"].removeprefix(ORIGIN) + ".ics")
            for locale, said in item["translations"].items()
        }
        assert set(told["id"]) == set(told["en"]), item["code"]
        starts = sorted(event["DTSTART"].dt.isoformat() for event in told["en"].values())
        assert starts == sorted(one["start"] for one in item["occurrences"])
        for locale, events in told.items():
            said = item["translations"][locale]
            assert {str(event["URL"]) for event in events.values()} <= {said["url"]}
            assert {event["SUMMARY"].params["LANGUAGE"] for event in events.values()} <= {locale}


def test_the_times_of_a_date(client: SelfCheckingClient) -> None:
    publish_event(client.app, "waktu", [
        {"start": "2026-12-01"},
        {"start": "2026-12-05", "end": "2026-12-07"},
        {"start": "2026-12-10", "start_time": "19:30", "end_time": "22:00"},
        {"start": "2026-12-12", "end": "2026-12-13", "start_time": "20:00", "end_time": "01:00"},
        {"start": "2026-12-20", "start_time": "08:00"},
        {"start": "2026-12-22", "end": "2026-12-23", "start_time": "08:00"},
    ])  # fmt: skip
    told = sorted(dates_of(client, FEEDS["id"]).values(), key=lambda event: str(event["UID"]))
    assert [(e["DTSTART"].dt, e["DTEND"].dt if "DTEND" in e else None) for e in told] == [
        (date(2026, 12, 1), date(2026, 12, 2)),
        (date(2026, 12, 5), date(2026, 12, 8)),
        (datetime(2026, 12, 10, 19, 30, tzinfo=WIB), datetime(2026, 12, 10, 22, tzinfo=WIB)),
        (datetime(2026, 12, 12, 20, tzinfo=WIB), datetime(2026, 12, 13, 1, tzinfo=WIB)),
        (datetime(2026, 12, 20, 8, tzinfo=WIB), None),
        (datetime(2026, 12, 22, 8, tzinfo=WIB), datetime(2026, 12, 24, tzinfo=WIB)),
    ]
    for event in told:
        timed = isinstance(event["DTSTART"].dt, datetime)
        given = event["DTSTART"].params
        assert given.get("TZID") == ("Asia/Jakarta" if timed else None)
        assert given.get("VALUE") == (None if timed else "DATE")


@pytest.mark.parametrize("locale", ["id", "en"])
def test_what_is_told_of_a_date(client: SelfCheckingClient, locale: str) -> None:
    notes = {"note_id": "Hujan lebat", "note_en": "Heavy rain"}
    venues = {"venue_id": "Gedung Daerah", "venue_en": "Regency hall"}
    publish_event(client.app, "tempat", [
        {"start": "2026-12-01", "status": "postponed", **notes},
        {"start": "2026-12-02", "status": "moved", **venues},
    ], destination=PALACE)  # fmt: skip
    postponed, moved = dates_of(client, FEEDS[locale]).values()
    place = client.get(f"/api/v1/destinations/{PALACE}").json
    word = {"id": "Ditunda", "en": "Postponed"}[locale]
    assert str(postponed["SUMMARY"]).startswith(word)
    assert str(postponed["DESCRIPTION"]).startswith(word)
    assert notes[f"note_{locale}"] in postponed["DESCRIPTION"]
    assert str(postponed["STATUS"]) == "TENTATIVE"
    assert str(postponed["LOCATION"]) == place["translations"][locale]["name"]
    assert postponed["GEO"].latitude == place["point"]["latitude"]
    assert str(moved["LOCATION"]) == venues[f"venue_{locale}"]
    assert "GEO" not in moved, "the point of the palace is not that of the hall"
    assert moved["CATEGORIES"].to_ical().decode() == {"id": "Budaya", "en": "Culture"}[locale]
    assert str(moved["URL"]) == ORIGIN + FILES[locale].format("tempat").removesuffix(".ics")


def test_a_coarse_point_is_not_told(client: SelfCheckingClient) -> None:
    publish_event(client.app, "zamrud", [{"start": "2026-12-01"}], destination="taman-nasional-zamrud")
    event = only_date(client, FEEDS["en"])
    assert "GEO" not in event
    assert "Zamrud" in event["LOCATION"]


def test_cancelling_one_date_names_it_alone(client: SelfCheckingClient, clock: SiteClock) -> None:
    """E-47, the calendar's part."""
    days = saturdays("2026-12-05", "2026-12-26")
    publish_event(client.app, "batal", days)
    for locale, path in FEEDS.items():
        before = dates_of(client, path)
        assert {str(event["STATUS"]) for event in before.values()} == {"CONFIRMED"}
        etag = client.get(path).headers["ETag"]
        if locale == "id":
            kept = before
    clock.move(minutes=1)
    change_event(client.app, "batal", occurrences=[*days[:1], {**days[1], "status": "cancelled"}, *days[2:]])
    for locale, path in FEEDS.items():
        after = dates_of(client, path)
        assert set(after) == set(kept), "every date keeps its UID"
        cancelled = [uid for uid, event in after.items() if str(event["STATUS"]) == "CANCELLED"]
        assert cancelled == ["batal-20261212@pesona-siak"]
        for uid, event in after.items():
            assert event["SEQUENCE"] > kept[uid]["SEQUENCE"]
            assert event["LAST-MODIFIED"].dt > kept[uid]["LAST-MODIFIED"].dt
            assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 200
        assert str(dates_of(client, FILES[locale].format("batal"))[cancelled[0]]["STATUS"]) == "CANCELLED"
        assert client.get(FILES[locale].format("batal").removesuffix(".ics")).status_code == 200


def test_stored_dates_are_the_dates_of_the_calendar(client: SelfCheckingClient, clock: SiteClock) -> None:
    """E-44, "= ICS": nine Saturdays of 2026, one unticked, a Sunday added."""
    clock.moment = datetime(2026, 9, 1, 8, tzinfo=WIB)
    days = saturdays("2026-09-05", "2026-10-31")
    assert len(days) == 9
    stored = [day for day in days if day["start"] != "2026-10-03"] + [{"start": "2026-10-11"}]
    rule = {"rrule": "FREQ=WEEKLY;BYDAY=SA;UNTIL=20261031", "rule_start": "2026-09-05", "exdates": ["2026-10-03"]}
    publish_event(client.app, "pekan", stored, **rule)
    for locale in FEEDS:
        for path in (FEEDS[locale], FILES[locale].format("pekan")):
            told = sorted(event["DTSTART"].dt.isoformat() for event in dates_of(client, path).values())
            assert told == sorted(day["start"] for day in stored)
            assert b"RRULE" not in client.get(path).data, "the list of dates is the truth"


def test_an_independent_expansion_gives_our_dates_for_five_years(client: SelfCheckingClient) -> None:
    """B2: what an iCalendar reader makes of the file is what is stored, day by day, for five years."""
    random = Random(1889)
    stored, day = [], date(2026, 11, 24)
    while day < date(2031, 11, 24):
        timed = random.random() < 0.5
        end = day + timedelta(days=random.choice((0, 0, 0, 1, 2)))
        times = {"start_time": "08:00", "end_time": "17:00"} if timed else {}
        stored.append({"start": day.isoformat(), "end": end.isoformat(), **times})
        day = end + timedelta(days=random.randint(1, 40))
    for start in range(0, len(stored), 100):
        publish_event(client.app, f"rutin-{start}", stored[start : start + 100])
    read = calendar(client, FEEDS["en"])
    expanded = sorted(day for event in read.walk("VEVENT") for day in _days(event))
    ours = sorted(
        date.fromisoformat(row["start"]) + timedelta(days=n)
        for row in stored
        for n in range((date.fromisoformat(row["end"]) - date.fromisoformat(row["start"])).days + 1)
    )
    assert expanded == ours


def _days(event: Event) -> list[date]:
    """Return the days of a VEVENT as RFC 5545 reads it: no rule, an end that is not included."""
    assert not {"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"} & set(event)
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    if isinstance(start, datetime):
        start, end = start.date(), (end - timedelta(seconds=1)).date() + timedelta(days=1)
    return [start + timedelta(days=n) for n in range((end - start).days)]


def test_a_moved_date_keeps_its_name(client: SelfCheckingClient) -> None:
    publish_event(client.app, "pindah", [{"start": "2026-12-05"}])
    before = only_date(client, FEEDS["id"])
    moved = {"start": "2026-12-12", "status": "rescheduled", "previous_start": "2026-12-05"}
    change_event(client.app, "pindah", occurrences=[moved, {"start": "2026-12-19"}])
    for path in FEEDS.values():
        after = dates_of(client, path)
        assert set(after) == {str(before["UID"]), "pindah-20261219@pesona-siak"}
        event = after[str(before["UID"])]
        assert event["DTSTART"].dt == date(2026, 12, 12)
        assert event["SEQUENCE"] > before["SEQUENCE"]
        assert str(event["STATUS"]) == "CONFIRMED"


def test_two_dates_of_one_day_have_two_names(client: SelfCheckingClient) -> None:
    morning, evening = ({"start": "2026-12-05", "start_time": at} for at in ("08:00", "19:00"))
    publish_event(client.app, "ganda", [evening, morning])
    told = {uid: event["DTSTART"].dt.hour for uid, event in dates_of(client, FEEDS["id"]).items()}
    assert told == {"ganda-20261205@pesona-siak": 8, "ganda-20261205-2@pesona-siak": 19}
    moved = {**evening, "start": "2026-12-06", "status": "rescheduled", "previous_start": "2026-12-05"}
    change_event(client.app, "ganda", occurrences=[morning, moved])
    after = {uid: event["DTSTART"].dt.day for uid, event in dates_of(client, FEEDS["id"]).items()}
    assert after == {"ganda-20261205@pesona-siak": 5, "ganda-20261205-2@pesona-siak": 6}


def test_words_that_change_leave_the_sequence_and_stamp_the_date(client: SelfCheckingClient, clock: SiteClock) -> None:
    publish_event(client.app, "kata", [{"start": "2026-12-05"}])
    first = only_date(client, FEEDS["en"])
    clock.move(hours=1)
    change_event(client.app, "kata", usual_months=[12])
    second = only_date(client, FEEDS["en"])
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert (second["DTSTAMP"].dt - first["DTSTAMP"].dt) == timedelta(hours=1)


def test_the_same_state_gives_the_same_bytes_and_304(client: SelfCheckingClient, clock: SiteClock) -> None:
    publish_event(client.app, "tetap", [{"start": "2026-12-05"}])
    for path in (*FEEDS.values(), FILES["id"].format("tetap"), f"{FEEDS['en']}?category=culture"):
        first = client.get(path)
        clock.move(minutes=10)
        again = client.get(path)
        assert again.data == first.data
        assert again.headers["ETag"] == first.headers["ETag"]
        answer = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (answer.status_code, answer.data) == (304, b"")
        # Rendered anew, not taken from the cache: an unknown parameter is never kept.
        assert client.get(f"{path}{'&' if '?' in path else '?'}x=1").data == first.data
    clock.move(days=20)
    assert dates_of(client, FEEDS["id"]) == {}, "what is over leaves the feed"
    assert len(dates_of(client, FILES["id"].format("tetap"))) == 1, "and stays in its own file"


def test_a_calendar_is_narrowed_as_the_list_is(client: SelfCheckingClient) -> None:
    publish_event(client.app, "budaya", [{"start": "2026-12-05"}])
    publish_event(client.app, "lomba", [{"start": "2026-12-06"}], category="sport", district="14.08.06")
    for locale, path in FEEDS.items():
        assert [uid[:6] for uid in dates_of(client, path)] == ["budaya", "lomba-"]
        assert [uid[:6] for uid in dates_of(client, f"{path}?category=sport")] == ["lomba-"]
        assert [uid[:6] for uid in dates_of(client, f"{path}?district={SIAK}")] == ["budaya"]
        assert dates_of(client, f"{path}?category=sport&district={SIAK}") == {}
        assert client.get(f"{path}?category=sprot").status_code == 404
        assert client.get(f"{path}?district=99").status_code == 404
        name = str(calendar(client, f"{path}?category=sport")["NAME"])
        assert name.endswith({"id": "Olahraga", "en": "Sport"}[locale])


def test_long_text_in_any_script_is_folded_between_letters(client: SelfCheckingClient) -> None:
    name = "Petang Megang; نڬري سياق, 🏮🎆 dan Pawai Obor " * 4
    said = words("huruf", name=name.strip()[:190], summary="سياق سري ايندراڤورا، 🏮 " * 12, venue="Tepian; a, b\\c 🎆")
    publish_event(client.app, "huruf", [{"start": "2026-12-05", "note_id": "baris\nkedua"}], words=said)
    for locale, path in FEEDS.items():
        event = only_date(client, path)
        assert str(event["SUMMARY"]) == said[locale]["name"]
        assert said[locale]["summary"].strip() in event["DESCRIPTION"]
        assert str(event["LOCATION"]) == said[locale]["venue"]


def test_a_draft_is_in_no_calendar_and_a_withdrawn_event_leaves_at_once(client: SelfCheckingClient) -> None:
    with client.app.app_context():
        begin_writing()
        given = {
            "facts": {"category": "culture", "occurrences": [{"start": "2026-12-05"}]},
            "words": words("rancangan"),
        }
        items.create("event", "rancangan", given, ACTOR)
        db.session.commit()
    publish_event(client.app, "lepas", [{"start": "2026-12-05"}])
    assert [uid[:5] for uid in dates_of(client, FEEDS["id"])] == ["lepas"]
    assert client.get(FILES["id"].format("rancangan")).status_code == 404
    withdraw_event(client.app, "lepas", "en")
    assert dates_of(client, FEEDS["en"]) == {}, "a page shown in the other language is in no calendar"
    assert len(dates_of(client, FEEDS["id"])) == 1
    answer = client.get("/en/events/acara-lepas.ics")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/id/acara/acara-lepas.ics")
    withdraw_event(client.app, "lepas", "id")
    assert dates_of(client, FEEDS["id"]) == {}
    assert client.get(FILES["id"].format("lepas")).status_code == 404


def test_an_old_address_leads_to_the_calendar_in_one_hop(client: SelfCheckingClient) -> None:
    publish_event(client.app, "lama", [{"start": "2026-12-05"}])
    answer = client.get("/en/events/acara-lama.ics")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/events/event-lama.ics")


@pytest.mark.parametrize(("locale", "path"), [("id", "/id/acara"), ("en", "/en/events")])
def test_calendars_are_found_from_the_pages(client: SelfCheckingClient, locale: str, path: str) -> None:
    publish_event(client.app, "cari", [{"start": "2026-12-05"}])
    pages = {path: path, f"{path}?category=culture": f"{path}.ics?category=culture", f"{path}?when=past": path}
    detail = FILES[locale].format("cari").removesuffix(".ics")
    pages[detail] = detail
    for at, file in pages.items():
        page, file = client.visit(at), file if ".ics" in file else f"{file}.ics"
        feeds = {link.get("type"): link for link in page.all("link", rel="alternate") if link.get("type")}
        assert feeds["text/calendar"].get("href") == file
        assert feeds["text/calendar"].get("title")
        assert feeds["application/atom+xml"].get("href") == f"/{locale}/feed.atom"
        calendar(client, file)
        if "past" not in at:
            assert [href for href in page.links() if href.endswith(file)] == [file, f"webcal{ORIGIN[4:]}{file}"]


def test_a_list_without_dates_offers_to_subscribe_and_no_empty_file(client: SelfCheckingClient) -> None:
    page = client.visit("/en/events")
    assert [href for href in page.links() if ".ics" in href] == [f"webcal{ORIGIN[4:]}/en/events.ics"]


def test_an_event_that_nobody_can_go_to_is_not_offered(client: SelfCheckingClient) -> None:
    publish_event(client.app, "tiada", [{"start": "2026-12-05", "status": "cancelled"}])
    page = client.visit("/en/events/event-tiada")
    assert not [href for href in page.links() if ".ics" in href]
    assert str(only_date(client, FILES["en"].format("tiada"))["STATUS"]) == "CANCELLED"


def test_a_thousand_events_cost_as_many_statements_as_one(client: SelfCheckingClient, statements: list[str]) -> None:
    def cost(path: str) -> int:
        client.get("/en/nothing-but-a-warm-catalogue")
        statements.clear()
        client.get(f"{path}?x=1")
        # The content version is asked for by the clock, every 100 ms.
        return len([one for one in statements if "content_version" not in one])

    publish_event(client.app, "satu", [{"start": "2026-12-05"}])
    few = [cost(path) for path in (*FEEDS.values(), "/en/feed.atom")]
    with client.app.app_context():
        begin_writing()
        for number in range(1000):
            day = date(2026, 12, 1) + timedelta(days=number)
            new_event(f"uji-{number}", [{"start": day.isoformat()}])
        db.session.commit()
    assert [cost(path) for path in (*FEEDS.values(), "/en/feed.atom")] == few
    assert len(dates_of(client, FEEDS["id"])) == 1001
    assert len(re.findall(b"<entry>", client.get("/en/feed.atom").data)) == 50


def test_an_event_without_a_venue_is_at_its_destination_in_calendar_and_structured_data(
    app: Flask, client: SelfCheckingClient
) -> None:
    make(app, "pesta", of="event", destination=PALACE, occurrences=[{"start": "2026-12-12"}])
    for path, name in (
        ("/id/acara/pesta-id", "Istana Siak Sri Indrapura"),
        ("/en/events/pesta-en", "Siak Sri Indrapura Palace"),
    ):
        told = [block for block in client.visit(path).jsonld() if "location" in block]
        assert [block["location"]["name"] for block in told] == [name]
        assert f"LOCATION:{name}" in client.get(f"{path}.ics").text
