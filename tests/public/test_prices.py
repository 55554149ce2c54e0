"""Prices as readers and machines get them: a table, what comes, what was, and offers that equal the page."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest

from pesona.db import begin_writing, db
from pesona.editing import items, publish
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import SiteClock
from tests.notices import ACTOR, PALACE

EN, ID = "/en/destinations/siak-sri-indrapura-palace", "/id/destinasi/istana-siak-sri-indrapura"
ADULT = {"visitor": "adult", "source": "gatra19", "valid_from": "2026-01-01"}
HERE = {**ADULT, "residence": "domestic", "amount_idr": 12_000, "legal_basis": "Perda Nomor 0 (contoh uji)",
        "includes_id": "pemandu", "includes_en": "a guide", "checked_on": "2026-11-02"}  # fmt: skip
ABROAD = {**ADULT, "residence": "foreign", "amount_idr": 30_000}
LATER = {**ADULT, "residence": "domestic", "amount_idr": 20_000, "valid_from": "2027-01-01"}
FREE = {"amount_idr": 0, "source": "gatra19", "valid_from": "2026-01-01"}
DONATION = {"kind": "donation", "amount_idr": None, "source": "gatra19", "valid_from": "2026-01-01"}
PRINTED = {"visitor": "any", "amount_idr": 0, "source": "gatra19", "as_of": "2018-08"}


def with_prices(client: SelfCheckingClient, *rows: dict[str, Any]) -> None:
    with client.app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        items.save(item, item.head, {"facts": {"prices": list(rows)}}, ACTOR)
        publish.publish(item, item.head, ["facts"], ACTOR)
        db.session.commit()


def table(page: Page) -> list[list[str]]:
    rows = page.one("table", **{"class": "prices"}).iter("tr")
    return [[words_of(cell) for cell in row if cell.tag in ("th", "td")] for row in rows]


def history(page: Page) -> Element:
    return page.one("details", **{"class": "prices__older"})


def place(page: Page) -> dict[str, Any]:
    return next(b for b in page.jsonld() if "TouristAttraction" in b["@type"])


def offers(page: Page) -> list[dict[str, Any]]:
    return [b for b in page.jsonld() if b["@type"] == "Offer"]


def drawn(page: Page) -> set[int]:
    """Return the amounts that the page shows as holding or coming."""
    lists = [page.one("table", **{"class": "prices"}), *page.all("ul", **{"class": "prices__list"})]
    older = {id(e) for e in history(page).iter()} if page.all("details", **{"class": "prices__older"}) else set()
    return {int(e.get("value", "")) for one in lists for e in one.iter("data") if id(e) not in older}


def test_the_palace_shows_its_newest_prices_side_by_side_and_the_others_as_history(reader: SelfCheckingClient) -> None:
    rows = table(reader.visit(EN))
    assert rows[0] == ["Visitor", "Indonesian visitor", "Foreign visitor"]
    assert [row[0] for row in rows[1:]] == ["Adult, on weekdays", "Adult", "Child"]
    assert rows[1][1].startswith("IDR 10,000 Kompasiana, April 2025")
    assert rows[1][2] == "not known"
    assert "IDR 10,000" in rows[2][1]
    assert "IDR 25,000" in rows[2][2]
    assert "10 December 2019" in rows[2][2]
    older = words_of(history(reader.visit(EN)))
    for said in ("13 August 2010", "6 October 2017", "10 January 2018", "16 January 2018", "25 May 2018", "17 June 2019",
                 "sources differ", "IDR 3,000"):  # fmt: skip
        assert said in older
    indonesian = table(reader.visit(ID))
    assert indonesian[0][1:] == ["Wisatawan nusantara", "Wisatawan mancanegara"]
    assert "Rp10.000" in indonesian[1][1]


def test_what_pages_once_printed_is_no_offer(reader: SelfCheckingClient) -> None:
    page = reader.visit(EN)
    assert offers(page) == []
    assert "isAccessibleForFree" not in place(page)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (EN, ("IDR 12,000", "Perda Nomor 0 (contoh uji)", "Included: a guide", "checked on 2 November 2026",
              "from 1 January 2026", "Later prices", "from 1 January 2027")),
        (ID, ("Rp12.000", "Perda Nomor 0 (contoh uji)", "Termasuk: pemandu", "diperiksa 2 November 2026",
              "mulai 1 Januari 2026", "Harga berikutnya", "mulai 1 Januari 2027")),
    ],
)  # fmt: skip
def test_a_set_price_says_everything_about_itself(client: SelfCheckingClient, path: str, said: tuple[str, ...]) -> None:
    with_prices(client, HERE, ABROAD, LATER, PRINTED)
    text = client.visit(path).text
    assert not [words for words in said if words not in text]


def test_offers_equal_the_page(client: SelfCheckingClient) -> None:
    with_prices(client, HERE, ABROAD, LATER, PRINTED, {**DONATION, "visitor": "group"})
    for path, name in ((EN, "Adult, Indonesian"), (ID, "Dewasa, nusantara")):
        page = client.visit(path)
        told = offers(page)
        assert {o["price"] for o in told} == drawn(page) == {12_000, 30_000, 20_000}
        assert {o["priceCurrency"] for o in told} == {"IDR"}
        assert all(o["availableAtOrFrom"] == {"@id": place(page)["@id"]} for o in told)
        assert (told[0]["name"], told[0]["validFrom"]) == (name, "2026-01-01")
        assert "offers" not in place(page)
        assert place(page)["isAccessibleForFree"] is False


def test_a_price_begins_at_its_midnight_and_the_one_before_becomes_history(
    client: SelfCheckingClient, clock: SiteClock
) -> None:
    with_prices(client, HERE, LATER)
    clock.move(days=37, hours=13, minutes=59)  # 31 December, 23:59
    tag = client.get(EN).headers["ETag"]
    assert "IDR 12,000" in table(client.visit(EN))[1][1]
    clock.move(minutes=1)
    assert client.get(EN).headers["ETag"] != tag
    page = client.visit(EN)
    assert "IDR 20,000" in table(page)[1][1]
    assert "IDR 12,000" in words_of(history(page))
    assert "Later prices" not in page.text


@pytest.mark.parametrize(
    ("rows", "said", "free"),
    [
        ([FREE], "free", True),
        ([DONATION], "donation, as you choose", None),
        ([{**DONATION, "amount_idr": 5_000}], "donation, suggested IDR 5,000", None),
        ([], "No price known", None),
        ([{**FREE, "valid_until": "2026-06-30"}], "No price known", None),
        ([LATER], "No price known for today", None),
        ([PRINTED], "free", None),
    ],
)
def test_free_donation_and_unknown_are_told_apart(
    client: SelfCheckingClient, rows: list[dict[str, Any]], said: str, free: bool | None
) -> None:
    with_prices(client, *rows)
    page = client.visit(EN)
    answer = next(e for e in page.tree.iter("div") if e.get("class") == "answers__item" and "Price" in words_of(e))
    assert said in words_of(answer)
    assert place(page).get("isAccessibleForFree") is free
    assert [o["price"] for o in offers(page)] == ([0] if free else [20_000] if rows == [LATER] else [])


def test_the_api_tells_every_field_of_every_price(client: SelfCheckingClient) -> None:
    with_prices(client, HERE, LATER, DONATION)
    told = client.get(f"/api/v1/destinations/{PALACE}").json["prices"]
    assert [{name: one[name] for name in given} for one, given in zip(told, (HERE, LATER, DONATION), strict=True)] == [
        HERE, LATER, DONATION
    ]  # fmt: skip


def test_a_note_in_one_language_is_shown_in_both_and_marked(client: SelfCheckingClient) -> None:
    with_prices(client, {**FREE, "visitor": "vehicle", "note_id": "sepeda motor"})
    page = client.visit(EN)
    (note,) = [e for e in page.one("table", **{"class": "prices"}).iter("span") if words_of(e) == "sepeda motor"]
    assert note.get("lang") == "id"
    assert table(page)[1][0] == "Vehicle (sepeda motor)"


def listed(page: Page) -> list[str]:
    return [href for href in page.links() if href.startswith(("/en/destinations/", "/id/destinasi/"))]


def test_the_list_offers_what_is_known_to_be_free_today_and_only_that(
    client: SelfCheckingClient, clock: SiteClock
) -> None:
    assert not client.visit("/en/destinations").all("select", name="free"), "nobody knows of any yet"
    assert not listed(client.visit("/en/destinations?free=yes"))
    with_prices(client, {**FREE, "valid_until": "2026-11-24"})
    for path, one, said in (
        ("/en/destinations", EN, ("Any price, or unknown", "Known to be free (1)")),
        ("/id/destinasi", ID, ("Semua harga, juga yang belum diketahui", "Diketahui gratis (1)")),
    ):
        options = [words_of(o) for o in client.visit(path).one("select", name="free").iter("option")]
        assert all(any(words in option for option in options) for words in said), options
        assert set(listed(client.visit(f"{path}?free=yes"))) == {one}
        assert set(listed(client.visit(f"{path}?free=yes&category=history"))) == {one}
        assert not listed(client.visit(f"{path}?free=yes&category=nature"))
    client.visit("/en/destinations?free=no", 404)
    clock.move(days=1)
    assert not listed(client.visit("/en/destinations?free=yes"))
