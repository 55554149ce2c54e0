"""The screen of hours: what is typed is understood, nothing is lost, and the buttons fill in without saving."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from pesona.db import begin_writing, db
from pesona.editing import hours_checks
from pesona.editing.problem import Problem
from pesona.editing.snapshot import empty
from pesona.models.holiday import Holiday
from tests.admin.desk import (
    EN,
    FACTS,
    ITEM,
    PUBLISH,
    blockers,
    chain,
    check,
    field,
    has,
    newest,
    wrong_fields,
)
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import PASSWORD

SignIn = Callable[..., SelfCheckingClient]
HOURS = f"{ITEM}/hours"
MONDAY = {"hours_week__mo__1__from": "8", "hours_week__mo__1__to": "16"}
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


def facts(siti: SelfCheckingClient) -> dict[str, Any]:
    found: dict[str, Any] = newest(siti.app)["facts"]
    return found


def save(siti: SelfCheckingClient, page: Page | None = None, **typed: Any) -> Page:
    return siti.submit(page or siti.visit(HOURS), HOURS, **typed)


def press(siti: SelfCheckingClient, page: Page, button: str, **typed: Any) -> Page:
    return siti.submit(page, HOURS, 200, button, **typed)


def season(siti: SelfCheckingClient, **typed: Any) -> Page:
    """Add a season of one week and save; *typed* are fields of its row."""
    page = press(siti, siti.visit(HOURS), "add:hours_seasons")
    return save(siti, page, **{f"hours_seasons__0__{name}": text for name, text in typed.items()})


def on(page: Page, day: str) -> tuple[str, str]:
    """Return what the strip says of *day*: its times, and why."""
    cell = next(e for e in page.tree.iter("td") if e.get("data-day") == day)
    return words_of(next(cell.iter("span"))), cell.get("data-why", "")


@pytest.mark.parametrize("typed", ["8", "08.00", "8.30", "0800"])
def test_a_time_is_understood_and_shown_in_one_way(sign_in: SignIn, typed: str) -> None:
    """E-39, first part."""
    siti = sign_in()
    save(siti, hours_status="has_hours", hours_week__mo__1__from=typed, hours_week__mo__1__to="16")
    shown = "08.30" if typed == "8.30" else "08.00"
    assert facts(siti)["hours_week"] == f"Mo {shown.replace('.', ':')}-16:00"
    page = siti.visit(HOURS)
    assert (field(page, "hours_week-mo-1-from"), field(page, "hours_week-mo-1-to")) == (shown, "16.00")


def test_an_impossible_time_is_refused_naming_the_day(sign_in: SignIn) -> None:
    """E-39, second part: everything typed is still there."""
    siti = sign_in(locale="en")
    typed = {"hours_week__fr__1__from": "25.00", "hours_week__fr__1__to": "16", "appointment_contact": "Pak Budi"}
    page = siti.submit(siti.visit(HOURS), HOURS, 422, **typed)
    assert wrong_fields(page) == ["hours_week-fr-1-from"]
    assert "Friday: “25.00” is no time." in page.text
    assert field(page, "hours_week-fr-1-from") == "25.00"
    assert field(page, "appointment_contact") == "Pak Budi"
    assert facts(siti)["hours_week"] == ""


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"hours_week__tu__1__from": "8"}, "hours_week-tu-1-to"),
        ({"hours_week__tu__1__to": "8"}, "hours_week-tu-1-from"),
        ({"hours_week__we__1__from": "8", "hours_week__we__1__to": "8"}, "hours_week-we-1-to"),
        ({**MONDAY, "hours_week__mo__2__from": "12", "hours_week__mo__2__to": "17"}, "hours_week-mo-2-from"),
        ({"hours_last_entry__su": "soon"}, "hours_last_entry-su"),
        ({"hours_dates__0__start": "2026-12-01", "hours_dates__0__times": "morning"}, "hours_dates-0-times"),
    ],
)
def test_what_says_no_hours_leads_to_its_field(sign_in: SignIn, typed: dict[str, str], wrong: str) -> None:
    siti = sign_in()
    before = facts(siti)
    assert wrong_fields(siti.submit(siti.visit(HOURS), HOURS, 422, **typed)) == [wrong]
    assert facts(siti) == before


def test_copy_monday_fills_the_week_and_keeps_what_is_typed(sign_in: SignIn) -> None:
    """E-39, third part: nothing is saved by the button."""
    siti = sign_in()
    revisions = len(chain(siti.app))
    typed = {
        **MONDAY,
        "hours_last_entry__mo": "15.30",
        "appointment_contact": "Typed",
        "hours_dates__0__note_id": "Haul",
    }
    page = press(siti, siti.visit(HOURS), "monday:hours_week", **typed)
    for day in DAYS:
        assert (field(page, f"hours_week-{day}-1-from"), field(page, f"hours_week-{day}-1-to")) == ("8", "16")
        assert field(page, f"hours_last_entry-{day}") == "15.30"
    assert (field(page, "appointment_contact"), field(page, "hours_dates-0-note_id")) == ("Typed", "Haul")
    assert len(chain(siti.app)) == revisions
    save(siti, page)
    assert facts(siti)["hours_week"] == "Mo-Su 08:00-16:00"
    assert facts(siti)["hours_last_entry"] == "Mo-Su 15:30"


def test_patterns_the_prayer_break_and_a_third_range_are_buttons(sign_in: SignIn) -> None:
    siti = sign_in()
    page = press(siti, siti.visit(HOURS), "monday:hours_week", **MONDAY)
    page = press(siti, page, "break:hours_week")
    assert [field(page, f"hours_week-fr-{n}-{end}") for n in (1, 2) for end in ("from", "to")] == [
        "08.00", "11.30", "14.00", "16.00",
    ]  # fmt: skip
    assert not any(e.get("name") == "hours_week-mo-3-from" for e in page.tree.iter())
    page = press(siti, page, "third:hours_week")
    save(siti, page, hours_week__fr__3__from="19", hours_week__fr__3__to="21")
    assert facts(siti)["hours_week"] == "Mo-Th,Sa,Su 08:00-16:00; Fr 08:00-11:30,14:00-16:00,19:00-21:00"
    page = press(siti, siti.visit(HOURS), "pattern:hours_week:weekend")
    save(siti, page)
    assert facts(siti)["hours_week"] == "Sa,Su 08:00-17:00"
    assert siti.post(HOURS, [("base", "1"), ("owner", "x"), ("action", "pattern:hours_week:never")]).status_code == 400


def test_an_end_before_the_start_says_next_day(sign_in: SignIn) -> None:
    """E-40, on the form; that it is open on Saturday at 01.30 the engine's own tests say of the same value."""
    siti = sign_in(locale="en")
    typed = {"hours_status": "has_hours", "hours_week__fr__1__from": "22.00", "hours_week__fr__1__to": "02.00"}
    page = press(siti, siti.visit(HOURS), "show", **typed)
    assert check(page, "next-day") == "next day"
    assert "next day" in check(page, "sentence-en")
    assert "esok hari" in check(page, "sentence-id")
    save(siti, page)
    assert facts(siti)["hours_week"] == "Fr 22:00-02:00"


