"""Nothing moves while a page comes in: Chromium counts no layout shift on a phone.

The fonts stay away here. How far words move as a font takes the place of another depends on the faces that a
machine happens to have: tokens.css stretches those of phones and desktops to the same room, and where none of
them is installed the front page has been seen to count up to 0.012.
"""

import pytest
from playwright.sync_api import Browser

PAGES = ("/id/", "/en/destinations", "/id/destinasi/istana-siak-sri-indrapura", "/en/events/tour-de-siak-cycling-race")
# Once fonts and pictures are there and have been painted, each movement has its entry.
SHIFTS = """async () => {
  await document.fonts.ready;
  await Promise.all([...document.images].filter((one) => one.loading !== "lazy").map((one) => one.decode().catch(() => {})));
  await new Promise((painted) => { requestAnimationFrame(() => requestAnimationFrame(painted)); });
  return new Promise((told) => {
    const observer = new PerformanceObserver((list) => told(list.getEntries()
      .filter((one) => one.entryType === "layout-shift")
      .map((one) => [one.value, ...one.sources.map(({ node }) => (node?.parentElement ?? node)?.outerHTML?.slice(0, 90))])));
    observer.observe({ type: "layout-shift", buffered: true });
    // Where nothing has moved there is no call; a mark of our own comes after whatever there was.
    observer.observe({ type: "mark", buffered: true });
    performance.mark("asked");
  });
}"""


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_comes_in(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto(address + path)
    shifts = page.evaluate(SHIFTS)
    assert sum(value for value, *_ in shifts) == 0, shifts
    context.close()
