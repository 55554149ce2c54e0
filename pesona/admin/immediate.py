"""The deeds of the item screen that go live at once, beside any open draft. Thin over `editing`."""

from collections.abc import Callable

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona.admin.blueprint import actor, desk, page
from pesona.admin.items import KIND, base_of, display_name, guarded_item, item_address, problem_address
from pesona.editing import immediate, publish
from pesona.editing.checks import Problem
from pesona.editing.log import Actor
from pesona.models.item import Item

POST = ("POST",)


@desk(f"/{KIND}/<code>/still-true", "publish", POST)
def still_true(plural: str, code: str) -> BaseResponse:
    """Note that the live facts were confirmed today."""
    item = guarded_item(plural, code, "publish")
    return _press(item, immediate.still_true, item_address(item, "still_true"), "still_true")


@desk("/notices/<code>/end", "publish", POST)
def end_notice(code: str) -> BaseResponse:
    """End a notice with this minute; one that ended by itself meanwhile is left alone."""
    item = guarded_item("notices", code, "publish")
    return _press(item, immediate.end_notice, url_for("admin.end_notice", code=code), "ended")


def _press(item: Item, deed: Callable[[Item, Actor], bool], action: str, done: str) -> BaseResponse:
    if base_of(item, request.form) != item.head:
        return _again(item, deed.__name__, action, 409)
    try:
        changed = deed(item, actor())
    except immediate.NotLive:
        abort(404)
    except publish.Blocked as blocked:
        return _again(item, deed.__name__, action, 422, blocked.problems)
    return redirect(item_address(item, done=done if changed else "same"), 303)


def _again(item: Item, deed: str, action: str, status: int, problems: list[Problem] | None = None) -> BaseResponse:
    return page(
        "immediate",
        status,
        item=item,
        name=display_name(item),
        deed=deed,
        action=action,
        moved_on=status == 409,
        problems=problems or [],
        item_address=item_address,
        problem_address=lambda problem: problem_address(item, problem),
    )
