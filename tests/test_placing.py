"""What stands where on the drawn map: marks come together, names keep clear of all else."""

from itertools import combinations
from random import Random

from pesona.geo.placing import Box, Name, Named, clusters, names


def box_of(name: Name, size: float) -> Box:
    """Return what *name* at least takes up."""
    long = len(name.text) * size * 0.5
    left = name.x - {"start": 0, "middle": long / 2, "end": long}[name.anchor]
    return Box(left, name.y - size * 0.8, left + long, name.y + size * 0.1)


def test_every_thing_is_in_one_cluster_and_clusters_lie_apart() -> None:
    random = Random(1723)
    for gap in (5, 34, 200):
        things = [(random.uniform(0, 720), random.uniform(0, 480), number) for number in range(400)]
        found = clusters(things, gap)
        assert sorted(n for cluster in found for n in cluster.members) == list(range(400))
        for a, b in combinations(found, 2):
            assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 >= gap**2
        where = {number: (x, y) for x, y, number in things}
        for cluster in found:
            assert all(
                (where[n][0] - cluster.x) ** 2 + (where[n][1] - cluster.y) ** 2 < gap**2 for n in cluster.members
            )


def test_a_cluster_stands_at_its_first_thing() -> None:
    (one,) = clusters([(10, 10, "sure"), (14, 12, "coarse")], 20)
    assert (one.x, one.y, one.members) == (10, 10, ["sure", "coarse"])


def test_names_meet_neither_each_other_nor_a_mark_nor_the_rim() -> None:
    random = Random(1723)
    taken = [Box(x, y, x + 30, y + 30) for x, y in ((100, 100), (300, 200), (600, 400))]
    wanted = [
        Named(f"Kampung {n}", "village", random.uniform(0, 720), random.uniform(0, 480), 5, 13, 3) for n in range(200)
    ]
    found = list(names(wanted, taken, 720, 480))
    assert 40 < len(found) < 200
    boxes = [box_of(name, 13) for name in found]
    for a, b in combinations([*boxes, *taken], 2):
        assert not a.meets(b)
    assert all(box.within(720, 480) for box in boxes)
    assert all(not Box(x - 2, y - 2, x + 2, y + 2).meets(b) for x, y in (n.point for n in found) for b in taken)


def test_the_first_wanted_is_said_first_and_one_text_once() -> None:
    both = [Named("Siak River", "river", 100, 100, 8, 13), Named("Siak River", "river", 300, 100, 8, 13)]
    assert [name.point for name in names(both, [], 720, 480)] == [(100, 100)]
    blocked = [Box(0, 0, 250, 480)]
    assert [name.point for name in names(both, blocked, 720, 480)] == [(300, 100)]
