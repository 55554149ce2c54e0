"""A trip plan as its address holds it: stops on days, perhaps with a first date. Pure.

An address says `start=2026-12-05&day=istana-siak-sri-indrapura,event:tour-de-siak&day=-&day=…`: one `day` for
each day, `-` where nothing is planned. A code that is not live stays, so that nothing is lost.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pesona.text.dates import iso_day

EMPTY_DAY = "-"
EVENT = "event:"
MOST_STOPS = 40  # that are shown with checks and distances
MOST_DAYS = 14
MOST_READ = 1000  # stops that an address may name
LONGEST_SHOWN = 40
FURTHEST = timedelta(days=3 * 366)
EARLIEST = timedelta(days=366)

_CODE = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Stop:
    """One destination or event of a plan."""

    kind: str
    code: str

    @property
    def token(self) -> str:
        """Return how an address names it."""
        return f"{EVENT}{self.code}" if self.kind == "event" else self.code


Days = tuple[tuple[Stop, ...], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Stops in order on each day; *start* is the date of the first day, where one is chosen."""

    days: Days = ()
    start: date | None = None

    @property
    def stops(self) -> tuple[Stop, ...]:
        return tuple(stop for day in self.days for stop in day)

    def date_of(self, at: int) -> date | None:
        """Return the date of the day *at*, counted from 0."""
        return self.start + timedelta(days=at) if self.start else None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that an address says wrongly: *kind* is its message, *said* are the words it is about."""

    kind: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The plan of an address, what is wrong with it, and what stands in the field of the date."""

    plan: Plan
    troubles: tuple[Trouble, ...] = ()
    typed: str = ""


def read(days: Sequence[str], placed: Sequence[str], start: str, today: date) -> Reading:
    """Return the plan that an address gives by *days*, or its form by *placed*: `2.code` is a stop of day 2."""
    given = _placed(placed) if placed else [day.split(",") for day in days]
    found, troubles = _stops(given)
    typed = "".join(letter for letter in start[:200] if letter.isprintable() and letter != " ")
    begins, wrong = _start(typed, today)
    return Reading(Plan(found, begins), (*troubles, *([Trouble(wrong, (_shown(typed),))] if wrong else ())), typed)


def tokens(plan: Plan) -> tuple[str, ...]:
    """Return the values of `day` that an address gives for *plan*."""
    return tuple(",".join(stop.token for stop in day) or EMPTY_DAY for day in plan.days)


def _placed(values: Iterable[str]) -> list[list[str]]:
    days: dict[int, list[str]] = {}
    for value in values:
        number, dot, token = value.partition(".")
        plain = dot and number.isascii() and number.isdigit() and len(number) < 4
        days.setdefault(max(int(number), 1) if plain else 1, []).append(token if plain else value)
    return [days.get(number, []) for number in range(1, max(days, default=0) + 1)]


def _stops(given: Sequence[Sequence[str]]) -> tuple[Days, list[Trouble]]:
    days: list[list[Stop]] = []
    seen: set[Stop] = set()
    doubled: list[str] = []
    unread: list[str] = []
    for number, words in enumerate(given):
        if number < MOST_DAYS:
            days.append([])
        for word in (one.strip() for one in words):
            stop = _stop(word)
            if word in ("", EMPTY_DAY):
                continue
            if stop is None or len(seen) >= MOST_READ:
                unread.append(_shown(word))
            elif stop in seen:
                doubled.append(stop.token)
            else:
                seen.add(stop)
                days[-1].append(stop)
    while days and not days[-1]:
        days.pop()
    troubles = [Trouble("unread", tuple(dict.fromkeys(unread))[:10])] if unread else []
    troubles += [Trouble("doubled", tuple(dict.fromkeys(doubled)))] if doubled else []
    troubles += [Trouble("many_days")] if any(map(_names_stops, given[MOST_DAYS:])) else []
    return tuple(map(tuple, days)), troubles


def _names_stops(words: Iterable[str]) -> bool:
    return any(word.strip() not in ("", EMPTY_DAY) for word in words)


def _stop(word: str) -> Stop | None:
    kind, code = ("event", word[len(EVENT) :]) if word.startswith(EVENT) else ("destination", word)
    return Stop(kind, code) if len(code) <= 120 and _CODE.fullmatch(code) else None


def _shown(typed: str) -> str:
    """Return *typed* as a message may name it: short, and without what nobody can see."""
    clean = "".join(letter if letter.isprintable() else "\ufffd" for letter in typed[: LONGEST_SHOWN + 1])
    return clean if len(clean) <= LONGEST_SHOWN else f"{clean[:LONGEST_SHOWN]}…"


def _start(typed: str, today: date) -> tuple[date | None, str]:
    if not typed:
        return None, ""
    day = iso_day(typed) if _DAY.fullmatch(typed) else None
    if day is None:
        return None, "not_a_day"
    if not today - EARLIEST <= day <= today + FURTHEST:
        return None, "too_far"
    return day, ""


def added(plan: Plan, stop: Stop) -> Plan:
    """Return *plan* with *stop* at the end of its last day, where it is not in it yet."""
    if stop in plan.stops:
        return plan
    *before, last = plan.days or ((),)
    return replace(plan, days=(*before, (*last, stop)))


def changed(plan: Plan, deed: str) -> Plan:
    """Return *plan* after *deed*: `up.code`, `down.code` or `remove.code`; one that is none changes nothing."""
    name, _, token = deed.partition(".")
    stop = _stop(token)
    if stop not in plan.stops or stop is None:
        return plan
    if name == "remove":
        return replace(plan, days=_trimmed([[one for one in day if one != stop] for day in plan.days]))
    if name in ("up", "down"):
        return replace(plan, days=_moved([list(day) for day in plan.days], stop, -1 if name == "up" else 1))
    return plan


def _moved(days: list[list[Stop]], stop: Stop, by: int) -> Days:
    """Return *days* with *stop* one place on; from the edge of a day it goes to the day beside."""
    number = next(n for n, day in enumerate(days) if stop in day)
    day, at = days[number], days[number].index(stop)
    if 0 <= at + by < len(day):
        day[at], day[at + by] = day[at + by], day[at]
    elif 0 <= number + by < len(days):
        day.remove(stop)
        beside = days[number + by]
        beside.insert(len(beside) if by < 0 else 0, stop)
    return _trimmed(days)


def _trimmed(days: list[list[Stop]]) -> Days:
    while days and not days[-1]:
        days.pop()
    return tuple(map(tuple, days))
