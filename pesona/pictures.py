"""The files that a photo is served as: shapes, widths, formats and addresses. Pure."""

import hashlib
import re
from dataclasses import dataclass

WIDTHS = (320, 640, 960, 1280, 1920)
CARD, CARD_WIDTHS = (4, 3), (320, 640, 960)
SOCIAL = (1200, 630)
FIRST_WIDTHS = (320, 640)  # JPEG, made while the upload waits

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# Part of every key: raise it when files are made otherwise, so that no address changes its bytes.
RECIPE = 1

Focus = tuple[float, float]  # from the left and from the top, each 0 to 1
CENTRE: Focus = (0.5, 0.5)

FILE = re.compile(r"([0-9a-f]{32})-(\d{2,4})\.(avif|webp|jpg)")


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of a photo: the key of its files, its size in pixels, its widths; not *ready* is two JPEG files."""

    key: str
    width: int
    height: int
    widths: tuple[int, ...]
    ready: bool

    def height_of(self, width: int) -> int:
        return max(1, round(width * self.height / self.width))

    def address(self, width: int, suffix: str = "jpg") -> str:
        return f"/media/{self.key}-{width}.{suffix}"

    def srcset(self, suffix: str) -> str:
        """Return the files of one format with their widths, as an `srcset`."""
        widths = self.widths if self.ready else [w for w in self.widths if w in FIRST_WIDTHS]
        return ", ".join(f"{self.address(width, suffix)} {width}w" for width in widths)

    @property
    def formats(self) -> list[tuple[str, str]]:
        """Return (type, suffix) of the formats that stand before JPEG, the smallest first."""
        return [(kind, suffix) for suffix, kind in TYPES.items() if suffix != "jpg"] if self.ready else []

    @property
    def first(self) -> int:
        """Return the width that is there from the beginning."""
        return max(w for w in self.widths if w in FIRST_WIDTHS)

    @property
    def largest(self) -> int:
        return self.widths[-1] if self.ready else self.first


def whole(name: str, width: int, height: int, ready: bool = True) -> Shape:
    """Return the uncropped shape of the original *name*; no file is wider than it."""
    widths = [w for w in WIDTHS if w < width]
    return Shape(_key(name, "whole"), width, height, (*widths, min(width, WIDTHS[-1])), ready)


def card(name: str, width: int, height: int, focus: Focus, ready: bool = True) -> Shape:
    """Return the shape of 4:3 cut round *focus*, as cards show it."""
    box = crop(width, height, CARD, focus)
    cut = box[2] - box[0]
    widths = tuple(w for w in CARD_WIDTHS if w <= cut)
    return Shape(_key(name, f"card {focus}"), CARD[0] * widths[-1] // 4, CARD[1] * widths[-1] // 4, widths, ready)


def social(name: str, focus: Focus) -> Shape:
    """Return the shape that other sites show beside a link, one JPEG."""
    return Shape(_key(name, f"social {focus}"), *SOCIAL, (SOCIAL[0],), ready=True)


def crop(width: int, height: int, ratio: tuple[int, int], focus: Focus) -> tuple[int, int, int, int]:
    """Return the largest box of *ratio* inside the picture (left, top, right, bottom), its middle near *focus*."""
    across, down = ratio
    box_width, box_height = min(width, height * across // down), min(height, width * down // across)
    left = min(max(round(focus[0] * width - box_width / 2), 0), width - box_width)
    top = min(max(round(focus[1] * height - box_height / 2), 0), height - box_height)
    return left, top, left + box_width, top + box_height


def _key(name: str, shape: str) -> str:
    return hashlib.sha256(f"{RECIPE} {name} {shape}".encode()).hexdigest()[:32]
