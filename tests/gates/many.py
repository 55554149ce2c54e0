"""A site with 5,000 items: every address answers, and pages cost hardly more than with 500."""

import re
import time
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

from flask import Flask

from pesona.app import create_app
from pesona.queries.catalogue import catalogue
from tests.factories import searches
from tests.gates.cost import compare, request_of, together
from tests.gates.outcome import Outcome
from tests.gates.site import Browser, Site, prepared

FEW, ITEMS = 500, 5000
LISTS = ("/id/destinasi", "/en/destinations")
SEARCHES = [f"/en/search?q={quote_plus(query)}" for query in searches()]
# Floors of the growth from 500 to 5,000 items.
FLOORS = {"list": 1.2, "detail": 1.2, "search": 3.0}


def run(site: Site) -> Outcome:
    """Walk the large site as it is served, and compare its costs with those of a small one."""
    outcome = Outcome()
    growth = _growth(prepared(FEW), prepared(ITEMS))
    for name, ratio in growth.items():
        if ratio > FLOORS[name]:
            outcome.wrong.append(f"{name} costs {ratio:.2f} times as much with {ITEMS} items, at most {FLOORS[name]}")
    count, slowest = _walk(site.browser(), outcome)
    told = ", ".join(f"{name} ×{ratio:.2f}" for name, ratio in growth.items())
    outcome.said = f"{count} addresses, slowest {slowest * 1000:.0f} ms; growth {told}"
    return outcome


def _growth(small: Path, large: Path) -> dict[str, float]:
    """Return how many times the CPU of a request grows from *small* to *large*."""
    apps = [create_app({"PESONA_HOME": str(home)}) for home in (small, large)]
    growth = {}
    for name, paths in {"list": [LISTS[1]], "detail": _some_items(apps[0]), "search": SEARCHES}.items():
        asked = [together([request_of(app, path) for path in paths]) for app in apps]
        few, many = compare(*asked, times=max(1, 30 // len(paths)))
        growth[name] = many / few
    return growth


def _some_items(app: Flask) -> list[str]:
    """Return five synthetic items that both sites have."""
    with app.app_context():
        known = catalogue()
        return [str(known.path("destination", f"uji-{number}", "en")) for number in range(0, FEW, FEW // 5)]


def _walk(browser: Browser, outcome: Outcome) -> tuple[int, float]:
    """Ask for all that the sitemap names, every page of the lists, and some searches."""
    sitemap = browser.get("/sitemap.xml")
    addresses = [urlsplit(found).path for found in re.findall(r"<loc>([^<]+)</loc>", sitemap.text)]
    if len(addresses) < 2 * ITEMS:
        outcome.wrong.append(f"the sitemap answers {sitemap.status} with {len(addresses)} addresses")
    addresses += [f"{path}?page={number}" for path in LISTS for number in range(2, -(-ITEMS // 24) + 1)]
    slowest = sitemap.seconds
    for address in [*addresses, *SEARCHES]:
        began = time.perf_counter()
        answer = browser.get(address)
        slowest = max(slowest, time.perf_counter() - began)
        if answer.status != 200:
            outcome.wrong.append(f"{address} answers {answer.status}")
    return len(addresses) + len(SEARCHES) + 1, slowest
