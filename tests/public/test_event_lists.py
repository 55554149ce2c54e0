"""The lists of events by day and the calendar of a month, over generated events, in both languages."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from flask import Flask

from pesona import clock as site_clock
from pesona.db import begin_writing, db
from pesona.queries.agenda import Happening, agenda
from pesona.text import dates
from tests.client import Page, SelfCheckingClient, words_of
from tests.conftest import SiteClock, close_site, make_site
from tests.factories import publish_events

LISTS = {"id": "/id/acara", "en": "/en/events"}
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def full_app(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demo site with 150 events more, their dates in two years round today."""
    home = tmp_path_factory.mktemp("full") / "home"
    import_files(demo_home, home)
    app = make_site(home)
    with app.app_context():
        begin_writing()
        publish_events(150, TODAY - timedelta(days=365), 730)
        db.session.commit()
    yield app
    close_site(app)


def import_files(source: Path, target: Path) -> None:
    target.mkdir()
    for path in source.rglob("*"):
        copy = target / path.relative_to(source)
        copy.mkdir() if path.is_dir() else copy.write_bytes(path.read_bytes())


@pytest.fixture
def visitor(full_app: Flask) -> SelfCheckingClient:
    site_clock.set_clock(SiteClock())
    return SelfCheckingClient(full_app)


def everything(app: Flask) -> list[Happening]:
    with app.app_context():
        return list(agenda().everything)


def shown(page: Page, locale: str) -> list[tuple[str, str]]:
    """Return (name, days in words) of each date in the lists of *page*, in their order."""
    found = []
    for item in page.all("li"):
        kind = item.get("class", "").split(" ")[0]
        if kind == "happening" and any("datebox" in p.get("class", "") for p in item.iter("p")):
            facts = next(p for p in item.iter("p") if p.get("class") == "happening__facts")
            name = next(a for a in item.iter("a"))
            found.append((words_of(name), re.split(r", | · ", words_of(facts))[0]))
        elif kind == "agenda__date":
            found.append((words_of(next(item.iter("a"))), words_of(next(item.iter("time"))).split(", ")[-1]))
    return found


def expected(happening: Happening, locale: str) -> tuple[str, str]:
    return (happening.entry.cards[locale].name, dates.day_range(happening.start, happening.end, locale))


def walk(visitor: SelfCheckingClient, path: str, locale: str) -> list[tuple[str, str]]:
    """Return what all pages of the list at *path* show."""
    found, following = [], path
    while following:
        page = visitor.visit(following)
        found += shown(page, locale)
        following = next((a.get("href", "") for a in page.all("a", rel="next")), "")
    return found


def spans() -> list[tuple[date, date]]:
    random = Random(4)
    made = [(TODAY - timedelta(days=365), TODAY + timedelta(days=600))]
    for _ in range(7):
        first = TODAY + timedelta(days=random.randrange(-360, 360))
        made.append((first, first + timedelta(days=random.choice((0, 0, 3, 30)))))
    return made


@pytest.mark.parametrize("locale", ["id", "en"])
@pytest.mark.parametrize("span", spans(), ids=str)
def test_all_pages_of_a_range_are_what_brute_force_finds(
    visitor: SelfCheckingClient, locale: str, span: tuple[date, date]
) -> None:
    first, last = span
    asked = f"on={first}" if first == last else f"on={first}&on={last}"
    fitting = [expected(h, locale) for h in everything(visitor.app) if h.start <= last and h.end >= first]
    assert sorted(walk(visitor, f"{LISTS[locale]}?{asked}", locale)) == sorted(fitting)


@pytest.mark.parametrize("locale", ["id", "en"])
def test_coming_and_past_together_are_every_date_once(visitor: SelfCheckingClient, locale: str) -> None:
    coming = walk(visitor, LISTS[locale], locale)
    past = walk(visitor, f"{LISTS[locale]}?when=past", locale)
    assert sorted(coming + past) == sorted(expected(h, locale) for h in everything(visitor.app))


@pytest.mark.parametrize("when", ["today", "weekend", "month"])
def test_the_plain_links_list_their_days(visitor: SelfCheckingClient, when: str) -> None:
    first, last = {
        "today": (TODAY, TODAY),
        "weekend": (date(2026, 11, 28), date(2026, 11, 29)),
        "month": (TODAY, date(2026, 11, 30)),
    }[when]
    fitting = [expected(h, "en") for h in everything(visitor.app) if h.start <= last and h.end >= first]
    assert fitting
    assert sorted(walk(visitor, f"/en/events?when={when}", "en")) == sorted(fitting)


def test_a_count_beside_a_tab_or_a_choice_is_the_length_of_its_list(visitor: SelfCheckingClient) -> None:
    page = visitor.visit("/en/events?when=month")
    tabs = next(nav for nav in page.all("nav") if nav.get("aria-label") == "Which events")
    for item in tabs.iter("li"):
        link, count = next(item.iter("a")), next(item.iter("span"))
        assert len(walk(visitor, link.get("href", ""), "en")) == int(words_of(count))
    for name in ("category", "district"):
        for option in list(page.one("select", name=name).iter("option"))[:4]:
            count = int(words_of(option).rsplit("(", 1)[1].rstrip(")"))
            assert len(walk(visitor, f"/en/events?when=month&{name}={option.get('value')}", "en")) == count


