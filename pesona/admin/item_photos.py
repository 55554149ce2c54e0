"""The photos of an item: attached, ordered and taken off as one field of its facts. Thin over `editing`."""

from flask import abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from pesona.admin.blueprint import actor, desk, fields, page, posted
from pesona.admin.items import BOTH, KIND, base_of, display_name, guarded_item, item_address, people
from pesona.admin.sign_in import signed_owner
from pesona.admin.uploads import MOST_FILES, matching, thumbnails
from pesona.editing import items, photos
from pesona.models.item import Item

MOST_PHOTOS = 200
MOST_OFFERED = 24


@desk(f"/{KIND}/<code>/photos", "edit", BOTH)
def item_photos(plural: str, code: str) -> BaseResponse:
    """Show the photos of an item in their order; buttons move, add and take off, and one saves."""
    item = guarded_item(plural, code, "edit")
    now = items.snapshot(item)["facts"].get("photos")
    if now is None:
        abort(404)
    typed = fields() if request.method == "POST" else None
    numbers = now if typed is None else _numbers(typed.getlist("photos"))
    base = base_of(item, typed)
    if not posted():
        return _page(item, numbers, base, unsaved=typed is not None)
    verb, _, number = request.form.get("action", "save").partition(":")
    if verb != "save":
        return _page(item, _moved(numbers, verb, number), base, unsaved=True)
    try:
        saved = items.save(item, base, {"facts": {"photos": numbers}}, actor())
    except items.Conflict:
        return _page(item, numbers, item.head, 409, theirs=now)
    done = "same" if not saved.changed else "merged" if saved.theirs_kept else "saved"
    return redirect(item_address(item, done=done), 303)


def _numbers(given: list[str]) -> list[int]:
    """Return the numbers in their order, each once; what is no number of a photo is a broken request."""
    if len(given) > MOST_PHOTOS or not all(one.isascii() and one.isdigit() and len(one) < 10 for one in given):
        abort(400)
    numbers = list(dict.fromkeys(map(int, given)))
    if len(thumbnails(numbers)) != len(numbers):
        abort(400)
    return numbers


def _moved(numbers: list[int], verb: str, given: str) -> list[int]:
    """Return *numbers* after the photo *given* went `up` or `down`, or was `add`ed or `drop`ped."""
    number = _numbers([given])[0]
    if verb == "add":
        return [*numbers, *([number] if number not in numbers and len(numbers) < MOST_PHOTOS else [])]
    if verb not in ("up", "down", "drop") or number not in numbers:
        abort(400)
    at = numbers.index(number)
    rest = [one for one in numbers if one != number]
    if verb == "drop":
        return rest
    to = max(at - 1, 0) if verb == "up" else at + 1
    return [*rest[:to], number, *rest[to:]]


def _page(
    item: Item,
    numbers: list[int],
    base: int,
    status: int = 200,
    theirs: list[int] | None = None,
    unsaved: bool = False,
) -> BaseResponse:
    known = thumbnails([*numbers, *(theirs or [])])
    change = items.last_change(item, "facts", "photos") if theirs is not None else None
    query = request.args.get("q", "").strip()[:100]
    return page(
        "item_photos",
        status,
        item=item,
        name=display_name(item),
        base=base,
        photos=[known[number] for number in numbers if number in known],
        offered=matching(query, without=numbers)[:MOST_OFFERED],
        query=query,
        theirs=None if theirs is None else [known[number] for number in theirs if number in known],
        change=change,
        people=people() if change else {},
        is_complete=photos.is_complete,
        unsaved=unsaved,
        most_files=MOST_FILES,
        item_address=item_address,
        owner=signed_owner(),
        done=request.args.get("done", ""),
    )
