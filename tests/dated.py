"""Events with dates for tests: made, changed and published through the desk's own deeds."""

from collections.abc import Sequence
from typing import Any

from flask import Flask

from pesona.db import begin_writing, db
from pesona.editing import items, publish
from pesona.editing.log import Actor
from pesona.models.item import PARTS

ACTOR = Actor(command="test")
SIAK = "14.08.01"
SOURCES = [{"key": "uji", "publisher": "Uji"}]


def sourced(occurrences: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"source": "uji", **one} for one in occurrences]


def words(code: str, **more: str) -> dict[str, dict[str, str]]:
    """Return words in both languages that tell them apart."""
    return {
        "id": {
            "name": f"Acara {code}",
            "slug": f"acara-{code}",
            "summary": f"Ringkasan {code}.",
            "body": "Isi.",
            **more,
        },
        "en": {
            "name": f"Event {code}",
            "slug": f"event-{code}",
            "summary": f"Summary {code}.",
            "body": "Text.",
            **more,
        },
    }


def new_event(code: str, occurrences: Sequence[dict[str, Any]], parts: Sequence[str] = PARTS, **facts: Any) -> None:
    """Make and publish an event in the present transaction."""
    said = facts.pop("words", None) or words(code)
    given = {"category": "culture", "district": SIAK, "sources": SOURCES, "occurrences": sourced(occurrences), **facts}
    item = items.create("event", code, {"facts": given, "words": said}, ACTOR)
    publish.publish(item, item.head, parts, ACTOR)


def publish_event(app: Flask, code: str, occurrences: Sequence[dict[str, Any]], **facts: Any) -> None:
    with app.app_context():
        begin_writing()
        new_event(code, occurrences, **facts)
        db.session.commit()


def change_event(app: Flask, code: str, **facts: Any) -> None:
    """Save changed *facts* of a live event and publish them."""
    with app.app_context():
        begin_writing()
        item = items.find("event", code, lock=True)
        assert item
        if "occurrences" in facts:
            facts["occurrences"] = sourced(facts["occurrences"])
        items.save(item, item.head, {"facts": facts}, ACTOR)
        publish.publish(item, item.head, ("facts",), ACTOR)
        db.session.commit()


def withdraw_event(app: Flask, code: str, *locales: str) -> None:
    with app.app_context():
        begin_writing()
        item = items.find("event", code, lock=True)
        assert item
        for locale in locales:
            publish.withdraw(item, locale, ACTOR, "test")
        db.session.commit()
