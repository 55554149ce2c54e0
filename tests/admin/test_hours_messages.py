"""Hours that cannot be: a message in the language of the editor, a link to the field, and nothing lost."""

import pytest

from tests.admin.desk import PUBLISH, check, field, has, wrong_fields
from tests.admin.test_hours import HOURS, SignIn, facts, press, save
from tests.client import words_of

KEPT = {"appointment_contact": "Pak Budi, 0800", "hours_last_entry__mo": "15.30"}
WORDS = {"id": 0, "en": 1}
TYPED: list[tuple[dict[str, str], str, tuple[str, str]]] = [
    (
        {"hours_week__fr__1__from": "25:00", "hours_week__fr__1__to": "16.00"},
        "hours_week-fr-1-from",
        ("Jumat: “25:00” bukan jam. Tulis seperti 08.00.", "Friday: “25:00” is no time. Write one such as 08.00."),
    ),
    (
        {"hours_week__we__1__from": "08.00", "hours_week__we__1__to": "08.00"},
        "hours_week-we-1-to",
        ("Rabu: buka dan tutup pada jam yang sama", "Wednesday: opening and closing at the same time says nothing."),
    ),
    (
        {
            "hours_week__mo__1__from": "08.00", "hours_week__mo__1__to": "16.00",
            "hours_week__mo__2__from": "12.00", "hours_week__mo__2__to": "17.00",
        },
        "hours_week-mo-2-from",
        ("Senin: jamnya bertumpang tindih.", "Monday: the hours overlap."),
    ),
    (
        {"hours_dates__0__start": "2026-12-01", "hours_dates__0__times": "Xx 08:00"},
        "hours_dates-0-times",
        ("Tanggal khusus 1, Jam: Tulis jam seperti", "Days of their own 1, Hours: Write hours such as"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("locale", ["id", "en"])
@pytest.mark.parametrize(("typed", "wrong", "said"), TYPED)
def test_what_cannot_be_is_said_in_the_editor_s_language_and_stays(
    sign_in: SignIn, locale: str, typed: dict[str, str], wrong: str, said: tuple[str, str]
) -> None:
    siti = sign_in(locale=locale)
    before = facts(siti)
    page = siti.submit(siti.visit(HOURS), HOURS, 422, **typed, **KEPT)
    assert wrong_fields(page) == [wrong]
    summary = next(d for d in page.all("div") if "error-summary" in (d.get("class") or ""))
    assert any(words_of(a).startswith(said[WORDS[locale]]) for a in summary.iter("a"))
    assert {name: field(page, name.replace("__", "-")) for name in (*typed, *KEPT)} == {**typed, **KEPT}
    assert facts(siti) == before
    assert has(page, "not-shown")
    assert not has(page, "strip")


@pytest.mark.parametrize(
    ("locale", "said"),
    [("id", "“Ramadan”: tulis hari pertama dan terakhirnya"), ("en", "“Ramadan”: write its first and its last day")],
)
@pytest.mark.parametrize("day", ["start", "end"])
def test_a_season_without_an_end_is_not_published_and_is_named(
    sign_in: SignIn, locale: str, said: str, day: str
) -> None:
    siti = sign_in(locale=locale)
    page = press(siti, siti.visit(HOURS), "add:hours_seasons")
    save(siti, page, **{"hours_seasons__0__name_id": "Ramadan", f"hours_seasons__0__{day}": "2027-02-08"})
    assert said in check(siti.submit(siti.visit(PUBLISH), status=422), "season_ends")
    assert field(siti.visit(HOURS), f"hours_seasons-0-{day}") == "2027-02-08"


@pytest.mark.parametrize(
    ("locale", "said"), [("id", "2026-12-01 · tutup · Upacara"), ("en", "2026-12-01 · closed · Upacara")]
)
def test_a_day_of_its_own_is_folded_to_a_line_in_words(sign_in: SignIn, locale: str, said: str) -> None:
    siti = sign_in(locale=locale)
    save(siti, hours_dates__0__start="2026-12-01", hours_dates__0__times="off", hours_dates__0__note_id="Upacara")
    assert any(words_of(line).endswith(said) for line in siti.visit(HOURS).all("summary"))
