"""Destinations as rows: what a snapshot prints into each cell, and what a changed cell does to it."""

import re
from typing import Any

from pesona import facilities
from pesona.editing.imports import sources
from pesona.editing.imports.areas import Areas
from pesona.editing.imports.cells import number_text, read_number, tidy
from pesona.editing.imports.filling import Filling
from pesona.editing.snapshot import ROWS, Snapshot
from pesona.hours.reported import sentence
from pesona.hours.week import HoursError, parse_week
from pesona.locales import LOCALES
from pesona.models.destination import ANSWERS, CATEGORIES, FACILITIES, KINDS

KIND = "destination"
FOR_NOW = 'off "for now"'
STATUS_TEXTS = {"always_open": "24/7", "closed": "off", "closed_for_now": FOR_NOW}
READ_STATUS = {
    "": "unknown", "unknown": "unknown", "24/7": "always_open", "off": "closed", "closed": "closed",
    FOR_NOW: "closed_for_now",
}  # fmt: skip
PRECISION = 100  # metres, of a point that comes without one
OF_PLACES = ("latitude", "longitude", "opening_hours", "price_note_id", "price_note_en", *FACILITIES)


def cells(snapshot: Snapshot, areas: Areas) -> dict[str, str]:
    """Return the cell of each column but `code`."""
    facts = snapshot["facts"]
    printed = {
        "kind": facts["kind"],
        "category": facts["category"],
        "district": areas.district_text(facts["district"]),
        "village": areas.village_text(facts["village"]),
        "latitude": number_text(facts["latitude"]),
        "longitude": number_text(facts["longitude"]),
        "coord_precision_m": "" if facts["latitude"] is None else number_text(facts["coord_precision_m"] or PRECISION),
        "opening_hours": _hours_text(facts),
        "name_jawi": facts["name_jawi"],
        "source": sources.text_of(facts["sources"]),
    }
    for name in ("name", "summary", "body", "price_note"):
        printed |= {f"{name}_{locale}": snapshot["words"][locale][name] for locale in LOCALES}
    answers = {row["what"]: row["answer"] for row in facts["facilities"]}
    printed |= {what: answers.get(what, "") for what in FACILITIES}
    return {column: tidy(text) for column, text in printed.items()}


def _hours_text(facts: dict[str, Any]) -> str:
    """Return the week of the office, or else what was printed last; seasons and dates have no column."""
    if facts["hours_status"] == "has_hours":
        reported = facts["hours_reported"]
        return facts["hours_week"] or (_rule(reported[0]["rule"]) if reported else "")
    return STATUS_TEXTS.get(facts["hours_status"], "")


def _rule(text: str) -> str:
    """Return opening hours in OpenStreetMap's form where they nearly are: `8.00–17.00` is `08:00-17:00`."""
    rule = re.sub(r"(\d)\.(\d\d)", r"\1:\2", text.replace("–", "-").replace("\n", "; "))
    rule = re.sub(r"(?<![\d:])(\d:\d\d)", r"0\1", rule)
    return text if sentence(rule, "en") == rule else rule


def _is_week(rule: str) -> bool:
    try:
        return bool(parse_week(rule))
    except HoursError:
        return False


def fill(row: Filling) -> None:
    """Put the changed cells of *row* into its snapshot."""
    for column, choices in (("kind", KINDS), ("category", CATEGORIES)):
        if column in row.changed:
            row.choose(column, choices)
    row.fill_district()
    row.fill_jawi()
    _fill_village(row)
    _fill_point(row)
    row.fill_words("name", "summary", "body", "price_note")
    facts = row.facts
    named = {
        key
        for fact in (*facts["hours_reported"], *facts["prices"], *facts["facilities"])
        for key in fact["source"].split()
    }
    named |= set(facts["hours_source"].split())
    row.fill_sources(named, _has_price_note(row))
    if "opening_hours" in row.changed:
        _fill_hours(row)
    for what in FACILITIES:
        if what in row.changed:
            _fill_facility(row, what)
    if _has_price_note(row) and (not facts["sources"] or _new_price_note(row)):
        row.source_keys()
    if facts["kind"] != "place":
        for column in OF_PLACES:
            if row.given.get(column) and column in row.changed:
                row.find("not_place", column)


def _has_price_note(row: Filling) -> bool:
    return any(row.snapshot["words"][locale]["price_note"] for locale in LOCALES)


