"""The index follows the database: late at times, never wrong, and never in the way of a save."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from pesona.db import begin_writing, db
from pesona.editing import items, publish
from pesona.editing.log import Actor
from pesona.search import follow
from pesona.search.index import Index
from tests.client import SelfCheckingClient
from tests.conftest import close_site, make_site
from tests.factories import withdraw

ACTOR = Actor(command="test")
PALACE = "istana-siak-sri-indrapura"
EN = "/en/destinations/siak-sri-indrapura-palace"
WORD = "zyxomma"

Publish = Callable[..., None]


@pytest.fixture
def index(app: Flask) -> Index:
    found: Index = app.extensions["pesona.index"]
    return found


@pytest.fixture
def publish_summary(app: Flask) -> Publish:
    """Publish an English summary of the palace as the desk does."""

    def make(summary: str, commit: bool = True) -> None:
        with app.app_context():
            begin_writing()
            item = items.find("destination", PALACE, lock=True)
            assert item
            items.save(item, item.head, {"en": {"summary": summary}}, ACTOR)
            publish.publish(item, item.head, ["en"], ACTOR)
            if commit:
                db.session.commit()
            else:
                db.session.rollback()

    return make


def found(client: SelfCheckingClient, query: str = WORD) -> list[str]:
    answer = client.get(f"/api/v1/search?q={query}&locale=en")
    assert answer.status_code == 200
    return [hit["code"] for hit in answer.json["results"]]


def notes(app: Flask) -> int:
    with app.app_context():
        return int(db.session.execute(text("SELECT count(*) FROM outbox")).scalar_one())


def differences(app: Flask) -> list[str]:
    with app.app_context():
        return list(follow.differences())


def test_a_publication_reaches_the_index_and_leaves_no_note(
    client: SelfCheckingClient, publish_summary: Publish
) -> None:
    assert found(client) == []
    publish_summary(f"A {WORD} in the palace.")
    assert notes(client.app) == 0
    assert found(client) == [PALACE]
    publish_summary("None in the palace.")
    assert found(client) == []
    assert differences(client.app) == []


def test_a_withdrawn_item_leaves_the_index(client: SelfCheckingClient, index: Index) -> None:
    for locale in ("id", "en"):
        with client.app.app_context():
            begin_writing()
            item = items.find("destination", PALACE, lock=True)
            assert item
            publish.withdraw(item, locale, ACTOR, "test")
            db.session.commit()
        assert f"destination/{PALACE}/{locale}" not in index.digests()
    assert PALACE not in found(client, "palace")


def test_a_rollback_drops_the_notes_and_the_version(client: SelfCheckingClient, publish_summary: Publish) -> None:
    def version() -> Any:
        with client.app.app_context():
            return db.session.execute(text("SELECT number FROM content_version")).scalar_one()

    before = version()
    publish_summary(f"A {WORD} in the palace.", commit=False)
    assert (notes(client.app), version()) == (0, before)
    assert found(client) == []
    assert differences(client.app) == []


def test_a_draft_leaves_no_note(app: Flask) -> None:
    with app.app_context():
        begin_writing()
        item = items.find("destination", PALACE, lock=True)
        assert item
        items.save(item, item.head, {"en": {"summary": f"A {WORD}."}}, ACTOR)
        db.session.commit()
    assert notes(app) == 0


def test_a_busy_index_never_undoes_a_save_and_is_caught_up_later(
    client: SelfCheckingClient, publish_summary: Publish, index: Index
) -> None:
    with index.locked():
        publish_summary(f"A {WORD} in the palace.")
        assert WORD in client.visit(EN).text
        assert notes(client.app) == 1
        assert found(client) == []
        assert PALACE in found(client, "palace")
    index.stale()
    assert found(client) == [PALACE]
    assert notes(client.app) == 0
    assert differences(client.app) == []


def test_the_next_publication_catches_up_too(
    client: SelfCheckingClient, publish_summary: Publish, index: Index
) -> None:
    with index.locked():
        publish_summary(f"A {WORD} in the palace.")
    publish_summary(f"Two {WORD} in the palace.")
    assert notes(client.app) == 0
    assert differences(client.app) == []


def test_a_start_catches_up_too(home: Path, app: Flask, publish_summary: Publish, index: Index) -> None:
    with index.locked():
        publish_summary(f"A {WORD} in the palace.")
    again = make_site(home)
    with again.app_context():
        follow.ensure()
    assert notes(again) == 0
    assert differences(again) == []
    close_site(again)


def test_a_stale_index_shows_too_little_and_never_what_is_withdrawn(client: SelfCheckingClient, index: Index) -> None:
    before = found(client, "palace")
    assert PALACE in before
    with index.locked():
        with client.app.app_context():
            withdraw("destination", PALACE)
        assert index.digests().keys() >= {f"destination/{PALACE}/en"}
        after = found(client, "palace")
        assert PALACE not in after
        assert set(before) - {PALACE} <= set(after)


def remove(folder: Path) -> None:
    shutil.rmtree(folder)


def empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def tear(folder: Path) -> None:
    _shorten(folder, "_MAIN_*.toc")


def cut(folder: Path) -> None:
    _shorten(folder, "*.seg")


def _shorten(folder: Path, pattern: str) -> None:
    # A new file in place of the old one, as after a power cut; a shrunk one would kill whoever has it mapped.
    for file in list(folder.glob(pattern)):
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content[:100])


def unformat(folder: Path) -> None:
    (folder / "format.json").write_text("0")


DAMAGES = pytest.mark.parametrize("damage", [remove, empty, tear, cut, unformat], ids=lambda f: f.__name__)

# Whoosh forgets to close what it could not read.
WHOOSH_LEAKS = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")


@pytest.fixture(params=["search was open", "search was not open"])
def opened(request: pytest.FixtureRequest, client: SelfCheckingClient) -> None:
    """A site whose index is open in this process, and one where it is not yet."""
    if request.param == "search was open":
        found(client, "palace")


@DAMAGES
@WHOOSH_LEAKS
@pytest.mark.usefixtures("opened")
def test_a_publication_over_a_damaged_index_stands_and_the_index_heals(
    client: SelfCheckingClient, publish_summary: Publish, index: Index, damage: Callable[[Path], None]
) -> None:
    damage(index.folder)
    publish_summary(f"A {WORD} in the palace.")
    assert WORD in client.visit(EN).text
    assert found(client) == [PALACE]
    assert PALACE in found(client, "palace")
    assert differences(client.app) == []
    assert notes(client.app) == 0


@DAMAGES
@WHOOSH_LEAKS
@pytest.mark.usefixtures("opened")
def test_search_answers_over_a_missing_index_and_heals_it(
    client: SelfCheckingClient, index: Index, damage: Callable[[Path], None]
) -> None:
    damage(index.folder)
    index.stale()
    assert PALACE in found(client, "palace")
    assert differences(client.app) == []


def test_search_answers_from_the_database_while_the_index_is_missing(client: SelfCheckingClient, index: Index) -> None:
    with index.locked():
        remove(index.folder)
        index.stale()
        assert PALACE in found(client, "palace")
        client.visit("/en/search?q=palace")
        assert not index.folder.exists()


def test_the_check_names_what_is_missing_left_over_and_different(app: Flask, index: Index) -> None:
    check = app.test_cli_runner()
    assert check.invoke(args=["index", "check"]).exit_code == 0
    index.update(["page/contact"], [])
    with app.app_context():
        # Plain SQL leaves no note, as a hand at the database would not.
        db.session.execute(text("UPDATE destination_translation SET summary = 'x' WHERE slug = :s"), {"s": PALACE})
        db.session.execute(text("DELETE FROM page_translation WHERE slug = 'about-siak'"))
        db.session.execute(text("UPDATE content_version SET number = number + 1"))
        db.session.commit()
    close_site(app)
    told = check.invoke(args=["index", "check"])
    assert told.exit_code != 0
    lines = set(told.output.splitlines())
    assert {
        "page/contact/en: missing in the index",
        "page/contact/id: missing in the index",
        f"destination/{PALACE}/id: differs from what is published",
        "page/about-siak/en: in the index but not published",
    } <= lines
    assert check.invoke(args=["index", "rebuild"]).exit_code == 0
    assert check.invoke(args=["index", "check"]).exit_code == 0
