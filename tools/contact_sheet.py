"""Take the contact sheets of the site: `make pictures` (needs Chromium).

The content of Siak is served from a folder of its own; the beginning of each page is photographed on a desktop and on
a phone, and the pictures of one language and one theme become one sheet in `docs/pictures/`.
"""

import io
import tempfile
from pathlib import Path

from guide_pictures import ARGUMENTS, ROOT, make_home, site
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from pesona.locales import LOCALES

SHEETS = ROOT / "docs/pictures"
THEMES = ("light", "dark")
STOPS = "day=istana-siak-sri-indrapura,masjid-sultan-syahabuddin&day=taman-nasional-zamrud,event:tour-de-siak"
PAGES = {
    "id": ("", "destinasi", "destinasi/istana-siak-sri-indrapura", "acara/tour-de-siak", "peta", "makan-minum",
           "acara?when=calendar&month=2024-12", "cari?q=istana", "rencana", f"rencana?{STOPS}"),
    "en": ("", "destinations", "destinations/siak-sri-indrapura-palace", "events/tour-de-siak-cycling-race", "map",
           "eating-and-drinking", "events?when=calendar&month=2024-12", "search?q=palace", "plan", f"plan?{STOPS}"),
}  # fmt: skip
DESKTOP, PHONE = (1280, 1000), (360, 800)
SHOWN_WIDTH, SHOWN_HEIGHT, GAP, COLUMNS = 448, 350, 12, 2
PAPER = {"light": "#f4e9d2", "dark": "#17282b"}


def main() -> None:
    SHEETS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        make_home(home, notice=False)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS.split())
        with site(home, LOCALES[0]) as address:
            for locale in LOCALES:
                for theme in THEMES:
                    made = SHEETS / f"{locale}-{theme}.jpg"
                    sheet(browser, address, locale, theme).save(made, quality=78, optimize=True, progressive=True)
                    print(made.name, made.stat().st_size)
        browser.close()


def sheet(browser: Browser, address: str, locale: str, theme: str) -> Image.Image:
    """Return every page of *locale* in *theme*, desktop beside phone, in rows of two."""
    shots = [taken(browser, address, locale, theme, size) for size in (DESKTOP, PHONE)]
    pairs = list(zip(*shots, strict=True))
    width = SHOWN_WIDTH + GAP + SHOWN_HEIGHT * PHONE[0] // PHONE[1] + 2 * GAP
    rows = -(-len(pairs) // COLUMNS)
    whole = Image.new("RGB", (COLUMNS * width + GAP, rows * (SHOWN_HEIGHT + 2 * GAP) + GAP), PAPER[theme])
    for number, (desktop, phone) in enumerate(pairs):
        left = GAP + number % COLUMNS * width
        top = GAP + number // COLUMNS * (SHOWN_HEIGHT + 2 * GAP)
        whole.paste(desktop, (left, top))
        whole.paste(phone, (left + SHOWN_WIDTH + GAP, top))
    return whole


def taken(browser: Browser, address: str, locale: str, theme: str, size: tuple[int, int]) -> list[Image.Image]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    pictures = [shot(page, f"{address}/{locale}/{path}") for path in PAGES[locale]]
    context.close()
    return pictures


def shot(page: Page, address: str) -> Image.Image:
    """Return what a window shows of the page at *address*, as high as the sheet wants it."""
    answer = page.goto(address, wait_until="networkidle")
    assert answer, address
    assert answer.ok, f"{address}: {answer.status}"
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return picture.resize(
        (round(picture.width * SHOWN_HEIGHT / picture.height), SHOWN_HEIGHT), Image.Resampling.LANCZOS
    )


if __name__ == "__main__":
    main()
