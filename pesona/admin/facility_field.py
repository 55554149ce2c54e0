"""The field of what a place has: one answer for each thing, where nobody knows unless somebody says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import g
from wtforms import Field

from pesona import facilities, i18n
from pesona.admin.limits import NOT_A_CHOICE, SHORT, TOO_LONG
from pesona.editing.snapshot import ROWS
from pesona.models.destination import ANSWERS, FACILITIES
from pesona.text import moments, names
from pesona.text.names import N_

LABELS = {
    "answer": N_("Is it there?"),
    "note_id": N_("Measure or remark in Indonesian"),
    "note_en": N_("Measure or remark in English"),
    "source": N_("Source key"),
    "checked_on": N_("Checked on"),
}


@dataclass(slots=True)
class Cell:
    """One input about one thing, and what is wrong with it."""

    name: str
    label: str
    value: str
    error: str = ""


class FacilitiesField(Field):
    """Rows of answers, shown as a select and a few short texts for each of `FACILITIES`; without text no row."""

    answers = ("", *ANSWERS)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ARG002 - as WTForms calls it
        self.process_errors: list[str] = []
        self.raw_data = None
        stored = {row["what"]: row for row in data} if isinstance(data, list) else {}
        self.table = {
            what: {
                name: Cell(
                    id_, label, (formdata.get(id_, "") if formdata else stored.get(what, {}).get(name, "")).strip()
                )
                for name, label in LABELS.items()
                for id_ in [f"{self.name}-{what}-{name}"]
            }
            for what in FACILITIES
        }
        self.data = facilities.in_order(self._read())

    def _read(self) -> Iterator[dict[str, Any]]:
        for what, cells in self.table.items():
            values = {name: cell.value for name, cell in cells.items()}
            if any(values.values()):
                yield {**ROWS["facilities"], **values, "what": what, "checked_on": moments.tidy(values["checked_on"])}

    def post_validate(self, _form: Any, _stopped: bool) -> None:
        for cells in self.table.values():
            for cell in cells.values():
                cell.error = TOO_LONG if len(cell.value) > SHORT else ""
            if cells["answer"].value not in self.answers:
                cells["answer"].error = NOT_A_CHOICE
        self.errors = [cell.error for cell in self._cells() if cell.error]

    def _cells(self) -> Iterator[Cell]:
        for cells in self.table.values():
            yield from cells.values()

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the input, message) of everything wrong; a message names what it is about."""
        speaker = i18n.speaker(g.locale)
        return [
            (
                cell.name,
                f"{speaker.name(names.FACILITIES, what)}, {speaker.gettext(cell.label)}: {speaker.gettext(cell.error)}",
            )
            for what, cells in self.table.items()
            for cell in cells.values()
            if cell.error
        ]

    def pairs(self) -> list[tuple[str, str]]:
        """Return the inputs as name and text, to ride along in hidden fields."""
        return [(cell.name, cell.value) for cell in self._cells()]

    def _value(self) -> str:
        return " ".join(cell.value for cell in self._cells() if cell.value)
