"""What stands where on a drawn map: marks that come together, names where there is room. Pure."""

from collections.abc import Callable, Iterable, Iterator
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
    """A name in the drawing; *kind* tells what bears it, *anchor* (start, middle, end) which end stands at x."""

    text: str
    kind: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a name belongs to: the point, and how far beside it the name may begin (0: the name stands on it)."""

    text: str
    kind: str
    x: float
    y: float
    beside: float
    size: float


def names(wanted: Iterable[Named], taken: Iterable[Box], width: float, height: float) -> Iterator[Name]:
    """Yield the names for which there is room, the first wanted first; none meets another, a mark or the rim."""
    full = list(taken)
    for one in wanted:
        for name, box in _tries(one):
            if box.within(width, height) and not any(box.meets(other) for other in full):
                full.append(box)
                yield name
                break


# What a letter takes of its size, across; capitals that stand apart take more.
_LETTER: Callable[[str], float] = lambda kind: 0.78 if kind == "district" else 0.56  # noqa: E731


def _tries(one: Named) -> Iterator[tuple[Name, Box]]:
    long, high = len(one.text) * one.size * _LETTER(one.kind), one.size * 1.15
    middle, foot = one.y + one.size * 0.35, one.beside
    if not one.beside:
        yield _try(one, one.x, middle, "middle", long, high)
        foot = one.size * 0.4
    else:
        yield _try(one, one.x + one.beside, middle, "start", long, high)
        yield _try(one, one.x - one.beside, middle, "end", long, high)
    yield _try(one, one.x, one.y + foot + one.size * 0.95, "middle", long, high)
    yield _try(one, one.x, one.y - foot - one.size * 0.25, "middle", long, high)
    if not one.beside:
        yield _try(one, one.x, one.y + 2.6 * one.size, "middle", long, high)
        yield _try(one, one.x, one.y - 2 * one.size, "middle", long, high)


def _try(one: Named, x: float, y: float, anchor: str, long: float, high: float) -> tuple[Name, Box]:
    left = x - {"start": 0, "middle": long / 2, "end": long}[anchor]
    box = Box(left, y - high * 0.8, left + long, y + high * 0.2)
    return Name(one.text, one.kind, round(x, 1), round(y, 1), anchor), box
