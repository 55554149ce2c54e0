"""Make pesona/geo/siak.geojson: the line of the Siak River through the reaches that OpenStreetMap's water has of it.

The water of pesona/geo/waterbodies.geojson is good to 100 metres and breaks a river of 200 into single reaches;
the line of GSHHG runs on but lies up to 2 kilometres off at Siak town. So the line goes through the middles of the
reaches, from Pekanbaru to the sea, bending evenly between them. Run it from the checkout; it prints what it wrote.
"""

import json
from itertools import pairwise
from pathlib import Path

GEO = Path(__file__).parent.parent / "pesona/geo"
STEPS = 9
# A point (longitude, latitude) in each reach, downstream; the reach that holds or lies nearest to it is meant.
DOWNSTREAM = (
    (101.3798, 0.5513), (101.4019, 0.5521), (101.4257, 0.5490), (101.4502, 0.5502), (101.4716, 0.5536),
    (101.4740, 0.5744), (101.5108, 0.5692), (101.5993, 0.6130), (101.6039, 0.6352), (101.6235, 0.6601),
    (101.6471, 0.6795), (101.6647, 0.7003), (101.6680, 0.7253), (101.7083, 0.7439), (101.7089, 0.7726),
    (101.7524, 0.7880), (101.7742, 0.7721), (101.7970, 0.7713), (101.7967, 0.7496), (101.8211, 0.7481),
    (101.8623, 0.7499), (101.8856, 0.7664), (101.9057, 0.7931), (101.9499, 0.7942), (101.9748, 0.7923),
    (102.0188, 0.8092), (102.0614, 0.7894), (102.0626, 0.8126), (102.0593, 0.8386), (102.0392, 0.8367),
    (102.0415, 0.8763), (102.0444, 0.8975), (102.0636, 0.9194), (102.0848, 0.9369), (102.1067, 0.9885),
    (102.1107, 1.0145), (102.1099, 1.0356), (102.0852, 1.0524), (102.1285, 1.0762), (102.1100, 1.0986),
)  # fmt: skip
# The last reach is one ring with two corners: its middle line is read from the corners.
LAST_REACH = ((102.1230, 1.1190), (102.1554, 1.1225), (102.1560, 1.1680), (102.1687, 1.1690), (102.1687, 1.2310))

Point = tuple[float, float]


def middles() -> list[Point]:
    rings = [polygon[0] for polygon in json.loads((GEO / "waterbodies.geojson").read_text("utf-8"))["coordinates"]]
    found = [(sum(x for x, _ in r[:-1]) / (len(r) - 1), sum(y for _, y in r[:-1]) / (len(r) - 1)) for r in rings]
    return [min(found, key=lambda m: (m[0] - x) ** 2 + (m[1] - y) ** 2) for x, y in DOWNSTREAM]


def bent(points: list[Point]) -> list[Point]:
    """Return *points* joined by Catmull-Rom curves."""
    padded = [points[0], *points, points[-1]]
    line = [points[0]]
    for at, (b, c) in enumerate(pairwise(points)):
        a, d = padded[at], padded[at + 3]
        for step in range(1, STEPS + 1):
            t = step / STEPS
            weights = (-t + 2 * t**2 - t**3, 2 - 5 * t**2 + 3 * t**3, t + 4 * t**2 - 3 * t**3, t**3 - t**2)
            x, y = (sum(w * p[i] for w, p in zip(weights, (a, b, c, d), strict=True)) / 2 for i in (0, 1))
            line.append((round(x, 4), round(y, 4)))
    return line


if __name__ == "__main__":
    river = bent([*middles(), *LAST_REACH])
    text = json.dumps({"type": "LineString", "coordinates": river}, separators=(",", ":"))
    (GEO / "siak.geojson").write_text(text + "\n", "utf-8")
    print(f"the Siak River in {len(river)} points")
