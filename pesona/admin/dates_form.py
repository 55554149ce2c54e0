"""The form of the dates of an event: the list of dates comes first, a rule fills it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, SelectChoice, StringField
from wtforms.validators import Length

from pesona import clock, recurrence
from pesona.admin import forms, limits
from pesona.editing.times import WrongTime, hour_of
from pesona.models.event import STATUSES
from pesona.recurrence import Impossible, Rule
from pesona.text import moments
from pesona.text.names import N_

MOST_ROWS = 400
ENDS = ("until", "count", "open")

NO_DAY = N_("There is no such day. Write it like 2026-09-05 or 5/9/2026.")
NO_TIME = N_("There is no such time. Write it like 08:00 or 8.30; empty is all day.")
NO_FIRST_DAY = N_("Write the first day.")
BACKWARDS = N_("The end is before the start.")
LOOK_FIRST = N_("The rule has changed: look at the dates it makes, then save.")
TOO_MANY = N_("The list holds at most 400 dates.")
IMPOSSIBLE: Mapping[str, str] = {
    "no_day": NO_DAY,
    "rule_unknown": N_("Choose one of the list."),
    "rule_last": N_("The first day is not the last of its name in its month, such as the last Saturday."),
    "rule_every": N_("Write a whole number from 1 to 366."),
    "rule_until": N_("The last day of the rule is before its first."),
    "rule_count": N_("Write how many times, from 1 to 104."),
    "rule_many": N_("This makes more than 104 dates. Let it end earlier, and go on when those are over."),
}


class DayField(StringField):
    """A day as people write it, kept as ISO; what is no day is kept as typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = moments.tidy(valuelist[0]) if valuelist else ""

    @property
    def day(self) -> date | None:
        begun = moments.first(self.data or "")
        return begun.date() if begun and not moments.has_time(self.data or "") else None


