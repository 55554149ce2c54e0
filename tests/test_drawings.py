"""The drawings: whole files, small, true to their names, said in both languages; the cloth of what has none."""

import hashlib
import runpy
from xml.etree import ElementTree

import pytest
from PIL import Image

from pesona.drawings import Drawing, drawings
from pesona.text import names
from tests.test_house import ROOT

STATIC = ROOT / "static"
LARGEST = 14 * 1024
EVERY = pytest.mark.parametrize("drawing", drawings().values(), ids=lambda drawing: drawing.name)
SVG = "{http://www.w3.org/2000/svg}"
QUIET = {"svg", "defs", "g", "path", "use", "rect", "circle", "ellipse", "line", "polygon", "polyline", "pattern",
         "linearGradient", "radialGradient", "stop", "clipPath", "mask", "symbol"}  # fmt: skip


def test_every_file_belongs_to_a_drawing() -> None:
    files = {path.relative_to(STATIC).as_posix() for path in (STATIC / "art").iterdir()}
    assert files == {name for one in drawings().values() for name in (one.day, one.night, one.social)}


@EVERY
def test_day_and_night_are_small_quiet_svg_of_four_to_three(drawing: Drawing) -> None:
    for name in (drawing.day, drawing.night):
        body = (STATIC / name).read_bytes()
        assert len(body) <= LARGEST, name
        tree = ElementTree.fromstring(body)
        assert tree.get("viewBox") == "0 0 1200 900", name
        assert {element.tag.removeprefix(SVG) for element in tree.iter()} <= QUIET, name
        for element in tree.iter():
            for key, value in element.attrib.items():
                assert not key.startswith("on"), (name, key)
                assert not key.endswith("href") or value.startswith("#"), (name, value)
                assert "url(" not in value or "url(#" in value, (name, value)
        names = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(names) == len(set(names)), name


@EVERY
def test_the_picture_beside_links_is_made_from_the_drawing_as_it_is(drawing: Drawing) -> None:
    with Image.open(STATIC / drawing.social) as picture:
        assert picture.size == (1200, 630)
        digest = hashlib.sha256((STATIC / drawing.day).read_bytes()).hexdigest()
        assert bytes(picture.info["comment"]).decode() == digest, "run `make drawings`"


@EVERY
def test_it_belongs_to_an_item_and_says_what_is_drawn(drawing: Drawing) -> None:
    kinds = ("destinations", "events", "pages")
    assert any((ROOT / "pesona/demo" / kind / f"{drawing.name}.toml").is_file() for kind in kinds)
    for locale, word in (("id", "Gambar: "), ("en", "Drawing: ")):
        assert drawing.alt(locale).startswith(word)
        assert len(drawing.alt(locale)) <= 150
        assert drawing.alt(locale).endswith(".")


def test_each_was_looked_at_by_a_second_pair_of_eyes() -> None:
    rows = [line.split("|") for line in (ROOT / "docs/drawings.md").read_text().splitlines() if line.startswith("| ")]
    assert [row[1].strip() for row in rows[2:]] == list(drawings())
    assert all(cell.strip() for row in rows for cell in row[1:4])


def test_every_category_has_its_cloth_as_the_cards_of_lists_weave_it() -> None:
    made = runpy.run_path(str(ROOT / "tools/social_pictures.py"))
    assert set(made["categories"]()) == set(names.CATEGORIES)
    for category in names.CATEGORIES:
        digest = hashlib.sha256(made["cloth"](category).encode()).hexdigest()
        assert made["comment"](STATIC / f"img/cloth-{category}.png") == digest, "run `make drawings`"
