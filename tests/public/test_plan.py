"""B8: a trip plan without account: it lives in its address, warns with reason and next chance, and is taken along."""

from urllib.parse import urlencode
from xml.etree.ElementTree import fromstring

import pytest
from flask import Flask
from icalendar import Calendar

from pesona.cache import PageCache
from tests.client import ORIGIN, Page, SelfCheckingClient, form_data, words_of
from tests.dated import publish_event, withdraw_event
from tests.notices import DAYUN, publish_notice
from tests.ponds import WEEK, publish_pond

PLANS = {"id": "/id/rencana", "en": "/en/plan"}
PALACE, MOSQUE, ZAMRUD = "istana-siak-sri-indrapura", "masjid-sultan-syahabuddin", "taman-nasional-zamrud"
ATOM = "{http://www.topografix.com/GPX/1/1}"


def press(client: SelfCheckingClient, page: Page, name: str, value: str, **fields: str) -> Page:
    """Press a button of the form of the plan; the page it leads to has an address of its own."""
    (form,) = (
        one for one in page.all("form") if one.get("class") == ("plan-find" if name in ("add", "find") else "plan-form")
    )
    data = [(key, fields.get(key.replace("-", "_"), given)) for key, given in form_data(form) if key != name]
    answer = client.get(f"{(form.get('action') or '').split('#')[0]}?{urlencode([*data, (name, value)])}")
    if answer.status_code == 200:
        return client.visit(answer.request.full_path)
    assert answer.status_code == 303
    return client.visit(answer.headers["Location"].split("#")[0])


def names(page: Page) -> list[str]:
    return [words_of(h3).split(" ", 1)[1] for h3 in page.all("h3", class_="stop__name")]


def check(page: Page, kind: str) -> str:
    return words_of(page.one("p", class_="stop__check", data_check=kind))


@pytest.mark.parametrize("locale", ["id", "en"])
def test_an_empty_plan_says_what_it_is_and_is_found(reader: SelfCheckingClient, locale: str) -> None:
    page = reader.visit(PLANS[locale])
    assert "noindex" not in page.one("meta", name="robots").get("content", "")
    assert f"{ORIGIN}{PLANS[locale]}" in reader.get("/sitemap.xml").text
    assert PLANS[locale] in reader.visit(f"/{locale}/").links()


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_address_alone_holds_the_plan(app: Flask, reader: SelfCheckingClient, locale: str) -> None:
    query = f"?start=2026-12-05&day={PALACE},{MOSQUE}&day={ZAMRUD}"
    page = reader.visit(PLANS[locale] + query)
    assert len(names(page)) == 3
    assert "noindex" in page.one("meta", name="robots").get("content", "")
    assert page.answer.headers["X-Robots-Tag"] == "noindex"
    other = "en" if locale == "id" else "id"
    assert page.one("a", class_="masthead__language").get("href") == PLANS[other] + query
    assert page.one("input", id="share").get("value") == ORIGIN + PLANS[locale] + query
    assert page.answer.headers["Cache-Control"] == "no-cache"


def test_a_plan_is_made_without_javascript(client: SelfCheckingClient) -> None:
    """From the page of a place: add, find by name, order, put on a day, take out; each a plain address."""
    place = client.visit("/en/destinations/siak-sri-indrapura-palace")
    page = client.visit(next(link for link in place.links() if link.startswith("/en/plan?")))
    assert names(page) == ["Siak Sri Indrapura Palace"]
    page = press(client, page, "find", "zamrud")
    assert names(page) == ["Siak Sri Indrapura Palace"], "looking for something loses nothing"
    page = press(client, page, "add", ZAMRUD)
    assert names(page) == ["Siak Sri Indrapura Palace", "Zamrud National Park"]
    page = press(client, page, "do", f"up.{ZAMRUD}")
    assert page.path == f"/en/plan?day={ZAMRUD},{PALACE}"
    form = next(one for one in page.all("form") if one.get("class") == "plan-form")
    data = [(k, "2." + v.partition(".")[2] if v.endswith(PALACE) else v) for k, v in form_data(form) if k != "start"]
    answer = client.get("/en/plan?" + urlencode([*data, ("start", "2026-12-05"), ("do", "")]))
    assert answer.headers["Location"] == f"/en/plan?start=2026-12-05&day={ZAMRUD}&day={PALACE}"
    page = client.visit(answer.headers["Location"])
    assert [words_of(h2) for h2 in page.all("h2", class_="itinerary__name")] == [
        "Day 1 Saturday, 5 December 2026", "Day 2 Sunday, 6 December 2026",
    ]  # fmt: skip
    page = press(client, page, "do", f"remove.{ZAMRUD}")
    assert page.path == f"/en/plan?start=2026-12-05&day=-&day={PALACE}"


