"""One item as its own page shows it: template, head and context, for the public page and for previews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import quote_plus

from flask import current_app

from pesona import addresses, clock, facilities, i18n, lunar, prices
from pesona.geo.distance import SIAK_TOWN, distance_km
from pesona.head import SITE_NAME, Head, Trail, absolute, head, subscription
from pesona.hours.shown import ShownHours, shown
from pesona.locales import LOCALES
from pesona.published import Point, PublishedDestination, PublishedEvent, PublishedItem
from pesona.queries import lists
from pesona.queries.catalogue import catalogue
from pesona.queries.holidays import by_day
from pesona.queries.notices import for_destination, for_event, for_site, shut_by_notice
from pesona.queries.review import is_due
from pesona.shapes import jsonld, opening
from pesona.sheets.locator import locator
from pesona.text import names

HELD_ALREADY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Detail:
    """What draws the page of one item in one language."""

    template: str
    head: Head
    context: dict[str, Any]


def of(item: PublishedItem, locale: str) -> Detail:
    """Return the page of *item*, live or as a draft would look, for readers of *locale*."""
    if isinstance(item, PublishedDestination):
        return _destination(item, locale)
    if isinstance(item, PublishedEvent):
        return _event(item, locale)
    return _page(item, locale)


def photo_terms(locale: str) -> str:
    """Return the address of the page that says how photos may be used, where that page is live."""
    path = catalogue().path("page", "about-this-site", locale)
    return absolute(path) if path else ""


def trail(section: str, locale: str, name: str = "") -> Trail:
    """Return the way from home to the list of *section*, or to the item *name* in it."""
    speaker = i18n.speaker(locale)
    label = {"destinations": speaker.gettext("Destinations"), "events": speaker.gettext("Events")}[section]
    start: list[tuple[str, str | None]] = [(SITE_NAME, addresses.home(locale))]
    if not name:
        return [*start, (label, None)]
    return [*start, (label, addresses.section(section, locale)), (name, None)]


def _detail(
    template: str,
    item: PublishedItem,
    locale: str,
    way: Trail,
    blocks: list[dict[str, Any]],
    section: str = "",
    feeds: Sequence[tuple[str, str, str]] = (),
    **context: Any,
) -> Detail:
    words = item.translation(locale)
    top = head(
        locale,
        words.name,
        words.search_description or words.summary,
        {one: item.path(one) for one in LOCALES},
        locales=item.translations,
        trail=way,
        jsonld=blocks,
        item=(item.item_kind, item.code),
        section=section,
        og_type="article",
        feeds=feeds,
    )
    shared = {
        "words": words,
        "fallback": words.locale != locale,
        "sources": item.sources,
        "corrected": catalogue().corrected.get((item.item_kind, item.code)),
        "report": addresses.section("report", locale, kind=item.item_kind, code=item.code),
    }
    return Detail(template, top, {**shared, **context})


def _destination(item: PublishedDestination, locale: str) -> Detail:
    known, site = catalogue(), current_app.config["SITE_URL"]
    price_list = prices.on_day(item.prices, clock.today())
    return _detail(
        "public/destination.html",
        item,
        locale,
        trail("destinations", locale, item.translation(locale).name),
        [
            jsonld.destination(
                item,
                locale,
                site,
                photo_terms(locale),
                prices.is_free(item.prices, clock.today()),
                _opening(item),
                _amenities(item, locale),
            ),
            *jsonld.offers(item, price_list, locale, site, i18n.speaker(locale).visitor_name),
        ],
        "destinations",
        destination=item,
        notices=for_destination(item),
        hours=_hours(item, locale),
        shut=shut_by_notice(item),
        unchecked_since=item.last_checked if is_due(item, clock.now()) else "",
        price_list=price_list,
        step_free=facilities.answer(item.facilities, "step_free"),
        untold=facilities.unknown(item.facilities),
        price_lines=prices.lines(price_list.holding),
        distance_km=_from_town(item.point),
        map_links=_map_links(item),
        located=_located(item, locale),
        near=lists.near(item.code, item.point, locale),
        related=known.cards("destination", item.related, locale),
        events=[e.cards[locale] for e in known.in_order["event", locale] if item.code in e.places],
    )


def _event(item: PublishedEvent, locale: str) -> Detail:
    today, known = clock.today(), catalogue()
    coming, past = item.coming(today), item.past(today)
    entry = known.entry("destination", item.destination)
    place, words = entry and entry.cards[locale], item.translation(locale)
    site = current_app.config["SITE_URL"]
    calendar = addresses.calendar(words.locale, words.slug)
    return _detail(
        "public/event.html",
        item,
        locale,
        trail("events", locale, words.name),
        jsonld.event_dates(item, coming or past[:1], locale, site, photo_terms(locale), place.name if place else ""),
        "events",
        [("text/calendar", words.name, calendar)] if item.occurrences else (),
        event=item,
        ics=calendar if any(not one.off for one in coming) else "",
        webcal=subscription(calendar),
        notices=for_event(item),
        coming=coming,
        past=past,
        ended=bool(past) and not coming,
        place=place,
        expected=_expected(item, today),
        related=[*known.cards("event", item.related, locale), *known.cards("destination", item.related, locale)],
    )


def _expected(item: PublishedEvent, today: date) -> tuple[date, date] | None:
    """Return the days on which *item* is expected by the moon, where no date to come has been told."""
    if not item.moving_date or item.coming(today):
        return None
    # The last date may differ by a day from the computed one, which must not be expected again.
    after = [today - timedelta(days=1), *(one.end + HELD_ALREADY for one in item.past(today)[:1])]
    return lunar.next_expected(item.moving_date, max(after))


def _page(item: PublishedItem, locale: str) -> Detail:
    way = [(SITE_NAME, addresses.home(locale)), (item.translation(locale).name, None)]
    block = jsonld.page(item, locale, current_app.config["SITE_URL"], photo_terms(locale))
    return _detail("public/page.html", item, locale, way, [block], page=item, notices=for_site())


def _opening(item: PublishedDestination) -> dict[str, Any]:
    today = clock.today()
    return opening.jsonld(item.hours, today, by_day(today, today + timedelta(days=opening.AHEAD)))


def _amenities(item: PublishedDestination, locale: str) -> list[tuple[str, bool]]:
    """Return what *item* surely has or has not: structured data has no word for partly."""
    name = partial(i18n.speaker(locale).name, names.FACILITIES)
    return [(name(one.what), one.answer == "yes") for one in item.facilities if one.answer != "partly"]


def _hours(item: PublishedDestination, locale: str) -> ShownHours:
    # One by one decided holidays are told for as long ahead as structured data tells them.
    today = clock.today()
    span = by_day(today - timedelta(days=1), today + timedelta(days=opening.AHEAD))
    return shown(item.hours, locale, today, span)


def _from_town(point: Point | None) -> float | None:
    if point is None or not point.exact:
        return None
    return distance_km(SIAK_TOWN, (point.latitude, point.longitude))


def _located(item: PublishedDestination, locale: str) -> dict[str, Any] | None:
    """Return the small map that shows where *item* lies, with what it says to those who do not see it."""
    found = locator(item, locale)
    if found is None:
        return None
    speaker = i18n.speaker(locale)
    area = speaker.gettext("%(name)s District", name=item.district.name) if item.district else ""
    if item.village and item.village.code == found.sheet:
        area = ", ".join(filter(None, (item.village.name, area)))
    if found.hollow:
        label = speaker.gettext("Drawn map of the regency with the river; a ring shows the area: %(name)s.", name=area)
    else:
        name = item.translation(locale).name
        label = speaker.gettext("Drawn map of the regency with the river; a mark shows where %(name)s lies.", name=name)
    return {"map": found, "label": label, "area": area, "path": addresses.section("map", locale, window=found.sheet)}


def _map_links(item: PublishedDestination) -> list[tuple[str, str]]:
    """Return outside maps of a place: at its point where that is exact enough, else by its name."""
    if item.kind != "place":
        return []
    words = item.translation("id")
    sought = quote_plus(", ".join(filter(None, (words.name, item.district.name if item.district else None, "Siak"))))
    if item.point is None or not item.point.exact:
        return [
            ("Google Maps", f"https://www.google.com/maps/search/?api=1&query={sought}"),
            ("OpenStreetMap", f"https://www.openstreetmap.org/search?query={sought}"),
        ]
    at = f"{item.point.latitude},{item.point.longitude}"
    return [
        ("Google Maps", f"https://www.google.com/maps/search/?api=1&query={quote_plus(at)}"),
        (
            "OpenStreetMap",
            f"https://www.openstreetmap.org/?mlat={item.point.latitude}&mlon={item.point.longitude}#map=16/{at.replace(',', '/')}",
        ),
        ("geo:", f"geo:{at}"),
    ]
