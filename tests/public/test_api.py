"""The API: filters, distances, changes with tombstones, errors, and who may read it."""

import csv
import io
import json

import pytest
from flask import Flask

from pesona.db import begin_writing, db
from pesona.editing import trash
from pesona.editing.log import Actor
from pesona.models.item import Item
from tests.client import ORIGIN, SelfCheckingClient

PALACE = "istana-siak-sri-indrapura"
LIST = "/api/v1/destinations?limit=200"


def results(reader: SelfCheckingClient, more: str = "") -> list[dict]:
    answer = reader.get(LIST + more)
    assert answer.status_code == 200, answer.text
    assert answer.json["licence"]["name"] == "CC BY 4.0"
    return answer.json["results"]


def test_filters_leave_what_fits_and_nothing_else(reader: SelfCheckingClient) -> None:
    everything = results(reader)
    for name, value in (("category", "history"), ("kind", "culinary"), ("district", "14.08.01")):
        of = {one["code"] for one in everything if _value(one, name) == value}
        assert of, name
        assert {one["code"] for one in results(reader, f"&{name}={value}")} == of


def _value(one: dict, name: str) -> str:
    return (one["district"] or {}).get("code", "") if name == "district" else one[name]


def exact(one: dict) -> bool:
    return one["point"] is not None and one["point"]["precision_m"] <= 1000


def test_near_and_box_tell_only_of_exact_points(reader: SelfCheckingClient) -> None:
    everything = results(reader)
    near = results(reader, "&near=0.80016,102.05002")
    assert {one["code"] for one in near} == {one["code"] for one in everything if exact(one)} != set()
    assert [one["distance_km"] for one in near] == sorted(one["distance_km"] for one in near)
    box = {one["code"] for one in results(reader, "&bbox=102,0.7,102.1,0.9")}
    inside = [one for one in near if 102 <= one["point"]["longitude"] <= 102.1]
    assert box == {one["code"] for one in inside if 0.7 <= one["point"]["latitude"] <= 0.9} != set()


def test_changes_from_the_beginning_are_the_whole_content(reader: SelfCheckingClient) -> None:
    replayed = results(reader, "&updated_after=2000-01-01T00:00:00Z")
    assert [(one["time"], one["code"]) for one in replayed] == sorted((one["time"], one["code"]) for one in replayed)
    bare = {one["code"]: {k: v for k, v in one.items() if k != "time"} for one in replayed}
    assert bare == {one["code"]: one for one in results(reader)}


def test_what_leaves_the_site_is_told_as_code_and_time_alone(app: Flask, client: SelfCheckingClient, clock) -> None:
    before = clock.moment.isoformat()
    clock.move(hours=1)
    with app.app_context():
        begin_writing()
        item = db.session.query(Item).filter_by(kind="destination", code=PALACE).one()
        trash.remove(item, item.head, Actor(command="test"))
        db.session.commit()
    [gone] = results(client, f"&updated_after={before}")
    assert gone == {"code": PALACE, "time": gone["time"]}
    assert PALACE not in {one["code"] for one in results(client)}
    assert client.get(f"/api/v1/destinations/{PALACE}").status_code == 410


@pytest.mark.parametrize(
    "query", ["colour=red", "category=unknown", "bbox=1,2", "bbox=nan,0,1,1", "near=91,0", "near=x", "updated_after=soon",
              "updated_after=2026-01-01&category=history", "limit=201", "limit=1&limit=2"],
)  # fmt: skip
def test_what_is_not_understood_is_refused_by_name(reader: SelfCheckingClient, query: str) -> None:
    answer = reader.get(f"/api/v1/destinations?{query}")
    assert answer.status_code == answer.json["status"] == 400
    assert answer.content_type == "application/problem+json"
    assert query.split("=")[0] in answer.json["detail"]
    assert answer.json["title"] == "Bad Request", "in the language of the detail"


@pytest.mark.parametrize(
    "path", [f"destinations/{PALACE}", "destinations", "districts", "districts/14.08.01", "categories/history", "notices",
             "search?q=istana", "events.geojson"],
)  # fmt: skip
def test_every_answer_names_its_licence(reader: SelfCheckingClient, path: str) -> None:
    answer = reader.get(f"/api/v1/{path}")
    told = json.loads(answer.text)["licence"]
    assert answer.headers["Link"] == f'<{told["url"]}>; rel="license"'
    assert told["attribution"]


def test_a_table_names_its_licence_in_its_headers(reader: SelfCheckingClient) -> None:
    assert 'rel="license"' in reader.get("/api/v1/pages.csv").headers["Link"]
    assert "Link" not in reader.get("/api/v1/destinations?colour=red").headers


