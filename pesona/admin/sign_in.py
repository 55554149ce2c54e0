"""Sign in, with a code where the account asks for one, and sign out."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, g, make_response, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from pesona import clock
from pesona.admin.blueprint import OPEN, account, actor, cookie_name, desk, page, request_number
from pesona.db import db
from pesona.editing import codes, log, sign_ins, throttle
from pesona.editing.log import Actor
from pesona.editing.permissions import can
from pesona.models.account import Account
from pesona.security import is_safe_next

BOTH = ("GET", "POST")

# How long a right password waits for its code.
HALF_WAY = timedelta(minutes=10)
# Tries of codes for one account from everywhere: only who knows the password gets so far.
TRIES_OF_ALL = 50

Typed = list[tuple[str, str]]


def signed_owner() -> str:
    """Return the mark of a form's owner, which a stranger cannot make."""
    return str(signer("owner").dumps(account().id))


def signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=purpose)


@desk("/login", OPEN, BOTH)
def login() -> BaseResponse:
    """Sign in; text that was typed before comes back into its form, unsaved."""
    if request.method == "GET":
        return _password_page()
    keys = _password_keys()
    wait = throttle.seconds_to_wait(keys)
    if wait:
        return too_many(_password_page(429, wait=wait), wait)
    found = sign_ins.with_password(request.form.get("email", ""), request.form.get("password", ""))
    if found is None:
        throttle.count(keys)
        log.forget_addresses()
        log.note(Actor(request=request_number()), "sign_in_failed")
        return _password_page(401, wrong=True)
    throttle.forget(keys[1:])
    return _code_page(found) if found.has_codes else _enter(found)


@desk("/login/code", OPEN, BOTH)
def login_code() -> BaseResponse:
    """Take the code after a right password; whoever comes without one starts at the password."""
    if request.method == "GET":
        return _password_page()
    found = _half_way()
    if found is None:
        return _password_page(401, late=True)
    keys, all_keys = _code_keys(found)
    wait = max(throttle.seconds_to_wait(keys), throttle.seconds_to_wait(all_keys, TRIES_OF_ALL))
    if wait:
        return too_many(_code_page(found, 429, wait=wait), wait)
    if not codes.accept(found, request.form.get("code", ""), Actor(found, request=request_number())):
        throttle.count(keys + all_keys)
        log.note(Actor(found, request=request_number()), "code_failed")
        return _code_page(found, 401, wrong=True)
    throttle.forget(keys[1:])
    return _enter(found)


def _password_page(status: int = 200, wait: int = 0, wrong: bool = False, late: bool = False) -> Response:
    return page(
        "sign_in",
        status,
        next_path=_target(),
        typed=_typed(),
        too_long="",
        wait=wait,
        wrong=wrong,
        late=late,
        done=request.args.get("done", ""),
    )


def _code_page(found: Account, status: int = 200, wait: int = 0, wrong: bool = False) -> Response:
    half = request.form.get("half", "") if status != 200 else _mark_half_way(found)
    return page("code", status, next_path=_target(), typed=_typed(), half=half, wait=wait, wrong=wrong)


def too_many(answer: Response, wait: int) -> Response:
    """Return *answer*, a page that says to wait, with the seconds for machines too."""
    answer.headers["Retry-After"] = str(wait)
    return answer


def _mark_half_way(found: Account) -> str:
    """Return what proves for a few minutes that the password of *found* was right; it opens nothing else."""
    return str(signer("half way").dumps([found.id, _password_mark(found), clock.utc_now().isoformat()]))


def _password_mark(found: Account) -> str:
    # With a new password, what the old one opened is worth nothing.
    return sign_ins.token_hash(found.password_hash)[:16]


def _half_way() -> Account | None:
    """Return the account whose right password came a few minutes ago at most, locked."""
    try:
        number, mark, at = signer("half way").loads(request.form.get("half", ""))
    except BadSignature:
        return None
    found = db.session.get(Account, number, with_for_update=True, populate_existing=True)
    fresh = clock.utc_now() - datetime.fromisoformat(at) <= HALF_WAY
    right = found is not None and found.active and found.has_codes and _password_mark(found) == mark
    return found if fresh and right else None


def _enter(found: Account) -> Response:
    """Sign *found* in and lead on."""
    g.account, g.locale = found, found.locale
    before = request.cookies.get(cookie_name(), "")
    token = sign_ins.begin(found, actor(), request.headers.get("User-Agent", ""), instead_of=before)
    return _with_cookie(_return_to(_target(), _typed()), token)


def _target() -> str:
    """Return the page of the desk that was asked for, or its home."""
    target = request.values.get("next", "")
    return target if is_safe_next(target) and _view_behind(target) else url_for("admin.desk_home")


def _view_behind(target: str) -> tuple[Any, dict[str, Any]] | None:
    """Return the view of the desk that shows *target*, other than the sign-in, and its values."""
    try:
        endpoint, values = current_app.create_url_adapter(request).match(urlsplit(target).path, "GET")  # type: ignore[union-attr]
    except HTTPException:
        return None
    view = current_app.view_functions[endpoint]
    return (view, dict(values)) if getattr(view, "deed", OPEN) != OPEN else None


def _password_keys() -> list[str]:
    return throttle_keys("name", request.form.get("email", "").strip().casefold())


def throttle_keys(what: str, name: str) -> list[str]:
    """Return the keys of tries from this address, and of those at *name* from this address."""
    address, secret = request.remote_addr or "", current_app.config["SECRET_KEY"]
    return [throttle.key(secret, "address", address), throttle.key(secret, what, name, address)]


def _code_keys(found: Account) -> tuple[list[str], list[str]]:
    return throttle_keys("code", str(found.id)), [
        throttle.key(current_app.config["SECRET_KEY"], "codes", str(found.id))
    ]


def _typed() -> Typed:
    return [
        (name.removeprefix("typed-"), value)
        for name, value in request.form.items(multi=True)
        if name.startswith("typed-")
    ]


def _return_to(target: str, typed: Typed) -> Response:
    """Lead on to *target*; with *typed* text of this account, open its form holding the text."""
    fields: MultiDict[str, str] = MultiDict(typed)
    if not typed:
        return make_response(redirect(target, 303))
    try:
        owner = signer("owner").loads(fields.get("owner", ""))
    except BadSignature:
        owner = None
    if owner != account().id:
        return make_response(redirect(url_for("admin.desk_home", done="dropped"), 303))
    found = _view_behind(target)
    if found is None or not can(account(), found[0].deed):
        return make_response(redirect(url_for("admin.desk_home"), 303))
    g.typed = fields
    db.session.flush()
    view, values = found
    return make_response(view.__wrapped__(**values))


def _with_cookie(answer: Response, token: str) -> Response:
    lifetime = int(sign_ins.LONGEST.total_seconds())
    answer.set_cookie(cookie_name(), token, max_age=lifetime, httponly=True, samesite="Lax", secure=_secure(), path="/")
    return answer


def _secure() -> bool:
    # Browsers ignore a __Host- cookie without Secure, also one that takes it away.
    return str(current_app.config["SITE_URL"]).startswith("https:")


@desk("/logout", "own_account", ("POST",))
def logout() -> BaseResponse:
    """End this sign-in on the server and in the browser."""
    sign_ins.end(request.cookies.get(cookie_name(), ""))
    log.note(actor(), "sign_out")
    answer = make_response(redirect(url_for("admin.login"), 303))
    answer.delete_cookie(cookie_name(), path="/", httponly=True, samesite="Lax", secure=_secure())
    return answer
