"""A site with 5,000 items: every address answers, and pages cost hardly more than with 500."""

import re
import time
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from tests.factories import GIVEN
from tests.gates.cost import compare, request_of, site_of
from tests.gates.outcome import Outcome
from tests.gates.site import Browser, Site

FEW, MANY = 500, 5000
LISTS = ("/id/destinasi", "/en/destinations")
SEARCHES = [f"/en/search?q={first}+{second}" for first, second in pairwise(GIVEN)]
# Floors of the growth from 500 to 5,000 items.
FLOORS = {"list": 1.2, "detail": 1.2, "search": 3.0}


def run(site: Site) -> Outcome:
    """Build both sites in the home of *site*, walk the large one as served, compare their costs."""
    outcome = Outcome()
    small, large = site.home / "few", site.home / "many"
    growth = _growth(small, large)
    for name, ratio in growth.items():
        if ratio > FLOORS[name]:
            outcome.wrong.append(f"{name} costs {ratio:.2f} times as much with {MANY} items, at most {FLOORS[name]}")
    served = Site(large)
    served.start()
    try:
        count, slowest = _walk(served.browser(), outcome)
    finally:
        served.end()
    told = ", ".join(f"{name} ×{ratio:.2f}" for name, ratio in growth.items())
    outcome.said = f"{count} addresses, slowest {slowest * 1000:.0f} ms; growth {told}"
    return outcome


def _growth(small: Path, large: Path) -> dict[str, float]:
    apps = [site_of(small, FEW), site_of(large, MANY)]
    some = request_of(apps[0], "/en/destinations")()
    found = re.search(rb'href="(/en/destinations/[a-z0-9-]+)"', some)
    assert found, "the list of the small site has no link"
    addresses = {"list": [LISTS[1]], "detail": [found[1].decode()], "search": SEARCHES}
    growth = {}
    for name, paths in addresses.items():
        asked = [[request_of(app, path) for path in paths] for app in apps]
        few, many = compare(*(lambda one=one: b"".join(ask() for ask in one) for one in asked), times=30 // len(paths))
        growth[name] = many / few
    return growth


def _walk(browser: Browser, outcome: Outcome) -> tuple[int, float]:
    """Ask for all that the sitemap names, every page of the lists, and some searches."""
    sitemap = browser.get("/sitemap.xml")
    addresses = [urlsplit(found).path for found in re.findall(r"<loc>([^<]+)</loc>", sitemap.text)]
    if len(addresses) < 2 * MANY:
        outcome.wrong.append(f"the sitemap answers {sitemap.status} with {len(addresses)} addresses")
    addresses += [f"{path}?page={number}" for path in LISTS for number in range(1, -(-MANY // 24) + 1)]
    slowest = sitemap.seconds
    for address in [*addresses, *SEARCHES]:
        began = time.perf_counter()
        answer = browser.get(address)
        slowest = max(slowest, time.perf_counter() - began)
        if answer.status != 200:
            outcome.wrong.append(f"{address} answers {answer.status}")
    return len(addresses) + len(SEARCHES) + 1, slowest
