"""A drawing stands for an item until it has a photo: on its card, on its page and beside its links."""

from collections.abc import Callable

from flask import Flask

from pesona.drawings import drawing_of
from tests.admin.desk import EN, PALACE, PUBLISH
from tests.admin.test_photos import attach
from tests.client import Page, SelfCheckingClient
from tests.pictures import GOOD_WORDS, jpeg, make_files, upload


def shown(page: Page) -> list[str]:
    return [
        (one.get("src") or "").partition("/art/")[2] for one in page.all("img") if "/art/" in (one.get("src") or "")
    ]


def test_it_is_on_card_page_and_beside_links_until_there_is_a_photo(
    app: Flask, client: SelfCheckingClient, sign_in: Callable[..., SelfCheckingClient]
) -> None:
    drawing = drawing_of(PALACE)
    assert drawing
    for path, locale in ((EN, "en"), ("/id/destinasi/istana-siak-sri-indrapura", "id")):
        page = client.visit(path)
        assert f"{PALACE}.svg" in shown(page)
        assert any(one.get("alt") == drawing.alt(locale) for one in page.all("img"))
        assert drawing.alt(locale) in page.one("meta", property="og:image:alt").get("content", "")
    assert f"{PALACE}.svg" in shown(client.visit("/en/destinations?q=palace"))

    siti = sign_in()
    upload(siti, jpeg(), **GOOD_WORDS)
    attach(siti, 1)
    make_files(app)
    siti.submit(siti.visit(PUBLISH))
    page = client.visit(EN)
    assert f"{PALACE}.svg" not in shown(page)
    assert GOOD_WORDS["alt_en"] in page.one("meta", property="og:image:alt").get("content", "")
    assert f"{PALACE}.svg" not in shown(client.visit("/en/destinations?q=palace"))
