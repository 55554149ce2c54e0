"""A list cut into pages, with plain links between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import abort

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
