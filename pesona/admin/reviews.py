"""The screen by which the author of a draft asks for its review, and takes the question back."""

from flask import redirect, request
from werkzeug.wrappers import Response as BaseResponse

from pesona.admin.blueprint import actor, desk, fields, page, posted
from pesona.admin.items import BOTH, KIND, base_of, display_name, guarded_item, item_address, people
from pesona.admin.sign_in import signed_owner
from pesona.editing import review
from pesona.editing.state import state
from pesona.models.item import Item


@desk(f"/{KIND}/<code>/review", "ask_review", BOTH)
def ask_review(plural: str, code: str) -> BaseResponse:
    """Show what an editor would look at; ask for the review with a note, or take the question back."""
    item = guarded_item(plural, code, "ask_review")
    if not posted():
        return _review_page(item)
    if base_of(item, request.form) != item.head:
        return _review_page(item, 409)
    if request.form.get("action") == "take_back":
        asked = review.of(item)
        if asked is None:
            return _review_page(item, 409)
        review.take_back(item, asked, actor())
        return redirect(item_address(item, done="taken_back"), 303)
    if not state(item).changes:
        return _review_page(item, 422)
    review.ask(item, _note(), actor())
    return redirect(item_address(item, done="asked"), 303)


def _note() -> str:
    return fields().get("note", "").replace("\r\n", "\n").strip()[: review.LONGEST_NOTE]


def _review_page(item: Item, status: int = 200) -> BaseResponse:
    how = state(item)
    return page(
        "review",
        status,
        item=item,
        owner=signed_owner(),
        name=display_name(item),
        state=how,
        asked=how.standing.review,
        note=_note(),
        people=people(),
        moved_on=status == 409,
        back=item_address(item),
        action=item_address(item, "ask_review"),
    )
