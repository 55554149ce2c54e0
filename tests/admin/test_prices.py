"""Prices at the desk: every field, amounts as typed, clashes that name both rows, and what merging keeps."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.admin.desk import EN, FACTS, ITEM, PUBLISH, blockers, chain, contents, field, marks, newest, wrong_fields
from tests.client import Page, SelfCheckingClient, words_of

SignIn = Callable[..., SelfCheckingClient]
SET = {
    "visitor": "student", "residence": "domestic", "day": "any", "kind": "fixed", "amount_idr": "Rp7.500",
    "valid_from": "2026-10-01", "valid_until": "2027-09-30", "legal_basis": "Perda Nomor 0 (contoh uji)",
    "source": "gatra19", "as_of": "", "checked_on": "2026-11-01", "includes_id": "pemandu", "includes_en": "a guide",
    "note_id": "", "note_en": "",
}  # fmt: skip


def row(number: int, **values: Any) -> dict[str, Any]:
    return {f"prices__{number}__{name}": value for name, value in values.items()}


def fresh(desk: SelfCheckingClient, count: int = 1) -> tuple[Page, int]:
    """Return the facts form with *count* rows more than it shows, and the number of the first empty one."""
    page = desk.visit(FACTS)
    first = len(newest(desk.app)["facts"]["prices"])
    for _ in range(count - 1):
        page = desk.submit(page, status=200, press="add:prices")
    return page, first


def finding(page: Page, rule: str) -> str:
    return words_of(next(e for e in page.tree.iter("li") if e.get("data-check") == rule))


def test_every_field_of_a_price_is_kept_shown_back_and_published(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    page, number = fresh(siti)
    siti.submit(page, **row(number, **SET))
    stored = newest(siti.app)["facts"]["prices"][number]
    assert stored == {**SET, "amount_idr": 7_500}
    again = siti.visit(FACTS)
    assert [field(again, f"prices-{number}-{name}") for name in ("amount_idr", "valid_from", "legal_basis")] == [
        "7500", "2026-10-01", "Perda Nomor 0 (contoh uji)"
    ]  # fmt: skip
    assert "Student, Indonesian: IDR 7,500 · from 1 October 2026" in again.text
    siti.submit(siti.visit(PUBLISH))
    told = client.get("/api/v1/destinations/istana-siak-sri-indrapura").json["prices"][number]
    assert told == stored


@pytest.mark.parametrize(("typed", "amount"), [("10,000", 10_000), ("Rp 10.000", 10_000), ("gratis", 0), ("free", 0)])
def test_an_amount_is_typed_as_people_write_it(sign_in: SignIn, typed: str, amount: int) -> None:
    siti = sign_in()
    siti.submit(siti.visit(FACTS), **row(0, amount_idr=typed))
    assert newest(siti.app)["facts"]["prices"][0]["amount_idr"] == amount


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en", "Prices 2, Rupiah: Write rupiah such as 10.000"), ("id", "Harga 2, Rupiah: Tulis rupiah seperti 10.000")],
)
def test_a_wrong_amount_names_its_row_and_loses_nothing(sign_in: SignIn, locale: str, said: str) -> None:
    siti = sign_in(locale=locale)
    typed = {**row(1, amount_idr="10 ribu", legal_basis="typed too"), **row(2, amount_idr="10.00")}
    page = siti.submit(siti.visit(FACTS), status=422, architect="Typed", **typed)
    assert wrong_fields(page) == ["prices-1-amount_idr", "prices-2-amount_idr"]
    assert said in page.text
    assert [field(page, name.replace("__", "-")) for name in typed] == list(typed.values())
    assert field(page, "architect") == "Typed"
    assert len(chain(siti.app)) == 1


def test_each_row_is_a_group_with_a_name(sign_in: SignIn) -> None:
    page = sign_in().visit(FACTS)
    legends = [words_of(e) for e in page.tree.iter("legend")]
    assert "Prices, Row 1" in legends


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", ("(Adult: IDR 12,000)", "(Adult: IDR 15,000)", "hold from 1 June 2027")),
        ("id", ("(Dewasa: Rp12.000)", "(Dewasa: Rp15.000)", "berlaku mulai 1 Juni 2027")),
    ],
)
def test_two_prices_for_one_class_are_refused_and_both_named(
    sign_in: SignIn, locale: str, said: tuple[str, ...]
) -> None:
    siti = sign_in(locale=locale)
    page, number = fresh(siti, 2)
    one = {"visitor": "adult", "source": "gatra19", "amount_idr": "12.000", "valid_from": "2027-01-01",
           "valid_until": "2027-12-31"}  # fmt: skip
    other = {"visitor": "adult", "source": "gatra19", "amount_idr": "15.000", "valid_from": "2027-06-01"}
    siti.submit(page, **row(number, **one), **row(number + 1, **other))
    before = contents(siti.app)
    refused = siti.submit(siti.visit(PUBLISH), status=422)
    assert blockers(refused)["price_clash"] == f"{FACTS}#prices"
    told = finding(refused, "price_clash")
    assert all(words in told for words in (str(number + 1), str(number + 2), *said)), told
    assert contents(siti.app) == before
    assert marks(siti.app) == (1, 1, 1)
    siti.submit(siti.visit(FACTS), **row(number, valid_until="2027-05-31"))
    siti.submit(siti.visit(PUBLISH))
    assert marks(siti.app)[0] == len(chain(siti.app))


@pytest.mark.parametrize(
    ("typed", "rule", "said"),
    [
        ({"valid_from": "30 February"}, "price_day", "Price 1: “30 February” is not a date"),
        ({"valid_from": "2026-02-30"}, "price_day", "Price 1: “2026-02-30” is not a date"),
        ({"valid_from": "2027-02-01", "valid_until": "2027-01-01"}, "price_ends_first", "Price 1: its last day"),
        ({"checked_on": "2026-11-25"}, "price_checked_ahead", "Price 1: the check"),
        ({"amount_idr": ""}, "price_amount", "Price 1: a price is a whole number"),
    ],
)
def test_what_cannot_be_true_of_a_price_names_its_row(
    sign_in: SignIn, typed: dict[str, str], rule: str, said: str
) -> None:
    siti = sign_in()
    siti.submit(siti.visit(FACTS), **row(0, **typed))
    refused = siti.submit(siti.visit(PUBLISH), status=422)
    assert said in finding(refused, rule)
    assert all(field(siti.visit(FACTS), f"prices-0-{name}") == value for name, value in typed.items())


def test_a_donation_needs_no_amount(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    page, number = fresh(siti)
    donation = {"kind": "donation", "visitor": "group", "source": "gatra19", "valid_from": "2026-11-01"}
    siti.submit(page, **row(number, **donation))
    siti.submit(siti.visit(PUBLISH))
    assert "donation, as you choose" in client.visit(EN).text


def test_a_draft_with_broken_prices_can_be_looked_at(sign_in: SignIn) -> None:
    siti = sign_in()
    page, number = fresh(siti, 2)
    broken = {"amount_idr": "", "valid_from": "soon", "valid_until": "never", "as_of": "once", "source": "nobody"}
    clash = {"visitor": "adult", "amount_idr": "77777", "valid_from": "2026-02-30"}
    siti.submit(page, **row(0, **broken), **row(number, **clash), **row(number + 1, **clash))
    for locale in ("id", "en"):
        assert "77" in siti.visit(f"{ITEM}/preview/{locale}").text


def test_the_difference_of_prices_is_said_in_words(sign_in: SignIn) -> None:
    siti = sign_in()
    page, number = fresh(siti)
    siti.submit(page, **row(number, **SET))
    text = siti.visit(PUBLISH).text
    for said in ("until 30 September 2027", "Perda Nomor 0 (contoh uji)", "includes pemandu / a guide",
                 "checked on 1 November 2026"):  # fmt: skip
        assert said in text


def test_the_prices_of_two_editors_meet_at_a_conflict_and_one_is_chosen(sign_in: SignIn) -> None:
    """E-05 of prices: nothing of either is lost before somebody chooses."""
    ani, budi = sign_in("Ani"), sign_in("Budi")
    (mine, number), (theirs, _) = fresh(ani), fresh(budi)
    budi.submit(theirs, **row(0, valid_from="2026-12-01"))
    page = ani.submit(mine, status=409, architect="Somebody", **row(number, **SET))
    assert "Student, Indonesian: IDR 7,500" in page.text
    assert "from 1 December 2026" in page.text
    ani.submit(page, choose__prices="mine")
    facts = newest(ani.app)["facts"]
    assert (facts["architect"], facts["prices"][number]["legal_basis"]) == ("Somebody", SET["legal_basis"])
