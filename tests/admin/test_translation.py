"""Translation upkeep: which English field says which Indonesian text, by hash and field by field."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy import delete, select, text

from pesona.db import begin_writing, db
from pesona.editing import items, translation
from pesona.editing.log import Actor
from pesona.models.account import LogEntry
from pesona.models.translation import TranslatedField
from tests.admin.desk import (
    EN,
    FACTS,
    ID,
    ITEM,
    PALACE,
    PUBLISH,
    WORDS_EN,
    WORDS_ID,
    cares,
    chain,
    field,
    marks,
    newest,
)
from tests.client import Page, SelfCheckingClient, words_of

SignIn = Callable[..., SelfCheckingClient]
NEW = "/admin/destinations/new"
FIELDS = {"name", "summary", "body", "search_description", "getting_there", "tips", "status_note"}


def check(page: Page, name: str) -> list[Element]:
    return [e for e in page.tree.iter() if e.get("data-check") == name]


def states(page: Page) -> dict[str, str]:
    """Return the mark of each field on the page of English words."""
    found = [e for e in page.tree.iter() if (e.get("data-check") or "").startswith("mark-")]
    return {(e.get("data-check") or "").removeprefix("mark-"): e.get("data-state", "") for e in found}


def changed(client: SelfCheckingClient) -> set[str]:
    return {name for name, state in states(client.visit(WORDS_EN)).items() if state == "changed"}


def article(page: Page) -> list[str]:
    """Return what the page of an item says of it, without notes about its translation."""
    parts = ("lead", "item__text prose", "item__part prose")
    return [words_of(e) for e in page.tree.iter() if e.get("class") in parts]


def needs(client: SelfCheckingClient, what: str) -> int:
    """Return how many items Home counts."""
    return cares(client.visit("/admin")).get(what, (0, "", ""))[0]


def change_source(client: SelfCheckingClient, public: bool = True, minor: bool = False, **words: str) -> None:
    tick = {"minor": "yes"} if minor else {}
    client.submit(client.visit(WORDS_ID), **words, **tick)
    if public:
        client.submit(client.visit(PUBLISH))


@pytest.fixture
def whole(app: Flask) -> Iterator[None]:
    """See that the stored states are what the texts and marks say, however they came about."""
    yield
    with app.app_context():
        begin_writing()
        rows = {(r.item_id, r.name): r.state for r in db.session.scalars(select(TranslatedField))}
        item = items.find("destination", PALACE)
        assert item
        translation.refresh(item)
        assert rows == {(r.item_id, r.name): r.state for r in db.session.scalars(select(TranslatedField))}
        db.session.rollback()


pytestmark = pytest.mark.usefixtures("whole")


def test_a_new_item_has_none_of_seven(sign_in: SignIn) -> None:
    """E-33."""
    siti = sign_in()
    item = siti.submit(siti.visit(NEW), name__id="Kolam Zyxomma", category="nature").path.split("?")[0]
    assert "0 of 7" in words_of(check(siti.visit(item), "coverage")[0])
    assert "0 of 7" in siti.visit("/admin").text
    words = siti.visit(f"{item}/words/en")
    assert words_of(words.one("p", id="coverage")) == "0 of 7 fields"
    assert (words.one("progress").get("value"), words.one("progress").get("max")) == ("0", "7")
    assert states(words) == {"name": "missing"}
    siti.submit(words, summary="A pond.")
    assert "1 of 7" in words_of(check(siti.visit(item), "coverage")[0])
    siti.submit(siti.visit(f"{item}/words/id"), tips="Bawa air.")
    blocked = siti.submit(siti.visit(f"{item}/publish"), status=422, parts=["facts", "en"])
    missing = [e for e in check(blocked, "missing") if "English" in words_of(e)]
    assert {e.get("href", "").partition("#")[2] for row in missing for e in row.iter("a")} == {"name", "body"}
    warned = siti.visit(f"{item}/publish")
    linked = {a.get("href", "").partition("#")[2] for row in check(warned, "untranslated") for a in row.iter("a")}
    assert linked == {"name", "tips"}


def test_one_changed_and_published_sentence_ages_one_field(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-34."""
    siti = sign_in()
    english, count = article(client.visit(EN)), needs(siti, "changed")
    before = newest(siti.app)["words"]["id"]["summary"]
    assert changed(siti) == set()
    change_source(siti, public=False, summary=f"{before} Zyxomma.")
    assert changed(siti) == set()
    siti.submit(siti.visit(PUBLISH))
    page = siti.visit(WORDS_EN)
    assert changed(siti) == {"summary"}
    assert [words_of(e) for e in page.all("ins")] == ["added: Zyxomma. end of what was added"]
    assert not page.all("del")
    [open_one] = [e for e in page.all("details") if e.get("open") is not None]
    assert "Zyxomma." in words_of(open_one)
    assert words_of(page.one("p", id="coverage")).endswith(", 1 source changed")
    assert article(client.visit(EN)) == english
    assert marks(siti.app)[2] == 1
    assert needs(siti, "changed") == count + 1
    assert cares(siti.visit("/admin"))["changed"] == (count + 1, "Siak Sri Indrapura Palace", WORDS_EN)


