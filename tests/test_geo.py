"""Distances on the earth."""

import pytest

from pesona.geo.distance import SIAK_TOWN, distance_km

DEGREE_KM = 111.195
PLACES = [SIAK_TOWN, (0.0, 0.0), (0.5071, 101.4478), (-6.2, 106.8), (90.0, 0.0), (-33.9, 151.2), (0.0, 180.0)]


@pytest.mark.parametrize(
    ("a", "b", "kilometres"),
    [
        ((0, 0), (1, 0), DEGREE_KM),
        ((0, 0), (0, 1), DEGREE_KM),
        ((60, 0), (60, 1), DEGREE_KM / 2),
        ((0, 179.5), (0, -179.5), DEGREE_KM),
        ((0, 0), (90, 0), 90 * DEGREE_KM),
        ((45, 10), (-45, -170), 180 * DEGREE_KM),
    ],
)
def test_a_distance_is_that_of_the_great_circle(
    a: tuple[float, float], b: tuple[float, float], kilometres: float
) -> None:
    assert distance_km(a, b) == pytest.approx(kilometres, rel=0.001)


@pytest.mark.parametrize("a", PLACES)
@pytest.mark.parametrize("b", PLACES)
def test_there_and_back_are_equally_far(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a), abs=1e-6)
    assert (distance_km(a, b) < 1e-6) == (a == b)


def test_pekanbaru_lies_some_seventy_kilometres_from_siak_town() -> None:
    assert distance_km(SIAK_TOWN, (0.5071, 101.4478)) == pytest.approx(74, abs=2)
