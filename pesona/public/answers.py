"""The answer to a search as the page and the API tell it: narrowed, counted, with excerpts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from pesona import clock, i18n
from pesona.public import arguments
from pesona.published import Card
from pesona.queries.catalogue import Entry, catalogue, day_card
from pesona.queries.items import published_by_codes
from pesona.queries.next_dates import coming_dates, is_over
from pesona.search.excerpts import best_passage
from pesona.search.find import Found, Hit
from pesona.text import names

PAGE_SIZE = 10
TYPES = tuple(names.ITEM_KINDS)
FACETS = ("type", "category", "district")


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the answer: a card, the passage that fits best, and what kind of thing it is."""

    card: Card
    excerpt: Markup
    kind_label: str
    score: float
    past: bool


def wanted_facets() -> dict[str, str]:
    """Return the facets that the address asks for; an unknown value is not found."""
    known = {"type": TYPES, "category": names.CATEGORIES, "district": catalogue().districts}
    return {name: arguments.choice(name, known[name]) for name in FACETS}


def narrowed(hits: Sequence[Hit], wanted: dict[str, str]) -> list[Hit]:
    """Return the *hits* that fit every facet; events alone are told in time, what is over last."""
    kept = [hit for hit in hits if _fits(_values(hit.entry), wanted)]
    if wanted["type"] == "event":
        today = clock.today()
        kept.sort(key=lambda hit: is_over(hit.entry.occurrences, today))
    return kept


@dataclass(frozen=True, slots=True)
class Facet:
    """How many hits each value of a facet leaves, and how many there are without it, the others staying."""

    counts: Counter[str]
    total: int


def facets(hits: Sequence[Hit], wanted: dict[str, str]) -> dict[str, Facet]:
    """Return what each facet leaves of *hits*."""
    held = Counter(_values(hit.entry) for hit in hits)
    found = {}
    for at, name in enumerate(FACETS):
        others = {**wanted, name: ""}
        left = {values: number for values, number in held.items() if _fits(values, others)}
        counts: Counter[str] = Counter()
        for values, number in left.items():
            counts[values[at]] += number
        del counts[""]
        found[name] = Facet(counts, sum(left.values()))
    return found


def results(found: Found, shown: Sequence[Hit], locale: str) -> list[Result]:
    """Return the hits *shown* with the passage of each that answers the query best."""
    speaker, today = i18n.speaker(locale), clock.today()
    by_kind: dict[str, list[str]] = {}
    for hit in shown:
        by_kind.setdefault(hit.entry.kind, []).append(hit.entry.code)
    items = {(kind, item.code): item for kind, codes in by_kind.items() for item in published_by_codes(kind, codes)}
    return [
        Result(
            _dated(hit.entry, locale, today),
            Markup(best_passage(item.translation(locale), found.marks)),  # noqa: S704 - escaped there
            speaker.gettext(names.ITEM_KINDS[hit.entry.kind]),
            hit.score,
            is_over(hit.entry.occurrences, today),
        )
        for hit in shown
        if (item := items.get((hit.entry.kind, hit.entry.code)))
    ]


def _fits(values: Sequence[str], wanted: dict[str, str]) -> bool:
    return all(wanted[name] in ("", value) for name, value in zip(FACETS, values, strict=True))


def _values(entry: Entry) -> tuple[str, ...]:
    """Return what *entry* has for each of the facets."""
    return entry.kind, entry.category, entry.district


def _dated(entry: Entry, locale: str, today: date) -> Card:
    """Return the card of *entry*; that of an event with its next date, or else its last."""
    if not entry.occurrences:
        return entry.cards[locale]
    coming = coming_dates(entry.occurrences, today)
    return day_card(entry.cards[locale], coming[0] if coming else entry.occurrences[-1])
