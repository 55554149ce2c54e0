"""The trip plan as files: a calendar of its days, and the points of its places for a navigator."""

from collections.abc import Iterator

from flask import Response, current_app

from pesona import addresses, clock, i18n
from pesona.head import absolute
from pesona.plan import trip
from pesona.plan.trip import Plan
from pesona.public.blueprint import localized
from pesona.public.plan import path_of, read_plan
from pesona.public.plan_shown import ShownDay, ShownPlan, ShownStop, entry_of, shown
from pesona.published import Point, PublishedEvent
from pesona.queries.calendars import facts_revisions
from pesona.queries.catalogue import catalogue
from pesona.shapes import gpx, ics, plan_ics
from pesona.shapes.gpx import Route, Waypoint
from pesona.shapes.plan_ics import PlannedStop
from pesona.text import dates


@localized("plan", ending=".ics")
def plan_calendar(locale: str) -> Response:
    """Answer each stop on its day; while no day is chosen, the dates to come of the events."""
    plan = read_plan().plan
    found = shown(plan, locale)
    speaker = i18n.speaker(locale)
    held = {stop.stop.code: stop for stop in found.stops if stop.stop.kind == "event" and _held(stop)}
    text = plan_ics.calendar(
        _planned(found),
        _dated(plan, found, held, locale),
        locale,
        current_app.config["SITE_URL"],
        addresses.plan(locale, ".ics", start=plan.start.isoformat() if plan.start else "", days=trip.tokens(plan)),
        speaker.gettext("Trip plan for Siak"),
        speaker.gettext,
    )
    return _file(text, ics.MEDIA_TYPE, locale)


def _held(stop: ShownStop) -> bool:
    return bool(stop.check and stop.check.date)


def _planned(found: ShownPlan) -> Iterator[PlannedStop]:
    """Return the stops of the days with a date, but events that have a date of their own then."""
    for day in (one for one in found.days if one.date):
        for stop in (one for one in day.stops if one.card and not _held(one)):
            entry = entry_of(stop.stop)
            if entry and stop.card and day.date:
                said = stop.told.text if stop.told else ""
                yield PlannedStop(stop.card, day.date, said, entry.changed_at[stop.card.locale], stop.point)


def _dated(plan: Plan, found: ShownPlan, held: dict[str, ShownStop], locale: str) -> Iterator[ics.Dated]:
    revisions = facts_revisions(found.events.values())
    today = clock.today()
    for event in found.events.values():
        stop = held.get(event.code)
        told = [stop.check.date] if stop and stop.check and stop.check.date else []
        if plan.start is None:
            told = event.coming(today)
        if told:
            yield ics.Dated(event, revisions.get(event.code, 0), told, *_place(event, locale))


def _place(event: PublishedEvent, locale: str) -> tuple[str, Point | None]:
    place = catalogue().entry("destination", event.destination)
    return (place.cards[locale].name, place.point) if place else ("", None)


@localized("plan", ending=".gpx")
def plan_track(locale: str) -> Response:
    """Answer the places whose points are known well enough, and the order of each day."""
    plan = read_plan().plan
    speaker = i18n.speaker(locale)
    text = gpx.gpx(
        speaker.gettext("Trip plan for Siak"),
        speaker.gettext(
            "Points of places in the order of the plan. The lines between them are straight; roads and ferries are longer."
        ),
        absolute(path_of(locale, plan)),
        [_route(day, locale) for day in shown(plan, locale).days],
    )
    answer = _file(text, gpx.MEDIA_TYPE, locale)
    answer.headers["Content-Disposition"] = f'attachment; filename="{speaker.gettext("siak-trip")}.gpx"'
    return answer


def _route(day: ShownDay, locale: str) -> Route:
    name = i18n.speaker(locale).gettext("Day %(number)s", number=day.number)
    name = f"{name} · {dates.day(day.date, locale)}" if day.date else name
    points = [
        Waypoint(one.card.name, one.told.text if one.told else "", absolute(one.card.path), one.point)
        for one in day.stops
        if one.card and one.point
    ]
    return Route(name, points)


def _file(body: bytes, kind: str, locale: str) -> Response:
    """Return a file of a plan: it is nobody's to keep but who asked."""
    answer = Response(body, content_type=kind)
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Content-Language"] = locale
    return answer
