"""Photos on the public site: their files, what pages and machines say of them, and the files made again."""

import io
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import Result
from flask import Flask
from PIL import Image
from sqlalchemy import text

from pesona.db import db
from pesona.editing import content_check
from pesona.media import queue
from pesona.media.store import Store, write
from pesona.security import HEADERS
from tests.admin.desk import EN, ID, PUBLISH
from tests.admin.test_photos import ITS_PHOTOS, attach, press, published
from tests.client import ORIGIN, Page, SelfCheckingClient
from tests.pictures import GOOD_WORDS, PHOTOS, camera_jpeg, jpeg, make_files, row, send, upload

SignIn = Callable[..., SelfCheckingClient]


def store(app: Flask) -> Store:
    found: Store = app.extensions["pesona.media"]
    return found


def pictures_of(page: Page) -> list[Any]:
    return page.all("picture", class_="photo")


def files_of(page: Page) -> set[str]:
    """Return every address of a photo's file on the page."""
    return set(re.findall(r"/media/[\w-]+\.[\w.-]+", page.answer.text))


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def image(client: SelfCheckingClient, path: str) -> Image.Image:
    return Image.open(io.BytesIO(client.get(path).data))


# --- pages


def test_pages_without_photos_are_as_they_were(reader: SelfCheckingClient) -> None:
    for path in ("/en/destinations", EN, ID, "/id/", "/en/contact"):
        page = reader.visit(path)
        assert not pictures_of(page)
        assert not files_of(page)


@pytest.mark.parametrize(("path", "alt"), [(EN, GOOD_WORDS["alt_en"]), (ID, GOOD_WORDS["alt_id"])])
def test_a_destination_shows_its_photo_in_three_formats(
    sign_in: SignIn, app: Flask, client: SelfCheckingClient, path: str, alt: str
) -> None:
    published(sign_in, app)
    page = client.visit(path)
    picture = pictures_of(page)[0]
    assert [s.get("type") for s in picture.iter("source")] == ["image/avif", "image/webp"]
    img = next(picture.iter("img"))
    assert (img.get("alt"), img.get("width"), img.get("height")) == (alt, "1600", "1200")
    assert img.get("loading") is None
    assert img.get("fetchpriority") == "high"
    for source in [*picture.iter("source"), img]:
        assert source.get("sizes")
        assert [one.split()[1] for one in source.get("srcset", "").split(", ")] == [
            "320w",
            "640w",
            "960w",
            "1280w",
            "1600w",
        ]
    assert "Dinas Pariwisata" in page.text


def test_a_page_s_photos_after_the_first_are_lazy(sign_in: SignIn, app: Flask, client: SelfCheckingClient) -> None:
    siti = published(sign_in, app)
    upload(siti, jpeg(colour="gold"), **GOOD_WORDS)
    attach(siti, 2)
    siti.submit(siti.visit(PUBLISH))
    images = [next(p.iter("img")) for p in pictures_of(client.visit(EN))]
    assert [img.get("loading") for img in images] == [None, "lazy"]


@pytest.mark.parametrize("path", ["/en/destinations?category=history", "/id/kategori/history", "/en/districts/siak"])
def test_cards_show_the_main_photo_cut_for_them(
    sign_in: SignIn, app: Flask, client: SelfCheckingClient, path: str
) -> None:
    published(sign_in, app)
    page = client.visit(path)
    shown = pictures_of(page)
    assert len(shown) == 1
    img = next(shown[0].iter("img"))
    assert (img.get("width"), img.get("height")) == ("960", "720")
    every = [next(one.iter("img")).get("loading") for one in page.all("picture")]
    assert every == [None, *["lazy"] * (len(every) - 1)], "only the first picture of a page is waited for"


def test_the_credit_and_licence_are_on_page_and_card(sign_in: SignIn, app: Flask, client: SelfCheckingClient) -> None:
    published(sign_in, app, licence="cc-by-sa", credit="Rani")
    page = client.visit(EN)
    assert "Photo: Rani · CC BY-SA 4.0" in page.text
    assert "https://creativecommons.org/licenses/by-sa/4.0/" in page.links()
    assert "Foto: Rani · CC BY-SA 4.0" in client.visit("/id/destinasi").text


def test_a_decorative_photo_has_an_empty_alt(sign_in: SignIn, app: Flask, client: SelfCheckingClient) -> None:
    published(sign_in, app, decorative="y")
    assert next(pictures_of(client.visit(EN))[0].iter("img")).get("alt") == ""


def test_until_files_are_made_small_jpeg_ones_are_shown(
    sign_in: SignIn, app: Flask, client: SelfCheckingClient
) -> None:
    siti = sign_in()
    upload(siti, **GOOD_WORDS)
    attach(siti, 1)
    siti.submit(siti.visit(PUBLISH))
    for path in (EN, "/en/categories/history"):
        page = client.visit(path)
        assert files_of(page)
        assert all(name.endswith(".jpg") for name in files_of(page))
        assert all(client.get(name).status_code == 200 for name in files_of(page))
    assert make_files(app) == 1
    for path in (EN, "/en/categories/history"):
        page = client.visit(path)
        assert {name.rsplit(".")[1] for name in files_of(page)} == {"avif", "webp", "jpg"}, "the page follows at once"
        assert all(client.get(name).status_code == 200 for name in files_of(page))


