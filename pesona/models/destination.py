"""The public tables of destinations."""

from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pesona.db import Model
from pesona.models.public import PublicFacts, PublicWords

KINDS = ("place", "culinary", "craft", "intangible")
CATEGORIES = ("history", "religious", "nature", "culture", "family", "landmark", "culinary", "craft")
HOURS_STATUSES = ("unknown", "has_hours", "always_open", "closed_for_now", "closed")
VISITORS = ("adult", "child", "student", "group", "vehicle", "any")
RESIDENCES = ("domestic", "foreign", "any")
PRICE_KINDS = ("fixed", "donation")  # nothing to pay is a fixed price of 0; what is not known has no row
HOLIDAY_POLICIES = ("", "as_usual", "closed", "one_by_one")
DAYS = ("any", "weekday", "weekend", "holiday")
# What a place has, in the order in which it is told; what is not known has no answer, and no row.
FACILITIES = (
    "step_free", "toilet", "accessible_toilet", "parking", "seating", "prayer_room", "sign_language", "wheelchair_loan",
)  # fmt: skip
ANSWERS = ("yes", "partly", "no")


class Destination(PublicFacts, Model):
    """What one comes for; the point is WGS 84 degrees with its expected error in metres."""

    __tablename__ = "destination"

    kind: Mapped[str] = mapped_column(String(20))
    category: Mapped[str] = mapped_column(String(20), index=True)
    district_code: Mapped[str | None] = mapped_column(ForeignKey("district.code"), index=True)
    village_code: Mapped[str | None] = mapped_column(ForeignKey("village.code"))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    coord_precision_m: Mapped[int | None]
    name_jawi: Mapped[str] = mapped_column(String(200))
    year_built: Mapped[str] = mapped_column(String(40))
    architect: Mapped[str] = mapped_column(String(200))
    hours_status: Mapped[str] = mapped_column(String(20))
    hours_week: Mapped[str] = mapped_column(Text)
    hours_last_entry: Mapped[str] = mapped_column(Text)
    hours_seasons: Mapped[list[Any]]
    hours_dates: Mapped[list[Any]]
    hours_holidays: Mapped[str] = mapped_column(String(20))
    hours_holiday_dates: Mapped[list[Any]]
    by_appointment: Mapped[bool]
    appointment_contact: Mapped[str] = mapped_column(Text)
    closed_until: Mapped[str] = mapped_column(String(10))
    hours_source: Mapped[str] = mapped_column(String(200))
    hours_checked_on: Mapped[str] = mapped_column(String(10))
    hours_reported: Mapped[list[Any]]
    prices: Mapped[list[Any]]
    facilities: Mapped[list[Any]]


class DestinationTranslation(PublicWords, Model):
    """The words of a destination in one language."""

    __tablename__ = "destination_translation"

    getting_there: Mapped[str] = mapped_column(Text)
    getting_there_html: Mapped[str] = mapped_column(Text)
    tips: Mapped[str] = mapped_column(Text)
    tips_html: Mapped[str] = mapped_column(Text)
    status_note: Mapped[str] = mapped_column(Text)
    status_note_html: Mapped[str] = mapped_column(Text)
    price_note: Mapped[str] = mapped_column(Text)
