"""What a place has, at the desk: the form, what is wrong in it, two editors, publication."""

from collections.abc import Callable

import pytest

from tests.admin.desk import FACTS, PUBLISH, blockers, chain, contents, field, newest, wrong_fields
from tests.client import SelfCheckingClient

SignIn = Callable[..., SelfCheckingClient]
WAY_IN = {
    "facilities-step_free-answer": "partly", "facilities-step_free-note_id": "pintu 80 cm",
    "facilities-step_free-note_en": "door 80 cm", "facilities-step_free-source": "gatra19",
    "facilities-step_free-checked_on": "2026-11-02",
}  # fmt: skip
STORED = {
    "what": "step_free", "answer": "partly", "note_id": "pintu 80 cm", "note_en": "door 80 cm", "source": "gatra19",
    "checked_on": "2026-11-02",
}  # fmt: skip


def typed(values: dict[str, str]) -> dict[str, str]:
    return {name.replace("-", "__"): value for name, value in values.items()}


def test_nothing_is_known_until_somebody_says_so_and_no_is_an_answer(sign_in: SignIn) -> None:
    siti = sign_in()
    page = siti.visit(FACTS)
    options = [o.get("value") for o in page.one("select", id="facilities-toilet-answer").iter("option")]
    assert options == ["", "yes", "partly", "no"]
    assert page.one("select", id="facilities-toilet-answer")[0].get("selected") is not None
    siti.submit(page, **typed({"facilities-toilet-answer": "no", "facilities-toilet-source": "gatra19"}))
    assert [(row["what"], row["answer"]) for row in newest(siti.app)["facts"]["facilities"]] == [("toilet", "no")]
    siti.submit(siti.visit(FACTS))
    assert len(chain(siti.app)) == 2, "a save without a change is no revision"
    siti.submit(siti.visit(FACTS), **typed({"facilities-toilet-answer": "", "facilities-toilet-source": ""}))
    assert newest(siti.app)["facts"]["facilities"] == []


def test_every_field_is_kept_shown_back_and_published(sign_in: SignIn, client: SelfCheckingClient) -> None:
    siti = sign_in()
    siti.submit(siti.visit(FACTS), **typed(WAY_IN))
    assert newest(siti.app)["facts"]["facilities"] == [STORED]
    again = siti.visit(FACTS)
    (chosen,) = [
        o for o in again.one("select", id="facilities-step_free-answer").iter("option") if o.get("selected") is not None
    ]
    assert chosen.get("value") == "partly"
    assert {name: field(again, name) for name in list(WAY_IN)[1:]} == dict(list(WAY_IN.items())[1:])
    assert "Step-free way in: Partly · checked on 2 November 2026" in siti.visit(PUBLISH).text
    siti.submit(siti.visit(PUBLISH))
    told = client.get("/api/v1/destinations/istana-siak-sri-indrapura").json["facilities"]
    assert told == [STORED]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "Step-free way in, Is it there?: Choose one of the list."),
        ("id", "Jalan masuk tanpa anak tangga, Apakah ada?: Pilih satu dari daftar."),
    ],
)
def test_a_wrong_answer_names_its_field_and_loses_nothing(sign_in: SignIn, locale: str, said: str) -> None:
    siti = sign_in(locale=locale)
    given = {**WAY_IN, "facilities-step_free-answer": "perhaps", "facilities-toilet-source": "x" * 201}
    page = siti.submit(siti.visit(FACTS), status=422, **typed(given))
    assert wrong_fields(page) == ["facilities-step_free-answer", "facilities-toilet-source"]
    assert said in page.text
    assert field(page, "facilities-step_free-note_en") == "door 80 cm"
    assert len(chain(siti.app)) == 1


def test_two_editors_of_different_answers_do_not_clash_and_of_the_same_do(sign_in: SignIn) -> None:
    siti, budi = sign_in(), sign_in("budi")
    mine, theirs, late = siti.visit(FACTS), budi.visit(FACTS), siti.visit(FACTS)
    budi.submit(theirs, **typed({"facilities-toilet-answer": "yes", "facilities-toilet-source": "gatra19"}))
    siti.submit(mine, **typed(WAY_IN))
    kept = newest(siti.app)["facts"]["facilities"]
    assert [(row["what"], row["answer"]) for row in kept] == [("step_free", "partly"), ("toilet", "yes")]
    page = siti.submit(late, status=409, **typed({**WAY_IN, "facilities-step_free-answer": "no"}))
    assert "Step-free way in: Partly" in page.text
    assert "Step-free way in: No" in page.text


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"source": "nobody"}, "facility_source"),
        ({"source": ""}, "facility_source"),
        ({"checked_on": "soon"}, "facility_day"),
        ({"checked_on": "2027-01-01"}, "facility_checked_ahead"),
    ],
)
def test_what_is_not_true_enough_blocks(sign_in: SignIn, changed: dict[str, str], rule: str) -> None:
    siti = sign_in()
    given = {**WAY_IN, **{f"facilities-step_free-{name}": value for name, value in changed.items()}}
    siti.submit(siti.visit(FACTS), **typed(given))
    before = contents(siti.app)["destination"]
    assert rule in blockers(siti.submit(siti.visit(PUBLISH), status=422))
    assert contents(siti.app)["destination"] == before
