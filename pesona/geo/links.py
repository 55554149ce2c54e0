"""Links of maps taken apart: which text in them names a point, the surest first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_plus, urlsplit

SHORT = ("maps.app.goo.gl", "goo.gl", "app.goo.gl", "g.co", "share.google", "bit.ly", "s.id", "tinyurl.com", "t.co",
         "is.gd", "osm.org/go", "openstreetmap.org/go", "waze.com/ul", "w3w.co", "shp.ee")  # fmt: skip
# What maps of the usual makers call a point in the query, in the order of trust.
ASKED = ("query", "q", "daddr", "destination", "ll", "center", "cp", "sll")


@dataclass(frozen=True, slots=True)
class Place:
    """A text that may name a point; *only_window* where it is but the middle of the map shown."""

    text: str
    only_window: bool = False


def is_link(line: str) -> bool:
    return bool(re.match(r"(?:https?://|www\.)|(?:[a-z0-9-]+\.)+[a-z]{2,}/", line, re.IGNORECASE))


def is_short(link: str) -> bool:
    """Tell whether *link* hides its target, so that only fetching it would tell."""
    address = re.sub(r"^(?:https?://)?(?:www\.)?", "", link.casefold())
    return any(address == one or address.startswith((f"{one}/", f"{one}?")) for one in SHORT)


def values(query: str) -> dict[str, str]:
    return dict(parse_qsl(query))


def places(link: str) -> Iterator[Place]:
    """Yield the texts of *link* that may name a point, the surest first."""
    plain = unquote_plus(link)
    # !3d and !4d are the place itself; of several, as in directions, the last is where it leads.
    for latitude, longitude in reversed(re.findall(r"!3d(-?[\d.]+)!4d(-?[\d.]+)", plain)):
        yield Place(f"{latitude}, {longitude}")
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
    except ValueError:  # no host can be read
        return
    asked = values(parts.query)
    for latitude, longitude in (("mlat", "mlon"), ("lat", "lon"), ("lat", "lng")):
        if latitude in asked and longitude in asked:
            yield Place(f"{asked[latitude]}, {asked[longitude]}")
    for name in ASKED:
        if name in asked:
            yield Place(asked[name].removeprefix("loc:").replace("~", ","))
    for piece in parts.path.split("/"):
        if not piece.startswith("@"):
            yield Place(unquote_plus(piece))
    yield from _windows(plain)


def _windows(plain: str) -> Iterator[Place]:
    for pattern in (r"#map=[\d.]+/(-?[\d.]+)/(-?[\d.]+)", r"@(-?[\d.]+),(-?[\d.]+)"):
        for latitude, longitude in re.findall(pattern, plain):
            yield Place(f"{latitude}, {longitude}", only_window=True)
    for longitude, latitude in re.findall(r"!2d(-?[\d.]+)!3d(-?[\d.]+)", plain):
        yield Place(f"{latitude}, {longitude}", only_window=True)
