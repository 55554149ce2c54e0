"""The form of the map point as it stands between two presses: fields, the window shown, what each button does."""

from collections.abc import Mapping
from typing import Any

from wtforms import Form, HiddenField, StringField
from wtforms.validators import Length

from pesona.admin import forms, limits
from pesona.geo import paste
from pesona.geo.geometry import Point
from pesona.geo.projection import Window, moved
from pesona.text.names import N_

# Kilometres across: the steps in which a tap leads nearer, and the widest that shows the whole regency.
STEPS_KM = (15.0, 5.0, 1.0)
WIDEST_KM, MIDDLE = 200.0, (0.80, 101.95)
STEP = "{:.5f},{:.5f},{:.1f}"
DIRECTIONS: Mapping[str, tuple[int, int]] = {"north": (1, 0), "south": (-1, 0), "east": (0, 1), "west": (0, -1)}

UNREADABLE: Mapping[str, str] = {
    "nothing": N_("No point can be read from this line. Paste coordinates or a link of a map."),
    "one_number": N_("This is one number only. A point needs latitude and longitude."),
    "many": N_("This has more than two numbers or is too long. Paste one point only."),
    "range": N_("These are not degrees on the earth: one of the numbers is too large."),
    "letters": N_("The letters do not fit: one number needs N or S (LU, LS), the other E or W (BT, BB)."),
    "short_link": N_(
        "This short link hides its point, and the desk opens no links. Open it, then copy the long address."
    ),
    "link_without_point": N_("This link names no point. Paste the coordinates, or the long address of the place."),
    "short_plus": N_("This Plus code is short and holds only near its town. Paste the full one, such as 6PG4Q2WX+44."),
    "coarse_plus": N_("This Plus code names a whole area, not a place. Paste one with digits after the plus."),
}
SWAPPED = N_("Latitude and longitude were swapped. They are turned round in the form: look at the map, then save.")
PAIR = N_("A point needs latitude and longitude, or neither.")
EARTH = N_("These are not degrees on the earth.")
POSITIVE = N_("Write a number of metres from 1 to 100,000.")


class PointForm(Form):
    """A point with its precision, and one line to paste."""

    paste = StringField(
        N_("Paste coordinates or a link"),
        [Length(max=forms.MEDIUM, message=limits.TOO_LONG)],
        description=N_("Such as 0,79535 102,0478, 0°47'43\" LU 102°2'52\" BT, a Plus code or the long link of a map."),
    )
    latitude = forms.NumberField(N_("Latitude"), description=N_("Decimal degrees, such as 0.7947."))
    longitude = forms.NumberField(N_("Longitude"), description=N_("Decimal degrees, such as 102.0522."))
    coord_precision_m = forms.WholeField(
        N_("Precision in metres"), description=N_("Coarser than 1,000 names the village or district only.")
    )
    window = HiddenField()
    guessed = HiddenField()
    area = forms.ChoiceField(N_("Map of"))

    @property
    def point(self) -> Point | None:
        """Return the point in the fields, where it is whole and on the earth."""
        latitude, longitude = self.latitude.data, self.longitude.data
        if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
            return None
        return latitude, longitude

    def put(self, point: Point) -> None:
        """Put *point* into the fields; five decimals are a metre."""
        _set(self.latitude, round(point[0], 5))
        _set(self.longitude, round(point[1], 5))

    def read_paste(self) -> None:
        """Put the pasted point into the fields, or an error beside the line."""
        try:
            found = paste.read(self.paste.data or "")
        except paste.Unreadable as problem:
            self.paste.errors = [UNREADABLE[problem.reason]]
            return
        self.put((found.latitude, found.longitude))
        if found.swapped:
            self.paste.errors = [SWAPPED]
        else:
            _set(self.paste, "")
        self.look_at(Window(found.latitude, found.longitude, STEPS_KM[1]))

    def check(self) -> None:
        """Put an error beside each field that cannot be stored."""
        self.validate()
        latitude, longitude, precision = self.latitude, self.longitude, self.coord_precision_m
        if not (latitude.errors or longitude.errors):
            if (latitude.data is None) != (longitude.data is None):
                (latitude if latitude.data is None else longitude).errors = [PAIR]
            elif latitude.data is not None and self.point is None:
                (latitude if abs(latitude.data) > 90 else longitude).errors = [EARTH]
        if precision.data is not None and not 1 <= precision.data <= 100_000:
            precision.errors = [POSITIVE]

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(field.id, field.errors[0]) for field in self if field.errors]

    def window_shown(self) -> Window:
        """Return the window that the form carries, or the whole regency."""
        try:
            latitude, longitude, width = map(float, (self.window.data or "").split(","))
        except ValueError:
            return Window(*MIDDLE, WIDEST_KM)
        if not (abs(latitude) <= 85 and abs(longitude) <= 180 and STEPS_KM[-1] <= width <= WIDEST_KM):
            return Window(*MIDDLE, WIDEST_KM)
        return Window(latitude, longitude, width)

    def look_at(self, window: Window) -> None:
        width = min(max(window.width_km, STEPS_KM[-1]), WIDEST_KM)
        _set(self.window, STEP.format(window.latitude, window.longitude, width))

    def zoom(self, nearer: bool) -> None:
        """Show a narrower or wider part, with the point in its middle where there is one."""
        window = self.window_shown()
        middle = self.point or (window.latitude, window.longitude)
        width = narrower(window.width_km) if nearer else window.width_km * 3
        self.look_at(Window(*middle, width))

    def nudge(self, direction: str, metres: int) -> None:
        """Move the point where there is one; the window follows it out of the picture."""
        if self.point is None:
            return
        north, east = DIRECTIONS[direction]
        self.put(moved(self.point, north * metres, east * metres))
        window = self.window_shown()
        if not window.shows(self.point, edge=window.width / 20):
            self.look_at(Window(*self.point, window.width_km))

    def tap(self, x: float, y: float, saved_precision: int | None) -> None:
        """Put the point where the map was tapped and lead nearer; the corner 0,0 is what Enter sends."""
        window = self.window_shown()
        if (x, y) == (0, 0) or not (0 <= x <= window.width and 0 <= y <= window.height):
            return
        self.put(window.degrees(x, y))
        self.look_at(Window(*window.degrees(x, y), narrower(window.width_km)))
        precision = self.coord_precision_m
        if precision.data in (None, saved_precision) or str(precision.data) == self.guessed.data:
            # A finger may be a twentieth of the picture off; what the person typed is left alone.
            guess = max(30, int(round(window.width_km * 50, -1)))
            _set(precision, guess)
            _set(self.guessed, str(guess))


def narrower(width_km: float) -> float:
    """Return the width of the next window, about a third to a seventh of this one."""
    return next((step for step in STEPS_KM if step <= width_km / 3), min(width_km, STEPS_KM[-1]))


def _set(field: Any, value: Any) -> None:
    field.raw_data, field.data, field.errors = None, value, []
