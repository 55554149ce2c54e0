"""Follow the links of a running site."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import html5lib

from tests.gates.site import Answer, Browser


def crawl(browser: Browser, *starts: str, under: tuple[str, ...]) -> Iterator[tuple[str, Answer]]:
    """Yield every address reachable from *starts* below *under* with its answer, each once.

    Combinations of filters are left out: an address with two parameters shows nothing that two
    with one do not.
    """
    waiting, seen = list(starts), set(starts)
    while waiting:
        address = waiting.pop(0)
        answer = browser.get(address)
        yield address, answer
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        for link in html5lib.parse(answer.body, namespaceHTMLElements=False).iter("a"):
            target = urldefrag(urljoin(address, link.get("href", ""))).url
            if target.startswith(under) and target.count("=") < 2 and target not in seen:
                seen.add(target)
                waiting.append(target)
