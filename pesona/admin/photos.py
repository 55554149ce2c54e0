"""The screen of one photo: its words, focal point, uses, and the point it may hold. Thin over `editing`."""

from typing import Any

from flask import abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pesona import i18n, pictures
from pesona.admin import names, photo_form
from pesona.admin.blueprint import account, actor, desk, fields, number_up_to, page, posted, refuse
from pesona.admin.items import BOTH, display_name, guarded_item, item_address, people
from pesona.admin.sign_in import signed_owner
from pesona.editing import photo_uses, photos
from pesona.editing.permissions import can
from pesona.models.photo import Photo

PHOTO = "/photos/<int(max=2147483647):number>"
PREVIEWS = ((16, 9), (4, 3), (1, 1))

Errors = list[tuple[str, str]]


def _photo(number: int, deed: str = "read") -> Photo:
    """Return the photo behind an address; what is done to it needs the right to."""
    found = photos.find(number, lock=request.method == "POST")
    if found is None:
        abort(404)
    if request.method == "POST" and not photos.may(account(), deed, found):
        refuse(deed)
    return found


@desk(PHOTO, "photo_words", BOTH)
def photo(number: int) -> BaseResponse:
    """Show one photo with its words and its focal point; save them unless somebody else was faster."""
    row = _photo(number, "photo_words")
    typed = fields() if request.method == "POST" else None
    form = photo_form.PhotoWords(typed, data=photos.values(row))
    if not posted():
        return _page(row, form, _base(row))
    wanted = photo_form.values(form, request.form, photos.values(row), row.whole.height_of(photo_form.TAP_WIDTH))
    if _base(row) != row.row_version and wanted != photos.values(row):
        return _page(row, form, row.row_version, 409)
    found = [(p.field, names.sentence(i18n.speaker(), p)) for p in photos.problems(row, wanted)]
    if found:
        photo_form.mark_wrong(form, found)
        return _page(row, form, row.row_version, 422, found)
    done = "photo_saved" if photos.change(row, wanted, actor()) else "same"
    return redirect(url_for("admin.photo", number=number, done=done), 303)


@desk(f"{PHOTO}/trash", "trash", ("POST",))
def trash_photo(number: int) -> BaseResponse:
    """Put a photo into the trash unless an item uses it."""
    row = _photo(number, "trash")
    if photo_uses.uses(row):
        form = photo_form.PhotoWords(data=photos.values(row))
        return _page(row, form, row.row_version, 409, [("uses", names.PHOTO_USED)])
    if row.trashed_at is None:
        photos.trash(row, actor())
    return redirect(url_for("admin.photo", number=number, done="photo_trashed"), 303)


@desk(f"{PHOTO}/restore", "restore_trashed", ("POST",))
def restore_photo(number: int) -> BaseResponse:
    """Take a photo out of the trash."""
    row = _photo(number, "restore_trashed")
    if row.trashed_at is not None:
        photos.restore(row, actor())
    return redirect(url_for("admin.photo", number=number, done="photo_restored"), 303)


@desk(f"{PHOTO}/point", "edit", ("POST",))
def photo_point(number: int) -> BaseResponse:
    """Give the point of a photo to the draft of one place that uses it, or to nobody; then forget it."""
    row = _photo(number, "photo_words")
    code = request.form.get("place", "")
    if code:
        item = guarded_item("destinations", code, "edit")
        photos.use_point(row, item, actor())
        return redirect(item_address(item, done="saved"), 303)
    if row.latitude is not None:
        photos.forget_point(row, actor())
    return redirect(url_for("admin.photo", number=number, done="photo_point"), 303)


def _base(row: Photo) -> int:
    """Return the version of *row* that the form began from; one that never was is a broken request."""
    if request.method != "POST":
        return row.row_version
    return number_up_to(row.row_version, fields().get("base", ""))


def _page(row: Photo, form: Any, base: int, status: int = 200, errors: Errors | None = None) -> BaseResponse:
    uses = photo_uses.uses(row)
    return page(
        "photo",
        status,
        photo=row,
        form=form,
        base=base,
        errors=errors or [],
        tap=(photo_form.TAP_WIDTH, row.whole.height_of(photo_form.TAP_WIDTH)),
        grid=photo_form.GRID,
        previews=[(f"{w}:{h}", _box(row, (w, h))) for w, h in PREVIEWS],
        uses=[(item, display_name(item), live) for item, live in uses],
        places=[item for item, _ in uses if item.kind == "destination" and can(account(), "edit", item)],
        item_address=item_address,
        theirs=people().get(row.updated_by, "") if status == 409 and not errors else None,
        values=photos.values(row),
        may=lambda deed: photos.may(account(), deed, row),
        unsaved="typed" in g,
        owner=signed_owner(),
        done=request.args.get("done", ""),
    )


def _box(row: Photo, ratio: tuple[int, int]) -> str:
    """Return what a shape of *ratio* shows of the photo, as the `viewBox` of a drawing."""
    left, top, right, bottom = pictures.crop(row.width, row.height, ratio, row.focus)
    return f"{left} {top} {right - left} {bottom - top}"