class TimeField(StringField):
    """A time of day in WIB as people write it, kept as `HH:MM`; what is no time is kept as typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        try:
            self.data = f"{hour_of(typed):%H:%M}" if typed else ""
        except WrongTime:
            self.data = typed

    @property
    def wrong(self) -> bool:
        try:
            return bool(self.data) and f"{hour_of(self.data or ''):%H:%M}" != self.data
        except WrongTime:
            return True


class FlagField(HiddenField):
    """Something true or not that rides along unseen."""

    def _value(self) -> str:
        return "yes" if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = bool(valuelist and valuelist[0] == "yes")


def day(label: str, hint: str = "") -> DayField:
    return DayField(label, [Length(max=limits.SHORT, message=limits.TOO_LONG)], description=hint)


def time(label: str, hint: str = "") -> TimeField:
    return TimeField(label, [Length(max=limits.SHORT, message=limits.TOO_LONG)], description=hint)


class DateRow(Form):
    """One date of an event."""

    keep = BooleanField(N_("Keep this date"), default=True)
    start = day(N_("First day"))
    end = day(N_("Last day"))
    start_time = time(N_("Begins at"))
    end_time = time(N_("Ends at"))
    status = forms.ChoiceField(N_("Status"), STATUSES, default="planned")
    source = forms.short(N_("Source key"))
    note_id = forms.short(N_("Note in Indonesian"))
    note_en = forms.short(N_("Note in English"))
    venue_id = forms.short(N_("Other place, in Indonesian"))
    venue_en = forms.short(N_("Other place, in English"))
    previous_start = HiddenField()
    was = HiddenField()
    by_rule = FlagField()

    @property
    def is_filled(self) -> bool:
        typed = (field for field in self if isinstance(field, StringField) and field.short_name != "was")
        return any((field.data or "").strip() for field in typed)

    @property
    def row(self) -> dict[str, Any]:
        row = {f.short_name: (f.data or "").strip() for f in self if f.short_name not in ("keep", "was", "by_rule")}
        return {**row, "by_rule": bool(self.by_rule.data) and not self.moved_from}

    @property
    def moved_from(self) -> str:
        """Return the day of the rule that this date had before somebody wrote another one; else nothing."""
        moved = self.by_rule.data and self.was.data not in (None, "", self.start.data)
        return str(self.was.data) if moved else ""

    def check(self) -> bool:
        """Tell whether the date can be; each fault is noted at its field."""
        before = sum(len(field.errors) for field in self)
        if self.start.day is None:
            _wrong(self.start, NO_DAY if self.start.data else NO_FIRST_DAY)
        if self.end.data and self.end.day is None:
            _wrong(self.end, NO_DAY)
        for field in (self.start_time, self.end_time):
            if field.wrong:
                _wrong(field, NO_TIME)
        if self.start.day and self.end.day and self.end.day < self.start.day:
            _wrong(self.end, BACKWARDS)
        one_day = self.end.day in (None, self.start.day)
        if one_day and self.start_time.data and self.end_time.data and self.end_time.data < self.start_time.data:
            _wrong(self.end_time, BACKWARDS)
        return sum(len(field.errors) for field in self) == before


class EventDates(forms.OwnValues):
    """The dates of an event and the rule that fills them."""

    occurrences = FieldList(FormField(DateRow), N_("Dates"), max_entries=MOST_ROWS)
    rule_start = day(N_("First day of the rule"), N_("Such as 2026-09-05. The choices below follow from it."))
    rule_end = day(N_("Last day of that first date"), N_("Empty for one day."))
    start_time = time(N_("Begins at"), N_("In WIB, such as 19:30. Empty is all day."))
    end_time = time(N_("Ends at"))
    repeat = forms.ChoiceField(N_("How it comes back"), recurrence.KINDS, default="once")
    every = forms.WholeField(
        N_("Every how many"), default=1, description=N_("1 is each time; 2 is every second week, month, year or day.")
    )
    ends = forms.ChoiceField(N_("How it ends"), ENDS, default="until")
    until = day(N_("Until this day"))
    count = forms.WholeField(N_("Number of times"))
    change_from = day(
        N_("The rule applies from"), N_("Empty is from its first day. Earlier dates and moved ones stay as they are.")
    )
    rule_status = forms.ChoiceField(N_("Status of the new dates"), ("planned", "expected"), default="planned")
    rule_source = forms.short(N_("Source key of the new dates"))
    rrule = HiddenField(N_("Rule"))
    exdates = HiddenField(N_("Dates left out"))
    shown = HiddenField()

    def __init__(self, formdata: Any = None, obj: Any = None, prefix: str = "", data: Any = None, **more: Any) -> None:
        super().__init__(formdata, obj, prefix, {**data, **_rule_fields(data)} if data else None, **more)
        first = self.rule_start.day
        listed = recurrence.kinds(first) if first else recurrence.KINDS
        # What was chosen for another first day is refused by the rule itself, which says why.
        kept = [kind for kind in recurrence.KINDS if kind in listed or kind == self.repeat.data]
        self.repeat.choices = [SelectChoice(kind) for kind in kept]
        self.skipped: tuple[date, ...] = ()

    def wanted(self) -> dict[str, Any]:
        """Return the list as it is ticked, and the rule that was last shown; an unticked date of it is left out."""
        rows = [entry.form for entry in self.occurrences.entries if entry.form.is_filled]
        ticked = sorted((row.row for row in rows if row.keep.data), key=recurrence.in_order)
        there = {row["start"] for row in ticked}
        left_out = {row.start.data for row in rows if not row.keep.data and row.by_rule.data}
        left_out |= {row.moved_from for row in rows if row.moved_from}
        exdates = sorted((set((self.exdates.data or "").split()) | left_out) - there)
        text, _, start = (self.shown.data or "").partition("|") if self.rule_start.data else ("", "", "")
        return {"occurrences": ticked, "rrule": text, "rule_start": start, "exdates": exdates}

    def validate(self, *given: Any, **more: Any) -> bool:
        """Tell whether the list can be stored: each ticked date can be, and the rule was looked at."""
        fine = super().validate(*given, **more)
        for entry in self.occurrences.entries:
            if entry.form.is_filled and entry.form.keep.data:
                fine = entry.form.check() and fine
        try:
            looked = not self.rule_start.data or self.signature == self.shown.data
        except Impossible as fault:
            _wrong(self[fault.field], IMPOSSIBLE[fault.rule])
            return False
        if not looked and self.show(clock.today()):
            _wrong(self.rule_start, LOOK_FIRST)
        return fine and looked

    @property
    def signature(self) -> str:
        """Return the rule and its first day, as `shown` keeps what was looked at."""
        rule = self.rule()
        return f"{recurrence.write(rule)}|{rule.start.isoformat()}"

    def rule(self) -> Rule:
        """Return the rule as typed; raises `Impossible`, or notes at its field what is no day."""
        if self.rule_start.day is None:
            raise Impossible("rule_start", "no_day")
        until = self.until.day if self.ends.data == "until" else None
        kind = self.repeat.data or "once"
        if kind != "once" and self.ends.data == "until" and until is None:
            raise Impossible("until", "no_day")
        count = self.count.data if self.ends.data == "count" else None
        if kind != "once" and self.ends.data == "count" and count is None:
            raise Impossible("count", "rule_count")
        if kind == "once":
            return Rule("once", self.rule_start.day)
        return Rule(kind, self.rule_start.day, self.every.data or 0, until, count)

    def show(self, today: date) -> bool:
        """Put the dates that the rule makes into the list, those left out unticked; tell whether that could be."""
        before = self.wanted()
        try:
            rule = self.rule()
            made = recurrence.make(rule, today)
        except Impossible as fault:
            _wrong(self[fault.field], IMPOSSIBLE[fault.rule])
            return False
        since, length = self._since_and_length(rule)
        if since is None or length is None:
            return False
        everything = [entry.form.row for entry in self.occurrences.entries if entry.form.is_filled]
        rows = recurrence.fill(everything, made.days, self._pattern(), length, since)
        if len(rows) >= MOST_ROWS:
            _wrong(self.rule_start, TOO_MANY)
            return False
        days = {day.isoformat() for day in made.days}
        left_out = [day for day in before["exdates"] if day in days]
        self._list([{**row, "keep": not (row["by_rule"] and row["start"] in left_out)} for row in rows])
        self.exdates.data, self.shown.data, self.skipped = " ".join(left_out), self.signature, made.skipped
        return True

    def _since_and_length(self, rule: Rule) -> tuple[date | None, int | None]:
        since = self.change_from.day if self.change_from.data else rule.start
        if since is None:
            _wrong(self.change_from, NO_DAY)
        for field in (self.start_time, self.end_time):
            if field.wrong:
                _wrong(field, NO_TIME)
                return since, None
        end = self.rule_end.day if self.rule_end.data else rule.start
        if end is None or end < rule.start:
            _wrong(self.rule_end, BACKWARDS if end else NO_DAY)
            return since, None
        return since, (end - rule.start).days

    def _pattern(self) -> dict[str, Any]:
        times = {"start_time": self.start_time.data or "", "end_time": self.end_time.data or ""}
        said = {"status": self.rule_status.data or "planned", "source": (self.rule_source.data or "").strip()}
        return {**DateRow().row, **times, **said}

    def _list(self, rows: list[dict[str, Any]]) -> None:
        while self.occurrences.entries:
            self.occurrences.pop_entry()
        for row in rows:
            self.occurrences.append_entry(row)


def _rule_fields(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that say the stored rule of *facts*, and how its dates look."""
    text, start = facts["rrule"], facts["rule_start"]
    said: dict[str, Any] = {"exdates": " ".join(facts["exdates"]), "shown": f"{text}|{start}" if start else ""}
    pattern = next((row for row in facts["occurrences"] if row["by_rule"]), None)
    if pattern:
        said |= {name: pattern[name] for name in ("start_time", "end_time")}
        said |= {"rule_status": "planned", "rule_source": pattern["source"]}
        length = date.fromisoformat(pattern["end"] or pattern["start"]) - date.fromisoformat(pattern["start"])
        if start and length.days:
            said["rule_end"] = (date.fromisoformat(start) + length).isoformat()
    try:
        rule = recurrence.read(text, date.fromisoformat(start))
    except ValueError:
        return said
    ends = "count" if rule.count else "until" if rule.until or not text else "open"
    until = rule.until.isoformat() if rule.until else ""
    return {**said, "repeat": rule.kind, "every": rule.every, "ends": ends, "until": until, "count": rule.count}


def _wrong(field: Any, message: str) -> None:
    field.errors = [*field.errors, message]
