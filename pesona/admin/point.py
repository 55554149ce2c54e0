"""The screen of the map point and the list of places that need one. Thin over `editing`."""

from typing import Any

from flask import abort, g, redirect, request
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectChoice

from pesona.admin.blueprint import actor, desk, fields, page, posted
from pesona.admin.items import BOTH, base_of, display_name, guarded_item, item_address, people
from pesona.admin.point_form import DIRECTIONS, MIDDLE, STEPS_KM, WIDEST_KM, PointForm
from pesona.admin.sign_in import signed_owner
from pesona.db import db
from pesona.editing import items, point
from pesona.geo.projection import Window
from pesona.models.area import District, Village
from pesona.models.item import Item, Revision
from pesona.text.names import N_

OUTSIDE = N_("This point lies outside the regency. If it is right all the same, tick the box below and save again.")
USUAL_PRECISION_M = 100


@desk("/<any(destinations):plural>/<code>/point", "edit", BOTH)
def map_point(plural: str, code: str) -> BaseResponse:
    """Show where a place lies; move the point by paste, tap and nudge; save it as a draft."""
    item = guarded_item(plural, code, "edit")
    facts = items.snapshot(item)["facts"]
    if facts["kind"] != "place":
        abort(404)
    form, base = _form(facts), base_of(item, fields() if request.method == "POST" else None)
    if not posted():
        return _page(item, form, base)
    form.check()
    if _tapped() is None and fields().get("action", "save") == "save":
        return _save(item, form, base)
    _act(form, fields().get("action", ""), facts["coord_precision_m"])
    return _page(item, form, base, 422 if form.problems else 200)


def _form(facts: dict[str, Any]) -> PointForm:
    """Return the form as sent, or with the stored point, or with one that a link hands over to look at."""
    form = PointForm(fields()) if request.method == "POST" else PointForm(data=facts)
    districts = db.session.execute(select(District.code, District.name).order_by(District.name)).all()
    form.area.choices = [SelectChoice("regency"), *(SelectChoice(d.code, d.name) for d in districts)]
    if request.method != "POST":
        form.area.data = facts["district"] or "regency"
        form.look_at(_first_window(form, facts))
        if "paste" in request.args:
            form.paste.data = request.args["paste"]
            form.read_paste()
    return form


def _first_window(form: PointForm, facts: dict[str, Any]) -> Window:
    if form.point and (facts["coord_precision_m"] or 0) <= point.COARSE_M:
        return Window(*form.point, STEPS_KM[1])
    return _window_of(facts["district"])


def _window_of(district: str) -> Window:
    """Return the window that shows all villages of *district*, or the whole regency."""
    places = select(Village.latitude, Village.longitude).where(Village.district_code == district)
    found = [(row.latitude, row.longitude) for row in db.session.execute(places)]
    return Window.around(found, 4) if found else Window(*MIDDLE, WIDEST_KM)


def _tapped() -> tuple[int, int] | None:
    """Return where the map was tapped; a picture that is a button sends no other name."""
    try:
        return int(fields()["map.x"]), int(fields()["map.y"])
    except (KeyError, ValueError):
        return None


def _act(form: PointForm, action: str, saved_precision: int | None) -> None:
    tapped = _tapped()
    verb, _, value = action.partition(":")
    if tapped is not None:
        form.tap(*tapped, saved_precision)
    elif verb == "read":
        form.read_paste()
    elif verb == "area":
        form.look_at(_window_of(form.area.data or ""))
    elif verb == "zoom":
        form.zoom(nearer=value == "in")
    elif verb in DIRECTIONS and value in ("50", "250"):
        form.nudge(verb, int(value))
    else:
        abort(400)


def _save(item: Item, form: PointForm, base: int) -> BaseResponse:
    if form.paste.data:
        form.read_paste()
    if form.problems:
        return _page(item, form, base, 422)
    if form.point and point.around(form.point, item, g.locale).outside and "outside" not in request.form:
        return _page(item, form, base, 422, [("outside", OUTSIDE)])
    try:
        saved = point.save(item, base, _wanted(form, point.of(items.snapshot(item, base))), actor())
    except point.Moved as moved:
        return _page(item, form, item.head, 409, theirs=moved.theirs)
    done = "same" if not saved.changed else "merged" if saved.theirs_kept else "saved"
    return redirect(item_address(item, done=done), 303)


def _wanted(form: PointForm, before: dict[str, Any]) -> dict[str, Any]:
    wanted = {name: form[name].data for name in point.FIELDS}
    is_new = (wanted["latitude"], wanted["longitude"]) != (before["latitude"], before["longitude"])
    if form.point and is_new and wanted["coord_precision_m"] is None:
        wanted["coord_precision_m"] = USUAL_PRECISION_M
    return wanted


def _page(
    item: Item,
    form: PointForm,
    base: int,
    status: int = 200,
    errors: list[tuple[str, str]] | None = None,
    theirs: Revision | None = None,
) -> BaseResponse:
    window = form.window_shown()
    return page(
        "point",
        status,
        name=display_name(item),
        code=item.code,
        form=form,
        base=base,
        owner=signed_owner(),
        errors=[*form.problems, *(errors or [])],
        window=window,
        window_km=round(window.width_km, 1),
        around=point.around(form.point, item, g.locale) if form.point else None,
        outside_ticked="outside" in fields(),
        theirs=point.of(theirs.snapshot) if theirs else None,
        theirs_by=(people().get(theirs.account_id) or theirs.command, theirs.created_at) if theirs else None,
        unsaved=(request.method == "POST" and status == 200) or "paste" in request.args,
        back=item_address(item),
        facts=item_address(item, "facts"),
        action=item_address(item, "map_point"),
    )


@desk("/points", "read")
def coarse_points() -> BaseResponse:
    """List the places that have no point or one coarser than 1,000 m, each one press from its screen."""
    districts = {row.code: row.name for row in db.session.execute(select(District.code, District.name))}
    rows = [
        (point.name_of(row, g.locale), item_address(row.Item, "map_point"), districts.get(row.district), row)
        for row in point.coarse()
    ]
    return page("points", rows=sorted(rows, key=lambda row: (row[2] or "", row[0])))
