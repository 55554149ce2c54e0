"""Schedules at the desk: said once more before they stand, pinned to a revision, done by the first visit after."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text

from pesona.db import begin_writing, db
from pesona.editing import items, publish, times
from pesona.editing.log import Actor
from pesona.models.review import Schedule
from tests.admin.desk import EN, ID, ITEM, PALACE, PUBLISH, WORDS_EN, blockers, field, marks, newest, wrong_fields
from tests.admin.test_review import check, deeds, has
from tests.client import Page, SelfCheckingClient
from tests.conftest import PASSWORD, SiteClock

SignIn = Callable[..., SelfCheckingClient]
DAY, EIGHT = "2026-11-27", "08:00"
PLANNED = f"{ITEM}/schedules/1"
TEXT = "Six eagles keep watch over the pinned text."


def schedules(app: Flask) -> list[tuple[str, int, str, str]]:
    with app.app_context():
        return [(r.state, r.revision, str(r.at), r.deed) for r in db.session.scalars(select(Schedule))]


def confirmation(siti: SelfCheckingClient, summary: str = TEXT, **more: str) -> Page:
    """Save a summary and ask for its publication on Friday at 08.00; return the page that asks once more."""
    siti.submit(siti.visit(WORDS_EN), summary=summary)
    return siti.submit(siti.visit(PUBLISH), status=200, press="schedule", day=DAY, time=EIGHT, **more)


def plan(siti: SelfCheckingClient) -> None:
    check(siti.submit(confirmation(siti)), "scheduled")


def until_due(clock: SiteClock, *signed_in: SelfCheckingClient) -> None:
    """Let it be 08.01 on the day; the sign-ins have ended by then, and signing in looks at no page."""
    clock.move(days=3, hours=-2, minutes=1)
    for siti in signed_in:
        siti.sign_in("siti@example.go.id", PASSWORD)


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en", "Friday, 27 November 2026, 8:00 am WIB, in 3 days"),
     ("id", "Jumat, 27 November 2026 pukul 08.00 WIB, 3 hari lagi")],
)  # fmt: skip
def test_e_22_the_time_is_said_once_more(sign_in: SignIn, locale: str, said: str) -> None:
    siti = sign_in(locale=locale)
    asked = confirmation(siti)
    assert check(asked, "when") == said
    assert schedules(siti.app) == []
    siti.submit(asked)
    assert schedules(siti.app) == [("waiting", 2, "2026-11-27 01:00:00", "publish")]
    assert said in check(siti.visit(ITEM), "schedule-waiting")


def test_e_22_one_visit_after_its_time_makes_it_public(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    siti = sign_in()
    plan(siti)
    before = client.get(EN).data
    clock.move(days=2, hours=21, minutes=59)
    assert client.get(EN).data == before
    clock.move(minutes=2)
    client.get("/id/")
    assert marks(client.app) == (1, 1, 2)
    siti.sign_in("siti@example.go.id", PASSWORD)
    assert TEXT in client.visit(EN).text
    told = client.app.test_cli_runner().invoke(args=["content", "due"])
    assert (told.exit_code, told.output) == (0, "Nothing was due.\n")
    assert schedules(client.app) == [("done", 2, "2026-11-27 01:00:00", "publish")]
    assert not has(siti.visit(ITEM), "schedule-done")
    assert [row for row in deeds(client.app) if row[1] != "save"] == [
        ("editor", "schedule_publish"),
        ("editor", "publish"),
    ], "E-63: one row each, under the account that planned it"


def test_the_very_page_that_is_asked_first_is_the_new_one(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    plan(sign_in())
    old = client.get(EN)
    until_due(clock)
    answer = client.get(EN, headers={"If-None-Match": old.headers["ETag"]})
    assert answer.status_code == 200
    assert TEXT in answer.text


@pytest.mark.parametrize(
    ("day", "time", "reason", "where"),
    [("2026-02-30", EIGHT, "impossible", "day"), (DAY, "25:00", "impossible", "time"), ("soon", EIGHT, "impossible", "day"),
     ("2026-11-24", "09:59", "past", "day"), ("2028-11-27", EIGHT, "far", "day"), ("", EIGHT, "missing", "day"),
     (DAY, "", "missing", "time")],
)  # fmt: skip
def test_e_22_each_wrong_time_has_a_message_of_its_own(
    sign_in: SignIn, day: str, time: str, reason: str, where: str
) -> None:
    from pesona.admin.planning import TIMES

    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), summary=TEXT)
    page = siti.submit(siti.visit(PUBLISH), status=422, press="schedule", day=day, time=time)
    assert wrong_fields(page) == [where]
    assert TIMES[reason] in page.text
    assert (field(page, "day"), field(page, "time")) == (day, time)
    assert schedules(siti.app) == []
    assert len(set(TIMES.values())) == len(TIMES)


def test_a_filled_in_time_is_never_published_at_once(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), summary=TEXT)
    page = siti.submit(siti.visit(PUBLISH), status=422, press="publish", day=DAY, time=EIGHT)
    assert wrong_fields(page) == ["day"]
    assert marks(siti.app) == (1, 1, 1)


def test_e_23_what_is_saved_later_is_no_part_of_it(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    siti = sign_in()
    plan(siti)
    assert not has(siti.visit(ITEM), "saved-later")
    siti.submit(siti.visit(WORDS_EN), summary="A later thought.")
    check(siti.visit(ITEM), "saved-later")
    until_due(clock, siti)
    assert TEXT in client.visit(EN).text
    assert newest(client.app)["words"]["en"]["summary"] == "A later thought."
    assert "1 change is not public yet" in check(siti.visit(ITEM), "state")


def test_the_newest_revision_takes_its_place_on_demand(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    siti = sign_in()
    plan(siti)
    siti.submit(siti.visit(WORDS_EN), summary="A later thought.")
    check(siti.submit(siti.visit(ITEM), PLANNED, press="newest"), "schedule_newest")
    assert [row[:2] for row in schedules(siti.app)] == [("waiting", 3)]
    siti.submit(siti.visit(WORDS_EN), body="")
    found = siti.submit(siti.visit(PLANNED), status=422, press="newest")
    assert "missing" in blockers(found)
    until_due(clock, siti)
    assert "A later thought." in client.visit(EN).text
    assert deeds(siti.app)[-1] == ("editor", "publish")


def test_a_cancelled_schedule_does_nothing(sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock) -> None:
    siti = sign_in()
    plan(siti)
    seen = siti.visit(PLANNED)
    check(siti.submit(seen, press="cancel"), "schedule_cancelled")
    siti.submit(seen, status=409, press="cancel")
    before = client.get(EN).data
    until_due(clock, siti)
    assert TEXT not in client.get(EN).text
    assert marks(siti.app) == (1, 1, 1)
    assert before
    assert deeds(siti.app)[-1] == ("editor", "cancel_schedule")


def test_a_new_time_takes_the_place_of_the_old(sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock) -> None:
    siti = sign_in()
    plan(siti)
    asked = siti.submit(siti.visit(PUBLISH), status=200, press="schedule", day="2026-11-28", time="8.30")
    check(asked, "schedule-waiting")
    siti.submit(asked)
    assert [(row[0], row[2]) for row in schedules(siti.app)] == [
        ("cancelled", "2026-11-27 01:00:00"),
        ("waiting", "2026-11-28 01:30:00"),
    ]
    until_due(clock, siti)
    assert TEXT not in client.get(EN).text
    clock.move(days=1, minutes=30)
    assert TEXT in client.get(EN).text


def take_the_slug(app: Flask) -> None:
    """Let another place go live under the slug that the palace will want: what its checks find changes meanwhile."""
    with app.app_context():
        begin_writing()
        words = {"name": "Pond", "slug": "the-new-palace", "summary": "A pond.", "body": "Water."}
        facts = {"category": "nature", "district": "14.08.01"}
        item = items.create("destination", "pond", {"facts": facts, "words": {"en": words}}, Actor(command="test"))
        publish.publish(item, 1, ["facts", "en"], Actor(command="test"))
        db.session.commit()


def test_e_24_what_the_checks_find_at_the_time_stops_it(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), slug="the-new-palace")
    siti.submit(siti.submit(siti.visit(PUBLISH), status=200, press="schedule", day=DAY, time=EIGHT))
    take_the_slug(client.app)
    before = client.get(EN).data
    until_due(clock, siti)
    assert client.get(EN).data == before
    assert [row[0] for row in schedules(client.app)] == ["failed"]
    assert PLANNED in siti.visit("/admin").links()
    assert "failed" in check(siti.visit(ITEM), "state")
    assert "slug_taken" in blockers(siti.visit(PLANNED))
    assert ITEM in siti.visit("/admin/destinations?state=failed").links()
    assert deeds(siti.app)[-1] == ("editor", "schedule_failed")
    siti.submit(siti.visit(PLANNED), press="cancel")
    assert not has(siti.visit("/admin"), "care-troubled")


def test_content_due_says_what_failed_and_fails(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), slug="the-new-palace")
    siti.submit(siti.submit(siti.visit(PUBLISH), status=200, press="schedule", day=DAY, time=EIGHT))
    take_the_slug(siti.app)
    until_due(clock, siti)
    told = siti.app.test_cli_runner().invoke(args=["content", "due"])
    assert told.exit_code == 1
    assert f"destination {PALACE}: failed: slug_taken" in told.output


def test_content_due_does_what_a_visit_does(sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock) -> None:
    plan(sign_in())
    until_due(clock)
    told = client.app.test_cli_runner().invoke(args=["content", "due"])
    assert (told.exit_code, told.output) == (0, "Of what was due: 1 done, 0 failed, 0 skipped.\n")
    assert TEXT in client.get(EN).text


def test_an_older_revision_than_what_is_live_is_skipped(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    siti = sign_in()
    plan(siti)
    siti.submit(siti.visit(WORDS_EN), summary="Newer and live already.")
    siti.submit(siti.visit(PUBLISH))
    until_due(clock, siti)
    assert "Newer and live already." in client.visit(EN).text
    assert [row[0] for row in schedules(client.app)] == ["skipped"]
    assert PLANNED in siti.visit("/admin").links()
    check(siti.visit(ITEM), "schedule-skipped")


def test_a_withdrawal_waits_for_its_time_too(sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock) -> None:
    siti = sign_in()
    form = siti.visit(f"{ITEM}/withdraw/en")
    assert wrong_fields(siti.submit(form, status=422, press="schedule", day=DAY, time=EIGHT, reason=" ")) == ["reason"]
    asked = siti.submit(form, status=200, press="schedule", day=DAY, time=EIGHT, reason="Closed then.")
    check(siti.submit(asked), "scheduled")
    assert "a withdrawal is scheduled" in check(siti.visit(ITEM), "state")
    client.visit(EN)
    until_due(clock, siti)
    assert client.get(EN).status_code == 301
    assert marks(siti.app) == (1, 1, None)
    client.visit(ID)


def test_e_08_a_schedule_stops_where_somebody_saved_meanwhile(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    asked, seen = confirmation(ani), ani.visit(PUBLISH)
    budi.submit(budi.visit(WORDS_EN), summary="Theirs.")
    moved = ani.submit(asked, status=409)
    assert "Theirs." in moved.text
    assert (field(moved, "day"), field(moved, "time")) == (DAY, EIGHT)
    moved = ani.submit(seen, status=409, press="schedule", day=DAY, time=EIGHT)
    assert schedules(ani.app) == []
    ani.submit(ani.submit(moved, status=200, press="schedule"))
    assert [row[:2] for row in schedules(ani.app)] == [("waiting", 3)]
    form = ani.visit(PLANNED)
    budi.submit(budi.visit(WORDS_EN), summary="Theirs again.")
    ani.submit(form, status=409, press="cancel")
    assert [row[0] for row in schedules(ani.app)] == ["waiting"]


def test_the_checks_speak_before_a_time_is_set(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), body="")
    page = siti.submit(siti.visit(PUBLISH), status=422, press="schedule", day=DAY, time=EIGHT)
    assert "missing" in blockers(page)
    assert field(page, "time") == EIGHT


def test_a_schedule_of_another_item_is_not_found(sign_in: SignIn) -> None:
    siti = sign_in()
    plan(siti)
    siti.visit("/admin/destinations/zamrud-national-park/schedules/1", 404)


def test_an_error_serves_the_old_page_and_the_next_try_waits_a_minute(
    sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock
) -> None:
    plan(sign_in())
    old = client.get(EN).data
    with client.app.app_context():
        db.session.execute(
            text("CREATE TRIGGER no BEFORE UPDATE ON destination_translation BEGIN SELECT RAISE(ABORT, 'no'); END")
        )
        db.session.commit()
    until_due(clock)
    assert client.get(EN).data == old
    assert [row[0] for row in schedules(client.app)] == ["waiting"]
    with client.app.app_context():
        db.session.execute(text("DROP TRIGGER no"))
        db.session.commit()
    clock.move(seconds=50)
    assert client.get(EN).data == old
    clock.move(seconds=15)
    assert TEXT in client.visit(EN).text


def test_a_visit_with_nothing_due_asks_nothing(
    sign_in: SignIn, client: SelfCheckingClient, statements: list[str], clock: SiteClock
) -> None:
    plan(sign_in())
    client.get(EN)
    statements.clear()
    client.get(EN)
    clock.move(hours=1)
    client.get(EN)
    assert [s for s in statements if "schedule" in s] == []


def test_times_are_read_as_people_write_them() -> None:
    now = SiteClock()()
    for day, hour in (("2026-11-27", "08:00"), ("27.11.2026", "8"), ("27/11/2026", "8.00"), ("2026-11-27", "0800")):
        assert f"{times.moment(day, hour, now):%Y-%m-%d %H:%M %z}" == "2026-11-27 08:00 +0700"
