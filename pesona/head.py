"""The head of a public page: titles, addresses in both languages, social tags, structured data."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from markupsafe import Markup

from pesona import addresses
from pesona.locales import LOCALES, OPEN_GRAPH, X_DEFAULT, other_locale
from pesona.sharing import card_of, site_card

SITE_NAME = "Pesona Siak"
LONGEST_TITLE = 65
SHORTEST_DESCRIPTION, LONGEST_DESCRIPTION = 50, 165

Trail = Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the layout prints in <head> and round the content."""

    title: str
    description: str
    switch: str
    og_locale: str
    canonical: str = ""
    alternates: Sequence[tuple[str, str]] = ()
    robots: str = ""
    jsonld: Sequence[Markup] = ()
    trail: Trail = ()
    image: str = ""
    image_alt: str = ""
    og_type: str = "website"
    og_alternate: str = ""
    section: str = ""
    feeds: Sequence[tuple[str, str, str]] = field(default_factory=tuple)


def absolute(path: str) -> str:
    """Return *path* with the scheme and host of PESONA_SITE_URL, never those of the request."""
    return f"{current_app.config['SITE_URL']}{path}"


def subscription(path: str) -> str:
    """Return the address by which phones and calendar programs subscribe to the calendar at *path*."""
    return f"webcal://{absolute(path).partition('://')[2]}"


def alternates(paths: Mapping[str, str], locales: Collection[str] = LOCALES) -> list[tuple[str, str]]:
    """Return (hreflang, absolute address) of each language that exists, and `x-default`.

    The one source of these links for pages and sitemap: they agree because both ask here.
    """
    found = [(locale, absolute(paths[locale])) for locale in LOCALES if locale in locales]
    default = X_DEFAULT if X_DEFAULT in locales else next(iter(locales))
    return [*found, ("x-default", absolute(paths[default]))] if found else []


def head(
    locale: str,
    title: str,
    description: str,
    paths: Mapping[str, str],
    *,
    locales: Collection[str] = LOCALES,
    index: bool = True,
    canonical: str | None = None,
    trail: Trail = (),
    jsonld: Sequence[Mapping[str, Any]] = (),
    section: str = "",
    og_type: str = "website",
    item: tuple[str, str] | None = None,
    feeds: Sequence[tuple[str, str, str]] = (),
) -> Head:
    """Return the head of the page at *paths*, whose content exists in *locales*.

    A page shown in the other language for want of a translation is not indexed, and its canonical
    is the language that exists. *canonical* is a path where the page is not its own.
    *item* is the kind and code of the one thing that the page is about.
    *feeds* are (type, title, path) of what can be followed here, beside the Atom feed.
    """
    fallback = locale not in locales
    own = paths[other_locale(locale)] if fallback else paths[locale]
    # A draft has no card: its preview shows that of the site.
    card = (item and card_of(*item, locale)) or site_card(locale)
    blocks = [] if fallback else [*jsonld, *([breadcrumbs(trail)] if trail else [])]
    return Head(
        title=_title(title),
        description=_description(description),
        switch=paths[other_locale(locale)],
        og_locale=OPEN_GRAPH[locale],
        canonical=absolute(own if canonical is None else canonical),
        alternates=alternates(paths, locales) if index and not fallback else (),
        robots="max-image-preview:large" if index and not fallback else "noindex, follow",
        jsonld=[jsonld_block(block) for block in blocks] if index else (),
        trail=trail,
        image=absolute(card.address),
        image_alt=card.alt,
        og_type=og_type,
        og_alternate=OPEN_GRAPH[other_locale(locale)] if len(locales) == len(LOCALES) else "",
        section=section,
        feeds=[*feeds, ("application/atom+xml", SITE_NAME, addresses.feed(locale))],
    )


def _title(title: str) -> str:
    """Return *title* with the name of the site behind it, where both fit."""
    whole = title if title == SITE_NAME else f"{title} · {SITE_NAME}"
    return whole if len(whole) <= LONGEST_TITLE else title


def _description(text: str) -> str:
    """Return *text* at a length that search engines show: a very short one says where it belongs."""
    if len(text) < SHORTEST_DESCRIPTION:
        return f"{text} · {SITE_NAME}, Siak, Riau, Indonesia"
    return text[:LONGEST_DESCRIPTION]


def error_head(locale: str, heading: str) -> Head:
    """Return the head of an error page: no canonical, not indexed, the way home in both languages."""
    other = other_locale(locale)
    return Head(
        title=f"{heading} · {SITE_NAME}",
        description=heading,
        switch=addresses.home(other),
        og_locale=OPEN_GRAPH[locale],
        robots="noindex, follow",
        trail=((SITE_NAME, addresses.home(locale)), (heading, None)),
    )


def breadcrumbs(trail: Trail) -> dict[str, Any]:
    """Return the visible *trail* as a BreadcrumbList; the last step carries no address."""
    steps = []
    for position, (name, path) in enumerate(trail, 1):
        step: dict[str, Any] = {"@type": "ListItem", "position": position, "name": name}
        if path:
            step["item"] = absolute(path)
        steps.append(step)
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}


def jsonld_block(block: Mapping[str, Any]) -> Markup:
    """Return *block* as JSON that cannot end the script element it stands in."""
    text = json.dumps(block, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - every < is escaped
