"""What an address of the API asks for, read once; what is not understood is refused with the reason."""

from datetime import UTC, datetime

from flask import abort, request

from pesona import clock
from pesona.geo.distance import distance_km
from pesona.models.destination import KINDS
from pesona.queries.catalogue import Entry, catalogue
from pesona.text import names

NONE: frozenset[str] = frozenset()
LISTS = frozenset(("limit", "page"))
FILTERS = ("category", "district", "kind")
OF_ITEMS = LISTS | {*FILTERS, "bbox", "near", "updated_after"}
OF_FILES = frozenset((*FILTERS, "bbox", "locale"))


def refuse_unknown(known: frozenset[str]) -> None:
    """Answer 400 where the address has a parameter that is not *known*, or one twice: a slip must not widen an answer."""
    for name, values in request.args.lists():
        if name not in known:
            abort(400, f"Unknown parameter: {name[:40]}. Known: {', '.join(sorted(known)) or 'none'}.")
        if len(values) > 1:
            abort(400, f"{name}: given more than once.")


def fitting(kind: str) -> list[Entry]:
    """Return the entries of *kind* that fit the filters and the box, by code."""
    wanted = {name: choice(name) for name in FILTERS}
    box = _numbers("bbox", 4)
    if box and not (box[0] <= box[2] and box[1] <= box[3]):
        abort(400, "bbox: west,south,east,north in degrees.")
    entries = (entry for _, entry in sorted(catalogue().entries[kind].items()))
    return [entry for entry in entries if _fits(entry, wanted) and (not box or _inside(entry, box))]


def nearest(entries: list[Entry]) -> list[tuple[Entry, float]] | None:
    """Return those of *entries* whose point is exact with kilometres from `near`, the nearest first; None without it."""
    here = _numbers("near", 2)
    if not here:
        return None
    if abs(here[0]) > 90 or abs(here[1]) > 180:
        abort(400, "near: latitude,longitude in degrees.")
    exact = [(e, e.point) for e in entries if e.point is not None and e.point.exact]
    measured = [(e, distance_km((here[0], here[1]), (p.latitude, p.longitude))) for e, p in exact]
    return sorted(measured, key=lambda pair: (pair[1], pair[0].code))


def updated_after() -> datetime | None:
    """Return the moment of `updated_after` in UTC without offset, or None; without offset it is that of Siak."""
    given = request.args.get("updated_after", "").replace(" ", "+")
    if not given:
        return None
    try:
        moment = datetime.fromisoformat(given)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=clock.WIB)
        return aware.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        abort(400, "updated_after: a moment such as 2026-11-24T10:00:00+07:00.")


def choice(name: str) -> str:
    """Return the filter *name* of the address, one of its codes or empty."""
    known = {"category": names.CATEGORIES, "district": catalogue().districts}
    value = request.args.get(name, "")
    allowed = known.get(name, KINDS)
    if value and value not in allowed:
        abort(400, f"{name}: one of {', '.join(allowed)}.")
    return value


def _fits(entry: Entry, wanted: dict[str, str]) -> bool:
    has = {"category": entry.category, "district": entry.district, "kind": entry.subkind}
    return all(value in ("", has[name]) for name, value in wanted.items())


def _inside(entry: Entry, box: list[float]) -> bool:
    point = entry.point
    if point is None or not point.exact:
        return False
    return box[0] <= point.longitude <= box[2] and box[1] <= point.latitude <= box[3]


def _numbers(name: str, how_many: int) -> list[float]:
    given = request.args.get(name, "")
    if not given:
        return []
    try:
        found = [float(part) for part in given.split(",")]
    except ValueError:
        found = []
    if len(found) != how_many or not all(abs(number) < 1000 for number in found):
        abort(400, f"{name}: {how_many} numbers with commas between.")
    return found
