"""The blueprint of the desk: who is signed in, and that every view says which deed it is."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, NoReturn

from flask import Blueprint, Response, abort, current_app, g, make_response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.wsgi import LimitedStream

from pesona import i18n
from pesona.admin.chapters import chapter
from pesona.db import begin_writing, db
from pesona.editing import log, sign_ins
from pesona.editing.log import Actor
from pesona.editing.permissions import can, only_lacks_codes
from pesona.editing.territory import Outside
from pesona.locales import DEFAULT_LOCALE, LOCALES
from pesona.models.account import Account, SignIn
from pesona.security import SAFE

bp = Blueprint("admin", __name__, url_prefix="/admin")

View = Callable[..., Any]
OPEN = "open"


def cookie_name() -> str:
    secure = current_app.config["SITE_URL"].startswith("https:")
    return "__Host-pesona" if secure else "pesona"


def desk(
    rule: str,
    deed: str,
    methods: tuple[str, ...] = ("GET",),
    largest: int | None = None,
    too_large: View | None = None,
) -> Callable[[View], View]:
    """Register a view of the desk at *rule*; only who may do *deed* reaches it.

    The deed `open` is for the sign-in itself. Unsafe requests run in one writing transaction that
    is committed when the view has answered. Whoever may do *deed* may send up to *largest* bytes,
    where that is more than other forms take; *too_large* answers to more.
    """

    def register(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            if request.method not in SAFE:
                refused = _receive(deed, largest, too_large)
                if refused is not None:
                    return refused
                begin_writing()
            _know_reader()
            if deed != OPEN:
                if g.account is None:
                    return _ask_to_sign_in()
                if not can(g.account, deed):
                    refuse(deed)
            answer = _answer(view, values)
            if request.method not in SAFE:
                db.session.commit()
            return answer

        guarded.deed = deed  # type: ignore[attr-defined]
        bp.add_url_rule(rule, view.__name__, guarded, methods=methods)
        return view

    return register


def _answer(view: View, values: dict[str, Any]) -> Response:
    try:
        return make_response(view(**values))
    except Outside:
        db.session.rollback()
        begin_writing()
        g.account = _signed_in()
        refuse("edit")


def _know_reader() -> None:
    g.account = _signed_in()
    g.locale = g.account.locale if g.account else _reader_locale()


def _receive(deed: str, largest: int | None, too_large: View | None) -> Response | None:
    """Read the whole form before the write lock is taken, so that nobody waits for a slow line.

    Returns the answer to one that is too large, in the language of whoever sent it.
    """
    if largest is not None:
        _know_reader()
        if g.account is not None and can(g.account, deed):
            request.max_content_length = largest
        db.session.rollback()
    try:
        _ = request.form
    except RequestEntityTooLarge:
        _drain()
        _know_reader()
        if g.account is None and deed != OPEN:
            return _sign_in_page([], "")
        if too_large is None:
            raise
        return make_response(too_large())
    return None


MOST_DRAINED = 512 * 1024 * 1024


def _drain() -> None:
    """Read and forget the rest of what is sent: a browser that is cut off while sending shows no answer."""
    raw = request.environ["wsgi.input"]
    length = request.content_length
    if "stream" in request.__dict__:
        raw = request.stream
    elif length is not None:
        raw = LimitedStream(raw, length)
    left = MOST_DRAINED
    with suppress(RequestEntityTooLarge, ClientDisconnected, OSError):
        while left > 0 and (piece := raw.read(65536)):
            left -= len(piece)


def actor() -> Actor:
    return Actor(g.account, request=request_number(), address=request.remote_addr or "")


def request_number() -> str:
    """Return the number under which the access log has this request."""
    return str(request.environ.get("pesona.number", ""))


def account() -> Account:
    """Return who is signed in; only views with a deed may ask."""
    found: Account = g.account
    return found


def _signed_in() -> Account | None:
    token = request.cookies.get(cookie_name(), "")
    found = sign_ins.find(token) if token else None
    if found is None:
        return None
    if sign_ins.is_due(found[1]):
        _renew(found[1])
    return found[0]


def _renew(row: SignIn) -> None:
    # A look renews the sign-in too, but never waits for somebody who writes.
    if request.method in SAFE:
        sign_ins.renew(row)
    else:
        sign_ins.touch(row)


def refuse(deed: str) -> NoReturn:
    """Answer 403; what was tried, not only looked at, goes into the log."""
    if request.method not in SAFE:
        log.note(actor(), "refused", deed, path=request.path)
        db.session.commit()
    if only_lacks_codes(account(), deed):
        abort(page("codes_first", 403))
    abort(403)


def _reader_locale() -> str:
    return request.accept_languages.best_match(LOCALES) or DEFAULT_LOCALE


def _ask_to_sign_in() -> Response:
    # No redirect: what was typed rides along in the answer itself.
    typed, too_long = carried(), ""
    if sum(len(name) + len(value) for name, value in typed) > LONGEST_CARRIED:
        too_long = "\n\n".join(value for name, value in typed if name not in ("base", "owner", "action"))
        typed = []
    return _sign_in_page(typed, too_long)


def _sign_in_page(typed: list[tuple[str, str]], too_long: str) -> Response:
    said = {"wait": 0, "wrong": False, "late": False, "done": ""}
    return page("sign_in", 401, next_path=request.path, typed=typed, too_long=too_long, **said)


LONGEST_CARRIED = 256 * 1024


def carried() -> list[tuple[str, str]]:
    """Return the typed fields of this request: of a form that names its owner, never of one with passwords."""
    return list(request.form.items(multi=True)) if "owner" in request.form else []


def number_up_to(newest: int, given: str, otherwise: int = 400) -> int:
    """Return the version that *given* names; one that never was, before 1 or after *newest*, answers *otherwise*."""
    if not (given.isascii() and given.isdigit() and len(given) < 10 and 1 <= int(given) <= newest):
        abort(otherwise)
    return int(given)


def posted() -> bool:
    """Tell whether this request sends a form to act on; text that comes back after a sign-in is only shown."""
    return request.method == "POST" and "typed" not in g


def fields() -> MultiDict[str, str]:
    """Return the form that was sent, or the text that comes back after a sign-in."""
    found: MultiDict[str, str] = g.get("typed") or request.form
    return found


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Return a page of the desk; nobody else may keep it."""
    html = i18n.render(
        f"admin/{template}.html", g.locale, account=g.get("account"), chapter=chapter(request.endpoint), **context
    )
    return make_response(html, status)


@bp.after_request
def _private(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
