"""The point of a place: pasted, tapped on the drawn map, nudged, saved as a draft."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import select

from pesona.admin.point_form import DIRECTIONS, UNREADABLE
from pesona.db import begin_writing, db
from pesona.editing import items, point
from pesona.editing.log import Actor
from pesona.geo.distance import distance_km
from pesona.geo.projection import Window
from pesona.models.account import LogEntry
from pesona.models.area import District, Village
from tests.admin.desk import ITEM, PALACE, POINT, cares, chain, field, newest, wrong_fields
from tests.client import Page, SelfCheckingClient, form_data, words_of
from tests.test_paste import REFUSED

SignIn = Callable[..., SelfCheckingClient]
POINTS = "/admin/points"
FAR = "0.2, 99.0"
TARGET = (0.98211, 102.06125)  # somewhere in Bunga Raya


def tap(client: SelfCheckingClient, page: Page, x: float, y: float, status: int = 200) -> Page:
    """Press the map of *page* at x, y, as a browser does for a picture that is a button."""
    form = page.form(POINT)
    data = [pair for pair in form_data(form) if pair[0] != "action"]
    return client.audit(POINT, client.post(POINT, [*data, ("map.x", str(x)), ("map.y", str(y))]), status)


def window(page: Page) -> Window:
    """Return the part of the world that the map of *page* shows, as its picture's address says."""
    asked = parse_qs(urlsplit(page.one("input", name="map").get("src", "")).query)
    latitude, longitude = map(float, asked["middle"][0].split(","))
    return Window(latitude, longitude, float(asked["km"][0]))


def at(page: Page) -> tuple[float, float]:
    return float(field(page, "latitude")), float(field(page, "longitude"))


def shown(page: Page, check: str) -> str:
    (found,) = [e for e in page.tree.iter() if e.get("data-check") == check]
    return words_of(found)


def has(page: Page, check: str) -> bool:
    return any(e.get("data-check") == check for e in page.tree.iter())


def facts(app: Flask) -> dict[str, Any]:
    found: dict[str, Any] = newest(app)["facts"]
    return found


def test_district_tap_and_nudge_lead_to_within_60_metres(sign_in: SignIn) -> None:
    """E-55: three taps and a few nudges; what was typed elsewhere stays."""
    siti = sign_in()
    with siti.app.app_context():
        code = db.session.scalars(select(District.code).where(District.name == "Bunga Raya")).one()
    page = siti.visit(POINT)
    page = siti.submit(page, POINT, 200, press="area", area=code, paste="half a line")
    widths = [window(page).width_km]
    for _ in range(3):
        x, y = window(page).units(TARGET)
        page = tap(siti, page, round(x), round(y))
        widths.append(window(page).width_km)
        assert field(page, "paste") == "half a line"
    assert widths[1:] == [5, 1, 1], widths
    for _ in range(10):
        north, east = (TARGET[n] - at(page)[n] for n in (0, 1))
        ways = [w for w, far in (("north", north), ("south", -north), ("east", east), ("west", -east)) if far > 0.0003]
        if not ways:
            break
        page = siti.submit(page, POINT, 200, press=f"{ways[0]}:50")
    assert distance_km(at(page), TARGET) * 1000 < 60
    assert len(chain(siti.app)) == 1, "nothing is saved before Save is pressed"
    assert int(field(page, "coord_precision_m")) <= 100
    siti.submit(page, POINT, paste="")
    assert distance_km((facts(siti.app)["latitude"], facts(siti.app)["longitude"]), TARGET) * 1000 < 60


def test_the_district_found_is_that_of_the_nearest_village_centre(sign_in: SignIn) -> None:
    """E-55."""
    siti = sign_in()
    with siti.app.app_context():
        villages = [
            (v.latitude, v.longitude, d)
            for v, d in db.session.execute(
                select(Village, District.name).join(District, District.code == Village.district_code)
            )
        ]
    page = siti.visit(POINT)
    for place in (TARGET, (0.5, 101.8), (1.1, 102.6), (0.79535, 102.0478)):
        page = siti.submit(page, POINT, 200, press="read", paste=f"{place[0]}, {place[1]}")
        expected = min(villages, key=lambda v: distance_km(place, (v[0], v[1])))[2]
        assert shown(page, "district").startswith(f"District found{expected}"), place
        assert at(page) == place


