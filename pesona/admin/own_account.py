"""One's own account: name, password, language, codes at sign-in, and where one is signed in."""

from datetime import datetime, timedelta
from typing import Any

from flask import Response, abort, redirect, request, url_for
from itsdangerous import BadSignature
from markupsafe import Markup
from segno import make as make_qr
from werkzeug.wrappers import Response as BaseResponse

from pesona import clock
from pesona.admin.blueprint import account, actor, cookie_name, desk, fields, page, posted
from pesona.admin.password_link import WEAK
from pesona.admin.sign_in import signed_owner, signer, throttle_keys
from pesona.editing import accounts, codes, log, passwords, sign_ins, throttle
from pesona.locales import LOCALES
from pesona.text.names import N_

BOTH = ("GET", "POST")
# How long a QR code on the screen can be confirmed.
SHOWN = timedelta(minutes=30)

Errors = dict[str, str]

NOT_YOURS = N_("This is not your present password.")
WAIT = N_("Too many wrong passwords. Wait a quarter of an hour and try again.")


def wrong_password(typed: str) -> str:
    """Return what is wrong with *typed* as one's own present password, or nothing; tries are counted."""
    keys = throttle_keys("own", str(account().id))[1:]
    if throttle.seconds_to_wait(keys):
        return WAIT
    if passwords.matches(account().password_hash, typed):
        throttle.forget(keys)
        return ""
    throttle.count(keys)
    return NOT_YOURS


def status_of(errors: Errors) -> int:
    return 429 if WAIT in errors.values() else 422 if errors else 200


@desk("/account", "own_account", BOTH)
def own_account() -> BaseResponse:
    """Show and change what is one's own."""
    errors: Errors = {}
    if posted():
        deed, _, rest = request.form.get("action", "").partition(":")
        if deed not in _DEEDS:
            abort(400)
        done = _DEEDS[deed](rest, errors)
        if not errors:
            return redirect(url_for("admin.own_account", done=done), 303)
    return page(
        "account",
        status_of(errors),
        errors=errors,
        name=fields().get("name", account().name),
        owner=signed_owner(),
        sign_ins=sign_ins.of(account()),
        here=sign_ins.token_hash(_token())[:16],
        codes_left=codes.left(account()),
        done=request.args.get("done", ""),
    )


def _token() -> str:
    return request.cookies.get(cookie_name(), "")


def _change_name(_: str, errors: Errors) -> str:
    name = " ".join(request.form.get("name", "").split())
    if not 1 <= len(name) <= 120:
        errors["name"] = N_("A name has 1 to 120 characters.")
    elif name != account().name:
        log.note(actor(), "own_name", account().email, old=account().name, new=name)
        account().name = name
    return "name"


def _change_language(_: str, __: Errors) -> str:
    chosen = request.form.get("locale", "")
    if chosen in LOCALES and chosen != account().locale:
        log.note(actor(), "own_language", account().email, old=account().locale, new=chosen)
        account().locale = chosen
    return "language"


def _change_password(_: str, errors: Errors) -> str:
    if wrong := wrong_password(request.form.get("old", "")):
        errors["old"] = wrong
        return ""
    try:
        accounts.set_password(account(), request.form.get("new", ""), actor(), keep=_token())
    except passwords.WeakPassword as weak:
        errors["new"] = WEAK[weak.reason]
    return "password"


def _end(mark: str, _: Errors) -> str:
    return "sign_in_ended" if sign_ins.end_one(account(), mark, actor()) else "same"


def _end_others(_: str, __: Errors) -> str:
    sign_ins.end_all(account(), keep=_token())
    log.note(actor(), "sign_in_end_others", account().email)
    return "sign_ins_ended"


_DEEDS = {
    "name": _change_name,
    "language": _change_language,
    "password": _change_password,
    "end": _end,
    "end_others": _end_others,
}


@desk("/account/codes", "own_account", BOTH)
def own_codes() -> BaseResponse:
    """Show a QR code and ten recovery codes; on after a right code and one of the ten."""
    setup = _setup()
    errors: Errors = {} if setup else {"code": N_("This page was open for too long. Begin again with the new QR code.")}
    if request.method != "POST" or setup is None:
        fresh = {"secret": codes.new_secret(), "recovery": codes.new_recovery_codes()}
        return _codes_page(fresh, errors if request.method == "POST" else {})
    step = codes.step_of(setup["secret"], request.form.get("code", ""))
    if step is None:
        errors["code"] = N_("This is not the code that the app shows now.")
    if codes.plain(request.form.get("recovery", "")) not in map(codes.plain, setup["recovery"]):
        errors["recovery"] = N_("This is none of the ten recovery codes.")
    if account().has_codes and (wrong := wrong_password(request.form.get("old", ""))):
        errors["old"] = wrong
    if errors or step is None:
        return _codes_page(setup, errors)
    codes.turn_on(account(), setup["secret"], step, setup["recovery"], actor())
    return redirect(url_for("admin.own_account", done="codes_on"), 303)


def _setup() -> dict[str, Any] | None:
    """Return the secret and the recovery codes that this account was shown; the server has not stored them."""
    try:
        number, at, setup = signer("codes").loads(request.form.get("setup", ""))
    except BadSignature:
        return None
    fresh = clock.utc_now() - datetime.fromisoformat(at) <= SHOWN
    return dict(setup) if number == account().id and fresh else None


def _codes_page(setup: dict[str, Any], errors: Errors) -> Response:
    drawn = make_qr(codes.address(account(), setup["secret"]), error="m")
    drawing = drawn.svg_inline(scale=5, border=3, dark="#000", light="#fff", svgclass=None, lineclass=None)
    at = clock.utc_now().isoformat()
    return page(
        "codes",
        status_of(errors),
        setup=signer("codes").dumps([account().id, at, setup]),
        secret=" ".join(setup["secret"][at : at + 4] for at in range(0, len(setup["secret"]), 4)),
        recovery=setup["recovery"],
        qr=Markup(drawing),  # noqa: S704 - made of numbers alone
        errors=errors,
    )
