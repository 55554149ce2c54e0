"""Backup and restore: a drill that brings the site back as it was, and everything that must be refused."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from pesona.cli import running
from pesona.db import begin_writing, db
from pesona.editing import archive, backup, items, publish, restore
from pesona.editing.log import Actor
from pesona.models.account import LogEntry, SignIn
from pesona.models.item import Revision
from tests.admin.desk import EN, PALACE, WORDS_EN, chain, contents
from tests.client import SelfCheckingClient
from tests.conftest import PASSWORD, SiteClock, close_site, make_site
from tests.factories import go_back_to_first_release
from tests.test_commands import run

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
ACTOR = Actor(command="test")
PHOTO = b"\xff\xd8 a photograph"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "siak.backup"


@pytest.fixture
def other(tmp_path: Path, clock: SiteClock) -> Iterator[Flask]:
    """An empty home on another machine."""
    app = make_site(tmp_path / "other", clock)
    yield app
    close_site(app)


def pages(app: Flask) -> dict[str, bytes]:
    """Return the bytes of every page that the sitemap names."""
    client = app.test_client()
    tree = ElementTree.fromstring(client.get("/sitemap.xml").data)
    paths = [(loc.text or "").removeprefix("http://127.0.0.1:8000") for loc in tree.iter(SITEMAP)]
    assert len(paths) > 150
    found = {}
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        found[path] = answer.data
    return found


def make_media(app: Flask, **files: bytes) -> None:
    folder = Path(app.config["HOME"]) / "media/originals"
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in files.items():
        (folder / name).write_bytes(body)


def media(app: Flask) -> dict[str, bytes]:
    folder = Path(app.config["HOME"]) / "media"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def save(app: Flask, summary: str, publishing: bool = False) -> None:
    with app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        number = items.save(item, item.head, {"en": {"summary": summary}}, ACTOR).number
        if publishing:
            publish.publish(item, number, ["en"], ACTOR)
        db.session.commit()


def log_of(app: Flask, deed: str) -> list[LogEntry]:
    with app.app_context():
        return list(db.session.scalars(select(LogEntry).where(LogEntry.deed == deed)))


def well(app: Flask) -> None:
    for command in ("content check", "index check"):
        checked = run(app, command)
        assert checked.exit_code == 0, checked.output


def test_the_drill_brings_back_every_page_byte_for_byte(
    app: Flask, other: Flask, file: Path, make_account: Callable[..., str]
) -> None:
    email = make_account("Siti")
    save(app, "The palace, as it was on the day of the backup.", publishing=True)
    make_media(app, a=PHOTO, b=b"")
    before, revisions = pages(app), [(r.number, r.snapshot, r.note) for r in chain(app)]
    made = run(app, f"backup {file}")
    assert made.exit_code == 0, made.output
    assert (file.stat().st_mode & 0o777) == 0o600

    done = run(other, f"restore {file}")
    assert done.exit_code == 0, done.output
    assert pages(other) == before
    assert [(r.number, r.snapshot, r.note) for r in chain(other)] == revisions
    assert media(other) == {"originals/a": PHOTO, "originals/b": b""}
    well(other)
    SelfCheckingClient(other).sign_in(email, PASSWORD)
    key = Path(other.config["HOME"]) / "secret_key"
    assert key.read_text() == (Path(app.config["HOME"]) / "secret_key").read_text()
    assert (key.stat().st_mode & 0o777) == 0o600
    with other.app_context(), pytest.raises(DatabaseError, match="kept for good"):
        db.session.execute(text("DELETE FROM revision"))


def test_each_deed_has_one_log_row(app: Flask, other: Flask, file: Path) -> None:
    """E-63, for the two commands."""
    run(app, f"backup {file}")
    assert [(row.role, row.sentence) for row in log_of(app, "backup")] == [("backup", file.name)]
    run(other, f"restore {file}")
    assert [row.role for row in log_of(other, "restore_site")] == ["restore"]


def test_a_site_that_is_there_is_replaced_only_when_told(app: Flask, file: Path) -> None:
    make_media(app, a=PHOTO, changed=b"before")
    run(app, f"backup {file}")
    public = pages(app)
    client = app.test_client()
    save(app, "A later change.", publishing=True)
    make_media(app, later=b"x", changed=b"after")
    changed = client.get(EN).data
    assert changed != public[EN]
    stored = contents(app)
    refused = run(app, f"restore {file}")
    assert refused.exit_code == 1
    assert "--overwrite" in refused.stderr
    assert contents(app) == stored
    assert run(app, f"restore {file} --overwrite").exit_code == 0
    # The same process, with its pages in memory, answers as on that day.
    assert pages(app) == public
    assert media(app) == {"originals/a": PHOTO, "originals/changed": b"before"}
    well(app)


def test_who_was_signed_in_signs_in_anew(app: Flask, file: Path, make_account: Callable[..., str]) -> None:
    """A sign-in that has ended since the backup must not live again."""
    client = SelfCheckingClient(app)
    client.sign_in(make_account("Siti"), PASSWORD)
    run(app, f"backup {file}")
    run(app, f"restore {file} --overwrite")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignIn)) == 0
    assert client.get("/admin").status_code == 401
    client.sign_in("siti@example.go.id", PASSWORD)
    client.submit(client.visit(WORDS_EN), summary="Work goes on.")


def test_a_backup_while_somebody_saves_is_of_one_moment(app: Flask, other: Flask, file: Path) -> None:
    """Every save writes revision, mark, public row and log together: all or none of each is in the file."""
    stop, saved = threading.Event(), threading.Semaphore(0)

    def keep_saving() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            save(app, f"Saved {number} times.", publishing=True)
            saved.release()

    writer = threading.Thread(target=keep_saving)
    writer.start()
    try:
        for _ in range(3):
            saved.acquire()
        assert run(app, f"backup {file}").exit_code == 0
        saved.acquire()
    finally:
        stop.set()
        writer.join()
    assert run(other, f"restore {file}").exit_code == 0
    well(other)
    newest, *_ = chain(other)
    assert newest.number >= 4
    with other.app_context():
        assert db.session.scalar(select(func.max(Revision.number))) == newest.number
    assert f"Saved {newest.number - 1} times." in other.test_client().get(EN).text


def broken(file: Path, how: str) -> None:
    """Spoil the good backup *file*."""
    body = file.read_bytes()
    if how == "empty":
        file.write_bytes(b"")
    elif how == "foreign":
        file.write_bytes(b"not a backup at all" * 100)
    elif how == "cut":
        file.write_bytes(body[: len(body) * 2 // 3])
    elif how == "flipped":
        middle = len(body) // 2
        file.write_bytes(body[:middle] + bytes([body[middle] ^ 0xFF]) + body[middle + 1 :])
    else:
        rewrite(file, how)


def rewrite(file: Path, how: str) -> None:
    with zipfile.ZipFile(file) as pack:
        found = {name: pack.read(name) for name in pack.namelist()}
    about = json.loads(found[archive.LIST])
    if how == "no list":
        del found[archive.LIST]
    elif how == "newer":
        about["format"] += 1
    elif how == "climbing":
        found["media/../../outside"] = b"x"
        about["files"]["media/../../outside"] = {"sha256": "0", "size": 1}
    elif how == "unlisted":
        found["media/more"] = b"x"
    elif how == "altered":
        found["secret_key"] = b"0" * 64
    elif how in ("no site", "later migration", "torn database"):
        found["pesona.sqlite"] = other_database(found["pesona.sqlite"], file.with_suffix(".db"), how)
        about["files"]["pesona.sqlite"] = {"sha256": archive.hashlib.sha256(found["pesona.sqlite"]).hexdigest()}
    with zipfile.ZipFile(file, "w") as pack:
        for name, body in found.items():
            pack.writestr(name, json.dumps(about) if name == archive.LIST else body)


def other_database(body: bytes, path: Path, how: str) -> bytes:
    if how == "torn database":
        return body[:8192] + b"\xff" * 8192 + body[16384:]
    if how == "no site":
        body = b""
    path.write_bytes(body)
    with sqlite3.connect(path) as connection:
        if how == "no site":
            connection.execute("CREATE TABLE other (id)")
        else:
            connection.execute("UPDATE alembic_version SET version_num = '9999_later'")
    connection.close()
    return path.read_bytes()


WRONG = ("empty", "foreign", "cut", "flipped", "no list", "newer", "climbing", "unlisted", "altered", "no site",
         "later migration", "torn database")  # fmt: skip


def test_what_is_no_whole_backup_is_refused_before_anything_is_touched(app: Flask, file: Path) -> None:
    run(app, f"backup {file}")
    good, stored = file.read_bytes(), contents(app)
    home = Path(app.config["HOME"])
    names = sorted(p.name for p in home.iterdir())
    for how in WRONG:
        file.write_bytes(good)
        broken(file, how)
        refused = run(app, f"restore {file} --overwrite")
        assert refused.exit_code == 1, how
        assert isinstance(refused.exception, SystemExit), (how, refused.exception)
        assert refused.stderr.startswith("Error: "), how
        assert contents(app) == stored, how
        assert sorted(p.name for p in home.iterdir()) == names, how
    assert not (home.parent / "outside").exists()


@pytest.mark.parametrize("command", ["backup {file}", "backup {file}/x"])
def test_a_backup_takes_the_place_of_nothing(app: Flask, file: Path, command: str) -> None:
    file.write_bytes(b"an older one")
    refused = run(app, command.format(file=file))
    assert refused.exit_code == 1
    assert file.read_bytes() == b"an older one"
    assert [p.name for p in file.parent.iterdir() if "siak" in p.name] == [file.name]


def test_a_backup_needs_a_site_and_a_restore_a_file(other: Flask, file: Path) -> None:
    assert "pesona init" in run(other, f"backup {file}").stderr
    assert run(other, f"restore {file}").exit_code == 1
    assert not file.exists()


def test_an_older_backup_is_upgraded(app: Flask, other: Flask, file: Path) -> None:
    with app.app_context():
        go_back_to_first_release()
    close_site(app)
    about = {"made_at": "2026-09-05T01:00:00", "database": "sqlite"}
    archive.write(file, {archive.DATABASE: Path(app.config["HOME"]) / "pesona.sqlite"}, about)
    done = run(other, f"restore {file}")
    assert done.exit_code == 0, done.output
    well(other)


KILL = """
import os, signal, sys
def kill(event, arguments, left=[int(sys.argv.pop())]):
    if event in ("os.rename", "sqlite3.connect", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
from pesona.__main__ import main
sys.addaudithook(kill)
main()
"""


def test_a_killed_restore_leaves_the_old_site_or_the_new(app: Flask, file: Path, home: Path, tmp_path: Path) -> None:
    """Killed at one file operation after another: the site is always whole, and the next try completes."""
    make_media(app, a=PHOTO)
    run(app, f"backup {file}")
    restored = app.test_client().get(EN).data
    save(app, "The old site, changed since.", publishing=True)
    changed = app.test_client().get(EN).data
    close_site(app)
    seen = set()
    for left in (4, 8, 10, 11, 23, 28, 42, 100_000):
        copy = tmp_path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(home, copy)
        killed = killed_restore(copy, file, left) != 0
        assert killed == (left < 100_000)
        site = make_site(copy, SiteClock())
        page = site.test_client().get(EN).data
        assert page in (restored, changed), left
        seen.add((killed, page == restored))
        assert media(site) == {"originals/a": PHOTO}
        assert run(site, "content check").exit_code == 0
        if killed:
            assert run(site, f"restore {file} --overwrite").exit_code == 0
        assert not list(copy.glob(".restore-*")), "what a killed one left is cleared away"
        well(site)
        close_site(site)
    assert seen == {(True, False), (True, True), (False, True)}


def killed_restore(home: Path, file: Path, left: int) -> int:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PESONA_")}
    environ |= {"PESONA_HOME": str(home), "PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", KILL, "restore", str(file), "--overwrite", str(left)]
    done = subprocess.run(command, env=environ, cwd=home.parent, capture_output=True, text=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def test_a_backup_and_a_restore_tell_of_each_file(app: Flask, other: Flask, file: Path, home: Path) -> None:
    (home / "media").mkdir(exist_ok=True)
    (home / "media" / "photo.jpg").write_bytes(PHOTO)
    told: dict[str, list[tuple[int, int, str]]] = {"backup": [], "restore": []}
    with app.app_context():
        count = backup.backup(file, home, ACTOR, lambda *step: told["backup"].append(step))
    with other.app_context():
        restore.restore(file, other.config["HOME"], False, lambda *step: told["restore"].append(step))
    for steps in told.values():
        assert [done for done, _, _ in steps] == list(range(1, count + 1))
        assert {of for _, of, _ in steps} == {count}
    assert {name for _, _, name in told["backup"]} >= {archive.DATABASE, archive.KEY, "media/photo.jpg"}
    assert sorted(told["restore"]) == sorted(told["backup"])


def test_progress_is_a_line_a_second_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = iter((0.0, 0.5, 1.2, 1.2, 1.9, 2.3, 2.3))
    with running.told("Writing", lambda: next(seconds)) as tell:
        for done in range(1, 5):
            tell(done, 4, "a file")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Writing: 2 of 4 files\nWriting: 4 of 4 files\n")


def test_a_quick_backup_says_its_one_sentence_alone(app: Flask, file: Path) -> None:
    done = run(app, f"backup {file}")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1


def test_progress_is_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    master, slave = os.openpty()
    with os.fdopen(slave, "w") as terminal, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        with running.told("Writing") as tell:
            for done in range(1, 5):
                tell(done, 4, f"file {done}")
        print("the end", file=terminal, flush=True)
        shown = ""
        while "the end" not in shown:
            shown += os.read(master, 65536).decode()
    os.close(master)
    assert "Writing" in shown
    assert "100%" in shown
