"""A made-up place with opening hours, published through the desk's own deeds."""

from typing import Any

from flask import Flask

from pesona.db import begin_writing, db
from pesona.editing import immediate, items, publish
from pesona.models.item import PARTS
from tests.notices import ACTOR

PATHS = {"id": "/id/destinasi/kolam-id", "en": "/en/destinations/kolam-en"}
API = "/api/v1/destinations/kolam"
FACTS: dict[str, Any] = {
    "category": "nature",
    "district": "14.08.01",
    "latitude": 0.8,
    "longitude": 102.0,
    "coord_precision_m": 100,
    "sources": [{"key": "dinas", "publisher": "Dinas Uji"}],
}
WORDS = {
    "id": {"summary": "Kolam kecil dengan capung, di pinggir kota kecil.", "body": "Air dan capung di pinggir kota."},
    "en": {"summary": "A small pond with dragonflies at the edge of a small town.", "body": "Water and dragonflies."},
}
WEEK: dict[str, Any] = {
    "hours_status": "has_hours",
    "hours_week": "Mo-Th,Sa,Su 08:00-17:00; Fr 08:00-11:30,14:00-17:00",
    "hours_last_entry": "Mo-Su 16:30",
    "hours_source": "dinas",
    "hours_checked_on": "2026-11-20",
}


def publish_pond(app: Flask, code: str = "kolam", **facts: Any) -> None:
    """Make the pond with these *facts* and publish it in both languages."""
    words = {lo: {**text, "name": f"{code.capitalize()} {lo}", "slug": f"{code}-{lo}"} for lo, text in WORDS.items()}
    with app.app_context():
        begin_writing()
        item = items.create("destination", code, {"facts": {**FACTS, **facts}, "words": words}, ACTOR)
        publish.publish(item, item.head, PARTS, ACTOR)
        db.session.commit()


def change_pond(app: Flask, **facts: Any) -> None:
    """Change *facts* of the pond, live at once."""
    with app.app_context():
        begin_writing()
        item = items.find("destination", "kolam", lock=True)
        assert item
        immediate.change(item, {"facts": facts}, "test", ACTOR)
        db.session.commit()
