"""The trip plan without an account: it lives in the address, and every change is a plain form of it."""

from typing import Any

from flask import redirect, request
from markupsafe import Markup
from segno import make as make_qr
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses, clock, i18n
from pesona.head import SITE_NAME, Head, absolute, head
from pesona.locales import LOCALES
from pesona.plan import trip
from pesona.plan.order import by_distance
from pesona.plan.trip import MOST_DAYS, MOST_STOPS, Plan, Reading, Stop
from pesona.public import arguments
from pesona.public.blueprint import localized, page
from pesona.public.plan_shown import ShownPlan, name_of, positions, shown
from pesona.public.plan_words import TROUBLES
from pesona.published import Card
from pesona.queries.catalogue import catalogue
from pesona.sheets.route import Route, route
from pesona.text.folding import fold

MOST_FOUND = 8
LONGEST_QR = 900  # characters; a longer address makes a code too fine for a printed page
DEEDS = ("on", "do", "add", "order")


@localized("plan")
def trip_plan(locale: str) -> BaseResponse:
    """Show the plan of the address; a form of the page leads back to the address of the plan it makes."""
    reading = read_plan()
    if any(name in request.args for name in DEEDS):
        made = _done(reading.plan)
        return redirect(path_of(locale, made, reading.typed) + _where(made), 303)
    plan = reading.plan
    filled = bool(plan.stops or reading.troubles or reading.typed)
    found = shown(plan, locale)
    address = absolute(path_of(locale, plan))
    return page(
        "public/plan.html",
        locale,
        _head(locale, reading, filled),
        cached=not request.args,
        plan=plan,
        shown=found,
        limit=MOST_STOPS,
        choices=range(1, min(len(plan.days) + 1, MOST_DAYS) + 1),
        typed=reading.typed or (plan.start.isoformat() if plan.start else ""),
        troubles=_troubles(reading, locale),
        tokens=trip.tokens(plan),
        address=address,
        qr=_qr(address) if plan.stops else None,
        ics=addresses.plan(locale, ".ics", **_query(plan)) if plan.start and plan.stops else "",
        gpx=addresses.plan(locale, ".gpx", **_query(plan)) if any(stop.point for stop in found.stops) else "",
        drawn=_drawn(found, locale),
        second=path_of(locale, Plan((tuple(stop for _, stop, _ in found.rest),))) if found.rest else "",
        **_finding(locale, plan),
    )


def read_plan() -> Reading:
    """Return the plan that the request asks for."""
    given = request.args
    return trip.read(given.getlist("day"), given.getlist("on"), given.get("start", ""), clock.today())


def path_of(locale: str, plan: Plan, typed: str = "") -> str:
    """Return the address of *plan*; a first day that could not be read stays as it was *typed*."""
    query = _query(plan)
    return addresses.plan(locale, start=query["start"] or typed[:40], days=query["days"])


def _query(plan: Plan) -> dict[str, Any]:
    return {"start": plan.start.isoformat() if plan.start else "", "days": trip.tokens(plan)}


def _done(plan: Plan) -> Plan:
    """Return *plan* after what the form asks for."""
    add = trip.read([arguments.text("add")], (), "", clock.today()).plan.stops
    for stop in add:
        plan = trip.added(plan, stop)
    plan = trip.changed(plan, arguments.text("do"))
    return by_distance(plan, positions(plan)) if request.args.get("order") == "distance" else plan


def _where(plan: Plan) -> str:
    """Return the fragment of the stop that was moved or added, so that whoever moved it finds it again."""
    token = arguments.text("add") or arguments.text("do").partition(".")[2]
    at = next((n for n, stop in enumerate(plan.stops[:MOST_STOPS], 1) if stop.token == token), 0)
    return f"#stop-{at}" if at else ""


def _drawn(found: ShownPlan, locale: str) -> Route | None:
    """Return the small map of the stops whose points are known."""
    days = [
        [(stop.number, (stop.point.latitude, stop.point.longitude)) for stop in day.stops if stop.point]
        for day in found.days
    ]
    return route(days, {stop.district for stop in found.stops if stop.point}, locale)


def _troubles(reading: Reading, locale: str) -> list[str]:
    """Return what is wrong with the address, in words."""
    speaker = i18n.speaker(locale)
    found = []
    for trouble in reading.troubles:
        doubled = trouble.kind == "doubled"
        stops = trip.read([",".join(trouble.said)], (), "", clock.today()).plan.stops if doubled else ()
        said = ", ".join(name_of(stop, locale) for stop in stops[:10]) if doubled else ", ".join(trouble.said)
        found.append(speaker.gettext(TROUBLES[trouble.kind], said=said, days=MOST_DAYS))
    return found


def _finding(locale: str, plan: Plan) -> dict[str, Any]:
    """Return what the field that adds a stop holds, and what fits it."""
    typed = arguments.text("find")
    return {"find": typed, "found": _found(fold(typed).split(), plan, locale) if typed else []}


def _found(words: list[str], plan: Plan, locale: str) -> list[tuple[str, Card]]:
    """Return (token, card) of what could be added and has all *words* in its names."""
    known = catalogue()
    entries = [e for e in known.in_order["destination", locale] if e.subkind == "place"]
    fitting = [
        (Stop(entry.kind, entry.code), entry.cards[locale])
        for entry in (*entries, *known.in_order["event", locale])
        if words and all(word in entry.names for word in words)
    ]
    return [(stop.token, card) for stop, card in fitting if stop not in plan.stops][:MOST_FOUND]


def _qr(address: str) -> Markup | None:
    """Return the code that leads a phone from paper to *address*, where that is short enough to be read."""
    if len(address) > LONGEST_QR:
        return None
    drawn = make_qr(address, error="l").svg_inline(
        scale=3, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - made of numbers alone


def _head(locale: str, reading: Reading, filled: bool) -> Head:
    speaker = i18n.speaker(locale)
    return head(
        locale,
        speaker.gettext("Trip plan for Siak"),
        speaker.gettext(
            "Put places and events of Siak Regency on the days of a journey: opening hours checked, to share and to print."
        ),
        {one: path_of(one, reading.plan, reading.typed) for one in LOCALES},
        index=not filled,
        canonical=addresses.plan(locale),
        trail=[(SITE_NAME, addresses.home(locale)), (speaker.gettext("Trip plan"), None)],
        section="plan",
    )
