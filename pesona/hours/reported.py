"""Opening hours as pages printed them, in OpenStreetMap's grammar, as a sentence in either language. Pure.

The first form knows week rules such as `Mo-Su 09:00-17:00`, `Fr 08:00-11:30,14:00-16:00`,
`24/7` and `off`; what it does not know is given back as it is written.
"""

import re

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_NAMES = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_PHRASES = {
    "id": {"daily": "setiap hari", "off": "tutup", "always": "selalu buka", "PH": "hari libur nasional"},
    "en": {"daily": "daily", "off": "closed", "always": "always open", "PH": "public holidays"},
}
_DAY, _TIME = f"(?:{'|'.join(_DAYS)})", r"(?:[01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)"
_WHEN, _SPAN = rf"(?:{_DAY}(?:-{_DAY})?|PH)", rf"{_TIME}-{_TIME}"
_RULE = re.compile(rf"(?:({_WHEN}(?:,{_WHEN})*) )?(off|{_SPAN}(?:,{_SPAN})*)")


def sentence(rule: str, locale: str) -> str:
    """Return *rule* in words: `setiap hari 09.00–17.00 WIB`, or unchanged where it is not understood."""
    if rule.strip() == "24/7":
        return _PHRASES[locale]["always"]
    parts = [_RULE.fullmatch(part.strip()) for part in rule.split(";")]
    if not all(parts):
        return rule
    return "; ".join(_part(found[1] or "Mo-Su", found[2], locale) for found in parts if found)


def _part(days: str, times: str, locale: str) -> str:
    when = ", ".join(_days(one, locale) for one in days.split(","))
    if times == "off":
        return f"{when} {_PHRASES[locale]['off']}"
    return f"{when} {', '.join(_times(one, locale) for one in times.split(','))} WIB"


def _days(text: str, locale: str) -> str:
    if text in ("Mo-Su", "PH"):
        return _PHRASES[locale]["daily" if text == "Mo-Su" else "PH"]
    return "–".join(_NAMES[locale][_DAYS.index(day)] for day in text.split("-"))


def _times(text: str, locale: str) -> str:
    if locale == "id":
        return text.replace(":", ".").replace("-", "–")
    return "–".join(_clock(time) for time in text.split("-"))


def _clock(time: str) -> str:
    hour, minute = int(time[:2]), time[3:]
    return f"{hour % 12 or 12}:{minute} {'am' if hour % 24 < 12 else 'pm'}"
