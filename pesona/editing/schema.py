"""The database made or upgraded: migrations, the triggers that keep history, the first rows."""

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import Migrate, upgrade
from sqlalchemy import Connection, text

from pesona.db import begin_writing, db
from pesona.editing import areas
from pesona.models.public import ContentVersion
from pesona.paths import PACKAGE

MIGRATIONS = str(PACKAGE / "migrations")
IMMUTABLE = ("revision", "log_entry")

migrate = Migrate(db=db, directory=MIGRATIONS)


def init() -> None:
    """Create or upgrade the database; safe to repeat. Needs an application context."""
    upgrade(directory=MIGRATIONS)
    begin_writing()
    make_triggers()
    if db.session.get(ContentVersion, 1) is None:
        db.session.add(ContentVersion(id=1, number=1))
    areas.load()
    db.session.commit()


def is_current() -> bool:
    """Tell whether the database is at the newest migration and its triggers stand."""
    with db.engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_heads()
        heads = ScriptDirectory(MIGRATIONS).get_heads()
        return set(at) == set(heads) and _triggers(connection) >= 2 * len(IMMUTABLE)


def make_triggers(connection: Connection | None = None) -> None:
    """Make the triggers that refuse UPDATE and DELETE; batch migrations drop them."""
    connection = connection or db.session.connection()
    make = _sqlite_trigger if connection.dialect.name == "sqlite" else _postgresql_trigger
    for table in IMMUTABLE:
        for deed in ("UPDATE", "DELETE"):
            for statement in make(table, deed):
                connection.execute(text(statement))


def _triggers(connection) -> int:  # type: ignore[no-untyped-def]
    where = {"sqlite": "sqlite_master WHERE type = 'trigger' AND name", "postgresql": "pg_trigger WHERE tgname"}
    statement = f"SELECT count(*) FROM {where[connection.dialect.name]} LIKE 'keep_%'"
    return int(connection.execute(text(statement)).scalar_one())


def _sqlite_trigger(table: str, deed: str) -> list[str]:
    name = f"keep_{table}_{deed.lower()}"
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} rows are kept for good'); END",
    ]


def _postgresql_trigger(table: str, deed: str) -> list[str]:
    name = f"keep_{table}_{deed.lower()}"
    return [
        "CREATE OR REPLACE FUNCTION keep_rows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% rows are kept for good', TG_TABLE_NAME; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION keep_rows()",
    ]
