"""The plain page for two people at one field: both versions stand side by side, nothing is lost."""

from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from pesona.admin import forms
from pesona.admin.blueprint import page
from pesona.admin.sign_in import signed_owner
from pesona.editing import items
from pesona.editing.merge import merge
from pesona.editing.snapshot import part
from pesona.models.item import Item

MINE = "mine-"


def chosen(form: Any, wanted: dict[str, Any], typed: MultiDict[str, str]) -> dict[str, Any]:
    """Return *wanted* with each choice of the conflict page in *typed* put in its place."""
    mine = forms.values(type(form)(typed, prefix=MINE)) if any(n.startswith("choose-") for n in typed) else {}
    decided = dict(wanted)
    for name in wanted:
        choice = typed.get(f"choose-{name}", "")
        if choice == "mine":
            decided[name] = mine[name]
        elif choice == "combined":
            decided[name] = typed.get(f"combined-{name}", "").replace("\r\n", "\n").strip()
    return decided


def page_of(item: Item, where: str, clash: items.Conflict, action: str, status: int = 409) -> BaseResponse:
    """Return the page for *clash*: the fields that merged by themselves ride along in hidden fields."""
    kind = (forms.FACTS if where == "facts" else forms.WORDS)[item.kind]
    newest = items.snapshot(item)
    merged = merge(clash.base, newest, clash.mine).snapshot
    clashing = [c for c in clash.clashes if c.part == where]
    names = {c.name for c in clashing}
    mine = kind(None, data=part(clash.mine, where), prefix=MINE)
    theirs = kind(None, data=part(merged, where))
    last = items.revisions(item)[0]
    return page(
        "conflict",
        status,
        item=item,
        clashes=clashing,
        labels={field.short_name: field.label.text for field in theirs},
        is_text={name: isinstance(part(newest, where)[name], str) for name in names},
        hidden=[*forms.pairs(theirs), *forms.pairs(mine)],
        base=item.head,
        owner=signed_owner(),
        last=last,
        action=action,
    )
