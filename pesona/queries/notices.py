"""Which notices a page, a card or the API shows now: from the catalogue and the clock, without a statement."""

from collections.abc import Collection, Iterable

from pesona import clock
from pesona.published import Card, PublishedDestination, PublishedEvent, PublishedNotice
from pesona.queries.catalogue import catalogue
from pesona.text.folding import fold


def live_notice(code: str) -> PublishedNotice | None:
    """Return a live notice, whether it is on, coming or over."""
    return next((notice for notice in catalogue().notices if notice.code == code), None)


def not_over() -> list[PublishedNotice]:
    """Return the notices that are on or coming."""
    now = clock.now()
    return [notice for notice in catalogue().notices if not notice.is_over(now)]


def for_site() -> list[PublishedNotice]:
    """Return what every page shows."""
    return _on((), (), whole_site=True)


def for_district(code: str) -> list[PublishedNotice]:
    return _on((code,), (), whole_site=True)


def for_destination(item: PublishedDestination) -> list[PublishedNotice]:
    """Return what the page of *item* shows: a destination in a noticed district is concerned too."""
    return _on(_code_of(item), (item.code,), whole_site=True)


def for_event(item: PublishedEvent) -> list[PublishedNotice]:
    """Return what the page of *item* shows: notices for its place, and for the district of either."""
    place = catalogue().entry("destination", item.destination)
    return _on((*_code_of(item), place.district if place else ""), (item.destination,), whole_site=True)


def concerning(code: str) -> list[PublishedNotice]:
    """Return what is on at the destination *code*, without what is on everywhere."""
    known = catalogue()
    entry = known.entry("destination", code) if known.notices else None
    return _on((entry.district,), (code,), whole_site=False) if entry else []


def on_card(card: Card) -> list[PublishedNotice]:
    """Return what a list marks on *card*."""
    return concerning(card.code) if card.item_kind == "destination" else []


def shut_by_notice(item: PublishedDestination) -> str:
    """Return `closed` where a notice closes *item* by name, `perhaps` where it may be shut in spite of its hours."""
    shutting = [notice for notice in for_destination(item) if _closes_places(notice)]
    if any(notice.kind == "closure" and item.code in notice.destinations for notice in shutting):
        return "closed"
    return "perhaps" if shutting else ""


def _closes_places(notice: PublishedNotice) -> bool:
    return notice.kind == "closure" or notice.severity == "danger"


def destination_codes(typed: Iterable[str]) -> list[str]:
    """Return the codes of the destinations *typed* by code or by any of their names; what is unknown stays."""
    known = catalogue().entries["destination"]
    named = {fold(name): code for code, entry in known.items() for name in entry.all_names}
    return list(dict.fromkeys(one if one in known else named.get(fold(one), one) for one in typed))


def _code_of(item: PublishedDestination | PublishedEvent) -> tuple[str, ...]:
    return (item.district.code,) if item.district else ()


def _on(districts: Collection[str], destinations: Collection[str], whole_site: bool) -> list[PublishedNotice]:
    now = clock.now()
    return [
        notice
        for notice in catalogue().notices
        if notice.is_on(now) and (whole_site if notice.scope == "site" else notice.concerns(districts, destinations))
    ]
