"""The districts (kecamatan) and villages (kampung and kelurahan) of the regency."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pesona.db import Model


class District(Model):
    """A kecamatan by its Kemendagri code; the centroid is in WGS 84 degrees."""

    __tablename__ = "district"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    code_bps: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    latitude: Mapped[float]
    longitude: Mapped[float]


class Village(Model):
    """A kampung or kelurahan by its Kemendagri code; the centroid is in WGS 84 degrees."""

    __tablename__ = "village"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    district_code: Mapped[str] = mapped_column(ForeignKey("district.code"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    type: Mapped[str] = mapped_column(String(20))
    latitude: Mapped[float]
    longitude: Mapped[float]
