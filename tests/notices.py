"""Notices for tests: made and published through the desk's own deeds."""

from typing import Any

from flask import Flask

from pesona.db import begin_writing, db
from pesona.editing import items, publish
from pesona.editing.log import Actor
from pesona.models.item import PARTS

ACTOR = Actor(command="test")
PALACE, SIAK, DAYUN = "istana-siak-sri-indrapura", "14.08.01", "14.08.06"
WORDS = {
    "id": {"name": "Kabut asap di Siak", "summary": "Pakailah masker di luar ruangan.", "body": ""},
    "en": {"name": "Haze over Siak", "summary": "Wear a mask out of doors.", "body": ""},
}
FACTS = {"kind": "haze", "severity": "warning", "start": "2026-11-24 11:00", "end": "2026-11-24 12:30"}


def publish_notice(app: Flask, code: str = "asap", parts: tuple[str, ...] = PARTS, **facts: Any) -> None:
    """Publish a notice; without a scope it is for the whole site."""
    words = facts.pop("words", WORDS)
    with app.app_context():
        begin_writing()
        given = {"facts": {**FACTS, "scope": "site", **facts}, "words": words}
        item = items.create("notice", code, given, ACTOR)
        publish.publish(item, item.head, parts, ACTOR)
        db.session.commit()
