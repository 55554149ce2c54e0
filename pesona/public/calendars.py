"""Calendars to subscribe to: all events, those of a category or district, and one event."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response, abort, current_app, redirect
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses, clock, i18n
from pesona.cache import CACHEABLE
from pesona.head import subscription
from pesona.locales import other_locale
from pesona.public import arguments
from pesona.public.blueprint import localized
from pesona.public.items import live_item
from pesona.published import Occurrence, PublishedEvent
from pesona.queries import lists
from pesona.queries.calendars import facts_revisions, live_events
from pesona.queries.catalogue import catalogue
from pesona.shapes import ics
from pesona.text import names

ENDING = ".ics"


@localized("events", ending=ENDING)
def calendar(locale: str) -> Response:
    """Answer every date that is not over, narrowed as the list of events is."""
    category = arguments.choice("category", names.CATEGORIES)
    district = arguments.choice("district", catalogue().districts)
    found = lists.filtered(catalogue().in_order["event", locale], category, district)
    today = clock.today()
    codes = [entry.code for entry in found.entries if any(o.end >= today for o in entry.occurrences)]
    path = addresses.calendar(locale, category=category, district=district)
    name = _name(locale, category, district)
    return _calendar(live_events(codes, locale), lambda event: event.coming(today), locale, path, name)


def following(locale: str, category: str, district: str) -> dict[str, Any]:
    """Return what a list needs to lead to its calendar: the file, how to subscribe, and its name."""
    path = addresses.calendar(locale, category=category, district=district)
    return {"ics": path, "webcal": subscription(path), "ics_name": _name(locale, category, district)}


def _name(locale: str, category: str, district: str) -> str:
    """Return what the calendar is called: the events of Siak, and what narrows them."""
    speaker = i18n.speaker(locale)
    narrowed = [speaker.gettext(names.CATEGORIES[category])] if category else []
    narrowed += [catalogue().districts[district].name] if district else []
    return ", ".join((speaker.gettext("Events in Siak"), *narrowed))


@localized("events", "<slug>" + ENDING)
def event_calendar(locale: str, slug: str) -> BaseResponse:
    """Answer every date of one event, also those that are over or cancelled."""
    event = live_item("event", locale, slug, ENDING)
    if not isinstance(event, PublishedEvent):
        abort(404)
    if locale not in event.translations:
        return redirect(addresses.calendar(other_locale(locale), event.translation(locale).slug))
    words = event.translation(locale)
    return _calendar([event], lambda one: one.occurrences, locale, addresses.calendar(locale, slug), words.name)


def _calendar(
    events: Sequence[PublishedEvent],
    dates: Callable[[PublishedEvent], Sequence[Occurrence]],
    locale: str,
    path: str,
    name: str,
) -> Response:
    revisions = facts_revisions(events)
    dated = [_dated(event, revisions.get(event.code, 0), dates(event), locale) for event in events]
    text = ics.calendar(dated, locale, current_app.config["SITE_URL"], path, name, i18n.speaker(locale).gettext)
    answer = Response(text, content_type=ics.MEDIA_TYPE)
    answer.headers["Cache-Control"] = CACHEABLE
    answer.headers["Content-Language"] = locale
    return answer


def _dated(event: PublishedEvent, revision: int, dates: Sequence[Occurrence], locale: str) -> ics.Dated:
    place = catalogue().entry("destination", event.destination)
    if place is None:
        return ics.Dated(event, revision, dates)
    return ics.Dated(event, revision, dates, place.cards[locale].name, place.point)
