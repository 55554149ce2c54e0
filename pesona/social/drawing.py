"""A card drawn: words on a bank of the river, the picture on the other."""

import re
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from pesona.paths import resource_folder
from pesona.pictures import SOCIAL
from pesona.social.card import SocialCard

WIDTH, HEIGHT = SOCIAL
# The subject of a drawing stands within its middle 60 %, and no more than that is shown beside the words.
PICTURE = (720, HEIGHT)
BANK, BEND = 482, 66  # where the river runs, and how far it bends: never left of the picture
MARGIN = 48
ROOM = BANK - MARGIN - 16
LARGEST_NAME, SMALLEST_NAME = 76, 30
SMALL, DATES, FINE = 26, 32, 16
BOTTOM = HEIGHT - 130
FINER = 3  # edges are drawn so many times larger and shrunk

Font = ImageFont.FreeTypeFont


def draw(card: SocialCard, picture: Image.Image) -> Image.Image:
    """Return *card* with *picture*, which is of the size `PICTURE`."""
    drawn = Image.new("RGB", SOCIAL, _colour("river-800"))
    drawn.paste(picture, (WIDTH - PICTURE[0], 0))
    _river(drawn)
    pen = ImageDraw.Draw(drawn)
    top = _lines(
        pen, 52, _wrapped(card.above, _reading(SMALL, 500), ROOM), _reading(SMALL, 500), "color-on-river-muted"
    )
    below = _wrapped(card.below, _reading(DATES, 700), ROOM)
    top += 16 if card.above else 0
    font, name = _fitted(card.name, BOTTOM - top - len(below) * _step(_reading(DATES, 700)) - 26)
    top = _lines(pen, top, name, font, "paper-50") + 22
    _lines(pen, top, below, _reading(DATES, 700), "yellow-500")
    _sign(drawn, pen)
    _credit(drawn, card.credit)
    return drawn


def cloth(tile: Image.Image) -> Image.Image:
    """Return *tile* woven as often as a picture has room for."""
    woven = Image.new("RGB", PICTURE)
    for left in range(0, PICTURE[0], tile.width):
        for top in range(0, PICTURE[1], tile.height):
            woven.paste(tile, (left, top))
    return woven


def _river(drawn: Image.Image) -> None:
    """Lay the bank of the words over the picture, and the river along it."""
    bank, line = _masks()
    drawn.paste(_colour("river-800"), (0, 0), bank)
    drawn.paste(_colour("yellow-500"), (0, 0), line)


@cache
def _masks() -> tuple[Image.Image, Image.Image]:
    """Return where the bank lies and where the river runs, the same on every card."""
    course = [(x * FINER, y * FINER) for x, y in _course()]
    size = (WIDTH * FINER, HEIGHT * FINER)
    bank, line = Image.new("L", size), Image.new("L", size)
    ImageDraw.Draw(bank).polygon([(0, 0), *course, (0, size[1])], fill=255)
    ImageDraw.Draw(line).line(course, fill=255, width=7 * FINER, joint="curve")
    return bank.resize(SOCIAL, Image.Resampling.BOX), line.resize(SOCIAL, Image.Resampling.BOX)


