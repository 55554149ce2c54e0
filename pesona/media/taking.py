"""An upload read with suspicion: its type from its bytes, its size before its pixels, only its pixels kept."""

import io
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageOps

LARGEST_FILE = 20 * 1024 * 1024
MOST_PIXELS, LONGEST_SIDE = 50_000_000, 12_000
SMALLEST = (1200, 800)

# The sizes are looked at here, before anything is decoded; Pillow's own limit only warns at first.
Image.MAX_IMAGE_PIXELS = None

# What the bytes are by what they begin with, where it is worth saying so.
_HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")
_STORED = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}


class Refused(ValueError):
    """An upload that cannot become a photo: *reason* is a code, *values* fill its sentence."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


@dataclass(frozen=True, slots=True)
class Taken:
    """A clean picture: upright, sRGB, without a word about it; *point* is where it says it was taken."""

    image: Image.Image
    suffix: str
    point: tuple[float, float] | None


def take(content: bytes) -> Taken:
    """Return the picture in *content*; raises `Refused` saying why there is none."""
    if len(content) > LARGEST_FILE:
        raise Refused("large", size=len(content))
    _expect_type(content)
    _expect_size(*_webp_size(content))
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            _expect_size(*image.size)
            suffix, point = _STORED[image.format or ""], _point(image)
            image.load()
            return Taken(_clean(image), suffix, point)
    except Refused:
        raise
    except Exception as problem:  # Pillow raises a dozen kinds for broken files
        raise Refused("damaged") from problem


def _expect_type(content: bytes) -> None:
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise Refused("heic")
    if content[:2] == b"\xff\xd8" or content[:8] == b"\x89PNG\r\n\x1a\n":
        return
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return
    if not content:
        raise Refused("empty")
    raise Refused("svg" if b"<svg" in content[:4096].lower() else "type")


def _expect_size(width: int, height: int) -> None:
    if width > LONGEST_SIDE or height > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise Refused("pixels", width=width, height=height)
    if max(width, height) < SMALLEST[0] or min(width, height) < SMALLEST[1]:
        raise Refused("small", width=width, height=height)


def _webp_size(content: bytes) -> tuple[int, int]:
    """Return the canvas that an extended WebP file asks for: Pillow would make room for it on opening."""
    if content[:4] == b"RIFF" and content[12:16] == b"VP8X" and len(content) >= 30:
        across, down = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
        return across, down
    return SMALLEST


def _clean(image: Image.Image) -> Image.Image:
    """Return the pixels alone: turned upright, in sRGB, on white where they were transparent."""
    # In place, for a copy of the largest picture is 150 MB.
    ImageOps.exif_transpose(image, in_place=True)
    upright = _in_srgb(image)
    # A new picture has no comment, no profile and no text, and saving it cannot bring them back.
    clean = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        upright = upright.convert("RGBA")
        clean.paste(upright, mask=upright.getchannel("A"))
    else:
        clean.paste(upright if upright.mode == "RGB" else upright.convert("RGB"))
    return clean


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.point(lambda value: value / 256).convert("L")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        # A profile that cannot be read is not worth a refused photo.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGBA" if image.mode == "RGBA" else "RGB"
            moved = ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode=mode)
            return moved or image
    return image


def _point(image: Image.Image) -> tuple[float, float] | None:
    """Return the latitude and longitude that the camera noted, if it makes sense."""
    with suppress(Exception):  # what cameras write there is often broken
        told = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        latitude = _degrees(told[2]) * (-1 if told[1] == "S" else 1)
        longitude = _degrees(told[4]) * (-1 if told[3] == "W" else 1)
        if abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude, longitude) != (0, 0):
            return round(latitude, 6), round(longitude, 6)
    return None


def _degrees(parts: Any) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    if not all(0 <= part < 181 for part in (degrees, minutes, seconds)):
        raise struct.error
    return degrees + minutes / 60 + seconds / 3600
