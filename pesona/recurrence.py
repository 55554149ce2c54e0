"""The dates that a rule makes: worded from the first date, written as RRULE text (RFC 5545). Pure.

The list of dates is the truth; a rule only fills it.
"""

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

# Dates from one form, months ahead of a rule without an end, days between two dates of one rule.
MOST, AHEAD_MONTHS, LONGEST_STEP = 104, 24, 366
KINDS = ("once", "days", "weekly", "month_day", "month_weekday", "month_last", "yearly")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Row = Mapping[str, Any]


class Impossible(ValueError):
    """A rule that makes no list of dates: *field* of the form names the fault, *rule* says which."""

    def __init__(self, field: str, rule: str, **values: Any) -> None:
        super().__init__(rule)
        self.field, self.rule, self.values = field, rule, values


@dataclass(frozen=True, slots=True)
class Rule:
    """How the dates follow the first one; without *until* and *count* it goes on until further notice."""

    kind: str
    start: date
    every: int = 1
    until: date | None = None
    count: int | None = None

    @property
    def endless(self) -> bool:
        return self.kind != "once" and self.until is None and self.count is None


@dataclass(frozen=True, slots=True)
class Made:
    """The days that a rule gives, and the first days of months (or years) that have no such day."""

    days: tuple[date, ...]
    skipped: tuple[date, ...] = ()


def kinds(start: date) -> list[str]:
    """Return the kinds of rule that the day *start* allows: only a day of the last week can be the last of its name."""
    return [kind for kind in KINDS if kind != "month_last" or is_last(start)]


def is_last(day: date) -> bool:
    """Tell whether *day* is the last of its weekday in its month."""
    return (day + timedelta(days=7)).month != day.month


def place_in_month(day: date) -> int:
    """Return the how-manieth of its weekday *day* is in its month, from 1 to 5."""
    return (day.day - 1) // 7 + 1


def write(rule: Rule) -> str:
    """Return *rule* as RRULE text; what happens once has none."""
    if rule.kind == "once":
        return ""
    weekday = WEEKDAYS[rule.start.weekday()]
    parts = {
        "days": ["FREQ=DAILY"],
        "weekly": ["FREQ=WEEKLY", f"BYDAY={weekday}"],
        "month_day": ["FREQ=MONTHLY", f"BYMONTHDAY={rule.start.day}"],
        "month_weekday": ["FREQ=MONTHLY", f"BYDAY={place_in_month(rule.start)}{weekday}"],
        "month_last": ["FREQ=MONTHLY", f"BYDAY=-1{weekday}"],
        "yearly": ["FREQ=YEARLY", f"BYMONTH={rule.start.month}", f"BYMONTHDAY={rule.start.day}"],
    }[rule.kind]
    if rule.every > 1:
        parts.insert(1, f"INTERVAL={rule.every}")
    if rule.until:
        parts.append(f"UNTIL={rule.until:%Y%m%d}")
    elif rule.count:
        parts.append(f"COUNT={rule.count}")
    return ";".join(parts)


def read(text: str, start: date) -> Rule:
    """Return the rule that `write` wrote as *text*; what it never writes raises `Impossible`."""
    if not text:
        return Rule("once", start)
    try:
        given = dict(part.split("=", 1) for part in text.split(";"))
        until = datetime.strptime(given["UNTIL"], "%Y%m%d").date() if "UNTIL" in given else None
        count = int(given["COUNT"]) if "COUNT" in given else None
        rule = Rule(_kind(given), start, int(given.get("INTERVAL", "1")), until, count)
    except (KeyError, ValueError) as error:
        raise Impossible("repeat", "rule_unknown", text=text) from error
    if write(rule) != text:
        raise Impossible("repeat", "rule_unknown", text=text)
    return rule


def _kind(given: Mapping[str, str]) -> str:
    if given["FREQ"] == "MONTHLY" and "BYDAY" in given:
        return "month_last" if given["BYDAY"].startswith("-1") else "month_weekday"
    return {"DAILY": "days", "WEEKLY": "weekly", "MONTHLY": "month_day", "YEARLY": "yearly"}[given["FREQ"]]


