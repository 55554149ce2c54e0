"""Every page that a visitor can reach passes the audit of the self-checking client, in both languages."""

import re

import pytest

from tests.client import ORIGIN, SelfCheckingClient, addresses_of


@pytest.mark.parametrize("locale", ["id", "en"])
def test_every_page_reached_from_home_passes_the_audit(reader: SelfCheckingClient, locale: str) -> None:
    waiting, seen = {f"/{locale}/"}, set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        found = addresses_of([reader.visit(path)])
        waiting |= {p for p in found if p.startswith(f"/{locale}/") and p not in seen}
    listed = re.findall(r"<loc>([^<]+)</loc>", reader.get("/sitemap.xml").text)
    assert {f"{ORIGIN}{path}" for path in seen} >= {loc for loc in listed if f"{ORIGIN}/{locale}/" in loc}
