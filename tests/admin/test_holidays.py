"""The calendar of holidays at the desk: a change is public at once and in the log, nothing typed is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from pesona.db import begin_writing, db
from pesona.editing import demo
from pesona.models.account import LogEntry
from pesona.models.holiday import Holiday
from pesona.models.public import ContentVersion
from pesona.queries.holidays import holidays
from tests.admin.desk import HOLIDAYS, contents, field, wrong_fields
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import PASSWORD

SignIn = Callable[..., SelfCheckingClient]
YEAR = 2030  # a year that the demo leaves empty
LIST = f"{HOLIDAYS}?year={YEAR}"
GIVEN: dict[str, Any] = {
    "day": "2030-02-05",
    "name_id": "Hari Raya Idulfitri",
    "name_en": "Eid al-Fitr",
    "kind": "national",
    "certainty": "expected",
    "source": "Hisab, 2029",
}


def public(app: Flask, year: int = YEAR) -> list[tuple[str, str, str, str]]:
    with app.app_context():
        days = holidays(date(year, 1, 1), date(year, 12, 31))
        return [(h.day.isoformat(), h.name("en"), h.kind, h.status) for h in days]


def deeds(app: Flask) -> list[LogEntry]:
    with app.app_context():
        logged = select(LogEntry).where(LogEntry.deed.startswith("holiday_", autoescape=True)).order_by(LogEntry.id)
        return list(db.session.scalars(logged))


def version(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(ContentVersion.number)).one()


def listed(page: Page) -> list[str]:
    return [words_of(li) for ul in page.all("ul", data_check="holidays") for li in ul.iter("li")]


def add(client: SelfCheckingClient, status: int = 303, **given: Any) -> Page:
    page: Page = client.submit(client.visit(LIST), status=status, **(GIVEN | given))
    return page


def number(app: Flask, year: int = YEAR) -> int:
    with app.app_context():
        first = select(Holiday.id).where(Holiday.date >= date(year, 1, 1)).order_by(Holiday.date)
        return db.session.scalars(first).first() or 0


def one(app: Flask) -> str:
    return f"{HOLIDAYS}/{number(app)}"


def test_a_day_is_added_confirmed_and_removed(sign_in: SignIn) -> None:
    siti = sign_in(locale="en")
    page = add(siti)
    assert page.all("p", data_check="holiday_added")
    (line,) = listed(page)
    assert line.startswith("Tuesday, 5 February 2030: Eid al-Fitr National holiday, expected")
    assert public(siti.app) == [("2030-02-05", "Eid al-Fitr", "national", "expected")]
    decreed: dict[str, Any] = {"day": "2030-02-06", "certainty": "decreed", "source": "SKB 2030"}
    page = siti.submit(siti.visit(one(siti.app)), **decreed)
    assert page.all("p", data_check="holiday_saved")
    assert public(siti.app) == [("2030-02-06", "Eid al-Fitr", "national", "decreed")]
    page = siti.submit(siti.visit(f"{one(siti.app)}/remove"))
    assert page.all("p", data_check="holiday_removed")
    assert (listed(page), public(siti.app)) == ([], [])


def test_each_deed_is_logged_with_old_and_new_and_raises_the_content_version(sign_in: SignIn) -> None:
    siti = sign_in()
    seen = [version(siti.app)]
    add(siti)
    row = number(siti.app)
    seen.append(version(siti.app))
    siti.submit(siti.visit(one(siti.app)), certainty="decreed")
    seen.append(version(siti.app))
    siti.submit(siti.visit(f"{one(siti.app)}/remove"))
    seen.append(version(siti.app))
    assert seen == list(range(seen[0], seen[0] + 4))
    after = GIVEN | {"certainty": "decreed"}
    assert [(d.deed, d.details, d.sentence) for d in deeds(siti.app)] == [
        ("holiday_add", {"number": row, "old": None, "new": GIVEN}, "2030-02-05 Hari Raya Idulfitri"),
        ("holiday_change", {"number": row, "old": GIVEN, "new": after}, "2030-02-05 Hari Raya Idulfitri"),
        ("holiday_remove", {"number": row, "old": after, "new": None}, "2030-02-05 Hari Raya Idulfitri"),
    ]


def test_a_save_without_a_change_changes_nothing(sign_in: SignIn) -> None:
    siti = sign_in()
    add(siti)
    before = contents(siti.app)
    assert siti.submit(siti.visit(one(siti.app))).all("p", data_check="same")
    assert contents(siti.app) == before


WRONG: list[tuple[dict[str, str], list[str]]] = [
    ({"day": "2030-02-30"}, ["day"]),
    ({"day": ""}, ["day"]),
    ({"day": "5/2/2030"}, ["day"]),
    ({"day": "20300205"}, ["day"]),
    ({"day": "1999-12-31"}, ["day"]),
    ({"name_id": " "}, ["name_id"]),
    ({"name_id": "x" * 121}, ["name_id"]),
    ({"name_en": "x" * 121}, ["name_en"]),
    ({"source": ""}, ["source"]),
    ({"source": "x" * 301}, ["source"]),
    ({"day": "soon", "source": ""}, ["day", "source"]),
]


@pytest.mark.parametrize(("given", "fields"), WRONG)
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(
    sign_in: SignIn, given: dict[str, str], fields: list[str]
) -> None:
    siti = sign_in()
    before = contents(siti.app)
    page = add(siti, 422, **given)
    assert wrong_fields(page) == fields
    for name in ("day", "name_id", "name_en", "source"):
        assert field(page, name) == (GIVEN | given)[name]
    assert contents(siti.app) == before


def test_a_kind_that_is_none_is_refused(sign_in: SignIn) -> None:
    siti = sign_in()
    owner = field(siti.visit(LIST), "owner")
    for name in ("kind", "certainty"):
        answer = siti.post(LIST, GIVEN | {name: "moon", "owner": owner, "action": "add"})
        assert wrong_fields(siti.audit(LIST, answer, 422)) == [name]
    assert public(siti.app) == []


def test_two_days_of_one_name_are_refused_and_two_names_on_one_day_are_not(sign_in: SignIn) -> None:
    siti = sign_in()
    add(siti)
    assert wrong_fields(add(siti, 422)) == ["name_id"]
    add(siti, name_id="Hari Lain")
    assert len(public(siti.app)) == 2


def test_a_conflict_shows_theirs_and_keeps_mine(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    add(siti)
    opened = siti.visit(one(siti.app))
    budi.submit(budi.visit(one(budi.app)), certainty="decreed", source="SKB 2030")
    page = siti.submit(opened, status=409, name_en="Eid")
    assert page.all("p", data_check="conflict")
    (theirs,) = page.all("section", data_check="theirs")
    assert "Budi" in words_of(theirs)
    assert "SKB 2030" in words_of(theirs)
    assert (field(page, "name_en"), field(page, "source")) == ("Eid", "Hisab, 2029")
    assert public(siti.app)[0][3] == "decreed"
    siti.submit(page)  # mine, after having seen theirs
    assert public(siti.app)[0][1:] == ("Eid", "national", "expected")


def test_a_removal_is_asked_again_where_the_day_has_changed(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    add(siti)
    asked, opened = siti.visit(f"{one(siti.app)}/remove"), siti.visit(one(siti.app))
    budi.submit(budi.visit(one(budi.app)), certainty="decreed")
    again = siti.submit(asked, status=409)
    assert len(public(siti.app)) == 1
    siti.submit(again)
    assert public(siti.app) == []
    page = siti.submit(opened, status=409, name_en="Eid")
    assert (wrong_fields(page), field(page, "name_en"), field(page, "day")) == (["day"], "Eid", "2030-02-05")
    siti.submit(asked)  # once more is no fault


def test_typed_text_is_carried_over_a_sign_in(sign_in: SignIn) -> None:
    siti = sign_in()
    form = siti.visit(LIST)
    siti.http.delete_cookie("pesona")
    page = siti.submit(form, status=401, **GIVEN)
    page = siti.submit(page, status=200, email="siti@example.go.id", password=PASSWORD)
    assert field(page, "name_en") == "Eid al-Fitr"
    assert public(siti.app) == []


def test_only_editors_reach_the_lists(sign_in: SignIn) -> None:
    wati = sign_in("Wati", role="contributor")
    assert HOLIDAYS not in {a.get("href") for a in wati.visit("/admin").all("a")}
    wati.visit(HOLIDAYS, 403)


def test_the_list_is_of_one_year_and_any_other_year_can_be_begun(sign_in: SignIn) -> None:
    siti = sign_in()
    assert len(listed(siti.visit(f"{HOLIDAYS}?year=2027"))) == 27
    for strange in ("x", "99999", "1066", "²027"):
        assert siti.visit(f"{HOLIDAYS}?year={strange}").all("ul", data_check="holidays")
    assert siti.visit(LIST).all("p", data_check="holidays-none")


def demo_again(app: Flask) -> int:
    with app.app_context():
        begin_writing()
        new = demo.load_holidays()
        db.session.commit()
        return new


def test_the_demo_loads_once_and_never_over_what_an_editor_did(sign_in: SignIn) -> None:
    siti = sign_in()
    before = contents(siti.app)
    assert demo_again(siti.app) == 0
    first = number(siti.app, 2027)
    siti.submit(siti.visit(f"{HOLIDAYS}/{first}"), name_en="The First of January")
    siti.submit(siti.visit(f"{HOLIDAYS}/{first + 1}/remove"))
    after = contents(siti.app)
    assert after != before
    assert demo_again(siti.app) == 0
    assert contents(siti.app) == after


def test_the_demo_tells_what_is_decreed_from_what_is_expected(app: Flask) -> None:
    by_year: dict[int, list[Any]] = {year: public(app, year) for year in (2026, 2027, 2028)}
    assert {h[3] for h in by_year[2026]} == {"decreed"}
    assert ("2026-03-21", "Eid al-Fitr", "national", "decreed") in by_year[2026]
    assert ("2027-03-10", "Eid al-Fitr", "national", "expected") in by_year[2027]
    assert ("2027-08-17", "Independence Day", "national", "decreed") in by_year[2027]
    assert not [h for h in by_year[2028] if h[2] == "joint_leave"], "no decree of 2028 is known"
    decreed = {h[0] for h in by_year[2028] if h[3] == "decreed"}
    assert decreed == {"2028-01-01", "2028-05-01", "2028-06-01", "2028-08-17", "2028-12-25"}
    with app.app_context():
        assert not [row for row in db.session.scalars(select(Holiday)) if not row.source]
