"""A list cut into pages, with plain links between them: for readers and for the desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import abort, redirect, request

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a list the reader is; links are (label, path, whether it is the present one)."""

    page: int
    pages: int
    page_links: list[tuple[str, str | None, bool]]
    previous: str | None
    next: str | None

    def context(self) -> dict[str, Any]:
        return {"page_links": self.page_links, "previous": self.previous, "next": self.next}


def cut(items: Sequence[T], page: int, size: int, path_of: Callable[[int], str]) -> tuple[Sequence[T], Paging]:
    """Return the items of *page* and the links; a page beyond the last is not found."""
    pages = max(1, -(-len(items) // size))
    if page > pages:
        abort(404)
    shown = sorted({1, pages, *range(max(1, page - 2), min(pages, page + 2) + 1)})
    links: list[tuple[str, str | None, bool]] = []
    for at, number in enumerate(shown):
        if at and number > shown[at - 1] + 1:
            links.append(("…", None, False))
        links.append((str(number), path_of(number), number == page))
    before = path_of(page - 1) if page > 1 else None
    after = path_of(page + 1) if page < pages else None
    return items[(page - 1) * size : page * size], Paging(page, pages, links, before, after)


def page_number() -> int:
    """Return the page asked for; `page=1` has another address, and nonsense is not found."""
    given = request.args.get("page")
    if given is None:
        return 1
    if given == "1":
        others = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
        abort(redirect(f"{request.path}?{urlencode(others)}" if others else request.path, 301))
    if not (given.isascii() and given.isdigit() and given == str(int(given[:6])) and int(given) >= 1):
        abort(404)
    return int(given)
