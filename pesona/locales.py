"""The one table of the languages the site speaks."""

LOCALES = ("id", "en")
DEFAULT_LOCALE = "id"
X_DEFAULT = "en"

NAMES = {"id": "Bahasa Indonesia", "en": "English"}
OPEN_GRAPH = {"id": "id_ID", "en": "en_GB"}
CLDR = {"id": "id", "en": "en_GB"}


def other_locale(locale: str) -> str:
    return "en" if locale == "id" else "id"
