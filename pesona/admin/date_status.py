"""The pages that say at once what became of a date: cancelled, postponed, moved, full, held. Thin over `editing`."""

from typing import Any

from flask import abort, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse
from wtforms import Form, SelectChoice

from pesona import clock, i18n
from pesona.admin import dates_form, forms
from pesona.admin.blueprint import actor, desk, fields, page, posted
from pesona.admin.items import BOTH, base_of, display_name, guarded_item, item_address, problem_address
from pesona.admin.sign_in import signed_owner
from pesona.editing import publish, status
from pesona.editing.status import ALL, OF_ONE, WITH_A_DAY, Row, Said
from pesona.models.item import Item
from pesona.text.names import N_

WORDS = "<any(planned,expected,postponed,rescheduled,moved,cancelled,full,held):word>"
WHY = N_("Say why, in Indonesian: readers see it beside the date.")
WHICH = N_("Choose one date.")
NO_DATES = N_("No date of this event is on the site that this could be said of.")
NEW_PLACE = N_("Write the other place.")
SAME_DAY = N_("This is the day it has already.")


class StatusForm(Form):
    """What is said of one date of an event, or of all that are to come."""

    which = forms.ChoiceField(N_("Which date"))
    start = dates_form.day(N_("New first day"), N_("Such as 2026-09-05."))
    end = dates_form.day(N_("New last day"), N_("Empty is as many days as before."))
    start_time = dates_form.time(N_("Begins at"), N_("In WIB, such as 19:30. Empty is all day."))
    end_time = dates_form.time(N_("Ends at"))
    venue_id = forms.short(N_("Other place, in Indonesian"))
    venue_en = forms.short(N_("Other place, in English"))
    reason_id = forms.short(N_("Reason in Indonesian"), N_("Readers see it beside the date."))
    reason_en = forms.short(N_("Reason in English"), N_("May stay empty."))

    def of(self, word: str) -> list[Any]:
        """Return the fields that the deed *word* asks for."""
        day = ("start", "end", "start_time", "end_time") if word in WITH_A_DAY else ()
        place = ("venue_id", "venue_en") if word == "moved" else ()
        return [self[name] for name in (*day, *place, "reason_id", "reason_en")]

    def check(self, word: str, rows: list[Row]) -> bool:
        """Tell whether *word* can be said so; each fault is noted at its field."""
        wrong: list[tuple[Any, str]] = []
        one = next((row for row in rows if status.key(row) == self.which.data), None)
        if one is None and (self.which.data != ALL or word in OF_ONE or self.start.data):
            wrong.append((self.which, WHICH))
        if not (self.reason_id.data or "").strip():
            wrong.append((self.reason_id, WHY))
        if word == "moved" and not (self.venue_id.data or "").strip():
            wrong.append((self.venue_id, NEW_PLACE))
        if word in WITH_A_DAY:
            wrong += self._days(word, one)
        for field, message in wrong:
            field.errors = [*field.errors, message]
        return not wrong

    def _days(self, word: str, one: Row | None) -> list[tuple[Any, str]]:
        start, end = self.start.day, self.end.day
        wrong: list[tuple[Any, str]] = []
        if start is None and (self.start.data or word == "rescheduled"):
            wrong.append((self.start, dates_form.NO_DAY if self.start.data else dates_form.NO_FIRST_DAY))
        if self.end.data and end is None:
            wrong.append((self.end, dates_form.NO_DAY))
        if start and end and end < start:
            wrong.append((self.end, dates_form.BACKWARDS))
        if word == "rescheduled" and start and one and one["start"] == start.isoformat():
            wrong.append((self.start, SAME_DAY))
        return wrong + [(field, dates_form.NO_TIME) for field in (self.start_time, self.end_time) if field.wrong]

    def said(self, word: str) -> Said:
        given = {name: (self[name].data or "").strip() for name in Said.__dataclass_fields__ if name != "status"}
        return Said(word, **given)


@desk(f"/<any(events):plural>/<code>/status/{WORDS}", "date_status", BOTH)
def date_status(plural: str, code: str, word: str) -> BaseResponse:
    """Ask what became of a date, and say it on the site at once."""
    item = guarded_item(plural, code, "date_status")
    if not item.is_public or item.live_facts is None:
        abort(404)
    rows = status.live_dates(item)
    form, base = _form(word, rows), base_of(item, fields() if request.method == "POST" else None)
    if not posted():
        return _page(item, word, form, base)
    if base != item.head:
        return _page(item, word, form, item.head, 409)
    fine = form.validate()
    which = status.wanted(rows, form.which.data or "", word)
    if not form.check(word, rows) or not fine or not which:
        return _page(item, word, form, base, 422, nothing=not which)
    try:
        changed = status.say(item, which, form.said(word), actor())
    except publish.Blocked as blocked:
        return _page(item, word, form, base, 422, problems=blocked.problems)
    return redirect(item_address(item, done="date_said" if changed else "same"), 303)


def _form(word: str, rows: list[Row]) -> StatusForm:
    asked = request.args.get("date", "") or _likely(word, rows)
    form = StatusForm(fields()) if request.method == "POST" else StatusForm(data={"which": asked})
    all_of_them = [] if word in OF_ONE else [SelectChoice(ALL)]
    ahead = [row for row in rows if (row["end"] or row["start"]) >= clock.today().isoformat()]
    in_order = [*ahead, *(row for row in reversed(rows) if row not in ahead)]
    form.which.choices = [SelectChoice(""), *(SelectChoice(status.key(row)) for row in in_order), *all_of_them]
    return form


def _likely(word: str, rows: list[Row]) -> str:
    """Return the date that *word* must mean, where only one can be meant; else nobody chose yet."""
    put_off = [row for row in rows if row["status"] == "postponed"] if word == "rescheduled" else []
    meant = put_off or rows
    return status.key(meant[0]) if len(meant) == 1 else ""


def _page(
    item: Item, word: str, form: StatusForm, base: int, code: int = 200, nothing: bool = False, problems: Any = ()
) -> BaseResponse:
    asked = [form.which, *form.of(word)]
    say = i18n.speaker(g.locale).gettext
    errors = [(field.id, f"{say(field.label.text)}: {say(field.errors[0])}") for field in asked if field.errors]
    if nothing and not errors:
        errors = [("which", NO_DATES)]
    return page(
        "date_status",
        code,
        item=item,
        name=display_name(item),
        word=word,
        form=form,
        asked=form.of(word),
        rows={status.key(row): row for row in status.live_dates(item)},
        base=base,
        owner=signed_owner(),
        errors=errors,
        moved_on=code == 409,
        problems=problems,
        problem_address=lambda problem: problem_address(item, problem),
        action=item_address(item, "date_status", word=word),
        back=item_address(item),
    )
