"""Opening hours in OpenStreetMap's grammar, said in both languages or left as they are written."""

import pytest

from pesona.hours.reported import sentence


@pytest.mark.parametrize(
    ("rule", "indonesian", "english"),
    [
        ("24/7", "selalu buka", "always open"),
        ("Mo-Su 09:00-17:00", "setiap hari 09.00–17.00 WIB", "daily 9:00 am–5:00 pm WIB"),
        ("09:00-17:00", "setiap hari 09.00–17.00 WIB", "daily 9:00 am–5:00 pm WIB"),
        ("Fr 08:00-11:30,14:00-16:00", "Jumat 08.00–11.30, 14.00–16.00 WIB",
         "Friday 8:00 am–11:30 am, 2:00 pm–4:00 pm WIB"),
        ("Mo-Th,Sa 07:05-12:00", "Senin–Kamis, Sabtu 07.05–12.00 WIB", "Monday–Thursday, Saturday 7:05 am–12:00 pm WIB"),
        ("Fr-Mo 10:00-12:30", "Jumat–Senin 10.00–12.30 WIB", "Friday–Monday 10:00 am–12:30 pm WIB"),
        ("Mo off", "Senin tutup", "Monday closed"),
        ("PH off", "hari libur nasional tutup", "public holidays closed"),
        ("Tu-Fr 08:00-16:00; Sa,Su 09:00-24:00; Mo,PH off",
         "Selasa–Jumat 08.00–16.00 WIB; Sabtu, Minggu 09.00–24.00 WIB; Senin, hari libur nasional tutup",
         "Tuesday–Friday 8:00 am–4:00 pm WIB; Saturday, Sunday 9:00 am–12:00 am WIB; Monday, public holidays closed"),
        ("Mo-Su 20:00-02:00", "setiap hari 20.00–02.00 WIB", "daily 8:00 pm–2:00 am WIB"),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_words(rule: str, indonesian: str, english: str) -> None:
    assert sentence(rule, "id") == indonesian
    assert sentence(rule, "en") == english


@pytest.mark.parametrize(
    "rule",
    ["", "sunrise-sunset", "Mo-Fr 08:00+", "Jan-Mar 08:00-16:00", "Monday 08:00-12:00", "Mo-Xx 08:00-12:00",
     "Mo-Tu-We 08:00-12:00", "Mo-Fr 99:00-17:00", "Mo-Fr 08:60-17:00", "Mo-Fr 08:00-25:00", "Mo-Fr 8:00-17:00",
     "Mo-Fr 08:00-16:00; hari besar tutup", "Mo-Fr 08:00-16:00;", "<b>Mo</b> 08:00-16:00"],
)  # fmt: skip
def test_a_rule_that_is_not_understood_is_given_whole_as_it_is_written(rule: str) -> None:
    assert sentence(rule, "id") == rule
    assert sentence(rule, "en") == rule
