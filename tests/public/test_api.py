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
from tests.client import SelfCheckingClient

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
              "updated_after=2026-01-01&category=history", "limit=201"],
)  # fmt: skip
def test_what_is_not_understood_is_refused_by_name(reader: SelfCheckingClient, query: str) -> None:
    answer = reader.get(f"/api/v1/destinations?{query}")
    assert answer.status_code == answer.json["status"] == 400
    assert answer.content_type == "application/problem+json"
    assert query.split("=")[0] in answer.json["detail"]


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
    assert listed[0] == reader.get(f"/api/v1/{plural}/{listed[0]['code']}").json
    assert set(listed[0]["translations"]) == {"id", "en"}
    assert reader.get(f"/api/v1/{plural}/nothing").status_code == 404
