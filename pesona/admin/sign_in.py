"""Sign in, sign out, and one's own account."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, g, make_response, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from pesona.admin.blueprint import OPEN, account, actor, cookie_name, desk, page, posted
from pesona.db import db
from pesona.editing import accounts, log, passwords, throttle
from pesona.editing.log import Actor
from pesona.editing.permissions import can
from pesona.locales import LOCALES
from pesona.security import is_safe_next
from pesona.text.names import N_

BOTH = ("GET", "POST")

WEAK = {
    "short": N_("The new password needs at least 12 characters."),
    "long": N_("The new password is too long."),
    "common": N_("The new password is too easy to guess."),
}


def signed_owner() -> str:
    """Return the mark of a form's owner, which a stranger cannot make."""
    return str(_signer().dumps(account().id))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="owner")


@desk("/login", OPEN, BOTH)
def login() -> BaseResponse:
    """Sign in; text that was typed before comes back into its form, unsaved."""
    target, typed = _target(), _typed()
    if request.method == "GET":
        return page("sign_in", next_path=target, typed=[], too_long="", wait=0, wrong=False)
    email, keys = request.form.get("email", ""), _throttle_keys()
    wait = throttle.seconds_to_wait(keys)
    if wait:
        refused = page("sign_in", 429, next_path=target, typed=typed, too_long="", wait=wait, wrong=False)
        refused.headers["Retry-After"] = str(wait)
        return refused
    entered = accounts.sign_in(email, request.form.get("password", ""))
    if entered is None:
        throttle.count(keys)
        log.note(Actor(), "sign_in_failed")
        return page("sign_in", 401, next_path=target, typed=typed, too_long="", wait=0, wrong=True)
    throttle.forget(keys[1:])
    g.account, token = entered
    g.locale = g.account.locale
    return _with_cookie(_return_to(target, typed), token)


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


def _throttle_keys() -> list[str]:
    address = request.remote_addr or ""
    name = request.form.get("email", "").strip().casefold()
    secret = current_app.config["SECRET_KEY"]
    return [throttle.key(secret, "address", address), throttle.key(secret, "name", name, address)]


def _typed() -> list[tuple[str, str]]:
    return [
        (name.removeprefix("typed-"), value)
        for name, value in request.form.items(multi=True)
        if name.startswith("typed-")
    ]


def _return_to(target: str, typed: list[tuple[str, str]]) -> Response:
    """Lead on to *target*; with *typed* text of this account, open its form holding the text."""
    fields: MultiDict[str, str] = MultiDict(typed)
    if not typed:
        return make_response(redirect(target, 303))
    try:
        owner = _signer().loads(fields.get("owner", ""))
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
    lifetime = int(accounts.LONGEST.total_seconds())
    answer.set_cookie(cookie_name(), token, max_age=lifetime, httponly=True, samesite="Lax", secure=_secure(), path="/")
    return answer


def _secure() -> bool:
    # Browsers ignore a __Host- cookie without Secure, also one that takes it away.
    return str(current_app.config["SITE_URL"]).startswith("https:")


@desk("/logout", "own_account", ("POST",))
def logout() -> BaseResponse:
    """End this sign-in on the server and in the browser."""
    accounts.sign_out(request.cookies.get(cookie_name(), ""))
    log.note(actor(), "sign_out")
    answer = make_response(redirect(url_for("admin.login"), 303))
    answer.delete_cookie(cookie_name(), path="/", httponly=True, samesite="Lax", secure=_secure())
    return answer


@desk("/account", "own_account", BOTH)
def own_account() -> BaseResponse:
    """Show and change one's own password and language."""
    errors: dict[str, str] = {}
    if posted():
        changed = _change_language() if request.form.get("action") == "language" else _change_password(errors)
        if changed:
            return redirect(url_for("admin.own_account", done=changed), 303)
    return page("account", 422 if errors else 200, errors=errors, done=request.args.get("done", ""))


def _change_language() -> str:
    chosen = request.form.get("locale", "")
    if chosen in LOCALES:
        account().locale = chosen
    return "language"


def _change_password(errors: dict[str, str]) -> str:
    if not passwords.matches(account().password_hash, request.form.get("old", "")):
        errors["old"] = N_("This is not your present password.")
        return ""
    try:
        token = request.cookies.get(cookie_name())
        accounts.set_password(account(), request.form.get("new", ""), actor(), keep=token)
    except passwords.WeakPassword as weak:
        errors["new"] = WEAK[weak.reason]
        return ""
    return "password"
