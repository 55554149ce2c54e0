"""The sources of an item as one cell: one a line, `publisher | date | address | checked`. Pure.

A line written by hand may be the publisher alone, an address alone, or both in any order.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from pesona.editing.snapshot import ROWS
from pesona.text.slugs import slugify

Source = dict[str, Any]

_URL = re.compile(r"https?://[^\s|<>]+")


def text_of(sources: Sequence[Source]) -> str:
    """Return the cell that names *sources*, each once."""
    return "\n".join(filter(None, dict.fromkeys(_line(source) for source in sources)))


def _line(source: Source) -> str:
    parts = [_part(source[name]) for name in ("publisher", "date", "url", "checked")]
    parts[0] = parts[0] or _host(parts[2])
    while parts and not parts[-1]:
        parts.pop()
    # A bar keeps an address inside the publisher's name from being taken out of it.
    bar = " |" if len(parts) == 1 and _URL.search(parts[0]) else ""
    return (" | ".join(parts) + bar).strip()


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url) if url else ""


def _part(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def read(text: str, known: Sequence[Source]) -> list[Source]:
    """Return the sources that *text* names; one that is *known* keeps its key, a new one gets its own."""
    left = list(known)
    found: list[Source] = []
    for line in filter(None, (" ".join(line.split()) for line in text.split("\n"))):
        wanted = _line(_read_line(line))
        same = next((source for source in left if _line(source) == wanted), None)
        if same is not None:
            left.remove(same)
        if not any(_line(source) == wanted for source in found):
            found.append(same or _read_line(line))
    for source in found:
        if not source["key"]:
            source["key"] = free_key(source["publisher"], [*known, *found])
    return found


def _read_line(line: str) -> Source:
    source = dict(ROWS["sources"])
    if "|" in line:
        parts = [part.strip() for part in line.split("|")]
        source.update(zip(("publisher", "date", "url", "checked"), parts, strict=False))
    else:
        url = _URL.search(line)
        source["url"] = url[0].rstrip(").,;") if url else ""
        source["publisher"] = line.replace(source["url"], "").strip(" ,;:-–()") if url else line
    source["publisher"] = source["publisher"] or _host(source["url"])
    return source


def free_key(publisher: str, taken: Sequence[Source]) -> str:
    """Return a key made from *publisher* that none of *taken* has."""
    stem = slugify(publisher, 24) or "source"
    keys = {source["key"] for source in taken}
    return next(key for n in range(1, len(keys) + 2) if (key := stem if n == 1 else f"{stem}-{n}") not in keys)


def of_file(name: str, day: str, known: Sequence[Source]) -> Source:
    """Return the file itself as a source, with its *day*; the one that is *known* already where there is one."""
    wanted = {**ROWS["sources"], "publisher": _part(name), "date": day, "checked": day[:7]}
    same = next((source for source in known if _line(source) == _line(wanted)), None)
    return same or {**wanted, "key": free_key(name, known)}
