"""The drawn map: degrees to drawing units and back, and the shapes that it draws."""

from itertools import pairwise

import pytest

from pesona.geo.distance import distance_km
from pesona.geo.geometry import geometry, plain_lands
from pesona.geo.projection import Window, moved

TOWN = (0.80016, 102.05002)
WIDTHS = (160.0, 35.0, 5.0, 1.0)


@pytest.mark.parametrize("width", WIDTHS)
def test_degrees_and_units_lead_to_one_another(width: float) -> None:
    window = Window(*TOWN, width, 320, 240)
    assert window.units(TOWN) == (160, 120)
    for x, y in ((0, 0), (17, 201), (320, 240), (160.5, 0.25)):
        assert window.units(window.degrees(x, y)) == pytest.approx((x, y), abs=1e-6)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_drawing_is_true_to_the_distance_on_the_globe(width: float) -> None:
    window = Window(*TOWN, width)
    for x, y in ((288, 144), (144, 0), (0, 144), (144, 288)):
        assert distance_km(TOWN, window.degrees(x, y)) == pytest.approx(width / 2, rel=0.001)
    assert window.degrees(144, 0)[0] > TOWN[0], "north is up"
    assert window.degrees(288, 144)[1] > TOWN[1], "east is right"


def test_a_window_around_places_shows_all_of_them_with_their_margin() -> None:
    places = [(0.69525, 102.1419), (1.17997, 102.7), TOWN]
    window = Window.around(places, 8)
    assert all(window.shows(place, edge=7.9 * window.units_per_km) for place in places)
    assert not window.shows((0.2, 101.0))
    assert Window.around([TOWN], 2.5).width_km == 5


@pytest.mark.parametrize(("north", "east"), [(50, 0), (-250, 0), (0, 250), (0, -50)])
def test_a_nudge_is_as_long_as_it_says(north: float, east: float) -> None:
    there = moved(TOWN, north, east)
    assert distance_km(TOWN, there) * 1000 == pytest.approx(abs(north + east), rel=0.001)
    assert (there[0] - TOWN[0]) * north >= 0
    assert (there[1] - TOWN[1]) * east >= 0


def test_the_shapes_cover_the_regency_and_only_what_is_seen_is_drawn() -> None:
    shapes = geometry()
    assert len(shapes.lands) > 20
    assert len(shapes.waters) > 100
    assert sum(map(len, shapes.rivers)) > 500
    regency, town = Window(0.8, 102.0, 200), Window(*TOWN, 5)
    rivers = (*shapes.rivers, shapes.siak)
    assert regency.path(rivers).count("M") > town.path(rivers).count("M") > 0
    assert len(regency.path(shapes.lands, closed=True)) < 20_000
    assert Window(-60, 0, 5).path(shapes.lands) == ""


def inside(point: tuple[float, float], rings: tuple[tuple[tuple[float, float], ...], ...]) -> bool:
    """Tell whether *point* lies in *rings*, filled even-odd as the drawing does."""
    y, x = point
    crossings = 0
    for ring in rings:
        for (y1, x1), (y2, x2) in pairwise(ring):
            crossings += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossings % 2 == 1


def test_the_siak_runs_between_the_palace_and_mempura_to_the_sea() -> None:
    siak = geometry().siak
    at_palace = min(siak, key=lambda point: distance_km(point, (0.7947, 102.0522)))
    assert 0.7897 < at_palace[0] < 0.7947, "the palace stands north of it, the skywalk of Mempura south"
    assert max(distance_km(a, b) for a, b in pairwise(siak)) < 2
    assert distance_km(siak[0], (0.5335, 101.4474)) < 10, "it begins at Pekanbaru"
    assert not inside(siak[-1], geometry().lands), "it ends in the strait"


def test_reaches_of_rivers_that_are_lines_are_not_drawn_twice_and_lakes_stay() -> None:
    shapes = geometry()
    assert len(plain_lands()) < len(shapes.lands)
    zamrud = (0.66, 102.21)
    assert not inside(zamrud, plain_lands())
    assert not inside((1.6, 101.95), plain_lands()), "the strait"
    assert inside((0.8092, 102.0188), plain_lands()), "a reach of the Siak"


@pytest.mark.parametrize(
    ("point", "land"),
    [((0.7947, 102.0522), True), ((0.79, 101.46), True), ((1.2, 102.3), True), ((1.6, 101.95), False)],
)
def test_towns_stand_on_land_and_the_strait_is_water(point: tuple[float, float], land: bool) -> None:
    shapes = geometry()
    assert inside(point, shapes.lands) is land
    assert inside(point, shapes.waters) is not land
