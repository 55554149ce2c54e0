"""The rows of the public tables as a snapshot says them: written by publication, compared by check."""

from datetime import date
from typing import Any

from pesona.db import Model
from pesona.editing.snapshot import MARKDOWN, Snapshot
from pesona.models.destination import Destination, DestinationTranslation
from pesona.models.event import Event, EventTranslation
from pesona.models.notice import Notice, NoticeTranslation
from pesona.models.page import Page, PageTranslation
from pesona.text.folding import fold
from pesona.text.markdown import to_html

FACTS_TABLE: dict[str, type[Model]] = {
    "destination": Destination,
    "event": Event,
    "page": Page,
    "notice": Notice,
}
WORDS_TABLE: dict[str, type[Model]] = {
    "destination": DestinationTranslation,
    "event": EventTranslation,
    "page": PageTranslation,
    "notice": NoticeTranslation,
}

# Fields that a snapshot calls otherwise than the table, and those that stay in the desk.
_RENAMED = {"district": "district_code", "village": "village_code", "destination": "destination_code"}
_NULL_WHERE_EMPTY = {"district_code", "village_code"}
_NOT_PUBLIC = {"editor_notes", "occurrences", "photos", "rrule", "rule_start", "exdates"}


def facts_row(code: str, snapshot: Snapshot) -> dict[str, Any]:
    """Return the columns of the facts row, without key and time."""
    row: dict[str, Any] = {"code": code}
    for name, value in snapshot["facts"].items():
        if name in _NOT_PUBLIC:
            continue
        column = _RENAMED.get(name, name)
        row[column] = None if column in _NULL_WHERE_EMPTY and not value else value
    return row


def words_row(locale: str, snapshot: Snapshot) -> dict[str, Any]:
    """Return the columns of the words row in *locale*, without key and time."""
    row: dict[str, Any] = {}
    for name, text in snapshot["words"][locale].items():
        row[name] = text
        if name in MARKDOWN:
            row[f"{name}_html"] = to_html(text)
    row["sort_key"] = fold(row["name"])
    return row


def occurrence_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the dates of an event in time; an item of another kind has none."""
    rows = []
    for given in snapshot["facts"].get("occurrences", []):
        start = date.fromisoformat(given["start"])
        end = date.fromisoformat(given["end"]) if given["end"] else start
        row = {name: value for name, value in given.items() if name != "by_rule"}
        rows.append({**row, "start": start, "end": end})
    rows.sort(key=lambda row: (row["start"], row["start_time"], row["end"]))
    return [{"number": number, **row} for number, row in enumerate(rows, 1)]


def photo_rows(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Return the photos of an item in their order; an item of another kind has none."""
    return [{"position": n, "photo_id": number} for n, number in enumerate(snapshot["facts"].get("photos", []), 1)]
