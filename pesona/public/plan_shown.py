"""A trip plan as its page and its files show it: live entries, checks, distances, what did not fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pesona import clock
from pesona.plan import checks
from pesona.plan.checks import AHEAD, Asked, Check
from pesona.plan.order import Lines, Places, lines
from pesona.plan.trip import MOST_STOPS, Plan, Stop
from pesona.public import plan_words
from pesona.public.plan_words import Told
from pesona.published import Card, Point, PublishedEvent, PublishedNotice
from pesona.queries.catalogue import Entry, catalogue
from pesona.queries.holidays import by_day
from pesona.queries.items import published_by_codes


@dataclass(frozen=True, slots=True)
class ShownStop:
    """One stop: without a *card* nothing of that code is live; *leg* are the kilometres from the stop before."""

    stop: Stop
    number: int
    card: Card | None = None
    check: Check | None = None
    told: Told | None = None
    leg: float | None = None
    point: Point | None = None
    notices: Sequence[PublishedNotice] = ()

    @property
    def district(self) -> str:
        """Return the code of the district it is in, where that is known."""
        entry = entry_of(self.stop)
        return entry.district if entry else ""

    @property
    def warns(self) -> bool:
        return self.card is None or bool(self.check and self.check.warns)


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day with its stops and the straight lines between them."""

    number: int
    date: date | None
    stops: tuple[ShownStop, ...]
    lines: Lines


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """The days of a plan, the stops that did not fit (day, stop, name), and the events of the plan by code."""

    days: tuple[ShownDay, ...] = ()
    rest: tuple[tuple[int, Stop, str], ...] = ()
    events: Mapping[str, PublishedEvent] = field(default_factory=dict)

    @property
    def stops(self) -> list[ShownStop]:
        return [stop for day in self.days for stop in day.stops]

    @property
    def warnings(self) -> int:
        return sum(stop.warns for stop in self.stops)


def entry_of(stop: Stop) -> Entry | None:
    """Return what *stop* names, where that is live and belongs into a plan."""
    entry = catalogue().entry(stop.kind, stop.code)
    return entry if entry and (entry.kind == "event" or entry.subkind == "place") else None


def name_of(stop: Stop, locale: str) -> str:
    """Return the name of *stop*, or its code where nothing of it is live."""
    entry = entry_of(stop)
    return entry.cards[locale].name if entry else stop.code


def points(plan: Plan) -> dict[Stop, Point]:
    """Return where the stops are whose point is known well enough; an event is where its destination is."""
    found = {stop: _point(stop.code) for stop in plan.stops if stop.kind == "destination" and entry_of(stop)}
    found |= {Stop("event", code): _point(one.destination) for code, one in _events(plan).items()}
    return {stop: point for stop, point in found.items() if point is not None and point.exact}


def _point(code: str) -> Point | None:
    entry = catalogue().entry("destination", code)
    return entry.point if entry else None


def _events(plan: Plan) -> dict[str, PublishedEvent]:
    codes = [stop.code for stop in plan.stops if stop.kind == "event" and entry_of(stop)]
    found = published_by_codes("event", codes) if codes else []
    return {one.code: one for one in found if isinstance(one, PublishedEvent)}


def positions(plan: Plan) -> Places:
    """Return the latitudes and longitudes of `points`."""
    return {stop: (point.latitude, point.longitude) for stop, point in points(plan).items()}


def shown(plan: Plan, locale: str) -> ShownPlan:
    """Return what the page of *plan* shows: its first stops whole, the others by name."""
    left, numbered = MOST_STOPS, 0
    days, rest = [], []
    events, where = _events(plan), points(plan)
    for at, stops in enumerate(plan.days):
        fitting, over = stops[:left], stops[left:]
        left -= len(fitting)
        rest += [(at + 1, stop, name_of(stop, locale)) for stop in over]
        if over and not fitting:
            continue
        on = plan.date_of(at)
        built = [_stop(stop, numbered + n, on, locale, events, where) for n, stop in enumerate(fitting, 1)]
        numbered += len(built)
        there = {one.stop: (one.point.latitude, one.point.longitude) for one in built if one.point}
        between = lines(fitting, there)
        placed = tuple(_with_leg(one, leg) for one, leg in zip(built, between.legs, strict=True))
        days.append(ShownDay(at + 1, on, placed, between))
    return ShownPlan(tuple(days), tuple(rest), events)


def _with_leg(one: ShownStop, leg: float | None) -> ShownStop:
    return ShownStop(one.stop, one.number, one.card, one.check, one.told, leg, one.point, one.notices)


def _stop(
    stop: Stop,
    number: int,
    on: date | None,
    locale: str,
    events: Mapping[str, PublishedEvent],
    where: Mapping[Stop, Point],
) -> ShownStop:
    entry = entry_of(stop)
    if entry is None:
        return ShownStop(stop, number)
    card = entry.cards[locale]
    if on is None:
        return ShownStop(
            stop, number, card, None, plan_words.undated(entry, locale, clock.today()), point=where.get(stop)
        )
    concerning = _notices(entry, events.get(stop.code) if stop.kind == "event" else None)
    asked = Asked(
        on, clock.now(), by_day(min(on, clock.today()), max(on, clock.today()) + timedelta(days=AHEAD)), concerning
    )
    if stop.kind == "event":
        check = checks.event(entry.occurrences, asked)
        told = plan_words.of_event(check, card.usual_time, locale)
    else:
        check = checks.place(entry.hours, asked)
        told = plan_words.of_place(check, entry.hours, locale)
    elsewhere = check.date is not None and check.date.venue(locale)
    told_of = [one for one in checks.on_day(concerning, on) if one is not check.by]
    return ShownStop(stop, number, card, check, told, None, None if elsewhere else where.get(stop), told_of)


def _notices(entry: Entry, event: PublishedEvent | None) -> list[PublishedNotice]:
    """Return the notices of a stop, on now or on another day; those of the whole site stand above every page."""
    place = catalogue().entry("destination", event.destination) if event else entry
    districts = {entry.district, place.district if place else ""} - {""}
    destinations = {place.code} if place else set()
    return [one for one in catalogue().notices if one.scope != "site" and one.concerns(districts, destinations)]
