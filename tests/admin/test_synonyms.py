"""Search synonyms: editors keep the groups, each change is public at once and in the log, nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from pesona.db import begin_writing, db
from pesona.editing import synonyms
from pesona.editing.log import Actor
from pesona.models.account import LogEntry
from pesona.models.public import ContentVersion, Outbox
from pesona.models.synonym import Synonym
from pesona.queries.catalogue import catalogue
from tests.admin.desk import SIGN_IN, SYNONYMS, contents, field, wrong_fields
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import PASSWORD
from tests.factories import go_back_to_first_release
from tests.test_counts import miss_often

SignIn = Callable[..., SelfCheckingClient]
ONE = f"{SYNONYMS}/1"
REMOVE = f"{ONE}/remove"
WORDS = "palace\nistana\nkeraton"


def known(app: Flask) -> tuple[tuple[str, ...], ...]:
    """Return the groups that search is given."""
    with app.app_context():
        return catalogue().synonyms


def deeds(app: Flask) -> list[LogEntry]:
    with app.app_context():
        logged = select(LogEntry).where(LogEntry.deed.startswith("synonym_")).order_by(LogEntry.id)
        return list(db.session.scalars(logged))


def version(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(ContentVersion.number)).one()


def listed(page: Page, check: str = "groups") -> list[str]:
    """Return the lines of a list of the page; where there is none, no line."""
    return [words_of(li) for ul in page.all("ul", data_check=check) for li in ul.iter("li")]


def add(client: SelfCheckingClient, words: str = WORDS, note: str = "", status: int = 303) -> Page:
    page: Page = client.submit(client.visit(SYNONYMS), status=status, words=words, note=note)
    return page


def test_a_group_is_added_changed_and_removed(sign_in: SignIn) -> None:
    siti = sign_in()
    page = add(siti, note="Asked by guests.")
    assert page.all("p", data_check="group_added")
    (line,) = listed(page)
    assert line.startswith("palace, istana, keraton Asked by guests. Siti, ")
    assert known(siti.app) == (("palace", "istana", "keraton"),)
    page = siti.submit(siti.visit(ONE), words="palace, istana, mahligai", note="")
    assert page.all("p", data_check="group_saved")
    assert known(siti.app) == (("palace", "istana", "mahligai"),)
    page = siti.submit(siti.visit(REMOVE))
    assert page.all("p", data_check="group_removed")
    assert listed(page) == []
    assert known(siti.app) == ()


def test_each_deed_is_logged_once_with_account_old_and_new(sign_in: SignIn) -> None:
    siti = sign_in()
    add(siti)
    siti.submit(siti.visit(ONE), words="palace\nistana", note="x")
    siti.submit(siti.visit(REMOVE))
    first, second = {"words": "palace|istana|keraton", "note": ""}, {"words": "palace|istana", "note": "x"}
    assert [(d.deed, d.details, d.role) for d in deeds(siti.app)] == [
        ("synonym_add", {"number": 1, "old": None, "new": first}, "editor"),
        ("synonym_change", {"number": 1, "old": first, "new": second}, "editor"),
        ("synonym_remove", {"number": 1, "old": second, "new": None}, "editor"),
    ]
    assert {d.account_id for d in deeds(siti.app)} == {1}


def test_each_deed_raises_the_content_version_and_leaves_no_note(sign_in: SignIn) -> None:
    siti = sign_in()
    seen = [version(siti.app)]
    for deed in (
        lambda: add(siti),
        lambda: siti.submit(siti.visit(ONE), note="x"),
        lambda: siti.submit(siti.visit(REMOVE)),
    ):
        deed()
        seen.append(version(siti.app))
    assert seen == list(range(seen[0], seen[0] + 4))


def test_a_change_leaves_no_note_for_the_index_and_a_rollback_leaves_nothing(app: Flask) -> None:
    before, number = contents(app), version(app)
    with app.app_context():
        begin_writing()
        synonyms.add(("palace", "istana"), "", Actor(command="test"))
        assert db.session.scalars(select(ContentVersion.number)).one() == number + 1
        assert db.session.scalar(select(Outbox.id)) is None
        db.session.rollback()
    assert contents(app) == before
    assert known(app) == ()


def test_a_save_without_a_change_changes_nothing(sign_in: SignIn) -> None:
    siti = sign_in()
    add(siti)
    before = contents(siti.app)
    assert siti.submit(siti.visit(ONE)).all("p", data_check="same")
    assert siti.submit(siti.visit(ONE), words=" palace ;istana|\n\nIstana\n keraton").all("p", data_check="same")
    assert contents(siti.app) == before


def test_the_catalogue_gives_them_in_lower_case_and_else_as_typed(sign_in: SignIn) -> None:
    siti = sign_in()
    add(siti, "  Kupu-Kupu \nÉlang   LAUT,x9")
    assert known(siti.app) == (("kupu-kupu", "élang laut", "x9"),)


def lines(count: int) -> str:
    return "\n".join(f"word {n}" for n in range(count))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("", None),
        ("palace", None),
        ("Palace\npalace\n pálace ", None),
        ("kupu-kupu\nkupu kupu", None),
        (lines(13), "12"),
        ("palace\nx", "x"),
        ("palace\n-- -", "-- -"),
        ("palace\n" + "x" * 41, "x" * 41),
        ("palace\nthe house of the sultan", "the house of the sultan"),
        ("palace\nsu-ku-ka-ta-an", "su-ku-ka-ta-an"),
        ("palace\nma'had", "ma'had"),
        ("palace\nx²", "x²"),
        ("palace\n<b>house</b>", "<b>house</b>"),
        ("palace\nhouse_one", "house_one"),
    ],
)
@pytest.mark.parametrize("address", [SYNONYMS, ONE], ids=["new", "old"])
def test_a_wrong_group_is_refused_by_name_and_kept_as_typed(
    sign_in: SignIn, address: str, words: str, named: str | None
) -> None:
    siti = sign_in()
    add(siti, "tugu\nmonument")
    before = contents(siti.app)
    page = siti.submit(siti.visit(address), status=422, words=words, note="  As typed ")
    assert wrong_fields(page) == ["words"]
    assert (field(page, "words"), field(page, "note")) == (words, "  As typed ")
    assert page.one("textarea", name="words").get("aria-invalid") == "true"
    if named:
        (box,) = page.all("div", class_="error-summary")
        assert named in words_of(box)
    assert contents(siti.app) == before


@pytest.mark.parametrize(
    "words",
    [lines(12), "pa\nis", "x" * 40 + "\nistana", "palace\nhouse of the sultan", "京都\nkyoto", "17 agustus\n1708"],
)
def test_a_group_at_the_bounds_is_taken(sign_in: SignIn, words: str) -> None:
    siti = sign_in()
    add(siti, words)
    assert known(siti.app) == (tuple(words.split("\n")),)


def test_every_wrong_word_is_named_and_so_is_a_long_note(sign_in: SignIn) -> None:
    page = add(sign_in(), "palace\nx\na_b", "y" * 201, 422)
    assert wrong_fields(page) == ["words", "words", "note"]
    assert field(page, "note") == "y" * 201


def test_a_pair_belongs_to_one_group_but_a_word_may_have_several_meanings(sign_in: SignIn) -> None:
    siti = sign_in()
    add(siti)
    page = add(siti, "mahligai\nKeraton\nISTANA", status=422)
    assert "palace, istana, keraton" in words_of(page.all("div", class_="error-summary")[0])
    add(siti, "istana\nrumah")
    assert len(known(siti.app)) == 2
    page = siti.submit(siti.visit(f"{SYNONYMS}/2"), status=422, words="istana\npalace")
    assert wrong_fields(page) == ["words"]
    assert known(siti.app)[1] == ("istana", "rumah")


def test_of_two_at_one_group_the_later_sees_both_versions(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    add(ani)
    mine, theirs = ani.visit(ONE), budi.visit(ONE)
    budi.submit(theirs, words="palace\nmahligai", note="From Budi.")
    before = contents(ani.app)
    page = ani.submit(mine, status=409, words="palace\nastana", note="From Ani.")
    assert contents(ani.app) == before
    shown = words_of(page.one("section", data_check="theirs"))
    assert all(said in shown for said in ("Budi", "palace", "mahligai", "From Budi."))
    assert (field(page, "words"), field(page, "note")) == ("palace\nastana", "From Ani.")
    ani.submit(page)
    assert known(ani.app) == (("palace", "astana"),)


def test_a_third_save_meanwhile_is_seen_too(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    add(ani)
    mine = ani.visit(ONE)
    for note in ("one", "two"):
        budi.submit(budi.visit(ONE), note=note)
        mine = ani.submit(mine, status=409, note="mine")
        assert note in words_of(mine.one("section", data_check="theirs"))
    ani.submit(mine)
    with ani.app.app_context():
        assert db.session.scalars(select(Synonym)).one().note == "mine"


def test_two_who_change_alike_have_no_conflict(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    add(ani)
    mine, theirs = ani.visit(ONE), budi.visit(ONE)
    budi.submit(theirs, note="x")
    assert ani.submit(mine, note="x").all("p", data_check="same")
    assert len(deeds(ani.app)) == 2


def test_a_changed_group_is_not_removed_unseen(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    add(ani)
    asked = ani.visit(REMOVE)
    budi.submit(budi.visit(ONE), words="palace\nmahligai")
    page = ani.submit(asked, status=409)
    assert "mahligai" in page.text
    assert len(known(ani.app)) == 1
    ani.submit(page)
    assert known(ani.app) == ()


def test_what_was_typed_for_a_removed_group_becomes_a_new_one(sign_in: SignIn) -> None:
    ani, budi = sign_in("Ani"), sign_in("Budi")
    add(ani)
    mine, asked = ani.visit(ONE), ani.visit(REMOVE)
    budi.submit(budi.visit(REMOVE))
    page = ani.submit(mine, status=409, words="palace\nastana", note="Mine.")
    assert (field(page, "words"), field(page, "note")) == ("palace\nastana", "Mine.")
    ani.submit(page)
    assert known(ani.app) == (("palace", "astana"),)
    assert ani.submit(asked).all("p", data_check="group_removed")
    assert known(ani.app) == (("palace", "astana"),)
    ani.visit(ONE, 404)
    ani.visit(REMOVE, 404)


def test_the_number_of_a_removed_group_never_comes_back(sign_in: SignIn) -> None:
    """An old form of the removed group would else save into the new one."""
    siti = sign_in()
    add(siti)
    siti.submit(siti.visit(REMOVE))
    add(siti, "tugu\nmonument")
    with siti.app.app_context():
        assert db.session.scalars(select(Synonym.id)).one() == 2


@pytest.mark.parametrize("base", ["", "0", "2", "-1", "x", "9" * 30, "²"])
def test_a_version_that_never_was_is_refused(sign_in: SignIn, base: str) -> None:
    siti = sign_in()
    add(siti)
    before = contents(siti.app)
    for path in (ONE, REMOVE):
        assert siti.post(path, {"base": base, "words": "a b\nc d", "note": ""}).status_code == 400
    assert contents(siti.app) == before


@pytest.mark.parametrize("number", ["2", "0", "9" * 10, "9" * 30, "x"])
def test_a_group_that_never_was_is_404(sign_in: SignIn, number: str) -> None:
    siti = sign_in()
    add(siti)
    siti.visit(f"{SYNONYMS}/{number}", 404)
    siti.visit(f"{SYNONYMS}/{number}/remove", 404)


@pytest.mark.parametrize("address", [SYNONYMS, ONE])
def test_typed_words_survive_an_ended_sign_in_and_are_saved_once(sign_in: SignIn, address: str) -> None:
    siti = sign_in()
    add(siti, "tugu\nmonument")
    page = siti.visit(address)
    siti.http.delete_cookie("pesona")
    asked = siti.submit(page, status=401, words="pillar\ntiang <b>", note="Mine.")
    form: Any = siti.submit(asked, status=200, email="siti@example.go.id", password=PASSWORD)
    assert form.path == SIGN_IN
    assert (field(form, "words"), field(form, "note")) == ("pillar\ntiang <b>", "Mine.")
    assert len(deeds(siti.app)) == 1
    siti.submit(form, words="pillar\ntiang")
    assert ("pillar", "tiang") in known(siti.app)
    assert len(deeds(siti.app)) == 2


def test_a_contributor_reaches_no_list_and_sees_no_link(sign_in: SignIn) -> None:
    siti, rini = sign_in(), sign_in("Rini", role="contributor")
    add(siti)
    assert SYNONYMS in siti.visit("/admin").links()
    assert SYNONYMS not in rini.visit("/admin").links()
    for path in (SYNONYMS, ONE, REMOVE):
        rini.visit(path, 403)
        rini.audit(path, rini.post(path, {"base": "1", "words": "a b\nc d", "note": ""}), 403)
    assert known(rini.app) == (("palace", "istana", "keraton"),)


def test_words_are_printed_and_never_read_as_markup(sign_in: SignIn) -> None:
    siti = sign_in()
    page = add(siti, note="<b>bold</b>")
    assert "<b>bold</b>" in page.text
    assert "<b>bold</b>" in siti.visit(REMOVE).text


def test_what_was_searched_for_in_vain_is_shown_until_a_group_has_it(sign_in: SignIn) -> None:
    siti = sign_in()
    miss_often(siti.app, "Tugu Api!", "id", 6)
    miss_often(siti.app, "seldom", "en", 4)
    page = siti.visit(SYNONYMS)
    (line,) = listed(page, "missed")
    assert line.startswith("tugu api Indonesian, 6 times, 24 November 2026")
    assert "seldom" not in page.answer.text
    (link,) = [href for href in page.links() if "?words=" in href]
    form = siti.visit(link.split("#")[0])
    assert field(form, "words") == "tugu api"
    page = siti.submit(form, words="Tugu-Api\nmonument")
    assert listed(page, "missed") == []
    siti.submit(siti.visit(REMOVE))
    assert len(listed(siti.visit(SYNONYMS), "missed")) == 1


def test_a_site_of_the_first_release_gets_its_lists_and_keeps_its_content(app: Flask) -> None:
    with app.app_context():
        go_back_to_first_release()
        db.session.remove()
    assert app.test_cli_runner().invoke(args=["content", "check"]).exit_code == 1
    for command in (["init"], ["content", "check"], ["index", "check"]):
        done = app.test_cli_runner().invoke(args=command)
        assert done.exit_code == 0, done.output
    assert known(app) == ()


def test_the_groups_that_come_with_the_site_are_shown_and_no_link_changes_them(sign_in: SignIn) -> None:
    page = sign_in().visit(SYNONYMS)
    box = next(e for e in page.one("main").iter("details") if e.get("data-check") == "shipped")
    shown = {frozenset(words_of(li).split(", ")) for li in box.iter("li")}
    assert any({"palace", "istana"} <= group for group in shown)
    assert any({"jembatan", "bridge"} <= group for group in shown)
    assert not list(box.iter("a"))
