"""Open now: told by the browser from the page alone, in Siak's time in any zone of the visitor."""

from datetime import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser

from tests.notices import publish_notice
from tests.ponds import PATHS, WEEK, publish_pond

CASES = [
    # Wednesday 25 November 2026 in Siak, and what the page of the day before says then.
    ("2026-11-25T07:59:00+07:00", "Tutup saat ini; buka 08.00 WIB", "Closed now; opens 8:00 am WIB"),
    ("2026-11-25T08:00:00+07:00", "Buka saat ini, sampai 17.00 WIB; masuk terakhir 16.30 WIB",
     "Open now, until 5:00 pm WIB; last entry 4:30 pm WIB"),
    ("2026-11-25T16:45:00+07:00", "Buka saat ini, sampai 17.00 WIB", "Open now, until 5:00 pm WIB"),
    ("2026-11-25T23:30:00+07:00", "Tutup saat ini; buka Kamis 08.00 WIB", "Closed now; opens Thursday 8:00 am WIB"),
    ("2026-11-27T12:00:00+07:00", "Tutup saat ini; buka 14.00 WIB", "Closed now; opens 2:00 pm WIB"),
]  # fmt: skip


def text_at(browser: Browser, address: str, moment: str, zone: str) -> dict[str, str | None]:
    context = browser.new_context(timezone_id=zone)
    page = context.new_page()
    page.clock.set_fixed_time(datetime.fromisoformat(moment))
    found = {}
    for locale, path in PATHS.items():
        page.goto(address + path)
        now = page.locator(".hours__now")
        found[locale] = now.inner_text() if now.is_visible() else None
    context.close()
    return found


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Jayapura"])
def test_open_now_is_said_in_siak_s_time(app: Flask, browser: Browser, address: str, zone: str) -> None:
    publish_pond(app, **WEEK)
    for moment, indonesian, english in CASES:
        assert text_at(browser, address, moment, zone) == {"id": indonesian, "en": english}, moment


def test_a_page_that_was_kept_too_long_says_nothing_of_now(app: Flask, browser: Browser, address: str) -> None:
    publish_pond(app, **WEEK)
    assert text_at(browser, address, "2026-12-22T00:00:00+07:00", "Asia/Jakarta") == {"id": None, "en": None}


def test_a_closing_notice_is_read_first(app: Flask, browser: Browser, address: str) -> None:
    publish_pond(app, **WEEK)
    publish_notice(app, kind="closure", start="2026-11-24", end="")
    found = text_at(browser, address, "2026-11-24T10:00:00+07:00", "Asia/Jakarta")
    assert found == {
        "id": "Biasanya buka pada jam ini, tetapi baca pemberitahuan dahulu",
        "en": "Usually open at this hour, but read the notice first",
    }


@pytest.mark.parametrize("moment", ["2026-11-24T10:00:00+07:00", "2026-11-24T20:00:00+07:00"])
def test_a_place_that_a_notice_closes_is_never_open_now(
    app: Flask, browser: Browser, address: str, moment: str
) -> None:
    """Inside its hours and outside them, and not by appointment either; the notice is read without JavaScript too."""
    publish_pond(app, **WEEK, by_appointment=True)
    publish_notice(app, kind="closure", start="2026-11-24", end="", scope="places", destinations=["kolam"])
    found = text_at(browser, address, moment, "Asia/Jakarta")
    assert found == {"id": "Tutup saat ini: baca pemberitahuan", "en": "Closed now: read the notice"}


def test_outside_its_hours_a_place_by_appointment_is_not_closed(app: Flask, browser: Browser, address: str) -> None:
    """E-43 in the browser."""
    publish_pond(app, **WEEK, by_appointment=True)
    found = text_at(browser, address, "2026-11-25T07:00:00+07:00", "Asia/Jakarta")
    assert found == {
        "id": "Saat ini dengan janji temu; buka 08.00 WIB",
        "en": "Now by appointment only; opens 8:00 am WIB",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    app: Flask, browser: Browser, address: str, scheme: Any
) -> None:
    publish_pond(
        app, **WEEK, hours_dates=[{"start": "2026-11-26", "times": "off", "note_id": "Acara", "note_en": "Event"}]
    )
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for path in PATHS.values():
        page.goto(address + path)
        page.locator(".hours__ahead summary").click()
        found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
        assert not found, [(one["id"], one["nodes"][0]["html"][:120]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
