"""Made-up places whose hours the tables speak of; the holidays are those of the decree on 2026."""

from datetime import date

from pesona.published import Holiday, HolidayTimes, Hours, HoursDate, Season


def _holiday(day: str, name: str, kind: str = "national") -> tuple[date, Holiday]:
    return date.fromisoformat(day), Holiday(date.fromisoformat(day), name, name, kind, "decreed")


HOLIDAYS = dict(
    [
        _holiday("2026-01-01", "Tahun Baru"),
        _holiday("2026-03-20", "Cuti bersama Idul Fitri", "joint_leave"),
        _holiday("2026-03-21", "Idul Fitri"),
        _holiday("2026-03-22", "Idul Fitri"),
        _holiday("2026-03-23", "Cuti bersama Idul Fitri", "joint_leave"),
        _holiday("2026-03-24", "Cuti bersama Idul Fitri", "joint_leave"),
        _holiday("2026-08-17", "Kemerdekaan"),
        _holiday("2026-12-25", "Natal"),
        _holiday("2027-01-01", "Tahun Baru"),
        _holiday("2027-08-17", "Kemerdekaan"),
        _holiday("2026-12-28", "Cuti bersama Natal", "joint_leave"),
    ]
)

D = date
RAMADAN_2026 = Season(
    "Ramadan", "Ramadan", D(2026, 2, 19), D(2026, 3, 19), "Mo-Th,Sa,Su 09:00-15:00; Fr 09:00-11:00", "Mo-Su 14:00"
)
RAMADAN_2027 = Season("Ramadan", "Ramadan", D(2027, 2, 8), D(2027, 3, 9), "Mo-Su 10:00-14:00")
SCHOOL_HOLIDAYS = (
    Season("Libur sekolah", "School holidays", D(2026, 6, 22), D(2026, 7, 11), "Mo-Su 08:00-18:00", "Mo-Su 17:00"),
    Season("Libur akhir tahun", "Year-end holidays", D(2026, 12, 21), D(2027, 1, 2), "Mo-Sa 09:00-18:00"),
)
PLACES = {
    "unknown": Hours(),
    "reported_only": Hours(status="has_hours"),
    "closed": Hours(status="closed", week="Mo-Su 08:00-16:00"),
    "works": Hours(status="closed_for_now", week="Mo-Su 08:00-16:00", closed_until=D(2026, 3, 10)),
    "works_open_end": Hours(status="closed_for_now", week="Mo-Su 08:00-16:00"),
    "always": Hours(status="always_open"),
    "round_the_clock": Hours(status="has_hours", week="24/7"),
    "office": Hours(status="has_hours", week="Mo-Fr 08:00-16:00", holidays="closed"),
    "friday": Hours(status="has_hours", week="Mo-Th 08:00-16:00; Fr 08:00-11:30,14:00-16:00; Sa,Su 08:00-17:00",
                    last_entry="Mo-Su 15:30"),
    "night": Hours(status="has_hours", week="Mo-Th,Su 18:00-23:00; Fr,Sa 22:00-02:00", last_entry="Fr,Sa 01:30"),
    "midnight": Hours(status="has_hours", week="Mo-Su 16:00-24:00"),
    "to_morning": Hours(status="has_hours", week="Mo-Su 08:00-12:00; Sa 20:00-08:00"),
    "palace": Hours(
        status="has_hours", week="Mo-Su 08:00-17:00", last_entry="Mo-Su 16:30", holidays="one_by_one",
        seasons=(RAMADAN_2026, RAMADAN_2027),
        dates=(
            HoursDate(D(2026, 3, 1), D(2026, 3, 1), "10:00-12:00", "Upacara", "Ceremony"),
            HoursDate(D(2026, 6, 1), D(2026, 6, 7), "off", "Perbaikan", "Works"),
            HoursDate(D(2026, 6, 3), D(2026, 6, 3), "09:00-12:00,13:00-15:00"),
        ),
        holiday_dates=(
            HolidayTimes(D(2026, 3, 20), "usual"), HolidayTimes(D(2026, 3, 21), "off"),
            HolidayTimes(D(2026, 3, 22), "13:00-17:00"), HolidayTimes(D(2026, 8, 18), "off"),
        ),
    ),
    "independence": Hours(
        status="has_hours", week="Mo-Su 08:00-16:00", holidays="closed",
        dates=(HoursDate(D(2026, 8, 17), D(2026, 8, 17), "09:00-12:00"),),
    ),
    "as_usual": Hours(status="has_hours", week="Mo-Su 08:00-16:00", holidays="as_usual"),
    "undecided": Hours(status="has_hours", week="Mo-Su 08:00-16:00"),
    "appointment": Hours(by_appointment=True, contact="0800"),
    "appointment_and_hours": Hours(status="has_hours", week="Sa,Su 09:00-12:00", by_appointment=True),
    "school": Hours(
        status="has_hours", week="Tu-Fr 08:00-12:00; Sa 08:00-11:30,13:00-24:00", holidays="closed",
        seasons=SCHOOL_HOLIDAYS, dates=(HoursDate(D(2028, 2, 29), D(2028, 2, 29), "20:00-02:00"),),
    ),
    "season_only": Hours(status="has_hours", seasons=(RAMADAN_2027,)),
}  # fmt: skip
