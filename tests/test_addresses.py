"""The one table of public addresses."""

import pytest

from pesona import addresses
from pesona.locales import LOCALES, other_locale


@pytest.mark.parametrize(
    ("name", "indonesian", "english"),
    [
        ("destinations", "/id/destinasi", "/en/destinations"),
        ("events", "/id/acara", "/en/events"),
        ("districts", "/id/kecamatan", "/en/districts"),
        ("categories", "/id/kategori", "/en/categories"),
        ("search", "/id/cari", "/en/search"),
        ("map", "/id/peta", "/en/map"),
        ("plan", "/id/rencana", "/en/plan"),
        ("development", "/id/perkembangan", "/en/development"),
        ("quality", "/id/mutu", "/en/quality"),
        ("report", "/id/lapor", "/en/report"),
        ("offline", "/id/luring", "/en/offline"),
    ],
)
def test_a_section_has_its_promised_address(name: str, indonesian: str, english: str) -> None:
    assert addresses.section(name, "id") == indonesian
    assert addresses.section(name, "en") == english


def test_every_item_has_an_address_in_both_languages() -> None:
    assert addresses.item("destination", "id", "istana") == "/id/destinasi/istana"
    assert addresses.item("event", "en", "tour-de-siak") == "/en/events/tour-de-siak"
    assert addresses.item("page", "en", "contact") == "/en/contact"
    assert [addresses.home(locale) for locale in LOCALES] == ["/id/", "/en/"]


def test_query_values_that_are_not_set_leave_the_address_bare() -> None:
    assert addresses.section("destinations", "en", q="", category="") == "/en/destinations"
    assert addresses.section("search", "id", q="istana & masjid", page=2) == "/id/cari?q=istana+%26+masjid&page=2"


@pytest.mark.parametrize("hostile", ["../admin", "a?b", "a#b", 'a"b', "a b", "é"])
def test_a_slug_never_changes_the_shape_of_an_address(hostile: str) -> None:
    path = addresses.item("destination", "id", hostile)
    assert path.startswith("/id/destinasi/")
    assert not set('?#" é') & set(path)


@pytest.mark.parametrize(
    ("path", "locale"),
    [("/id/", "id"), ("/en/destinations", "en"), ("/id", "id"), ("/", None), ("", None), ("/admin", None),
     ("/idx/a", None), ("/EN/", None), ("/static/id/", None)],
)  # fmt: skip
def test_the_language_is_the_first_part_of_the_address(path: str, locale: str | None) -> None:
    assert addresses.locale_of(path) == locale


def test_no_page_can_take_the_address_of_a_section_in_either_language() -> None:
    for locale in LOCALES:
        for words in addresses.SECTIONS.values():
            assert addresses.item("page", locale, words[other_locale(locale)]).split("/")[2] in addresses.RESERVED
            assert words[locale] in addresses.RESERVED


def test_sections_of_one_language_have_different_names() -> None:
    for locale in LOCALES:
        named = [words[locale] for words in addresses.SECTIONS.values()]
        assert len(set(named)) == len(named)