def test_every_file_has_the_size_and_type_it_is_announced_with(
    sign_in: SignIn, app: Flask, client: SelfCheckingClient
) -> None:
    published(sign_in, app)
    for name in files_of(client.visit(EN)) | files_of(client.visit("/en/destinations")):
        width, suffix = re.fullmatch(r"/media/\w+-(\d+)\.(\w+)", name).groups()  # type: ignore[union-attr]
        with image(client, name) as found:
            assert found.width == int(width) <= 1600
            assert found.format == {"jpg": "JPEG", "webp": "WEBP", "avif": "AVIF"}[suffix]
            assert not found.getexif()


# --- machines


def test_structured_data_names_the_photo_its_credit_and_licence(
    sign_in: SignIn, app: Flask, client: SelfCheckingClient
) -> None:
    published(sign_in, app, licence="cc-by")
    block = next(b for b in client.visit(EN).jsonld() if "TouristAttraction" in b["@type"])
    photo = block["image"][0]
    assert photo["@type"] == "ImageObject"
    assert photo["creditText"] == "Dinas Pariwisata"
    assert photo["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert photo["contentUrl"].startswith(ORIGIN + "/media/")
    assert client.get(photo["contentUrl"].removeprefix(ORIGIN)).status_code == 200


def test_an_office_photo_names_the_page_that_says_what_holds(
    sign_in: SignIn, app: Flask, client: SelfCheckingClient
) -> None:
    published(sign_in, app)
    block = next(b for b in client.visit(EN).jsonld() if "TouristAttraction" in b["@type"])
    path = block["image"][0]["license"].removeprefix(ORIGIN)
    assert client.get(path).status_code == 200


def test_links_shared_elsewhere_show_the_photo(sign_in: SignIn, app: Flask, client: SelfCheckingClient) -> None:
    published(sign_in, app)
    page = client.visit(EN)
    address = page.one("meta", property="og:image").get("content", "")
    with image(client, address.removeprefix(ORIGIN)) as found:
        assert (found.size, found.format) == ((1200, 630), "JPEG")
    assert GOOD_WORDS["alt_en"] in page.one("meta", property="og:image:alt").get("content", "")


def test_the_api_tells_of_the_photos(sign_in: SignIn, app: Flask, client: SelfCheckingClient) -> None:
    published(sign_in, app)
    told = client.get("/api/v1/destinations/istana-siak-sri-indrapura").json
    assert told
    assert [photo["credit"] for photo in told["photos"]] == ["Dinas Pariwisata"]
    assert client.get(told["photos"][0]["url"].removeprefix(ORIGIN)).status_code == 200


def test_the_sitemap_names_the_main_photo(sign_in: SignIn, app: Flask, client: SelfCheckingClient) -> None:
    assert b"image:" not in client.get("/sitemap.xml").data
    published(sign_in, app)
    spaces = {"i": "http://www.google.com/schemas/sitemap-image/1.1"}
    found = ElementTree.fromstring(client.get("/sitemap.xml").data).findall(".//i:image/i:loc", spaces)
    assert len(found) == 2, "one for each language"
    assert client.get((found[0].text or "").removeprefix(ORIGIN)).status_code == 200


# --- files


def test_files_are_served_for_ever_and_can_do_nothing(sign_in: SignIn, app: Flask, client: SelfCheckingClient) -> None:
    upload(sign_in())
    answer = client.get(row(app).whole.address(320))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert set(HEADERS) <= set(answer.headers.keys())
    again = client.get(row(app).whole.address(320), headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["/media/", "/media/x", "/media/../pesona.sqlite", "/media/%2e%2e%2fsecret_key", "/media/" + "a" * 32 + "-640.jpg",
             "/media/" + "a" * 32 + "-640.html", "/media/originals/aa/x.jpg"],
)  # fmt: skip
def test_nothing_else_is_served(client: SelfCheckingClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_originals_are_never_served(sign_in: SignIn, app: Flask, client: SelfCheckingClient) -> None:
    upload(sign_in(), camera_jpeg())
    for path in (f"/media/{row(app).name}", f"/media/{row(app).name}.jpg", f"/media/{row(app).name[:32]}-640.jpg"):
        assert client.get(path).status_code == 404


def test_half_a_file_is_never_seen(tmp_path: Any) -> None:
    write(tmp_path / "aa/one", b"first")
    with pytest.raises(TypeError):
        write(tmp_path / "aa/one", None)  # type: ignore[arg-type]
    assert (tmp_path / "aa/one").read_bytes() == b"first"
    assert [path.name for path in (tmp_path / "aa").iterdir()] == ["one"]


# --- the queue


def test_the_queue_is_resumed_where_a_sudden_end_left_it(sign_in: SignIn, app: Flask) -> None:
    upload(sign_in())
    with app.app_context():
        whole = row(app).whole
        write(store(app).file(f"{whole.key}-960.avif"), b"made before the end")
        assert queue.work_off(store(app)) == 1
        assert queue.work_off(store(app)) == 0
    assert row(app).ready


def test_only_one_process_makes_files(sign_in: SignIn, app: Flask) -> None:
    upload(sign_in())
    with store(app).locked() as mine, store(app).locked(wait=False) as second:
        assert mine
        assert not second


def test_a_photo_that_cannot_be_made_holds_up_no_other(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    upload(siti)
    upload(siti, jpeg(colour="gold"))
    store(app).original(row(app).name, "jpg").write_bytes(b"broken")
    failed: set[int] = set()
    with app.app_context():
        assert queue.work_off(store(app), failed) == 1
    assert failed == {1}
    assert (row(app, 1).ready, row(app, 2).ready) == (False, True)


# --- commands


def test_media_check_names_what_is_missing_and_rebuild_makes_it(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    upload(siti)
    assert "not all files are made yet" in run(app, "media", "check").output
    make_files(app)
    assert run(app, "media", "check").exit_code == 0
    whole = row(app).whole
    store(app).file(f"{whole.key}-640.webp").unlink()
    store(app).file(f"{whole.key}-320.avif").write_bytes(b"no picture")
    found = run(app, "media", "check")
    assert found.exit_code != 0
    assert found.output.count("missing or broken") == 2
    assert "2 files made again" in run(app, "media", "rebuild").output
    assert run(app, "media", "check").exit_code == 0
    assert "0 files made again" in run(app, "media", "rebuild").output


def test_media_check_knows_a_changed_original(sign_in: SignIn, app: Flask) -> None:
    upload(sign_in())
    make_files(app)
    store(app).original(row(app).name, "jpg").write_bytes(jpeg(colour="pink"))
    assert "the original is not what was stored" in run(app, "media", "check").output
    store(app).original(row(app).name, "jpg").unlink()
    assert "the original is missing" in run(app, "media", "check").output


def test_media_rebuild_makes_everything_again_without_a_file(sign_in: SignIn, app: Flask) -> None:
    upload(sign_in())
    make_files(app)
    before = store(app).names()
    for name in before:
        store(app).file(name).unlink()
    assert f"{len(before)} files made again" in run(app, "media", "rebuild").output
    assert store(app).names() == before


# --- the model


def test_content_check_knows_the_photos_of_an_item(sign_in: SignIn, app: Flask) -> None:
    published(sign_in, app)
    with app.app_context():
        assert list(content_check.differences()) == []
        db.session.execute(text("DELETE FROM item_photo"))
        db.session.commit()
        assert list(content_check.differences()) == [
            "destination istana-siak-sri-indrapura: facts.photos differs from the published revision"
        ]


def test_taking_a_photo_off_takes_it_off_the_site(sign_in: SignIn, app: Flask, client: SelfCheckingClient) -> None:
    siti = published(sign_in, app)
    before = client.visit(EN).answer.text
    press(siti, press(siti, siti.visit(ITS_PHOTOS), "drop:1"), "save")
    assert client.visit(EN).answer.text == before, "a draft changes nothing"
    siti.submit(siti.visit(PUBLISH))
    assert not files_of(client.visit(EN))


def test_withdrawing_the_last_words_takes_the_photo_off_too(
    sign_in: SignIn, app: Flask, client: SelfCheckingClient
) -> None:
    siti = published(sign_in, app)
    for locale in ("en", "id"):
        siti.submit(siti.visit(f"{PUBLISH.removesuffix('publish')}withdraw/{locale}"), reason="A reason.")
    assert not files_of(client.visit("/en/destinations"))
    press(siti, press(siti, siti.visit(ITS_PHOTOS), "drop:1"), "save")
    assert siti.post(f"{PHOTOS}/1/trash", {}).status_code == 303


@pytest.mark.parametrize(
    ("plural", "code", "path"), [("events", "tour-de-siak", "/id/acara/"), ("pages", "contact", "/en/contact")]
)
def test_events_and_pages_show_photos_too(
    sign_in: SignIn, app: Flask, client: SelfCheckingClient, plural: str, code: str, path: str
) -> None:
    siti = sign_in()
    answer = send(siti, jpeg(), path=f"{PHOTOS}?for={plural}/{code}")
    siti.submit(siti.visit(answer.headers["Location"]), action=f"{PHOTOS}/1", **GOOD_WORDS)
    make_files(app)
    siti.submit(siti.visit(f"/admin/{plural}/{code}/publish"))
    live = next(p for p in siti.visit(f"/admin/{plural}/{code}").links() if p.startswith(path))
    page = client.visit(live)
    assert len(pictures_of(page)) == 1
    if plural == "pages":
        assert any("image" in block for block in page.jsonld())
