"""What is live, as frozen values: the one shape that pages, search, feeds and the API render from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from pesona import addresses
from pesona.drawings import Drawing, drawing_of
from pesona.locales import other_locale
from pesona.pictures import Focus, Shape, card, social, whole
from pesona.text import moments


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: *date* is EDTF or empty, *checked* the month we looked."""

    key: str
    publisher: str
    url: str = ""
    date: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """One price in rupiah (see `pesona/prices.py`); *as_of* (EDTF, empty is undated) is when a source said it.

    Without an amount it is a donation that everybody chooses.
    """

    visitor: str
    residence: str
    day: str
    amount_idr: int | None
    as_of: str
    source: str
    note_id: str = ""
    note_en: str = ""
    kind: str = "fixed"
    valid_from: str = ""
    valid_until: str = ""
    legal_basis: str = ""
    includes_id: str = ""
    includes_en: str = ""
    checked_on: str = ""

    @property
    def thing(self) -> str:
        """Return what it pays for, where that is not entry alone: its note, in one spelling."""
        return " ".join((self.note_id or self.note_en).casefold().split())

    @property
    def about(self) -> tuple[str, str, str, str]:
        """Return what the price is for; two prices about the same thing follow one another in time."""
        return (self.visitor, self.residence, self.day, self.thing)

    def note(self, locale: str) -> str:
        return self.note_id if locale == "id" else self.note_en

    def noted(self, locale: str) -> tuple[str, str]:
        """Return the note and the language it is said in: *locale*, or the other where that is silent."""
        return _said({"id": self.note_id, "en": self.note_en}, locale)

    def includes(self, locale: str) -> tuple[str, str]:
        """Return what is included and the language it is said in, as `noted` does."""
        return _said({"id": self.includes_id, "en": self.includes_en}, locale)


def _said(words: Mapping[str, str], locale: str) -> tuple[str, str]:
    spoken = locale if words[locale] else other_locale(locale)
    return words[spoken], spoken


@dataclass(frozen=True, slots=True)
class Facility:
    """One answer to whether a place has something: *answer* yes, partly or no; nobody knows what has none."""

    what: str
    answer: str
    note_id: str = ""
    note_en: str = ""
    source: str = ""
    checked_on: str = ""

    def noted(self, locale: str) -> tuple[str, str]:
        """Return the remark and the language it is said in: *locale*, or the other where that is silent."""
        return _said({"id": self.note_id, "en": self.note_en}, locale)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday or a day of joint leave: *kind* national or joint_leave, *status* expected or decreed."""

    day: date
    name_id: str
    name_en: str
    kind: str
    status: str
    source: str = ""

    def name(self, locale: str) -> str:
        return self.name_id if locale == "id" else self.name_en or self.name_id


@dataclass(frozen=True, slots=True)
class HoursReport:
    """Opening hours as a page printed them, in OpenStreetMap's grammar."""

    rule: str
    as_of: str
    source: str


@dataclass(frozen=True, slots=True)
class Season:
    """Weeks of their own from *start* to *end*, both included, such as those of Ramadan."""

    name_id: str
    name_en: str
    start: date
    end: date
    week: str
    last_entry: str = ""

    def name(self, locale: str) -> str:
        return (self.name_id or self.name_en) if locale == "id" else (self.name_en or self.name_id)


@dataclass(frozen=True, slots=True)
class HoursDate:
    """One day or several that go their own way: *times* are `off` or ranges such as `09:00-12:00`."""

    start: date
    end: date
    times: str
    note_id: str = ""
    note_en: str = ""

    def name(self, locale: str) -> str:
        return self.note_id if locale == "id" else self.note_en