@cache
def _course() -> tuple[tuple[float, float], ...]:
    """Return the river of the site, which runs from left to right, turned to run from top to bottom."""
    path = (resource_folder("static") / "img/river.svg").read_text("utf-8").partition(' d="')[2].partition('"')[0]
    numbers = [float(one) for one in re.findall(r"[\d.]+", path)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    bends = [points[0]]
    for at in range(0, len(points) - 3, 3):
        bends += _curve(*points[at : at + 4])
    return tuple((BANK + y / 60 * BEND, x / 1200 * HEIGHT) for x, y in bends)


Spot = tuple[float, float]


def _curve(start: Spot, one: Spot, two: Spot, end: Spot) -> Iterator[Spot]:
    """Yield eight points on a cubic curve, its end last."""
    for step in range(1, 9):
        t = step / 8
        shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        x, y = (sum(s * p[axis] for s, p in zip(shares, (start, one, two, end), strict=True)) for axis in (0, 1))
        yield x, y


def _sign(drawn: Image.Image, pen: ImageDraw.ImageDraw) -> None:
    """Put the mark and the name of the site at the foot."""
    with Image.open(resource_folder("static") / "img/icon-192.png") as icon:
        mark = icon.convert("RGB").resize((84, 84), Image.Resampling.LANCZOS)
    drawn.paste(mark, (MARGIN - 14, HEIGHT - 112))
    pen.text((MARGIN + 78, HEIGHT - 70), "Pesona Siak", _colour("paper-50"), _voice(34), "lm")


def _credit(drawn: Image.Image, credit: str) -> None:
    """Say who took the photo in its corner: many licences ask for that wherever it is shown."""
    if not credit:
        return
    font = _reading(FINE, 500)
    said = _wrapped(credit, font, PICTURE[0] - 160)[0]
    pen = ImageDraw.Draw(drawn, "RGBA")
    wide = font.getlength(said)
    pen.rectangle((WIDTH - wide - 24, HEIGHT - 34, WIDTH, HEIGHT), fill=(*_colour("river-900"), 200))
    pen.text((WIDTH - 12, HEIGHT - 17), said, _colour("paper-50"), font, "rm")


def _lines(pen: ImageDraw.ImageDraw, top: float, lines: list[str], font: Font, colour: str) -> float:
    """Write *lines* from *top* on; return where the next one begins."""
    for line in lines:
        pen.text((MARGIN, top), line, _colour(colour), font, "la")
        top += _step(font)
    return top


def _step(font: Font) -> float:
    return font.size * (1.1 if font.getname()[0] == "Young Serif" else 1.36)


def _fitted(name: str, room: float) -> tuple[Font, list[str]]:
    """Return the largest type in which *name* keeps within *room* without a broken word; the smallest breaks it."""
    for size in range(LARGEST_NAME, SMALLEST_NAME - 1, -2):
        font = _voice(size)
        lines = _wrapped(name, font, ROOM)
        whole = all(font.getlength(word) <= ROOM for word in name.split())
        if size == SMALLEST_NAME or (whole and len(lines) * _step(font) <= room):
            break
    most = max(1, int(room / _step(font)))
    return font, lines if len(lines) <= most else [*lines[: most - 1], _cut_off(lines[most - 1], font)]


def _cut_off(line: str, font: Font) -> str:
    while font.getlength(f"{line}…") > ROOM:
        line = line[:-1]
    return f"{line}…"


def _wrapped(text: str, font: Font, room: float) -> list[str]:
    """Return *text* in lines that keep within *room*; a word that is longer is broken."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
            continue
        while font.getlength(word) > room:
            fits = next(n for n in range(len(word), 0, -1) if font.getlength(word[:n]) <= room)
            lines.append(word[:fits])
            word = word[fits:]
        lines.append(word)
    return lines


def _reading(size: int, weight: int) -> Font:
    return _font("plus-jakarta-sans", size, weight)


def _voice(size: int) -> Font:
    return _font("young-serif", size)


@cache
def _font(name: str, size: int, weight: int = 0) -> Font:
    font = ImageFont.truetype(resource_folder("static") / f"fonts/{name}.woff2", size)
    if weight:
        font.set_variation_by_axes([weight])
    return font


@cache
def _colour(token: str) -> tuple[int, int, int]:
    """Return a colour from the one place that writes them."""
    tokens = (resource_folder("static") / "css/tokens.css").read_text("utf-8")
    found = re.search(rf"--{token}: #([0-9a-f]{{6}});", tokens)
    if found is None:
        raise LookupError(f"no colour {token}")
    red, green, blue = bytes.fromhex(found[1])
    return red, green, blue
