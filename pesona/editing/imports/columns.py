"""The columns of a file of each kind, and what is said of a header that differs. Pure."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from pesona.editing.imports.findings import Unreadable
from pesona.models.destination import FACILITIES

_WORDS = ("name_id", "name_en", "summary_id", "summary_en", "body_id", "body_en")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "destinations": (
        "code", "kind", "category", "district", "village", "latitude", "longitude", *_WORDS,
        "opening_hours", "price_note_id", "price_note_en", "source", "coord_precision_m", *FACILITIES,
        "name_jawi",
    ),
    "events": (
        "code", "category", "district", "destination", "venue", "start", "end", "rrule", "status", *_WORDS, "source",
        "name_jawi",
    ),
}  # fmt: skip
NUMBERS = ("latitude", "longitude", "coord_precision_m")
DATES = ("start", "end")
LATER = ("figures", "programmes")

# What a repair file adds; it may come back with it.
ERROR = "error"


def header(kind: str, given: Sequence[str]) -> list[str]:
    """Return the columns that *given* names; raises `Unreadable` where it names none, one twice or an unknown one."""
    names = [name.strip().lower() for name in given]
    while names and not names[-1]:
        names.pop()
    known = (*COLUMNS[kind], ERROR)
    for number, name in enumerate(names, 1):
        if name not in known:
            nearest = get_close_matches(name, COLUMNS[kind], 1, 0.6)
            rule = "column_like" if name and nearest else "column_unknown" if name else "column_unnamed"
            like = nearest[0] if nearest else ""
            raise Unreadable(rule, name=name[:80], like=like, number=number, known=", ".join(COLUMNS[kind]))
        if names.index(name) != number - 1:
            raise Unreadable("column_twice", name=name)
    if "code" not in names:
        raise Unreadable("column_needed", name="code", known=", ".join(COLUMNS[kind]))
    return names
