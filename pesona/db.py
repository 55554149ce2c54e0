"""The database: one typed base, one session, and how SQLite and PostgreSQL are spoken to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, Connection, Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, registry

# Names for constraints from the first migration on, so that later ones can find them.
CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The base of all models."""

    registry = registry(
        metadata=MetaData(naming_convention=CONVENTION),
        type_annotation_map={dict[str, Any]: JSON, list[Any]: JSON},
    )


# For another writer on SQLite, in milliseconds.
LONGEST_WAIT = 5000

db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def init_app(app: Flask) -> None:
    """Bind the database to *app* and prepare its connections."""
    options = app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {})
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        options.setdefault("connect_args", {"timeout": LONGEST_WAIT / 1000})
    else:
        # A server that was started anew has forgotten the connections that the pool keeps.
        options.setdefault("pool_pre_ping", True)
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _listen_sqlite(db.engine)


def sqlite_engine(path: Path) -> Engine:
    """Return an engine for the SQLite file *path* that is not the site's own, spoken to in the same way."""
    engine = create_engine(f"sqlite:///{path}")
    _listen_sqlite(engine)
    return engine


def _listen_sqlite(engine: Engine) -> None:
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Transactions are begun by us (see below), not guessed at by the driver.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={LONGEST_WAIT}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the write lock at once, so that what it read cannot change under it.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN DEFERRED")


def begin_writing() -> None:
    """Begin the session's transaction as a writer; a read before this in it is given up first."""
    db.session.rollback()
    db.session.connection(execution_options={"writing": True})


@contextmanager
def writing_at_once() -> Iterator[Connection]:
    """Give a connection whose transaction writes now or raises: it hardly waits for another writer."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            _wait_for_writers(connection, 50)
        try:
            with connection.execution_options(writing=True).begin():
                if connection.dialect.name != "sqlite":
                    connection.exec_driver_sql("SET LOCAL lock_timeout = '50ms'")
                yield connection
        finally:
            if connection.dialect.name == "sqlite":
                _wait_for_writers(connection, LONGEST_WAIT)


def _wait_for_writers(connection: Connection, milliseconds: int) -> None:
    # Past SQLAlchemy, which would begin a transaction for it.
    connection.connection.cursor().execute(f"PRAGMA busy_timeout={milliseconds}").close()


@contextmanager
def reading() -> Iterator[Connection]:
    """Give a plain connection for the questions of public pages: one consistent view, no session."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection
