"""Deeds at a set time: the time as typed and said once more, schedules shown, moved and cancelled; withdrawal."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import abort, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from pesona import clock
from pesona.admin.blueprint import actor, desk, fields, page, posted
from pesona.admin.items import BOTH, KIND, base_of, display_name, guarded_item, item_address, people
from pesona.admin.sign_in import signed_owner
from pesona.editing import publish, schedule, times
from pesona.editing.checks import Problem
from pesona.models.item import Item
from pesona.models.review import Schedule
from pesona.text.names import N_

REASON_NEEDED = N_("Write the reason, for the log.")
MOVED_ON = N_("The item has changed since you opened it.")
TIMES = {
    "missing": N_("Fill in the day and the time."),
    "impossible": N_("There is no such day or time. Write them as 2026-09-05 and 08.00."),
    "past": N_("This time has passed already."),
    "far": N_("This time is more than a year ahead."),
}


class Wrong(Exception):
    """Fields of the form cannot be used; *errors* are (id of the field, message)."""

    def __init__(self, errors: list[tuple[str, str]]) -> None:
        super().__init__(errors)
        self.errors = errors


def typed() -> tuple[str, str]:
    """Return the day and the time of the form, as they were typed."""
    return fields().get("day", "").strip(), fields().get("time", "").strip()


def moment() -> datetime:
    """Return the moment that the form names; raises `Wrong`."""
    try:
        return times.moment(*typed(), clock.now())
    except times.WrongTime as wrong:
        raise Wrong([(wrong.field, TIMES[wrong.reason])]) from None


def confirm_page(
    item: Item, deed: str, parts: Sequence[str], at: datetime, action: str, reason: str = ""
) -> BaseResponse:
    """Say once more what will happen and when, and ask for the last yes."""
    planned = Schedule(deed=deed, parts=list(parts), at=at.astimezone(UTC).replace(tzinfo=None), revision=item.head)
    others = [row for row in schedule.of(item) if row.deed == deed and set(row.parts) & set(parts)]
    return page(
        "plan",
        item=item,
        name=display_name(item),
        owner=signed_owner(),
        planned=planned,
        others=others,
        day=f"{at:%Y-%m-%d}",
        time=f"{at:%H:%M}",
        reason=reason,
        action=action,
        back=item_address(item),
    )


@desk(f"/{KIND}/<code>/withdraw/<any(id,en):locale>", "withdraw", BOTH)
def withdraw(plural: str, code: str, locale: str) -> BaseResponse:
    """Ask once more, with a reason for the log, and take one language off the site, now or at a set time."""
    item = guarded_item(plural, code, "withdraw")
    if item.live(locale) is None:
        abort(404)
    if not posted():
        return _withdraw_page(item, locale)
    if base_of(item, request.form) != item.head:
        return _withdraw_page(item, locale, 409, [("reason", MOVED_ON)])
    try:
        return _withdraw(item, locale, request.form.get("action", "withdraw"))
    except Wrong as wrong:
        return _withdraw_page(item, locale, 422, wrong.errors)


def _withdraw(item: Item, locale: str, action: str) -> BaseResponse:
    reason = _reason()
    if not reason:
        raise Wrong([("reason", REASON_NEEDED)])
    if action == "schedule":
        return confirm_page(item, "withdraw", [locale], moment(), item_address(item, "withdraw", locale=locale), reason)
    if action == "confirm":
        schedule.plan_withdrawal(item, locale, moment(), actor(), reason)
        return redirect(item_address(item, done="scheduled"), 303)
    if any(typed()):
        raise Wrong([("day", N_("A time is filled in. Press “Withdraw at this time”, or clear it to withdraw now."))])
    publish.withdraw(item, locale, actor(), reason)
    return redirect(item_address(item, done="withdrawn"), 303)


def _reason() -> str:
    return fields().get("reason", "").strip()[:500]


def _withdraw_page(item: Item, locale: str, status: int = 200, errors: Sequence[tuple[str, str]] = ()) -> BaseResponse:
    day, time = typed()
    return page(
        "withdraw",
        status,
        item=item,
        owner=signed_owner(),
        reason=_reason(),
        values={"day": day, "time": time},
        action=item_address(item, "withdraw", locale=locale),
        errors=errors,
        name=display_name(item),
        locale_of_words=locale,
        back=item_address(item),
    )


@desk(f"/{KIND}/<code>/schedules/<int:number>", "publish", BOTH)
def planned(plural: str, code: str, number: int) -> BaseResponse:
    """Show one schedule of an item; cancel it, or let it publish the newest revision instead."""
    item = guarded_item(plural, code, "publish")
    row = schedule.find(item, number)
    if row is None:
        abort(404)
    if not posted():
        return _planned_page(item, row)
    if base_of(item, request.form) != item.head:
        return _planned_page(item, row, 409)
    try:
        return redirect(item_address(item, done=_change(item, row, request.form.get("action", ""))), 303)
    except publish.Blocked as blocked:
        return _planned_page(item, row, 422, blocked.problems)
    except publish.MovedOn:
        return _planned_page(item, row, 409)


def _change(item: Item, row: Schedule, action: str) -> str:
    if action == "newest":
        schedule.use_newest(item, row, actor())
        return "schedule_newest"
    if action != "cancel":
        abort(400)
    schedule.cancel(item, row, actor())
    return "schedule_cancelled"


def _planned_page(item: Item, row: Schedule, status: int = 200, blocked: Sequence[Problem] = ()) -> BaseResponse:
    return page(
        "planned",
        status,
        item=item,
        name=display_name(item),
        owner=signed_owner(),
        row=row,
        stands=row.state in schedule.STANDING,
        problems=[*blocked, *schedule.problems(row)],
        moved_on=status == 409,
        people=people(),
        item_address=item_address,
        action=item_address(item, "planned", number=row.id),
    )
