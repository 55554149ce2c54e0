"""Typed text on its way to its scratch row while somebody types, and out of it again when it is dropped."""

from flask import Response, abort, g, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses, i18n
from pesona.admin import item_forms
from pesona.admin.blueprint import account, desk
from pesona.admin.items import base_of, guarded_item, item_address, place_of, screen_of
from pesona.admin.sign_in import signed_owner
from pesona.admin.unsaved import OPENING, ends_in
from pesona.editing import scratch
from pesona.text import dates


@desk("/scratch", "edit", ("POST",))
def scratch_row() -> BaseResponse:
    """Keep what is typed, as a script sends it (409 as another account, 413 too long), or drop it."""
    form, base, address = _form_behind(request.form.get("form", ""))
    if request.form.get("action") == "drop":
        scratch.drop(account(), form)
        return redirect(address, 303)
    if request.form.get("owner") != signed_owner():
        return _said(409)
    try:
        row = scratch.keep(account(), form, base, request.form.items(multi=True), request.form.get(OPENING, "")[:20])
    except scratch.TooLong:
        return _said(413)
    at = dates.time_of_day(row.kept_at, g.locale)
    return _said(200, kept=i18n.speaker(g.locale).gettext("Kept %(time)s", time=at), ends_in=ends_in())


def _said(status: int, **values: str | int) -> Response:
    return make_response(jsonify(values), status)


def _form_behind(name: str) -> tuple[str, int, str]:
    """Return the form *name* names, the revision that it began from, and its address."""
    kind, _, rest = name.partition("/")
    code, _, where = rest.partition("/")
    plural = addresses.PLURALS.get(kind)
    if plural is None or (not item_forms.is_there(kind, where) if code != "new" else where):
        abort(400)
    if code == "new":
        return name, 0, url_for("admin.new", plural=plural, done="scratch_dropped")
    item = guarded_item(plural, code, "edit")
    base = item.head if request.form.get("action") == "drop" else base_of(item, request.form)
    return name, base, item_address(item, screen_of(where), **place_of(where), done="scratch_dropped")
