"""The small map of the regency, with one place in it or its town."""

from collections.abc import Sequence
from dataclasses import dataclass

from pesona.geo.distance import SIAK_TOWN
from pesona.geo.placing import Box, Name, names
from pesona.geo.projection import Window
from pesona.published import PublishedDestination
from pesona.queries.places import spot_of
from pesona.sheets.ground import Base, base, course, river, towns, window_of

SMALL = (360, 220)


@dataclass(frozen=True, slots=True)
class Locator:
    """A small map of the regency with one thing in it, *hollow* where but its area is known; *sheet* shows it closer."""

    base: Base
    here: tuple[float, float]
    hollow: bool
    sheet: str
    names: Sequence[Name]


def locator(item: PublishedDestination, locale: str) -> Locator | None:
    """Return where *item* lies in the regency, or nothing where nobody knows."""
    spot = spot_of(item)
    if spot is None:
        return None
    window = window_of("", *SMALL)
    x, y = window.units(spot.at)
    closest = spot.area or (item.village.code if item.village else item.district.code if item.district else "")
    said = _names(window, _around(x, y), locale)
    return Locator(base(window), (round(x, 1), round(y, 1)), bool(spot.area), closest, said)


def overview(locale: str) -> Locator:
    """Return the small map of the regency with its town."""
    window = window_of("", *SMALL)
    x, y = window.units(SIAK_TOWN)
    return Locator(
        base(window), (round(x, 1), round(y, 1)), False, "", _names(window, _around(x, y), locale, beside=21)
    )


def _around(x: float, y: float) -> list[Box]:
    """Return what the mark of a small map takes up."""
    return [Box(x - 18, y - 18, x + 18, y + 18)]


def _names(window: Window, taken: list[Box], locale: str, beside: float = 9) -> list[Name]:
    wanted = [*towns(window, beside, 10), *river(window, locale, 10)]
    return list(names(wanted, [*taken, *course(window)], window.width, window.height))
