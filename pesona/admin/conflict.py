"""The plain page for two people at one field: both versions stand side by side, nothing is lost."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from pesona.admin import forms, item_forms
from pesona.admin.blueprint import page
from pesona.admin.sign_in import signed_owner
from pesona.editing import items
from pesona.editing.merge import merge
from pesona.editing.snapshot import changed_fields, part
from pesona.models.item import Item
from pesona.text.names import N_

MINE = "mine-"
CHOOSE = N_("Choose a version of this field.")


def chosen(form: Any, wanted: dict[str, Any], typed: MultiDict[str, str]) -> dict[str, Any]:
    """Return *wanted* with each choice of the conflict page in *typed* put in its place."""
    mine = mine_again(form, typed) if any(n.startswith("choose-") for n in typed) else {}
    decided = dict(wanted)
    for name in wanted:
        choice = typed.get(f"choose-{name}", "")
        if choice == "mine":
            decided[name] = mine[name]
        elif choice == "combined":
            decided[name] = typed.get(f"combined-{name}", "").replace("\r\n", "\n").strip()
    return decided


def undecided(typed: MultiDict[str, str]) -> bool:
    """Tell whether *typed* comes from the conflict page with a field for which nothing was chosen."""
    return any(not typed.get(f"choose-{name}") for name in typed.getlist("clash"))


def mine_again(form: Any, typed: MultiDict[str, str]) -> dict[str, Any]:
    """Return the values of the form as they were before the conflict page in *typed*."""
    return forms.values(type(form)(typed, prefix=MINE))


def page_of(
    item: Item,
    where: str,
    clash: items.Conflict,
    action: str,
    people: Mapping[int | None, str],
    typed: MultiDict[str, str],
) -> BaseResponse:
    """Return the page for *clash*: the fields that merged by themselves ride along in hidden fields.

    What was chosen before in *typed* stays chosen; choosing nothing there is 422.
    """
    kind, of_part = item_forms.form_class(item.kind, where), item_forms.part_name(where)
    newest = items.snapshot(item)
    merged = merge(clash.base, newest, clash.mine).snapshot
    clashing = [c for c in clash.clashes if c.part == of_part]
    names = {c.name for c in clashing}
    mine = kind(None, data=part(clash.mine, of_part), prefix=MINE)
    theirs = kind(None, data=part(merged, of_part))
    changes = {c.name: items.last_change(item, of_part, c.name) for c in clashing}
    incomplete = undecided(typed)
    return page(
        "conflict",
        422 if incomplete else 409,
        item=item,
        clashes=clashing,
        labels={field.short_name: field.label.text for field in theirs},
        is_text={name: _is_text(theirs[name], part(newest, of_part)[name]) for name in names},
        hidden=[*forms.pairs(theirs), *forms.pairs(mine)],
        joined=[n for at, n in changed_fields(clash.base, merged) if at == of_part and n not in changes],
        choices={name: typed.get(f"choose-{name}", "") for name in changes},
        combined={c.name: typed.get(f"combined-{c.name}", c.mine) for c in clashing},
        errors=[(f"choose-{n}", CHOOSE) for n in changes if incomplete and not typed.get(f"choose-{n}")],
        base=item.head,
        began=clash.began,
        owner=signed_owner(),
        opening=typed.get("opening", ""),
        minor="minor" in typed,
        changes=changes,
        people=people,
        action=action,
    )


def _is_text(field: Any, value: Any) -> bool:
    """Tell whether both versions of *field* can be joined by hand, as one text."""
    return isinstance(value, str) and not hasattr(field, "pairs")
