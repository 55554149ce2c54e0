"""What a place has for its visitors: which answers are known, and what nobody has told. Pure.

A row without an answer is not known; it may hold a remark of the desk, which no reader sees.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pesona.models.destination import ANSWERS, FACILITIES
from pesona.published import Facility


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[Facility, ...]:
    """Return what is known of the stored *rows*, in the order in which it is told."""
    known = [row for row in rows if row["what"] in FACILITIES and row["answer"] in ANSWERS]
    return tuple(Facility(**row) for row in in_order(known))


def in_order(rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Return *rows* in the order of `FACILITIES`; what that does not name comes last."""
    return sorted(rows, key=lambda row: FACILITIES.index(row["what"]) if row["what"] in FACILITIES else len(FACILITIES))


def unknown(known: Sequence[Facility]) -> list[str]:
    """Return what nobody has told beside the *known*."""
    told = {one.what for one in known}
    return [what for what in FACILITIES if what not in told]


def answer(known: Iterable[Facility], what: str) -> Facility | None:
    return next((one for one in known if one.what == what), None)


def is_yes(known: Iterable[Facility], what: str) -> bool:
    """Tell whether the answer is a whole yes: neither partly nor unknown."""
    return any(one.what == what and one.answer == "yes" for one in known)