def test_an_event_is_added_from_its_page(client: SelfCheckingClient) -> None:
    event = client.visit("/id/acara/tour-de-siak")
    (link,) = (link for link in event.links() if link.startswith("/id/rencana?"))
    assert link == "/id/rencana?day=event:tour-de-siak"
    assert len(names(client.visit(link))) == 1


def test_only_places_and_events_belong_into_a_plan(reader: SelfCheckingClient) -> None:
    cake = reader.visit("/en/destinations/bolu-kemojo-cake")
    assert not [link for link in cake.links() if link.startswith("/en/plan?")]
    page = reader.visit("/en/plan?day=bolu-kemojo")
    assert "not" in check(page, "gone").lower() or check(page, "gone")
    assert words_of(reader.visit("/en/plan?find=kemojo").one("li", data_check="none-found"))


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (
            "en",
            "Warning: Closed on this day Closed every Sunday Open next: Monday, 7 December 2026, 8:00 am–5:00 pm WIB",
        ),
        (
            "id",
            "Peringatan: Tutup pada hari ini Tutup setiap hari Minggu Buka lagi: Senin, 7 Desember 2026, 08.00–17.00 WIB",
        ),
    ],
)
def test_a_closed_day_is_flagged_with_reason_and_next_chance(
    app: Flask, client: SelfCheckingClient, locale: str, said: str
) -> None:
    publish_pond(app, **{**WEEK, "hours_week": "Mo-Sa 08:00-17:00"})
    page = client.visit(f"{PLANS[locale]}?start=2026-12-06&day=kolam")
    element = page.one("p", class_="stop__check")
    assert " ".join(words_of(piece) for piece in element) == said
    open_then = client.visit(f"{PLANS[locale]}?start=2026-12-05&day=kolam")
    assert open_then.one("p", class_="stop__check").get("data-check") == "open"


def test_dates_of_events_and_notices_are_checked(app: Flask, client: SelfCheckingClient) -> None:
    publish_event(app, "pawai", [{"start": "2026-12-06", "start_time": "09:00", "end_time": "12:00"}])
    publish_notice(
        app, kind="flood", scope="places", districts=[DAYUN], start="2026-12-01", end="2026-12-20",
        words={"id": {"name": "Banjir", "summary": "Air.", "body": ""}, "en": {"name": "Flood", "summary": "W.", "body": ""}},
    )  # fmt: skip
    page = client.visit(f"/en/plan?start=2026-12-06&day=event:pawai,{ZAMRUD}")
    assert check(page, "held") == "On this day, 9:00 am – 12:00 pm WIB"
    assert words_of(page.one("p", class_="concern concern--warning")) == "Warning: Flood"
    later = client.visit(f"/en/plan?start=2026-12-21&day=event:pawai,{ZAMRUD}")
    assert "Next date: Sunday, 6 December 2026" in check(later, "elsewhen")
    assert not later.all("p", class_="concern concern--warning")


