"""The commands that scripts rely on: safe to repeat, and non-zero with a reason when they fail."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select, text

from pesona.db import begin_writing, db
from pesona.editing import accounts, items, passwords, publish, sign_ins
from pesona.editing.log import Actor
from pesona.locales import LOCALES
from pesona.models.account import Account, LogEntry
from pesona.models.event import Occurrence
from pesona.models.item import Item, Revision
from pesona.models.public import ContentVersion
from pesona.search import follow
from tests.client import SelfCheckingClient
from tests.conftest import PASSWORD, close_site, make_site

EMAIL = "siti@example.go.id"
CREATE = f"account create {EMAIL} --role editor --password-stdin"


def run(app: Flask, command: str, given: str | bytes = "") -> Result:
    """Run `pesona` *command* with *given* as its standard input."""
    return app.test_cli_runner().invoke(args=command.split(), input=given)


def state(app: Flask) -> list[int | None]:
    """Return what a load that changes nothing leaves as it is."""
    with app.app_context():
        counts = [db.session.scalar(select(func.count()).select_from(model)) for model in (Item, Revision, LogEntry)]
        return [*counts, db.session.scalar(select(ContentVersion.number))]


def test_init_and_demo_load_the_content_once(tmp_path: Path) -> None:
    app = make_site(tmp_path)
    for command in ("init", "demo"):
        assert run(app, command).exit_code == 0
    loaded = state(app)
    assert loaded[0]
    for command in ("init", "demo", "demo --if-empty", "init"):
        again = run(app, command)
        assert again.exit_code == 0, again.output
        assert state(app) == loaded, command
    for command in ("content check", "index check"):
        assert run(app, command).exit_code == 0
    close_site(app)


def test_demo_leaves_what_editors_have_withdrawn(app: Flask) -> None:
    with app.app_context():
        begin_writing()
        item = db.session.scalars(select(Item)).first()
        assert item
        publish.withdraw(item, "en", Actor(command="test"), "test")
        db.session.commit()
    withdrawn = state(app)
    assert run(app, "demo").exit_code == 0
    assert state(app) == withdrawn


def test_demo_if_empty_loads_where_nothing_is(tmp_path: Path) -> None:
    app = make_site(tmp_path)
    run(app, "init")
    assert run(app, "demo --if-empty").exit_code == 0
    assert state(app)[0]
    close_site(app)


def test_a_new_account_can_sign_in(app: Flask) -> None:
    made = run(app, CREATE, f"{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert PASSWORD not in made.output
    SelfCheckingClient(app).sign_in(EMAIL, PASSWORD)
    with app.app_context():
        assert db.session.scalars(select(Account)).one().role == "editor"


def test_a_new_password_ends_the_sign_ins_and_the_old_password(app: Flask) -> None:
    run(app, CREATE, PASSWORD)
    client = SelfCheckingClient(app)
    client.sign_in(EMAIL, PASSWORD)
    assert client.get("/admin").status_code == 200
    changed = run(app, f"account password {EMAIL} --password-stdin", "embun di daun nipah\r\n")
    assert changed.exit_code == 0, changed.output
    assert client.get("/admin").status_code == 401
    with app.app_context():
        assert sign_ins.with_password(EMAIL, PASSWORD) is None
    SelfCheckingClient(app).sign_in(EMAIL, "embun di daun nipah")


@pytest.mark.parametrize(
    ("command", "password"),
    [
        (CREATE, ""),
        (CREATE, "x" * (passwords.MINIMUM - 1)),
        (CREATE, "ab cd ef " * 200),
        (CREATE, "Pariwisata2026!"),
        (CREATE, b"tepian \xff sungai di pagi"),
        ("account create siti --role editor --password-stdin", PASSWORD),
        (f"account create {EMAIL} --role king --password-stdin", PASSWORD),
        (f"account create {EMAIL} --password-stdin", PASSWORD),
        (f"account create {EMAIL} --role editor", PASSWORD),
        ("account create --role editor --password-stdin", PASSWORD),
    ],
)
def test_no_account_is_made_of_wrong_input(app: Flask, command: str, password: str | bytes) -> None:
    refused = run(app, command, password)
    assert refused.exit_code != 0
    assert isinstance(refused.exception, SystemExit), refused.exception
    assert "Error: " in refused.stderr
    with app.app_context():
        assert not accounts.any_exists()


def test_one_address_has_one_account_whatever_its_capitals(app: Flask) -> None:
    run(app, CREATE, PASSWORD)
    twice = run(app, CREATE.replace("siti", "SITI"), "embun di daun nipah")
    assert twice.exit_code == 1
    assert EMAIL in twice.stderr
    SelfCheckingClient(app).sign_in(EMAIL, PASSWORD)


@pytest.mark.parametrize(("email", "password"), [("nobody@example.go.id", PASSWORD), (EMAIL, "short")])
def test_a_refused_new_password_leaves_the_old(app: Flask, email: str, password: str) -> None:
    run(app, CREATE, PASSWORD)
    refused = run(app, f"account password {email} --password-stdin", password)
    assert refused.exit_code == 1
    assert "Error: " in refused.stderr
    SelfCheckingClient(app).sign_in(EMAIL, PASSWORD)


def test_a_deleted_index_is_reported_and_made_again(app: Flask) -> None:
    assert run(app, "index check").exit_code == 0
    with app.app_context():
        folder = follow.index().folder
        follow.index().close()
    shutil.rmtree(folder)
    assert run(app, "index check").exit_code == 1
    assert run(app, "index rebuild").exit_code == 0
    assert run(app, "index check").exit_code == 0
    assert SelfCheckingClient(app).get("/api/v1/search?q=palace&locale=en").json["total"]


def test_the_index_check_names_the_document_that_differs(app: Flask) -> None:
    alter(app, "UPDATE page_translation SET body = 'changed' WHERE locale = 'en' AND name = :name")
    found = run(app, "index check")
    assert found.exit_code == 1
    assert [line for line in found.stdout.splitlines() if line.startswith("page/") and "en" in line.split(":")[0]]


def alter(app: Flask, statement: str) -> str:
    """Change the public row of one page behind the back of publication; return the page's code."""
    with app.app_context():
        row = db.session.execute(
            text("SELECT i.code, t.name FROM page_translation t JOIN item i ON i.id = t.item_id WHERE t.locale = 'en'")
        ).first()
        assert row
        db.session.execute(text(statement), {"name": row.name})
        db.session.commit()
        return str(row.code)