def test_other_sites_may_read_the_api_and_nothing_else(reader: SelfCheckingClient) -> None:
    allowed = "Access-Control-Allow-Origin"
    assert reader.get(LIST).headers[allowed] == reader.get("/api/v1/pages/nothing").headers[allowed] == "*"
    assert allowed not in reader.get("/en/destinations").headers


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_files_hold_the_list_and_points_where_they_are_exact(reader: SelfCheckingClient, locale: str) -> None:
    told = {one["code"]: one for one in results(reader)}
    at = {c: (round(o["point"]["longitude"], 5), round(o["point"]["latitude"], 5)) for c, o in told.items() if exact(o)}
    answer = reader.get(f"/api/v1/destinations.geojson?locale={locale}")
    assert answer.mimetype == "application/geo+json"
    features = {f["id"].removeprefix("destination-"): f for f in json.loads(answer.text)["features"]}
    assert features.keys() == told.keys()
    assert {c: tuple(f["geometry"]["coordinates"]) for c, f in features.items() if f["geometry"]} == at
    rows = {
        r["code"]: r for r in csv.DictReader(io.StringIO(reader.get(f"/api/v1/destinations.csv?locale={locale}").text))
    }
    assert rows.keys() == told.keys()
    assert {c: (float(r["longitude"]), float(r["latitude"])) for c, r in rows.items() if r["latitude"]} == at
    for code, one in told.items():
        if locale in one["translations"]:
            words = one["translations"][locale]
            assert rows[code]["url"] == features[code]["properties"]["url"] == words["url"]
            assert rows[code]["name"] == features[code]["properties"]["name"] == words["name"]


@pytest.mark.parametrize("plural", ["districts", "categories"])
def test_codes_that_answers_name_are_told_in_both_languages(reader: SelfCheckingClient, plural: str) -> None:
    listed = reader.get(f"/api/v1/{plural}").json["results"]
    one = reader.get(f"/api/v1/{plural}/{listed[0]['code']}").json
    assert {name: value for name, value in one.items() if name != "licence"} == listed[0]
    assert set(listed[0]["translations"]) == {"id", "en"}
    assert reader.get(f"/api/v1/{plural}/nothing").status_code == 404


def test_the_dates_of_all_events_come_in_order_each_as_the_calendar_names_it(reader: SelfCheckingClient) -> None:
    told = reader.get("/api/v1/occurrences?from=2000-01-01&limit=200").json
    dates = told["results"]
    events = reader.get("/api/v1/events?limit=200").json["results"]
    assert told["total"] == len(dates) == sum(len(event["occurrences"]) for event in events) > 0
    assert [one["start"] for one in dates] == sorted(one["start"] for one in dates)
    of_event = {event["code"]: event for event in events}
    for one in dates:
        assert {name: one[name] for name in of_event[one["event"]]["occurrences"][0]} in of_event[one["event"]][
            "occurrences"
        ]
        file = reader.get(one["translations"]["en"]["url"].removeprefix(ORIGIN) + ".ics").text.replace("\r\n ", "")
        assert f"UID:{one['uid']}\r\n" in file


@pytest.mark.parametrize("name", ["category", "district"])
def test_dates_are_narrowed_by_days_and_codes(reader: SelfCheckingClient, name: str) -> None:
    everything = reader.get("/api/v1/occurrences?from=2000-01-01&limit=200").json["results"]
    first, last = everything[len(everything) // 3], everything[len(everything) // 2]
    days = f"from={first['start']}&to={last['start']}"
    within = {one["uid"] for one in everything if one["end"] >= first["start"] and one["start"] <= last["start"]}
    assert {one["uid"] for one in reader.get(f"/api/v1/occurrences?{days}").json["results"]} == within != set()
    value = _code(first[name])
    fitting = {one["uid"] for one in everything if _code(one[name]) == value}
    answer = reader.get(f"/api/v1/occurrences?from=2000-01-01&limit=200&{name}={value}")
    assert {one["uid"] for one in answer.json["results"]} == fitting != set()
    assert "ETag" in answer.headers


def _code(value: dict | str | None) -> str:
    return value["code"] if isinstance(value, dict) else value or ""


@pytest.mark.parametrize("query", ["from=soon", "to=2026-02-30", "from=2026-02-02&to=2026-02-01", "kind=place"])
def test_days_that_are_none_are_refused_by_name(reader: SelfCheckingClient, query: str) -> None:
    answer = reader.get(f"/api/v1/occurrences?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in answer.json["detail"]


@pytest.mark.parametrize(
    "query", ["destinations?", "events?", "pages?", "destinations?near=0.8,102.05&", "destinations?category=history&",
              "destinations?updated_after=2000-01-01T00:00:00Z&", "occurrences?from=2000-01-01&"],
)  # fmt: skip
def test_a_page_of_all_items_asks_no_more_than_a_page_of_one(
    client: SelfCheckingClient, statements: list[str], query: str
) -> None:
    client.get("/en/nothing-but-a-warm-catalogue")
    asked, sizes = [], []
    for limit in (1, 200):
        statements.clear()
        sizes.append(len(client.get(f"/api/v1/{query}limit={limit}").json["results"]))
        asked.append([one for one in statements if "FROM content_version" not in one])
    assert len(asked[0]) == len(asked[1]) <= 3, asked
    assert sizes[0] < sizes[1]
