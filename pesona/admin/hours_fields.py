"""Fields of the form of hours: a week as a table of times, last entry, the hours of one day, decided holidays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import g
from wtforms import Field, StringField, ValidationError
from wtforms.validators import Length

from pesona import i18n
from pesona.admin.limits import SHORT, TOO_LONG
from pesona.hours import weekly
from pesona.hours.week import DAYS
from pesona.text import typed_times
from pesona.text.names import N_

MOST_RANGES, USUAL_RANGES = 3, 2

DAY_NAMES: Mapping[str, str] = {
    "Mo": N_("Monday"), "Tu": N_("Tuesday"), "We": N_("Wednesday"), "Th": N_("Thursday"),
    "Fr": N_("Friday"), "Sa": N_("Saturday"), "Su": N_("Sunday"),
}  # fmt: skip
NO_TIME = N_("%(day)s: “%(typed)s” is no time. Write one such as 08.00.")
HALF = N_("%(day)s: an opening time needs a closing time, and the other way round.")
SAME = N_("%(day)s: opening and closing at the same time says nothing. All day is 00.00 to 24.00.")
OVERLAP = N_("%(day)s: the hours overlap.")
NO_DAY_TIMES = N_("Write hours such as 09.00–12.00, 13.00–15.00, or “closed”.")
CLOSED: Mapping[str, str] = {"id": "tutup", "en": "closed"}
USUAL: Mapping[str, str] = {"id": "biasa", "en": "as usual"}


@dataclass(slots=True)
class Cell:
    """One input of a table of days, and what is wrong with it."""

    name: str
    value: str
    error: str = ""

    @property
    def time(self) -> str | None:
        return typed_times.read(self.value)


@dataclass(slots=True)
class Pair:
    """From and to, side by side."""

    start: Cell
    end: Cell

    @property
    def next_day(self) -> bool:
        start, end = self.start.time, self.end.time
        return bool(start and end and typed_times.ends_next_day(start, end))


class DaysField(Field):
    """A value in the grammar of days, shown as one input or more for each day of the week.

    What cannot be shown so stays as it is written until something is typed.
    """

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ARG002 - as WTForms calls it
        self.process_errors: list[str] = []
        self.raw_data = None
        self.unread = ""
        self.sent = {name for name in self._names() if name in (formdata or ())}
        if self.sent:
            self._receive({name: formdata.get(name, "").strip()[:SHORT] for name in self._names()})
        else:
            self.put(data if isinstance(data, str) else "")

    def put(self, text: str) -> None:
        """Show *text*."""
        self.unread = "" if self._show(text) else text
        self.data = text

    def post_validate(self, _form: Any, _stopped: bool) -> None:
        for cell in self.cells():
            cell.error = ""
        self.errors = [*self._check()]

    def cells(self) -> Iterator[Cell]:
        raise NotImplementedError

    def pairs(self) -> list[tuple[str, str]]:
        """Return the inputs as name and text, to ride along in hidden fields."""
        return [(f"{self.name}-unread", self.unread), *((cell.name, cell.value) for cell in self.cells())]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the input, message) of everything wrong."""
        return [(cell.name, cell.error) for cell in self.cells() if cell.error]

    def _value(self) -> str:
        return "".join(cell.value for cell in self.cells()) or self.unread

    def _as_typed(self) -> str:
        """Return what stands in the inputs where it says no times: something to keep, not to publish."""
        return "; ".join(f"{cell.name}={cell.value}" for cell in self.cells() if cell.value)

    def _names(self) -> list[str]:
        raise NotImplementedError

    def _receive(self, typed: dict[str, str]) -> None:
        raise NotImplementedError

    def _show(self, text: str) -> bool:
        raise NotImplementedError

    def _check(self) -> Iterator[str]:
        raise NotImplementedError

    def _wrong(self, day: str, cell: Cell, message: str, typed: str = "") -> str:
        speaker = i18n.speaker(g.locale)
        cell.error = speaker.gettext(message, day=speaker.name(DAY_NAMES, day), typed=typed)
        return cell.error

    def _no_time(self, day: str, cell: Cell) -> Iterator[str]:
        if cell.time is None:
            yield self._wrong(day, cell, NO_TIME, cell.value)


