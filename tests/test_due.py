"""A schedule fires once, however many threads and processes find its time passed."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from pesona.clock import as_wib, utc_now
from pesona.db import begin_writing, db
from pesona.editing import items, publish, schedule
from pesona.editing.log import Actor
from pesona.models.account import LogEntry
from pesona.models.item import Item
from pesona.models.public import ContentVersion
from pesona.models.review import Schedule
from tests.client import SelfCheckingClient
from tests.conftest import SiteClock

ACTOR = Actor(command="test")
PALACE = "istana-siak-sri-indrapura"
EN = "/en/destinations/siak-sri-indrapura-palace"
TEXT = "The palace, as it was planned."

# One visit, made by a process of its own whose clock stands a little after the time.
VISIT = """
import sys
from datetime import datetime
from pesona.app import create_app
moment = datetime.fromisoformat(sys.argv[1])
app = create_app(clock_of_site=lambda: moment)
print("ready", flush=True)
sys.stdin.readline()
print(app.test_client().get(sys.argv[2]).status_code, app.test_client().get(sys.argv[2]).text.count(sys.argv[3]))
"""


def plan(app: Flask, at: datetime) -> None:
    """Save a summary of the palace and let it go live at the moment *at*."""
    with app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        items.save(item, item.head, {"en": {"summary": TEXT}}, ACTOR)
        schedule.plan(item, ["en"], at, ACTOR)
        db.session.commit()


def published(app: Flask) -> int:
    """Return how often the palace was published since the demo was loaded."""
    with app.app_context():
        item = db.session.scalars(select(Item).where(Item.code == PALACE)).one()
        rows = select(func.count()).where(
            LogEntry.item_id == item.id, LogEntry.deed == "publish", LogEntry.role != "demo"
        )
        return int(db.session.scalar(rows) or 0)


def ended(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Schedule.state).order_by(Schedule.id)))


def test_threads_that_come_together_publish_once(app: Flask, clock: SiteClock) -> None:
    plan(app, clock.moment + timedelta(minutes=5))
    clock.move(minutes=6)
    together = Barrier(8)

    def visit(_number: int) -> int:
        client = app.test_client()
        together.wait()
        return client.get(EN).status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(visit, range(8))) == {200}
    assert TEXT in app.test_client().get(EN).text
    assert (published(app), ended(app)) == (1, ["done"])


def test_claims_without_the_guard_of_one_process_publish_once(app: Flask, clock: SiteClock) -> None:
    """As `pesona content due` in many shells at once: nothing but the database is between them."""
    plan(app, clock.moment + timedelta(minutes=5))
    clock.move(minutes=6)
    together = Barrier(6)

    def run(_number: int) -> tuple[int, int]:
        with app.app_context():
            together.wait()
            done = schedule.do_due()
            return len(done.ended), done.errors

    with ThreadPoolExecutor(6) as threads:
        results = list(threads.map(run, range(6)))
    assert sorted(results) == [(0, 0)] * 5 + [(1, 0)]
    assert (published(app), ended(app)) == (1, ["done"])


def test_processes_that_come_together_publish_once(app: Flask, home: Path, clock: SiteClock) -> None:
    plan(app, clock.moment + timedelta(minutes=5))
    clock.move(minutes=6)
    environ = {**os.environ, "PESONA_HOME": str(home)}
    command = [sys.executable, "-c", VISIT, clock.moment.isoformat(), EN, TEXT]
    running = [
        subprocess.Popen(command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    told = [process.communicate()[0].split() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert [status for status, _ in told] == ["200"] * 3
    assert all(int(count) > 0 for _, count in told)
    assert (published(app), ended(app)) == (1, ["done"])


def test_setting_moving_and_cancelling_each_raise_the_content_version(app: Flask, clock: SiteClock) -> None:
    def version() -> int:
        with app.app_context():
            return int(db.session.scalar(select(ContentVersion.number)) or 0)

    seen = [version()]
    plan(app, clock.moment + timedelta(days=1))
    seen.append(version())
    for deed in (schedule.use_newest, schedule.cancel):
        with app.app_context():
            begin_writing()
            item = items.find("destination", PALACE, lock=True)
            assert item
            items.save(item, item.head, {"en": {"tips": deed.__name__}}, ACTOR)
            (row,) = schedule.of(item)
            deed(item, row, ACTOR)
            db.session.commit()
        seen.append(version())
    assert seen == sorted(set(seen))


def test_a_locked_database_never_makes_a_visit_fail(
    client: SelfCheckingClient, clock: SiteClock, caplog: pytest.LogCaptureFixture
) -> None:
    plan(client.app, clock.moment + timedelta(minutes=5))
    old = client.get(EN).data
    clock.move(minutes=6)
    with client.app.app_context():
        engine = db.engine

    def impatient(connection: object, _record: object, _proxy: object) -> None:
        connection.execute("PRAGMA busy_timeout = 0").close()  # type: ignore[attr-defined]

    event.listen(engine, "checkout", impatient)
    with client.app.app_context(), engine.connect().execution_options(writing=True) as writer:
        writer.exec_driver_sql("UPDATE item SET head = head")
        assert client.get(EN).data == old
        writer.rollback()
    event.remove(engine, "checkout", impatient)
    assert "could not be done" in caplog.text
    assert client.get(EN).data == old
    clock.move(minutes=1)
    assert TEXT in client.get(EN).text


def test_the_time_is_stored_in_utc(app: Flask, clock: SiteClock) -> None:
    plan(app, datetime(2026, 11, 27, 1, 0, tzinfo=UTC))
    with app.app_context():
        row = db.session.scalars(select(Schedule)).one()
        assert row.at == datetime(2026, 11, 27, 1, 0)
        assert f"{as_wib(row.at):%H:%M}" == "08:00"
    assert clock.moment < as_wib(row.at)


def test_a_removed_item_stays_removed(app: Flask, clock: SiteClock) -> None:
    plan(app, clock.moment + timedelta(minutes=5))
    with app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        for locale in ("id", "en"):
            publish.withdraw(item, locale, ACTOR, "test")
        item.removed_at = utc_now()
        db.session.commit()
    clock.move(minutes=6)
    assert app.test_client().get(EN).status_code == 410
    assert ended(app) == ["skipped"]
