"""Opening hours on the page of a place, in its structured data and in the API."""

import json
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from pesona.editing import content_check
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import SiteClock
from tests.notices import SIAK, publish_notice
from tests.ponds import API, PATHS, WEEK, change_pond, publish_pond

SPECS = ("openingHoursSpecification", "specialOpeningHoursSpecification")


def answer(page: Page) -> Element:
    """Return what the page answers to when the place is open."""
    return next(e for e in page.one("main").iter("dd") if any("hours__" in (c.get("class") or "") for c in e.iter()))


def now(page: Page) -> Element | None:
    """Return the hidden paragraph that a browser fills with "open now", where there is one."""
    return next((p for p in page.all("p") if p.get("class") == "hours__now"), None)


def place(page: Page) -> dict[str, Any]:
    return next(block for block in page.jsonld() if "TouristAttraction" in block["@type"])


@pytest.mark.parametrize("locale", PATHS)
def test_the_page_says_the_week_the_source_and_four_weeks_of_days(
    app: Flask, client: SelfCheckingClient, locale: str
) -> None:
    publish_pond(app, **WEEK)
    page = client.visit(PATHS[locale])
    said = words_of(answer(page))
    assert "Dinas Uji" in said
    if locale == "id":
        assert said.startswith("Senin–Kamis, Sabtu, Minggu 08.00–17.00 WIB; Jumat 08.00–11.30 dan 14.00–17.00 WIB")
        assert "Masuk terakhir 16.30 WIB" in said
    else:
        assert "Friday 8:00 am–11:30 am and 2:00 pm–5:00 pm WIB" in said
        assert "Last entry 4:30 pm WIB" in said
        assert "checked on 20 November 2026" in said
    rows = [row for row in answer(page).iter("tr") if row.find("td") is not None]
    assert len(rows) == 28
    assert [row.find("th/time").get("datetime") for row in rows][::27] == ["2026-11-24", "2026-12-21"]  # type: ignore[union-attr]


def test_without_javascript_nothing_speaks_of_now(app: Flask, client: SelfCheckingClient) -> None:
    publish_pond(app, **WEEK)
    found = now(client.visit(PATHS["en"]))
    assert found is not None
    assert found.get("hidden") is not None
    assert not words_of(found)
    coming = json.loads(found.get("data-coming") or "")
    assert coming[0] == ["2026-11-24T08:00+07:00", "2026-11-24T17:00+07:00", "2026-11-24T16:30+07:00"]
    assert found.get("data-until") == "2026-12-22T00:00+07:00"


def test_the_page_of_the_next_day_tells_its_days(app: Flask, client: SelfCheckingClient, clock: SiteClock) -> None:
    publish_pond(app, **WEEK)
    client.visit(PATHS["en"])
    clock.move(hours=14)
    found = now(client.visit(PATHS["en"]))
    assert found is not None
    assert json.loads(found.get("data-coming") or "")[0][0] == "2026-11-25T08:00+07:00"


def test_hours_then_unknown_then_back(app: Flask, client: SelfCheckingClient) -> None:
    """E-42: unknown is said as unknown and told to no machine; the rows return when the status is set back."""
    publish_pond(app, **WEEK)
    assert place(client.visit(PATHS["en"]))["openingHoursSpecification"]
    change_pond(app, hours_status="unknown")
    page = client.visit(PATHS["en"])
    assert words_of(answer(page)) == "Not yet confirmed by the office"
    assert now(page) is None
    assert not place(page).keys() & set(SPECS)
    told = client.get(API).get_json()["hours"]
    assert (told["status"], told["known"], told["intervals"]) == ("unknown", False, [])
    change_pond(app, hours_status="has_hours")
    page = client.visit(PATHS["en"])
    assert "Friday 8:00 am–11:30 am and 2:00 pm–5:00 pm WIB" in words_of(answer(page))
    assert len(place(page)["openingHoursSpecification"]) == 3


