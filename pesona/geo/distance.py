"""Distances and the nearest village. Pure."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088
# Of latitude, rounded down, so that it never overstates how far apart two points must be.
KM_PER_DEGREE = 111.19

# The palace quarter: "distance from Siak town" is measured from here (centroid of Kampung Dalam).
SIAK_TOWN = (0.80016, 102.05002)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance in kilometres between two (latitude, longitude) pairs in degrees."""
    lat_a, lng_a, lat_b, lng_b = (radians(value) for value in (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lng_b - lng_a) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
