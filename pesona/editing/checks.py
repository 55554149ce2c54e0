"""The checks before publication: what is wrong, in which field, and whether it blocks."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select

from pesona import addresses, clock, lunar
from pesona.db import db
from pesona.editing import date_checks, facility_checks, hours_checks, photo_checks, price_checks
from pesona.editing.problem import Problem as Problem
from pesona.editing.snapshot import Snapshot
from pesona.models.area import District, Village
from pesona.models.destination import CATEGORIES
from pesona.models.destination import KINDS as DESTINATION_KINDS
from pesona.models.event import CATEGORIES as EVENT_CATEGORIES
from pesona.models.item import Item, Slug
from pesona.models.notice import KINDS as NOTICE_KINDS
from pesona.models.notice import SCOPES, SEVERITIES
from pesona.models.page import MENUS
from pesona.text import moments
from pesona.text.dates import iso_day
from pesona.text.jawi import is_jawi
from pesona.text.slugs import is_slug

# What is only not finished yet: it blocks at the desk, and is listed by an import that publishes.
COMPLETENESS = frozenset(("missing",))


def problems(item: Item, snapshot: Snapshot, parts: Collection[str]) -> list[Problem]:
    """Return what speaks against publishing *parts* (facts, id, en) of *snapshot*."""
    found: list[Problem] = []
    for part in parts:
        if part == "facts":
            found += _facts(item.kind, snapshot["facts"])
        else:
            found += _words(item, part, snapshot["words"][part])
            if snapshot["words"][part].get("price_note") and not snapshot["facts"]["sources"]:
                found.append(Problem("price_note_source", part, "price_note"))
    return [*found, *photo_checks.problems(item, snapshot, parts)]


def _facts(kind: str, facts: dict[str, Any]) -> Iterator[Problem]:
    keys = {source["key"] for source in facts["sources"]}
    if len(keys) != len(facts["sources"]) or "" in keys:
        yield Problem("source_keys", "facts", "sources")
    for source in facts["sources"]:
        if not source["publisher"]:
            yield Problem("source_publisher", "facts", "sources")
        if source["url"] and not source["url"].startswith(("https://", "http://")):
            yield Problem("source_url", "facts", "sources")
    yield from _checked(facts["checked_on"])
    yield from _area(facts)
    if facts.get("name_jawi") and not is_jawi(facts["name_jawi"]):
        yield Problem("jawi", "facts", "name_jawi", values={"text": facts["name_jawi"]})
    yield from {"destination": _destination, "event": _event, "page": _page, "notice": _notice}[kind](facts, keys)


def _checked(text: str) -> Iterator[Problem]:
    day = iso_day(text)
    if text and day is None:
        yield Problem("date", "facts", "checked_on", values={"date": text})
    elif day and day > clock.today():
        yield Problem("checked_ahead", "facts", "checked_on")


def _area(facts: dict[str, Any]) -> Iterator[Problem]:
    if facts.get("district") and db.session.get(District, facts["district"]) is None:
        yield Problem("district_known", "facts", "district")
    if facts.get("village"):
        village = db.session.get(Village, facts["village"])
        if village is None or village.district_code != facts["district"]:
            yield Problem("village_in_district", "facts", "village")


def _choice(facts: dict[str, Any], name: str, choices: tuple[str, ...]) -> Iterator[Problem]:
    if facts[name] not in choices:
        yield Problem("choice", "facts", name)


def _destination(facts: dict[str, Any], keys: set[str]) -> Iterator[Problem]:
    yield from _choice(facts, "kind", DESTINATION_KINDS)
    yield from _choice(facts, "category", CATEGORIES)
    yield from hours_checks.problems(facts, keys)
    yield from _point(facts)
    for price in facts["prices"]:
        yield from _sourced(price, "prices", keys)
    yield from price_checks.problems(facts["prices"])
    yield from facility_checks.problems(facts["facilities"], keys)
    for report in facts["hours_reported"]:
        yield from _sourced(report, "hours_reported", keys)


def _point(facts: dict[str, Any]) -> Iterator[Problem]:
    latitude, longitude = facts["latitude"], facts["longitude"]
    if (latitude is None) != (longitude is None):
        yield Problem("point_pair", "facts", "latitude")
    elif latitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        yield Problem("point_range", "facts", "latitude")
    elif latitude is None or (facts["coord_precision_m"] or 0) > 1000:
        yield Problem("point_coarse", "facts", "latitude", blocks=False)


def _sourced(row: dict[str, Any], name: str, keys: set[str]) -> Iterator[Problem]:
    named = row["source"].split()
    if not named or not set(named) <= keys:
        yield Problem("row_source", "facts", name, values={"source": row["source"] or "–"})


def _event(facts: dict[str, Any], keys: set[str]) -> Iterator[Problem]:
    yield from _choice(facts, "category", EVENT_CATEGORIES)
    if any(not isinstance(n, int) or not 1 <= n <= 12 for n in facts["usual_months"]):
        yield Problem("month", "facts", "usual_months")
    if facts["moving_date"] and lunar.parse(facts["moving_date"]) is None:
        yield Problem("moving_date", "facts", "moving_date", blocks=False, values={"text": facts["moving_date"]})
    yield from date_checks.problems(facts["occurrences"], keys)


def _page(facts: dict[str, Any], _keys: set[str]) -> Iterator[Problem]:
    yield from _choice(facts, "menu", MENUS)


def _notice(facts: dict[str, Any], _keys: set[str]) -> Iterator[Problem]:
    for name, choices in (("kind", NOTICE_KINDS), ("severity", SEVERITIES), ("scope", SCOPES)):
        yield from _choice(facts, name, choices)
    yield from _span(facts["start"], facts["end"])
    listed = bool(facts["districts"] or facts["destinations"])
    if listed and facts["scope"] == "site":
        yield Problem("scope_both", "facts", "scope")
    if not listed and facts["scope"] == "places":
        yield Problem("scope_empty", "facts", "districts")
    known = set(db.session.scalars(select(District.code).where(District.code.in_(facts["districts"]))))
    yield from _unknown("districts", facts["districts"], known)
    places = select(Item.code).where(Item.kind == "destination", Item.is_there())
    known = set(db.session.scalars(places.where(Item.code.in_(facts["destinations"]))))
    yield from _unknown("destinations", facts["destinations"], known)


def _unknown(name: str, codes: list[str], known: set[str]) -> Iterator[Problem]:
    if unknown := [code for code in codes if code not in known]:
        yield Problem("unknown_codes", "facts", name, values={"codes": ", ".join(unknown)})


def _span(start: str, end: str) -> Iterator[Problem]:
    first, last = moments.first(start), moments.last(end)
    if not start:
        yield Problem("missing", "facts", "start")
    elif first is None:
        yield Problem("moment", "facts", "start", values={"moment": start})
    if end and last is None:
        yield Problem("moment", "facts", "end", values={"moment": end})
    elif first and last and last < first:
        yield Problem("ends_before_start", "facts", "end")
    elif last and last <= clock.now():
        yield Problem("over", "facts", "end", blocks=False)


def _words(item: Item, locale: str, words: dict[str, str]) -> Iterator[Problem]:
    for name in ("name", "summary", "body") if item.kind != "notice" else ("name", "summary"):
        if not words[name]:
            yield Problem("missing", locale, name)
    if words["name"] and len(words["name"]) > 200:
        yield Problem("too_long", locale, "name", values={"limit": 200})
    if len(words["summary"]) > 200:
        yield Problem("summary_long", locale, "summary", blocks=False)
    if "slug" in words:
        yield from _slug(item, locale, words["slug"])


def _slug(item: Item, locale: str, slug: str) -> Iterator[Problem]:
    if not is_slug(slug):
        yield Problem("slug_form", locale, "slug")
    elif item.kind == "page" and slug in addresses.RESERVED:
        yield Problem("slug_reserved", locale, "slug", values={"slug": slug})
    else:
        owner = db.session.scalar(select(Slug.item_id).where(Slug.kind == item.kind, Slug.slug == slug))
        if owner not in (None, item.id):
            yield Problem("slug_taken", locale, "slug", values={"slug": slug})
