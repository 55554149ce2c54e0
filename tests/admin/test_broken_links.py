"""Links that may be broken: found in published text, asked, counted by day, named on Home, mended or left alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from pesona import clock
from pesona.admin.link_care import PROBLEMS
from pesona.db import begin_writing, db
from pesona.editing import broken_links, items, link_uses, publish
from pesona.editing.log import Actor
from pesona.editing.reaching import problem_of
from pesona.models.link import LinkCheck, LinkUse
from tests.admin.desk import cares, check, deeds, has
from tests.admin.test_every_screen import LOCALES, foreign_phrases, read
from tests.admin.test_home import HOME, follow, home, make, rows  # noqa: F401 - one is the fixture of an empty site
from tests.client import SelfCheckingClient
from tests.conftest import SiteClock
from tests.notices import publish_notice
from tests.outside import Outside, outside
from tests.test_commands import run

SignIn = Callable[..., SelfCheckingClient]
LIST = "/admin/care/links"


@pytest.fixture
def web() -> Iterator[Outside]:
    with outside() as server:
        yield server


def ask(url: str) -> str:
    return problem_of(url, "test", may_reach=lambda _address: True)


def check_all(app: Flask) -> dict[str, str]:
    """Collect and ask everything, as the command does, with a web that is on this machine."""
    with app.app_context():
        broken_links.collect()
        return dict(broken_links.check(broken_links.all_urls(), ask))


def fail_for(app: Flask, clock: SiteClock, days: int) -> None:
    for _ in range(days):
        check_all(app)
        clock.move(days=1)


def source(url: str) -> dict[str, Any]:
    return {"sources": [{"key": "uji", "publisher": "Uji", "url": url}]}


def link(client: SelfCheckingClient, item: str, locale: str, url: str) -> None:
    """Write a link into the text of *item* and publish it."""
    client.submit(client.visit(f"{item}/words/{locale}"), body=f"Water [here]({url}) & there.")
    client.submit(client.visit(f"{item}/publish"))


def uses(app: Flask) -> set[tuple[str, str]]:
    with app.app_context():
        return {(use.place, use.url) for use in db.session.scalars(select(LinkUse))}


def fail(app: Flask, item: str, problem: str) -> None:
    """Let the source of *item* have failed for three days."""
    with app.app_context():
        found = items.find("destination", item.rpartition("/")[2])
        assert found
        url = db.session.scalars(select(LinkUse.url).where(LinkUse.item_id == found.id)).one()
        failed = {"failed_days": 3, "failed_since": clock.today(), "checked_at": clock.utc_now(), "problem": problem}
        db.session.add(LinkCheck(url=url, **failed))
        db.session.commit()


def row(app: Flask, url: str) -> LinkCheck:
    with app.app_context():
        return db.session.get_one(LinkCheck, url)


def test_publication_notes_the_outside_links_and_nothing_else(sign_in: SignIn) -> None:
    siti = sign_in()
    kolam = make(siti.app, "kolam", **source("https://a.example/source"))
    make(siti.app, "draft", live=(), **source("https://draft.example/"))
    siti.submit(
        siti.visit(f"{kolam}/words/id"),
        tips="[x](https://a.example/?a=1&b=2) [y](destination:kolam) [z](mailto:a@b.example)",
    )
    assert uses(siti.app) == {("facts", "https://a.example/source")}, "a draft is not public"
    siti.submit(siti.visit(f"{kolam}/publish"))
    both = {("facts", "https://a.example/source"), ("id", "https://a.example/?a=1&b=2")}
    assert uses(siti.app) == both
    with siti.app.app_context():
        begin_writing()
        link_uses.refresh_all()
        db.session.commit()
    assert uses(siti.app) == both
    siti.submit(siti.visit(f"{kolam}/withdraw/id"), reason="A reason.")
    assert uses(siti.app) == {("facts", "https://a.example/source")}
    siti.submit(siti.visit(f"{kolam}/trash"))
    assert uses(siti.app) == set()


def test_the_whole_of_the_content_is_collected_anew(app: Flask) -> None:
    publish_notice(app, "asap")
    make(app, "kolam", **source("https://a.example/"))
    make(app, "pesta", of="event", **source("https://b.example/"))
    with app.app_context():
        begin_writing()
        words = {"id": {"name": "Uji", "slug": "uji", "summary": "Uji.", "body": "<https://c.example/>"}}
        item = items.create("page", "uji", {"facts": {}, "words": words}, Actor(command="test"))
        publish.publish(item, 1, ("facts", "id"), Actor(command="test"))
        db.session.commit()
    noted = uses(app)
    assert {("facts", "https://a.example/"), ("facts", "https://b.example/"), ("id", "https://c.example/")} <= noted
    with app.app_context():
        begin_writing()
        for use in db.session.scalars(select(LinkUse)):
            db.session.delete(use)
        db.session.commit()
        broken_links.collect()
    assert uses(app) == noted


def test_e_64_links_that_may_be_broken(sign_in: SignIn, clock: SiteClock, web: Outside) -> None:
    """Two addresses that fail for three days, one of them in two places; a link that answers is none."""
    app = sign_in().app
    kolam = make(app, "kolam", **source(web.url("404")))
    make(app, "danau", **source(web.url("404")))
    make(app, "telaga", **source(web.url("200")))
    fail_for(app, clock, 1)
    siti = sign_in("Sari")
    link(siti, kolam, "en", web.url("500"))
    fail_for(app, clock, 1)
    siti = sign_in("Budi")
    assert "links" not in rows(siti)
    fail_for(app, clock, 1)
    siti = sign_in("Dewi")
    page = follow(siti, "links", 1, "Kolam en")
    assert page.path == f"{kolam}/facts"
    fail_for(app, clock, 1)
    siti = sign_in("Ema")
    assert "24 November" in check(siti.visit(HOME), "care-links")
    assert "(404)" in siti.visit(LIST).text
    page = follow(siti, "links", 2, "Kolam en")
    siti.submit(page, sources__0__url=web.url("200"))
    assert rows(siti)["links"] == 2, "readers still have the old link"
    siti.submit(siti.visit(f"{kolam}/publish"))
    assert cares(siti.visit(HOME))["links"][:2] == (2, "Danau en"), "it stands in another place still"
    siti.submit(siti.visit("/admin/destinations/danau/facts"), sources__0__url="")
    siti.submit(siti.visit("/admin/destinations/danau/publish"))
    page = follow(siti, "links", 1, "Kolam en")
    assert page.path == f"{kolam}/words/en"


def test_a_failure_counts_once_a_day_in_siak_and_an_answer_clears_it(
    app: Flask, clock: SiteClock, web: Outside
) -> None:
    url = web.url("page")
    make(app, "kolam", **source(url))
    web.broken.add("page")

    def ask_it() -> LinkCheck:
        with app.app_context():
            assert list(broken_links.check([url], ask))
        return row(app, url)

    assert [ask_it().failed_days for _ in range(2)] == [1, 1]
    clock.move(hours=13, minutes=59)  # 23.59
    assert ask_it().failed_days == 1
    clock.move(minutes=2)
    assert ask_it().failed_days == 2
    web.broken.clear()
    found = ask_it()
    assert (found.failed_days, found.failed_since, found.problem) == (0, None, "")
    web.broken.add("page")
    assert ask_it().failed_days == 1, "not three days in a row any more"


def test_a_site_without_a_way_out_blames_nobody(app: Flask, clock: SiteClock) -> None:
    make(app, "kolam", **source("https://a.example/"))
    url = "https://a.example/"
    for _ in range(5):
        with app.app_context():
            assert list(broken_links.check([url], lambda _url: "no_connection"))
        clock.move(days=1)
    assert row(app, url).failed_days == 0
    with app.app_context():
        assert list(broken_links.check([url, "https://b.example/"], lambda one: "" if "b." in one else "no_host"))
        assert list(broken_links.check([url], lambda _url: "no_host"))
    assert row(app, url).failed_days == 1


def test_what_is_due_is_new_or_failed_yesterday_or_old(app: Flask, clock: SiteClock) -> None:
    good, bad = "https://good.example/", "https://bad.example/"
    for code, url in (("kolam", good), ("danau", bad)):
        make(app, code, **source(url))

    def due() -> list[str]:
        with app.app_context():
            return broken_links.due_urls(10)

    assert due() == [bad, good]
    with app.app_context():
        assert broken_links.a_few(lambda url: "404" if url == bad else "") == 2
    assert due() == []
    clock.move(days=1)
    assert due() == [bad]
    clock.move(days=7)
    assert due() == [bad, good]


def test_a_few_are_asked_a_minute_whatever_waits(app: Flask, clock: SiteClock) -> None:
    for number in range(2 * broken_links.A_MINUTE):
        make(app, f"kolam-{number}", **source(f"https://{number}.example/"))
    with app.app_context():
        assert broken_links.a_few(lambda _url: "") == broken_links.A_MINUTE
        assert broken_links.a_few(lambda _url: "") == 0, "by another process in the same minute"
        clock.move(minutes=1, seconds=1)
        assert broken_links.a_few(lambda _url: "") == broken_links.A_MINUTE


def test_an_editor_ignores_an_address_for_90_days(sign_in: SignIn, clock: SiteClock, web: Outside) -> None:
    app = sign_in().app
    make(app, "kolam", **source(web.url("404")))
    fail_for(app, clock, 3)
    rini, siti = sign_in("Rini", role="contributor"), sign_in("Sari")
    assert rows(rini) == rows(siti) == {"links": 1}
    assert not has(rini.visit(LIST), "ignore")
    assert 'value="ignore"' not in rini.visit(LIST).answer.text
    rini.audit(LIST, rini.post(LIST, {"url": web.url("404")}), 403)
    assert rows(siti) == {"links": 1}
    done = siti.submit(siti.visit(LIST), press="ignore")
    assert has(done, "link_ignored")
    assert rows(siti) == {}
    assert [(e.deed, e.sentence) for e in deeds(app)][-1] == ("ignore_link", web.url("404"))
    assert web.url("404") in siti.visit("/admin/log").text
    assert has(siti.visit(siti.post(LIST, {"url": "https://unknown.example/"}).headers["Location"]), "same")
    assert check_all(app) == {}, "nor is it asked meanwhile"
    clock.move(days=89)
    assert rows(sign_in("Budi")) == {}
    clock.move(days=2)
    assert rows(sign_in("Dewi"))["links"] == 1


def test_the_command_asks_all_and_says_what_it_found(app: Flask, clock: SiteClock) -> None:
    """The addresses are of this machine, so the real guard refuses them and nothing is sent anywhere."""
    assert run(app, "content links").output.startswith("Of 0 outside addresses 0 failed today; 0 ")
    make(app, "kolam", **source("http://127.0.0.1:1/a"))
    make(app, "danau", **source("http://localhost:1/b"))
    for days, broken in ((0, 0), (1, 0), (1, 2)):
        clock.move(days=days)
        done = run(app, "content links")
        assert done.exit_code == 0
        assert done.output == (
            f"Of 2 outside addresses 2 failed today; {broken} failed on 3 days or more and stand on Home of the desk.\n"
        )
    assert row(app, "http://localhost:1/b").problem == "private"


@LOCALES
def test_the_list_passes_the_audit_whatever_is_wrong(sign_in: SignIn, locale: str) -> None:
    siti, wrong = sign_in(locale=locale), [*PROBLEMS, "503"]
    for number, problem in enumerate(wrong):
        fail(siti.app, make(siti.app, f"kolam-{number}", **source(f"https://{problem}.example/")), problem)
    answers = [siti.visit(HOME), siti.visit(LIST)]
    assert check(answers[1], "total").startswith(str(len(wrong)))
    siti.post(LIST, {"url": f"https://{wrong[0]}.example/"})
    answers += [siti.visit(f"{LIST}?done={done}") for done in ("link_ignored", "same")]
    assert check(answers[-1], "total").startswith(str(len(wrong) - 1))
    answers.append(siti.visit("/admin/log"))
    for answer in answers:
        read(answer, locale, foreign_phrases(locale))


def test_addresses_that_left_the_text_are_forgotten(app: Flask, web: Outside) -> None:
    make(app, "kolam", **source(web.url("404")))
    check_all(app)
    with app.app_context():
        begin_writing()
        item = items.find("destination", "kolam", lock=True)
        assert item
        items.save(item, 1, {"facts": {"sources": [{"key": "uji", "publisher": "Uji"}]}}, Actor(command="test"))
        publish.publish(item, 2, ("facts",), Actor(command="test"))
        db.session.commit()
    assert check_all(app) == {}
    with app.app_context():
        assert not db.session.scalars(select(LinkCheck)).all()
