"""The history of an item: its revisions, two of them side by side, one made the draft again. Thin over `editing`."""

from flask import abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from pesona import i18n
from pesona.admin.blueprint import account, actor, desk, number_up_to, page
from pesona.admin.items import KIND, base_of, display_name, guarded_item, item_address, people
from pesona.admin.sign_in import signed_owner
from pesona.editing import copies, history, publish, undo
from pesona.editing.history import LIVE
from pesona.editing.permissions import can
from pesona.models.item import Item
from pesona.paging import cut, page_number
from pesona.text.names import N_

PAGE_SIZE = 20
Which = int | str


@desk(f"/{KIND}/<code>/history", "read")
def item_history(plural: str, code: str) -> BaseResponse:
    """Show the revisions of an item and, where two are named, what differs between them."""
    item = guarded_item(plural, code)
    return _history_page(item, _which(item, "left"), _which(item, "right"))


def _which(item: Item, name: str) -> Which | None:
    """Return the revision that the address names as *name*: its number, or `live`; another is not found."""
    given = request.args.get(name, "")
    if given in ("", LIVE):
        return given or None
    return number_up_to(item.head, given, 404)


def _history_page(
    item: Item, left: Which | None, right: Which | None, status: int = 200, moved_on: int = 0
) -> BaseResponse:
    numbers = range(item.head, 0, -1)
    shown, paging = cut(numbers, page_number(), PAGE_SIZE, lambda n: _path(item, left, right, n))
    both = left is not None and right is not None
    return page(
        "history",
        status,
        item=item,
        name=display_name(item),
        rows=history.rows(item, shown),
        left=left or "",
        right=right or "",
        said=[_said(one) for one in (left, right)] if both else [],
        changes=history.compare(history.version(item, left), history.version(item, right))
        if left is not None and right is not None
        else None,
        dropped=sorted({lost for one in (left, right) if isinstance(one, int) for lost in history.dropped(item, one)}),
        moved_on=moved_on,
        people=people(),
        may_restore=can(account(), "edit", item),
        owner=signed_owner(),
        item_address=item_address,
        **paging.context(),
    )


def _path(item: Item, left: Which | None, right: Which | None, number: int) -> str:
    return item_address(item, "item_history", left=left, right=right, page=number if number > 1 else None)


def _said(one: Which | None) -> str:
    speaker = i18n.speaker()
    if one == LIVE:
        return speaker.gettext(N_("On the site now"))
    return speaker.gettext(N_("Revision %(number)s"), number=one)


@desk(f"/{KIND}/<code>/history/<int(max=999999999):number>/restore", "edit", ("POST",))
def restore(plural: str, code: str, number: int) -> BaseResponse:
    """Make a revision the newest draft again, unless somebody has saved since the page was made."""
    item = guarded_item(plural, code, "edit")
    if not 1 <= number <= item.head:
        abort(404)
    base = base_of(item, request.form)
    if base != item.head:
        return _history_page(item, item.head, number, 409, moved_on=number)
    done = history.restore(item, number, base, actor())
    if not done.changed:
        return redirect(item_address(item, done="same"), 303)
    return redirect(item_address(item, done="restored", dropped=[name for _, name in done.dropped] or None), 303)


@desk(f"/{KIND}/<code>/undo", "publish", ("POST",))
def undo_publication(plural: str, code: str) -> BaseResponse:
    """Take the newest publication back, unless something newer went live or was saved since."""
    item = guarded_item(plural, code, "publish")
    number = number_up_to(item.head, request.form.get("publication", ""))
    try:
        undo.undo(item, number, base_of(item, request.form), actor())
    except publish.MovedOn:
        return _undo_refused(item, number)
    except publish.Blocked as blocked:
        return _undo_refused(item, number, 422, blocked)
    return redirect(item_address(item, done="undone"), 303)


def _undo_refused(item: Item, number: int, status: int = 409, blocked: publish.Blocked | None = None) -> BaseResponse:
    found = undo.publication(item)
    again = found if found is not None and found.number == number and blocked is None else None
    return page(
        "undo",
        status,
        item=item,
        name=display_name(item),
        publication=again,
        problems=blocked.problems if blocked else [],
        owner=signed_owner(),
        item_address=item_address,
    )


@desk("/<any(destinations,events):plural>/<code>/copy", "create", ("POST",))
def copy_item(plural: str, code: str) -> BaseResponse:
    """Make a new draft from the facts and words of a destination, or of an event for its next year."""
    item = guarded_item(plural, code, "create")
    return redirect(item_address(copies.copy(item, actor()), done="copied"), 303)
