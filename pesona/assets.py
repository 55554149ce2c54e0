"""The static files under one hash of the whole tree: CSS joined and text compressed once, at start."""

import gzip
import hashlib
import re
from dataclasses import dataclass, field
from functools import cache
from mimetypes import guess_type
from pathlib import Path

import brotli
from flask import Flask, Response, abort, current_app, request

from pesona.paths import resource_folder
from pesona.wsgi import best_encoding

CSS_ORDER = ("layers", "tokens", "reset", "base", "layout", "components/*", "utilities")
# What every page needs beside its pictures: the worker keeps these from the first visit.
FRAME = re.compile(r"site\.css|fonts/(?!noto-naskh)[\w-]+\.woff2|img/[\w-]+\.svg|js/(?!desk|publish|worker)\w+\.js")
COMPRESSED = (".css", ".js", ".svg", ".txt", ".json", ".html")
YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file in memory with its compressed forms by encoding."""

    type: str
    bodies: dict[str, bytes]


@dataclass(slots=True)
class Assets:
    """Every static file by its path, and the hash that their addresses carry."""

    files: dict[str, Asset] = field(default_factory=dict)
    hash: str = ""

    def address(self, path: str) -> str:
        """Return the address of the static file *path*; one that is not there is a mistake of ours."""
        if path not in self.files:
            raise LookupError(f"no static file {path}")
        return f"/static/{self.hash}/{path}"


def init_app(app: Flask) -> None:
    """Read the static tree of *app* and serve it."""
    app.extensions["pesona.assets"] = _read(resource_folder("static"))
    app.add_url_rule("/static/<tree>/<path:path>", "asset", _serve)
    app.add_url_rule("/favicon.ico", "favicon", _favicon)


def address(path: str) -> str:
    found: Assets = current_app.extensions["pesona.assets"]
    return found.address(path)


def frame() -> list[str]:
    """Return the addresses of the files that every public page is drawn with."""
    found: Assets = current_app.extensions["pesona.assets"]
    return [found.address(path) for path in found.files if FRAME.fullmatch(path)]


def text(path: str) -> str:
    """Return what the static file *path* says."""
    found: Assets = current_app.extensions["pesona.assets"]
    return found.files[path].bodies[""].decode()


def tree() -> str:
    """Return the hash that the addresses of static files carry."""
    found: Assets = current_app.extensions["pesona.assets"]
    return found.hash


@cache
def _read(folder: Path) -> Assets:
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    raw = {name: (folder / name).read_bytes() for name in names if not name.startswith(("css/", "__"))}
    css = {
        pattern: b"".join(p.read_bytes() for p in sorted(folder.glob(f"css/{pattern}.css"))) for pattern in CSS_ORDER
    }
    raw["site.css"] = b"".join(css.values())
    desk = folder / "css/desk.css"
    raw["desk.css"] = raw["site.css"] + (desk.read_bytes() if desk.is_file() else b"")
    digest = hashlib.sha256()
    for name, body in sorted(raw.items()):
        digest.update(name.encode() + b"\0" + body)
    return Assets({name: _asset(name, body) for name, body in raw.items()}, digest.hexdigest()[:12])


def _asset(name: str, body: bytes) -> Asset:
    suffix = Path(name).suffix
    kind = {".js": "text/javascript", ".woff2": "font/woff2"}.get(suffix) or guess_type(name)[0]
    bodies = {"": body}
    if suffix in COMPRESSED and len(body) > 1400:
        bodies["gzip"] = gzip.compress(body, 9, mtime=0)
        bodies["br"] = brotli.compress(body, quality=9)
    text = (kind or "").startswith("text/") and "charset=utf-8"
    return Asset(f"{kind or 'application/octet-stream'}{f'; {text}' if text else ''}", bodies)


def _serve(tree: str, path: str) -> Response:
    found: Assets = current_app.extensions["pesona.assets"]
    file = found.files.get(path)
    if file is None:
        abort(404)
    return _answer(file, YEAR if tree == found.hash else "public, no-cache", f"{found.hash}-{path}")


def _favicon() -> Response:
    found: Assets = current_app.extensions["pesona.assets"]
    return _answer(found.files["img/favicon.ico"], "public, max-age=86400", f"{found.hash}-favicon")


def _answer(file: Asset, lifetime: str, tag: str) -> Response:
    encoding = best_encoding(request.headers.get("Accept-Encoding", ""), file.bodies)
    answer = Response(file.bodies[encoding], content_type=file.type)
    answer.headers["Cache-Control"] = lifetime
    if len(file.bodies) > 1:
        answer.headers["Vary"] = "Accept-Encoding"
    if encoding:
        answer.headers["Content-Encoding"] = encoding
    answer.set_etag(hashlib.sha256(tag.encode()).hexdigest()[:16], weak=True)
    answer.make_conditional(request)
    return answer
