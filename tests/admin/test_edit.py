"""Editing: what is typed is saved once, joined with what others save, and public only when published."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from pesona.addresses import KINDS
from pesona.editing import content_check
from pesona.search import follow
from tests.admin.desk import (
    EN,
    FACTS,
    ID,
    ITEM,
    PALACE,
    PUBLISH,
    WORDS_EN,
    WORDS_ID,
    blockers,
    chain,
    contents,
    field,
    marks,
    newest,
    wrong_fields,
)
from tests.client import Page, SelfCheckingClient, form_data, words_of

SignIn = Callable[..., SelfCheckingClient]
NEW = "/admin/destinations/new"
SUMMARY = "Six eagles keep watch over a house that a zyxomma dragonfly once entered."
THEIRS, MINE, BOTH = "What the other one wrote.", "What I wrote.", "What both of us wrote."


def check(page: Page, name: str) -> Element:
    found = [e for e in page.tree.iter() if e.get("data-check") == name]
    assert len(found) == 1, f"{page.path}: {len(found)} [data-check={name}]"
    return found[0]


def radios(page: Page, name: str) -> dict[str, bool]:
    """Return the choices for a clashing field, and which of them is chosen."""
    return {r.get("value", ""): r.get("checked") is not None for r in page.all("input", name=f"choose-{name}")}


def summary_clash(a: SelfCheckingClient, b: SelfCheckingClient) -> Page:
    """Let *b* save a summary while *a* edits it too; return the conflict page that *a* gets."""
    mine, theirs = a.visit(WORDS_EN), b.visit(WORDS_EN)
    b.submit(theirs, summary=THEIRS)
    return a.submit(mine, status=409, summary=MINE)


def test_a_text_goes_from_the_desk_to_page_list_and_search(sign_in: SignIn, client: SelfCheckingClient) -> None:
    def codes() -> list[str]:
        return [hit["code"] for hit in client.get("/api/v1/search?q=zyxomma&locale=en").json["results"]]

    siti = sign_in()
    before = client.get(EN).data
    saved = siti.submit(siti.visit(WORDS_EN), summary=SUMMARY)
    check(saved, "saved")
    assert client.get(EN).data == before
    assert codes() == []
    published = siti.submit(siti.visit(PUBLISH))
    check(published, "published")
    assert EN in published.links()
    assert SUMMARY in client.visit(EN).text
    assert SUMMARY in client.visit("/en/destinations?category=history").text
    assert codes() == [PALACE]
    assert SUMMARY not in client.visit(ID).text
    with client.app.app_context():
        assert list(content_check.differences()) == list(follow.differences()) == []


def test_a_save_without_a_change_makes_no_revision(sign_in: SignIn) -> None:
    siti = sign_in()
    before = contents(siti.app)
    listed = {href for plural in KINDS for href in siti.visit(f"/admin/{plural}").links()}
    shown = {
        href
        for href in listed
        if re.fullmatch(f"/admin/(?:{'|'.join(KINDS)})/[a-z-]+", href) and not href.endswith("/new")
    }
    assert ITEM in shown
    for address in shown:
        for screen in ("facts", "words/id", "words/en"):
            check(siti.submit(siti.visit(f"{address}/{screen}")), "same")
    assert contents(siti.app)["revision"] == before["revision"]


@pytest.mark.parametrize("press", ["add:prices", "add:sources", "add:hours_reported"])
def test_one_more_row_keeps_all_typed_text(sign_in: SignIn, press: str) -> None:
    siti = sign_in()
    page = siti.visit(FACTS)
    rows = len(page.all("details", **{"class": "rows__row"}))
    typed = {
        "architect": "  Anon  ",
        "latitude": "not a number",
        "aliases": "Satu\r\nDua",
        "prices__0__note_en": "typed",
    }
    more = siti.submit(page, status=200, press=press, **typed)
    assert len(more.all("details", **{"class": "rows__row"})) == rows + 1
    assert [field(more, name.replace("__", "-")) for name in typed] == [
        "  Anon  ",
        "not a number",
        "Satu\nDua",
        "typed",
    ]
    assert len(chain(siti.app)) == 1


def test_a_new_row_is_saved_and_a_cleared_one_is_dropped(sign_in: SignIn) -> None:
    siti = sign_in()
    before = newest(siti.app)["facts"]["aliases"], newest(siti.app)["facts"]["hours_reported"]
    rows = before[1]
    fresh = {"rule": "Mo-Su 09:00-16:00", "as_of": "2026-11", "source": "gatra19"}
    page = siti.submit(siti.visit(FACTS), status=200, press="add:hours_reported")
    last = len([e for e in page.tree.iter("input") if (e.get("name") or "").endswith("-rule")]) - 1
    assert last > len(rows)
    siti.submit(page, **{f"hours_reported__{last}__{name}": value for name, value in fresh.items()})
    assert newest(siti.app)["facts"]["hours_reported"] == [*rows, fresh]
    cleared = {f"hours_reported__{len(rows)}__{name}": "" for name in fresh}
    siti.submit(siti.visit(FACTS), **cleared)
    assert newest(siti.app)["facts"]["hours_reported"] == rows


def test_numbers_are_read_as_people_write_them(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(FACTS), latitude="0,7947", coord_precision_m="1.000", prices__0__amount_idr="Rp 15.000")
    facts = newest(siti.app)["facts"]
    assert (facts["latitude"], facts["coord_precision_m"], facts["prices"][0]["amount_idr"]) == (0.7947, 1000, 15000)


def test_wrong_numbers_are_kept_as_typed_and_named(sign_in: SignIn) -> None:
    siti = sign_in()
    wrong = {"latitude": "north", "coord_precision_m": "near", "prices__0__amount_idr": "cheap"}
    page = siti.submit(siti.visit(FACTS), status=422, architect="Typed too", **wrong)
    names = [name.replace("__", "-") for name in wrong]
    assert wrong_fields(page) == names
    assert [field(page, name) for name in names] == list(wrong.values())
    assert field(page, "architect") == "Typed too"
    for name in names:
        assert page.one("input", name=name).get("aria-invalid") == "true"
    assert len(chain(siti.app)) == 1


def test_a_price_without_an_amount_is_unknown_and_not_free(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(FACTS), prices__0__amount_idr="")
    assert newest(siti.app)["facts"]["prices"][0]["amount_idr"] is None
    assert "price_amount" in blockers(siti.submit(siti.visit(PUBLISH), status=422))
    siti.visit(FACTS)


@pytest.mark.parametrize("base", ["", "0", "2", "-1", "x", "9" * 30, "²"])
def test_a_revision_that_never_was_is_refused(sign_in: SignIn, base: str) -> None:
    siti = sign_in()
    before = contents(siti.app)
    for address in (WORDS_EN, FACTS, PUBLISH, f"{ITEM}/withdraw/en"):
        data = {"base": base, "action": "save", "name": "X", "parts": "en", "reason": "X"}
        assert siti.post(address, data).status_code == 400, address
    assert contents(siti.app) == before


def test_a_new_place_is_a_draft_and_nowhere_public(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    sitemap = client.get("/sitemap.xml").data
    page = siti.submit(siti.visit(NEW), name__en="Zyxomma Pond", category="nature")
    assert page.path.startswith("/admin/destinations/zyxomma-pond")
    check(page, "saved")
    assert client.get("/en/destinations/zyxomma-pond").status_code == 404
    assert client.get("/api/v1/destinations/zyxomma-pond").status_code == 404
    assert client.get("/sitemap.xml").data == sitemap
    assert marks(siti.app, "zyxomma-pond") == (None, None, None)
    again = siti.submit(siti.visit(NEW), name__en="Zyxomma Pond", category="nature")
    assert again.path.startswith("/admin/destinations/zyxomma-pond-2")


@pytest.mark.parametrize("name", ["New", "Danau 京都", "京都", "x" * 160, "'); DROP TABLE item; --"])
def test_any_name_makes_an_item_that_opens(sign_in: SignIn, name: str) -> None:
    siti = sign_in()
    page = siti.submit(siti.visit(NEW), name__id=name, category="nature")
    assert words_of(page.one("h1")) == name
    assert page.path.startswith("/admin/destinations/")
    assert siti.visit(f"{page.path.split('?')[0]}/facts")


@pytest.mark.parametrize(
    ("names", "category", "wrong"),
    [(("", " "), "nature", "name-id"), (("", "Typed"), "castle", "category"), (("Typed", ""), "", "category"),
     (("", "x" * 201), "nature", "name-en")],
)  # fmt: skip
def test_an_item_needs_a_name_and_a_category_of_the_list(
    sign_in: SignIn, names: tuple[str, str], category: str, wrong: str
) -> None:
    siti = sign_in()
    before = contents(siti.app)
    page = siti.submit(siti.visit(NEW), status=422, name__id=names[0], name__en=names[1], category=category)
    assert wrong_fields(page) == [wrong]
    assert (field(page, "name-id"), field(page, "name-en")) == (names[0].strip(), names[1].strip())
    assert contents(siti.app) == before


def test_each_blocker_leads_to_its_field(sign_in: SignIn) -> None:
    siti = sign_in()
    item = siti.submit(siti.visit(NEW), name__en="Zyxomma Pond", category="nature").path.split("?")[0]
    siti.submit(siti.visit(f"{item}/facts"), status=303, latitude="95", longitude="102", prices__0__note_en="dear")
    siti.submit(siti.visit(f"{item}/words/en"), slug="Not a slug")
    found = blockers(siti.submit(siti.visit(f"{item}/publish"), status=422))
    assert {"point_range", "price_amount", "row_source", "missing", "slug_form"} <= found.keys()
    for href in found.values():
        address, _, anchor = href.partition("#")
        target = [e for e in siti.visit(address).one("main").iter() if e.get("id") == anchor]
        assert [e.tag for e in target] in (["input"], ["textarea"], ["select"], ["fieldset"]), href
    assert marks(siti.app, "zyxomma-pond") == (None, None, None)


def test_nothing_ticked_and_words_without_facts_are_refused(sign_in: SignIn) -> None:
    siti = sign_in()
    item = siti.submit(siti.visit(NEW), name__en="Zyxomma Pond", category="nature").path.split("?")[0]
    siti.submit(siti.visit(f"{item}/words/en"), summary="A pond.", body="Water.")
    for parts, rule in (([], "nothing_ticked"), (["en"], "facts_first")):
        page = siti.submit(siti.visit(f"{item}/publish"), status=422, parts=parts)
        anchor = blockers(page)[rule].removeprefix("#")
        assert [e for e in page.all("input", type="checkbox") if e.get("id") == anchor]
    siti.submit(siti.visit(f"{item}/publish"))
    assert marks(siti.app, "zyxomma-pond") == (2, None, 2)


def test_publication_stops_where_somebody_saved_meanwhile(sign_in: SignIn, client: SelfCheckingClient) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    ani.submit(ani.visit(WORDS_EN), summary=MINE)
    seen, public = ani.visit(PUBLISH), client.get(EN).data
    budi.submit(budi.visit(WORDS_EN), summary=THEIRS)
    moved = ani.submit(seen, status=409)
    assert client.get(EN).data == public
    assert THEIRS in moved.text
    ani.submit(moved)
    assert THEIRS in client.visit(EN).text


def test_a_withdrawal_stops_where_somebody_saved_meanwhile(sign_in: SignIn, client: SelfCheckingClient) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    asked, public = ani.visit(f"{ITEM}/withdraw/en"), client.get(EN).data
    budi.submit(budi.visit(WORDS_EN), summary=THEIRS)
    moved = ani.submit(asked, status=409, reason="a reason of mine")
    assert client.get(EN).data == public
    assert field(moved, "reason") == "a reason of mine"
    check(ani.submit(moved), "withdrawn")
    assert client.get(EN).status_code == 301


def test_a_withdrawal_needs_a_reason(sign_in: SignIn) -> None:
    siti = sign_in()
    assert wrong_fields(siti.submit(siti.visit(f"{ITEM}/withdraw/en"), status=422, reason=" ")) == ["reason"]
    assert marks(siti.app) == (1, 1, 1)


def test_changes_to_different_fields_are_both_kept(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    mine, theirs = ani.visit(FACTS), budi.visit(FACTS)
    budi.submit(theirs, prices__0__amount_idr="12345")
    said = words_of(check(ani.submit(mine, architect="Somebody"), "merged"))
    assert "Budi" in said
    assert "Ani" not in said
    facts = newest(ani.app)["facts"]
    assert (facts["architect"], facts["prices"][0]["amount_idr"]) == ("Somebody", 12345)
    assert [(r.origin, r.base) for r in chain(ani.app)] == [("merge", 1), ("edit", 1), ("demo", 0)]


def test_two_tabs_of_one_account_are_joined_too(sign_in: SignIn) -> None:
    siti = sign_in()
    one, other = siti.visit(FACTS), siti.visit(FACTS)
    siti.submit(one, architect="Somebody")
    check(siti.submit(other, year_built="1890"), "merged")
    facts = newest(siti.app)["facts"]
    assert (facts["architect"], facts["year_built"]) == ("Somebody", "1890")


def test_the_same_change_by_two_is_no_conflict(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    mine, theirs = ani.visit(WORDS_EN), budi.visit(WORDS_EN)
    budi.submit(theirs, summary=MINE)
    check(ani.submit(mine, summary=MINE), "same")


def test_two_languages_never_conflict(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    mine, theirs = ani.visit(WORDS_ID), budi.visit(WORDS_EN)
    budi.submit(theirs, summary=THEIRS)
    ani.submit(mine, summary=MINE)
    words = newest(ani.app)["words"]
    assert (words["id"]["summary"], words["en"]["summary"]) == (MINE, THEIRS)


def test_a_conflict_shows_both_versions_and_chooses_none(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    base = newest(ani.app)["words"]["en"]["summary"]
    page = summary_clash(ani, budi)
    said = words_of(check(page, "clash-summary"))
    assert all(text in said for text in (base, MINE, THEIRS, "Budi"))
    assert radios(page, "summary") == {"mine": False, "theirs": False, "combined": False}
    assert field(page, "combined-summary") == MINE
    assert field(page, "base") == "2"
    assert len(chain(ani.app)) == 2


@pytest.mark.parametrize(("choice", "kept"), [("mine", MINE), ("theirs", THEIRS), ("combined", BOTH)])
def test_a_choice_settles_a_conflict_and_loses_nothing(sign_in: SignIn, choice: str, kept: str) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    page = summary_clash(ani, budi)
    ani.submit(page, choose__summary=choice, combined__summary=BOTH)
    assert newest(ani.app)["words"]["en"]["summary"] == kept
    assert THEIRS in [r.snapshot["words"]["en"]["summary"] for r in chain(ani.app)]


def test_choosing_nothing_keeps_the_text_and_asks_again(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    page = ani.submit(summary_clash(ani, budi), status=422, combined__summary=BOTH)
    assert wrong_fields(page) == ["choose-summary"]
    assert field(page, "combined-summary") == BOTH
    assert MINE in words_of(check(page, "clash-summary"))
    assert newest(ani.app)["words"]["en"]["summary"] == THEIRS
    ani.submit(page, choose__summary="mine")
    assert newest(ani.app)["words"]["en"]["summary"] == MINE


def test_a_third_save_meanwhile_asks_again_with_the_choices_kept(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    page = summary_clash(ani, budi)
    budi.submit(budi.visit(WORDS_EN), summary="Even newer.")
    page = ani.submit(page, status=409, choose__summary="combined", combined__summary=BOTH)
    assert "Even newer." in words_of(check(page, "clash-summary"))
    assert field(page, "combined-summary") == BOTH
    assert radios(page, "summary") == {"mine": False, "theirs": False, "combined": True}
    ani.submit(page)
    assert newest(ani.app)["words"]["en"]["summary"] == BOTH
    assert len(chain(ani.app)) == 4


def test_what_joins_by_itself_is_listed_and_survives_a_conflict(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    mine, theirs = ani.visit(WORDS_EN), budi.visit(WORDS_EN)
    budi.submit(theirs, summary=THEIRS, tips="Their tips.")
    page = ani.submit(mine, status=409, summary=MINE, getting_there="My way.")
    assert len(list(check(page, "joined").iter("li"))) == 2
    page = ani.submit(page, status=422)
    ani.submit(page, choose__summary="mine")
    words = newest(ani.app)["words"]["en"]
    assert (words["summary"], words["tips"], words["getting_there"]) == (MINE, "Their tips.", "My way.")


def test_rows_are_one_field_of_a_conflict(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    mine, theirs = ani.visit(FACTS), budi.visit(FACTS)
    budi.submit(theirs, prices__0__amount_idr="11111", latitude="0.5")
    page = ani.submit(mine, status=409, prices__0__amount_idr="22222", latitude="0.6")
    assert radios(page, "prices") == radios(page, "latitude") == {"mine": False, "theirs": False}
    ani.submit(page, choose__prices="mine", choose__latitude="theirs")
    facts = newest(ani.app)["facts"]
    assert (facts["prices"][0]["amount_idr"], facts["latitude"]) == (22222, 0.5)


def test_a_text_comes_back_as_it_was_typed(sign_in: SignIn, app: Flask) -> None:
    siti = sign_in()
    typed = '\n\nFirst <b>&amp; "quoted"</b> </textarea>\n\n\n- second'
    siti.submit(siti.visit(WORDS_EN), tips=typed)
    assert newest(app)["words"]["en"]["tips"] == typed.strip()
    assert field(siti.visit(WORDS_EN), "tips") == typed.strip()
    wrong = siti.submit(siti.visit(WORDS_EN), status=422, tips=typed, name="x" * 201)
    assert field(wrong, "tips").strip() == typed.strip()


@pytest.mark.parametrize("missing", ["name", "slug", "summary", "locale", "opening", "owner", "action"])
def test_a_form_that_arrives_without_a_field_is_answered(sign_in: SignIn, missing: str) -> None:
    siti = sign_in()
    pairs = form_data(siti.visit(WORDS_EN).form())
    answer = siti.post(WORDS_EN, {name: value for name, value in pairs if name != missing})
    assert answer.status_code == 303


@pytest.mark.parametrize("base", ["0", "2", "-1", "1x", "", "\u0661", "0000000019", "9" * 5000])
def test_a_revision_that_never_was_is_a_broken_request(sign_in: SignIn, base: str) -> None:
    siti = sign_in()
    fields = dict(form_data(siti.visit(WORDS_EN).form()))
    assert siti.post(WORDS_EN, {**fields, "base": base, "summary": "X"}).status_code == 400
    assert len(chain(siti.app)) == 1
    assert siti.get(f"{ITEM}/history?left={base or 0}").status_code == 404
    assert siti.get(f"{ITEM}/preview/en?revision={base or 0}").status_code == 404
