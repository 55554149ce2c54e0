"""The screens by which an item goes live and leaves again. Thin over `editing`."""

from flask import abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from pesona.admin.blueprint import actor, desk, fields, page, posted
from pesona.admin.items import (
    BOTH,
    KIND,
    base_of,
    display_name,
    guarded_item,
    item_address,
    place_of,
    screen_of,
)
from pesona.admin.sign_in import signed_owner
from pesona.editing import checks, items, publish
from pesona.editing.state import State, state
from pesona.models.item import PARTS, Item


@desk(f"/{KIND}/<code>/publish", "publish", BOTH)
def publish_item(plural: str, code: str) -> BaseResponse:
    """Show what publication would change and what speaks against it; publish what is ticked."""
    item = guarded_item(plural, code, "publish")
    if not posted():
        return _publish_page(item, state(item))
    number, ticked = base_of(item, request.form), [p for p in PARTS if p in request.form.getlist("parts")]
    if number != item.head:
        return _publish_page(item, state(item), 409, moved_on=True)
    try:
        publish.publish(item, number, ticked, actor())
    except publish.Blocked as blocked:
        return _publish_page(item, state(item), 422, blocked.problems)
    return redirect(item_address(item, done="published"), 303)


def _publish_page(
    item: Item, how: State, status: int = 200, blocked: list[checks.Problem] | None = None, moved_on: bool = False
) -> BaseResponse:
    found = checks.problems(item, items.snapshot(item), how.parts)
    return page(
        "publish",
        status,
        item=item,
        name=display_name(item),
        state=how,
        problems=blocked if blocked is not None else found,
        moved_on=moved_on,
        item_address=item_address,
        screen=screen_of,
        place=place_of,
    )


@desk(f"/{KIND}/<code>/withdraw/<any(id,en):locale>", "withdraw", BOTH)
def withdraw(plural: str, code: str, locale: str) -> BaseResponse:
    """Ask once more, with a reason for the log, and take one language off the site."""
    item = guarded_item(plural, code, "withdraw")
    if item.live(locale) is None:
        abort(404)
    reason = fields().get("reason", "").strip()[:500]
    status = 200 if not posted() else 409 if base_of(item, request.form) != item.head else 422
    if status == 422 and reason:
        publish.withdraw(item, locale, actor(), reason)
        return redirect(item_address(item, done="withdrawn"), 303)
    return page(
        "withdraw",
        status,
        item=item,
        owner=signed_owner(),
        reason=reason,
        action=item_address(item, "withdraw", locale=locale),
        moved_on=status == 409,
        name=display_name(item),
        locale_of_words=locale,
        back=item_address(item),
        missing=status == 422,
    )
