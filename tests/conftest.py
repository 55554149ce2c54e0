"""The fixtures of all tests: one demo site made per run, a copy of its files for each test."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event

from pesona.app import create_app
from pesona.clock import WIB
from pesona.db import begin_writing, db
from pesona.editing import accounts
from pesona.editing.log import Actor
from pesona.search import follow
from tests.client import SelfCheckingClient
from tests.factories import publish_demo

PASSWORD = "tepian sungai di waktu pagi"
START = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)

# Thousands of sites are made in a run: each template is compiled once for all of them, known by its source.
COMPILED = TemporaryDirectory(prefix="pesona-templates-")
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(COMPILED.name)}


class SiteClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


def make_site(home: Path, clock: SiteClock | None = None, **settings: str) -> Flask:
    """Return an application of its own in *home*, as the shell would start it."""
    return create_app({"PESONA_HOME": str(home), **settings}, clock or SiteClock())


def close_site(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        follow.index().close()


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the Siak content published and indexed, made once; never write to it."""
    home = tmp_path_factory.mktemp("demo")
    app = make_site(home)
    with app.app_context():
        publish_demo()
    close_site(app)
    return home


@pytest.fixture
def clock() -> SiteClock:
    return SiteClock()


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Path:
    """A copy of the demo site's files for this test alone."""
    copy = tmp_path / "home"
    shutil.copytree(demo_home, copy)
    return copy


@pytest.fixture
def app(home: Path, clock: SiteClock) -> Iterator[Flask]:
    """The demo site; no application context is left open."""
    app = make_site(home, clock)
    yield app
    close_site(app)


@pytest.fixture(scope="session")
def reading_app(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One demo site shared by the tests that only read."""
    copy = tmp_path_factory.mktemp("reading") / "home"
    shutil.copytree(demo_home, copy)
    app = make_site(copy)
    yield app
    close_site(app)


@pytest.fixture
def reader(reading_app: Flask) -> SelfCheckingClient:
    """A visitor of the shared demo site, whose clock stands at the start."""
    from pesona import clock as site_clock

    site_clock.set_clock(SiteClock())
    return SelfCheckingClient(reading_app)


@pytest.fixture
def client(app: Flask) -> SelfCheckingClient:
    """A visitor of this test's own site."""
    return SelfCheckingClient(app)


@pytest.fixture
def make_account(app: Flask) -> Callable[..., str]:
    """Make an account as `pesona account create` does; returns its address."""

    def make(name: str, role: str = "editor", locale: str = "en") -> str:
        email = f"{name.lower()}@example.go.id"
        with app.app_context():
            begin_writing()
            accounts.create(email, role, PASSWORD, Actor(command="test"), name, locale)
            db.session.commit()
        return email

    return make


@pytest.fixture
def sign_in(app: Flask, make_account: Callable[..., str]) -> Callable[..., SelfCheckingClient]:
    """Return a signed-in client for a new account."""

    def enter(name: str = "Siti", role: str = "editor", locale: str = "en") -> SelfCheckingClient:
        client = SelfCheckingClient(app)
        client.sign_in(make_account(name, role, locale), PASSWORD)
        return client

    return enter


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL statements sent to this test's database, transactions and pragmas aside."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