def test_long_ones_and_called_off_ones_stand_in_groups_of_their_own(visitor: SelfCheckingClient) -> None:
    coming = [h for h in everything(visitor.app) if h.end >= TODAY]
    pages = [visitor.visit("/en/events"), visitor.visit("/en/events?page=2"), visitor.visit("/en/events?page=3")]
    page = pages[0]
    groups = {s.get("aria-labelledby"): s for s in page.all("section")}
    for name, fits in (
        ("long", lambda h: h.is_long and not h.occurrence.off),
        ("off", lambda h: h.occurrence.off),
    ):
        names = [words_of(a) for one in pages for s in one.all("section", aria_labelledby=name) for a in s.iter("a")]
        nearest = [h.entry.cards["en"].name for h in sorted(coming, key=lambda h: h.key(TODAY)) if fits(h)]
        assert names
        assert names == nearest[: len(names)]
    struck = [li for li in page.all("li") if "happening--off" in li.get("class", "")]
    assert not struck
    labels = {words_of(strong) for strong in groups["off"].iter("strong")}
    assert labels == {"Cancelled", "Postponed, no new date yet"}


def test_a_date_with_times_shows_them(visitor: SelfCheckingClient) -> None:
    assert any("7:30 pm WIB" in words_of(p) for p in visitor.visit("/en/events").all("p"))
    assert any("19.30 WIB" in words_of(p) for p in visitor.visit("/id/acara").all("p"))


