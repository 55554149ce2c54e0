"""Every row from one database to another, SQLite or PostgreSQL; and the migrations of a database that is not the site's."""

from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import Config
from sqlalchemy import Connection, Engine, insert, select, text

from pesona.db import db
from pesona.editing.schema import MIGRATIONS, migrate

BATCH = 500


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy the rows of all tables of the site; those of *target* must be empty."""
    for table in db.metadata.sorted_tables:
        rows = source.execution_options(yield_per=BATCH).execute(select(table)).mappings()
        for batch in rows.partitions(BATCH):
            target.execute(insert(table), [dict(row) for row in batch])


def make_tables(engine: Engine) -> None:
    """Make the tables of this release in the empty database *engine*."""
    db.metadata.create_all(engine)
    with engine.begin() as connection:
        MigrationContext.configure(connection).stamp(ScriptDirectory(MIGRATIONS), "heads")


def empty(connection: Connection) -> None:
    """Take every row out of a PostgreSQL database; what keeps history from DELETE knows no TRUNCATE."""
    names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
    connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


def count_on(connection: Connection) -> None:
    """Let the numbers of PostgreSQL go on after the highest that was copied."""
    for table in db.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        name, key = table.name, column.name
        if connection.scalar(text("SELECT pg_get_serial_sequence(:name, :key)"), {"name": f'"{name}"', "key": key}):
            statement = (
                f"SELECT setval(pg_get_serial_sequence('\"{name}\"', '{key}'), coalesce(max(\"{key}\"), 1), "
                f'max("{key}") IS NOT NULL) FROM "{name}"'
            )
            connection.execute(text(statement))


def is_known(engine: Engine) -> bool:
    """Tell whether *engine* has tables of a migration that this release knows."""
    with engine.connect() as connection:
        at = MigrationContext.configure(connection).get_current_heads()
    known = {script.revision for script in ScriptDirectory(MIGRATIONS).walk_revisions()}
    return bool(at) and set(at) <= known


def upgrade(engine: Engine) -> None:
    """Bring the database *engine*, which is not the site's, to the newest migration."""
    config: Config = migrate.get_config(MIGRATIONS)
    config.attributes["engine"] = engine
    command.upgrade(config, "heads")