class WeekField(DaysField):
    """The hours of a week: two ranges a day, a third on request."""

    ranges = MOST_RANGES

    def _names(self) -> list[str]:
        ends = [(n, end) for n in range(MOST_RANGES) for end in ("from", "to")]
        cells = (self._cell_name(day, n, end) for day in DAYS for n, end in ends)
        return [f"{self.name}-unread", *cells]

    def _cell_name(self, day: str, number: int, end: str) -> str:
        return f"{self.name}-{day.lower()}-{number + 1}-{end}"

    def _pair(self, day: str, number: int, start: str, end: str) -> Pair:
        return Pair(Cell(self._cell_name(day, number, "from"), start), Cell(self._cell_name(day, number, "to"), end))

    def _receive(self, typed: dict[str, str]) -> None:
        self.table = {
            day: [
                self._pair(day, n, typed[self._cell_name(day, n, "from")], typed[self._cell_name(day, n, "to")])
                for n in range(MOST_RANGES)
            ]
            for day in DAYS
        }
        self._fit()
        self.unread = typed[f"{self.name}-unread"] if not any(cell.value for cell in self.cells()) else ""
        self.data = self._read()

    def _show(self, text: str) -> bool:
        week = weekly.read(text)
        shown = week if week and max(map(len, week)) <= MOST_RANGES else [[]] * len(DAYS)
        self.table = {}
        for day, ranges in zip(DAYS, shown, strict=True):
            filled = [*ranges, *[("", "")] * (MOST_RANGES - len(ranges))]
            self.table[day] = [
                self._pair(day, n, typed_times.show(start), typed_times.show(end))
                for n, (start, end) in enumerate(filled)
            ]
        self._fit()
        return week is not None and shown is week

    def _fit(self) -> None:
        """Show as many ranges as anything stands in, two at the least."""
        rows = self.table.values()
        used = [n + 1 for row in rows for n, pair in enumerate(row) if pair.start.value or pair.end.value]
        asked = MOST_RANGES if self._cell_name("Mo", MOST_RANGES - 1, "to") in self.sent else USUAL_RANGES
        self.ranges = max([asked, *used])

    def cells(self) -> Iterator[Cell]:
        for _, row in self.shown():
            for pair in row:
                yield from (pair.start, pair.end)

    def shown(self) -> list[tuple[str, list[Pair]]]:
        """Return each day with the ranges that the form shows of it."""
        return [(day, row[: self.ranges]) for day, row in self.table.items()]

    def copy_first(self) -> None:
        """Give every day the times of the first one, as they are typed."""
        first, *others = self.table.values()
        for row in others:
            for own, copied in zip(row, first, strict=True):
                own.start.value, own.end.value = copied.start.value, copied.end.value
        self.data = self._read()

    def week(self) -> weekly.Week:
        """Return what is understood of the table."""
        return [
            [(start, end) for pair in row if (start := pair.start.time) and (end := pair.end.time)]
            for row in self.table.values()
        ]

    def _read(self) -> str:
        if self.unread or any(bool(pair.start.time) != bool(pair.end.time) for _, row in self.shown() for pair in row):
            return self.unread or self._as_typed()
        return weekly.write([sorted(day) for day in self.week()])

    def _check(self) -> Iterator[str]:
        for day, row in self.table.items():
            found = [problem for pair in row for problem in self._check_pair(day, pair)]
            yield from found or self._overlaps(day, row)

    def _check_pair(self, day: str, pair: Pair) -> Iterator[str]:
        wrong = [*self._no_time(day, pair.start), *self._no_time(day, pair.end)]
        yield from wrong
        start, end = pair.start.time, pair.end.time
        if not wrong and bool(start) != bool(end):
            yield self._wrong(day, pair.end if start else pair.start, HALF)
        elif not wrong and start and end and not typed_times.is_range(start, end):
            yield self._wrong(day, pair.end, SAME)

    def _overlaps(self, day: str, row: list[Pair]) -> Iterator[str]:
        times = [(pair.start.time or "", pair.end.time or "") for pair in row if pair.start.time]
        if not weekly.are_apart(times):
            last = max(row, key=lambda pair: pair.start.time or "")
            yield self._wrong(day, last.start, OVERLAP)


