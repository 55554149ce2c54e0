"""Publish several imported drafts at once, from their list. Thin over `editing`."""

from flask import abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona import addresses
from pesona.admin.blueprint import account, actor, desk, page
from pesona.admin.items import display_name, item_address, place_of, screen_of
from pesona.db import begin_writing, db
from pesona.editing import items
from pesona.editing.checks import Problem
from pesona.editing.imports import several
from pesona.editing.imports.columns import COLUMNS
from pesona.editing.permissions import can
from pesona.models.item import Item

MOST = 200  # in one list
IMPORTED = "<any(destinations,events):plural>"


def imported_drafts(plural: str) -> list[tuple[Item, str]]:
    """Return the imported drafts of a list with their names, for whoever may publish several."""
    if plural not in COLUMNS or not can(account(), "import_run"):
        return []
    found = several.drafts(addresses.KINDS[plural], MOST)
    return [(item, said[g.locale] or said["id"] or said["en"] or item.code) for item, said in found]


@desk(f"/import/publish/{IMPORTED}", "import_run", ("POST",))
def publish_several(plural: str) -> BaseResponse:
    """Publish each ticked draft in a transaction of its own; list those that stay drafts, with the reason."""
    ticked = [_chosen(value) for value in request.form.getlist("items")]
    kind, blocked = addresses.KINDS[plural], []
    for code, base in ticked:
        found = several.publish_draft(kind, code, base, actor())
        if found:
            blocked.append((code, found))
        db.session.commit()
        begin_writing()
    if ticked and not blocked:
        return redirect(url_for("admin.listing", plural=plural, done="several"), 303)
    return _left_page(plural, len(ticked), blocked)


def _chosen(value: str) -> tuple[str, int]:
    base, _, code = value.partition(":")
    if not (base.isascii() and base.isdigit() and len(base) < 10):
        abort(400)
    return code, int(base)


def _left_page(plural: str, ticked: int, blocked: list[tuple[str, list[Problem]]]) -> BaseResponse:
    left = [(items.find(addresses.KINDS[plural], code), found) for code, found in blocked]
    return page(
        "several",
        422,
        plural=plural,
        published=ticked - len(blocked),
        ticked=ticked,
        left=[(item, display_name(item), found) for item, found in left if item is not None],
        item_address=item_address,
        screen=screen_of,
        place=place_of,
    )
