"""The choices that lists and pages offer: categories and districts with what they hold."""

from collections.abc import Callable, Mapping

from pesona import addresses, i18n
from pesona.published import Choice
from pesona.queries.catalogue import catalogue
from pesona.text import names

Counts = Mapping[tuple[str, str], int]
PathOf = Callable[[str], str]  # the address with a choice of this code


def _no_path(_code: str) -> str:
    """Stand for the address of a choice that is an option of a form, not a link."""
    return ""


def category_choices(counts: Counts, locale: str) -> list[Choice]:
    """Return each category that holds something, leading to its own page."""
    speaker = i18n.speaker(locale)
    return [
        Choice(code, speaker.gettext(name), addresses.section("categories", locale, code), counts["category", code])
        for code, name in names.CATEGORIES.items()
        if counts.get(("category", code))
    ]


def district_choices(counts: Counts, locale: str) -> list[Choice]:
    """Return every district by name, leading to its own page."""
    return [
        Choice(d.code, d.name, addresses.section("districts", locale, d.slug), counts.get(("district", d.code), 0))
        for d in sorted(catalogue().districts.values(), key=lambda d: d.name)
    ]


def category_filter(
    counts: Mapping[str, int], total: int, chosen: str, locale: str, path_of: PathOf = _no_path
) -> list[Choice]:
    """Return the filter by category: all first, then each that leaves something or is chosen."""
    speaker = i18n.speaker(locale)
    named = {code: speaker.gettext(name) for code, name in names.CATEGORIES.items()}
    return _filter(named, counts, total, chosen, speaker.gettext("All categories"), path_of)


def district_filter(
    counts: Mapping[str, int], total: int, chosen: str, locale: str, path_of: PathOf = _no_path
) -> list[Choice]:
    """Return the filter by district: all first, then each that leaves something or is chosen."""
    named = {d.code: d.name for d in sorted(catalogue().districts.values(), key=lambda d: d.name)}
    return _filter(named, counts, total, chosen, i18n.speaker(locale).gettext("All districts"), path_of)


def free_filter(
    counts: Mapping[str, int], total: int, chosen: str, locale: str, path_of: PathOf = _no_path
) -> list[Choice]:
    """Return the filter by what is known to be free, or nothing where nobody knows of any; unknown is not paid."""
    speaker = i18n.speaker(locale)
    known, either = speaker.gettext("Known to be free"), speaker.gettext("Any price, or unknown")
    return _known_filter(known, counts, total, chosen, either, path_of)


def step_free_filter(
    counts: Mapping[str, int], total: int, chosen: str, locale: str, path_of: PathOf = _no_path
) -> list[Choice]:
    """Return the filter by what is known to be step-free, or nothing where nobody knows of any."""
    speaker = i18n.speaker(locale)
    known, either = speaker.gettext("Known to be step-free"), speaker.gettext("Any way in, or unknown")
    return _known_filter(known, counts, total, chosen, either, path_of)


def type_filter(
    counts: Mapping[str, int], total: int, chosen: str, locale: str, path_of: PathOf = _no_path
) -> list[Choice]:
    """Return the filter by kind of result: all first, then each that leaves something or is chosen."""
    speaker = i18n.speaker(locale)
    named = {kind: speaker.gettext(name) for kind, name in names.ITEM_KINDS.items()}
    return _filter(named, counts, total, chosen, speaker.gettext("Everything"), path_of)


def _known_filter(
    known: str, counts: Mapping[str, int], total: int, chosen: str, either: str, path_of: PathOf
) -> list[Choice]:
    choices = _filter({"yes": known}, counts, total, chosen, either, path_of)
    return choices if len(choices) > 1 else []


def _filter(
    named: Mapping[str, str],
    counts: Mapping[str, int],
    total: int,
    chosen: str,
    everything: str,
    path_of: PathOf,
) -> list[Choice]:
    kept = [
        Choice(code, name, path_of(code), counts.get(code, 0), code == chosen)
        for code, name in named.items()
        if counts.get(code) or code == chosen
    ]
    return [Choice("", everything, path_of(""), total, not chosen), *kept]
