"""Write pesona/demo/holidays.csv from the package holidays, which follows the yearly joint decrees.

Run it by hand when a new decree is out, with the years to write:

    python -m pip install holidays==0.109 && python tools/make_holidays.py 2026 2027 2028

What the package calls estimated is written as expected, and so is every movable day of a year whose
decree it does not know; days of joint leave are written only where it lists them.
"""

import csv
import sys
from datetime import date
from pathlib import Path

import holidays

from pesona import lunar
from pesona.paths import PACKAGE

ESTIMATED = " (perkiraan)"
# The decrees that the package reads, by year.
DECREES = {
    2026: "SKB Tiga Menteri: hari libur nasional dan cuti bersama 2026, https://www.detik.com/hikmah/khazanah/d-8346579/"
    "libur-nasional-dan-cuti-bersama-2026-cek-jadwalnya-di-sini",
    2027: "SKB Tiga Menteri: hari libur nasional dan cuti bersama 2027, https://setneg.go.id/baca/index/"
    "inilah_skb_3_menteri_libur_nasional_dan_cuti_bersama_2027",
}
PACKAGE_SAYS = f"Paket holidays {holidays.__version__}"
COMPUTED = "Hisab Umm al-Qura, menunggu sidang isbat"
# What the law itself fixes on one day of every year (Keppres 8/2024, which took the place of the older ones).
LAW = "Keppres 8/2024 tentang hari-hari libur"
FIXED = {
    "Tahun Baru Masehi": "01-01",
    "Hari Buruh Internasional": "05-01",
    "Hari Lahir Pancasila": "06-01",
    "Hari Kemerdekaan Republik Indonesia": "08-17",
    "Hari Raya Natal": "12-25",
}
# The first days of Ramadan that are decided, and who says so.
FASTING = {
    2026: (
        "2026-02-19",
        "Sidang isbat 17 Februari 2026, https://news.okezone.com/read/2026/02/17/337/3202109/"
        "breaking-news-pemerintah-tetapkan-1-ramadhan-1447-hijriah-kamis-19-februari-2026",
    )
}
NAMES = {
    "Tahun Baru Masehi": ("Tahun Baru Masehi", "New Year’s Day"),
    "Isra Mikraj Nabi Muhammad": ("Isra Mikraj Nabi Muhammad", "Isra and Mi’raj"),
    "Tahun Baru Imlek": ("Tahun Baru Imlek", "Lunar New Year"),
    "Hari Suci Nyepi": ("Hari Suci Nyepi", "Nyepi, Day of Silence"),
    "Hari Raya Idul Fitri": ("Hari Raya Idulfitri", "Eid al-Fitr"),
    "Hari kedua dari Hari Raya Idul Fitri": ("Hari kedua Idulfitri", "Second day of Eid al-Fitr"),
    "Wafat Yesus Kristus": ("Wafat Yesus Kristus", "Good Friday"),
    "Kebangkitan Yesus Kristus": ("Kebangkitan Yesus Kristus (Paskah)", "Easter Sunday"),
    "Hari Buruh Internasional": ("Hari Buruh Internasional", "Labour Day"),
    "Kenaikan Yesus Kristus": ("Kenaikan Yesus Kristus", "Ascension Day"),
    "Hari Raya Idul Adha": ("Hari Raya Iduladha", "Eid al-Adha"),
    "Hari Raya Waisak": ("Hari Raya Waisak", "Vesak"),
    "Hari Lahir Pancasila": ("Hari Lahir Pancasila", "Pancasila Day"),
    "Tahun Baru Islam": ("Tahun Baru Islam", "Islamic New Year"),
    "Hari Kemerdekaan Republik Indonesia": ("Hari Kemerdekaan Republik Indonesia", "Independence Day"),
    "Maulid Nabi Muhammad": ("Maulid Nabi Muhammad", "Birthday of the Prophet Muhammad"),
    "Hari Raya Natal": ("Hari Raya Natal", "Christmas Day"),
}
FIRST_DAY = ("Awal Ramadan", "First day of Ramadan")
LEAVE = "Cuti Bersama "

Row = tuple[str, str, str, str, str, str]


def main(years: list[int]) -> None:
    rows = sorted(row for year in years for row in (*of_year(year), *fasting(year)))
    with (Path(PACKAGE) / "demo" / "holidays.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("day", "name_id", "name_en", "kind", "certainty", "source"))
        writer.writerows(rows)


def of_year(year: int) -> list[Row]:
    days = holidays.country_holidays("ID", years=year, language="id", categories=("public", "government"))
    return [one(day, said) for day, names in days.items() for said in names.split("; ") if day.year == year]


def one(day: date, said: str) -> Row:
    name = said.removesuffix(ESTIMATED)
    kind = "joint_leave" if name.startswith(LEAVE) else "national"
    in_id, in_en = NAMES[name.removeprefix(LEAVE)]
    if kind == "joint_leave":
        in_id, in_en = f"Cuti bersama {in_id}", f"Joint leave for {in_en}"
    law = LAW if FIXED.get(name) == f"{day:%m-%d}" else ""
    decreed = not said.endswith(ESTIMATED) and (day.year in DECREES or law)
    source = DECREES.get(day.year) or law or PACKAGE_SAYS
    return (day.isoformat(), in_id, in_en, kind, "decreed" if decreed else "expected", source)


def fasting(year: int) -> list[Row]:
    """Return the first day of Ramadan: where it is not decided yet, as computed."""
    if decided := FASTING.get(year):
        day, source = decided
        return [(day, *FIRST_DAY, "ramadan", "decreed", source)]
    return [
        (first.isoformat(), *FIRST_DAY, "ramadan", "expected", COMPUTED)
        for first, _ in lunar.expected("1 Ramadan", year)
    ]


if __name__ == "__main__":
    main([int(year) for year in sys.argv[1:]])