def give_independence_day(app: Flask) -> None:
    with app.app_context():
        begin_writing()
        row = {"name_id": "Hari Kemerdekaan", "name_en": "Independence Day", "kind": "national", "status": "decreed"}
        db.session.add(Holiday(date=date(2026, 12, 17), **row))
        db.session.commit()


def test_date_beats_holiday_beats_season_beats_week(sign_in: SignIn) -> None:
    """E-41, as the form shows it back: a holiday closed by policy, a date that wins, a season between."""
    siti = sign_in(locale="en")
    give_independence_day(siti.app)
    page = press(siti, siti.visit(HOURS), "pattern:hours_week:daily", hours_status="has_hours", hours_holidays="closed")
    assert on(page, "2026-12-17") == ("closed", "holiday")
    page = press(siti, page, "add:hours_seasons")
    typed = {"start": "2026-12-14", "end": "2026-12-20", "name_id": "Ramadan", "name_en": "Ramadan"}
    page = press(siti, page, "show", **{f"hours_seasons__0__{name}": text for name, text in typed.items()},
                 hours_seasons__0__week__we__1__from="9", hours_seasons__0__week__we__1__to="12")  # fmt: skip
    assert on(page, "2026-12-15") == ("closed", "season")
    assert on(page, "2026-12-16")[1] == "season"
    assert on(page, "2026-12-17") == ("closed", "holiday")
    assert on(page, "2026-12-11")[1] == "week"
    dates = {"hours_dates__0__start": "17/12/2026", "hours_dates__0__times": "9-12"}
    page = press(siti, page, "show", **dates)
    assert on(page, "2026-12-17") == ("9:00 am–12:00 pm WIB", "date")
    save(siti, page)
    saved = facts(siti)
    assert saved["hours_seasons"] == [{**typed, "week": "We 09:00-12:00", "last_entry": ""}]
    assert saved["hours_dates"] == [
        {"start": "2026-12-17", "end": "", "times": "09:00-12:00", "note_id": "", "note_en": ""}
    ]


