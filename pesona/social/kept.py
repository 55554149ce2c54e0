"""The cards that were drawn, kept in a folder that may be thrown away at any time."""

import io
import threading
from contextlib import suppress
from pathlib import Path

from PIL import Image

from pesona.media.store import Store, write
from pesona.paths import resource_folder
from pesona.pictures import SOCIAL, crop
from pesona.published import Photo
from pesona.social import drawing
from pesona.social.card import SocialCard

MOST_KEPT = 2000  # about 150 MB
QUALITY = 82


class Cards:
    """The cards of one home: drawn when first asked for; the oldest leave when there are too many."""

    def __init__(self, home: Path, media: Store, most: int = MOST_KEPT) -> None:
        self.folder = home / "cards"
        self.media = media
        self.most = most
        # One at a time in each process: a crawler in a hurry may not take every core.
        self._lock = threading.Lock()

    def content(self, card: SocialCard) -> bytes:
        """Return *card* as JPEG; raises `OSError` where its photo is not there."""
        path = self.folder / f"{card.key}.jpg"
        with suppress(OSError):
            return path.read_bytes()
        with self._lock:
            with suppress(OSError):  # drawn while this one waited
                return path.read_bytes()
            content = self._drawn(card)
            with suppress(OSError):  # a full disk keeps nothing, and readers need not know
                write(path, content)
                self._sweep()
        return content

    def _drawn(self, card: SocialCard) -> bytes:
        if card.photo and card.photo.social:
            picture = self._photo(card.photo)
        else:
            with Image.open(resource_folder("static") / card.still) as still:
                picture = _cut(still, (0.5, 0.5)) if card.drawing else drawing.cloth(still.convert("RGB"))
        into = io.BytesIO()
        drawing.draw(card, picture).save(into, "JPEG", quality=QUALITY, progressive=True, optimize=True)
        return into.getvalue()

    def _photo(self, photo: Photo) -> Image.Image:
        """Return the cut of *photo* that is made for links, cut once more round its focal point."""
        shape = photo.social
        assert shape is not None
        left, top, right, bottom = crop(photo.width, photo.height, SOCIAL, photo.focus)
        focus = (
            (photo.focus[0] * photo.width - left) / (right - left),
            (photo.focus[1] * photo.height - top) / (bottom - top),
        )
        with Image.open(self.media.file(f"{shape.key}-{shape.width}.jpg")) as cut:
            return _cut(cut, focus)

    def _sweep(self) -> None:
        """Remove the oldest tenth where too many are kept."""
        kept = list(self.folder.glob("*.jpg"))
        if len(kept) > self.most:
            kept.sort(key=lambda path: path.stat().st_mtime)
            for path in kept[: len(kept) - self.most * 9 // 10]:
                path.unlink(missing_ok=True)


def _cut(picture: Image.Image, focus: tuple[float, float]) -> Image.Image:
    return picture.convert("RGB").crop(crop(*picture.size, drawing.PICTURE, focus))
