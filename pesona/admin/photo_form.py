"""The form of a photo's words: text in, values of the photo out; `editing` checks them."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form, SelectChoice, StringField, TextAreaField

from pesona.admin.forms import ChoiceField
from pesona.models.photo import CONSENTS, LICENCES
from pesona.pictures import Focus
from pesona.text.names import N_

TAP_WIDTH = 320
GRID = tuple((x, y) for y in (0.1667, 0.5, 0.8333) for x in (0.1667, 0.5, 0.8333))
TEXTS = ("alt_id", "alt_en", "caption_id", "caption_en", "credit", "source", "date")

_ALT = N_("What one sees, in one sentence of at most 150 characters, for those who cannot see it.")


def _line(label: str, hint: str = "") -> StringField:
    return StringField(label, description=hint)


def _choice(label: str, codes: tuple[str, ...]) -> ChoiceField:
    return ChoiceField(label, [SelectChoice(""), *map(SelectChoice, codes)])


class PhotoWords(Form):
    """What is said about a photo."""

    alt_id = TextAreaField(N_("Description in Indonesian"), description=_ALT, render_kw={"rows": 2})
    alt_en = TextAreaField(N_("Description in English"), description=_ALT, render_kw={"rows": 2})
    decorative = BooleanField(N_("Decorative: it shows nothing that the text does not say"))
    caption_id = TextAreaField(N_("Caption in Indonesian"), render_kw={"rows": 2})
    caption_en = TextAreaField(N_("Caption in English"), render_kw={"rows": 2})
    credit = _line(N_("Credit"), N_("Whose photo this is, as readers see it."))
    licence = _choice(N_("Licence"), LICENCES)
    source = _line(N_("Source of the photo"), N_("Where it comes from: an address, a letter, a colleague."))
    date = _line(N_("Taken on"), N_("Such as 2026-05-01, 2026-05 or 2026."))
    consent = _choice(N_("Consent of the people shown"), CONSENTS)


def values(form: Any, typed: MultiDict[str, str], now: Mapping[str, Any], tap_height: int) -> dict[str, Any]:
    """Return every value of the photo as *form* and the focal point in *typed* want it, else as it is *now*."""
    focus = chosen_focus(typed, tap_height) or (now["focus_x"], now["focus_y"])
    return {
        **{name: " ".join((form[name].data or "").split()) for name in TEXTS},
        "decorative": bool(form.decorative.data),
        "licence": form.licence.data or "",
        "consent": form.consent.data or "",
        "focus_x": focus[0],
        "focus_y": focus[1],
    }


def chosen_focus(typed: MultiDict[str, str], tap_height: int) -> Focus | None:
    """Return the point tapped on the picture or chosen in the grid; 0,0 is the Enter key, not a choice."""
    across, down = (_pixel(typed.get(f"focus.{axis}", "")) for axis in "xy")
    if (across, down) != (0, 0):
        return round(min(across / TAP_WIDTH, 1), 4), round(min(down / tap_height, 1), 4)
    chosen = typed.get("grid", "")
    return GRID[int(chosen)] if chosen in map(str, range(len(GRID))) else None


def _pixel(text: str) -> int:
    return int(text[:6]) if text.isascii() and text.isdigit() else 0


def mark_wrong(form: Any, found: list[tuple[str, str]]) -> None:
    """Put each (name of a field, message) beside its field of *form*."""
    for name, message in found:
        field: Field = form[name]
        field.errors = [*field.errors, message]
