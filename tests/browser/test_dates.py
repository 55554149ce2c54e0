"""The dates of an event in a real browser: by keyboard alone, and axe in every state of their screens (E-44, E-69)."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from tests.admin.desk import newest
from tests.admin.test_home import make
from tests.browser.test_accessibility import RULES
from tests.browser.test_every_desk_screen import SMALL
from tests.browser.test_keyboard import press, tab_to, write
from tests.browser.test_typed_text import Enter, enter, opened  # noqa: F401 - one is the fixture

SHOW, SAVE = "button[value=show]", ".form__end button[value=save]"
FIRST = {"start": "2026-11-28", "start_time": "19:30", "end_time": "22:00"}
DATES = [
    FIRST,
    {"start": "2026-12-05", "status": "cancelled", "note_id": "Hujan lebat"},
    {"start": "2026-12-12", "status": "moved", "venue_id": "Gedung Daerah"},
    {"start": "2026-12-25", "status": "rescheduled", "previous_start": "2026-12-22"},
]


def choose(page: Page, selector: str, key: str) -> None:
    """Go to a list of choices and type the beginning of one."""
    tab_to(page, selector)
    page.keyboard.type(key)


def test_e_44_saturdays_are_listed_and_one_left_out_by_keyboard_alone(enter: Enter, app: Flask) -> None:  # noqa: F811
    """E-44, E-69: nine Saturdays by the rule, one unticked, a Sunday added."""
    make(app, "pasar-malam", of="event")
    page = opened(enter(), "/admin/events/pasar-malam/dates")
    write(page, "[name=rule_start]", "5/9/2026")
    choose(page, "[name=repeat]", "Every week")
    write(page, "[name=until]", "31/10/2026")
    write(page, "[name=rule_source]", "uji")
    press(page, SHOW)
    ticks = page.locator("input[name^=occurrences-][name$=-keep]:checked")
    expect(ticks).to_have_count(9)
    tab_to(page, "[name=occurrences-2-keep]")
    page.keyboard.press("Space")
    press(page, "button[value='add:occurrences']")
    write(page, "[name=occurrences-9-start]", "11/10/2026")
    write(page, "[name=occurrences-9-source]", "uji")
    press(page, SAVE)
    expect(page.locator("[data-check=saved]")).to_be_visible()
    facts = newest(app, "pasar-malam", "event")["facts"]
    starts = [row["start"] for row in facts["occurrences"]]
    assert starts == sorted(starts)
    assert len(starts) == 9
    assert "2026-10-11" in starts
    assert facts["exdates"] == ["2026-09-19"]


def test_an_error_of_the_rule_is_reached_from_the_summary_by_keyboard(enter: Enter, app: Flask) -> None:  # noqa: F811
    """E-69: the page of an error has a summary with links that name the field, and a title that starts with the error."""
    make(app, "pasar-malam", of="event")
    page = opened(enter(), "/admin/events/pasar-malam/dates")
    write(page, "[name=rule_start]", "30/2/2026")
    press(page, SHOW)
    expect(page).to_have_title("Error: Pasar Malam en: Dates · Desk of Pesona Siak")
    link = page.locator(".error-summary a")
    expect(link).to_have_text("First day of the rule: There is no such day. Write it like 2026-09-05 or 5/9/2026.")
    tab_to(page, ".error-summary a")
    page.keyboard.press("Enter")
    expect(page.locator("[name=rule_start]")).to_be_focused()
    expect(page.locator("[name=rule_start]")).to_have_value("2026-02-30")


def test_e_47_a_date_is_cancelled_by_keyboard_alone(enter: Enter, app: Flask) -> None:  # noqa: F811
    """E-47, E-69: from the item to the page that says it, and back."""
    make(app, "pesta", of="event", occurrences=DATES)
    page = opened(enter(), "/admin/events/pesta")
    tab_to(page, "[data-check=date-status] summary")
    page.keyboard.press("Enter")
    press(page, "[data-check=date-status] a[href$=cancelled]")
    choose(page, "[name=which]", "28 November")
    write(page, "[name=reason_id]", "Kabut asap")
    press(page, "#deed")
    expect(page.locator("[data-check=date_said]")).to_be_visible()
    page.goto("/id/acara/pesta-id")
    expect(page.locator(".dates__date").first).to_contain_text("Dibatalkan")
    expect(page.locator(".dates__date").first).to_contain_text("Kabut asap")


@pytest.mark.parametrize(
    ("width", "scheme", "locale"), [(320, "light", "id"), (390, "dark", "en"), (1280, "dark", "id")]
)
def test_every_state_of_the_screens_of_dates_is_sound(
    enter: Enter,  # noqa: F811
    app: Flask,
    width: int,
    scheme: str,
    locale: str,
) -> None:
    """E-68, E-69: shown, with errors, with dates of every kind, in both languages."""
    desk = make(app, "pesta", of="event", occurrences=DATES, moving_date="10 Muharram")
    make(app, "haul", of="event", moving_date="bulan purnama")
    context = enter(locale=locale, color_scheme=scheme, viewport={"width": width, "height": 800})
    page, axe = context.new_page(), Axe()

    def check(state: str) -> None:
        wrong = [
            (one["id"], one["nodes"][0]["html"][:120]) for one in axe.run(page, options=RULES).response["violations"]
        ]
        assert not wrong, (state, wrong)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, state
        small = page.evaluate(SMALL) if width < 768 and "/admin/" in page.url else []
        assert not small, (state, small)

    for path, pressed in (
        (f"{desk}/dates", SHOW),
        ("/admin/events/haul/dates", SAVE),
        (f"{desk}/status/cancelled", "#deed"),
        (f"{desk}/status/rescheduled", "#deed"),
        (f"{desk}/status/moved", "#deed"),
    ):
        page.goto(path)
        check(path)
        if "haul" not in path:
            with page.expect_navigation():
                page.locator(pressed).click()
            check(f"{path} pressed")
    for path in ("/id/acara/pesta-id", "/en/events/haul-en", "/en/events", "/id/acara?when=calendar&month=2026-12"):
        page.goto(path)
        check(path)
