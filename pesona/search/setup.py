"""Bind the index to the application and let it follow every publication."""

from pathlib import Path

from flask import Flask

from pesona.db import db
from pesona.models.changes import after_public_commit
from pesona.search import follow
from pesona.search.index import Index
from pesona.search.postgresql import PostgresqlIndex


def init_app(app: Flask, home: Path) -> None:
    """Choose the engine by the database: PostgreSQL searches itself, anything else has the folder of Whoosh."""
    with app.app_context():
        postgresql = db.engine.dialect.name == "postgresql"
        app.extensions["pesona.index"] = PostgresqlIndex(db.engine) if postgresql else Index(home / "index")
    if follow.drain not in after_public_commit:
        after_public_commit.append(follow.drain)
