"""Make what the cards beside shared links are drawn from: `make drawings`.

A JPEG of each drawing, and a piece of cloth of each category, for items without a drawing. Each says
in its comment what it was made from; `tests/test_drawings.py` compares.
"""

import hashlib
import io
import re
from pathlib import Path

import resvg_py
from PIL import Image
from PIL.PngImagePlugin import PngInfo

STATIC = Path(__file__).parent.parent / "static"
WIDTH, HEIGHT = 1200, 630
# Of the 900 rows of a drawing: the subject stands in the lower middle.
TOP = 180
TILE = 120


def main() -> None:
    for drawing in sorted((STATIC / "art").glob("*.svg")):
        if not drawing.stem.endswith("-night"):
            make_picture(drawing)
    for category in categories():
        make_cloth(category)


def make_picture(drawing: Path) -> None:
    made, digest = drawing.with_suffix(".jpg"), hashlib.sha256(drawing.read_bytes()).hexdigest()
    if made.is_file() and comment(made) == digest:
        return
    rendered = resvg_py.svg_to_bytes(svg_path=str(drawing), width=WIDTH)
    picture = Image.open(io.BytesIO(bytes(rendered))).convert("RGB").crop((0, TOP, WIDTH, TOP + HEIGHT))
    picture.save(made, quality=80, optimize=True, progressive=True, comment=digest)
    print(made.name, made.stat().st_size)


def categories() -> list[str]:
    return re.findall(r"--cloth-(\w+): #[0-9a-f]{6};", (STATIC / "css/tokens.css").read_text("utf-8"))


def cloth(category: str) -> str:
    """Return one repeat of the cloth of *category* as SVG, as the styles of the cards describe it."""
    colour = re.search(rf"--cloth-{category}: (#\w+);", (STATIC / "css/tokens.css").read_text("utf-8"))
    motif = re.search(
        rf'\.card--{category}, .*?--motif: url\("(.*?)"\)', (STATIC / "css/components/cloth.css").read_text("utf-8")
    )
    assert colour, category
    assert motif, category
    woven = (STATIC / motif[1]).read_text("utf-8")
    view = re.search(r'viewBox="0 0 (\d+) (\d+)"', woven)
    assert view, motif[1]
    assert view[1] == view[2], motif[1]
    inner = woven.partition("<svg")[2].partition(">")[2].rpartition("</svg>")[0]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {view[1]} {view[1]}">'
        f'<rect width="{view[1]}" height="{view[1]}" fill="{colour[1]}"/>{inner}</svg>'
    )


def make_cloth(category: str) -> None:
    made, svg = STATIC / f"img/cloth-{category}.png", cloth(category)
    digest = hashlib.sha256(svg.encode()).hexdigest()
    if made.is_file() and comment(made) == digest:
        return
    rendered = resvg_py.svg_to_bytes(svg_string=svg, width=TILE, height=TILE)
    tile = Image.open(io.BytesIO(bytes(rendered))).convert("RGB").quantize(32, dither=Image.Dither.NONE)
    about = PngInfo()
    about.add_text("comment", digest)
    tile.save(made, optimize=True, pnginfo=about)
    print(made.name, made.stat().st_size)


def comment(picture: Path) -> str:
    """Return what the comment of the file *picture* says."""
    with Image.open(picture) as opened:
        said = opened.info.get("comment", "")
        return said.decode() if isinstance(said, bytes) else str(said)


if __name__ == "__main__":
    main()