def test_the_content_check_names_item_and_field(app: Flask) -> None:
    assert run(app, "content check").exit_code == 0
    code = alter(app, "UPDATE page_translation SET summary = 'changed' WHERE locale = 'en' AND name = :name")
    found = run(app, "content check")
    assert found.exit_code == 1
    (line,) = found.stdout.splitlines()
    assert f"page {code}" in line
    assert "en.summary" in line


PALACE = "(SELECT item_id FROM destination WHERE code = 'istana-siak-sri-indrapura')"
TOUR = "(SELECT item_id FROM event WHERE code = 'tour-de-siak')"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"UPDATE destination SET category = 'nature' WHERE item_id = {PALACE}", "facts.category"),
        (f"UPDATE destination SET sources = '[]' WHERE item_id = {PALACE}", "facts.sources"),
        (f"UPDATE destination_translation SET body = 'x' WHERE locale = 'id' AND item_id = {PALACE}", "id.body"),
        (f"UPDATE occurrence SET status = 'cancelled' WHERE number = 1 AND item_id = {TOUR}", "facts.occurrences"),
        ("DELETE FROM page_translation WHERE locale = 'en' AND slug = 'contact'", "en is published but not public"),
        ("UPDATE item SET live_en = NULL WHERE code = 'contact'", "en is public but not published"),
        ("DELETE FROM slug WHERE kind = 'page' AND slug = 'contact'", "slug contact"),
    ],
)  # fmt: skip
def test_the_content_check_finds_a_change_of_any_table(app: Flask, statement: str, said: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount == 1
    found = run(app, "content check")
    assert found.exit_code == 1
    (line,) = found.stdout.splitlines()
    assert said in line


def test_the_content_check_finds_a_date_left_of_what_is_withdrawn(app: Flask) -> None:
    with app.app_context():
        begin_writing()
        item = items.find("event", "tour-de-siak", lock=True)
        assert item
        for locale in LOCALES:
            publish.withdraw(item, locale, Actor(command="test"), "test")
        db.session.commit()
        assert run(app, "content check").exit_code == 0
        left = Occurrence(item_id=item.id, number=1, start=date(2026, 12, 1), end=date(2026, 12, 1), start_time="", end_time="",
                          status="planned", previous_start="", venue_id="", venue_en="",
                          source="", note_id="", note_en="")  # fmt: skip
        db.session.add(left)
        db.session.commit()
    assert "event tour-de-siak: facts.occurrences" in run(app, "content check").stdout


@pytest.mark.parametrize(
    "command",
    ["demo", "demo --if-empty", "serve", CREATE, f"account password {EMAIL} --password-stdin", "index check",
     "index rebuild", "content check"],
)  # fmt: skip
def test_a_command_before_init_says_what_to_run(tmp_path: Path, command: str) -> None:
    app = make_site(tmp_path)
    refused = run(app, command, PASSWORD)
    assert refused.exit_code == 1
    assert "pesona init" in refused.stderr
    close_site(app)


@pytest.mark.parametrize("trigger", ["keep_revision_update", "keep_log_entry_delete"])
def test_a_lost_trigger_stops_the_commands_until_init_makes_it_again(app: Flask, trigger: str) -> None:
    with app.app_context():
        db.session.execute(text(f"DROP TRIGGER {trigger}"))
        db.session.commit()
    assert run(app, "index check").exit_code == 1
    assert run(app, "init").exit_code == 0
    assert run(app, "index check").exit_code == 0


def shell(home: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m pesona` *command* as a shell does, in a folder that is not the checkout."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PESONA_")}
    environ |= {"PESONA_HOME": str(home), "PYTHONPATH": str(Path(__file__).parent.parent), **settings}
    return subprocess.run(
        [sys.executable, "-m", "pesona", *command], env=environ, cwd=home.parent, capture_output=True, text=True
    )


def test_the_shell_sees_exit_codes_and_one_line_of_reason(tmp_path: Path) -> None:
    home = tmp_path / "home"
    before = shell(home, "content", "check")
    assert before.returncode == 1
    assert "pesona init" in before.stderr
    assert shell(home, "init").returncode == 0
    assert shell(home, "content", "check").returncode == 0
    wrong = shell(home, "init", PESONA_PROXIES="many")
    assert wrong.returncode == 1
    (line,) = wrong.stderr.splitlines()
    assert "PESONA_PROXIES" in line


def test_a_database_that_does_not_answer_is_said_in_one_line(tmp_path: Path) -> None:
    home = tmp_path / "home"
    answer = shell(home, "init", PESONA_DATABASE_URL=f"sqlite:///{tmp_path}/missing/siak.sqlite")
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert "PESONA_DATABASE_URL" in line
