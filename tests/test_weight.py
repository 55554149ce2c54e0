"""The home page on the wire, compressed as browsers ask for it: what each kind of file may weigh at most."""

import re

import pytest

from tests.client import Page, SelfCheckingClient

BROTLI = {"Accept-Encoding": "br"}


def weight(reader: SelfCheckingClient, path: str) -> int:
    answer = reader.get(path, headers=BROTLI)
    assert answer.status_code == 200, path
    return len(answer.data)


def modules(reader: SelfCheckingClient, page: Page) -> set[str]:
    """Return the addresses of all modules that the page names, and of those that they may import in turn."""
    waiting = [s.get("src", "") for s in page.all("script", type="module")]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        found.add(path)
        folder = path.rpartition("/")[0]
        named = re.findall(r'(?:import\(|from )"\./([\w.]+)"', reader.get(path).text)
        waiting += [f"{folder}/{name}" for name in named if f"{folder}/{name}" not in found]
    return found


@pytest.mark.parametrize("locale", ["id", "en"])
def test_home_stays_light(reader: SelfCheckingClient, locale: str) -> None:
    page = reader.visit(f"/{locale}/")
    styles = page.one("link", rel="stylesheet").get("href", "")
    fonts = set(re.findall(r"fonts/[\w-]+\.woff2", reader.get(styles).text))
    # All three together: the Arabic one is fetched only where such letters stand, and home has none.
    assert len(fonts) == 3
    scripts = modules(reader, page)
    assert {"site.js", "plan.js", "offline.js"} <= {path.rpartition("/")[2] for path in scripts}
    picture = next(page.one("main").iter("picture"))
    pictures = [
        next(picture.iter("img")).get("src", ""),
        *(s.get("srcset", "").split()[0] for s in picture.iter("source")),
    ]
    assert weight(reader, page.path) <= 25_000
    assert weight(reader, styles) <= 20_000
    assert sum(weight(reader, path) for path in scripts) <= 15_000
    assert sum(weight(reader, f"{styles.rpartition('/')[0]}/{font}") for font in fonts) <= 60_000
    assert max(weight(reader, path) for path in pictures) <= 90_000


def test_the_worker_is_no_burden(reader: SelfCheckingClient) -> None:
    assert weight(reader, "/sw.js") <= 6_000
