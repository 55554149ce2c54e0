"""What machines ask for: robots.txt, the sitemap, security.txt, health."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Response

from pesona import addresses, clock, i18n
from pesona.cache import CACHEABLE
from pesona.db import db
from pesona.head import absolute, alternates
from pesona.locales import LOCALES
from pesona.public.blueprint import bp
from pesona.queries.catalogue import Entry, catalogue
from pesona.queries.version import content_version
from pesona.text import names


@bp.get("/robots.txt")
def robots() -> Response:
    """Open everything that is public; noindex is said by the pages themselves."""
    lines = ("User-agent: *", "Disallow: /admin", "", f"Sitemap: {absolute('/sitemap.xml')}", "")
    return _machine("\n".join(lines), "text/plain; charset=utf-8")


@bp.get("/.well-known/security.txt")
def security_txt() -> Response:
    """Say where to report a weakness: the contact page until the office gives an address."""
    path = catalogue().path("page", "contact", "en") or addresses.home("en")
    expires = (clock.now() + timedelta(days=180)).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {absolute(path)}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: id, en",
        f"Canonical: {absolute('/.well-known/security.txt')}",
        "",
    )
    return _machine("\n".join(lines), "text/plain; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Listed:
    """One address of the sitemap with its languages."""

    loc: str
    alternates: list[tuple[str, str]]
    lastmod: str
    image: str = ""


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """List every indexable page in each language it exists in, with its alternates."""
    listed = list(_listed())
    xml = i18n.render("feeds/sitemap.xml", "en", listed=listed, with_images=any(one.image for one in listed))
    return _machine(xml, "application/xml; charset=utf-8")


def _listed() -> Iterator[Listed]:
    known = catalogue()
    newest: datetime | None = None
    rows: list[Listed] = []
    for kind in known.entries:
        for entry in known.in_order[kind, "id"]:
            paths = {locale: entry.cards[locale].path for locale in LOCALES}
            for locale in (one for one in LOCALES if one in entry.locales):
                changed = entry.changed_at[locale]
                newest = max(newest or changed, changed)
                rows.append(
                    Listed(absolute(paths[locale]), alternates(paths, entry.locales), _w3c(changed), _image(entry))
                )
    for paths in _sections():
        for locale in LOCALES:
            yield Listed(absolute(paths[locale]), alternates(paths), _w3c(newest) if newest else "")
    yield from rows


def _image(entry: Entry) -> str:
    """Return the address of the main photo of an item, or nothing."""
    photo = entry.cards[LOCALES[0]].photo
    return absolute(photo.whole.address(photo.whole.largest)) if photo else ""


def _sections() -> Iterator[dict[str, str]]:
    known = catalogue()
    yield {locale: addresses.home(locale) for locale in LOCALES}
    for name in ("destinations", "events", "map", "plan"):
        yield {locale: addresses.section(name, locale) for locale in LOCALES}
    for area in known.districts.values():
        yield {locale: addresses.section("districts", locale, area.slug) for locale in LOCALES}
    for code in names.CATEGORIES:
        if any(known.counts[kind].get(("category", code)) for kind in ("destination", "event")):
            yield {locale: addresses.section("categories", locale, code) for locale in LOCALES}


def _w3c(moment: datetime) -> str:
    return moment.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@bp.get("/healthz")
def healthz() -> Response:
    """Say that this process answers."""
    return _plain("ok")


@bp.get("/readyz")
def readyz() -> Response:
    """Say whether the database answers too."""
    with db.engine.connect():
        content_version()
    return _plain("ready")


def _plain(text: str) -> Response:
    answer = Response(text, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _machine(text: str, kind: str) -> Response:
    answer = Response(text, content_type=kind)
    answer.headers["Cache-Control"] = CACHEABLE
    return answer
