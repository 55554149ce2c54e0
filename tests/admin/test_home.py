"""Home: each row with its known count, its most urgent item, the way to mend it; search; what it costs."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask

from pesona import clock as site_clock
from pesona.db import begin_writing, db
from pesona.editing import care, items, publish, schema
from pesona.editing.log import Actor
from pesona.models.holiday import Holiday
from pesona.models.item import PARTS, Item
from pesona.queries.items import published_by_codes
from pesona.queries.review import due_on, is_due
from tests.admin.desk import SYNONYMS, cares, check, has
from tests.admin.test_scratch import send
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import PASSWORD, SiteClock, close_site, make_site
from tests.factories import publish_destinations
from tests.notices import publish_notice
from tests.pictures import GOOD_WORDS, PHOTOS, jpeg, upload
from tests.test_counts import miss_often

SignIn = Callable[..., SelfCheckingClient]
ACTOR = Actor(command="test")
HOME = "/admin"
WORDS = {"summary": "A pond with dragonflies.", "body": "Water and dragonflies."}
PLACE = {"category": "nature", "district": "14.08.01", "latitude": 0.8, "longitude": 102.0, "coord_precision_m": 100}
EVENT = {"category": "culture", "district": "14.08.01", "sources": [{"key": "uji", "publisher": "Uji"}]}


@pytest.fixture
def home(tmp_path: Any) -> Any:
    """A home folder without the Siak content: every count is known."""
    home = tmp_path / "home"
    app = make_site(home)
    with app.app_context():
        schema.init()
    close_site(app)
    return home


def make(app: Flask, code: str, live: tuple[str, ...] = PARTS, of: str = "destination", **facts: Any) -> str:
    """Make an item, publish its parts *live*, and return its address at the desk."""
    facts = {**(PLACE if of == "destination" else EVENT), **facts}
    if "occurrences" in facts:
        facts["occurrences"] = [{"end": row["start"], "source": "uji", **row} for row in facts["occurrences"]]
    name = code.replace("-", " ").title()
    words = {lo: {**WORDS, "name": f"{name} {lo}", "slug": f"{code}-{lo}"} for lo in ("id", "en")}
    with app.app_context():
        begin_writing()
        item = items.create(of, code, {"facts": facts, "words": words}, ACTOR)
        if live:
            publish.publish(item, item.head, live, ACTOR)
        db.session.commit()
    return f"/admin/{of}s/{code}"


def rows(client: SelfCheckingClient) -> dict[str, int]:
    return {what: count for what, (count, _, _) in cares(client.visit(HOME)).items()}


def follow(client: SelfCheckingClient, what: str, count: int, name: str) -> Page:
    """Expect *count* and *name* in a row of Home, and in the list behind it; return the page its button opens."""
    home = client.visit(HOME)
    shown, first, address = cares(home)[what]
    assert (shown, first) == (count, name)
    [row] = [li for li in home.all("li") if li.get("data-check") == f"care-{what}"]
    listed = client.visit(next(row.iter("a")).get("href", ""))
    assert words_of(listed.one("main")).count(name) >= 1
    if "/care/" in listed.path:
        lines = [e for ul in listed.all("ul") if ul.get("data-check") == "lines" for e in ul.iter("li")]
        assert len(lines) == count
        assert address in [a.get("href") for a in lines[0].iter("a")]
    page = client.visit(address)
    assert name in words_of(page.one("main")) or name in page.answer.text
    return page


def test_e_64_an_empty_site_says_all_in_order(sign_in: SignIn) -> None:
    home = sign_in().visit(HOME)
    check(home, "all-in-order")
    assert cares(home) == {}


def test_e_64_what_is_in_order_has_no_row(sign_in: SignIn) -> None:
    siti = sign_in()
    for code in ("kolam", "danau"):
        make(siti.app, code)
    make(siti.app, "pesta", of="event", occurrences=[{"start": "2026-12-01", "end": "2026-12-02"}])
    assert rows(siti) == {}


def test_e_64_a_failed_publication(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    for code in ("kolam", "danau"):
        item = make(siti.app, code)
        siti.submit(siti.visit(f"{item}/words/en"), slug="taken")
        asked = siti.submit(siti.visit(f"{item}/publish"), status=200, press="schedule", day="2026-11-26", time="08:00")
        siti.submit(asked)
        clock.move(minutes=1)
    make(siti.app, "other", live=())
    with siti.app.app_context():
        begin_writing()
        item = items.find("destination", "other", lock=True)
        assert item
        items.save(item, 1, {"en": {"slug": "taken"}}, ACTOR)
        publish.publish(item, 2, PARTS, ACTOR)
        db.session.commit()
    clock.move(days=3)
    siti.sign_in("siti@example.go.id", PASSWORD)
    siti.get("/en/")
    siti.submit(follow(siti, "troubled", 2, "Kolam en"), press="cancel")
    assert cares(siti.visit(HOME))["troubled"][:2] == (1, "Danau en")


def test_e_64_reviews_that_wait_and_changes_wanted(sign_in: SignIn, clock: SiteClock) -> None:
    """E-19: what an editor wants shows on the Home of who asked, and there alone."""
    siti, rini, budi = sign_in(), sign_in("Rini", role="contributor"), sign_in("Budi", role="contributor")
    for code in ("kolam", "danau"):
        rini.submit(rini.visit("/admin/destinations/new"), name__en=code.title(), category="nature")
        rini.submit(rini.visit(f"/admin/destinations/{code}/review"), note=f"Please look at {code}.")
        clock.move(minutes=1)
    page = follow(siti, "waiting", 2, "Kolam")
    assert "Please look at kolam." in siti.visit(HOME).text
    assert page.path == "/admin/destinations/kolam/publish"
    assert "waiting" not in rows(rini)
    siti.submit(page, press="changes", note="Say whose pond it is.")
    assert rows(siti)["waiting"] == 1
    assert "Say whose pond it is." in check(rini.visit(HOME), "care-wanted")
    assert "wanted" not in rows(siti)
    assert "wanted" not in rows(budi)
    page = follow(rini, "wanted", 1, "Kolam")
    rini.submit(rini.visit(f"{page.path}/review"))
    assert "wanted" not in rows(rini)
    assert rows(siti)["waiting"] == 2


def test_e_64_text_of_mine_that_is_not_saved(sign_in: SignIn, clock: SiteClock) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    kolam, danau = make(siti.app, "kolam"), make(siti.app, "danau")
    send(siti, siti.visit(f"{kolam}/words/en"), summary="Typed.")
    clock.move(minutes=1)
    send(siti, siti.visit(f"{danau}/facts"), architect="Typed.")
    clock.move(minutes=1)
    send(siti, siti.visit("/admin/events/new"), name__en="Typed.")
    assert "typed" not in rows(budi)
    for count, name in ((3, "New event"), (2, "Danau en"), (1, "Kolam en")):
        siti.submit(follow(siti, "typed", count, name), "/admin/scratch", press="drop")
    assert "typed" not in rows(siti)


def test_kept_text_that_says_nothing_new_is_gone_once_its_form_was_opened(sign_in: SignIn) -> None:
    siti = sign_in()
    words = f"{make(siti.app, 'kolam')}/words/en"
    send(siti, siti.visit(words), summary=WORDS["summary"])
    send(siti, siti.visit("/admin/pages/new"))
    assert rows(siti) == {"typed": 2}
    siti.visit(words)
    assert rows(siti) == {"typed": 1}
    siti.visit("/admin/pages/new")
    assert rows(siti) == {}


TWO = [{"key": "uji", "publisher": "Uji"}, {"key": "lain", "publisher": "Lain"}]


def price(amount: int, as_of: str = "", **more: str) -> dict[str, Any]:
    return {"amount_idr": amount, "as_of": as_of, "source": "lain" if amount == 7000 else "uji", **more}


def hours(*reports: tuple[str, str]) -> list[dict[str, str]]:
    return [{"rule": rule, "as_of": as_of, "source": "uji"} for rule, as_of in reports]


def test_e_64_sources_that_differ(sign_in: SignIn, clock: SiteClock) -> None:
    """C3: two that cannot both be true make the row; what follows in time, or is about something else, does not."""
    siti, uji = sign_in(), {"sources": TWO, "checked_on": "2026-11-01"}
    early, late = "Mo-Su 08:00-16:00", "Mo-Su 09:00-17:00"
    kolam = make(siti.app, "kolam", **uji, prices=[price(5000), price(7000)])
    clock.move(minutes=1)
    make(siti.app, "danau", **uji, hours_reported=hours((early, "2025"), (late, "2024"), (late, "")))
    clock.move(minutes=1)
    make(siti.app, "telaga", **uji, hours_reported=hours((early, "2025"), (late, "2025"), (late, "2024")))
    make(siti.app, "hutan", **uji, hours_reported=hours((early, "2025"), (late, "2024"), (early, "")))
    make(siti.app, "sungai", **uji, prices=[price(5000, "2024"), price(7000, "2025"), price(9000)])
    make(siti.app, "bukit", **uji, prices=[price(5000), price(5000), price(2000, visitor="child")])
    make(siti.app, "pulau", **uji, prices=[price(5000), price(9000, note_id="Perahu", note_en="Boat")])
    make(siti.app, "muara", **uji, prices=[price(5000, valid_until="2026-12-31"), price(7000, valid_from="2027-01-01")])
    make(siti.app, "draft", live=(), **uji, prices=[price(5000), price(7000)])
    page = follow(siti, "differ", 3, "Kolam en")
    assert page.path == f"{kolam}/facts"
    siti.submit(page, prices__1__amount_idr="5000")
    assert rows(siti)["differ"] == 3, "readers still see both sums"
    siti.submit(siti.visit(f"{kolam}/publish"))
    assert cares(siti.visit(HOME))["differ"][:2] == (2, "Danau en")


def test_e_64_a_yearly_event_past_without_a_new_date(sign_in: SignIn) -> None:
    """The demo has 19: what happens each year and whose last known date is past; one that came but once is none."""
    siti = sign_in()
    past, coming = {"start": "2025-12-12", "end": "2025-12-13"}, {"start": "2026-12-12", "end": "2026-12-13"}
    pesta = make(siti.app, "pesta", of="event", usual_months=[12], occurrences=[past])
    make(siti.app, "maulid", of="event", moving_date="12 Rabiulawal", occurrences=[{"start": "2026-08-25"}])
    make(siti.app, "pawai", of="event", usual_months=[12], occurrences=[past, coming])
    make(
        siti.app, "hari-ini", of="event", usual_months=[11], occurrences=[{"start": "2026-11-20", "end": "2026-11-24"}]
    )
    make(siti.app, "sekali", of="event", occurrences=[past])
    make(siti.app, "tanpa", of="event", usual_months=[5])
    page = follow(siti, "date", 2, "Pesta en")
    assert page.path == f"{pesta}/dates"
    siti.submit(page, occurrences__0__start="2026-12-12", occurrences__0__end="2026-12-13")
    assert rows(siti)["date"] == 2, "readers still see the old date"
    siti.submit(siti.visit(f"{pesta}/publish"))
    assert cares(siti.visit(HOME))["date"][:2] == (1, "Maulid en")


def test_e_64_public_holidays_within_60_days_that_nobody_decided(sign_in: SignIn) -> None:
    siti = sign_in()
    with siti.app.app_context():
        begin_writing()
        for day in (date(2026, 12, 25), date(2027, 1, 1), date(2027, 1, 24)):
            named = {"name_id": "Libur", "name_en": "Holiday", "kind": "national", "status": "decreed"}
            db.session.add(Holiday(date=day, **named))
        db.session.commit()
    hours = {"hours_status": "has_hours", "hours_week": "Mo-Su 08:00-16:00", "hours_source": "uji",
             "sources": [{"key": "uji", "publisher": "Uji"}]}  # fmt: skip
    decided = [{"date": "2026-12-25", "times": "off"}, {"date": "2027-01-01", "times": "usual"}]
    make(siti.app, "biasa", **hours, hours_holidays="as_usual")
    make(siti.app, "tutup", **hours, hours_holidays="closed")
    make(siti.app, "putus", **hours, hours_holidays="one_by_one", hours_holiday_dates=decided)
    make(siti.app, "belum", hours_status="unknown")
    assert "undecided" not in rows(siti)
    make(siti.app, "separuh", **hours, hours_holidays="one_by_one", hours_holiday_dates=decided[:1])
    make(siti.app, "diam", **hours)
    page = follow(siti, "undecided", 2, "Diam en")
    assert page.path == "/admin/destinations/diam/hours"
    siti.submit(page, hours_holidays="as_usual")
    siti.submit(siti.visit("/admin/destinations/diam/publish"))
    page = follow(siti, "undecided", 1, "Separuh en")
    siti.submit(page, hours_holiday_dates__2027__01__01="9-12")
    siti.submit(siti.visit("/admin/destinations/separuh/publish"))
    assert "undecided" not in rows(siti)


def test_e_64_hours_or_prices_unchecked(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    for code, day in (("kolam", "2026-04-01"), ("danau", "2026-03-01"), ("sungai", "2026-11-01")):
        make(siti.app, code, hours_status="always_open", checked_on=day)
    make(siti.app, "hutan", checked_on="2026-01-01")
    siti.submit(follow(siti, "unchecked", 2, "Danau en"), "/admin/destinations/danau/still-true")
    assert cares(siti.visit(HOME))["unchecked"][:2] == (1, "Kolam en")
    rini = sign_in("Rini", role="contributor")
    assert "unchecked" not in rows(rini)
    rini.visit("/admin/care/unchecked", 403)


def test_the_count_of_what_is_unchecked_is_what_its_pages_say(app: Flask, clock: SiteClock) -> None:
    codes = []
    for number, day in enumerate(
        ("", "2026-02-28", "2026-08-29", "2026-08-30", "2026-08-31", "2026-09-01", "2026-11-24")
    ):
        codes.append(f"kolam-{number}")
        make(app, codes[-1], hours_status="always_open", checked_on=day)
    with app.app_context():
        site_clock.set_clock(clock)
        clock.moment = datetime(2026, 12, 1, 23, 59, tzinfo=site_clock.WIB)
        for _ in range(200):
            clock.move(days=1)
            due = {i.code for i in published_by_codes("destination", codes) if is_due(i, clock())}
            condition = due_on(site_clock.today())
            counted = db.session.scalars(db.select(Item.code).join(care.Destination).where(condition)).all()
            assert set(counted) == due, clock()
        assert len(due) == len(codes)


def test_e_64_translations_missing_and_changed(sign_in: SignIn) -> None:
    siti = sign_in()
    kolam, danau = make(siti.app, "kolam"), make(siti.app, "danau")
    siti.submit(siti.visit(f"{kolam}/words/id"), tips="Bawa payung.", getting_there="Jalan kaki.")
    siti.submit(siti.visit(f"{danau}/words/id"), tips="Bawa payung.")
    for item in (kolam, danau):
        siti.submit(siti.visit(f"{item}/publish"))
    page = follow(siti, "missing", 2, "Kolam en")
    assert page.path == f"{kolam}/words/en"
    siti.submit(page, tips="Bring an umbrella.", getting_there="On foot.")
    assert cares(siti.visit(HOME))["missing"][:2] == (1, "Danau en")
    siti.submit(siti.visit(f"{danau}/words/id"), summary="Ringkasan baru.")
    siti.submit(siti.visit(f"{danau}/publish"))
    siti.submit(follow(siti, "changed", 1, "Danau en"), press="correct:all")
    assert "changed" not in rows(siti)


def test_e_64_untouched_for_12_months(sign_in: SignIn, clock: SiteClock) -> None:
    app = sign_in().app
    kolam = make(app, "kolam")
    telaga = make(app, "telaga", live=())
    publish_notice(app, "sudah", start="2026-11-24", end="2026-11-25")
    clock.move(days=1)
    danau = make(app, "danau")
    publish_notice(app, "terus", start="2026-11-24", end="")
    clock.move(days=363)
    siti = sign_in("Sari")
    siti.submit(siti.visit(f"{telaga}/publish"))
    assert "untouched" not in rows(siti)
    clock.move(days=3)
    siti = sign_in("Budi")
    siti.submit(follow(siti, "untouched", 3, "Kolam en"), f"{kolam}/still-true")
    assert cares(siti.visit(HOME))["untouched"][:2] == (2, "Danau en")
    siti.submit(siti.visit(f"{danau}/facts"), architect="Somebody")
    assert cares(siti.visit(HOME))["untouched"][:2] == (1, "Haze over Siak")


def test_e_64_drafts_older_than_30_days(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    make(siti.app, "kolam", live=())
    danau = make(siti.app, "danau")
    siti.submit(siti.visit(f"{danau}/words/en"), summary="A summary that waits.")
    half = make(siti.app, "setengah", live=("facts", "id"))
    clock.move(days=29)
    siti = sign_in("Sari")
    assert "draft" not in rows(siti)
    clock.move(days=2)
    siti = sign_in("Budi")
    make(siti.app, "baru", live=())
    follow(siti, "draft", 3, "Kolam en")
    siti.submit(siti.visit("/admin/destinations/kolam/trash"))
    assert cares(siti.visit(HOME))["draft"][:2] == (2, "Danau en")
    siti.submit(siti.visit(f"{danau}/publish"))
    assert cares(siti.visit(HOME))["draft"][:2] == (1, "Setengah en")
    siti.submit(siti.visit(f"{half}/publish"))
    assert "draft" not in rows(siti)


def test_a_mark_that_is_behind_is_no_draft(sign_in: SignIn, clock: SiteClock) -> None:
    """Each publication moves the marks of its own parts; a withdrawn language is no draft either."""
    siti = sign_in()
    kolam, danau = make(siti.app, "kolam"), make(siti.app, "danau")
    siti.submit(siti.visit(kolam), f"{kolam}/still-true")
    siti.submit(siti.visit(f"{danau}/withdraw/en"), reason="A reason.")
    with siti.app.app_context():
        item = items.find("destination", "kolam")
        assert item
        assert (item.head, item.live_facts, item.live_id) == (2, 2, 1)
    assert not has(siti.visit(HOME), "drafts")
    siti.submit(siti.visit(f"{kolam}/words/en"), summary="A summary that waits.")
    assert "Kolam en" in check(siti.visit(HOME), "drafts")
    clock.move(days=31)
    assert rows(sign_in("Budi")) == {"draft": 1}


def test_e_64_places_without_a_good_point(sign_in: SignIn) -> None:
    siti = sign_in()
    nowhere: dict[str, Any] = dict.fromkeys(("latitude", "longitude", "coord_precision_m"))
    make(siti.app, "draft", live=(), **nowhere)
    make(siti.app, "kolam", coord_precision_m=5000)
    make(siti.app, "danau", **nowhere)
    make(siti.app, "sate", **nowhere, kind="culinary", category="culinary")
    for count, name in ((3, "Danau en"), (2, "Kolam en"), (1, "Draft en")):
        page = follow(siti, "point", count, name)
        siti.submit(page, page.path, latitude="0.8", longitude="102.0", coord_precision_m="50")
    assert "point" not in rows(siti)
    make(siti.app, "telaga", **nowhere)
    assert rows(siti) == {"point": 1}
    siti.submit(siti.visit("/admin/destinations/telaga/trash"))
    assert rows(siti) == {}


def test_e_64_searches_without_a_hit(sign_in: SignIn) -> None:
    siti = sign_in()
    for query, times in (("tugu api", 5), ("menara", 7), ("rumah", 4)):
        miss_often(siti.app, query, times=times)
    page = follow(siti, "missed", 2, "menara")
    assert page.path.startswith(f"{SYNONYMS}?words=menara")
    siti.submit(page, SYNONYMS, words="menara\ntower")
    assert cares(siti.visit(HOME))["missed"][:2] == (1, "tugu api")
    assert "missed" not in rows(sign_in("Rini", role="contributor"))


def test_e_64_photos_without_words(sign_in: SignIn) -> None:
    siti = sign_in()
    upload(siti, jpeg())
    upload(siti, jpeg(colour="gold"))
    page = follow(siti, "photo", 2, "Photo 1")
    siti.submit(page, f"{PHOTOS}/1", **{name.replace("-", "__"): text for name, text in GOOD_WORDS.items()})
    assert cares(siti.visit(HOME))["photo"][:2] == (1, "Photo 2")
    assert "photo" not in rows(sign_in("Rini", role="contributor"))


def test_the_rows_stand_in_the_order_of_their_urgency(sign_in: SignIn, clock: SiteClock) -> None:
    app = sign_in().app
    miss_often(app, "menara")
    make(app, "kolam", latitude=None, longitude=None, hours_status="always_open")
    make(app, "danau", live=())
    make(app, "pesta", of="event", usual_months=[12], occurrences=[{"start": "2025-12-12"}])
    clock.move(days=370)
    siti = sign_in("Budi")
    send(siti, siti.visit("/admin/events/new"), name__en="Typed.")
    siti.submit(siti.visit("/admin/events/pesta/words/id"), tips="Bawa payung.")
    miss_often(app, "menara")
    shown = list(rows(siti))
    assert shown == ["typed", "date", "unchecked", "missing", "untouched", "draft", "point", "missed"]
    assert shown == [row.what for row in care.ROWS if row.what in shown]


def test_e_64_home_asks_at_most_12_questions_whatever_waits(
    sign_in: SignIn, statements: list[str], clock: SiteClock
) -> None:
    siti = sign_in()

    def asked() -> int:
        siti.visit(HOME)
        statements.clear()
        siti.visit(HOME)
        return len([s for s in statements if "FROM content_version" not in s])  # asked again every 100 ms

    two_sums = {"sources": TWO, "prices": [price(5000), price(7000)]}
    few = asked()
    with siti.app.app_context():
        begin_writing()
        publish_destinations(60)
        db.session.commit()
    for number in range(5):
        item = make(siti.app, f"kolam-{number}", latitude=None, longitude=None, hours_status="always_open", **two_sums)
        siti.submit(siti.visit(f"{item}/words/id"), tips="Bawa payung.", summary="Ringkasan baru.")
        send(siti, siti.visit(f"{item}/words/en"), summary="Typed.")
        make(siti.app, f"draft-{number}", live=())
        make(siti.app, f"pesta-{number}", of="event", usual_months=[12], occurrences=[{"start": "2025-12-12"}])
        miss_often(siti.app, f"menara {'abcde'[number]}")
    clock.move(days=370)
    siti = sign_in("Budi")
    miss_often(siti.app, "tugu api")
    send(siti, siti.visit("/admin/pages/new"), name__en="Typed.")
    many = asked()
    assert len(rows(siti)) == 9
    assert few <= many <= 11, "the twelfth is the number of the content version"


def test_search_finds_items_of_all_kinds_by_name_or_code(sign_in: SignIn) -> None:
    siti = sign_in()
    kolam, pesta = make(siti.app, "kolam"), make(siti.app, "pesta-kolam", of="event")
    make(siti.app, "danau")
    publish_notice(siti.app, "asap")
    assert "q" in [e.get("name") for e in siti.visit(HOME).form("/admin").iter("input")]
    page = siti.visit(f"{HOME}?q=KOLAM")
    assert [a for a in page.links() if a in (kolam, pesta)] == [kolam, pesta]
    assert "/admin/destinations/danau" not in page.links()
    assert "/admin/notices/asap" in siti.visit(f"{HOME}?q=haze").links()
    assert check(siti.visit(f"{HOME}?q=zyxomma"), "total").startswith("0")


def test_the_list_of_a_row_has_pages(sign_in: SignIn) -> None:
    siti = sign_in()
    with siti.app.app_context():
        begin_writing()
        for number in range(120):
            facts = {"category": "nature"}
            items.create("destination", f"t-{number}", {"facts": facts, "words": {"id": {"name": "T"}}}, ACTOR)
        db.session.commit()
    assert rows(siti) == {"missing": 120, "point": 120}
    first, second = (siti.visit(f"/admin/care/missing{page}") for page in ("", "?page=2"))
    found = [a for page in (first, second) for a in page.links() if a.endswith("/words/en")]
    assert len(found) == len(set(found)) == 120
    siti.visit("/admin/care/missing?page=3", 404)
    siti.visit("/admin/care/nonsense", 404)
