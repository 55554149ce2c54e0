"""The map of the regency, and the list that says the same."""

from typing import Any

from flask import Response

from pesona import addresses, i18n
from pesona.head import SITE_NAME, Head, Trail, head
from pesona.locales import LOCALES
from pesona.paging import cut, page_number
from pesona.public import arguments
from pesona.public.blueprint import localized, page
from pesona.public.choices import category_filter, district_filter
from pesona.queries import lists
from pesona.queries.catalogue import catalogue
from pesona.queries.places import Place, places
from pesona.sheets.ground import window_of
from pesona.sheets.sheet import by_district, inside, neighbours, sheet
from pesona.text import names

PAGE_SIZE = 100
FILTERS = ("category", "district")


@localized("map")
def regency_map(locale: str) -> Response:
    """Show the map with the places that the address asks for, and the same places as a list."""
    wanted = _wanted()
    number = page_number()
    everything = {place.entry.code: place for place in places()}
    found = lists.filtered([p.entry for p in everything.values()], wanted["category"], wanted["district"])
    fitting = [everything[entry.code] for entry in found.entries]
    area = wanted["window"] or wanted["district"]
    listed = inside(window_of(area), fitting) if wanted["window"] else fitting
    ordered = [place for _, group in by_district(listed, locale) for place in group]
    shown, paging = cut(ordered, number, PAGE_SIZE, lambda n: _path(locale, wanted, page=n if n > 1 else ""))
    return page(
        "public/map.html",
        locale,
        _head(locale, wanted, number, area),
        sheet=sheet(
            area, fitting, {p.entry.code for p in shown}, locale, lambda code: _path(locale, wanted, window=code)
        ),
        groups=by_district(shown, locale),
        total=len(listed),
        **paging.context(),
        **_ways(locale, wanted, area, list(everything.values()), fitting),
        **_filters(locale, wanted, found),
    )


def _wanted() -> dict[str, str]:
    known = catalogue()
    return {
        "category": arguments.choice("category", names.CATEGORIES),
        "district": arguments.choice("district", known.districts),
        "window": arguments.choice("window", {**known.districts, **known.villages}),
    }


def _path(locale: str, wanted: dict[str, str], **changed: str | int) -> str:
    return addresses.section("map", locale, **{**wanted, **changed})


def _ways(
    locale: str, wanted: dict[str, str], area: str, all_places: list[Place], fitting: list[Place]
) -> dict[str, Any]:
    """Return where the map leads to from the sheet of *area*: nearer, further, next to it."""
    known = catalogue()
    village = known.villages.get(area)
    district = known.districts.get(village[1] if village else area)
    wider = []
    if area:
        wider.append((i18n.speaker(locale).gettext("The whole regency"), _path(locale, wanted, window="", district="")))
    if village and district:
        wider.append((_district_name(locale, district.name), _path(locale, wanted, window=district.code)))
    beside = neighbours(area, all_places) if area else []
    return {
        "area": village[0] if village else district,
        "district": district if village else None,
        "wider": wider,
        "beside": [(turn, _name(code), _path(locale, wanted, window=code, district="")) for turn, code in beside],
        "closer": _closer(locale, wanted, area, fitting),
    }


def _closer(locale: str, wanted: dict[str, str], area: str, fitting: list[Place]) -> list[tuple[str, str, int]]:
    """Return the sheets inside *area* that hold something, with how much."""
    known = catalogue()
    if area in known.villages:
        return []
    codes = [p.entry.village if area else p.entry.district for p in fitting if not area or p.entry.district == area]
    counted = {code: codes.count(code) for code in sorted(set(codes)) if code}
    return sorted((_name(code), _path(locale, wanted, window=code), n) for code, n in counted.items())


def _name(code: str) -> str:
    known = catalogue()
    return known.villages[code][0].name if code in known.villages else known.districts[code].name


def _district_name(locale: str, name: str) -> str:
    return i18n.speaker(locale).gettext("%(name)s District", name=name)


def _filters(locale: str, wanted: dict[str, str], found: lists.Found) -> dict[str, Any]:
    groups = {
        "category": category_filter(found.counts["category"], found.totals["category"], wanted["category"], locale),
        "district": district_filter(found.counts["district"], found.totals["district"], wanted["district"], locale),
    }
    return {
        "categories": groups["category"],
        "districts": groups["district"],
        "legend": [one for one in groups["category"] if one.code and one.count],
        "chosen": [
            (one.name, _path(locale, wanted, **{name: ""}))
            for name, choices in groups.items()
            for one in choices
            if one.chosen and one.code
        ],
    }


def _head(locale: str, wanted: dict[str, str], number: int, area: str) -> Head:
    speaker = i18n.speaker(locale)
    plain = not any(wanted.values()) and number == 1
    title = speaker.gettext("Map of %(name)s, Siak", name=_name(area)) if area else speaker.gettext("Map of Siak")
    page_query = {"page": number} if number > 1 else {}
    return head(
        locale,
        title,
        speaker.gettext("The places of Siak Regency on a map of the river, the lakes and the coast, and as a list."),
        {one: _path(one, wanted, **page_query) for one in LOCALES},
        index=plain,
        canonical=None if plain else addresses.section("map", locale),
        trail=_trail(locale, area),
        section="map",
    )


def _trail(locale: str, area: str) -> Trail:
    start: list[tuple[str, str | None]] = [(SITE_NAME, addresses.home(locale))]
    label = i18n.speaker(locale).gettext("Map")
    if not area:
        return [*start, (label, None)]
    known = catalogue()
    way = [*start, (label, addresses.section("map", locale))]
    if area in known.villages:
        district = known.districts[known.villages[area][1]]
        way.append((_district_name(locale, district.name), addresses.section("map", locale, window=district.code)))
        return [*way, (known.villages[area][0].name, None)]
    return [*way, (_district_name(locale, known.districts[area].name), None)]
