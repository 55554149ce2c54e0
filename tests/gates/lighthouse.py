"""Lighthouse on a phone gives 100 in all four categories, in the median of three runs; in three where a page is not listed."""

import json
import os
import subprocess
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from tests.gates.npm import packages
from tests.gates.outcome import Outcome, program
from tests.gates.site import HOST, Site

PAGES = {"home": "/en/", "list": "/en/destinations", "map": "/en/map", "plan": "/en/plan", "rencana": "/id/rencana"}
STOPS = "day=istana-siak-sri-indrapura,masjid-sultan-syahabuddin&day=taman-nasional-zamrud,event:tour-de-siak"
# Kept from search engines on purpose, so that "seo" cannot be full.
UNLISTED = {
    "filled plan": f"/en/plan?{STOPS}",
    "rencana terisi": f"/id/rencana?{STOPS}",
    "search": "/en/search?q=palace",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3
TRIES = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-component-update"


def run(site: Site) -> Outcome:
    """Measure one page of each kind in English, the plan in both languages."""
    tool, chromium = packages() / "lighthouse" / "cli" / "index.js", program("chromium")
    pages = {**PAGES, **UNLISTED, **_items(site)}
    outcome, lowest = Outcome(), 100
    for name, path in pages.items():
        runs = [_scores(site, tool, chromium, path) for _ in range(RUNS)]
        for category in CATEGORIES[:-1] if name in UNLISTED else CATEGORIES:
            score = round(median(one[category] for one in runs) * 100)
            lowest = min(lowest, score)
            if score < 100:
                outcome.wrong.append(f"{name} {path}: {category} {score}")
    outcome.said = f"{len(pages)} pages, {RUNS} runs each, lowest median {lowest}"
    return outcome


def _items(site: Site) -> dict[str, str]:
    """Return the first destination and the first event."""
    browser = site.browser()
    found = {}
    for plural in ("destinations", "events"):
        item = json.loads(browser.get(f"/api/v1/{plural}?limit=1").body)["results"][0]
        found[plural.removesuffix("s")] = urlsplit(item["translations"]["en"]["url"]).path
    return found


def _scores(site: Site, tool: Path, chromium: str, path: str) -> dict[str, float]:
    address = f"http://{HOST}:{site.port}{path}"
    command = [program("node"), str(tool), address, "--output=json", "--quiet", f"--chrome-flags={FLAGS}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    for _ in range(TRIES):
        done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, check=False)
        # Chromium now and then records no trace at all; such a run measured nothing and is asked for again.
        if b"Please run Lighthouse again" not in done.stderr:
            break
    assert done.returncode == 0, f"{path}: {done.stderr.decode()[-1000:]}"
    report = json.loads(done.stdout)
    return {category: report["categories"][category]["score"] or 0 for category in CATEGORIES}
