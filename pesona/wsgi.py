"""The words of WSGI, and small things that both the page cache and the static files need. Pure."""

from collections.abc import Callable, Container, Iterable
from typing import Any

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Answer = tuple[str, Headers, list[bytes]]  # status line, headers, body
App = Callable[[Environ, StartResponse], Iterable[bytes]]

ENCODINGS = ("br", "gzip")


def best_encoding(accepted: str, offered: Container[str] = ENCODINGS) -> str:
    """Return `br`, `gzip` or `` (as it is), by the Accept-Encoding header *accepted*."""
    for encoding in ENCODINGS:
        if encoding in accepted and encoding in offered and _wanted(accepted, encoding):
            return encoding
    return ""


def _wanted(accepted: str, encoding: str) -> bool:
    for part in accepted.split(","):
        name, _, quality = part.partition(";")
        if name.strip() == encoding:
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def matches_etag(header: str, etag: str) -> bool:
    """Tell whether an If-None-Match *header* names the weak *etag*, as weak or strong twin."""
    bare = etag.removeprefix("W/")
    return any(one.strip().removeprefix("W/") == bare for one in header.split(","))
