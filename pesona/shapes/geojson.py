"""Entries of a list as GeoJSON (RFC 7946) in one language: a point only where it is exact. Pure."""

from collections.abc import Iterable
from typing import Any

from pesona.queries.catalogue import Entry


def collection(entries: Iterable[Entry], locale: str, site: str) -> dict[str, Any]:
    """Return the *entries* as a FeatureCollection; a coarse or unknown point is a geometry of null."""
    return {"type": "FeatureCollection", "features": [_feature(entry, locale, site) for entry in entries]}


def _feature(entry: Entry, locale: str, site: str) -> dict[str, Any]:
    card, point, geometry = entry.cards[locale], entry.point, None
    if point is not None and point.exact:
        geometry = {"type": "Point", "coordinates": [round(point.longitude, 5), round(point.latitude, 5)]}
    told = {
        "name": card.name,
        "url": site + card.path,
        "lang": card.locale,
        "kind": entry.subkind,
        "category": entry.category,
        "district": card.district,
    }
    return {"type": "Feature", "id": f"{entry.kind}-{entry.code}", "geometry": geometry, "properties": told}
