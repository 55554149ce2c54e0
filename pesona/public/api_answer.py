"""How the API answers: JSON that caches may keep, and the licence of the words and facts in every answer."""

from collections.abc import Sequence
from typing import Any, TypeVar

from flask import Response, abort, jsonify, request

from pesona.cache import CACHEABLE
from pesona.paging import cut, page_number
from pesona.public.blueprint import bp

# Of words and facts; each photo names its own.
LICENCE = {
    "name": "CC BY 4.0",
    "url": "https://creativecommons.org/licenses/by/4.0/",
    "attribution": "Pesona Siak, Pemerintah Kabupaten Siak",
}


PAGE_SIZE = 50
MOST = 200

T = TypeVar("T")


def one_page(everything: Sequence[T]) -> tuple[Sequence[T], dict[str, Any]]:
    """Return the page of *everything* that the address asks for, and what stands round it."""
    number = page_number()
    chosen, paging = cut(everything, number, _limit(), str)
    return chosen, {"total": len(everything), "page": number, "pages": paging.pages}


def _limit() -> int:
    given = request.args.get("limit", str(PAGE_SIZE))
    if not (given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= MOST):
        abort(400, f"limit: a number from 1 to {MOST}.")
    return int(given)


def licensed(value: dict[str, Any]) -> Response:
    """Answer *value* under the licence of words and facts."""
    return kept(jsonify({"licence": LICENCE, **value}))


def kept(answer: Response) -> Response:
    """Mark *answer* as one that the page cache and browsers may keep."""
    answer.headers["Cache-Control"] = CACHEABLE
    return answer


@bp.after_request
def _name_licence(answer: Response) -> Response:
    """Name the licence where tables and short answers have no room for it."""
    if request.path.startswith("/api/") and answer.status_code == 200:
        answer.headers["Link"] = f'<{LICENCE["url"]}>; rel="license"'
    return answer