@pytest.mark.parametrize(
    ("query", "wrong", "said"),
    [("on=2026-02-30", "on-1", {"en": "First day: “2026-02-30”", "id": "Hari pertama: “2026-02-30”"}),
     ("on=2026-12-01&on=2026-13-01", "on-2", {"en": "Last day: “2026-13-01”", "id": "Hari terakhir: “2026-13-01”"}),
     ("on=2026-12-20&on=2026-12-05", "on-2", {"en": "Last day: it comes before", "id": "Hari terakhir: lebih awal"}),
     ("on=2026-12-01&on=2026-12-02&on=2026-12-03", "on-1", {"en": "First day: this address names", "id": "Hari pertama:"}),
     ("on=" + "9" * 10_000, "on-1", {"en": "First day: “9999", "id": "Hari pertama: “9999"}),
     ("on=%00%ff", "on-1", {"en": "First day:", "id": "Hari pertama:"}),
     ("on=05/12/2026", "on-1", {"en": "First day: “05/12/2026”", "id": "Hari pertama: “05/12/2026”"}),
     ("on=%3Cscript%3E", "on-1", {"en": "First day: “<script>”", "id": "Hari pertama: “<script>”"})],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
@pytest.mark.parametrize("locale", ["id", "en"])
def test_impossible_days_are_answered_by_a_message_that_names_the_field(
    visitor: SelfCheckingClient, locale: str, query: str, wrong: str, said: dict[str, str]
) -> None:
    page = visitor.visit(f"{LISTS[locale]}?category=sport&{query}")
    [summary] = page.all("div", role="alert")
    link = next(summary.iter("a"))
    assert words_of(link).startswith(said[locale])
    assert link.get("href") == f"#{wrong}"
    [field] = page.all("input", id=wrong)
    [beside] = page.all("strong", id=field.get("aria-describedby"))
    assert words_of(beside) == words_of(link)
    [chosen] = [o for o in page.one("select", name="category").iter("option") if o.get("selected") is not None]
    assert chosen.get("value") == "sport"
    assert words_of(page.one("title")).startswith({"en": "Error: ", "id": "Galat: "}[locale])


def test_what_was_typed_stays_in_the_fields(visitor: SelfCheckingClient) -> None:
    page = visitor.visit("/en/events?on=2026-02-30&on=2026-12-05")
    typed = [(i.get("value"), i.get("type")) for i in page.all("input", name="on")]
    assert typed == [("2026-02-30", "text"), ("2026-12-05", "date")]
    good = visitor.visit("/en/events?on=2026-12-01&on=2026-12-05")
    assert [i.get("value") for i in good.all("input", name="on")] == ["2026-12-01", "2026-12-05"]


def test_empty_fields_ask_for_nothing_and_one_day_is_a_day(visitor: SelfCheckingClient) -> None:
    assert shown(visitor.visit("/en/events?on=&on=&category="), "en") == shown(visitor.visit("/en/events"), "en")
    one = shown(visitor.visit("/en/events?on=2026-12-05"), "en")
    assert shown(visitor.visit("/en/events?on=2026-12-05&on="), "en") == one
    assert shown(visitor.visit("/en/events?on=&on=2026-12-05"), "en") == one


def test_the_language_link_keeps_both_days(visitor: SelfCheckingClient) -> None:
    page = visitor.visit("/en/events?on=2026-12-01&on=2026-12-20&category=sport")
    assert page.one("a", hreflang="id").get("href") == "/id/acara?on=2026-12-01&on=2026-12-20&category=sport"
    assert "noindex" in page.one("meta", name="robots").get("content", "")
    assert page.one("link", rel="canonical").get("href", "").endswith("/en/events")


@pytest.mark.parametrize("locale", ["id", "en"])
@pytest.mark.parametrize("month", ["2026-03", "2026-11", "2026-12", "2027-02"])
def test_a_month_shows_its_dates_as_table_and_as_list(visitor: SelfCheckingClient, locale: str, month: str) -> None:
    asked = "" if month == "2026-11" else f"&month={month}"
    page = visitor.visit(f"{LISTS[locale]}?when=calendar{asked}")
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    fitting = [h for h in everything(visitor.app) if h.start <= last and h.end >= first]
    assert sorted(shown(page, locale)) == sorted(expected(h, locale) for h in fitting)
    table = page.one("table")
    assert words_of(next(table.iter("caption"))) == dates.month(first, locale)
    headers = list(table.iter("th"))
    assert [h.get("scope") for h in headers] == ["col"] * 7
    for cell in table.iter("td"):
        for link in (a for a in cell.iter("a") if a.get("class") == "calendar__number"):
            [time] = link.iter("time")
            day = date.fromisoformat(time.get("datetime", ""))
            on = [h for h in fitting if h.start <= day <= h.end]
            assert re.search(rf": {len(on)} ", words_of(link))
            assert link.get("href") == f"{LISTS[locale]}?on={day}"
            assert link.get("rel") == "nofollow"
    held = {d for h in fitting for d in (h.start + timedelta(n) for n in range((h.end - h.start).days + 1))}
    linked = {a.get("href", "")[-10:] for a in table.iter("a") if a.get("class") == "calendar__number"}
    assert linked == {d.isoformat() for d in held if first <= d <= last}


def test_months_come_to_an_end_on_both_sides(visitor: SelfCheckingClient) -> None:
    for rel in ("←", "→"):
        path, seen = "/en/events?when=calendar", set[str]()
        while path:
            assert path not in seen
            seen.add(path)
            page = visitor.visit(path)
            steps = [a for nav in page.all("nav") if nav.get("aria-label") == "Months" for a in nav.iter("a")]
            assert all(a.get("rel") == "nofollow" for a in steps)
            path = next((a.get("href", "") for a in steps if rel in words_of(a)), "")
        assert len(seen) > 10


@pytest.mark.parametrize(
    "month", ["1900-01", "2999-12", "2026-13", "2026-00", "abc", "2026-1", "9" * 10_000, "٢٠٢٦-١٢"]
)
def test_another_month_is_not_found(visitor: SelfCheckingClient, month: str) -> None:
    visitor.visit(f"/id/acara?when=calendar&month={quote(month)}", 404)


def test_a_month_without_dates_is_not_followed_and_offers_what_usually_comes(reader: SelfCheckingClient) -> None:
    page = reader.visit("/en/events?when=calendar&month=2027-03")
    assert page.one("meta", name="robots").get("content") == "noindex, nofollow"
    assert "What usually comes in March" in page.text


def test_a_list_turns_at_midnight_in_siak_and_not_before(app: Flask, clock: SiteClock) -> None:
    visitor = SelfCheckingClient(app)
    with app.app_context():
        begin_writing()
        publish_events(40, TODAY, 3)
        db.session.commit()
    before = visitor.visit("/en/events?when=today")
    clock.move(hours=13, minutes=59)
    assert visitor.visit("/en/events?when=today").answer.data == before.answer.data
    assert "24 November 2026" in before.text
    clock.move(minutes=1)
    after = visitor.visit("/en/events?when=today")
    assert "25 November 2026" in after.text
    tomorrow = TODAY + timedelta(days=1)
    fitting = [expected(h, "en") for h in everything(app) if h.start <= tomorrow <= h.end]
    assert sorted(shown(after, "en")) == sorted(fitting)
    assert sorted(shown(after, "en")) != sorted(shown(before, "en"))


def test_home_asks_the_same_question(visitor: SelfCheckingClient) -> None:
    home = shown(visitor.visit("/en/"), "en")
    first = shown(visitor.visit("/en/events"), "en")[:5]
    assert home[:5] == first


def test_lists_and_months_ask_the_database_nothing(app: Flask, statements: list[str]) -> None:
    visitor = SelfCheckingClient(app)
    for extra in (0, 30):
        if extra:
            with app.app_context():
                begin_writing()
                publish_events(extra, TODAY, 60)
                db.session.commit()
        visitor.get("/en/nothing-but-a-warm-catalogue")
        statements.clear()
        for path in (
            "/en/events",
            "/id/acara?when=past",
            "/en/events?when=calendar&month=2026-12",
            "/id/acara?on=2026-12-05",
        ):
            assert visitor.get(path).status_code == 200
        assert not [s for s in statements if "FROM content_version" not in s]
