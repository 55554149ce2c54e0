"""The screen by which an item goes live, now or at a set time, or back to who asked for its review."""

from typing import Any

from flask import redirect, request
from werkzeug.wrappers import Response as BaseResponse

from pesona.admin import planning
from pesona.admin.blueprint import actor, desk, fields, page, posted
from pesona.admin.items import (
    BOTH,
    KIND,
    base_of,
    display_name,
    guarded_item,
    item_address,
    people,
    problem_address,
)
from pesona.admin.sign_in import signed_owner
from pesona.editing import checks, items, publish, review, schedule, translation
from pesona.editing.state import state
from pesona.models.item import PARTS, Item
from pesona.text.names import N_

Errors = list[tuple[str, str]]
TIME_LEFT = N_("A time is filled in. Press “Publish at this time”, or clear it to publish now.")
NOTE_NEEDED = N_("Write what should change, so that the author knows.")


@desk(f"/{KIND}/<code>/publish", "publish", BOTH)
def publish_item(plural: str, code: str) -> BaseResponse:
    """Show what publication would change and what speaks against it; publish what is ticked, now or later."""
    item = guarded_item(plural, code, "publish")
    if not posted():
        return _publish_page(item)
    if base_of(item, request.form) != item.head:
        return _publish_page(item, 409)
    ticked = [part for part in PARTS if part in request.form.getlist("parts")]
    deeds = {"schedule": _ask_time, "confirm": _plan, "changes": _want_changes}
    try:
        return deeds.get(request.form.get("action", ""), _publish)(item, ticked)
    except publish.Blocked as blocked:
        return _publish_page(item, 422, blocked.problems)
    except planning.Wrong as wrong:
        return _publish_page(item, 422, errors=wrong.errors)
    except publish.MovedOn:
        return _publish_page(item, 409)


def _publish(item: Item, ticked: list[str]) -> BaseResponse:
    if any(planning.typed()):
        raise planning.Wrong([("day", TIME_LEFT)])
    publish.publish(item, item.head, ticked, actor())
    review.settle(item, item.head)
    return redirect(item_address(item, done="published"), 303)


def _ask_time(item: Item, ticked: list[str]) -> BaseResponse:
    """Say the time once more, before anything is planned."""
    at = planning.moment()
    publish.check(item, item.head, ticked)
    return planning.confirm_page(item, "publish", ticked, at, item_address(item, "publish_item"))


def _plan(item: Item, ticked: list[str]) -> BaseResponse:
    schedule.plan(item, ticked, planning.moment(), actor())
    return redirect(item_address(item, done="scheduled"), 303)


def _want_changes(item: Item, _ticked: list[str]) -> BaseResponse:
    asked, note = review.of(item), fields().get("note", "").strip()[: review.LONGEST_NOTE]
    if asked is None or asked.state != "open":
        return _publish_page(item, 409)
    if not note:
        return _publish_page(item, 422, errors=[("note", NOTE_NEEDED)])
    review.want_changes(item, asked, note, actor())
    return redirect(item_address(item, done="changes_wanted"), 303)


def _publish_page(
    item: Item, status: int = 200, blocked: list[checks.Problem] | None = None, errors: Errors | None = None
) -> BaseResponse:
    how, typed = state(item), fields()
    found = [*checks.problems(item, items.snapshot(item), how.parts), *translation.problems(item, how.parts)]
    # What was ticked stays so; where somebody saved meanwhile, what differs now is offered as a whole.
    ticked = typed.getlist("parts") if typed and status != 409 else how.parts
    values: dict[str, Any] = {name: typed.get(name, "") for name in ("day", "time", "note")}
    return page(
        "publish",
        status,
        item=item,
        owner=signed_owner(),
        name=display_name(item),
        state=how,
        asked=how.standing.review,
        people=people(),
        problems=blocked if blocked is not None else found,
        moved_on=status == 409,
        ticked=ticked,
        values=values,
        errors=errors or [],
        item_address=item_address,
        problem_address=lambda problem: problem_address(item, problem),
    )
