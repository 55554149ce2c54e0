"""Make from each drawing the picture that other sites show beside a link: `make drawings`.

A picture says in its comment which drawing it was made from; `tests/test_drawings.py` compares.
"""

import hashlib
import io
from pathlib import Path

import resvg_py
from PIL import Image

FOLDER = Path(__file__).parent.parent / "static" / "art"
WIDTH, HEIGHT = 1200, 630
# Of the 900 rows of a drawing: the subject stands in the lower middle.
TOP = 180


def main() -> None:
    for drawing in sorted(FOLDER.glob("*.svg")):
        if drawing.stem.endswith("-night"):
            continue
        made, digest = drawing.with_suffix(".jpg"), hashlib.sha256(drawing.read_bytes()).hexdigest()
        if made.is_file() and comment(made) == digest:
            continue
        rendered = resvg_py.svg_to_bytes(svg_path=str(drawing), width=WIDTH)
        picture = Image.open(io.BytesIO(bytes(rendered))).convert("RGB").crop((0, TOP, WIDTH, TOP + HEIGHT))
        picture.save(made, quality=80, optimize=True, progressive=True, comment=digest)
        print(made.name, made.stat().st_size)


def comment(picture: Path) -> str:
    """Return what the comment of the JPEG file *picture* says."""
    with Image.open(picture) as opened:
        return bytes(opened.info.get("comment", b"")).decode()


if __name__ == "__main__":
    main()