def _new_price_note(row: Filling) -> bool:
    return any(f"price_note_{locale}" in row.changed and row.given[f"price_note_{locale}"] for locale in LOCALES)


def _fill_village(row: Filling) -> None:
    facts = row.facts
    if "village" in row.changed:
        text = row.given["village"]
        found = row.areas.villages(text, facts["district"]) if text else [""]
        if not found:
            row.find("village_unknown", "village", value=text[:80])
            return
        if len(found) > 1:
            row.find("village_ambiguous", "village", value=text[:80])
            return
        facts["village"] = found[0]
        if found[0] and not facts["district"] and "district" not in row.given:
            facts["district"] = row.areas.district_of[found[0]]
    elsewhere = facts["village"] and row.areas.district_of.get(facts["village"]) != facts["district"]
    if elsewhere and {"district", "village"} & set(row.changed):
        row.find("village_elsewhere", "village", value=row.areas.village_text(facts["village"]))


def _fill_point(row: Filling) -> None:
    facts = row.facts
    for column, most in (("latitude", 90), ("longitude", 180)):
        if column in row.changed:
            facts[column] = _degrees(row, column, most)
    wrong = any(finding.column in ("latitude", "longitude") for finding in row.findings)
    if wrong:
        return
    if (facts["latitude"] is None) != (facts["longitude"] is None):
        row.find("pair", "latitude")
    elif facts["latitude"] is not None and _are_swapped(facts["latitude"], facts["longitude"]):
        row.find("swapped", "latitude")
    _fill_precision(row)


def _degrees(row: Filling, column: str, most: int) -> float | None:
    text = row.given[column]
    if not text:
        return None
    try:
        degrees = read_number(text)
    except ValueError:
        row.find("number", column, value=text[:80])
        return None
    if abs(degrees) > most:
        swapped = column == "latitude" and 100 < degrees < 104
        row.find("swapped" if swapped else "range", column, value=text[:80], least=-most, most=most)
    return degrees


def _are_swapped(latitude: float, longitude: float) -> bool:
    return abs(longitude) < 5 and abs(latitude) > 80


def _fill_precision(row: Filling) -> None:
    facts, column = row.facts, "coord_precision_m"
    text = row.given[column] if column in row.changed else ""
    if text:
        try:
            metres = read_number(text)
        except ValueError:
            metres = 0
        if metres != int(metres) or metres < 1:
            row.find("whole", column, value=text[:80])
        elif facts["latitude"] is None:
            row.find("precision_alone", column)
        else:
            facts[column] = int(metres)
    elif facts["latitude"] is None:
        facts[column] = None if {column, "latitude", "longitude"} & set(row.changed) else facts[column]
    elif column in row.changed or (facts[column] is None and "latitude" in row.changed):
        facts[column] = PRECISION


def _fill_hours(row: Filling) -> None:
    """Set status and hours: a plain week is that of the office, anything else is kept as it was printed.

    What was printed before stays below, as the desk keeps it.
    """
    facts, text = row.facts, row.given["opening_hours"]
    status = READ_STATUS.get(" ".join(text.split()).lower())
    facts["hours_status"] = status or "has_hours"
    if status is not None:
        return
    rule = _rule(text)
    if _is_week(rule):
        if facts["hours_week"] != rule:
            facts.update(hours_week=rule, hours_source=row.source_keys(), hours_checked_on="")
        return
    facts["hours_week"] = ""
    if sentence(rule, "en") == rule:
        row.find("hours_as_written", "opening_hours")
    reported = facts["hours_reported"]
    same = next((one for one in reported if one["rule"] == rule), None)
    if same is None:
        keys = row.source_keys()
        same = {"rule": rule, "as_of": row.source_date(keys), "source": keys}
    facts["hours_reported"] = [same, *(one for one in reported if one is not same)]
    if len(rule) > 200:
        row.find("too_long", "opening_hours", limit=200)


def _fill_facility(row: Filling, what: str) -> None:
    """Set the answer about *what*, from the sources of this row; an empty cell makes it unknown again."""
    answer = row.given[what].lower()
    if answer not in ("", "unknown", *ANSWERS):
        row.find("choice", what, value=row.given[what][:80], choices=", ".join(("unknown", *ANSWERS)))
        return
    kept = [one for one in row.facts["facilities"] if one["what"] != what]
    if answer in ANSWERS:
        kept.append({**ROWS["facilities"], "what": what, "answer": answer, "source": row.source_keys()})
    row.facts["facilities"] = facilities.in_order(kept)