@pytest.mark.parametrize(
    "facts",
    [{"hours_source": "dinas"}, {**WEEK, "hours_week": "Sa,Su 09:00-12:00", "hours_last_entry": ""}],
    ids=["without", "with hours"],
)
def test_by_appointment_is_never_shown_as_closed(app: Flask, client: SelfCheckingClient, facts: dict[str, Any]) -> None:
    """E-43: with hours and without."""
    publish_pond(app, **facts, by_appointment=True, appointment_contact="Bu Uji, 0800")
    for locale, shut, word in (("id", "tutup", "janji temu"), ("en", "closed", "appointment")):
        page = client.visit(PATHS[locale])
        said = words_of(answer(page))
        assert shut not in said.lower()
        assert word in said.lower()
        assert "Bu Uji, 0800" in said
        found = now(page)
        assert (found is not None) == ("hours_week" in facts)
        assert found is None or found.get("data-appointment") is not None
    told = client.get(API).get_json()["hours"]
    assert (told["by_appointment"], told["appointment_contact"]) == (True, "Bu Uji, 0800")


def test_closed_for_now_says_until_when_and_ends_by_itself(
    app: Flask, client: SelfCheckingClient, clock: SiteClock
) -> None:
    publish_pond(app, **{**WEEK, "hours_status": "closed_for_now", "closed_until": "2026-11-25"})
    page = client.visit(PATHS["en"])
    assert "Closed for now until 25 November 2026 inclusive" in words_of(answer(page))
    assert now(page) is None
    special = place(page)["specialOpeningHoursSpecification"]
    assert [(one["validFrom"], one["validThrough"], one["opens"], one["closes"]) for one in special] == [
        ("2026-11-24", "2026-11-25", "00:00", "00:00")
    ]
    clock.move(days=2)
    assert words_of(answer(client.visit(PATHS["en"]))).startswith(
        "Monday–Thursday, Saturday, Sunday 8:00 am–5:00 pm WIB"
    )


@pytest.mark.parametrize(
    ("facts", "shut"),
    [
        ({"kind": "closure", "severity": "warning"}, "perhaps"),
        ({"kind": "haze", "severity": "danger"}, "perhaps"),
        ({"kind": "ceremony", "severity": "info"}, ""),
        ({"kind": "closure", "severity": "danger", "start": "2026-11-24 10:30"}, ""),
        ({"kind": "closure", "scope": "places", "districts": [SIAK]}, "perhaps"),
        ({"kind": "closure", "scope": "places", "destinations": ["kolam"]}, "closed"),
        ({"kind": "closure", "scope": "places", "districts": ["14.08.06"]}, ""),
    ],
)
def test_a_notice_that_may_close_the_place_keeps_open_now_from_saying_so(
    app: Flask, client: SelfCheckingClient, facts: dict[str, Any], shut: str
) -> None:
    publish_pond(app, **WEEK)
    publish_notice(app, **{"start": "2026-11-24", "end": "2026-11-24", **facts})
    found = now(client.visit(PATHS["en"]))
    assert found is not None
    assert (found.get("data-shut") or "") == shut


def test_what_was_printed_stays_beside_the_hours_of_the_office(app: Flask, client: SelfCheckingClient) -> None:
    publish_pond(app, **WEEK, hours_reported=[{"rule": "Mo-Su 09:00-17:00", "as_of": "2023", "source": "dinas"}])
    said = words_of(answer(client.visit(PATHS["en"])))
    assert said.index("8:00 am–5:00 pm") < said.index("As printed elsewhere:") < said.index("daily 9:00 am–5:00 pm WIB")


def test_the_api_gives_facts_and_intervals(app: Flask, client: SelfCheckingClient) -> None:
    season = {
        "name_id": "Ramadan",
        "name_en": "Ramadan",
        "start": "2027-02-08",
        "end": "2027-03-09",
        "week": "09:00-14:00",
    }
    publish_pond(app, **WEEK, hours_seasons=[season], hours_dates=[{"start": "2026-11-26", "times": "off"}])
    answer = client.get(API).get_json()
    told = answer["hours"]
    assert answer["hours_status"] == told["status"] == "has_hours"
    assert told["opening_hours"] == WEEK["hours_week"]
    assert told["seasons"] == [{**season, "last_entry": ""}]
    assert (told["from"], told["through"]) == ("2026-11-24", "2026-12-21")
    assert [one["opens"][:10] for one in told["intervals"]][:3] == ["2026-11-24", "2026-11-25", "2026-11-27"]
    assert "open_now" not in told


def test_the_content_check_holds(app: Flask) -> None:
    publish_pond(app, **WEEK, hours_seasons=[
        {"name_id": "R", "name_en": "R", "start": "2027-02-08", "end": "2027-03-09", "week": "09:00-14:00"}
    ])  # fmt: skip
    with app.app_context():
        assert not [one for one in content_check.differences() if "kolam" in str(one)]
