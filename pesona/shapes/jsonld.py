"""One published item as schema.org data: only what the page shows, unknown properties left out. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from pesona import addresses
from pesona.prices import PriceList, is_confirmed
from pesona.published import Card, Occurrence, Price, PublishedDestination, PublishedEvent, PublishedItem

CONTEXT = "https://schema.org"
SECOND_TYPES = {
    "history": "LandmarksOrHistoricalBuildings",
    "religious": "PlaceOfWorship",
    "nature": "Park",
    "landmark": "LandmarksOrHistoricalBuildings",
}
EVENT_TYPES = {"sport": "SportsEvent", "culture": "Festival"}
EVENT_STATUS = {
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
    "rescheduled": "EventRescheduled",
}


def destination(
    item: PublishedDestination,
    locale: str,
    site: str,
    terms: str = "",
    free: bool | None = None,
    opening: Mapping[str, Any] | None = None,
    amenities: Sequence[tuple[str, bool]] = (),
) -> dict[str, Any]:
    """Return a place as TouristAttraction with its *opening* hours; food, crafts and arts as a page about them.

    *free* tells whether entry is free, where that is known; *amenities* are named, and surely there or not.
    """
    words = item.translation(locale)
    address = site + item.path(locale)
    if item.kind != "place":
        about = _clean({"@type": "Thing", "name": words.name, "alternateName": _other_names(item)})
        return _page("WebPage", item, locale, address, about=about, **_images(item, locale, site, terms))
    second = SECOND_TYPES.get(item.category)
    return _clean(
        {
            "@context": CONTEXT,
            "@type": ["TouristAttraction", second] if second else "TouristAttraction",
            "@id": _id(item, site),
            "name": words.name,
            "alternateName": _other_names(item),
            "description": words.summary,
            "url": address,
            **_images(item, locale, site, terms),
            "address": _address(item),
            "geo": _geo(item),
            "containedInPlace": _district(item),
            "isAccessibleForFree": free,
            "amenityFeature": [
                {"@type": "LocationFeatureSpecification", "name": name, "value": there} for name, there in amenities
            ],
            **(opening or {}),
        }
    )


def _other_names(item: PublishedDestination) -> list[str]:
    return [*item.aliases, *filter(None, (item.name_jawi,))]


def offers(
    item: PublishedDestination, known: PriceList, locale: str, site: str, name_of: Callable[[Price], str]
) -> list[dict[str, Any]]:
    """Return an Offer for each price that holds or is set for later, and that somebody stands for.

    What a page once printed is shown to readers with its date, and is no offer; nor is a donation.
    """
    told = [p for p in (*known.holding, *known.coming) if is_confirmed(p) and p.kind == "fixed"]
    return [
        _clean(
            {
                "@context": CONTEXT,
                "@type": "Offer",
                "name": name_of(price),
                "description": ", ".join(filter(None, (price.noted(locale)[0], price.includes(locale)[0]))),
                "price": price.amount_idr,
                "priceCurrency": "IDR",
                "validFrom": price.valid_from,
                "validThrough": price.valid_until,
                "url": site + item.path(locale),
                "availableAtOrFrom": {"@id": _id(item, site)},
            }
        )
        for price in told
        if item.kind == "place"
    ]


def event_dates(
    item: PublishedEvent, dates: Sequence[Occurrence], locale: str, site: str, terms: str = "", at: str = ""
) -> list[dict[str, Any]]:
    """Return one Event for each of *dates*; without a known date there is none. *at* names its destination."""
    words = item.translation(locale)
    place = words.venue or at or (item.district.name if item.district else "")
    return [
        _clean(
            {
                "@context": CONTEXT,
                "@type": EVENT_TYPES.get(item.category, "Event"),
                "name": words.name,
                "description": words.summary,
                "url": site + item.path(locale),
                **_images(item, locale, site, terms),
                "startDate": _at(occurrence.start, occurrence.start_time),
                "endDate": _end(occurrence),
                "previousStartDate": occurrence.previous_start if occurrence.status == "rescheduled" else None,
                "eventStatus": f"{CONTEXT}/{EVENT_STATUS.get(occurrence.status, 'EventScheduled')}",
                "eventAttendanceMode": f"{CONTEXT}/OfflineEventAttendanceMode",
                "inLanguage": locale,
                "location": _location(item, occurrence, locale, place),
                "offers": _sold_out(site + item.path(locale)) if occurrence.status == "full" else None,
            }
        )
        for occurrence in dates
    ]


def _at(day: date, time: str) -> str:
    """Return *day* alone where it is all day, else its *time* with the offset of Siak."""
    return f"{day.isoformat()}T{time}:00+07:00" if time else day.isoformat()


def _end(occurrence: Occurrence) -> str | None:
    """Return when *occurrence* ends; nobody knows it where only its beginning has a time."""
    if occurrence.start_time and not occurrence.end_time:
        return None if occurrence.end == occurrence.start else occurrence.end.isoformat()
    return _at(occurrence.end, occurrence.end_time if occurrence.start_time else "")


def _location(item: PublishedEvent, occurrence: Occurrence, locale: str, place: str) -> dict[str, Any]:
    """Return where *occurrence* is: the place of the event, or the one that this date was moved to."""
    return {"@type": "Place", "name": occurrence.venue(locale) or place or "Siak", "address": _address(item)}


def _sold_out(address: str) -> dict[str, str]:
    return {"@type": "Offer", "url": address, "availability": f"{CONTEXT}/SoldOut"}


def page(item: PublishedItem, locale: str, site: str, terms: str = "") -> dict[str, Any]:
    return _page("WebPage", item, locale, site + item.path(locale), **_images(item, locale, site, terms))


def item_list(cards: Sequence[Card], site: str) -> dict[str, Any]:
    """Return the cards of a list in the order shown."""
    steps = [
        {"@type": "ListItem", "position": n, "url": site + card.path, "name": card.name}
        for n, card in enumerate(cards, 1)
    ]
    return {"@context": CONTEXT, "@type": "ItemList", "numberOfItems": len(steps), "itemListElement": steps}


def home(locale: str, site: str, name: str, description: str, logo: str) -> list[dict[str, Any]]:
    """Return the site, the government that runs it, and the regency as one goes there."""
    office = {"@id": f"{site}/#government"}
    search = site + addresses.section("search", locale)
    return [
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "@id": f"{site}/#website",
            "name": "Pesona Siak",
            "url": site + addresses.home(locale),
            "inLanguage": locale,
            "publisher": office,
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
                "query-input": "required name=search_term_string",
            },
        },
        {
            "@context": CONTEXT,
            "@type": "GovernmentOrganization",
            **office,
            "name": "Pemerintah Kabupaten Siak",
            "url": site + addresses.home(locale),
            "logo": logo,
        },
        {
            "@context": CONTEXT,
            "@type": "TouristDestination",
            "@id": f"{site}/#siak",
            "name": name,
            "description": description,
            "url": site + addresses.home(locale),
        },
    ]


def _id(item: PublishedDestination, site: str) -> str:
    return f"{site}/#destination-{item.code}"


def _images(item: PublishedItem, locale: str, site: str, terms: str) -> dict[str, Any]:
    """Return the photos of *item* as `image`, or nothing; *terms* says what holds where no licence has a page."""
    shown = [
        _clean(
            {
                "@type": "ImageObject",
                "contentUrl": site + photo.whole.address(photo.whole.largest),
                "width": photo.whole.largest,
                "height": photo.whole.height_of(photo.whole.largest),
                "name": photo.alt(locale),
                "caption": photo.caption(locale),
                "creditText": photo.credit,
                "license": photo.licence_page or terms,
            }
        )
        for photo in item.photos
    ]
    return {"image": shown} if shown else {}


def _page(kind: str, item: PublishedItem, locale: str, address: str, **more: Any) -> dict[str, Any]:
    words = item.translation(locale)
    return {
        "@context": CONTEXT,
        "@type": kind,
        "name": words.name,
        "description": words.summary,
        "url": address,
        "inLanguage": words.locale,
        **more,
    }


def _address(item: PublishedDestination | PublishedEvent) -> dict[str, Any]:
    village = item.village.name if isinstance(item, PublishedDestination) and item.village else None
    locality = item.district.name if item.district else "Siak"
    return _clean(
        {
            "@type": "PostalAddress",
            "streetAddress": village,
            "addressLocality": locality,
            "addressRegion": "Riau",
            "addressCountry": "ID",
        }
    )


def _geo(item: PublishedDestination) -> dict[str, Any] | None:
    if item.point is None or not item.point.exact:
        return None
    point = {"latitude": round(item.point.latitude, 5), "longitude": round(item.point.longitude, 5)}
    return {"@type": "GeoCoordinates", **point}


def _district(item: PublishedDestination) -> dict[str, Any] | None:
    return {"@type": "AdministrativeArea", "name": item.district.name} if item.district else None


def _clean(block: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in block.items() if value not in (None, "", [], {})}
