"""Photos at the desk: taken in clean, worded, cut round what matters, attached and kept while in use."""

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import text

from pesona import pictures
from pesona.db import begin_writing, db
from pesona.editing import photos
from pesona.editing.log import Actor
from pesona.media.taking import LARGEST_FILE
from tests.admin.desk import EN, FACTS, ID, ITEM, PUBLISH, blockers, chain, contents, newest, wrong_fields
from tests.client import Page, SelfCheckingClient
from tests.pictures import (
    GOOD_WORDS,
    PHOTOS,
    SECRET,
    camera_jpeg,
    drawing,
    encoded,
    jpeg,
    make_files,
    row,
    send,
    upload,
)

SignIn = Callable[..., SelfCheckingClient]
ITS_PHOTOS = f"{ITEM}/photos"
ONE = f"{PHOTOS}/1"


def stored(app: Flask) -> list[Path]:
    """Return every picture that lies in the media folder."""
    folder = app.config["HOME"] / "media"
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")


def reasons(answer: Page) -> list[str]:
    box = next(e for e in answer.one("main").iter() if e.get("id") == "refused")
    return [li.get("data-check", "") for li in box.iter("li")]


def refused(client: SelfCheckingClient, content: bytes, name: str = "photo.jpg", status: int = 422) -> list[str]:
    """Return why *content* is refused; nothing of it may be stored."""
    before = len(stored(client.app))
    found = reasons(client.audit(PHOTOS, send(client, (name, content)), status))
    assert len(stored(client.app)) == before
    return found


def deeds(app: Flask) -> list[str]:
    with app.app_context():
        wanted = (
            "SELECT deed FROM log_entry WHERE deed NOT IN ('account_create', 'sign_in') AND role != 'demo' ORDER BY id"
        )
        return list(db.session.scalars(text(wanted)))


def attach(client: SelfCheckingClient, *numbers: int) -> Page:
    """Add photos to the palace and save the draft."""
    page = client.visit(ITS_PHOTOS)
    for number in numbers:
        page = press(client, page, f"add:{number}")
    return press(client, page, "save")


def press(client: SelfCheckingClient, page: Page, button: str) -> Page:
    forms = [f for f in page.all("form", action=ITS_PHOTOS) if f.get("method") == "post"]
    assert len(forms) == 1
    data = [(e.get("name"), e.get("value", "")) for e in forms[0].iter("input") if e.get("name")]
    assert button in [b.get("value") for b in forms[0].iter("button")]
    answer = client.post(ITS_PHOTOS, [*data, ("action", button)])
    if answer.status_code == 303:
        return client.visit(answer.headers["Location"])
    return client.audit(ITS_PHOTOS, answer, answer.status_code)


def order(page: Page) -> list[int]:
    return [int(e.get("value", "")) for e in page.all("input", name="photos")]


# --- taking in


