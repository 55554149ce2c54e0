"""A name in Jawi: typed at the desk or imported, shown from right to left beside the heading, found by search."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from pesona.text.jawi import is_jawi
from tests.admin.desk import EN, FACTS, ID, PALACE, PUBLISH, newest
from tests.client import Page, SelfCheckingClient, words_of
from tests.tables import cells_of
from tests.test_commands import run as pesona

JAWI = "ايستان سياق سري ايندراڤورا"


@pytest.mark.parametrize("good", [JAWI, "ڠ", "باتو ٢", "كامڤوڠ", "کامڤوڠ", "ݢاجه", "ڽ", "اوءيء", "بَلاي"])
def test_words_of_arabic_letters_are_jawi(good: str) -> None:
    assert is_jawi(good)


@pytest.mark.parametrize(
    "bad", ["", " ", "Istana", "ايستان Siak", f" {JAWI}", f"{JAWI}\n", "a\u202eb", "ايستان\u200f", "<b>"]
)
def test_anything_else_is_not(bad: str) -> None:
    assert not is_jawi(bad)


def shown(page: Page) -> list[tuple[str, str | None, str | None]]:
    """Return each Jawi name on *page* with its language and direction."""
    return [(words_of(one), one.get("lang"), one.get("dir")) for box in page.all("p", class_="jawi") for one in box]


def test_it_is_refused_in_other_letters_and_shown_once_published(
    app: Flask, client: SelfCheckingClient, sign_in: Callable[..., SelfCheckingClient], tmp_path: Path
) -> None:
    siti = sign_in()
    assert not shown(client.visit(EN))
    page = siti.visit(FACTS)
    assert page.one("input", name="name_jawi").get("dir") == "auto"
    siti.submit(page, name_jawi="Istana سياق")
    refused = siti.submit(siti.visit(PUBLISH), status=422)
    assert "“Istana سياق” is not in Jawi" in words_of(refused.one("main"))
    siti.submit(siti.visit(FACTS), name_jawi=f"  {JAWI} ")
    assert newest(app)["facts"]["name_jawi"] == JAWI
    assert not shown(client.visit(EN)), "a draft is not public"
    siti.submit(siti.visit(PUBLISH))
    for path in (ID, EN):
        assert shown(client.visit(path)) == [(JAWI, "ms-Arab", "rtl")]
    assert not shown(client.visit("/en/destinations"))
    for asked in ("ايستان", "سياق"):
        found = client.get(f"/api/v1/search?q={asked}&locale=en").json
        assert [one["code"] for one in found["results"]] == [PALACE]  # type: ignore[index]
    told = client.get(f"/api/v1/destinations/{PALACE}").json
    assert told
    assert told["name_jawi"] == JAWI
    assert JAWI in next(b for b in client.visit(EN).jsonld() if "TouristAttraction" in b["@type"])["alternateName"]
    assert pesona(app, f"export destinations {tmp_path / 'a.xlsx'}").exit_code == 0
    header, *rows = cells_of((tmp_path / "a.xlsx").read_bytes())
    at = [value for _, value in header].index("name_jawi")
    assert {row[at][1] for row in rows} == {JAWI, None}


@pytest.mark.parametrize("kind", ["destinations", "events"])
def test_it_comes_in_by_a_file_as_well(app: Flask, kind: str, tmp_path: Path) -> None:
    code = {"destinations": PALACE, "events": "tour-de-siak"}[kind]
    file = tmp_path / "rows.csv"
    file.write_text(f"code,name_jawi\n{code},Istana\n", "utf-8")
    refused = pesona(app, f"import {kind} {file}")
    assert refused.exit_code
    assert "“Istana” is not in Jawi" in refused.output
    file.write_text(f"code,name_jawi\n{code},{JAWI}\n", "utf-8")
    assert pesona(app, f"import {kind} {file}").exit_code == 0
    assert newest(app, code, kind.removesuffix("s"))["facts"]["name_jawi"] == JAWI
