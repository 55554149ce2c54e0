"""Renditions from an original: cut, shrunk and written in each format."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from PIL import Image

from pesona import pictures
from pesona.media.store import Store, write
from pesona.pictures import Focus, Shape

# Quality by eye at arm's length; AVIF speed 8 is four times faster than 6 for a few per cent of size.
_SAVED: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "avif": {"format": "AVIF", "quality": 62, "speed": 8, "max_threads": 1},
}
_ORIGINAL: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 92},
    "png": {"format": "PNG"},
    "webp": {"format": "WEBP", "quality": 92},
}

File = tuple[str, Shape, int, str]  # file name, its shape, its width, its suffix


def original(image: Image.Image, suffix: str) -> bytes:
    return _encoded(image, _ORIGINAL[suffix])


def files(name: str, width: int, height: int, focus: Focus) -> Iterator[File]:
    """Yield every file of the original *name* whose cuts are made round *focus*."""
    for shape in (pictures.whole(name, width, height), pictures.card(name, width, height, focus)):
        for one in shape.widths:
            for suffix in pictures.TYPES:
                yield _file(shape, one, suffix)
    yield _file(pictures.social(name, focus), pictures.SOCIAL[0], "jpg")


def first_files(name: str, width: int, height: int, focus: Focus) -> Iterator[File]:
    """Yield the few JPEG files that stand in until all are made."""
    for name_of, shape, one, suffix in files(name, width, height, focus):
        if suffix == "jpg" and one in pictures.FIRST_WIDTHS:
            yield name_of, shape, one, suffix


def make(store: Store, image: Image.Image, wanted: Iterable[File], focus: Focus) -> int:
    """Write the *wanted* files that are not there yet; return how many were made."""
    made = 0
    shrunk: dict[tuple[str, int], Image.Image] = {}
    for name, shape, width, suffix in wanted:
        path = store.file(name)
        if not path.exists():
            key = (shape.key, width)
            if key not in shrunk:
                shrunk = {key: _shrunk(image, shape, width, focus)}
            write(path, _encoded(shrunk[key], _SAVED[suffix]))
            made += 1
    return made


def _file(shape: Shape, width: int, suffix: str) -> File:
    return f"{shape.key}-{width}.{suffix}", shape, width, suffix


def _shrunk(image: Image.Image, shape: Shape, width: int, focus: Focus) -> Image.Image:
    box = pictures.crop(*image.size, (shape.width, shape.height), focus)
    return image.resize((width, shape.height_of(width)), Image.Resampling.LANCZOS, box, reducing_gap=3.0)


def _encoded(image: Image.Image, how: dict[str, Any]) -> bytes:
    into = io.BytesIO()
    image.save(into, **how)
    return into.getvalue()
