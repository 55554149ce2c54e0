"""What stands where on a drawn map: marks that come together, names where there is room. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Cluster(Generic[T]):
    """Things that lie too near to one another for marks of their own, at the place of the first."""

    x: float
    y: float
    members: list[T] = field(default_factory=list)


def clusters(things: Iterable[tuple[float, float, T]], gap: float) -> list[Cluster[T]]:
    """Return *things* (x, y, thing) gathered where they lie nearer than *gap* to the first of a cluster."""
    found: list[Cluster[T]] = []
    cells: dict[tuple[int, int], list[Cluster[T]]] = {}
    for x, y, thing in things:
        column, row = int(x // gap), int(y // gap)
        around = [c for i in (-1, 0, 1) for j in (-1, 0, 1) for c in cells.get((column + i, row + j), ())]
        near = min(around, key=lambda c: _apart(c, x, y), default=None)
        if near is None or _apart(near, x, y) >= gap:
            near = Cluster(x, y)
            found.append(near)
            cells.setdefault((column, row), []).append(near)
        near.members.append(thing)
    return found


def _apart(cluster: Cluster[T], x: float, y: float) -> float:
    return float(((cluster.x - x) ** 2 + (cluster.y - y) ** 2) ** 0.5)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something takes up."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, width: float, height: float) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= width and self.bottom <= height


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the drawing; *kind* tells what bears it at *point*, *anchor* (start, middle, end) which end stands at x."""

    text: str
    kind: str
    x: float
    y: float
    anchor: str
    point: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Named:
    """What a name belongs to: the point, and how far beside it the name may begin (0: the name stands on it).

    *dot* is the radius of a dot drawn with the name, which needs room as well.
    """

    text: str
    kind: str
    x: float
    y: float
    beside: float
    size: float
    dot: float = 0


# What a letter takes of its size, across; capitals that stand apart take more.
LETTER = {"district": 0.8, "town": 0.6, "river": 0.58}
USUAL_LETTER = 0.57


def names(wanted: Iterable[Named], taken: Iterable[Box], width: float, height: float) -> Iterator[Name]:
    """Yield the names for which there is room, the first wanted first; none meets another, a mark or the rim.

    A text that is wanted at several points stands at the first that has room.
    """
    full, said = list(taken), set[tuple[str, str]]()
    for one in wanted:
        dot = [Box(one.x - one.dot, one.y - one.dot, one.x + one.dot, one.y + one.dot)] if one.dot else []
        if (one.kind, one.text) in said or _meets(dot, full):
            continue
        for name, box in _tries(one):
            if box.within(width, height) and not _meets([box], full):
                full += [box, *dot]
                said.add((one.kind, one.text))
                yield name
                break


def _meets(boxes: Iterable[Box], others: Sequence[Box]) -> bool:
    return any(box.meets(other) for box in boxes for other in others)


def _tries(one: Named) -> Iterator[tuple[Name, Box]]:
    """Yield where *one* may stand: on its point or right and left of it, then below and above."""
    middle, size, beside = one.y + one.size * 0.35, one.size, one.beside
    if not beside:
        for step in (0, 1.4, -0.9, 2.6, -2.1):
            yield _try(one, one.x, (middle if not step else one.y + step * size), "middle")
        return
    for step in (0, 0.9, -0.9):
        yield _try(one, one.x + beside, middle + step * size, "start")
        yield _try(one, one.x - beside, middle + step * size, "end")
    yield _try(one, one.x, one.y + beside + size * 0.95, "middle")
    yield _try(one, one.x, one.y - beside - size * 0.25, "middle")
    yield _try(one, one.x, one.y + beside + size * 1.4, "middle")
    for step in (1.7, -1.7):
        yield _try(one, one.x + beside, middle + step * size, "start")
        yield _try(one, one.x - beside, middle + step * size, "end")


def _try(one: Named, x: float, y: float, anchor: str) -> tuple[Name, Box]:
    long = len(one.text) * one.size * LETTER.get(one.kind, USUAL_LETTER)
    left = x - {"start": 0, "middle": long / 2, "end": long}[anchor]
    box = Box(left, y - one.size * 0.92, left + long, y + one.size * 0.23)
    return Name(one.text, one.kind, round(x, 1), round(y, 1), anchor, (round(one.x, 1), round(one.y, 1))), box