def test_a_nudge_moves_the_point_and_nothing_else(sign_in: SignIn) -> None:
    siti = sign_in()
    before = siti.visit(POINT)
    for direction, (north, east) in DIRECTIONS.items():
        for metres in (50, 250):
            press = f"{direction}:{metres}"
            after = siti.submit(before, POINT, 200, press=press, coord_precision_m="77", paste="x")
            assert distance_km(at(before), at(after)) * 1000 == pytest.approx(metres, abs=2)
            moved = [b - a for a, b in zip(at(before), at(after), strict=True)]
            assert moved[0] * north >= 0
            assert moved[1] * east >= 0
            assert (field(after, "coord_precision_m"), field(after, "paste")) == ("77", "x")


def test_enter_on_the_map_changes_nothing(sign_in: SignIn) -> None:
    """E-52: the corner 0,0 is what a keyboard sends."""
    siti = sign_in()
    page = siti.visit(POINT)
    same = tap(siti, page, 0, 0)
    assert (at(same), window(same)) == (at(page), window(page))
    tapped = tap(siti, page, 200, 120)
    expected = window(page).degrees(200, 120)
    assert at(tapped) == pytest.approx(expected, abs=1e-5)


def test_a_typed_precision_is_kept_by_taps_and_a_stored_one_is_not(sign_in: SignIn) -> None:
    siti = sign_in()
    page = siti.visit(POINT)
    typed = siti.submit(page, POINT, 200, press="zoom:out", coord_precision_m="444")
    assert field(tap(siti, typed, 100, 100), "coord_precision_m") == "444"
    first = tap(siti, page, 100, 100)
    assert field(first, "coord_precision_m") == "250"
    assert field(tap(siti, first, 100, 100), "coord_precision_m") == "50"


def test_a_pasted_point_is_saved_as_a_draft_with_one_log_row(sign_in: SignIn, client: SelfCheckingClient) -> None:
    """E-54, E-63: public pages stay as they are, the log has one row of the account."""
    siti = sign_in()
    public = client.get("/en/destinations/siak-sri-indrapura-palace").data
    before = logged(siti.app)
    page = siti.submit(siti.visit(POINT), POINT, paste="0°47'43.26\" LU 102°02'52.08\" BT", coord_precision_m="20")
    assert has(page, "saved")
    saved = facts(siti.app)
    assert (saved["latitude"], saved["longitude"], saved["coord_precision_m"]) == (0.79535, 102.0478, 20)
    rows = logged(siti.app)[len(before) :]
    assert [(row.deed, row.revision, row.account_id is not None) for row in rows] == [("save", 2, True)]
    assert client.get("/en/destinations/siak-sri-indrapura-palace").data == public


def logged(app: Flask) -> list[LogEntry]:
    with app.app_context():
        return list(db.session.scalars(select(LogEntry).order_by(LogEntry.id)))


def test_a_save_without_a_change_makes_no_revision(sign_in: SignIn) -> None:
    siti = sign_in()
    assert has(siti.submit(siti.visit(POINT), POINT), "same")
    assert len(chain(siti.app)) == 1


def test_a_point_can_be_taken_away(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(POINT), POINT, latitude="", longitude="", coord_precision_m="")
    assert facts(siti.app)["latitude"] is None
    page = siti.visit(POINT)
    assert not has(page, "district")
    assert at(tap(siti, page, 144, 144)) == pytest.approx(window(page).degrees(144, 144), abs=1e-5)


