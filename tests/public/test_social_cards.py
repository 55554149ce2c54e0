"""The picture beside a shared link: of every live item in both languages, under the address of its present words."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from pesona import addresses
from pesona.locales import LOCALES
from pesona.media.store import Store
from pesona.queries.catalogue import catalogue
from pesona.sharing import card_of
from pesona.social import drawing
from pesona.social.card import SocialCard
from pesona.social.kept import Cards
from tests.admin.desk import EN, PALACE, PUBLISH, WORDS_EN
from tests.admin.test_photos import attach
from tests.client import ORIGIN, SelfCheckingClient
from tests.factories import withdraw
from tests.pictures import GOOD_WORDS, jpeg, make_files, upload

SignIn = Callable[..., SelfCheckingClient]
CARD = re.compile(r'property="og:image" content="([^"]+)"')


def address(client: SelfCheckingClient, path: str) -> str:
    """Return the path of the card that the page at *path* names."""
    found = CARD.search(client.get(path).text)
    assert found, path
    assert found[1].startswith(f"{ORIGIN}/media/cards/")
    return found[1].removeprefix(ORIGIN)


def size(content: bytes) -> tuple[tuple[int, int], str | None]:
    with Image.open(io.BytesIO(content)) as picture:
        return picture.size, picture.format


def palace(app: Flask, locale: str = "en") -> SocialCard:
    with app.test_request_context():
        card = card_of("destination", PALACE, locale)
    assert card
    return card


@pytest.mark.parametrize("kind", ["destination", "event", "page"])
def test_every_item_has_one_in_each_language(kind: str, reading_app: Flask, reader: SelfCheckingClient) -> None:
    with reading_app.app_context():
        paths = [[entry.cards[locale].path for locale in LOCALES] for entry in catalogue().entries[kind].values()]
    drawn = set()
    for both in paths:
        for path in both:
            answer = reader.get(address(reader, path))
            assert answer.content_type == "image/jpeg"
            assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert size(answer.data) == ((1200, 630), "JPEG"), path
            drawn.add(answer.data)
    assert len(drawn) == 2 * len(paths), "two items or languages share a picture"


def test_other_pages_show_that_of_the_site_in_their_language(reader: SelfCheckingClient) -> None:
    cards = {}
    for locale in LOCALES:
        sections = [addresses.section(name, locale) for name in ("destinations", "events", "map", "search")]
        areas = [addresses.section("districts", locale, "mempura"), addresses.section("categories", locale, "history")]
        found = {address(reader, path) for path in (addresses.home(locale), *sections, *areas)}
        assert len(found) == 1
        cards[locale] = reader.get(found.pop()).data
        assert size(cards[locale]) == ((1200, 630), "JPEG")
    assert cards["id"] != cards["en"]


def test_the_words_beside_it_are_in_the_language_of_the_page(reader: SelfCheckingClient) -> None:
    page = reader.visit(EN)
    assert page.one("meta", property="og:image:width").get("content") == "1200"
    assert page.one("meta", property="og:image:height").get("content") == "630"
    assert page.one("meta", name="twitter:card").get("content") == "summary_large_image"
    said = page.one("meta", property="og:image:alt").get("content", "")
    assert "History · Siak District. Drawing: the palace of Siak" in said


def test_only_the_hash_of_its_words_answers(reader: SelfCheckingClient) -> None:
    path = address(reader, EN)
    wrong = path.replace(path[-20:], "0123456789abcdef.jpg")
    for other in (
        wrong, path.replace("/en/", "/id/"), path.replace("/en/", "/fr/"), path.replace("/destination/", "/notice/"),
        path.replace("/destination/", "/event/"), path.replace(".jpg", ".png"), f"/media/cards/en/destination/{PALACE}",
    ):  # fmt: skip
        assert reader.get(other).status_code == 404, other


def test_what_is_withdrawn_has_none_though_it_was_drawn(app: Flask, client: SelfCheckingClient) -> None:
    path = address(client, EN)
    assert client.get(path).status_code == 200
    with app.app_context():
        withdraw("destination", PALACE)
    assert client.get(path).status_code == 404


def test_a_draft_has_none_and_a_new_name_a_new_one(app: Flask, client: SelfCheckingClient, sign_in: SignIn) -> None:
    before, siti = address(client, EN), sign_in()
    siti.submit(siti.visit(WORDS_EN), action=WORDS_EN, name="Palace of Siak by the River")
    assert address(client, EN) == before
    drafted = replace(palace(app), name="Palace of Siak by the River")
    assert client.get(drafted.address).status_code == 404
    siti.submit(siti.visit(PUBLISH))
    assert address(client, EN) == drafted.address
    assert drafted.address != before
    assert client.get(drafted.address).status_code == 200
    assert client.get(before).status_code == 404


def test_a_photo_stands_on_it_with_its_credit(app: Flask, client: SelfCheckingClient, sign_in: SignIn) -> None:
    siti = sign_in()
    upload(siti, jpeg(colour="seagreen"), **GOOD_WORDS)
    attach(siti, 1)
    siti.submit(siti.visit(PUBLISH))
    assert palace(app).drawing, "until the photo is made"
    make_files(app)
    assert palace(app).credit == "Photo: Dinas Pariwisata · Office photo"
    with Image.open(io.BytesIO(client.get(address(client, EN)).data)) as picture:
        red, green, blue = picture.getpixel((1180, 20))  # type: ignore[misc]
    assert green > red + 50
    assert green > blue + 20


NAMES = ["Ghatib Beghanyut", "Masjid Sultan Ismail Abdul Jalil Jalaluddin Syah", "Kampung Tua " * 10, "W" * 120]


@pytest.mark.parametrize("name", NAMES, ids=len)
@pytest.mark.parametrize("below", ["", "26 September – 3 Oktober 2026 · Ditunda, tanggal baru belum ada"])
def test_a_name_keeps_to_its_bank_whole(name: str, below: str, reading_app: Flask) -> None:
    plain = replace(palace(reading_app, "id"), name="", below="", above="Sejarah · Kecamatan Siak")
    paper = Image.new("RGB", drawing.PICTURE, "white")
    empty, full = drawing.draw(plain, paper), drawing.draw(replace(plain, name=name, below=below), paper)
    foot, bank = drawing.HEIGHT - 118, drawing.BANK
    assert empty.crop((0, foot, *empty.size)).tobytes() == full.crop((0, foot, *full.size)).tobytes(), (
        "the foot is free"
    )
    assert empty.crop((bank, 0, *empty.size)).tobytes() == full.crop((bank, 0, *full.size)).tobytes(), "so is the river"
    _, lines = drawing._fitted(name, drawing.BOTTOM - 110)
    assert "".join(lines).replace(" ", "") == name.replace(" ", ""), "no letter is lost"


def test_the_folder_does_not_grow_for_ever(app: Flask, home: Path) -> None:
    kept = Cards(home, Store(home), most=10)
    card = palace(app)
    for number in range(14):
        kept.content(replace(card, name=f"Istana {number}"))
        assert len(list(kept.folder.glob("*.jpg"))) <= 10
    assert (kept.folder / f"{replace(card, name='Istana 13').key}.jpg").is_file()


def test_the_picture_reaches_to_the_river(reading_app: Flask) -> None:
    drawn = drawing.draw(palace(reading_app), Image.new("RGB", drawing.PICTURE, "white"))
    for y in range(drawing.HEIGHT):
        row = [drawn.getpixel((x, y)) for x in range(drawing.WIDTH)]
        yellow = max(x for x, colour in enumerate(row) if colour == drawing._colour("yellow-500"))
        assert drawing._colour("river-800") not in row[yellow:], y
