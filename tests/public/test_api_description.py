"""The API's description is true: every address, every parameter, every answer."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from pesona.db import begin_writing, db
from pesona.editing import trash
from pesona.editing.log import Actor
from pesona.models.item import Item
from tests.admin.desk import PUBLISH
from tests.admin.test_photos import attach
from tests.client import SelfCheckingClient
from tests.conftest import SiteClock
from tests.notices import publish_notice
from tests.pictures import GOOD_WORDS, jpeg, make_files, upload
from tests.ponds import WEEK, publish_pond
from tests.public.test_hours_agreement import DATE, SEASON
from tests.schemas import faults

ROOT = "/api/v1"
CODES = {"destinations": "istana-siak-sri-indrapura", "events": "tour-de-siak", "pages": "contact", "districts": "14.08.01",
         "categories": "history", "notices": "asap"}  # fmt: skip


@pytest.fixture
def described(reader: SelfCheckingClient) -> dict[str, Any]:
    return json.loads(reader.get(f"{ROOT}/openapi.json").text)


def test_every_address_of_the_api_is_described_and_no_other(reading_app: Flask, described: dict[str, Any]) -> None:
    served = set()
    for rule in (rule.rule for rule in reading_app.url_map.iter_rules() if rule.rule.startswith(ROOT)):
        choice = re.search(r"<any\((.*?)\):\w+>", rule)
        spelled = [rule.replace(choice[0], one) for one in choice[1].split(",")] if choice else [rule]
        served |= {one.replace("<code>", "{code}") for one in spelled}
    assert described["paths"].keys() == served


def test_every_parameter_is_described_and_its_example_is_taken(
    reader: SelfCheckingClient, described: dict[str, Any]
) -> None:
    for path, told in described["paths"].items():
        at = path.replace("{code}", CODES.get(path.split("/")[3], ""))
        named = {one["name"]: one for one in told["get"]["parameters"] if one["in"] == "query"}
        known = reader.get(f"{at}?nobody=1").json["detail"].partition("Known: ")[2].removesuffix(".")
        assert (sorted(named) or ["none"]) == known.split(", "), path
        for name, one in named.items():
            status = reader.get(f"{at}?{name}={one['example']}").status_code
            assert status == 200 or (name == "page" and status == 404), f"{path} {name}"


def test_every_answer_is_as_described(
    app: Flask, client: SelfCheckingClient, sign_in: Callable[..., SelfCheckingClient], clock: SiteClock
) -> None:
    _publish_what_the_demo_lacks(app, sign_in())
    clock.move(hours=1, minutes=30)
    whole = json.loads(client.get(f"{ROOT}/openapi.json").text)
    seen: list[str] = []
    for path, told in whole["paths"].items():
        kind = path.split("/")[3]
        at = path.replace("{code}", CODES.get(kind, ""))
        [(media, content)] = told["get"]["responses"]["200"]["content"].items()
        queries = [""]
        if told["get"]["parameters"] and "{" not in path:
            queries += _queries(told["get"]["parameters"])
        for query in queries:
            answer = client.get(f"{at}?{query}" if query else at)
            seen.append(answer.text)
            assert (answer.status_code, answer.mimetype) == (200, media), f"{at}?{query}"
            if "json" in media:
                assert list(faults(json.loads(answer.text), content["schema"], whole))[:5] == [], f"{at}?{query}"
    for word in ('"alt":', '"name_id":"Libur"', '"note_en":"Event"', '"severity":', '"distance_km":'):
        assert any(word in text for text in seen), f"no answer had {word}"


def _publish_what_the_demo_lacks(app: Flask, siti: SelfCheckingClient) -> None:
    """Publish a notice that is on, hours with all that they may have, and a photo; take one event away."""
    publish_notice(app, "asap", destinations=[CODES["destinations"]], scope="places")
    publish_pond(app, "kolam", **WEEK, hours_seasons=[SEASON], hours_dates=[DATE])
    upload(siti, jpeg(), **GOOD_WORDS)
    attach(siti, 1)
    make_files(app)
    siti.submit(siti.visit(PUBLISH))
    with app.app_context():
        begin_writing()
        item = db.session.query(Item).filter_by(kind="event", code="bele-kampung").one()
        trash.remove(item, item.head, Actor(command="test"))
        db.session.commit()


def _queries(parameters: list[dict[str, Any]]) -> list[str]:
    known = {one["name"]: one["example"] for one in parameters}
    asked = (
        "updated_after=2000-01-01T00:00:00Z",
        "near=0.8,102.05",
        "from=2000-01-01",
        "q=siak",
        "limit=200",
        "locale=id",
    )
    return [one for one in asked if one.split("=")[0] in known]


def test_a_problem_is_as_described(reader: SelfCheckingClient, described: dict[str, Any]) -> None:
    for path in (f"{ROOT}/destinations?colour=red", f"{ROOT}/destinations/nothing"):
        problem = json.loads(reader.get(path).text)
        assert list(faults(problem, {"$ref": "#/components/schemas/Problem"}, described)) == []
