"""What is new as entries of an Atom feed (RFC 4287): notices, events and destinations. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pesona import addresses
from pesona.published import Occurrence, PublishedNotice
from pesona.queries.catalogue import Catalogue, Entry
from pesona.queries.next_dates import coming_dates, is_over
from pesona.shapes.jsonld import CONTEXT, EVENT_STATUS

MOST_ENTRIES = 50
MOST_DATES = 10
STATUS_SCHEME = f"{CONTEXT}/EventStatusType"
AUTHORITY = "siakkab.go.id,2020"  # of the regency, and the year of the site: what is named so stays so named


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry as the template writes it; the first of *dates* is the next one that takes place."""

    id: str
    url: str
    name: str
    summary: str
    changed_at: datetime
    category: str = ""
    dates: Sequence[Occurrence] = ()
    notice: PublishedNotice | None = None

    @property
    def updated(self) -> str:
        return written(self.changed_at)

    @property
    def status(self) -> str:
        """Return the status of the next date in the words of schema.org, empty without a date."""
        return EVENT_STATUS.get(self.dates[0].status, "EventScheduled") if self.dates else ""


def written(moment: datetime) -> str:
    """Return a stored UTC moment by RFC 3339."""
    return moment.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def tag(*parts: str) -> str:
    """Return a `tag:` URI: it stays when the address of a page or of the site changes."""
    return f"tag:{AUTHORITY}:pesona-siak/{'/'.join(parts)}"


def entries(
    known: Catalogue, notices: Iterable[PublishedNotice], locale: str, today: date, site: str
) -> list[FeedEntry]:
    """Return the notices first, then what changed last; only what is live in *locale*.

    An event whose known dates are all over is no news.
    """
    told = [_notice(one, known, locale, site) for one in notices if locale in one.translations]
    listed = [
        _item(entry, locale, today, site)
        for kind in ("event", "destination")
        for entry in known.in_order[kind, locale]
        if locale in entry.locales and not is_over(entry.occurrences, today)
    ]
    listed.sort(key=lambda one: (one.changed_at, one.id), reverse=True)
    return [*told, *listed[:MOST_ENTRIES]]


def last_change(known: Catalogue, notices: Iterable[PublishedNotice], locale: str) -> datetime:
    """Return when anything live in *locale* last changed."""
    listed = (entry for kind in known.entries for entry in known.in_order[kind, locale] if locale in entry.locales)
    moments = [entry.changed_at[locale] for entry in listed]
    moments += [one.changed_at(locale) for one in notices]
    return max(moments, default=datetime(2020, 2, 26))


def _item(entry: Entry, locale: str, today: date, site: str) -> FeedEntry:
    card = entry.cards[locale]
    return FeedEntry(
        id=tag(locale, entry.kind, entry.code),
        url=site + card.path,
        name=card.name,
        summary=card.summary,
        changed_at=entry.changed_at[locale],
        category=entry.category,
        dates=coming_dates(entry.occurrences, today)[:MOST_DATES],
    )


def _notice(notice: PublishedNotice, known: Catalogue, locale: str, site: str) -> FeedEntry:
    words = notice.translation(locale)
    places = (known.path("destination", code, locale) for code in notice.destinations)
    districts = (addresses.section("districts", locale, known.districts[code].slug) for code in notice.districts)
    # It has no page of its own: a page that shows it stands for one.
    path = next(filter(None, (*places, *districts)), addresses.home(locale))
    return FeedEntry(
        id=tag(locale, "notice", notice.code),
        url=site + path,
        name=words.name,
        summary=words.summary,
        changed_at=notice.changed_at(locale),
        notice=notice,
    )
