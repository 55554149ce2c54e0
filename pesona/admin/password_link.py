"""The page behind an invitation or a reset link, where a person sets the password."""

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona.admin.blueprint import OPEN, desk, page, request_number
from pesona.editing import links, passwords
from pesona.text.names import N_

BOTH = ("GET", "POST")

WEAK = {
    "short": N_("The new password needs at least 12 characters."),
    "long": N_("The new password is too long."),
    "common": N_("The new password is too easy to guess."),
}


@desk("/password/<token>", OPEN, BOTH)
def password_link(token: str) -> BaseResponse:
    """Let whoever holds the link set the password, once; a dead link says what to do."""
    error = ""
    try:
        if request.method == "POST":
            links.use(token, request.form.get("new", ""), request_number())
            return redirect(url_for("admin.login", done="password_set"), 303)
    except links.Dead as dead:
        return _dead(dead)
    except passwords.WeakPassword as weak:
        error = WEAK[weak.reason]
    try:
        link, account = links.find(token)
    except links.Dead as dead:
        return _dead(dead)
    return page("password", 422 if error else 200, token=token, purpose=link.purpose, of=account, error=error)


def _dead(dead: links.Dead) -> Response:
    return page("dead_link", 404 if dead.reason == "unknown" else 410, reason=dead.reason)