def test_readers_of_english_hear_that_the_indonesian_text_is_newer(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in("editor")

    def note() -> bool:
        return "The Indonesian text has changed" in words_of(client.visit(EN).tree)

    change_source(siti, public=False, summary="Istana di tepi sungai.")
    assert not note()
    siti.submit(siti.visit(PUBLISH))
    assert note()
    assert "The Indonesian text has changed" not in words_of(client.visit(ID).tree)
    siti.submit(siti.visit(WORDS_EN), summary="A palace on the river.")
    assert note(), "an English draft says nothing to readers"
    siti.submit(siti.visit(PUBLISH))
    assert not note()
    change_source(siti, summary="Istana di tepi Sungai Siak.")
    assert note()
    siti.submit(siti.visit(WORDS_EN), press="correct:all")
    assert not note()


def test_a_database_from_before_tells_readers_too(sign_in: SignIn) -> None:
    from importlib import import_module

    siti = sign_in("editor")
    change_source(siti, summary="Istana di tepi sungai.")
    migration = import_module("pesona.migrations.versions.0011_newer_source")
    told = "SELECT item_id, source_newer FROM destination_translation WHERE locale = 'en' AND source_newer"
    with siti.app.app_context():
        [row] = db.session.execute(text(told)).all()
        begin_writing()
        db.session.execute(text("UPDATE destination_translation SET source_newer = false"))
        migration._mark(db.session.connection())
        db.session.commit()
        assert db.session.execute(text(told)).all() == [row]


def test_still_correct_clears_the_mark_and_nothing_else(sign_in: SignIn) -> None:
    """E-35."""
    siti = sign_in()
    change_source(siti, summary="Ringkasan baru.", tips="Saran baru.")
    revisions = len(chain(siti.app))
    shown = siti.submit(siti.visit(WORDS_EN), press="correct:summary")
    assert check(shown, "still_correct")
    assert changed(siti) == {"tips"}
    assert len(chain(siti.app)) == revisions
    with siti.app.app_context():
        logged = db.session.scalars(select(LogEntry).where(LogEntry.deed == "still_correct")).all()
    assert [(row.account_id, row.sentence, row.details) for row in logged] == [(1, "summary", {"locale": "en"})]
    siti.submit(siti.visit(WORDS_EN), press="correct:all")
    assert changed(siti) == set()
    change_source(siti, summary="Ringkasan yang lain lagi.")
    assert changed(siti) == {"summary"}
    change_source(siti, summary="Ringkasan baru.")
    assert changed(siti) == set()


def test_still_correct_keeps_what_is_typed(sign_in: SignIn) -> None:
    siti = sign_in()
    change_source(siti, summary="Ringkasan baru.")
    page = siti.submit(siti.visit(WORDS_EN), status=200, press="correct:summary", tips="Half typed.")
    assert field(page, "tips") == "Half typed."
    assert changed(siti) == set()


def test_a_minor_edit_ages_nothing_and_freshens_nothing(sign_in: SignIn) -> None:
    """E-36."""
    siti = sign_in()
    change_source(siti, tips="Saran baru.")
    assert changed(siti) == {"tips"}
    change_source(siti, minor=True, public=False, summary="Ringkasan baru.", tips="Saran baru!")
    assert changed(siti) == {"tips"}
    siti.submit(siti.visit(PUBLISH))
    assert changed(siti) == {"tips"}
    change_source(siti, summary="Ringkasan yang lain.")
    assert changed(siti) == {"summary", "tips"}


def test_a_minor_edit_on_top_of_a_draft_carries_no_other_change(sign_in: SignIn) -> None:
    siti = sign_in()
    change_source(siti, public=False, summary="Ringkasan yang lain sama sekali.")
    change_source(siti, minor=True, summary="Ringkasan yang lain sama sekali!")
    assert changed(siti) == {"summary"}


def test_a_minor_edit_stays_minor_through_a_conflict(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    mine = siti.visit(WORDS_ID)
    budi.submit(budi.visit(WORDS_ID), summary="Ringkasan Budi.", minor="yes")
    conflict = siti.submit(mine, status=409, summary="Ringkasan Siti.", minor="yes")
    siti.submit(conflict, choose__summary="mine")
    siti.submit(siti.visit(PUBLISH))
    assert changed(siti) == set()


def test_a_new_translation_is_fresh_and_follows_what_its_writer_saw(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    change_source(siti, summary="Ringkasan baru.")
    siti.submit(siti.visit(WORDS_EN), summary="A new summary.")
    assert changed(siti) == set()
    page = siti.visit(WORDS_EN)
    change_source(budi, summary="Ringkasan Budi.")
    siti.submit(page, summary="A summary that does not know of Budi's.")
    assert changed(siti) == {"summary"}


def test_both_languages_changed_as_drafts_are_fresh_before_and_after(sign_in: SignIn) -> None:
    siti = sign_in()
    change_source(siti, public=False, summary="Ringkasan baru.")
    siti.submit(siti.visit(WORDS_EN), summary="A new summary.")
    assert changed(siti) == set()
    siti.submit(siti.visit(PUBLISH))
    assert changed(siti) == set()


def test_english_that_came_first_does_not_age_by_its_translation(sign_in: SignIn) -> None:
    siti = sign_in()
    item = siti.submit(siti.visit(NEW), name__en="Zyxomma Pond", category="nature").path.split("?")[0]
    siti.submit(siti.visit(f"{item}/words/id"), name="Kolam Zyxomma")
    assert states(siti.visit(f"{item}/words/en")) == {"name": "fresh"}
    siti.submit(siti.visit(f"{item}/words/id"), name="Danau Zyxomma")
    assert states(siti.visit(f"{item}/words/en")) == {"name": "changed"}


def test_an_emptied_translation_is_missing(sign_in: SignIn) -> None:
    siti = sign_in()
    count = needs(siti, "missing")
    siti.submit(siti.visit(WORDS_EN), summary="")
    assert states(siti.visit(WORDS_EN))["summary"] == "missing"
    assert needs(siti, "missing") == count + 1


def test_copy_fills_the_field_and_saves_nothing(sign_in: SignIn) -> None:
    siti = sign_in()
    change_source(siti, summary="Ringkasan baru.")
    page = siti.submit(siti.visit(WORDS_EN), status=200, press="copy:summary", tips="Half typed.")
    assert (field(page, "summary"), field(page, "tips")) == ("Ringkasan baru.", "Half typed.")
    assert check(page, "not-saved")
    assert newest(siti.app)["words"]["en"]["summary"] != "Ringkasan baru."


def test_facts_are_read_only_beside_words_and_the_language_must_agree(sign_in: SignIn) -> None:
    """E-37."""
    siti = sign_in()
    page = siti.visit(WORDS_EN)
    inputs = {e.get("name") for e in page.one("main").iter() if e.tag in ("input", "textarea", "select")}
    assert inputs == {"base", "owner", "opening", "locale", "slug", "price_note", *FIELDS}
    assert FACTS in page.links()
    assert field(page, "locale") == "en"
    wrong = {"base": "1", "action": "save", "name": "X", "locale": "id"}
    before = chain(siti.app)
    assert siti.post(WORDS_EN, wrong).status_code == 400
    assert siti.post(WORDS_ID, {**wrong, "locale": "en"}).status_code == 400
    assert len(chain(siti.app)) == len(before)


@pytest.mark.parametrize(("address", "action"), [(WORDS_ID, "correct:all"), (WORDS_EN, "correct:slug"),
                                                 (WORDS_EN, "copy:x"), (FACTS, "copy:name"), (WORDS_EN, "x")])  # fmt: skip
def test_a_button_that_is_not_there_is_refused(sign_in: SignIn, address: str, action: str) -> None:
    siti = sign_in()
    assert siti.post(address, {"base": "1", "action": action, "name": "X"}).status_code == 400


def test_publication_warns_of_a_changed_source(sign_in: SignIn) -> None:
    siti = sign_in()
    change_source(siti, summary="Ringkasan baru.")
    siti.submit(siti.visit(WORDS_EN), tips="Something else.")
    page = siti.visit(PUBLISH)
    links = [a.get("href") for row in check(page, "source_changed") for a in row.iter("a")]
    assert links == [f"{WORDS_EN}#summary"]
    siti.submit(page)
    assert changed(siti) == {"summary"}


def test_a_withdrawn_source_compares_with_the_draft(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(f"{ITEM}/withdraw/id"), reason="A reason.")
    change_source(siti, public=False, summary="Ringkasan baru.")
    assert changed(siti) == {"summary"}


def test_the_migration_finds_what_stands(sign_in: SignIn, app: Flask) -> None:
    """A database from before has the rows that its revisions would have made."""
    from importlib import import_module

    siti = sign_in()
    change_source(siti, summary="Ringkasan baru.")
    siti.submit(siti.visit(WORDS_EN), tips="Something else.", search_description="")
    migration = import_module("pesona.migrations.versions.0005_scratch_and_translation")
    with app.app_context():
        rows = {(r.item_id, r.name): r.state for r in db.session.scalars(select(TranslatedField)) if r.state}
        found = migration._rows(db.session.connection())
        assert {(row["item_id"], row["name"]): row["state"] for row in found} == rows
        assert len(found) > 500
        begin_writing()
        db.session.execute(delete(TranslatedField))
        db.session.execute(TranslatedField.__table__.insert(), found)  # type: ignore[attr-defined]
        item = items.find("destination", PALACE, lock=True)
        assert item
        translation.still_correct(item, ["summary"], Actor(command="test"))
        db.session.commit()
        assert db.session.scalar(text("SELECT count(*) FROM translated_field WHERE state = 'changed'")) == 0
