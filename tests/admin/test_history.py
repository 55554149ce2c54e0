"""The history of an item: every revision read and compared, one restored, a publication taken back, a copy made."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import insert, select, text

from pesona.clock import utc_now
from pesona.db import begin_writing, db
from pesona.editing import content_check, items
from pesona.editing.log import Actor
from pesona.models.account import LogEntry
from pesona.models.item import Item, Revision
from pesona.search import follow
from tests.admin.desk import EN, FACTS, ID, ITEM, PALACE, PUBLISH, WORDS_EN, WORDS_ID, chain, marks, newest
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import PASSWORD, SiteClock

SignIn = Callable[..., SelfCheckingClient]
HISTORY, UNDO, COPY = f"{ITEM}/history", f"{ITEM}/undo", f"{ITEM}/copy"


@pytest.fixture(autouse=True)
def everything_agrees(app: Flask) -> Iterator[None]:
    """Expect after each test that public tables, index and published revisions agree (E-32)."""
    yield
    assert app.test_cli_runner().invoke(args=["content", "check"]).exit_code == 0
    with app.app_context():
        assert list(content_check.differences()) == list(follow.differences()) == []


def check(page: Page, name: str) -> list[Element]:
    return [e for e in page.tree.iter() if e.get("data-check") == name]


def checks(page: Page, prefix: str) -> list[str]:
    names = (e.get("data-check", "") for e in page.tree.iter())
    return [name.removeprefix(prefix) for name in names if name.startswith(prefix)]


def seen(element: Element, tag: str) -> list[str]:
    """Return the text of each *tag* in *element* without what is only spoken."""
    return [re.sub(r"\s+", " ", "".join(visible(one))).strip() for one in element.iter(tag)]


def visible(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.get("class") != "visually-hidden":
            yield from visible(child)
        yield child.tail or ""


def dateless(html: str) -> str:
    """Return a page without the day on which its words last changed."""
    return re.sub(r"2026-11-2\d\S*|2\d November 2026(, \d+:00 am)?", "", html)


def deeds(app: Flask, *ignored: str) -> list[tuple[str, str]]:
    """Return (deed, e-mail) of the log since the site was made, sign-ins and accounts aside."""
    with app.app_context():
        rows = db.session.execute(
            text("SELECT deed, email FROM log_entry JOIN account ON account.id = account_id ORDER BY log_entry.id")
        ).all()
    return [tuple(row) for row in rows if row.deed not in ("sign_in", *ignored)]


def append_as_stored(app: Flask, change: Callable[[dict[str, Any]], None]) -> int:
    """Write a revision of the palace as another release would have left it; return its number."""
    with app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        snapshot = items.snapshot(item)
        change(snapshot)
        item.head += 1
        values = {"item_id": item.id, "number": item.head, "base": item.head - 1, "snapshot": snapshot}
        more = {"origin": "edit", "command": "test", "note": "", "created_at": utc_now()}
        db.session.execute(insert(Revision).values(**values, **more))
        db.session.commit()
        return item.head


def publish(siti: SelfCheckingClient, *parts: str) -> Page:
    page: Page = siti.submit(siti.visit(PUBLISH), parts=list(parts))
    return page


def test_a_row_for_each_revision_says_when_who_how_and_what(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    opened = siti.visit(FACTS)
    budi.submit(budi.visit(WORDS_EN), summary="Budi's summary.")
    merged = siti.submit(opened, year_built="1890")
    assert f"{HISTORY}?left=1&right=2#compare" in merged.links()
    publish(siti, "en")
    page = siti.visit(HISTORY)
    assert checks(page, "revision-") == ["3", "2", "1"]
    third, second, first = (words_of(check(page, f"revision-{number}")[0]) for number in (3, 2, 1))
    assert "24 November 2026, 10:00 am WIB" in third
    assert "Siti" in third
    assert "joined with changes of others" in third
    assert "Built (Facts)" in third
    assert "newest" in third
    assert "English live" in third
    assert "Budi" in second
    assert "Edited" in second
    assert "Summary (English)" in second
    assert "live" not in second
    assert "command: demo" in first
    assert "facts live" in first
    assert "Indonesian live" in first


def test_a_long_chain_comes_in_pages_each_revision_once(sign_in: SignIn) -> None:
    siti = sign_in()
    with siti.app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        for number in range(44):
            items.save(item, item.head, {"facts": {"architect": str(number)}}, Actor(command="test"))
        db.session.commit()
    pages = [siti.visit(f"{HISTORY}?left=1&right=45&page={n}" if n > 1 else HISTORY) for n in (1, 2, 3)]
    assert [n for page in pages for n in checks(page, "revision-")] == [str(n) for n in range(45, 0, -1)]
    assert f"{HISTORY}?page=2" in pages[0].links()
    assert f"{HISTORY}?left=1&right=45&page=3" in pages[1].links()
    siti.visit(f"{HISTORY}?page=4", 404)


def test_compare_shows_only_changed_fields_with_their_words(sign_in: SignIn) -> None:
    """E-29: compare 1 with newest."""
    siti = sign_in()
    old = newest(siti.app)
    body = old["words"]["en"]["body"]
    word = body.split()[3]
    siti.submit(
        siti.visit(WORDS_EN), body=body.replace(word, "<zyxomma>&amp;", 1), summary=old["words"]["en"]["summary"]
    )
    hours = siti.submit(siti.visit(FACTS), status=200, press="add:hours_reported")
    rows = len(old["facts"]["hours_reported"])
    fresh = {f"hours_reported__{rows + 0}__rule": "Mo-Th 09:00-16:00", f"hours_reported__{rows}__source": "gatra19"}
    siti.submit(hours, **fresh)
    page = siti.visit(f"{HISTORY}?left=1&right=3")
    assert checks(page, "change-") == ["facts-hours_reported", "en-body"]
    (facts,), (english,) = check(page, "change-facts-hours_reported"), check(page, "change-en-body")
    assert any("Monday–Thursday 9:00 am–4:00 pm WIB" in line for line in seen(facts, "ins"))
    assert seen(facts, "del") == []
    assert (seen(english, "del"), seen(english, "ins")) == ([word], ["<zyxomma>&amp;"])
    assert [words_of(s) for d in english.iter("del") for s in d.iter("span")] == ["removed:", "end of what was removed"]
    assert {p.get("lang") for p in english.iter("p") if p.get("class") == "difference__text"} == {"en"}
    turned = siti.visit(f"{HISTORY}?left=3&right=1")
    assert seen(check(turned, "change-en-body")[0], "ins") == [word]
    assert check(siti.visit(f"{HISTORY}?left=2&right=2"), "alike")


def test_rows_are_lines_in_the_language_of_the_desk(sign_in: SignIn) -> None:
    siti = sign_in(locale="id")
    page = siti.submit(siti.visit(FACTS), prices__0__amount_idr="99000")
    page = siti.visit(f"{HISTORY}?left=live&right=2")
    (prices,) = check(page, "change-facts-prices")
    assert any("Rp99.000" in line or "99.000" in line for line in seen(prices, "ins"))
    assert "amount_idr" not in words_of(prices)
    event = "/admin/events/tour-de-siak"
    form = siti.submit(siti.visit(f"{event}/dates"), status=200, press="add:occurrences")
    last = max(int(e.get("name", "").split("-")[1]) for e in form.all("input") if "occurrences-" in e.get("name", ""))
    dates = {"start": "2027-09-04", "end": "2027-09-05", "source": "x"}
    siti.submit(form, **{f"occurrences__{last}__{name}": value for name, value in dates.items()})
    compared = siti.visit(f"{event}/history?left=1&right=2")
    (line,) = seen(check(compared, "change-facts-occurrences")[0], "ins")
    assert line.startswith("4–5 September 2027 · Direncanakan")


@pytest.mark.parametrize(
    "query", ["left=0", "left=2", "right=-1", "left=x", "left=99999999999999999999", "left=%C2%B2"]
)
def test_a_revision_that_never_was_is_not_found(sign_in: SignIn, query: str) -> None:
    sign_in().visit(f"{HISTORY}?{query}", 404)


def test_restoring_makes_a_draft_and_changes_no_public_byte(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-30: restore 1 → new number, public page unchanged until published; one log row (E-63)."""
    siti = sign_in()
    first = newest(siti.app)
    siti.submit(siti.visit(WORDS_EN), summary="A second summary.")
    publish(siti, "en")
    public = client.get(EN).data
    restored = siti.submit(siti.visit(HISTORY), f"{HISTORY}/1/restore")
    assert check(restored, "restored")
    assert "not published" in words_of(check(restored, "restored")[0])
    assert newest(siti.app) == first
    head = chain(siti.app)[0]
    assert (head.number, head.origin, head.note) == (3, "restore", "1")
    assert client.get(EN).data == public
    assert "Restored from revision 1" in siti.visit(HISTORY).text
    publish(siti, "en")
    assert "A second summary." not in client.visit(EN).text
    assert deeds(siti.app, "save", "publish") == [("restore", "siti@example.go.id")]