class LastEntryField(DaysField):
    """The time of last entry of each day."""

    def _names(self) -> list[str]:
        return [f"{self.name}-unread", *(f"{self.name}-{day.lower()}" for day in DAYS)]

    def _receive(self, typed: dict[str, str]) -> None:
        names = {day: f"{self.name}-{day.lower()}" for day in DAYS}
        self.table = {day: Cell(name, typed[name]) for day, name in names.items()}
        self.unread = typed[f"{self.name}-unread"] if not any(cell.value for cell in self.cells()) else ""
        self.data = self._read()

    def copy_first(self) -> None:
        """Give every day the time of the first one, as it is typed."""
        first, *others = self.table.values()
        for cell in others:
            cell.value = first.value
        self.data = self._read()

    def _read(self) -> str:
        times = [cell.time for cell in self.cells()]
        if self.unread or None in times:
            return self.unread or self._as_typed()
        return weekly.write_last([time or "" for time in times])

    def _show(self, text: str) -> bool:
        times = weekly.read_last(text)
        shown = zip(DAYS, times or [""] * len(DAYS), strict=True)
        self.table = {day: Cell(f"{self.name}-{day.lower()}", typed_times.show(time)) for day, time in shown}
        return times is not None

    def cells(self) -> Iterator[Cell]:
        yield from self.table.values()

    def _check(self) -> Iterator[str]:
        for day, cell in self.table.items():
            yield from self._no_time(day, cell)


class TimesField(StringField):
    """The hours of one day in one line; what is not understood is kept as typed."""

    def __init__(self, label: str = "", usual: bool = False, **given: Any) -> None:
        super().__init__(label, [Length(max=SHORT, message=TOO_LONG)], **given)
        self.usual = usual

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else shown_times(self.data or "")

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = (valuelist[0] if valuelist else "").strip()
        written = typed_times.read_day(typed)
        self.data = typed if written is None else written

    def pre_validate(self, _form: Any) -> None:
        if self.data and not (weekly.is_day(self.data) or (self.usual and self.data == typed_times.USUAL)):
            raise ValidationError(NO_DAY_TIMES)


def shown_times(times: str) -> str:
    """Return the *times* of one day as the desk writes them."""
    words = {typed_times.OFF: CLOSED, typed_times.USUAL: USUAL}
    return words[times][g.locale] if times in words else typed_times.show_day(times)


class DecidedField(Field):
    """What is decided of each holiday: rows of day and hours; the view gives the days that are asked about."""

    days: Mapping[str, str] = {}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ARG002 - as WTForms calls it
        self.process_errors: list[str] = []
        self.raw_data = None
        self.typed: dict[str, str] = {}
        start = f"{self.name}-"
        sent = {name.removeprefix(start): formdata.get(name) for name in formdata or () if name.startswith(start)}
        if sent:
            self.typed = {day: text.strip()[:SHORT] for day, text in sent.items() if text.strip() and day != "sent"}
            read = {day: (typed_times.read_day(text), text) for day, text in sorted(self.typed.items())}
            self.data = [{"date": d, "times": text if times is None else times} for d, (times, text) in read.items()]
        else:
            self.data = [dict(row) for row in data or []]
            self.typed = {row["date"]: shown_times(row["times"]) for row in self.data}

    def post_validate(self, _form: Any, _stopped: bool) -> None:
        wrong = [row for row in self.data if not _is_decision(row["times"])]
        self.wrong = {row["date"] for row in wrong}
        self.errors = [NO_DAY_TIMES] if wrong else []

    wrong: set[str] = set()

    def rows(self) -> list[tuple[str, str, str, bool]]:
        """Return (day, name of the holiday, what is typed, whether it is wrong) of each day asked about or decided."""
        return [
            (day, self.days.get(day, ""), self.typed.get(day, ""), day in self.wrong)
            for day in sorted({*self.days, *self.typed})
        ]

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(f"{self.name}-{day}", NO_DAY_TIMES) for day in sorted(self.wrong)]

    def pairs(self) -> list[tuple[str, str]]:
        return [(f"{self.name}-sent", "1"), *((f"{self.name}-{day}", text) for day, text in self.typed.items())]

    def _value(self) -> str:
        return " ".join(self.typed.values())


def _is_decision(times: str) -> bool:
    return times == typed_times.USUAL or weekly.is_day(times)