def test_distances_are_straight_lines_and_absent_where_a_point_is_coarse(
    app: Flask, client: SelfCheckingClient
) -> None:
    publish_pond(app)
    publish_pond(app, "rawa", coord_precision_m=5000)
    publish_pond(app, "telaga", latitude=0.7)
    publish_pond(app, "danau", latitude=0.71)
    page = client.visit("/en/plan?day=kolam,telaga,rawa,danau")
    assert [words_of(p) for p in page.all("p", class_="stop__leg")] == ["11.1 km in a straight line"]
    assert "This day: at least 11.1 km in straight lines" in words_of(page.one("p", class_="itinerary__total"))
    assert "No distances" in words_of(client.visit("/en/plan?day=rawa,telaga").one("p", class_="itinerary__total"))
    ordered = client.get("/en/plan?on=1.kolam&on=1.telaga&on=1.rawa&on=1.danau&order=distance").headers["Location"]
    assert ordered == "/en/plan?day=kolam,danau,telaga,rawa"


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_map_of_a_plan_numbers_the_points_that_are_known(
    app: Flask, client: SelfCheckingClient, locale: str
) -> None:
    publish_pond(app)
    publish_pond(app, "rawa", coord_precision_m=5000)
    publish_pond(app, "telaga", latitude=0.5)
    publish_pond(app, "tasik", latitude=0.5001)
    publish_pond(app, "jauh", latitude=0.72, longitude=101.3)
    svg = "{http://www.w3.org/2000/svg}"

    def drawn(day: str) -> tuple[list[str], int]:
        tree = client.visit(f"{PLANS[locale]}?{day}").tree
        numbers = [words_of(t) for t in tree.iter(f"{svg}text") if t.get("class") == "route__number"]
        return numbers, sum(1 for one in tree.iter(f"{svg}path") if one.get("class") == "route__line")

    assert drawn("day=kolam,rawa,telaga,tasik") == (["1", "3, 4"], 1)
    assert drawn("day=kolam&day=jauh") == (["1", "2"], 0), "a line joins the stops of one day alone"
    assert drawn("day=rawa") == ([], 0)


def test_the_calendar_holds_each_stop_on_its_day(app: Flask, client: SelfCheckingClient) -> None:
    publish_pond(app, **{**WEEK, "hours_week": "Mo-Sa 08:00-17:00"})
    publish_event(app, "pawai", [{"start": "2026-12-06", "start_time": "09:00", "end_time": "12:00"}])
    page = client.visit("/en/plan?start=2026-12-06&day=kolam,event:pawai")
    (link,) = (link for link in page.links() if ".ics" in link)
    answer = client.get(link)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.data == client.get(link).data, "the same plan gives the same bytes"
    events = {str(one["SUMMARY"]): one for one in Calendar.from_ical(answer.data).walk("VEVENT")}
    assert str(events["Kolam en"]["DTSTART"].dt) == "2026-12-06"
    assert "Closed on this day" in str(events["Kolam en"]["DESCRIPTION"])
    assert events["Event pawai"]["DTSTART"].dt.isoformat() == "2026-12-06T09:00:00+07:00"
    undated = Calendar.from_ical(client.get("/en/plan.ics?day=kolam,event:pawai").data)
    assert [str(one["SUMMARY"]) for one in undated.walk("VEVENT")] == ["Event pawai"]


def test_the_track_holds_only_points_that_are_known(app: Flask, client: SelfCheckingClient) -> None:
    publish_pond(app, **WEEK)
    publish_pond(app, "rawa", **{**WEEK, "latitude": 0.9, "coord_precision_m": 5000})
    publish_pond(app, "telaga", **{**WEEK, "latitude": 0.7})
    page = client.visit("/en/plan?day=kolam,rawa,telaga")
    (link,) = (link for link in page.links() if ".gpx" in link)
    answer = client.get(link)
    assert answer.headers["Content-Type"] == "application/gpx+xml"
    root = fromstring(answer.data)
    assert [one.findtext(f"{ATOM}name") for one in root.iter(f"{ATOM}wpt")] == ["Kolam en", "Telaga en"]
    assert [one.get("lat") for one in root.iter(f"{ATOM}rtept")] == ["0.80000", "0.70000"]
    assert "straight" in (root.findtext(f"{ATOM}metadata/{ATOM}desc") or "")
    coarse = client.visit("/en/plan?day=rawa")
    assert not [link for link in coarse.links() if ".gpx" in link]


@pytest.mark.parametrize("locale", ["id", "en"])
@pytest.mark.parametrize(
    ("query", "check"),
    [
        (f"?day={PALACE},{PALACE}", "troubles"),
        ("?day=%3Cscript%3E,%00,%F0%9F", "troubles"),
        (f"?start=2026-02-30&day={PALACE}", "troubles"),
        (f"?start=9999-12-31&day={PALACE}", "troubles"),
        ("?day=no-such-place,event:nothing", "gone"),
        ("?" + "&".join(["day=a"] * 20), "troubles"),
    ],
)
def test_a_bad_address_is_answered_in_words(reader: SelfCheckingClient, locale: str, query: str, check: str) -> None:
    page = reader.visit(PLANS[locale] + query)
    assert [e for e in page.tree.iter() if e.get("data-check") == check]
    for ending in (".ics", ".gpx"):
        assert reader.get(PLANS[locale] + ending + query).status_code == 200