def make(rule: Rule, today: date) -> Made:
    """Return the days of *rule*, from its first date on; one without an end is made 24 months ahead of *today*.

    Raises `Impossible` where the rule makes no list of dates, or one of more than 104.
    """
    if rule.kind not in kinds(rule.start):
        raise Impossible("repeat", "rule_last" if rule.kind == "month_last" else "rule_unknown", text=rule.kind)
    if rule.kind == "once":
        return Made((rule.start,))
    if not 1 <= rule.every <= LONGEST_STEP:
        raise Impossible("every", "rule_every", most=LONGEST_STEP)
    if rule.until and rule.until < rule.start:
        raise Impossible("until", "rule_until")
    if rule.count is not None and not 1 <= rule.count <= MOST:
        raise Impossible("count", "rule_count", most=MOST)
    ahead = max(rule.start, today) + relativedelta(months=AHEAD_MONTHS)
    try:
        found = rrulestr(f"RRULE:{write(rule)}", dtstart=datetime.combine(rule.start, time()))
        days = tuple(moment.date() for moment in islice(found, MOST + 2))
    except OverflowError as error:
        raise Impossible("until" if rule.until else "repeat", "rule_many", most=MOST) from error
    if rule.endless:
        days = tuple(day for day in days if day < ahead)
        # A week every seven days makes 105 in two years: that one waits for the next confirmation.
        days = days[:MOST] if len(days) == MOST + 1 else days
    if len(days) > MOST:
        raise Impossible("until", "rule_many", most=MOST)
    return Made(days, _skipped(rule, days))


def _skipped(rule: Rule, days: Sequence[date]) -> tuple[date, ...]:
    """Return the first day of each month that the rule comes to between its days and that has no such day."""
    if rule.kind not in ("month_day", "month_weekday", "yearly") or not days:
        return ()
    step = relativedelta(years=rule.every) if rule.kind == "yearly" else relativedelta(months=rule.every)
    there = {(day.year, day.month) for day in days}
    last = min(rule.until, days[-1] + step) if rule.until else days[-1]
    month, found = rule.start.replace(day=1), []
    while month <= last:
        whole = month.replace(day=calendar.monthrange(month.year, month.month)[1]) <= last
        if (month.year, month.month) not in there and whole:
            found.append(month)
        month += step
    return tuple(found)


def fill(rows: Sequence[Row], days: Collection[date], new: Row, length: int, since: date) -> list[dict[str, Any]]:
    """Return *rows* with the dates *days* of a rule that applies from the day *since*.

    Earlier dates become fixed. Later ones that the rule made give way, but one that was moved, or of which
    anything is said, is kept, and so is what was added by hand. A day that is in the list already, or from
    which a date was moved, is not made again. *new* is the pattern of a new row, *length* the days after
    its first.
    """
    wanted = {day.isoformat() for day in days if day >= since}
    kept = []
    for row in rows:
        if row["by_rule"] and row["start"] >= since.isoformat() and row["start"] not in wanted and not _touched(row):
            continue
        kept.append({**row, "by_rule": row["by_rule"] and row["start"] in wanted})
    # A row that somebody moved stands for the day that it had.
    taken = {row["start"] for row in kept} | {row["previous_start"] for row in kept if row["previous_start"]}
    for day in sorted(wanted - taken):
        end = (date.fromisoformat(day) + timedelta(days=length)).isoformat() if length else ""
        kept.append({**new, "start": day, "end": end, "by_rule": True})
    return sorted(kept, key=in_order)


def in_order(row: Row) -> tuple[str, str, str]:
    """Return where *row* stands in a list of dates."""
    return (row["start"], row["start_time"], row["end"])


def _touched(row: Row) -> bool:
    said = ("previous_start", "venue_id", "venue_en", "note_id", "note_en")
    return row["status"] not in ("planned", "expected") or any(row[name] for name in said)
