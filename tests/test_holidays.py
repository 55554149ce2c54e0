"""The table of holidays: read once for each content version, which every change raises."""

from datetime import date

from flask import Flask

from pesona.db import db
from pesona.models.holiday import Holiday
from pesona.queries.holidays import by_day, holidays
from pesona.queries.version import content_version

YEAR = (date(2035, 1, 1), date(2035, 12, 31))


def a_holiday(day: date, name: str, kind: str = "national", status: str = "decreed") -> Holiday:
    return Holiday(date=day, name_id=name, name_en="", kind=kind, status=status, source="")


def test_a_change_is_seen_at_once_and_raises_the_content_version(app: Flask) -> None:
    with app.app_context():
        before = content_version()
        row = a_holiday(date(2035, 3, 10), "Hari Raya Idulfitri", status="expected")
        db.session.add(row)
        db.session.commit()
        assert content_version() == before + 1
        assert [(h.day, h.name("en"), h.status) for h in holidays(*YEAR)] == [
            (date(2035, 3, 10), "Hari Raya Idulfitri", "expected")
        ]
        row.status = "decreed"
        db.session.commit()
        assert (content_version(), holidays(*YEAR)[0].status) == (before + 2, "decreed")
        db.session.delete(row)
        db.session.commit()
        assert (content_version(), holidays(*YEAR)) == (before + 3, ())


def test_a_span_has_both_its_ends_and_no_first_day_of_ramadan(app: Flask) -> None:
    with app.app_context():
        db.session.add_all(
            [
                a_holiday(date(2035, 2, 8), "Awal Ramadan", "ramadan"),
                a_holiday(date(2035, 3, 9), "Cuti bersama Idulfitri", "joint_leave"),
                a_holiday(date(2035, 3, 8), "Hari Suci Nyepi"),
                a_holiday(date(2035, 3, 9), "Zikir akbar"),
                a_holiday(date(2035, 3, 11), "Hari Raya Idulfitri"),
            ]
        )
        db.session.commit()
        assert [h.name_id for h in holidays(date(2035, 2, 1), date(2035, 3, 10))] == [
            "Hari Suci Nyepi",
            "Zikir akbar",
            "Cuti bersama Idulfitri",
        ]
        assert len(holidays(date(2035, 3, 8), date(2035, 3, 11))) == 4
        assert by_day(*YEAR)[date(2035, 3, 9)].kind == "national"


def test_they_are_read_with_the_catalogue_and_never_again(app: Flask, statements: list[str]) -> None:
    with app.app_context():
        db.session.add(a_holiday(date(2035, 8, 17), "Hari Kemerdekaan"))
        db.session.commit()
        assert len(holidays(*YEAR)) == 1
        read = [statement for statement in statements if "FROM holiday" in statement]
        assert len(read) == 1
        assert len(holidays(*YEAR)) == len(by_day(*YEAR)) == 1
        assert [statement for statement in statements if "FROM holiday" in statement] == read