def test_a_new_point_without_a_precision_is_good_to_100_metres(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.submit(siti.visit(POINT), POINT, latitude="0,8", longitude="102,05", coord_precision_m="")
    assert facts(siti.app)["coord_precision_m"] == 100


@pytest.mark.parametrize("press", ["read", "save"])
def test_each_refused_line_has_its_own_words_and_stays_in_the_form(sign_in: SignIn, press: str) -> None:
    """E-54."""
    siti = sign_in()
    opened = siti.visit(POINT)
    for line, reason in REFUSED.items():
        if not line.strip() or len(line) > 99:
            continue
        page = siti.submit(opened, POINT, 422, press=press, paste=line, coord_precision_m="77")
        assert wrong_fields(page) == ["paste"], line
        assert words_of(page.one("p", id="paste-error")) == " ".join(UNREADABLE[reason].split())
        assert (field(page, "paste"), field(page, "coord_precision_m")) == (line, "77")
    assert len(chain(siti.app)) == 1
    assert len(set(UNREADABLE.values())) == len(UNREADABLE)


def test_a_swapped_pair_is_turned_round_and_said_before_it_is_saved(sign_in: SignIn) -> None:
    siti = sign_in()
    page = siti.submit(siti.visit(POINT), POINT, 422, paste="102.05, 0.81")
    assert wrong_fields(page) == ["paste"]
    assert at(page) == (0.81, 102.05)
    siti.submit(page, POINT, paste="")
    assert facts(siti.app)["latitude"] == 0.81


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"latitude": "north"}, ["latitude"]),
        ({"latitude": ""}, ["latitude"]),
        ({"longitude": ""}, ["longitude"]),
        ({"latitude": "95"}, ["latitude"]),
        ({"longitude": "1000"}, ["longitude"]),
        ({"coord_precision_m": "0"}, ["coord_precision_m"]),
        ({"coord_precision_m": "far"}, ["coord_precision_m"]),
        ({"paste": "1 " * 2000}, ["paste"]),
    ],
)
def test_what_cannot_be_stored_is_said_beside_its_field(
    sign_in: SignIn, typed: dict[str, str], wrong: list[str]
) -> None:
    siti = sign_in()
    page = siti.submit(siti.visit(POINT), POINT, 422, **typed)
    assert wrong_fields(page) == wrong
    assert all(field(page, name) == value.strip() or name == "paste" for name, value in typed.items())
    assert len(chain(siti.app)) == 1


def test_a_point_outside_needs_a_tick(sign_in: SignIn) -> None:
    """E-55: more than 20 km from every village centre; a point within it asks for nothing."""
    siti = sign_in()
    page = siti.submit(siti.visit(POINT), POINT, 200, press="read", paste=FAR)
    assert has(page, "outside")
    refused = siti.submit(page, POINT, 422, coord_precision_m="90")
    assert wrong_fields(refused) == ["outside"]
    assert (at(refused), field(refused, "coord_precision_m")) == ((0.2, 99.0), "90")
    assert len(chain(siti.app)) == 1
    siti.submit(refused, POINT, outside="yes")
    assert facts(siti.app)["longitude"] == 99.0
    assert not has(siti.submit(siti.visit(POINT), POINT, 200, press="read", paste="0.8, 102.05"), "outside")


def test_the_edge_of_the_regency_is_20_km_from_the_nearest_village_centre(app: Flask) -> None:
    with app.app_context():
        item = items.find("destination", PALACE)
        assert item
        village = db.session.scalars(select(Village).order_by(Village.longitude.desc())).first()
        assert village
        for km, outside in ((19.5, False), (20.5, True)):
            there = (village.latitude, village.longitude + km / 111.19)
            assert point.around(there, item, "en").outside is outside


def test_two_people_at_one_point_never_get_half_of_each(sign_in: SignIn) -> None:
    """A field-by-field merge would keep the latitude of one and the longitude of the other."""
    siti, budi = sign_in(), sign_in("Budi")
    page = siti.visit(POINT)
    before = at(page)
    budi.submit(budi.visit(POINT), POINT, latitude="0.81")
    asked = siti.submit(page, POINT, 409, longitude="102.06")
    assert "Budi" in shown(asked, "conflict")
    assert "0.81" in shown(asked, "theirs")
    assert at(asked) == (before[0], 102.06)
    siti.submit(asked, POINT)
    assert (facts(siti.app)["latitude"], facts(siti.app)["longitude"]) == (before[0], 102.06)
    assert len(chain(siti.app)) == 3


