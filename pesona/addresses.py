"""The one table of public addresses: kind, slug and locale in, path out. Pure."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import quote, quote_plus

from pesona.locales import LOCALES

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "destinations": {"id": "destinasi", "en": "destinations"},
    "events": {"id": "acara", "en": "events"},
    "districts": {"id": "kecamatan", "en": "districts"},
    "categories": {"id": "kategori", "en": "categories"},
    "search": {"id": "cari", "en": "search"},
    "map": {"id": "peta", "en": "map"},
    "plan": {"id": "rencana", "en": "plan"},
    "development": {"id": "perkembangan", "en": "development"},
    "quality": {"id": "mutu", "en": "quality"},
    "report": {"id": "lapor", "en": "report"},
    "offline": {"id": "luring", "en": "offline"},
}

# First address parts that no information page may take, in either language.
RESERVED = frozenset(word for words in SECTIONS.values() for word in words.values()) | {
    "feed.atom",
    "manifest.webmanifest",
}

# Lists write the same few values into dozens of addresses.
_quoted = lru_cache(maxsize=4096)(quote_plus)

# The words of the desk and the API; notices have no page of their own.
PLURALS = {"destination": "destinations", "event": "events", "page": "pages", "notice": "notices"}
KINDS = {plural: kind for kind, plural in PLURALS.items()}


def home(locale: str) -> str:
    return f"/{locale}/"


def section(name: str, locale: str, part: str = "", /, **query: str | int | tuple[str, ...]) -> str:
    """Return the address of a section, of one *part* of it, with the *query* values that are set.

    A tuple gives its name as often as it has values.
    """
    path = f"/{locale}/{SECTIONS[name][locale]}"
    if part:
        path += f"/{quote(part)}"
    pairs = ((key, one) for key, value in query.items() for one in (value if isinstance(value, tuple) else (value,)))
    given = "&".join(f"{key}={_quoted(str(value))}" for key, value in pairs if value not in ("", None))
    return f"{path}?{given}" if given else path


def item(kind: str, locale: str, slug: str) -> str:
    """Return the address of an item of *kind* (destination, event, page)."""
    if kind == "page":
        return f"/{locale}/{quote(slug)}"
    return section(PLURALS[kind], locale, slug)


def calendar(locale: str, slug: str = "", /, **query: str) -> str:
    """Return the address of the calendar of all events, or of the event at *slug*, as iCalendar."""
    path = section("events", locale, slug)
    given = section("events", locale, **query).partition("?")[2]
    return f"{path}.ics?{given}" if given else f"{path}.ics"


def plan(locale: str, ending: str = "", /, start: str = "", days: Sequence[str] = ()) -> str:
    """Return the address of the trip plan with these *days*, or of it as a file with that *ending*."""
    pairs = [("start", start)] if start else []
    # Commas and colons may stand in a query as they are, and people read and send this address.
    given = "&".join(f"{name}={quote(value, safe=',:')}" for name, value in (*pairs, *(("day", day) for day in days)))
    path = section("plan", locale) + ending
    return f"{path}?{given}" if given else path


def feed(locale: str) -> str:
    """Return the address of the Atom feed."""
    return f"/{locale}/feed.atom"


def manifest(locale: str) -> str:
    """Return the address of what makes the site an application on a phone."""
    return f"/{locale}/manifest.webmanifest"


def locale_of(path: str) -> str | None:
    """Return the language that *path* begins with, or None."""
    first = path[1:].split("/", 1)[0]
    return first if first in LOCALES else None