def test_a_photo_is_turned_upright_and_loses_all_that_the_camera_wrote_e49(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    number = upload(siti, camera_jpeg(), **GOOD_WORDS)
    make_files(app)
    photo = row(app, number)
    assert (photo.width, photo.height) == (1200, 1600)
    assert len(stored(app)) == 1 + 3 * (4 + 3) + 1, "the original, whole and card in three formats, one for links"
    for path in stored(app):
        content = path.read_bytes()
        for secret in (SECRET, b"SecretCamera", b"secret-xmp", b"Exif", b"GPS"):
            assert secret not in content, f"{path.name} keeps {secret!r}"
        with Image.open(path) as image:
            assert not image.getexif(), path
            assert not {"comment", "exif", "xmp", "icc_profile"} & image.info.keys(), path
    with Image.open(app.extensions["pesona.media"].original(photo.name, "jpg")) as image:
        red, _, blue = image.getpixel((1150, 50))
        assert red > 200, "the red corner stands at the top right once the picture is turned"
        assert blue < 80
    offered = [e for e in siti.visit(f"{PHOTOS}/{number}").one("main").iter() if e.get("data-check") == "point"]
    assert len(offered) == 1


def test_the_point_of_a_photo_goes_to_the_draft_of_a_place_once_e49(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    number = upload(siti, camera_jpeg())
    attach(siti, number)
    path = f"{PHOTOS}/{number}/point"
    answer = siti.post(path, {"place": ITEM.rsplit("/", 1)[1]})
    assert answer.status_code == 303
    facts = newest(app)["facts"]
    assert (round(facts["latitude"], 4), round(facts["longitude"], 4)) == (0.7947, 102.0522)
    assert facts["coord_precision_m"] == 100
    assert row(app, number).latitude is None
    assert not [e for e in siti.visit(f"{PHOTOS}/{number}").one("main").iter() if e.get("data-check") == "point"]
    revisions = len(chain(app))
    siti.post(path, {"place": ITEM.rsplit("/", 1)[1]})
    assert len(chain(app)) == revisions, "a point is offered once"
    assert deeds(app) == ["photo_upload", "save", "save"], "one row a deed (E-63)"


def test_the_point_can_be_forgotten(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    number = upload(siti, camera_jpeg())
    assert siti.post(f"{PHOTOS}/{number}/point", {"place": ""}).status_code == 303
    assert row(app, number).latitude is None
    assert len(chain(app)) == 1
    assert deeds(app)[-1] == "photo_point"


def test_a_png_that_calls_itself_jpg_is_stored_as_png_e51(sign_in: SignIn, app: Flask) -> None:
    number = upload(sign_in(), encoded(drawing(), "PNG"))
    assert row(app, number).suffix == "png"
    with Image.open(app.extensions["pesona.media"].original(row(app, number).name, "png")) as image:
        assert image.format == "PNG"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_kinds_are_taken(sign_in: SignIn, app: Flask, kind: str) -> None:
    number = upload(sign_in(), encoded(drawing(1200, 800), kind))
    assert (row(app, number).width, row(app, number).height) == (1200, 800)


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "CMYK", "I;16", "1", "LA"])
def test_every_kind_of_pixel_becomes_a_photo(sign_in: SignIn, app: Flask, mode: str) -> None:
    image = drawing(1200, 800)
    if mode == "I;16":
        image = image.convert("I").point(lambda value: value * 256).convert("I;16")
    else:
        image = image.convert(mode)
    number = upload(sign_in(), encoded(image, "JPEG" if mode == "CMYK" else "PNG"))
    make_files(app)
    assert row(app, number).ready


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100


def png_of_size(width: int, height: int) -> bytes:
    """Return a PNG whose header asks for *width* × *height* pixels and whose body is a few bytes."""
    head = bytearray(encoded(Image.new("L", (1, 1)), "PNG"))
    head[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    head[29:33] = zlib.crc32(bytes(head[12:29])).to_bytes(4, "big")
    return bytes(head)


def webp_of_size(width: int, height: int) -> bytes:
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"VP8X" + (10).to_bytes(4, "little") + b"\0" * 4 + canvas
    return b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WEBP" + body


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SVG, "svg"),
        (b"\xef\xbb\xbf  <!-- x --><SVG onload=alert(1)>", "svg"),
        (b"not a picture at all", "type"),
        (b"<html><script>alert(1)</script></html>", "type"),
        (b"GIF89a" + b"\0" * 100, "type"),
        (b"MZ\x90\0" + b"\0" * 100, "type"),
        (b"II*\0" + b"\0" * 100, "type"),
        (b"\0", "type"),
        (b"", "empty"),
        (HEIC, "heic"),
        (jpeg()[: len(jpeg()) // 2], "damaged"),
        (encoded(drawing(), "PNG")[:3000], "damaged"),
        (encoded(drawing(), "WEBP")[:2000], "damaged"),
        (b"\xff\xd8\xff" + b"\0" * 500, "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "damaged"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "damaged"),
        (png_of_size(30_000, 30_000), "pixels"),
        (png_of_size(50_000, 50_000), "pixels"),
        (png_of_size(12_001, 1_000), "pixels"),
        (png_of_size(2**31 - 1, 2**31 - 1), "pixels"),
        (webp_of_size(16_383, 16_383), "pixels"),
        (jpeg(1199, 900), "small"),
        (jpeg(1300, 799), "small"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_good_photo_is_refused_saying_why_e51(
    sign_in: SignIn, app: Flask, content: bytes, reason: str
) -> None:
    siti = sign_in()
    assert refused(siti, content, "photo.svg" if reason == "svg" else "photo.jpg") == [reason]
    with app.app_context():
        assert not db.session.scalar(text("SELECT count(*) FROM photo"))


def test_a_small_photo_is_refused_with_its_size_and_a_portrait_is_measured_lying(sign_in: SignIn) -> None:
    siti = sign_in()
    assert "1100 × 700" in siti.audit(PHOTOS, send(siti, jpeg(1100, 700)), 422).text
    upload(siti, jpeg(800, 1200))


def test_a_picture_with_a_program_behind_it_is_stored_without_it(sign_in: SignIn, app: Flask) -> None:
    upload(sign_in(), jpeg() + b"<?php system($_GET[0]); ?><script>alert(1)</script>")
    make_files(app)
    for path in stored(app):
        assert b"<?php" not in path.read_bytes()
        assert b"<script" not in path.read_bytes()


def test_the_same_bytes_again_lead_to_the_photo_that_is_there(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    first = upload(siti)
    answer = send(siti, jpeg())
    assert answer.headers["Location"] == f"{PHOTOS}/{first}?done=photo_known"
    siti.visit(answer.headers["Location"])
    assert send(siti, jpeg(), jpeg()).status_code == 303
    with app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM photo")) == 1


def test_two_people_who_send_the_same_bytes_at_once_get_one_photo(sign_in: SignIn, app: Flask) -> None:
    with app.app_context():
        first, second = (photos.prepare(app.extensions["pesona.media"], jpeg()) for _ in range(2))
        begin_writing()
        assert photos.add(first, Actor(command="test"))[1]
        photo, is_new = photos.add(second, Actor(command="test"))
        assert (photo.id, is_new) == (1, False)
        db.session.rollback()


def test_a_full_disk_refuses_a_photo_clearly_and_the_next_one_works(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    folder = app.config["HOME"] / "media"
    folder.write_text("stands where the folder should be")
    assert reasons(siti.audit(PHOTOS, send(siti, jpeg()), 422)) == ["storage"]
    assert deeds(app) == []
    folder.unlink()
    upload(siti)


def test_of_several_files_the_good_ones_are_kept_and_the_others_named(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    answer = send(siti, jpeg(), ("drawing.svg", SVG), jpeg(colour="gold"), ("phone.heic", HEIC))
    page = siti.audit(PHOTOS, answer, 422)
    assert reasons(page) == ["svg", "heic"]
    assert "drawing.svg" in page.text
    assert {ONE, f"{PHOTOS}/2"} <= set(page.links())
    assert deeds(app) == ["photo_upload", "photo_upload"]


def test_an_upload_without_a_file_says_so(sign_in: SignIn) -> None:
    siti = sign_in()
    assert reasons(siti.audit(PHOTOS, siti.post(PHOTOS, {"owner": "x"}), 422)) == ["none"]


@pytest.mark.parametrize("locale", ["id", "en"])
def test_a_file_that_is_too_large_is_answered_with_a_whole_page_e50(sign_in: SignIn, locale: str) -> None:
    siti = sign_in(locale=locale)
    large = jpeg() + b"\0" * (LARGEST_FILE + 1)
    page = siti.audit(PHOTOS, send(siti, ("large.jpg", large), jpeg(colour="gold")), 413)
    assert page.one("html").get("lang") == locale
    assert reasons(page) == ["large"]
    assert ONE in page.links(), "the other photo of the same request is kept"


def test_other_forms_of_the_desk_stay_small_and_answer_in_the_language_of_the_account(sign_in: SignIn) -> None:
    for locale, said in (("id", "Terlalu besar"), ("en", "too large")):
        siti = sign_in(f"Siti{locale}", locale=locale)
        page = siti.audit(FACTS, siti.post(FACTS, {"base": "1", "architect": "x" * 3_000_000}), 413)
        assert page.one("html").get("lang") == locale
        assert said.lower() in page.text.lower()


def test_a_stranger_s_upload_is_asked_to_sign_in_and_stores_nothing(client: SelfCheckingClient, app: Flask) -> None:
    before = contents(app)
    for content in (jpeg(), jpeg() + b"\0" * 5_000_000):
        client.audit(PHOTOS, send(client, content), 401)
    assert contents(app) == before
    assert not stored(app)


def test_an_upload_after_the_sign_in_ended_says_to_choose_again_and_keeps_its_item(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    page = siti.visit(ITS_PHOTOS)
    form = next(f for f in page.all("form") if f.get("enctype") == "multipart/form-data")
    owner = next(e.get("value", "") for e in form.iter("input") if e.get("name") == "owner")
    siti.http.delete_cookie("pesona")
    wanted = ITEM.removeprefix("/admin/")
    asked = siti.audit(PHOTOS, send(siti, jpeg(), owner=owner, **{"for": wanted}), 401)
    again = siti.submit(asked, status=200, email="siti@example.go.id", password="tepian sungai di waktu pagi")
    assert "choose them once more" in again.text
    assert {e.get("value") for e in again.all("input", name="for")} == {wanted}
    assert not stored(app)


# --- words and focal point


def test_a_tap_on_the_picture_becomes_the_focal_point_e52(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    number = upload(siti, **GOOD_WORDS)
    page = siti.visit(ONE)
    tap = page.one("input", type="image")
    assert (tap.get("width"), tap.get("height"), tap.get("name")) == ("320", "240", "focus")
    data = {"base": "2", **GOOD_WORDS, "focus.x": "200", "focus.y": "120"}
    assert siti.post(ONE, data).status_code == 303
    photo = row(app, number)
    assert (photo.focus_x, photo.focus_y) == (0.625, 0.5)
    assert photo.alt_en == GOOD_WORDS["alt_en"], "a tap saves the whole form"


def test_the_enter_key_chooses_no_focal_point_e52(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    number = upload(siti, **GOOD_WORDS)
    data = {"base": "2", **GOOD_WORDS, "focus.x": "0", "focus.y": "0"}
    assert siti.post(ONE, data).headers["Location"].endswith("done=same")
    siti.post(ONE, {**data, "focus.x": "64", "focus.y": "48"})
    assert siti.post(ONE, {**data, "base": "3"}).headers["Location"].endswith("done=same")
    assert (row(app, number).focus_x, row(app, number).focus_y) == (0.2, 0.2)


def test_the_grid_chooses_a_focal_point_e52(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    number = upload(siti)
    page = siti.visit(ONE)
    assert [e.get("value") for e in page.all("input", name="grid")] == [str(n) for n in range(9)]
    assert not [e for e in page.all("input", name="grid") if e.get("checked") is not None]
    siti.submit(page, action=ONE, grid="2")
    assert row(app, number).focus == (0.8333, 0.1667)
    page = siti.visit(ONE)
    assert [e.get("value") for e in page.all("input", name="grid") if e.get("checked") is not None] == ["2"]
    assert siti.submit(page, action=ONE).path.endswith("done=same")


def test_cuts_follow_the_focal_point_once_they_are_made(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    upload(siti)
    make_files(app)
    before = row(app).card.key
    siti.submit(siti.visit(ONE), action=ONE, grid="0")
    assert row(app).card.key == before, "the old cut is shown until the new one is made"
    assert make_files(app) == 1
    assert row(app).card.key != before
    assert siti.get(row(app).card.address(320)).status_code == 200


def test_the_words_of_a_photo_are_kept_and_logged_with_old_and_new(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    upload(siti, **GOOD_WORDS)
    siti.submit(siti.visit(ONE), action=ONE, credit="Sari", consent="given", date="2026-05")
    photo = row(app)
    assert (photo.credit, photo.consent, photo.date, photo.licence) == ("Sari", "given", "2026-05", "office")
    with app.app_context():
        details = db.session.scalars(text("SELECT details FROM log_entry WHERE deed = 'photo_words' ORDER BY id")).all()
    assert '"credit": "Dinas Pariwisata"' in details[-1]
    assert '"credit": "Sari"' in details[-1]
    assert deeds(app) == ["photo_upload", "photo_words", "photo_words"]
    assert siti.submit(siti.visit(ONE), action=ONE).path.endswith("done=same")
    assert deeds(app) == ["photo_upload", "photo_words", "photo_words"]


def test_a_description_is_never_made_from_the_file_name(sign_in: SignIn, app: Flask) -> None:
    send(sign_in(), ("istana siak.jpg", jpeg()))
    assert (row(app).alt_id, row(app).alt_en) == ("", "")


def test_words_that_are_too_long_come_back_with_the_field_marked(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    upload(siti)
    page = siti.submit(siti.visit(ONE), action=ONE, status=422, alt_en="x" * 151, caption_id="Kept.")
    assert wrong_fields(page) == ["alt_en"]
    assert "Kept." in page.text
    assert row(app).alt_en == ""
    assert siti.post(ONE, {"base": "1", "licence": "stolen"}).status_code == 422


def test_two_people_at_one_photo_lose_nothing(sign_in: SignIn, app: Flask) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    upload(siti)
    opened = siti.visit(ONE)
    budi.submit(budi.visit(ONE), action=ONE, credit="Budi")
    page = siti.submit(opened, action=ONE, status=409, credit="Siti", alt_en="A lawn.")
    assert "Budi" in page.text
    assert row(app).credit == "Budi"
    siti.submit(page, action=ONE)
    assert (row(app).credit, row(app).alt_en) == ("Siti", "A lawn.")


def test_text_typed_about_a_photo_survives_an_expired_sign_in(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    upload(siti)
    opened = siti.visit(ONE)
    siti.http.delete_cookie("pesona")
    page = siti.submit(opened, action=ONE, status=401, alt_en="Typed in vain?")
    back = siti.submit(page, status=200, email="siti@example.go.id", password="tepian sungai di waktu pagi")
    assert "Typed in vain?" in back.text
    assert row(app).alt_en == ""


# --- attaching


def test_photos_are_attached_ordered_and_taken_off_without_javascript(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    for colour in ("gold", "navy", "pink"):
        upload(siti, jpeg(colour=colour))
    page = siti.visit(ITS_PHOTOS)
    for number in (1, 2, 3):
        page = press(siti, page, f"add:{number}")
    assert order(page) == [1, 2, 3]
    assert newest(app)["facts"]["photos"] == [], "nothing is saved before it is asked for"
    page = press(siti, page, "up:3")
    page = press(siti, page, "down:1")
    assert order(page) == [3, 1, 2]
    page = press(siti, page, "drop:2")
    press(siti, page, "save")
    assert newest(app)["facts"]["photos"] == [3, 1]
    assert len(chain(app)) == 2
    assert deeds(app)[-1] == "save"


def test_an_upload_on_the_screen_of_an_item_becomes_its_photo(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    action = f"{PHOTOS}?for={ITEM.removeprefix('/admin/')}".replace("/istana", "%2Fistana", 1)
    form = [f for f in siti.visit(ITS_PHOTOS).all("form") if f.get("enctype") == "multipart/form-data"]
    assert [f.get("action", "").replace("%2F", "/") for f in form] == [action.replace("%2F", "/")]
    answer = send(siti, jpeg(), jpeg(colour="gold"), path=form[0].get("action", ""))
    assert answer.headers["Location"] == f"{ITS_PHOTOS}?done=photos_added"
    assert order(siti.visit(answer.headers["Location"])) == [1, 2]
    assert newest(app)["facts"]["photos"] == [1, 2]


def test_two_people_at_one_order_both_see_it_and_nothing_is_lost(sign_in: SignIn, app: Flask) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    for colour in ("gold", "navy"):
        upload(siti, jpeg(colour=colour))
    attach(siti, 1)
    opened = siti.visit(ITS_PHOTOS)
    attach(budi, 2)
    page = press(siti, press(siti, opened, "drop:1"), "save")
    assert page.answer.status_code == 409
    assert order(page) == []
    assert "Budi" in page.text
    assert newest(app)["facts"]["photos"] == [1, 2]
    press(siti, page, "save")
    assert newest(app)["facts"]["photos"] == []


def test_photos_and_facts_of_one_item_merge(sign_in: SignIn, app: Flask) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    upload(siti)
    opened = siti.visit(FACTS)
    attach(budi, 1)
    siti.submit(opened, architect="Vooren")
    facts = newest(app)["facts"]
    assert (facts["photos"], facts["architect"]) == ([1], "Vooren")
    assert chain(app)[0].origin == "merge"


@pytest.mark.parametrize("typed", [["x"], ["99"], ["-1"], ["1" * 30], ["1"] * 201])
def test_an_order_of_what_is_no_photo_is_a_broken_request(sign_in: SignIn, app: Flask, typed: list[str]) -> None:
    siti = sign_in()
    upload(siti)
    assert siti.post(ITS_PHOTOS, {"base": "1", "photos": typed, "action": "save"}).status_code == 400
    assert len(chain(app)) == 1


# --- publication


def test_a_photo_without_words_blocks_and_each_blocker_leads_to_its_field_e53(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    upload(siti)
    attach(siti, 1)
    page = siti.submit(siti.visit(PUBLISH), status=422)
    found = blockers(page)
    fields = ("credit", "licence", "alt_id", "alt_en")
    assert found == {f"photo_{name}": f"{ONE}#{name}" for name in fields}
    form = siti.visit(ONE)
    for name in fields:
        assert [e for e in form.tree.iter() if e.get("id") == name], f"{ONE} has no field {name}"
    siti.submit(form, action=ONE, credit="Dinas", licence="office")
    assert set(blockers(siti.visit(PUBLISH))) == {"photo_alt_id", "photo_alt_en"}
    siti.submit(siti.visit(ONE), action=ONE, decorative="y")
    siti.submit(siti.visit(PUBLISH))
    assert newest(app)["facts"]["photos"] == [1]


def test_a_description_like_a_file_name_and_no_photo_only_warn(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(FACTS), architect="Vooren")
    rules = {e.get("data-check") for e in siti.visit(PUBLISH).one("main").iter("li")}
    assert "photo_none" in rules
    upload(siti, **{**GOOD_WORDS, "alt_en": "IMG_20260501.jpg"})
    attach(siti, 1)
    page = siti.visit(PUBLISH)
    rules = {e.get("data-check") for e in page.one("main").iter("li")}
    assert "photo_alt_file" in rules
    assert "photo_none" not in rules
    siti.submit(page)


def published(sign_in: SignIn, app: Flask, **words: str) -> SelfCheckingClient:
    """Publish the palace with one photo; return whoever did it."""
    siti = sign_in()
    upload(siti, **{**GOOD_WORDS, **words})
    attach(siti, 1)
    make_files(app)
    siti.submit(siti.visit(PUBLISH))
    return siti


def test_a_live_photo_keeps_credit_licence_and_description(sign_in: SignIn, app: Flask) -> None:
    siti = published(sign_in, app)
    page = siti.submit(siti.visit(ONE), action=ONE, status=422, credit="", licence="", alt_en="")
    assert sorted(wrong_fields(page)) == ["alt_en", "credit", "licence"]
    assert row(app).credit == "Dinas Pariwisata"


def test_new_words_of_a_live_photo_are_live_at_once(sign_in: SignIn, app: Flask, client: SelfCheckingClient) -> None:
    siti = published(sign_in, app)
    assert "Dinas Pariwisata" in client.visit(EN).text
    siti.submit(siti.visit(ONE), action=ONE, credit="Sari Dewi", caption_en="In the morning.")
    assert "Sari Dewi" in client.visit(EN).text
    assert "In the morning." in client.visit(EN).text
    assert "In the morning." not in client.visit(ID).text


def test_a_photo_in_use_cannot_be_trashed_e53(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    upload(siti, **GOOD_WORDS)
    attach(siti, 1)
    page = siti.audit(ONE, siti.post(f"{ONE}/trash", {}), 409)
    assert ITS_PHOTOS in page.links()
    siti.submit(siti.visit(PUBLISH))
    press(siti, press(siti, siti.visit(ITS_PHOTOS), "drop:1"), "save")
    assert siti.post(f"{ONE}/trash", {}).status_code == 409, "it is still live"
    assert row(app).trashed_at is None
    siti.submit(siti.visit(PUBLISH))
    assert siti.post(f"{ONE}/trash", {}).status_code == 303
    assert row(app).trashed_at is not None
    assert ONE not in siti.visit(PHOTOS).links()
    assert ONE in siti.visit(f"{PHOTOS}?state=trash").links()


def test_a_trashed_photo_comes_back_by_undo_or_by_sending_it_again(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    upload(siti)
    siti.visit(siti.post(f"{ONE}/trash", {}).headers["Location"])
    siti.submit(siti.visit(ONE), action=f"{ONE}/restore")
    assert row(app).trashed_at is None
    siti.post(f"{ONE}/trash", {})
    send(siti, jpeg())
    assert row(app).trashed_at is None
    assert deeds(app) == ["photo_upload", "photo_trash", "photo_restore", "photo_trash", "photo_restore"]


def test_a_trashed_photo_in_a_draft_blocks_publication(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    upload(siti, **GOOD_WORDS)
    attach(siti, 1)
    with app.app_context():
        db.session.execute(text("UPDATE photo SET trashed_at = '2026-01-01 00:00:00.000000'"))
        db.session.commit()
    assert blockers(siti.submit(siti.visit(PUBLISH), status=422)) == {"photo_gone": ITS_PHOTOS}


# --- who may


def test_a_contributor_words_only_what_is_their_own_and_not_live(sign_in: SignIn, app: Flask) -> None:
    siti, rini = sign_in(), sign_in("Rini", role="contributor")
    upload(siti, **GOOD_WORDS)
    own = upload(rini, jpeg(colour="gold"), **GOOD_WORDS)
    rini.visit(ONE)
    assert rini.post(ONE, {"base": "1", "credit": "Rini"}).status_code == 403
    assert rini.post(f"{ONE}/trash", {}).status_code == 403
    attach(siti, own)
    siti.submit(siti.visit(PUBLISH))
    assert rini.post(f"{PHOTOS}/{own}", {"base": "2", "credit": "Rini"}).status_code == 403
    assert row(app).credit == row(app, own).credit == "Dinas Pariwisata"


def test_the_list_finds_photos_by_their_words(sign_in: SignIn) -> None:
    siti = sign_in()
    upload(siti, **GOOD_WORDS)
    upload(siti, jpeg(colour="gold"))
    assert ONE in siti.visit(f"{PHOTOS}?q=LAWN").links()
    assert f"{PHOTOS}/2" not in siti.visit(f"{PHOTOS}?q=lawn").links()
    found = siti.visit(f"{PHOTOS}?state=care").links()
    assert f"{PHOTOS}/2" in found
    assert ONE not in found


def test_every_shape_is_cut_inside_the_picture() -> None:
    for focus in ((0.0, 0.0), (0.5, 0.5), (1.0, 1.0)):
        for size in ((1200, 800), (800, 1200), (12_000, 800)):
            left, top, right, bottom = pictures.crop(*size, (4, 3), focus)
            assert 0 <= left < right <= size[0]
            assert 0 <= top < bottom <= size[1]
            assert abs((right - left) / (bottom - top) - 4 / 3) < 0.01