def test_a_point_and_another_field_of_somebody_else_are_both_kept(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("Budi")
    page = siti.visit(POINT)
    budi.submit(budi.visit(f"{ITEM}/facts"), architect="Somebody")
    assert has(siti.submit(page, POINT, latitude="0.81"), "merged")
    assert (facts(siti.app)["architect"], facts(siti.app)["latitude"]) == ("Somebody", 0.81)


def test_what_was_typed_comes_back_after_a_sign_in(sign_in: SignIn) -> None:
    siti = sign_in()
    page = siti.visit(POINT)
    siti.http.delete_cookie("pesona")
    asked = siti.submit(page, POINT, 401, latitude="0.81", paste="half a line")
    data = [*form_data(asked.form()), ("email", "siti@example.go.id"), ("password", "tepian sungai di waktu pagi")]
    back = siti.audit(
        POINT, siti.post("/admin/login", [p for p in data if p[1] or p[0] not in ("email", "password")]), 200
    )
    assert (field(back, "latitude"), field(back, "paste")) == ("0.81", "half a line")
    assert len(chain(siti.app)) == 1


def test_a_link_hands_a_point_over_to_look_at(sign_in: SignIn) -> None:
    siti = sign_in()
    page = siti.visit(f"{POINT}?paste=0.81,102.06")
    assert at(page) == (0.81, 102.06)
    siti.submit(page, POINT)
    assert facts(siti.app)["longitude"] == 102.06


def test_only_places_have_a_point(sign_in: SignIn) -> None:
    siti = sign_in()
    siti.visit("/admin/destinations/kue-kasidah/point", 404)
    assert "/admin/destinations/kue-kasidah/point" not in siti.visit("/admin/destinations/kue-kasidah").links()
    assert POINT in siti.visit(ITEM).links()


@pytest.mark.parametrize("action", ["nothing", "north:51", "up:50"])
def test_an_unknown_button_is_a_broken_request(sign_in: SignIn, action: str) -> None:
    siti = sign_in()
    data = [p for p in form_data(siti.visit(POINT).form(POINT)) if p[0] != "action"]
    siti.audit(POINT, siti.post(POINT, [*data, ("action", action)]), 400)


MAPS = (
    "",
    "?km=nan",
    "?km=9e9&middle=x",
    "?middle=0.8,102&km=1&at=0.8,102",
    "?middle=nan,nan&at=inf,1",
    "?middle=0.8,102&km=5",
)


@pytest.mark.parametrize("query", MAPS)
def test_the_map_is_drawn_whatever_is_asked(sign_in: SignIn, query: str) -> None:
    answer = sign_in().get(f"/admin/map.svg{query}")
    assert answer.content_type == "image/svg+xml; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    tree = ElementTree.fromstring(answer.data)
    assert tree.get("width") == "288"
    assert not {"nan", "inf"} & set(answer.text.lower().replace('"', " ").split())
    assert len(answer.data) < 60_000


def test_the_map_names_districts_far_off_and_villages_near_by(sign_in: SignIn) -> None:
    siti = sign_in()
    far, near = (siti.get(f"/admin/map.svg?middle=0.80016,102.05002&km={km}&at=0.8,102.05").text for km in (120, 5))
    assert "Bunga Raya" in far
    assert "Kampung Dalam" not in far
    assert "Kampung Dalam" in near
    assert far.count('fill="#7d1f2c"') == near.count('fill="#7d1f2c"')


def test_the_list_shows_each_place_without_a_good_point_and_home_counts_them(sign_in: SignIn) -> None:
    siti = sign_in()
    coarse = [address for address in siti.visit(POINTS).links() if address.endswith("/point")]
    with siti.app.app_context():
        assert len(coarse) == point.coarse_count() == len(point.coarse())
    assert POINT not in coarse
    siti.submit(siti.visit(POINT), POINT, coord_precision_m="1001")
    now = siti.visit(POINTS)
    assert {a for a in now.links() if a.endswith("/point")} - set(coarse) == {POINT}
    assert "1,001" in now.text
    home = siti.visit("/admin")
    assert cares(home)["point"][0] == len(coarse) + 1
    assert POINTS in home.links()
    siti.submit(siti.visit(POINT), POINT, coord_precision_m="1000")
    assert cares(siti.visit("/admin"))["point"][0] == len(coarse)


def test_the_count_of_places_is_what_the_drafts_say(app: Flask) -> None:
    with app.app_context():
        begin_writing()
        before = point.coarse_count()
        items.create("destination", "a", {"facts": {"category": "nature"}}, Actor(command="test"))
        items.create("destination", "b", {"facts": {"category": "culinary", "kind": "culinary"}}, Actor(command="test"))
        near = {"category": "nature", "latitude": 0.8, "longitude": 102.0}
        items.create("destination", "c", {"facts": near}, Actor(command="test"))
        assert point.coarse_count() == before + 1
        assert "c" in {row.Item.code for row in point.places()}
        db.session.rollback()
