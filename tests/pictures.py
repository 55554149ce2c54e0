"""Pictures for tests, made here, and how to send them."""

import io
from typing import Any

from flask import Flask
from PIL import Image, ImageDraw
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from pesona.db import db
from pesona.editing import photos
from pesona.media import queue
from pesona.models.photo import Photo
from tests.client import SelfCheckingClient

PHOTOS = "/admin/photos"
SIAK_GPS = {1: "N", 2: (0.0, 47.0, 41.0), 3: "E", 4: (102.0, 3.0, 7.9)}
SECRET = b"secret-comment-of-the-camera"
GOOD_WORDS = {
    "alt_id": "Istana di balik halamannya",
    "alt_en": "The palace behind its lawn",
    "credit": "Dinas Pariwisata",
    "licence": "office",
}


def drawing(width: int = 1600, height: int = 1200, colour: str = "seagreen") -> Image.Image:
    """Return a picture whose top left corner is red, so that one sees how it was turned."""
    image = Image.new("RGB", (width, height), colour)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 4, height // 4), fill="red")
    pen.ellipse((width // 2, height // 2, width - 50, height - 50), fill="navy")
    return image


def encoded(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    into = io.BytesIO()
    image.save(into, kind, **how)
    return into.getvalue()


def jpeg(width: int = 1600, height: int = 1200, colour: str = "seagreen", **how: Any) -> bytes:
    return encoded(drawing(width, height, colour), **how)


def camera_jpeg(colour: str = "seagreen") -> bytes:
    """Return a photo as telephones make it: lying on its side (orientation 6), with a point and a comment."""
    about = Image.Exif()
    about[0x0112] = 6
    about[0x010F] = "SecretCamera"
    about.get_ifd(0x8825).update(SIAK_GPS)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret-xmp</x:xmpmeta>"
    return jpeg(colour=colour, exif=about, comment=SECRET, xmp=xmp)


def send(
    client: SelfCheckingClient, *files: bytes | tuple[str, bytes], path: str = PHOTOS, **fields: str
) -> TestResponse:
    """Upload *files* as the form of the desk does."""
    named = [one if isinstance(one, tuple) else ("photo.jpg", one) for one in files]
    parts = [("files", FileStorage(io.BytesIO(content), name)) for name, content in named]
    # Encoded here: the test client would leave its temporary file open.
    boundary, body = encode_multipart(MultiDict([*parts, *fields.items()]))
    return client.http.post(
        path, data=body, headers={"Origin": client.origin}, content_type=f"multipart/form-data; boundary={boundary}"
    )


def upload(client: SelfCheckingClient, content: bytes | None = None, **words: str) -> int:
    """Upload a photo and give it *words*; return its number."""
    answer = send(client, jpeg() if content is None else content)
    assert answer.status_code == 303, answer.text
    number = int(answer.headers["Location"].split("?")[0].rsplit("/", 1)[1])
    if words:
        client.submit(client.visit(f"{PHOTOS}/{number}"), action=f"{PHOTOS}/{number}", **words)
    return number


def make_files(app: Flask) -> int:
    """Work off the queue as the thread of the server does."""
    with app.app_context():
        return queue.work_off(app.extensions["pesona.media"])


def row(app: Flask, number: int = 1) -> Photo:
    with app.app_context():
        found = photos.find(number)
        assert found
        db.session.expunge(found)
        return found
