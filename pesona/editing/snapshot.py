"""The shape of a revision: the whole item as one JSON value, of a numbered version.

    {"version": 1, "facts": {...}, "words": {"id": {...}, "en": {...}}}

The tables below name every field with its empty value; rows are lists of small tables.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from pesona.locales import LOCALES

VERSION = 1

Snapshot = dict[str, Any]

_SOURCED: dict[str, Any] = {"editor_notes": [], "sources": [], "checked_on": ""}
_SHARED_FACTS: dict[str, Any] = {"aliases": [], "related": [], **_SOURCED}
_SHARED_WORDS = {"name": "", "slug": "", "summary": "", "body": "", "search_description": ""}

FACTS: Mapping[str, dict[str, Any]] = {
    "destination": {
        "kind": "place",
        "category": "",
        "district": "",
        "village": "",
        "latitude": None,
        "longitude": None,
        "coord_precision_m": None,
        "name_jawi": "",
        "year_built": "",
        "architect": "",
        "hours_status": "unknown",
        "hours_week": "",
        "hours_last_entry": "",
        "hours_seasons": [],
        "hours_dates": [],
        "hours_holidays": "",
        "hours_holiday_dates": [],
        "by_appointment": False,
        "appointment_contact": "",
        "closed_until": "",
        "hours_source": "",
        "hours_checked_on": "",
        "hours_reported": [],
        "prices": [],
        "facilities": [],
        "photos": [],
        **_SHARED_FACTS,
    },
    "event": {
        "category": "",
        "district": "",
        "destination": "",
        "name_jawi": "",
        "usual_months": [],
        "moving_date": "",
        "occurrences": [],
        "rrule": "",
        "rule_start": "",
        "exdates": [],
        "photos": [],
        **_SHARED_FACTS,
    },
    "page": {"position": 50, "menu": "none", "photos": [], **_SHARED_FACTS},
    "notice": {
        "kind": "",
        "severity": "warning",
        "start": "",
        "end": "",
        "scope": "",
        "districts": [],
        "destinations": [],
        **_SOURCED,
    },
}

WORDS: Mapping[str, dict[str, str]] = {
    "destination": {**_SHARED_WORDS, "getting_there": "", "tips": "", "status_note": "", "price_note": ""},
    "event": {**_SHARED_WORDS, "venue": "", "usual_time": "", "getting_there": "", "tips": ""},
    "page": _SHARED_WORDS,
    "notice": {"name": "", "summary": "", "body": ""},
}

MARKDOWN = ("body", "getting_there", "tips", "status_note")

ROWS: Mapping[str, dict[str, Any]] = {
    "sources": {"key": "", "publisher": "", "url": "", "date": "", "checked": ""},
    "hours_seasons": {"name_id": "", "name_en": "", "start": "", "end": "", "week": "", "last_entry": ""},
    "hours_dates": {"start": "", "end": "", "times": "", "note_id": "", "note_en": ""},
    "hours_holiday_dates": {"date": "", "times": ""},
    "hours_reported": {"rule": "", "as_of": "", "source": ""},
    "prices": {
        "visitor": "any",
        "residence": "any",
        "day": "any",
        "amount_idr": 0,
        "kind": "fixed",
        "valid_from": "",
        "valid_until": "",
        "legal_basis": "",
        "includes_id": "",
        "includes_en": "",
        "checked_on": "",
        "as_of": "",
        "source": "",
        "note_id": "",
        "note_en": "",
    },
    "facilities": {"what": "", "answer": "", "note_id": "", "note_en": "", "source": "", "checked_on": ""},
    "occurrences": {
        "start": "",
        "end": "",
        "start_time": "",
        "end_time": "",
        "status": "planned",
        "previous_start": "",
        "venue_id": "",
        "venue_en": "",
        "by_rule": False,
        "source": "",
        "note_id": "",
        "note_en": "",
    },
}


class UnknownField(ValueError):
    """A snapshot names a field that its kind does not have."""


def empty(kind: str) -> Snapshot:
    """Return the snapshot of an item of *kind* of which nothing is known."""
    words = {locale: dict(WORDS[kind]) for locale in LOCALES}
    return {"version": VERSION, "facts": deepcopy(FACTS[kind]), "words": words}


def complete(kind: str, given: Mapping[str, Any]) -> Snapshot:
    """Return *given* with every missing field empty, so that older snapshots read like new ones.

    *given* has `facts` and `words`; a name that the kind does not know raises `UnknownField`.
    """
    whole = empty(kind)
    _fill(whole["facts"], given.get("facts", {}), "facts")
    for name in ROWS.keys() & whole["facts"].keys():
        whole["facts"][name] = [_row(name, row) for row in whole["facts"][name]]
    for locale in LOCALES:
        _fill(whole["words"][locale], given.get("words", {}).get(locale, {}), locale)
        for name, text in whole["words"][locale].items():
            whole["words"][locale][name] = text.replace("\r\n", "\n").strip()
    return whole


def upgraded(kind: str, stored: Mapping[str, Any]) -> tuple[Snapshot, list[tuple[str, str]]]:
    """Return a *stored* snapshot as one of today, and (part, name) of what today's has no place for.

    Stored revisions are never rewritten, so this is where an older one becomes readable.
    """
    shape, known, dropped = empty(kind), empty(kind), []
    for where in (*LOCALES, "facts"):
        values = part(known, where)
        for name, value in _stored_part(stored, where).items():
            if name not in part(shape, where):
                dropped.append((where, name))
            elif name in ROWS and where == "facts":
                values[name] = [{n: v for n, v in row.items() if n in ROWS[name]} for row in value]
                dropped += [(where, f"{name}.{n}") for n in _unknown(ROWS[name], value)]
            else:
                values[name] = value
    return complete(kind, {key: known[key] for key in ("facts", "words")}), sorted(dropped)


def _unknown(shape: Mapping[str, Any], rows: list[dict[str, Any]]) -> set[str]:
    return {name for row in rows for name in row if name not in shape}


def stored_fields(stored: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return (part, name) of every field that the *stored* snapshot speaks of, known today or not."""
    return {(where, name) for where in ("facts", *LOCALES) for name in _stored_part(stored, where)}


def _stored_part(stored: Mapping[str, Any], where: str) -> Mapping[str, Any]:
    values: Mapping[str, Any] = stored.get("facts", {}) if where == "facts" else stored.get("words", {}).get(where, {})
    return values


def _row(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    row = dict(ROWS[name])
    _fill(row, given, name)
    return row


def _fill(target: dict[str, Any], given: Mapping[str, Any], where: str) -> None:
    if unknown := set(given) - set(target):
        raise UnknownField(f"{where}: unknown field {', '.join(sorted(unknown))}")
    target.update(given)


def fields(snapshot: Snapshot) -> Iterator[tuple[str, str, Any]]:
    """Yield each field as (part, name, value); the part is `facts` or a language."""
    for name, value in snapshot["facts"].items():
        yield "facts", name, value
    for locale in LOCALES:
        for name, value in snapshot["words"][locale].items():
            yield locale, name, value


def part(snapshot: Snapshot, name: str) -> dict[str, Any]:
    """Return the facts of *snapshot*, or its words in the language *name*."""
    values: dict[str, Any] = snapshot["facts"] if name == "facts" else snapshot["words"][name]
    return values


def changed_fields(before: Snapshot, after: Snapshot) -> list[tuple[str, str]]:
    """Return (part, name) of every field that differs."""
    return [(where, name) for where, name, value in fields(after) if part(before, where)[name] != value]