def test_five_hundred_stops_are_kept(reader: SelfCheckingClient) -> None:
    with reader.app.app_context():
        from pesona.queries.catalogue import catalogue

        live = [code for code, entry in catalogue().entries["destination"].items() if entry.subkind == "place"]
    codes = [*live, *(f"none-{n}" for n in range(500 - len(live)))]
    page = reader.visit(f"/id/rencana?start=2026-12-01&day={','.join(codes)}")
    assert len(names(page)) == 40
    kept = [e.get("value", "") for e in page.all("input", type="hidden", name="on")]
    assert [one.partition(".")[2] for one in kept] == codes[40:]
    location = press(reader, page, "do", f"remove.{codes[0]}").path
    assert location.partition("day=")[2].split(",") == codes[1:]


def test_what_was_withdrawn_stays_in_the_address_until_it_is_taken_out(app: Flask, client: SelfCheckingClient) -> None:
    publish_event(app, "pawai", [{"start": "2026-12-06"}])
    path = f"/en/plan?day=event:pawai,{PALACE}"
    assert names(client.visit(path)) == ["Event pawai", "Siak Sri Indrapura Palace"]
    withdraw_event(app, "pawai", "id", "en")
    page = client.visit(path)
    assert names(page)[0] == "pawai"
    assert press(client, page, "do", "remove.event:pawai").path == f"/en/plan?day={PALACE}"


def test_a_plan_is_never_kept_in_the_page_cache(app: Flask, client: SelfCheckingClient) -> None:
    cache = app.wsgi_app
    while not isinstance(cache, PageCache):
        cache = cache.app  # type: ignore[attr-defined]
    for path in (
        f"/en/plan?day={PALACE}",
        f"/en/plan.ics?day={PALACE}",
        f"/en/plan.gpx?day={PALACE}",
        "/en/plan?find=x",
    ):
        client.get(path)
    assert not [kept for kept in cache.pages if kept.startswith("/en/plan")]
    client.get("/en/plan")
    assert "/en/plan" in cache.pages


def test_a_plan_has_a_code_for_paper_unless_it_is_too_long(reader: SelfCheckingClient) -> None:
    assert len(reader.visit(f"/en/plan?day={PALACE}").all("figure", class_="plan-page__qr")) == 1
    long = ",".join(f"none-{n}" for n in range(200))
    assert not reader.visit(f"/en/plan?day={long}").all("figure", class_="plan-page__qr")


def test_a_filled_plan_costs_a_known_number_of_statements(client: SelfCheckingClient, statements: list[str]) -> None:
    client.get(f"/en/plan?day={PALACE}")
    statements.clear()
    client.get(f"/en/plan?start=2026-12-05&day={PALACE},{MOSQUE}")
    assert [s for s in statements if "FROM content_version" not in s] == []
    client.get(f"/en/plan?start=2026-12-05&day={PALACE},event:tour-de-siak,event:ghatib-beghanyut")
    assert len([s for s in statements if "FROM content_version" not in s]) <= 6


def test_what_can_be_a_stop_says_so_wherever_it_is_told(reader: SelfCheckingClient) -> None:
    """Search hits, the list beside the map, the agenda and cards carry what a heart needs; food and crafts do not."""
    for path, kinds in (
        ("/en/search?q=palace", ["hit"]),
        ("/id/peta", ["spot"]),
        ("/en/events?when=calendar&month=2024-12", ["agenda__date"]),
        ("/id/cari?q=tour+de+siak", ["hit"]),
        ("/en/destinations", ["card"]),
    ):
        page = reader.visit(path)
        boxes = [li for li in page.all("li") if (li.get("class") or "").split()[:1] == kinds and li.get("data-plan")]
        assert boxes, path
        for box in boxes:
            token = box.get("data-plan", "")
            plan = reader.visit(f"/en/plan?day={token}")
            assert len(names(plan)) == 1, token
            assert "gone" not in [p.get("data-check") for p in plan.all("p", class_="stop__check")], token
    (bolu,) = (li for li in reader.visit("/id/cari?q=bolu+kemojo").all("li", class_="hit")[:1])
    assert bolu.get("data-plan") is None
