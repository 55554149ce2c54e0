"""One published item as the API tells it: facts, and words in each language that is live. Pure."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from pesona.published import Area, Photo, PublishedItem, PublishedNotice, Words
from pesona.queries.agenda import Happening
from pesona.shapes import ics
from pesona.text import moments


def item(published: PublishedItem, site: str) -> dict[str, Any]:
    """Return every fact of *published*, its words by language, and its addresses on *site*."""
    facts = {name: _plain(value) for name, value in asdict(published).items() if name not in TOLD_APART}
    facts["updated_at"] = moment(published.updated_at)
    facts["photos"] = [_photo(photo, site) for photo in published.photos]
    words = {locale: _words(w, site + published.path(locale)) for locale, w in published.translations.items()}
    changed = max(published.changed_at(locale) for locale in published.translations)
    return {"type": published.item_kind, **facts, "changed_at": moment(changed), "translations": words}


def notice(published: PublishedNotice) -> dict[str, Any]:
    """Return every fact of *published* and its words by language; it has no address of its own.

    *start* and *end* are a day, included whole, or a moment; an open *end* is null.
    """
    facts = {name: _plain(value) for name, value in asdict(published).items() if name not in OF_PAGES}
    facts["start"], facts["end"] = moments.iso(published.start), moments.iso(published.end) or None
    facts["updated_at"] = moment(published.updated_at)
    words = {
        locale: {"name": w.name, "summary": w.summary, "body": w.body, "updated_at": moment(w.updated_at)}
        for locale, w in published.translations.items()
    }
    changed = max(published.changed_at(locale) for locale in published.translations)
    return {"type": published.item_kind, **facts, "changed_at": moment(changed), "translations": words}


def happening(one: Happening, district: Area | None, site: str) -> dict[str, Any]:
    """Return one date of an event with the lasting name that calendars give it, and the event's by language."""
    entry = one.entry
    return {
        "type": "occurrence",
        "uid": ics.uids(entry)[one.occurrence],
        "event": entry.code,
        **_plain(asdict(one.occurrence)),
        "category": entry.category,
        "district": asdict(district) if district else None,
        "translations": {
            lo: {"name": entry.cards[lo].name, "url": site + entry.cards[lo].path} for lo in sorted(entry.locales)
        },
    }


# What is told in a form of its own.
TOLD_APART = frozenset(("translations", "photos", "hours"))
# What only items with a page of their own have.
OF_PAGES = frozenset(("aliases", "related", "translations"))


def moment(value: datetime) -> str:
    """Return a stored UTC moment as ISO 8601 with its offset."""
    return value.replace(tzinfo=UTC).isoformat(timespec="seconds")


def _photo(photo: Photo, site: str) -> dict[str, Any]:
    whole = photo.whole
    return {
        "url": site + whole.address(whole.largest),
        "width": whole.largest,
        "height": whole.height_of(whole.largest),
        "alt": dict(photo.alts),
        "caption": dict(photo.captions),
        "credit": photo.credit,
        "licence": photo.licence,
        "licence_url": photo.licence_page,
        "source": photo.source,
        "date": photo.date,
    }


def _words(words: Words, url: str) -> dict[str, Any]:
    told = {name: value for name, value in asdict(words).items() if name != "locale" and not name.endswith("_html")}
    told["updated_at"] = moment(words.updated_at)
    return {**told, "url": url}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value
