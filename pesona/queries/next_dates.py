"""The next date of an event: the same one wherever a single date stands for it. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from pesona.published import Occurrence


def coming_dates(occurrences: Iterable[Occurrence], today: date) -> list[Occurrence]:
    """Return what is not over by *today*: what takes place before what was called off, each in the order given."""
    return sorted((one for one in occurrences if one.end >= today), key=lambda one: one.off)


def is_over(occurrences: Sequence[Occurrence], today: date) -> bool:
    """Tell whether every known date has passed; without any, nobody knows."""
    return bool(occurrences) and all(one.end < today for one in occurrences)
