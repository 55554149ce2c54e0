"""The page cache before Flask: whole answers in memory, compressed once, known by their version.

A page's bytes depend on its address, the content version, the release and the moment; the weak
ETag is the hash of these four, so it is known before anything is rendered. Only answers that the
application itself marks `public, no-cache` enter, never searches or unknown parameters.
"""

import gzip
import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

import brotli
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from pesona import addresses
from pesona.locales import LOCALES
from pesona.queries.version import Publisher, State, page_state, watch
from pesona.wsgi import Answer, App, Environ, Headers, StartResponse, best_encoding, matches_etag

PARAMETERS = frozenset(("category", "district", "sort", "page", "when", "limit", "locale", "window"))
# Days and months are endless, so they are known only to the lists that keep what they have checked.
OF_DAYS = frozenset(("on", "month"))
LISTS_OF_DAYS = frozenset(addresses.section("events", locale) for locale in LOCALES)
# The API answers narrowings whose number is known, and others that are endless: the latter are told by their ETag alone.
API = "/api/v1/"
OF_API = frozenset(("kind",))
ENDLESS = frozenset(("bbox", "near", "updated_after", "from", "to"))
CACHEABLE = "public, no-cache"
SHORTEST_COMPRESSED = 1400
MOST_BYTES = 64 * 1024 * 1024
MOST_FORMS = 64


@dataclass(slots=True)
class Page:
    """One answer as rendered, with its compressed forms made when first asked for.

    The forms are kept by the header that asked for them, of which browsers send a handful.
    """

    state: State
    etag: str
    headers: Headers
    body: bytes
    forms: dict[str, Answer] = field(default_factory=dict)
    used: bool = False

    @property
    def size(self) -> int:
        """Return the bytes that the page may come to take: its compressed forms together fit in as many again."""
        return 2 * len(self.body)

    def form(self, accepted: str) -> Answer:
        """Return the whole answer to an Accept-Encoding header; small bodies stay as they are."""
        answer = self.forms.get(accepted)
        if answer is None:
            encoding = best_encoding(accepted)
            answer = self.forms.get(encoding) or self._made(encoding)
            self.forms[encoding] = answer
            if len(self.forms) < MOST_FORMS:
                self.forms[accepted] = answer
        return answer

    def _made(self, encoding: str) -> Answer:
        body, headers = self.body, self.headers
        if encoding and len(body) > SHORTEST_COMPRESSED:
            body = _brotli(body) if encoding == "br" else gzip.compress(body, 6, mtime=0)
            headers = [*headers, ("Content-Encoding", encoding)]
        return "200 OK", [*headers, ("Content-Length", str(len(body)))], [body]


