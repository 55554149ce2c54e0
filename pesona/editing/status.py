"""The status of an event's dates, said at once on the site: one date or all that are to come."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from pesona import clock
from pesona.editing import immediate, items
from pesona.editing.log import Actor
from pesona.models.item import Item

# What is said of one date only: it needs a day or a place of its own.
OF_ONE = frozenset(("rescheduled", "moved"))
WITH_A_DAY = frozenset(("rescheduled", "planned", "expected"))
ALL = "all"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a date: its status, the reason for readers, a new day and times, or another place."""

    status: str
    reason_id: str
    reason_en: str = ""
    start: str = ""
    end: str = ""
    start_time: str = ""
    end_time: str = ""
    venue_id: str = ""
    venue_en: str = ""


def key(row: Mapping[str, Any]) -> str:
    """Return what names a date in its list: its first day, and its time where it has one."""
    return f"{row['start']}T{row['start_time']}" if row["start_time"] else str(row["start"])


def live_dates(item: Item) -> list[Row]:
    """Return the dates of *item* that readers see, the earliest first."""
    return sorted(immediate.live_snapshot(item)["facts"]["occurrences"], key=key)


def wanted(rows: Sequence[Row], which: str, status: str) -> set[str]:
    """Return the names of the dates that *which* means: one, or (`ALL`) those to come; of those *held*, all begun."""
    today = clock.today().isoformat()
    if which != ALL:
        return {key(row) for row in rows} & {which}
    if status == "held":
        return {key(row) for row in rows if row["start"] <= today}
    return {key(row) for row in rows if (row["end"] or row["start"]) >= today}


def say(item: Item, which: set[str], said: Said, actor: Actor) -> bool:
    """Make what is *said* of the dates *which* live at once, and say it in an open draft too; tell whether it changed.

    Raises `NotLive` or `Blocked` as every immediate deed.
    """
    live = _said_of(immediate.live_snapshot(item)["facts"]["occurrences"], which, said)
    draft = _said_of(items.snapshot(item)["facts"]["occurrences"], which, said)
    return immediate.change(
        item,
        {"facts": {"occurrences": live}},
        "date_status",
        actor,
        note=said.status,
        to_draft={"facts": {"occurrences": draft}},
    )


def _said_of(rows: Sequence[Row], which: set[str], said: Said) -> list[Row]:
    return [_with(row, said) if key(row) in which else row for row in deepcopy(list(rows))]


def _with(row: Row, said: Said) -> Row:
    told = {**row, "status": said.status, "note_id": said.reason_id, "note_en": said.reason_en}
    if said.start and said.status in WITH_A_DAY:
        # The first day that a date had is its name in calendars for ever, however often it moves.
        first = row["previous_start"] or row["start"]
        told["previous_start"] = "" if said.start == first else first
        told |= {"start": said.start, "end": said.end or _end(row, said.start)}
        told |= {"start_time": said.start_time, "end_time": said.end_time}
    if said.status == "moved":
        told |= {"venue_id": said.venue_id, "venue_en": said.venue_en}
    return told


def _end(row: Row, start: str) -> str:
    """Return the last day of *row* begun on *start*, as many days after it as before."""
    if not row["end"]:
        return ""
    length = date.fromisoformat(row["end"]) - date.fromisoformat(row["start"])
    return (date.fromisoformat(start) + length).isoformat()
