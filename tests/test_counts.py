"""Searches without a hit: counted in memory, stored apart from requests, readable only from the fifth time."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import event, func, select, text

from pesona import clock as site_clock
from pesona import counts
from pesona.db import db
from pesona.models.public import ContentVersion
from pesona.models.search_miss import SearchMiss
from tests.conftest import SiteClock, close_site, make_site

Miss = Callable[..., None]


def miss_often(app: Flask, query: str, locale: str = "id", times: int = 5, store: bool = True) -> None:
    """Let *query* find nothing so many *times*, and *store* it as the thread of the server would."""
    with app.app_context():
        for _ in range(times):
            counts.miss(query, locale)
        if store:
            counts.flush()


def named(app: Flask) -> list[tuple[str, str, int]]:
    with app.app_context():
        return [(one.query, one.locale, one.count) for one in counts.missed()]


def rows(app: Flask) -> list[SearchMiss]:
    with app.app_context():
        return list(db.session.scalars(select(SearchMiss).order_by(SearchMiss.count)))


def test_a_miss_is_stored_by_the_flush_and_not_before(app: Flask, statements: list[str]) -> None:
    miss_often(app, "tugu api", store=False)
    assert not statements
    assert not named(app)
    miss_often(app, "tugu api", times=0)
    assert named(app) == [("tugu api", "id", 5)]


def test_a_flush_without_a_miss_asks_the_database_nothing(app: Flask, statements: list[str]) -> None:
    miss_often(app, "tugu api")
    statements.clear()
    miss_often(app, "tugu api", times=0)
    assert not statements


def test_what_is_flushed_is_counted_once(app: Flask) -> None:
    for times in (5, 0, 1):
        miss_often(app, "tugu api", times=times)
    assert named(app) == [("tugu api", "id", 6)]


def test_nothing_readable_is_stored_before_the_fifth_time(app: Flask, home: Path) -> None:
    """Neither the rows nor the files of the database hold the words; one time more, and both do."""

    def stored() -> bytes:
        return b"".join(file.read_bytes() for file in home.glob("pesona.sqlite*"))

    for _ in range(4):
        miss_often(app, "zyxomma", times=1)
    assert [(row.query, row.count) for row in rows(app)] == [("", 4)]
    assert named(app) == []
    assert b"zyxomma" not in stored()
    miss_often(app, "zyxomma", times=1)
    assert [(row.query, row.count) for row in rows(app)] == [("zyxomma", 5)]
    assert b"zyxomma" in stored()


def test_before_it_has_a_name_a_query_never_leaves_for_the_database(app: Flask) -> None:
    sent: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: sent.append(f"{given[2]} {given[3]}"))
    miss_often(app, "zyxomma", times=4)
    assert sent
    assert not [one for one in sent if "zyxomma" in one]


def test_the_key_of_a_query_is_of_this_site_alone(app: Flask, tmp_path: Path) -> None:
    keys = set()
    for number, secret in enumerate(("one", "two")):
        other = make_site(tmp_path / f"other{number}", PESONA_SECRET_KEY=secret)
        assert other.test_cli_runner().invoke(args=["init"]).exit_code == 0
        miss_often(other, "tugu api", times=1)
        keys |= {row.key for row in rows(other)}
        close_site(other)
    assert len(keys) == 2


def test_the_two_languages_are_counted_apart(app: Flask) -> None:
    miss_often(app, "tugu api", "id", 6)
    miss_often(app, "tugu api", "en", 5)
    miss_often(app, "tugu api", "fr", 9)
    assert named(app) == [("tugu api", "id", 6), ("tugu api", "en", 5)]


def test_spellings_that_search_takes_for_one_are_one(app: Flask) -> None:
    for spelling in ("Tugu-Api", " TUGU  api ", "túgu api!", "tugu, api", "'tugu' api"):
        miss_often(app, spelling, times=1)
    assert named(app) == [("tugu api", "id", 5)]


@pytest.mark.parametrize(
    "query",
    ["", "  ", "?!", "siti@example.go.id", "siti＠example", "12345", "0812 3456 7890", "(0761) 12-345",
     "nik 1408_0112", "٠١٢٣٤", "x" * 61, "\ud800"],
)  # fmt: skip
def test_what_is_nothing_or_may_tell_of_a_person_is_never_counted(app: Flask, query: str) -> None:
    miss_often(app, query)
    assert rows(app) == []


@pytest.mark.parametrize("query", ["17 agustus 2026", "jalan 1234", "x" * 60, "'); DROP TABLE item; --", "京都"])
def test_anything_else_is_counted(app: Flask, query: str) -> None:
    miss_often(app, query)
    assert len(named(app)) == 1


def test_memory_holds_only_so_many_queries_and_goes_on_counting_them(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "MOST_WAITING", 3)
    for query in ("a one", "a two", "a three", "a four", "a one"):
        miss_often(app, query, times=1, store=False)
    miss_often(app, "a five", times=1)
    assert [row.count for row in rows(app)] == [1, 1, 2]
    miss_often(app, "a five", times=1)
    assert len(rows(app)) == 4


def test_the_table_holds_only_so_many_and_drops_the_rarest(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "MOST_ROWS", 3)
    miss_often(app, "tugu api", times=2)
    for number in range(6):
        miss_often(app, f"robot {number}", times=1)
    assert [row.count for row in rows(app)] == [1, 1, 2]


def test_more_than_one_batch_is_stored_whole(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counts, "BATCH", 2)
    for number in range(5):
        miss_often(app, f"tugu {number}", store=False)
    miss_often(app, "tugu 0", times=0)
    assert {(query, times) for query, _, times in named(app)} == {(f"tugu {n}", 5) for n in range(5)}


def test_what_was_last_missed_over_a_year_ago_goes(app: Flask, clock: SiteClock) -> None:
    miss_often(app, "tugu api", times=9)
    clock.move(days=364)
    assert named(app) == [("tugu api", "id", 9)]
    clock.move(days=1)
    assert named(app) == []
    miss_often(app, "another", times=1)
    assert [row.count for row in rows(app)] == [1]


def test_a_row_says_when_first_and_last(app: Flask, clock: SiteClock) -> None:
    miss_often(app, "tugu api")
    first = site_clock.today()
    clock.move(days=300)
    miss_often(app, "tugu api", times=1)
    clock.move(days=300)
    (row,) = rows(app)
    assert (row.first_day, (row.last_day - first).days, row.count) == (first, 300, 6)
    assert named(app) == [("tugu api", "id", 6)]


def test_a_flush_that_fails_keeps_the_counts_and_says_so_without_the_words(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    miss_often(app, "zyxomma", times=4)
    with app.app_context():
        db.session.execute(text("ALTER TABLE search_miss RENAME TO away"))
        db.session.commit()
    miss_often(app, "zyxomma", times=3)
    assert "could not be stored" in caplog.text
    assert "zyxomma" not in caplog.text
    with app.app_context():
        db.session.execute(text("ALTER TABLE away RENAME TO search_miss"))
        db.session.commit()
    miss_often(app, "zyxomma", times=0)
    assert named(app) == [("zyxomma", "id", 7)]


def test_a_failure_half_way_stores_nothing_of_the_batch_and_loses_nothing(app: Flask) -> None:
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", refuse_names := _refuse_names)
    miss_often(app, "tugu api", times=6)
    assert rows(app) == []
    with app.app_context():
        event.remove(db.engine, "before_cursor_execute", refuse_names)
    miss_often(app, "tugu api", times=0)
    assert named(app) == [("tugu api", "id", 6)]


def _refuse_names(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
    if statement.startswith('UPDATE search_miss SET "query"'):
        raise RuntimeError("the disk is full")


def test_several_processes_add_to_the_same_rows(app: Flask, home: Path) -> None:
    """Two applications on one database count apart and name the query together."""
    other = make_site(home)
    miss_often(app, "tugu api", times=3)
    miss_often(other, "tugu api", times=1)
    assert named(app) == named(other) == []
    miss_often(other, "tugu api", times=1)
    assert named(app) == named(other) == [("tugu api", "id", 5)]
    close_site(other)


def test_many_threads_lose_no_miss(app: Flask) -> None:
    together = Barrier(8)

    def search(number: int) -> None:
        together.wait()
        for turn in range(50):
            miss_often(app, "tugu api", times=1, store=turn % 10 == number)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(search, range(8)))
    miss_often(app, "tugu api", times=0)
    assert named(app) == [("tugu api", "id", 400)]


def test_counting_leaves_what_is_public_as_it_is(app: Flask) -> None:
    def version() -> int | None:
        with app.app_context():
            return db.session.scalar(select(func.max(ContentVersion.number)))

    before = version()
    miss_often(app, "tugu api")
    assert version() == before


SERVE = """
import sys
from multiprocessing import get_context
from pesona import app, counts

def serve():
    made = []
    build = app.create_app
    app.create_app = lambda: made.append(build()) or made[0]
    app.serving()
    with made[0].app_context():
        for _ in range(5):
            counts.miss("tugu api", "id")

if sys.argv[1] == "alone":
    serve()
else:
    worker = get_context("fork").Process(target=serve)
    worker.start()
    worker.join()
"""


@pytest.mark.parametrize("process", ["alone", "worker"])
def test_the_server_stores_what_it_counted_when_it_ends(app: Flask, home: Path, process: str) -> None:
    """The production server forks its workers, and they end without what `atexit` was given."""
    environ = {**os.environ, "PESONA_HOME": str(home)}
    subprocess.run([sys.executable, "-c", SERVE, process], env=environ, check=True, capture_output=True)
    assert named(app) == [("tugu api", "id", 5)]
