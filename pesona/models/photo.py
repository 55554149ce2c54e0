"""Photos, the public list of those that a live item shows, and the queue of those still to be made."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pesona import pictures
from pesona.clock import utc_now
from pesona.db import Model
from pesona.pictures import CENTRE, Focus

LICENCES = ("office", "permission", "cc-by", "cc-by-sa", "cc0", "public-domain")
CONSENTS = ("nobody", "given", "refused")


class Photo(Model):
    """A photo and its words: outside revisions, so a change is public at once where the photo is.

    *name* is the hash of the stored original, *upload* that of the bytes as they came. *focus_x* and
    *focus_y* are what the editor chose, *cut_x* and *cut_y* what the cuts were made round; *ready* says
    that every file is made. *latitude* and *longitude* are kept only until someone has answered whether
    the map wants them. *row_version* grows with each change by an editor.
    """

    __tablename__ = "photo"
    # Snapshots name photos by number, so a number never comes back.
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    upload: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(64))
    suffix: Mapped[str] = mapped_column(String(4))
    width: Mapped[int]
    height: Mapped[int]
    focus_x: Mapped[float | None]
    focus_y: Mapped[float | None]
    cut_x: Mapped[float] = mapped_column(default=CENTRE[0])
    cut_y: Mapped[float] = mapped_column(default=CENTRE[1])
    ready: Mapped[bool] = mapped_column(default=False)
    alt_id: Mapped[str] = mapped_column(String(150), default="")
    alt_en: Mapped[str] = mapped_column(String(150), default="")
    decorative: Mapped[bool] = mapped_column(default=False)
    caption_id: Mapped[str] = mapped_column(Text, default="")
    caption_en: Mapped[str] = mapped_column(Text, default="")
    credit: Mapped[str] = mapped_column(String(200), default="")
    licence: Mapped[str] = mapped_column(String(20), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    date: Mapped[str] = mapped_column(String(40), default="")
    consent: Mapped[str] = mapped_column(String(20), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    row_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    updated_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    trashed_at: Mapped[datetime | None]

    @property
    def focus(self) -> Focus:
        """Return the point that cuts keep: the one chosen, or the middle."""
        if self.focus_x is None or self.focus_y is None:
            return CENTRE
        return self.focus_x, self.focus_y

    @property
    def cut(self) -> Focus:
        return self.cut_x, self.cut_y

    @property
    def whole(self) -> pictures.Shape:
        return pictures.whole(self.name, self.width, self.height, self.ready)

    @property
    def card(self) -> pictures.Shape:
        return pictures.card(self.name, self.width, self.height, self.cut, self.ready)


class ItemPhoto(Model):
    """A photo of a live item, its first one being the main one: written by publication."""

    __tablename__ = "item_photo"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), index=True)


class PhotoJob(Model):
    """A note that the files of a photo must be made."""

    __tablename__ = "photo_job"

    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), primary_key=True)
