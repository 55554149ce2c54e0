"""What the site says to browsers that keep its pages: worker, manifest, offline page; nothing of it where it is switched off."""

import json
from pathlib import Path

import pytest

from tests.client import SelfCheckingClient, words_of
from tests.conftest import close_site, make_site


def told(script: str) -> dict[str, object]:
    """Return what the first line of the worker says of the site."""
    known: dict[str, object] = json.loads(script.splitlines()[0].removeprefix("const SITE = ").removesuffix(";"))
    return known


def test_the_worker_is_asked_for_anew_each_time_and_travels_once(reader: SelfCheckingClient) -> None:
    answer = reader.get("/sw.js", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Encoding"] == "br"
    again = reader.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_worker_names_its_release_and_the_files_of_this_hash(reader: SelfCheckingClient) -> None:
    site = told(reader.get("/sw.js").text)
    assert site["release"] == reader.app.config["RELEASE"]
    frame = site["frame"]
    assert isinstance(frame, list)
    for path in frame:
        assert path.startswith(f"/static/{site['hash']}/")
        assert reader.get(path).status_code == 200, path
    names = {path.split("/", 3)[3] for path in frame}
    assert {"site.css", "fonts/young-serif.woff2", "js/site.js", "js/saved.js", "img/logo.svg"} <= names
    assert not names & {"desk.css", "js/desk.js", "js/worker.js"}


@pytest.mark.parametrize(("locale", "path"), [("id", "/id/luring"), ("en", "/en/offline")])
def test_the_offline_page_is_for_people_alone(reader: SelfCheckingClient, locale: str, path: str) -> None:
    page = reader.visit(path)
    assert page.one("meta", name="robots").get("content") == "noindex, follow"
    assert path not in reader.get("/sitemap.xml").text
    assert words_of(page.one("h1")) == {"id": "Tanpa sambungan internet", "en": "Without a connection"}[locale]


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_manifest_speaks_its_language_and_its_icons_are_there(reader: SelfCheckingClient, locale: str) -> None:
    path = reader.visit(f"/{locale}/").one("link", rel="manifest").get("href", "")
    assert path == f"/{locale}/manifest.webmanifest"
    answer = reader.get(path)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(answer.text)
    assert (manifest["lang"], manifest["dir"], manifest["start_url"]) == (locale, "ltr", f"/{locale}/")
    assert len(manifest["short_name"]) <= 12
    assert [(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]] == [
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    ]  # fmt: skip
    for icon in manifest["icons"]:
        width = int.from_bytes(reader.get(icon["src"]).data[16:20], "big")
        assert icon["sizes"] == f"{width}x{width}"


def test_the_colours_of_the_manifest_are_those_of_the_styles(reader: SelfCheckingClient) -> None:
    manifest = json.loads(reader.get("/en/manifest.webmanifest").text)
    tokens = (Path(__file__).parent.parent.parent / "static/css/tokens.css").read_text("utf-8")
    assert f"--river-800: {manifest['theme_color']};" in tokens
    assert f"--paper-50: {manifest['background_color']};" in tokens


def test_a_site_that_keeps_nothing_offline_serves_only_what_takes_it_away(home: Path) -> None:
    app = make_site(home, PESONA_OFFLINE="0")
    client = SelfCheckingClient(app)
    page = client.visit("/en/")
    assert not [s for s in page.all("script", type="module") if "offline" in s.get("src", "")]
    script = client.get("/sw.js").text
    assert "unregister()" in script
    assert "fetch" not in script.split("\n", 1)[1]
    close_site(app)