def test_restoring_what_is_the_draft_already_makes_no_revision(sign_in: SignIn) -> None:
    siti = sign_in()
    summary = newest(siti.app)["words"]["en"]["summary"]
    siti.submit(siti.visit(WORDS_EN), summary="Other.")
    siti.submit(siti.visit(WORDS_EN), summary=summary)
    assert check(siti.submit(siti.visit(HISTORY), f"{HISTORY}/1/restore"), "same")
    assert len(chain(siti.app)) == 3


def test_restoring_after_somebody_saved_shows_the_new_state_first(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    siti.submit(siti.visit(WORDS_EN), summary="Second.")
    opened = siti.visit(HISTORY)
    budi.submit(budi.visit(WORDS_EN), summary="Third, by Budi.")
    refused = siti.submit(opened, f"{HISTORY}/1/restore", status=409)
    assert "Third, by Budi." in " ".join(seen(check(refused, "change-en-summary")[0], "del"))
    assert len(chain(siti.app)) == 3
    form = check(refused, "compare")[0].find("form")
    assert form is not None
    data = {e.get("name", ""): e.get("value", "") for e in form.iter("input")}
    assert siti.post(form.get("action", ""), data).status_code == 303
    assert len(chain(siti.app)) == 4


def test_older_shapes_are_read_listed_and_never_rewritten(sign_in: SignIn) -> None:
    """Fields that no longer exist are listed; newer fields keep today's value; the stored row stays."""

    def older(snapshot: dict[str, Any]) -> None:
        snapshot["facts"]["moon_phase"] = "full"
        snapshot["facts"]["sources"][0]["colour"] = "red"
        del snapshot["facts"]["architect"]
        snapshot["words"]["en"]["summary"] = "An older summary."
        snapshot["words"]["en"]["motto"] = "Gone."

    siti = sign_in()
    number = append_as_stored(siti.app, older)
    stored = repr(chain(siti.app)[0].snapshot)
    siti.submit(siti.visit(FACTS), architect="Someone of today", year_built="1900")
    page = siti.visit(f"{HISTORY}?left={number}&right={number + 1}")
    assert seen(check(page, "dropped")[0], "code") == ["motto", "moon_phase", "sources.colour"]
    restored = siti.submit(page, f"{HISTORY}/{number}/restore")
    assert seen(check(restored, "dropped")[0], "code") == ["motto", "moon_phase", "sources.colour"]
    draft = newest(siti.app)
    assert draft["words"]["en"]["summary"] == "An older summary."
    assert draft["facts"]["architect"] == "Someone of today"
    assert draft["facts"]["year_built"] != "1900"
    assert repr(chain(siti.app)[2].snapshot) == stored


def test_undo_brings_back_what_was_live(sign_in: SignIn, client: SelfCheckingClient, clock: SiteClock) -> None:
    """E-26: publish, *Undo* → former text live, both in the history; one log row (E-63)."""
    siti = sign_in()
    before, indonesian = client.get(EN).text, client.get(ID).data
    siti.submit(siti.visit(WORDS_EN), summary="A zyxomma summary.")
    published = publish(siti, "en")
    assert check(published, "undo")
    assert "A zyxomma summary." in client.visit(EN).text
    clock.move(hours=23)
    siti.sign_in("siti@example.go.id", PASSWORD)
    undone = siti.submit(siti.visit(ITEM), UNDO)
    assert check(undone, "undone")
    assert not check(undone, "undo")
    assert dateless(client.get(EN).text) == dateless(before)
    assert client.get(ID).data == indonesian
    assert marks(siti.app) == (1, 1, 3)
    assert [r.origin for r in chain(siti.app)] == ["undo", "edit", "demo"]
    assert deeds(siti.app, "save", "publish") == [("undo", "siti@example.go.id")]


def test_undo_is_offered_for_a_day_and_only_to_who_may_publish(sign_in: SignIn, clock: SiteClock) -> None:
    siti, rini = sign_in(), sign_in("Rini", role="contributor")
    assert not check(siti.visit(ITEM), "undo")
    siti.submit(siti.visit(WORDS_EN), summary="New.")
    opened = publish(siti, "en")
    assert not check(rini.visit(ITEM), "undo")
    rini.audit(UNDO, rini.post(UNDO, {"base": "2", "publication": "2", "action": "undo"}), 403)
    clock.move(hours=24)
    siti.sign_in("siti@example.go.id", PASSWORD)
    assert not check(siti.visit(ITEM), "undo")
    siti.submit(opened, UNDO, status=409)
    assert marks(siti.app) == (1, 1, 2)


def test_undo_withdraws_where_nothing_was_live_before(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    siti.submit(siti.visit(f"{ITEM}/withdraw/en"), reason="A reason.")
    siti.submit(siti.visit(f"{ITEM}/withdraw/id"), reason="A reason.")
    siti.submit(siti.visit(FACTS), year_built="1900")
    publish(siti, "facts", "id")
    client.visit(ID)
    siti.submit(siti.visit(ITEM), UNDO)
    assert marks(siti.app) == (None, None, None)
    client.visit(ID, 404)


def test_undo_is_refused_when_something_newer_went_live(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    siti.submit(siti.visit(WORDS_EN), summary="First.")
    opened = publish(siti, "en")
    budi.submit(budi.visit(WORDS_EN), summary="Budi's.")
    publish(budi, "en")
    public = client.get(EN).data
    refused = siti.submit(opened, UNDO, status=409)
    assert "Something newer is live now" in refused.text
    assert not check(refused, "undo")
    assert client.get(EN).data == public
    assert len(chain(siti.app)) == 3


def test_undo_keeps_a_newer_draft_and_asks_once_more_for_it(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    siti.submit(siti.visit(WORDS_EN), summary="Published by Siti.")
    opened = publish(siti, "en")
    budi.submit(budi.visit(WORDS_EN), summary="Budi goes on.")
    refused = siti.submit(opened, UNDO, status=409)
    assert "Published by Siti." in client.visit(EN).text
    siti.submit(refused, UNDO)
    assert "Published by Siti." not in client.visit(EN).text
    assert newest(siti.app)["words"]["en"]["summary"] == "Budi goes on."
    assert [r.origin for r in chain(siti.app)] == ["kept", "undo", "edit", "edit", "demo"]


def test_undo_that_the_checks_block_changes_nothing(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    siti.submit(siti.visit(WORDS_EN), summary="Published.")
    publish(siti, "en")
    with siti.app.app_context():
        item = db.session.scalars(select(Item).where(Item.code != PALACE, Item.kind == "destination")).first()
        assert item
        # Another item has taken the former address by hand.
        db.session.execute(
            text("UPDATE slug SET item_id = :id WHERE slug = :s"), {"id": item.id, "s": EN.rsplit("/")[-1]}
        )
        db.session.commit()
    public, revisions = client.get(EN).data, len(chain(siti.app))
    refused = siti.submit(siti.visit(ITEM), UNDO, status=422)
    assert checks(refused, "slug_") == ["taken"]
    assert client.get(EN).data == public
    assert len(chain(siti.app)) == revisions
    with siti.app.app_context():
        mine = db.session.scalar(select(Item.id).where(Item.code == PALACE))
        db.session.execute(text("UPDATE slug SET item_id = :id WHERE slug = :s"), {"id": mine, "s": EN.rsplit("/")[-1]})
        db.session.commit()


def test_a_copy_is_a_draft_of_its_own(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-62: *Copy* → own code, 404 in public, the original unchanged; one log row (E-63)."""
    rini = sign_in("Rini", role="contributor")
    before, public = newest(rini.app), client.get(EN).data
    for number in (2, 3):
        copied = rini.submit(rini.visit(ITEM), COPY)
        assert copied.path.startswith(f"{ITEM}-{number}?")
        assert check(copied, "copied")
        copy = newest(rini.app, f"{PALACE}-{number}")
        assert copy["words"]["en"]["slug"] == f"siak-sri-indrapura-palace-{number}"
        assert copy["words"]["id"]["slug"] == f"{PALACE}-{number}"
        assert copy["facts"] == before["facts"]
        assert marks(rini.app, f"{PALACE}-{number}") == (None, None, None)
        for locale in ("id", "en"):
            assert client.get(f"/en/destinations/{copy['words'][locale]['slug']}").status_code == 404
    assert newest(rini.app) == before
    assert client.get(EN).data == public
    assert "Copied from istana-siak-sri-indrapura" in rini.visit(f"{ITEM}-2/history").text
    assert deeds(rini.app) == [("copy", "rini@example.go.id")] * 2
    assert rini.post("/admin/pages/about-siak/copy", {}).status_code == 404


def test_each_old_address_leads_on_in_one_hop(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-62: change a published slug 5 times → each old address one 301; a new name alone leaves the slug."""
    siti = sign_in()
    slugs = ["siak-sri-indrapura-palace", "one", "two", "three", "four", "five"]
    for slug in slugs[1:]:
        siti.submit(siti.visit(WORDS_EN), slug=slug)
        publish(siti, "en")
    siti.submit(siti.visit(WORDS_EN), name="Quite another name")
    publish(siti, "en")
    for slug in slugs[:-1]:
        answer = client.get(f"/en/destinations/{slug}")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/en/destinations/five")
    client.visit("/en/destinations/five")
    siti.submit(siti.visit(WORDS_EN), slug="", name="A third name")
    assert newest(siti.app)["words"]["en"]["slug"] == "five"


def test_before_publication_a_slug_made_from_the_name_follows_it(sign_in: SignIn) -> None:
    siti = sign_in()
    new = "/admin/destinations/new"
    siti.submit(siti.visit(new), name__id="Danau Uji", category="nature")
    address = "/admin/destinations/danau-uji/words/id"
    siti.submit(siti.visit(address), name="Telaga Uji")
    assert newest(siti.app, "danau-uji")["words"]["id"]["slug"] == "telaga-uji"
    siti.submit(siti.visit(address), slug="telaga-kita")
    siti.submit(siti.visit(address), name="Rawa Uji")
    assert newest(siti.app, "danau-uji")["words"]["id"]["slug"] == "telaga-kita"


def test_history_is_read_by_everyone_at_the_desk(sign_in: SignIn) -> None:
    rini = sign_in("Rini", role="contributor")
    rini.submit(rini.visit(WORDS_ID), summary="Ringkasan Rini.")
    assert checks(rini.visit(HISTORY), "revision-") == ["2", "1"]
    with rini.app.app_context():
        assert db.session.scalar(select(LogEntry.deed).order_by(LogEntry.id.desc())) == "save"
