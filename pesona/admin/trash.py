"""The screens by which an item goes into the trash, comes back, or is removed for good. Thin over `editing`."""

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona import i18n
from pesona.admin.blueprint import account, actor, desk, fields, page, posted
from pesona.admin.items import BOTH, KIND, base_of, display_name, guarded_item, item_address, show_page
from pesona.admin.sign_in import signed_owner
from pesona.editing import passwords, publish, throttle, trash
from pesona.models.item import Item
from pesona.text.names import N_

MOVED_ON = N_("The item has changed since you opened it.")
WRONG_CODE = N_("This is not its code.")
WRONG_PASSWORD = N_("This is not your present password.")

Errors = list[tuple[str, str]]


@desk(f"/{KIND}/<code>/trash", "trash", BOTH)
def trash_item(plural: str, code: str) -> BaseResponse:
    """Ask once more, and put an item into the trash unless it has changed meanwhile."""
    item = guarded_item(plural, code, "trash")
    if not posted():
        return confirm_page(item, "trash", item_address(item, "trash_item"))
    try:
        trash.trash(item, base_of(item, request.form), actor())
    except publish.MovedOn:
        return confirm_page(item, "trash", item_address(item, "trash_item"), [("about", MOVED_ON)], 409)
    return redirect(item_address(item, done="trashed"), 303)


@desk(f"/{KIND}/<code>/untrash", "restore_trashed", ("POST",))
def untrash(plural: str, code: str) -> BaseResponse:
    """Bring an item back out of the trash: as it was before, or as drafts."""
    item = guarded_item(plural, code, "restore_trashed")
    base, taken = base_of(item, request.form), list[str]()
    try:
        if request.form.get("action") == "undo":
            trash.undo(item, base, actor())
            return redirect(item_address(item, done="trash_undone"), 303)
        taken = trash.restore(item, base, actor())
    except publish.MovedOn:
        return show_page(item, 409, "moved_on")
    except publish.Blocked:
        return show_page(item, 422, "not_undone")
    return redirect(item_address(item, done="untrashed_slug" if taken else "untrashed"), 303)


@desk(f"/{KIND}/<code>/remove", "remove", BOTH)
def remove_item(plural: str, code: str) -> BaseResponse:
    """Ask for the code and the password, and remove an item for good."""
    item = guarded_item(plural, code, "remove")
    action = item_address(item, "remove_item")
    if not posted():
        return confirm_page(item, "remove", action)
    if base_of(item, request.form) != item.head:
        return confirm_page(item, "remove", action, [("about", MOVED_ON)], 409)
    status, errors = _wrong_with_removal(item)
    if errors:
        return confirm_page(item, "remove", action, errors, status)
    trash.remove(item, item.head, actor())
    return redirect(url_for("admin.listing", plural=plural, state="trash", done="removed"), 303)


def _wrong_with_removal(item: Item) -> tuple[int, Errors]:
    """Return the status and what is wrong with the code and the password that were typed."""
    key = throttle.key(current_app.config["SECRET_KEY"], "remove", str(account().id))
    wait = throttle.seconds_to_wait([key])
    if wait:
        said = i18n.speaker().ngettext(
            "Too many tries. Wait %(num)s second and try again.",
            "Too many tries. Wait %(num)s seconds and try again.",
            wait,
        )
        return 429, [("password", said)]
    errors = []
    if fields().get("code", "").strip() != item.code:
        errors.append(("code", WRONG_CODE))
    if not passwords.matches(account().password_hash, request.form.get("password", "")):
        throttle.count([key])
        errors.append(("password", WRONG_PASSWORD))
    return 422, errors


def confirm_page(item: Item, deed: str, action: str, errors: Errors | None = None, status: int = 200) -> BaseResponse:
    """Return the page that asks once more before *deed*, with a way back."""
    return page(
        "confirm",
        status,
        item=item,
        deed=deed,
        name=display_name(item),
        action=action,
        back=item_address(item),
        errors=errors or [],
        typed=fields().get("code", "").strip()[:500],
        owner=signed_owner(),
    )
