"""Events as rows: what a snapshot prints into each cell, and what a changed cell does to it.

`start`, `end` and `status` are those of the latest date. A new start becomes a date of its own where
the latest one is history (past, or held), and takes its place where it is still to come.
"""

import re
from typing import Any

from sqlalchemy import select

from pesona import clock
from pesona.db import db
from pesona.editing.imports import sources
from pesona.editing.imports.areas import Areas
from pesona.editing.imports.cells import read_date, tidy
from pesona.editing.imports.filling import Filling
from pesona.editing.snapshot import ROWS, Snapshot
from pesona.locales import LOCALES
from pesona.models.event import CATEGORIES, STATUSES
from pesona.models.item import Item

KIND = "event"
_RULE = re.compile(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;[A-Z]+=[A-Z0-9,+\-]+)*")


def cells(snapshot: Snapshot, areas: Areas) -> dict[str, str]:
    """Return the cell of each column but `code`."""
    facts, words = snapshot["facts"], snapshot["words"]
    latest = _latest(facts) or dict.fromkeys(ROWS["occurrences"], "")
    printed = {
        "category": facts["category"],
        "district": areas.district_text(facts["district"]),
        "destination": facts["destination"],
        "venue": words["id"]["venue"] or words["en"]["venue"],
        "start": latest["start"],
        "end": "" if latest["end"] == latest["start"] else latest["end"],
        "status": latest["status"],
        "rrule": facts["rrule"],
        "name_jawi": facts["name_jawi"],
        "source": sources.text_of(facts["sources"]),
    }
    for name in ("name", "summary", "body"):
        printed |= {f"{name}_{locale}": words[locale][name] for locale in LOCALES}
    return {column: tidy(text) for column, text in printed.items()}


def _latest(facts: dict[str, Any]) -> dict[str, Any] | None:
    return max(facts["occurrences"], key=lambda row: (row["start"], row["end"]), default=None)


def fill(row: Filling) -> None:
    """Put the changed cells of *row* into its snapshot."""
    if "category" in row.changed:
        row.choose("category", CATEGORIES)
    row.fill_district()
    row.fill_jawi()
    row.fill_words("name", "summary", "body")
    _fill_venue(row)
    for column in ("destination", "rrule"):
        if column in row.changed:
            row.facts[column] = row.given[column]
    if "destination" in row.changed and row.facts["destination"] and not _is_destination(row.facts["destination"]):
        row.find("destination_unknown", "destination", value=row.facts["destination"][:80])
    _check_rule(row)
    row.fill_sources({key for one in row.facts["occurrences"] for key in one["source"].split()}, needed=False)
    if {"start", "end", "status"} & set(row.changed):
        _fill_dates(row)


def _is_destination(code: str) -> bool:
    found = select(Item.id).where(Item.kind == "destination", Item.code == code)
    return db.session.scalar(found) is not None


def _check_rule(row: Filling) -> None:
    if "rrule" not in row.changed or not row.given["rrule"]:
        return
    rule = row.given["rrule"].removeprefix("RRULE:")
    row.facts["rrule"] = rule
    known = _RULE.fullmatch(rule) and len(rule) <= 500
    row.find("rule_kept" if known else "rule", "rrule", value=rule[:80])


def _fill_venue(row: Filling) -> None:
    """Set where it is in each language that has a name; a translation that says it otherwise stays."""
    words, said = row.snapshot["words"], [row.snapshot["words"][locale]["venue"] for locale in LOCALES]
    given, printed = row.given.get("venue"), next(filter(None, said), "")
    if given is None or not {"venue", "name_id", "name_en"} & set(row.changed):
        return
    row.limit("venue", 2_000)
    for locale in LOCALES:
        if words[locale]["venue"] in ("", printed) or not given:
            words[locale]["venue"] = given if words[locale]["name"] else ""


def _fill_dates(row: Filling) -> None:
    start, end = (_day(row, column) for column in ("start", "end"))
    if start is None or end is None:
        return
    status = row.given.get("status", "").lower()
    if status and status not in STATUSES:
        row.find("choice", "status", value=status[:80], choices=", ".join(STATUSES))
    elif not start:
        _without_date(row, end, status)
    elif end and end < start:
        row.find("end_before_start", "end")
    else:
        _set_date(row, start, end, status)


def _day(row: Filling, column: str) -> str | None:
    """Return the day of *column* as the row gives it, or as the latest date has it; None is a wrong one."""
    text = row.given.get(column)
    if text is None:
        # A start without a column `end` is a date of one day; an end alone goes with the date that is there.
        latest = _latest(row.facts)
        return str(latest[column]) if latest and (column == "start" or "start" not in row.changed) else ""
    if not text:
        return ""
    try:
        day, timed = read_date(text, row.order)
    except ValueError:
        row.find("date", column, value=text[:80])
        return None
    if timed:
        row.find("time_dropped", column)
    return day


def _without_date(row: Filling, end: str, status: str) -> None:
    if end and row.given.get("end"):
        row.find("end_alone", "end")
    elif status:
        row.find("status_alone", "status")
    if "start" in row.given:
        row.facts["occurrences"] = [one for one in row.facts["occurrences"] if _is_history(one)]


def _set_date(row: Filling, start: str, end: str, status: str) -> None:
    dates, end = row.facts["occurrences"], "" if end == start else end
    same = next((one for one in dates if one["start"] == start), None)
    latest = _latest(row.facts)
    if same is None and latest is not None and not _is_history(latest):
        same = latest
    if same is None:
        same = dict(ROWS["occurrences"])
        dates.append(same)
    before = (same["start"], same["end"], same["status"])
    same.update(start=start, end=end)
    if "status" in row.given or before[0] != start:
        same["status"] = status or "planned"
    if (same["start"], same["end"], same["status"]) != before:
        same["source"] = row.source_keys()


def _is_history(date: dict[str, Any]) -> bool:
    return bool(date["status"] == "held" or (date["end"] or date["start"]) < clock.today().isoformat())
