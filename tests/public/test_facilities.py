"""What a place has, as readers and machines get it: unknown is never no, and the filter gives only a whole yes."""

from typing import Any

import pytest

from pesona.db import begin_writing, db
from pesona.editing import content_check, items, publish
from tests.client import Page, SelfCheckingClient, words_of
from tests.notices import ACTOR, PALACE

EN, ID = "/en/destinations/siak-sri-indrapura-palace", "/id/destinasi/istana-siak-sri-indrapura"
SAID = [
    {
        "what": "step_free",
        "answer": "partly",
        "note_id": "pintu 80 cm",
        "source": "gatra19",
        "checked_on": "2026-11-02",
    },
    {"what": "toilet", "answer": "yes", "source": "gatra19"},
    {"what": "parking", "answer": "no", "source": "gatra19"},
    {"what": "seating", "answer": "", "note_id": "hanya di meja redaksi"},
]


def having(client: SelfCheckingClient, code: str, *rows: dict[str, Any]) -> None:
    with client.app.app_context():
        begin_writing()
        item = items.find("destination", code, lock=True)
        assert item
        source = items.snapshot(item)["facts"]["sources"][0]["key"]
        given = [{**row, "source": source if row["answer"] else ""} for row in rows]
        items.save(item, item.head, {"facts": {"facilities": given}}, ACTOR)
        publish.publish(item, item.head, ["facts"], ACTOR)
        db.session.commit()


def section(page: Page) -> str:
    return words_of(page.one("section", **{"aria-labelledby": "facilities"}))


def strip(page: Page, name: str) -> str:
    return next(words_of(e) for e in page.tree.iter("div") if e.get("class") == "answers__item" and name in words_of(e))


@pytest.mark.parametrize(
    ("path", "name", "unknown", "said"),
    [
        (
            EN,
            "Step-free way in",
            "Not known to us yet",
            ("Partly: pintu 80 cm", "checked on 2 November 2026", "ParkingNo"),
        ),
        (
            ID,
            "Jalan masuk",
            "Belum kami ketahui",
            ("Sebagian: pintu 80 cm", "diperiksa 2 November 2026", "parkirTidak"),
        ),
    ],
)
def test_a_page_tells_what_is_known_and_in_one_sentence_what_is_not(
    client: SelfCheckingClient, path: str, name: str, unknown: str, said: tuple[str, ...]
) -> None:
    page = client.visit(path)
    assert unknown in strip(page, name)
    assert not page.one("section", **{"aria-labelledby": "facilities"}).findall(".//data")
    having(client, PALACE, *SAID)
    page = client.visit(path)
    assert not [words for words in said if words not in section(page)], section(page)
    assert unknown not in strip(page, name)
    assert "hanya di meja redaksi" not in page.text
    assert len(page.one("section", **{"aria-labelledby": "facilities"}).findall(".//data")) == 3
    with client.app.app_context():
        assert not [*content_check.differences()]


def test_structured_data_equals_the_page_and_leaves_out_partly_and_unknown(client: SelfCheckingClient) -> None:
    (before,) = [b for b in client.visit(EN).jsonld() if "TouristAttraction" in b["@type"]]
    assert "amenityFeature" not in before
    having(client, PALACE, *SAID)
    for path in (EN, ID):
        page = client.visit(path)
        (block,) = [b for b in page.jsonld() if "TouristAttraction" in b["@type"]]
        rows = page.one("dl", **{"class": "facilities__list"}).findall("div")
        shown = {words_of(row[0]): next(row.iter("data")).get("value") for row in rows}
        told = {f["name"]: "yes" if f["value"] else "no" for f in block["amenityFeature"]}
        assert told == {name: value for name, value in shown.items() if value != "partly"}
        assert sorted(told.values()) == ["no", "yes"]


def listed(page: Page) -> set[str]:
    return {href for href in page.links() if href.startswith(("/en/destinations/", "/id/destinasi/"))}


def test_the_filter_gives_only_yes_counts_it_and_offers_the_wider_list(client: SelfCheckingClient) -> None:
    assert not client.visit("/en/destinations").all("select", name="step_free"), "nobody knows of any yet"
    answers = {
        PALACE: "yes",
        "masjid-sultan-syahabuddin": "yes",
        "klenteng-hock-siu-kiong": "partly",
        "tangsi-belanda": "no",
        "taman-nasional-zamrud": "",
    }
    for code, answer in answers.items():
        having(client, code, {"what": "step_free", "answer": answer, "note_id": "uji"})
    everything = client.get("/api/v1/destinations?limit=200").json["results"]
    yes = {
        one["translations"]["en"]["url"].split("/en/")[1]
        for one in everything
        if any(f["what"] == "step_free" and f["answer"] == "yes" for f in one["facilities"])
    }
    assert len(yes) == 2
    for query in ("step_free=yes", "step_free=1"):
        page = client.visit(f"/en/destinations?{query}")
        assert {path.split("/en/")[1] for path in listed(page)} == yes
    assert "Known to be step-free (2)" in client.visit("/en/destinations").text
    assert "Diketahui tanpa anak tangga (1)" in client.visit("/id/destinasi?category=religious").text
    nothing = client.visit("/en/destinations?step_free=yes&category=nature")
    assert not listed(nothing)
    assert "With any way in, or an unknown one" in nothing.text
    client.visit("/en/destinations?step_free=no", 404)
