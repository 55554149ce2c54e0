"""The guide for editors, in the language of the desk or in the other one."""

from functools import lru_cache

from flask import g, request
from markupsafe import Markup
from PIL import Image
from werkzeug.wrappers import Response as BaseResponse

from pesona import assets
from pesona.admin.blueprint import desk, page
from pesona.locales import LOCALES, other_locale
from pesona.paths import PACKAGE, resource_folder
from pesona.text import guide


@desk("/help", "read")
def help_page() -> BaseResponse:
    """Show the guide; `?locale=` asks for a language, the frame of the desk keeps its own."""
    asked = request.args.get("locale", "")
    locale = asked if asked in LOCALES else g.locale
    found = guide.read(_source(locale), lambda name: (assets.address(picture(locale, name)), *_size(locale, name)))
    return page("guide", guide=found, html=Markup(found.html), in_locale=locale, other_guide=other_locale(locale))  # noqa: S704 - our own text


def picture(locale: str, name: str) -> str:
    """Return where the picture *name* of the guide in *locale* lies among the static files."""
    return f"img/guide/{locale}-{name}.webp"


@lru_cache
def _source(locale: str) -> str:
    return (PACKAGE / "guide" / f"{locale}.md").read_text("utf-8")


@lru_cache
def _size(locale: str, name: str) -> tuple[int, int]:
    with Image.open(resource_folder("static") / picture(locale, name)) as image:
        return image.width // SCALE, image.height // SCALE


# The pictures are taken at twice the size in which they are shown (tools/guide_pictures.py).
SCALE = 2
