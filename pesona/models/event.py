"""The public tables of events and their dates."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pesona.db import Model
from pesona.models.public import PublicFacts, PublicWords

CATEGORIES = ("culture", "religious", "sport", "culinary", "civic", "education", "special")
STATUSES = ("planned", "held", "expected", "postponed", "rescheduled", "moved", "full", "cancelled")


class Event(PublicFacts, Model):
    """Something that happens; its dates are occurrences."""

    __tablename__ = "event"

    category: Mapped[str] = mapped_column(String(20), index=True)
    district_code: Mapped[str | None] = mapped_column(ForeignKey("district.code"), index=True)
    destination_code: Mapped[str] = mapped_column(String(120))
    name_jawi: Mapped[str] = mapped_column(String(200))
    usual_months: Mapped[list[Any]]
    moving_date: Mapped[str] = mapped_column(String(80))


class EventTranslation(PublicWords, Model):
    """The words of an event in one language."""

    __tablename__ = "event_translation"

    venue: Mapped[str] = mapped_column(Text)
    usual_time: Mapped[str] = mapped_column(Text)
    getting_there: Mapped[str] = mapped_column(Text)
    getting_there_html: Mapped[str] = mapped_column(Text)
    tips: Mapped[str] = mapped_column(Text)
    tips_html: Mapped[str] = mapped_column(Text)


class Occurrence(Model):
    """One date of a live event, both days included; times are `HH:MM` in Asia/Jakarta, empty is all day."""

    __tablename__ = "occurrence"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[date] = mapped_column(index=True)
    end: Mapped[date] = mapped_column(index=True)
    start_time: Mapped[str] = mapped_column(String(5))
    end_time: Mapped[str] = mapped_column(String(5))
    status: Mapped[str] = mapped_column(String(20))
    previous_start: Mapped[str] = mapped_column(String(10))
    venue_id: Mapped[str] = mapped_column(Text)
    venue_en: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(200))
    note_id: Mapped[str] = mapped_column(Text)
    note_en: Mapped[str] = mapped_column(Text)
