"""What every shipped item must hold: both languages, sources, links, headings, addresses of its own."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest

from pesona.addresses import RESERVED
from pesona.editing.snapshot import ROWS, complete
from pesona.locales import LOCALES
from pesona.text.slugs import is_slug
from tests.content.shipped import EXISTING, ITEMS, Shipped, each_item, each_locale

NEEDED = ("name", "slug", "summary", "body")
LENGTHS = {"name": (1, 60), "summary": (60, 200), "search_description": (50, 165)}


@each_item
def test_a_file_names_only_fields_that_its_kind_has(item: Shipped) -> None:
    complete(item.kind, {"facts": item.facts, "words": item.words})


@each_locale
@each_item
def test_each_language_is_whole_and_of_measured_length(item: Shipped, locale: str) -> None:
    words = item.words[locale]
    missing = [name for name in NEEDED if not words.get(name, "").strip()]
    assert not missing, f"{item} [{locale}] lacks {', '.join(missing)}"
    for name, (least, most) in LENGTHS.items():
        if text := words.get(name):
            assert least <= len(text) <= most, f"{item} [{locale}] {name}: {len(text)} characters, not {least}–{most}"


@each_item
def test_both_languages_fill_the_same_fields(item: Shipped) -> None:
    filled = {locale: {name for name, text in item.words[locale].items() if text.strip()} for locale in LOCALES}
    assert filled["id"] == filled["en"], f"{item}: in one language only: {sorted(filled['id'] ^ filled['en'])}"


# What an editor's note says of an item that has nothing to cite; the note is printed at the desk, so nobody is misled.
UNSOURCED = "tanpa sumber"
OF_THE_SITE = "hanya tentang situs ini"


@each_item
def test_no_fact_stands_without_a_source(item: Shipped) -> None:
    if item.facts.get("sources"):
        return
    claims = [name for name in ROWS if item.facts.get(name)]
    assert not claims, f"{item}: {', '.join(claims)} without a source"
    said = (UNSOURCED, OF_THE_SITE) if item.kind == "page" else (UNSOURCED,)
    notes = " ".join(item.facts.get("editor_notes", [])).lower()
    assert any(words in notes for words in said), f"{item}: no source, and no editor's note that says “{said[-1]}”"


EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?~?")


def is_date(text: str) -> bool:
    """Return whether *text* is a year, a month or a day that exists, or one of these with `~` for about."""
    found = EDTF.fullmatch(text)
    if not found:
        return False
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)).year >= 1800
    except ValueError:
        return False


def source_problems(source: dict[str, str]) -> Iterator[str]:
    if not source.get("publisher", "").strip():
        yield "no publisher"
    if url := source.get("url", ""):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or "." not in parts.netloc or re.search(r"\s", url):
            yield f"not an address: {url}"
    written, checked = source.get("date", ""), source.get("checked", "")
    if written and not is_date(written):
        yield f"not a date: {written}"
    if not is_date(checked) or len(checked) < len("2026-11"):
        yield f"checked at no month or day: {checked or '–'}"
    elif written and written.rstrip("~")[:7] > checked[:7]:
        yield f"written {written}, after it was checked {checked}"


@each_item
def test_each_source_is_well_formed(item: Shipped) -> None:
    sources = item.facts.get("sources", [])
    keys = [source["key"] for source in sources]
    assert len(set(keys)) == len(keys), f"{item}: a source key stands twice"
    wrong = [f"{source['key']}: {problem}" for source in sources for problem in source_problems(source)]
    assert not wrong, f"{item}: {'; '.join(wrong)}"


@each_item
def test_each_row_names_its_source_and_a_date_that_exists(item: Shipped) -> None:
    keys = {source["key"] for source in item.facts.get("sources", [])}
    for name in ("prices", "hours_reported", "occurrences"):
        for number, row in enumerate(item.facts.get(name, []), start=1):
            where = f"{item} {name} {number}"
            named = row.get("source", "").split()
            assert named, f"{where} names no source"
            assert set(named) <= keys, f"{where} names {sorted(set(named) - keys)}, which is no source of the item"
            assert not row.get("as_of") or is_date(row["as_of"]), f"{where}: as_of {row['as_of']} is no date"


@each_item
def test_each_occurrence_has_days_in_order(item: Shipped) -> None:
    for row in item.facts.get("occurrences", []):
        start = date.fromisoformat(str(row["start"]))
        assert start <= date.fromisoformat(str(row.get("end", start))), f"{item}: {start} ends before it starts"


LINK = re.compile(r"\]\(([^)\s]*)")


def link_problem(target: str) -> str | None:
    scheme, _, rest = target.partition(":")
    if scheme in ("destination", "event", "page"):
        return None if (scheme, rest) in EXISTING else "no such item"
    if scheme not in ("http", "https", "mailto", "tel"):
        return "neither an item nor a whole address"
    if re.match(r"/(id|en|media|static|admin)(/|$)", urlsplit(target).path):
        return "a page of ours by address, not by code"
    return None


@each_locale
@each_item
def test_links_lead_somewhere(item: Shipped, locale: str) -> None:
    for field, text in item.texts(locale):
        assert not re.search(r"https?://", LINK.sub("", text)), f"{item} [{locale}] {field}: a bare address"
        for target in LINK.findall(text):
            problem = link_problem(target)
            assert problem is None, f"{item} [{locale}] {field}: {target}: {problem}"


@each_item
def test_what_an_item_names_exists(item: Shipped) -> None:
    existing = {code for kind, code in EXISTING if kind != "page"}
    named = [*item.facts.get("related", []), *filter(None, [item.facts.get("destination")])]
    assert set(named) <= existing, f"{item}: no such item: {sorted(set(named) - existing)}"
    assert item.code not in named, f"{item} names itself"


HEADING = re.compile(r"^ {0,3}(#+)", re.MULTILINE)
UNDERLINED = re.compile(r"^ {0,3}\w.*\n {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)


@each_locale
@each_item
def test_headings_begin_at_level_two_and_stand_in_the_body_only(item: Shipped, locale: str) -> None:
    for field, text in item.markdown(locale):
        assert not UNDERLINED.search(text), f"{item} [{locale}] {field}: a heading by underlining"
        assert not re.search(r"^ {0,3}#+[^# \n]", text, re.MULTILINE), f"{item} [{locale}] {field}: # without a space"
        before = 1
        for level in map(len, HEADING.findall(text)):
            assert field == "body", f"{item} [{locale}] {field}: a heading; the page heads this part itself"
            assert 2 <= level <= min(3, before + 1), f"{item} [{locale}]: a heading of level {level} after {before}"
            before = level


def test_no_two_items_of_a_kind_share_a_slug() -> None:
    owners: dict[tuple[str, str], str] = {}
    for item in ITEMS:
        for locale in LOCALES:
            slug = item.words[locale].get("slug", item.code)
            owner = owners.setdefault((item.kind, slug), item.code)
            assert owner == item.code, f"{item} and {owner} both take the slug {slug}"


@each_item
def test_slugs_and_codes_can_stand_in_an_address(item: Shipped) -> None:
    for slug in (item.code, *(item.words[locale].get("slug", "") for locale in LOCALES)):
        assert is_slug(slug), f"{item}: {slug} is no slug"
        assert item.kind != "page" or slug not in RESERVED, f"{item}: {slug} is a part of the site"


def test_the_checks_of_dates_see_what_they_should() -> None:
    assert all(map(is_date, ("2018", "2018~", "2025-04", "2020-02-29")))
    assert not any(map(is_date, ("", "about 2018", "2025-13", "2019-02-29", "18", "0201-01-01")))


@pytest.mark.parametrize("locale", LOCALES)
def test_no_two_items_of_a_kind_share_a_name(locale: str) -> None:
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in ITEMS:
        names[item.kind, item.words[locale].get("name", item.code).casefold()].append(item.code)
    assert not (twice := {name: codes for name, codes in names.items() if len(codes) > 1}), twice
