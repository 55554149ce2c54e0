"""Names become address parts that are plain ASCII, and only such parts are accepted."""

import pytest

from pesona.text.slugs import is_slug, slugify


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Istana Siak Sri Indrapura", "istana-siak-sri-indrapura"),
        ("Asserayah el Hasyimiah, 1889!", "asserayah-el-hasyimiah-1889"),
        ("Masjid Syahabuddin — Siak", "masjid-syahabuddin-siak"),
        ("Jum’at & Qur'an", "jumat-quran"),
        ("Café Déjà", "cafe-deja"),
        ("  --Tepi__Sungai--  ", "tepi-sungai"),
        ("ﬁrst", "first"),
        ("湖", ""),
        ("", ""),
    ],
)
def test_a_name_becomes_lower_case_words_with_hyphens(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_a_long_name_is_cut_without_a_hyphen_at_its_end() -> None:
    assert slugify("a" * 79 + " bcd") == "a" * 79
    assert len(slugify("kata " * 40, limit=30)) <= 30


@pytest.mark.parametrize("slug", ["siak", "tour-de-siak-2018", "1889", "a" * 120])
def test_an_address_part_is_accepted(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize(
    "slug",
    ["", "-siak", "siak-", "si--ak", "Siak", "si ak", "si_ak", "si/ak", "..", "siak\n", "café", "siak%20", "a" * 121],
)
def test_anything_else_is_refused(slug: str) -> None:
    assert not is_slug(slug)


@pytest.mark.parametrize("name", ["Istana Siak", "Ünïcödé  Náme", "x" * 500, "1. Tari — Zapin's"])
def test_a_slug_of_a_name_is_accepted_and_stays_itself(name: str) -> None:
    assert is_slug(slugify(name))
    assert slugify(slugify(name)) == slugify(name)
