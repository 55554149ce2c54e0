"""Dates that move with the moon: both calendars on page and lists, expected until a date is told, tentative until it is certain."""

import pytest
from icalendar import Calendar

from tests.client import Page, SelfCheckingClient, words_of
from tests.dated import publish_event

PAGES = {"id": "/id/acara/acara-haul", "en": "/en/events/event-haul"}


def expected(page: Page) -> list[str]:
    return [words_of(e) for e in page.one("main").iter("p") if e.get("data-check") == "expected"]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("id", "Diperkirakan sekitar 15 Juni 2027 (10 Muharam 1449 H). Harinya pasti hanya setelah diumumkan."),
        ("en", "Expected around 15 June 2027 (10 Muharram 1449 AH). The day is certain only when it is announced."),
    ],
)
def test_without_a_date_the_page_tells_when_it_is_expected(client: SelfCheckingClient, locale: str, said: str) -> None:
    publish_event(client.app, "haul", [], moving_date="10 Muharram")
    page = client.visit(PAGES[locale])
    assert expected(page) == [said]
    assert not [block for block in page.jsonld() if "startDate" in block], "what is computed is no date of the event"
    file = Calendar.from_ical(client.get(f"{PAGES[locale]}.ics").data)
    assert not file.walk("VEVENT")
    listed = client.visit("/id/acara" if locale == "id" else "/en/events")
    assert said.partition(".")[0] in words_of(listed.one("main"))


@pytest.mark.parametrize(("status", "ical"), [("expected", "TENTATIVE"), ("planned", "CONFIRMED")])
def test_a_date_is_said_in_both_calendars_and_is_tentative_until_it_is_certain(
    client: SelfCheckingClient, status: str, ical: str
) -> None:
    """The decree may differ by a day from what is computed: the day of the moon is that of the event."""
    publish_event(client.app, "haul", [{"start": "2027-06-16", "status": status}], moving_date="10 Muharram")
    for locale, by_moon in (("id", "10 Muharam 1449 H"), ("en", "10 Muharram 1449 AH")):
        page = client.visit(PAGES[locale])
        [line] = [words_of(li) for ul in page.all("ul", class_="dates") for li in ul.iter("li")]
        assert by_moon in line
        assert not expected(page)
        section, search = ("/id/acara", "/id/cari") if locale == "id" else ("/en/events", "/en/search")
        for path in (section, f"{section}?when=calendar&month=2027-06", f"{search}?q=haul"):
            assert by_moon in words_of(client.visit(path).one("main")), path
        [told] = Calendar.from_ical(client.get(f"{PAGES[locale]}.ics").data).walk("VEVENT")
        assert str(told["STATUS"]) == ical


def test_what_was_held_a_day_beside_the_computed_one_is_not_expected_again(client: SelfCheckingClient) -> None:
    """10 Muharram 1448 was computed for 25 June 2026; the next is a year later."""
    publish_event(client.app, "haul", [{"start": "2026-06-24", "status": "held"}], moving_date="10 Muharram")
    assert expected(client.visit(PAGES["en"]))[0].startswith("Expected around 15 June 2027")


def test_what_is_not_understood_and_what_does_not_move_expect_nothing(client: SelfCheckingClient) -> None:
    publish_event(client.app, "haul", [], moving_date="bulan purnama")
    publish_event(client.app, "pasar", [])
    for path in (PAGES["en"], "/en/events/event-pasar"):
        assert not expected(client.visit(path))


def test_cap_go_meh_is_said_by_the_chinese_year(client: SelfCheckingClient) -> None:
    publish_event(client.app, "haul", [], moving_date="Cap Go Meh")
    assert expected(client.visit(PAGES["en"]))[0].startswith(
        "Expected around 20 February 2027 (day 15 of the Lunar New Year 2578)"
    )


@pytest.mark.parametrize(("locale", "name"), [("id", "Hari Raya Natal"), ("en", "Christmas Day")])
def test_the_calendar_of_a_month_marks_its_holidays(client: SelfCheckingClient, locale: str, name: str) -> None:
    section = "/id/acara" if locale == "id" else "/en/events"
    page = client.visit(f"{section}?when=calendar&month=2026-12")
    marked = [td for td in page.all("td") if "calendar__day--holiday" in td.get("class", "")]
    days = {time.get("datetime"): words_of(td) for td in marked for time in td.iter("time")}
    assert sorted(days) == ["2026-12-24", "2026-12-25"]
    assert name in days["2026-12-25"] or "Natal" in days["2026-12-25"]
    [listed] = page.all("ul", class_="month__holidays")
    assert [t.get("datetime") for t in listed.iter("time")] == ["2026-12-24", "2026-12-25"]


def test_home_tells_what_was_called_off_apart_from_what_is_coming(client: SelfCheckingClient) -> None:
    rows = [{"start": "2026-12-05"}, {"start": "2026-12-12", "status": "cancelled"}]
    publish_event(client.app, "haul", rows)
    text = words_of(client.visit("/en/").one("main"))
    assert "Cancelled" in text.partition("Called off")[2]
    assert "Cancelled" not in text.partition("Called off")[0]