class PageCache:
    """WSGI middleware: answers from memory what it may, and hands the rest to *app*.

    *publish_due* publishes what was scheduled, before the answer to the first request after its time.
    """

    def __init__(
        self, app: App, engine: Engine, release: str, publish_due: Publisher, most_bytes: int = MOST_BYTES
    ) -> None:
        self.app = app
        self.engine = engine
        self.watch = watch(engine)
        self.release = release
        self.publish_due = publish_due
        self.most_bytes = most_bytes
        self.pages: dict[str, Page] = {}
        self.bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answer = self.ready(environ) or self._fetch(environ)
        if answer is None:
            return self.app(environ, start_response)
        status, headers, body = answer
        start_response(status, headers)
        return body

    def ready(self, environ: Environ) -> Answer | None:
        """Return the answer to a request that need not reach the application, else `None`."""
        # Most requests end here, so this does without calls of our own.
        until, state = self.watch.fresh
        if environ["REQUEST_METHOD"] != "GET" or monotonic() >= until:
            known = self._state(environ)
            if known is None:
                return None
            state = known
        query = environ.get("QUERY_STRING")
        address = f"{environ['PATH_INFO']}?{query}" if query else environ["PATH_INFO"]
        page = self.pages.get(address)
        if page is None or (page.state is not state and page.state != state):
            asked = environ.get("HTTP_IF_NONE_MATCH")
            if asked is None or not _tagged(environ) or not matches_etag(asked, self._etag(address, state)):
                return None
            page = self._unseen(address, state)
        page.used = True
        return _answer(page, environ)

    def _state(self, environ: Environ) -> State | None:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        try:
            return page_state(self.engine, self.publish_due)
        except SQLAlchemyError:
            # Without a database the application knows best what to say.
            return None

    def _etag(self, address: str, state: State) -> str:
        parts = f"{self.release}\0{state[0]}\0{state[1]}\0{address}"
        return f'W/"{hashlib.blake2b(parts.encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()}"'

    def _unseen(self, address: str, state: State) -> Page:
        # Whoever names the right ETag has had this page; it need not be rendered to say so.
        etag = self._etag(address, state)
        headers = [("ETag", etag), ("Cache-Control", CACHEABLE), ("Vary", "Accept-Encoding")]
        return Page(state, etag, headers, b"")

    def _fetch(self, environ: Environ) -> Answer | None:
        """Ask the application; keep the answer where it may be kept. `None` where this is no matter for a cache."""
        state = self._state(environ)
        if state is None:
            return None
        address = _address(environ)
        caught: list[Any] = []
        inner = {**environ, "REQUEST_METHOD": "GET"}

        def catch(status: str, headers: Headers, _exc_info: Any = None) -> Callable[[bytes], None]:
            caught[:] = [status, headers]
            return lambda _: None

        result = self.app(inner, catch)
        try:
            body = b"".join(result)
        finally:
            if hasattr(result, "close"):
                result.close()
        status, headers = caught
        marked = {name.lower(): value for name, value in headers}
        if body and _is_public_text(marked):
            headers = [(n, v) for n, v in headers if n.lower() not in ("content-length", "vary")]
            headers.append(("Vary", ", ".join(filter(None, (marked.get("vary"), "Accept-Encoding")))))
            page = Page(state, self._etag(address, state), headers, body)
            if status.startswith("200") and marked.get("cache-control") == CACHEABLE and _tagged(environ):
                page.headers = [*headers, ("ETag", page.etag)]
                if _known(environ):
                    self._keep(address, page)
                return _answer(page, environ)
            _, headers, [body] = page.form(environ.get("HTTP_ACCEPT_ENCODING", ""))
        return status, headers, [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _keep(self, address: str, page: Page) -> None:
        with self._lock:
            self._drop(address)
            while self.pages and self.bytes + page.size > self.most_bytes:
                oldest = next(iter(self.pages))
                dropped = self._drop(oldest)
                if dropped is not None and dropped.used:
                    # A second chance for what was asked for since it was last looked at.
                    dropped.used = False
                    self._add(oldest, dropped)
            self._add(address, page)

    def _add(self, address: str, page: Page) -> None:
        self.pages[address] = page
        self.bytes += page.size

    def _drop(self, address: str) -> Page | None:
        page = self.pages.pop(address, None)
        self.bytes -= page.size if page else 0
        return page


def _brotli(body: bytes) -> bytes:
    # A window as large as the body finds as much as a larger one, which costs memory to be cleared.
    compressed: bytes = brotli.compress(body, quality=5, lgwin=min(max(len(body).bit_length(), 10), 22))
    return compressed


def _is_public_text(headers: dict[str, str]) -> bool:
    """Tell whether an answer may be compressed: text, not yet compressed, and nobody's own."""
    text = headers.get("content-type", "").startswith(("text/", "application/"))
    own = "no-store" in headers.get("cache-control", "") or "set-cookie" in headers
    return text and not own and "content-encoding" not in headers


def _address(environ: Environ) -> str:
    query = environ.get("QUERY_STRING")
    path: str = environ["PATH_INFO"]
    return f"{path}?{query}" if query else path


def _known(environ: Environ) -> bool:
    """Tell whether every parameter is one of ours: strange ones must not fill the memory with copies."""
    names, path = _names(environ), environ["PATH_INFO"]
    more = OF_DAYS if path in LISTS_OF_DAYS else OF_API if path.startswith(API) else frozenset()
    return names <= PARAMETERS | more


def _tagged(environ: Environ) -> bool:
    """Tell whether the answer, kept or not, has an ETag."""
    return _known(environ) or (
        environ["PATH_INFO"].startswith(API) and _names(environ) <= PARAMETERS | OF_API | ENDLESS
    )


def _names(environ: Environ) -> set[str]:
    return {name for name, _ in parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)}


def _answer(page: Page, environ: Environ) -> Answer:
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None and matches_etag(asked, page.etag):
        return "304 Not Modified", [h for h in page.headers if h[0].lower() != "content-type"], []
    answer = page.form(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return answer if environ["REQUEST_METHOD"] == "GET" else (*answer[:2], [])
