"""Bind the index to the application and let it follow every publication."""

from pathlib import Path

from flask import Flask

from pesona.models.changes import after_public_commit
from pesona.search import follow
from pesona.search.index import Index


def init_app(app: Flask, home: Path) -> None:
    app.extensions["pesona.index"] = Index(home / "index")
    if follow.drain not in after_public_commit:
        after_public_commit.append(follow.drain)
