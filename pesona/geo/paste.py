"""A pasted line as a point: degrees in all spellings, `geo:`, links of maps, Plus codes. Nothing is fetched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from openlocationcode import openlocationcode

from pesona.geo import links

LONGEST = 2000
# Of the regency (findability.md: GeoCoordinates): latitude from, to; longitude from, to.
BOX = (0.20, 1.40, 100.70, 102.80)

_NORTH, _SOUTH, _EAST, _WEST = ("N", "LU", "U"), ("S", "LS"), ("E", "BT", "T"), ("W", "BB", "B")
_SIGNS = {
    **dict.fromkeys(_NORTH, ("latitude", 1)),
    **dict.fromkeys(_SOUTH, ("latitude", -1)),
    **dict.fromkeys(_EAST, ("longitude", 1)),
    **dict.fromkeys(_WEST, ("longitude", -1)),
}
_LETTER = r"(?<![A-Z])(?:LU|LS|BT|BB|[NSEWUTB])(?![A-Z])"
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_ANGLE = rf"{_NUMBER}[\s°]*(?:\d+(?:\.\d+)?[\s']*)?(?:\d+(?:\.\d+)?[\s\"]*)?"
_MARKS = str.maketrans({**dict.fromkeys("′’‘´`", "'"), **dict.fromkeys("″”“", '"'), "º": "°", "˚": "°", "−": "-"})
_LABELS = re.compile(r"\b(?:LATITUDE|LAT|LINTANG|LONGITUDE|LONG|LNG|LON|BUJUR)\b\.?\s*[:=]?")
_SPELT = {r"\b(?:LINTANG\s+)?UTARA\b": "N", r"\b(?:LINTANG\s+)?SELATAN\b": "S", r"\b(?:BUJUR\s+)?TIMUR\b": "E"}
_PLUS = re.compile(r"(?<![0-9A-Z])[23456789CFGHJMPQRVWX0]{2,8}\+[23456789CFGHJMPQRVWX]*", re.IGNORECASE)


class Unreadable(ValueError):
    """A line names no point; *reason* says why: nothing, one_number, many, range, letters or of links and codes."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Pasted:
    """A point that was read; *swapped* were latitude and longitude, *only_window* is the middle of somebody's map."""

    latitude: float
    longitude: float
    swapped: bool = False
    only_window: bool = False


def read(line: str) -> Pasted:
    """Return the point that *line* names; raises `Unreadable`."""
    line = " ".join(line.translate(_MARKS).replace("''", '"').split())
    if not line or len(line) > LONGEST:
        raise Unreadable("many" if line else "nothing")
    if line.casefold().startswith("geo:"):
        return _geo(line)
    if links.is_link(line):
        return _link(line)
    return _text(line)


def _geo(line: str) -> Pasted:
    place, _, more = line[4:].partition("?")
    asked = links.values(more).get("q", "")
    if place.startswith("0,0") and asked:
        return _text(asked.partition("(")[0])
    return _text(place.partition(";")[0])


def _link(line: str) -> Pasted:
    if links.is_short(line):
        raise Unreadable("short_link")
    for found in links.places(line):
        try:
            return replace(_text(found.text), only_window=found.only_window)
        except Unreadable:
            continue
    raise Unreadable("link_without_point")


def _text(line: str) -> Pasted:
    code = _PLUS.search(line)
    if code:
        return _plus(code[0])
    line = line.upper()
    for spelt, letter in _SPELT.items():
        line = re.sub(spelt, letter, line)
    line = _LABELS.sub(" ", line).strip(" ()[]{}")
    return _checked(*_angles(line))


def _plus(code: str) -> Pasted:
    if not openlocationcode.isFull(code):
        raise Unreadable("short_plus" if openlocationcode.isValid(code) else "nothing")
    area = openlocationcode.decode(code)
    if area.codeLength < openlocationcode.PAIR_CODE_LENGTH_:
        raise Unreadable("coarse_plus")
    return _checked(area.latitudeCenter, area.longitudeCenter)


def _angles(line: str) -> tuple[float, float]:
    """Return latitude and longitude as they stand in *line*, in the order of its letters where it has them."""
    if "." not in line:
        # Without points commas part decimals; two whole degrees are nowhere a place.
        line = re.sub(r"(\d),(\d)", r"\1.\2", line)
    elif "°" in line or re.search(_LETTER, line):
        line = re.sub(r"(\d),(\d)", r"\1 \2", line)
    if re.search(r"[A-Z]", re.sub(_LETTER, "", line)):
        raise Unreadable("nothing")
    found = list(_marked(line)) if "°" in line or re.search(_LETTER, line) else list(_plain(line))
    if len(found) != 2:
        raise Unreadable({0: "nothing", 1: "one_number"}.get(len(found), "many"))
    (first, a), (second, b) = found
    if (first and first == second) or bool(first) != bool(second):
        raise Unreadable("letters")
    return (b, a) if first == "longitude" else (a, b)


def _plain(line: str) -> Iterator[tuple[str, float]]:
    for number in re.findall(_NUMBER, line):
        yield "", float(number)


def _marked(line: str) -> Iterator[tuple[str, float]]:
    """Yield axis and degrees of each angle; letters stand before all numbers or after each."""
    leading = bool(re.match(_LETTER, line))
    pattern = rf"({_LETTER})\s*({_ANGLE})" if leading else rf"({_ANGLE})\s*({_LETTER})?"
    for match in re.finditer(pattern, line):
        letter, angle = match.groups() if leading else (match[2] or "", match[1])
        axis, sign = _SIGNS.get(letter, ("", 1))
        yield axis, sign * _degrees(re.findall(_NUMBER, angle))


def _degrees(numbers: list[str]) -> float:
    whole, *rest = map(float, numbers)
    if any(not 0 <= part < 60 for part in rest) or (rest and whole % 1):
        raise Unreadable("range")
    value: float = abs(whole) + sum(part / 60.0**power for power, part in enumerate(rest, 1))
    return -value if numbers[0].startswith("-") else value


def _checked(latitude: float, longitude: float) -> Pasted:
    latitude, longitude = round(latitude, 6), round(longitude, 6)
    if not in_box(latitude, longitude) and in_box(longitude, latitude):
        return Pasted(longitude, latitude, swapped=True)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise Unreadable("range")
    return Pasted(latitude, longitude)


def in_box(latitude: float, longitude: float) -> bool:
    """Tell whether a point lies in the box around the regency."""
    south, north, west, east = BOX
    return south <= latitude <= north and west <= longitude <= east