def test_holidays_are_decided_one_by_one(sign_in: SignIn) -> None:
    siti = sign_in(locale="en")
    give_independence_day(siti.app)
    page = siti.visit(HOURS)
    name = "hours_holiday_dates-2026-12-17"
    assert field(page, name) == ""
    wrong = siti.submit(page, HOURS, 422, **{name.replace("-", "__"): "perhaps"})
    assert wrong_fields(wrong) == [name]
    save(siti, page, hours_holidays="one_by_one", **{name.replace("-", "__"): "Closed"})
    assert facts(siti)["hours_holiday_dates"] == [{"date": "2026-12-17", "times": "off"}]
    page = siti.visit(HOURS)
    assert field(page, name) == "closed"
    save(siti, page, **{name.replace("-", "__"): ""})
    assert facts(siti)["hours_holiday_dates"] == []


def test_hours_survive_unknown(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-42: the rows stay whatever the status is, and stand there again when it is set back."""
    siti = sign_in()
    key = facts(siti)["sources"][0]["key"]
    page = press(
        siti, siti.visit(HOURS), "monday:hours_week", hours_week__mo__1__from="8.17", hours_week__mo__1__to="17"
    )
    save(siti, page, hours_status="has_hours", hours_source=key)
    siti.submit(siti.visit(PUBLISH))
    save(siti, hours_status="unknown")
    siti.submit(siti.visit(PUBLISH))
    assert facts(siti)["hours_week"] == "Mo-Su 08:17-17:00"
    public = client.visit(EN)
    assert "8:17" not in public.text
    assert not any("openingHoursSpecification" in block for block in public.jsonld())
    save(siti, hours_status="has_hours")
    assert field(siti.visit(HOURS), "hours_week-su-1-to") == "17.00"


@pytest.mark.parametrize("week", [{}, MONDAY])
def test_by_appointment_is_never_shown_as_closed(sign_in: SignIn, week: dict[str, str]) -> None:
    """E-43, as the form shows it back, with hours and without."""
    siti = sign_in(locale="en")
    typed = {"hours_status": "has_hours", "by_appointment": "y", "appointment_contact": "Ibu Sri, 0761 1234", **week}
    page = press(siti, siti.visit(HOURS), "show", **typed)
    for locale, said, never in (("en", "by appointment", "closed"), ("id", "dengan janji temu", "tutup")):
        assert said in check(page, f"sentence-{locale}")
        assert never not in check(page, f"sentence-{locale}")
    assert "closed" not in check(page, "strip")
    save(siti, page)
    assert facts(siti)["by_appointment"] is True
    # A tick that is taken away sends nothing.
    data = [(name, text) for name, text in (("base", str(len(chain(siti.app)))), ("owner", field(page, "owner")))]
    assert siti.post(HOURS, [*data, ("hours_status", "unknown"), ("action", "save")]).status_code == 303
    assert facts(siti)["by_appointment"] is False


def test_opening_and_saving_changes_nothing(sign_in: SignIn) -> None:
    """E-03: a week in other letters that means the same is no change."""
    siti = sign_in()
    season(siti, start="2027-02-08", end="2027-03-09", name_id="Ramadan")
    assert facts(siti)["hours_seasons"][0]["week"] == "off"
    save(siti, **MONDAY)
    revisions = len(chain(siti.app))
    assert has(save(siti), "same")
    assert len(chain(siti.app)) == revisions


def test_a_difference_of_hours_is_said_in_words(sign_in: SignIn) -> None:
    """E-29, hours as text: no letters of the grammar reach whoever compares."""
    siti = sign_in(locale="en")
    give_independence_day(siti.app)
    typed = {
        **MONDAY,
        "hours_last_entry__mo": "15.30",
        "hours_dates__0__start": "2026-12-01",
        "hours_dates__0__times": "tutup",
    }
    page = press(siti, siti.visit(HOURS), "add:hours_seasons", **typed, hours_holidays="one_by_one")
    season_of = {
        "hours_seasons__0__start": "2027-02-08",
        "hours_seasons__0__end": "2027-03-09",
        "closed_until": "2026-12-24",
    }
    save(siti, page, **season_of, hours_holiday_dates__2026__12__17="biasa")
    text = siti.visit(f"{ITEM}/history?left=1&right=2").text
    for said in ("Monday 8:00 am–4:00 pm WIB", "Monday 3:30 pm WIB", "1 December 2026 · closed", "17 December 2026 · Open as usual",
                 "8 February – 9 March 2027", "24 December 2026", "Decided one by one"):  # fmt: skip
        assert said in text, said
    assert not [raw for raw in ("Mo 08:00", "one_by_one", "2026-12-01") if raw in text]


def test_two_people_at_the_hours(sign_in: SignIn) -> None:
    """E-04 and E-05 for hours: other fields are joined, the week is one field and asks."""
    siti, budi = sign_in(locale="en"), sign_in("Budi")
    opened = siti.visit(HOURS)
    save(budi, hours_week__su__1__from="9", hours_week__su__1__to="12")
    budi.submit(budi.visit(FACTS), year_built="1890")
    save(siti, opened, hours_status="has_hours")
    assert (facts(siti)["hours_week"], facts(siti)["year_built"]) == ("Su 09:00-12:00", "1890")
    opened = siti.visit(HOURS)
    save(budi, hours_week__su__1__from="10")
    conflict = siti.submit(opened, HOURS, 409, hours_week__su__1__from="11", hours_last_entry__su="11.30")
    assert has(conflict, "clash-hours_week")
    assert not any(e.get("name") == "combined-hours_week" for e in conflict.tree.iter())
    siti.submit(conflict, HOURS, choose__hours_week="mine")
    assert (facts(siti)["hours_week"], facts(siti)["hours_last_entry"]) == ("Su 11:00-12:00", "Su 11:30")


def test_mine_is_kept_and_waits_after_a_conflict(sign_in: SignIn) -> None:
    siti, budi = sign_in(locale="en"), sign_in("Budi")
    opened = siti.visit(HOURS)
    save(budi, **MONDAY)
    conflict = siti.submit(opened, HOURS, 409, hours_week__mo__1__from="7", hours_week__mo__1__to="15")
    siti.submit(conflict, HOURS, press="scratch")
    assert facts(siti)["hours_week"] == "Mo 08:00-16:00"
    assert has(siti.visit(HOURS), "unsaved")
    assert field(siti.visit(f"{HOURS}?scratch=use"), "hours_week-mo-1-from") == "07.00"


def test_text_typed_after_the_sign_in_ended_comes_back(sign_in: SignIn) -> None:
    """E-11 for hours."""
    siti = sign_in()
    opened = siti.visit(HOURS)
    siti.http.delete_cookie("pesona")
    asked = siti.submit(opened, HOURS, 401, hours_week__mo__1__from="25.00", by_appointment="y")
    page = siti.submit(asked, status=200, email="siti@example.go.id", password=PASSWORD)
    assert field(page, "hours_week-mo-1-from") == "25.00"
    assert next(e for e in page.tree.iter() if e.get("name") == "by_appointment").get("checked") is not None
    assert facts(siti)["hours_week"] == ""


@pytest.mark.parametrize(
    ("typed", "rule", "anchor"),
    [
        (MONDAY, "row_source", "hours_source"),
        ({**MONDAY, "hours_source": "nobody"}, "row_source", "hours_source"),
        ({"hours_dates__0__start": "2026-02-30", "hours_dates__0__times": "off"}, "date", "hours_dates"),
        ({"hours_dates__0__start": "2026-12-02", "hours_dates__0__end": "2026-12-01"}, "hours_end", "hours_dates"),
        ({"hours_dates__0__start": "2026-12-02", "hours_dates__0__times": ""}, "day_times", "hours_dates"),
        ({"closed_until": "tomorrow"}, "date", "closed_until"),
        ({"hours_checked_on": "2027-01-01"}, "checked_ahead", "hours_checked_on"),
    ],
)
def test_the_checks_of_hours_lead_to_their_field(
    sign_in: SignIn, typed: dict[str, str], rule: str, anchor: str
) -> None:
    siti = sign_in()
    save(siti, **typed)
    page = siti.submit(siti.visit(PUBLISH), status=422)
    assert blockers(page)[rule] == f"{HOURS}#{anchor}"
    assert any(e.get("id") == anchor for e in siti.visit(HOURS).tree.iter())


@pytest.mark.parametrize(
    ("last", "outside"),
    [
        ("Sa 11:30", []),
        ("Sa 12:00", []),
        ("Sa 23:00", ["23:00"]),
        ("Su 09:00", []),
        ("Fr 01:30", []),
        ("Fr 03:00", ["03:00"]),
    ],
)
def test_a_last_entry_lies_within_the_hours_of_its_day(last: str, outside: list[str]) -> None:
    bare = {**empty("destination")["facts"], "hours_status": "has_hours", "hours_source": "a"}
    week = {"hours_week": "Fr 22:00-02:00; Sa 08:00-12:00", "hours_last_entry": last}
    found = list(hours_checks.problems({**bare, **week}, {"a"}))
    assert [(p.rule, p.field, p.values["time"], p.blocks) for p in found] == [
        ("last_entry", "hours_last_entry", time, True) for time in outside
    ]


def test_has_hours_needs_hours() -> None:
    """Hours that a page printed, or an appointment, are hours too."""
    bare = {**empty("destination")["facts"], "hours_status": "has_hours"}
    reported = {"hours_reported": [{"rule": "Mo 08:00-09:00", "as_of": "", "source": "a"}]}
    appointment = {"by_appointment": True, "appointment_contact": "-", "hours_source": "a"}
    assert list(hours_checks.problems(bare, {"a"})) == [Problem("hours_none", "facts", "hours_week")]
    for more in (reported, appointment, {"hours_week": "Mo 08:00-09:00", "hours_source": "a"}):
        assert list(hours_checks.problems({**bare, **more}, {"a"})) == []


def test_doubts_about_hours_only_warn(sign_in: SignIn) -> None:
    siti = sign_in()
    key = facts(siti)["sources"][0]["key"]
    page = press(siti, siti.visit(HOURS), "add:hours_seasons")
    page = press(
        siti, page, "add:hours_seasons", hours_seasons__0__start="2027-02-08", hours_seasons__0__end="2027-03-09"
    )
    typed = {"hours_seasons__1__start": "2027-03-01", "hours_seasons__1__end": "2027-03-20", "hours_source": key}
    save(siti, page, **typed, by_appointment="y", hours_status="closed_for_now", closed_until="2026-11-01")
    page = siti.visit(PUBLISH)
    found = {e.get("data-check") for e in page.tree.iter()}
    assert {"seasons_overlap", "season_hours", "closed_past", "appointment_contact"} <= found
    siti.submit(page)
