"""Straight lines between the stops of a plan, and an order in which they are short. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pesona.geo.distance import distance_km
from pesona.plan.trip import Plan, Stop

Places = Mapping[Stop, tuple[float, float]]  # of the stops whose point is known well enough


@dataclass(frozen=True, slots=True)
class Lines:
    """The straight lines of one day: *legs* lead to each stop from the one before, None where one is not known."""

    legs: tuple[float | None, ...]

    @property
    def total(self) -> float:
        return sum(leg for leg in self.legs if leg is not None)

    @property
    def known(self) -> bool:
        return any(leg is not None for leg in self.legs)

    @property
    def whole(self) -> bool:
        """Tell whether every line of the day is known."""
        return all(leg is not None for leg in self.legs[1:])


def lines(stops: Sequence[Stop], places: Places) -> Lines:
    """Return the kilometres to each of *stops* from the one before it; the first has none."""
    legs: list[float | None] = [None] if stops else []
    for before, stop in pairwise(stops):
        known = before in places and stop in places
        legs.append(distance_km(places[before], places[stop]) if known else None)
    return Lines(tuple(legs))


def by_distance(plan: Plan, places: Places) -> Plan:
    """Return *plan* with each day in the order of the nearest next stop.

    A day begins with the stop nearest to where the day before ended, the first with its own first stop.
    Stops whose point is not known well enough come last, in the order they had.
    """
    here: tuple[float, float] | None = None
    days = []
    for day in plan.days:
        left, ordered = [stop for stop in day if stop in places], []
        while left:
            at = here
            nearest = left[0] if at is None else min(left, key=lambda stop: distance_km(at, places[stop]))
            left.remove(nearest)
            ordered.append(nearest)
            here = places[nearest]
        days.append((*ordered, *(stop for stop in day if stop not in places)))
    return replace(plan, days=tuple(days))