@dataclass(frozen=True, slots=True)
class HolidayTimes:
    """What was decided for one holiday: `off`, `usual`, or times."""

    day: date
    times: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The opening hours that the office gives; what the pages print is kept beside them as reports.

    The order is: closed status, date, holiday, season, week. An empty *week* is not known.
    """

    status: str = "unknown"
    week: str = ""
    last_entry: str = ""
    seasons: tuple[Season, ...] = ()
    dates: tuple[HoursDate, ...] = ()
    holidays: str = ""
    holiday_dates: tuple[HolidayTimes, ...] = ()
    by_appointment: bool = False
    contact: str = ""
    closed_until: date | None = None
    source: str = ""
    checked_on: str = ""

    @property
    def told(self) -> bool:
        """Tell whether there is any rule from which hours of a day follow."""
        return self.status in ("has_hours", "closed_for_now") and bool(self.week or self.seasons or self.dates)

    def on(self, day: date) -> str:
        """Return the status as it counts on *day*: closed for now ends with its last day."""
        if self.status != "closed_for_now" or self.closed_until is None or day <= self.closed_until:
            return self.status
        return "has_hours" if self.told else "unknown"


@dataclass(frozen=True, slots=True)
class Point:
    """A position in WGS 84 degrees with its expected error in metres."""

    latitude: float
    longitude: float
    precision_m: int

    @property
    def exact(self) -> bool:
        """Tell whether the point may be drawn, measured from and linked (error up to 1,000 m)."""
        return self.precision_m <= 1000


@dataclass(frozen=True, slots=True)
class Area:
    """A district (kecamatan) or a village (kampung or kelurahan)."""

    code: str
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Words:
    """The published words of an item in one language; the HTML is clean and ready to print."""

    locale: str
    slug: str
    name: str
    summary: str
    body: str
    body_html: str
    updated_at: datetime
    search_description: str = ""
    getting_there: str = ""
    getting_there_html: str = ""
    tips: str = ""
    tips_html: str = ""
    status_note: str = ""
    status_note_html: str = ""
    price_note: str = ""
    venue: str = ""
    usual_time: str = ""
    source_newer: bool = False


LICENCE_PAGES: Mapping[str, str] = {
    "cc-by": "https://creativecommons.org/licenses/by/4.0/",
    "cc-by-sa": "https://creativecommons.org/licenses/by-sa/4.0/",
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "public-domain": "https://creativecommons.org/publicdomain/mark/1.0/",
}


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of a live item, its cuts made round *focus*; without alt it is decoration."""

    number: int
    name: str
    width: int
    height: int
    focus: Focus
    ready: bool
    alts: Mapping[str, str]
    captions: Mapping[str, str]
    credit: str
    licence: str
    source: str = ""
    date: str = ""

    @property
    def whole(self) -> Shape:
        return whole(self.name, self.width, self.height, self.ready)

    @property
    def card(self) -> Shape:
        return card(self.name, self.width, self.height, self.focus, self.ready)

    @property
    def social(self) -> Shape | None:
        """Return what other sites show beside a link, once it is made."""
        return social(self.name, self.focus) if self.ready else None

    @property
    def licence_page(self) -> str:
        """Return the address of the licence's own text, where it has one."""
        return LICENCE_PAGES.get(self.licence, "")

    def alt(self, locale: str) -> str:
        """Return the alt text in *locale*, or in the other language where there is none."""
        return self.alts[locale] or self.alts[other_locale(locale)]

    def caption(self, locale: str) -> str:
        return self.captions[locale]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedItem:
    """What every published item has: a code, sources, and words in at least one language.

    *checked_on* is the day on which an editor last confirmed the facts, or empty.
    """

    code: str
    updated_at: datetime
    aliases: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    related: tuple[str, ...] = ()
    checked_on: str = ""
    photos: tuple[Photo, ...] = ()
    translations: Mapping[str, Words] = field(default_factory=dict)

    def translation(self, locale: str) -> Words:
        """Return the words in *locale*, or in the other language where none are published."""
        return self.translations.get(locale) or self.translations[other_locale(locale)]

    def changed_at(self, locale: str) -> datetime:
        """Return when the facts or the words in *locale* last changed, whichever is later (UTC)."""
        return max(self.updated_at, self.translation(locale).updated_at)

    def path(self, locale: str) -> str:
        """Return the address of the item for readers of *locale*."""
        return addresses.item(self.item_kind, locale, self.translation(locale).slug)

    @property
    def last_checked(self) -> str:
        """Return when the facts were last checked, as EDTF; empty where nobody knows."""
        return self.checked_on or max((source.checked for source in self.sources), default="")

    @property
    def drawing(self) -> Drawing | None:
        """Return what stands in place of a photo, where that was drawn."""
        return None if self.photos else drawing_of(self.code)

    @property
    def item_kind(self) -> str:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDestination(PublishedItem):
    """A destination; only the kind `place` has a point, hours and prices."""

    kind: str
    category: str
    district: Area | None = None
    village: Area | None = None
    point: Point | None = None
    name_jawi: str = ""
    year_built: str = ""
    architect: str = ""
    hours: Hours = Hours()
    hours_reported: tuple[HoursReport, ...] = ()
    prices: tuple[Price, ...] = ()
    facilities: tuple[Facility, ...] = ()

    @property
    def item_kind(self) -> str:
        return "destination"

    @property
    def hours_status(self) -> str:
        return self.hours.status


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of an event, both days included; *status* is one of the words of `models.event.STATUSES`.

    Times are `HH:MM` in Asia/Jakarta, empty where the date is all day; *previous_start* (ISO) is the first
    day that a moved date had, and the venue is that of this date alone.
    """

    start: date
    end: date
    status: str
    source: str = ""
    note_id: str = ""
    note_en: str = ""
    start_time: str = ""
    end_time: str = ""
    previous_start: str = ""
    venue_id: str = ""
    venue_en: str = ""

    def note(self, locale: str) -> str:
        return self.note_id if locale == "id" else self.note_en

    def noted(self, locale: str) -> tuple[str, str]:
        """Return the note and the language it is said in: *locale*, or the other where that is silent."""
        return _said({"id": self.note_id, "en": self.note_en}, locale)

    def venue(self, locale: str) -> str:
        """Return the place of this date alone, in the other language where *locale* has no words for it."""
        return (self.venue_id or self.venue_en) if locale == "id" else (self.venue_en or self.venue_id)

    @property
    def off(self) -> bool:
        """Tell whether nobody should come: cancelled, or postponed without a new date."""
        return self.status in ("cancelled", "postponed")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEvent(PublishedItem):
    """Something that happens, with every dated occurrence that a source gives, oldest first."""

    category: str
    district: Area | None = None
    destination: str = ""
    name_jawi: str = ""
    usual_months: tuple[int, ...] = ()
    moving_date: str = ""
    occurrences: tuple[Occurrence, ...] = ()

    @property
    def item_kind(self) -> str:
        return "event"

    def coming(self, today: date) -> list[Occurrence]:
        """Return what has not ended before *today*, the nearest first."""
        return [o for o in self.occurrences if o.end >= today]

    def past(self, today: date) -> list[Occurrence]:
        """Return what ended before *today*, the latest first."""
        return [o for o in reversed(self.occurrences) if o.end < today]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage(PublishedItem):
    """An information page."""

    position: int = 0
    menu: str = ""

    @property
    def item_kind(self) -> str:
        return "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedNotice(PublishedItem):
    """What visitors must know for a while; *start* and *end* are moments of `text/moments.py`, an empty end is open.

    It has no page of its own: other pages show it.
    """

    kind: str
    severity: str
    start: str
    end: str
    scope: str
    districts: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()

    @property
    def item_kind(self) -> str:
        return "notice"

    def is_on(self, now: datetime) -> bool:
        start = moments.first(self.start)
        return start is not None and start <= now and not self.is_over(now)

    def is_over(self, now: datetime) -> bool:
        end = moments.last(self.end)
        return end is not None and end <= now

    def concerns(self, districts: Collection[str], destinations: Collection[str]) -> bool:
        """Tell whether it is meant for one of these places."""
        return any(code in self.districts for code in districts) or any(c in self.destinations for c in destinations)


@dataclass(frozen=True, slots=True)
class Card:
    """An item as lists show it, in the reader's language or, marked by *locale*, the other one."""

    item_kind: str
    code: str
    locale: str
    path: str
    name: str
    summary: str
    category: str = ""
    district: str = ""
    kind: str = ""
    start: date | None = None
    end: date | None = None
    status: str = ""
    usual_time: str = ""
    photo: Photo | None = None
    start_time: str = ""
    end_time: str = ""
    previous_start: str = ""
    venue: str = ""  # of this date alone
    moving: str = ""  # the day by the moon that it moves with
    at: str = ""  # latitude,longitude where the point is known well enough to measure from

    @property
    def drawing(self) -> Drawing | None:
        """Return what stands in place of a photo, where that was drawn."""
        return None if self.photo else drawing_of(self.code)

    @property
    def pictured(self) -> bool:
        return bool(self.photo or self.drawing)

    @property
    def stop(self) -> str:
        """Return how the address of a trip plan names it, empty where it cannot be a stop."""
        if self.item_kind == "event":
            return f"event:{self.code}"
        return self.code if self.kind == "place" else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter: its code, name, how many it leaves, and where it is a link its address."""

    code: str
    name: str
    path: str
    count: int
    chosen: bool = False
