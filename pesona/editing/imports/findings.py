"""What can be said of a file and of its rows: each sentence names the reason and the remedy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pesona.text.names import N_

SENTENCES: Mapping[str, str] = {
    # Of the whole file: nothing of it is read.
    "empty": N_("The file holds no rows. Fill in at least one below the header."),
    "format": N_("This is neither a CSV nor an XLSX file. Save it as one of the two."),
    "encoding": N_("The letters of this file cannot be read. Save it as CSV UTF-8."),
    "broken_csv": N_("The file cannot be read after line %(line)s: a quotation mark is open, or a cell is too long."),
    "broken_xlsx": N_("This XLSX file is damaged. Open it in a spreadsheet program and save it again."),
    "bomb": N_("This XLSX file unpacks to more than a table of places or events can be. Copy the cells into a new file."),
    "entities": N_("This XLSX file holds a document type, which no spreadsheet program writes. Copy the cells into a new file."),
    "many_rows": N_("The file has more than %(limit)s rows. Split it, or let the operator import it with the command."),
    "gap": N_("There are more than 1,000 empty lines before line %(line)s. Delete them."),
    "column_like": N_("There is no column “%(name)s”. Perhaps you mean “%(like)s”?"),
    "column_unknown": N_("There is no column “%(name)s”. Columns are: %(known)s."),
    "column_unnamed": N_("Column %(number)s has no name. Name it or delete it."),
    "column_twice": N_("The column “%(name)s” is there twice. Delete one."),
    "column_needed": N_("The column “%(name)s” is missing. The first line names the columns: %(known)s."),
    # Of one row: it is wrong and is not written.
    "cells": N_("The row has %(cells)s cells, the header %(header)s. Put quotation marks around a text that holds the separator."),
    "formula": N_("This cell holds a formula. Paste it as a value."),
    "error_value": N_("This cell holds the error %(value)s of the spreadsheet program. Mend it or empty it."),
    "needed": N_("This is empty and must not be."),
    "name_needed": N_("Give it a name in at least one language."),
    "code_form": N_("“%(value)s” is no code: letters, digits and single hyphens, at most 120. Try “%(like)s”."),
    "code_twice": N_("The same code stands in line %(line)s already. Join the two rows, or give this one its own code."),
    "code_removed": N_("The item with this code was removed. Choose another code."),
    "appeared": N_("An item with this code was made after the check. Check the file again."),
    "conflict": N_("Somebody changed the same after the check (%(fields)s). Check the file again."),
    "choice": N_("“%(value)s” is not one of: %(choices)s."),
    "district_unknown": N_("There is no district “%(value)s”. Write its name or its Kemendagri code."),
    "village_unknown": N_("There is no village “%(value)s” there. Write its name or its Kemendagri code."),
    "village_elsewhere": N_("The village %(value)s does not lie in this district. Change one of the two."),
    "village_ambiguous": N_("There are several villages “%(value)s”. Give the district too."),
    "number": N_("“%(value)s” is not a number such as 0.7947 or 0,7947."),
    "whole": N_("“%(value)s” is not a whole number of metres above 0."),
    "range": N_("“%(value)s” is not within %(least)s to %(most)s degrees."),
    "swapped": N_("Latitude and longitude seem to be swapped. In Siak latitude is about 0.8 and longitude about 102."),
    "pair": N_("A point needs latitude and longitude."),
    "precision_alone": N_("A precision needs a point. Give latitude and longitude, or empty this cell."),
    "jawi": N_("“%(value)s” is not in Jawi: Arabic letters and spaces only."),
    "date": N_("“%(value)s” is not a date. Write it as 2026-09-05."),
    "end_before_start": N_("It ends before it starts."),
    "end_alone": N_("An end needs a start."),
    "too_long": N_("This is longer than %(limit)s characters."),
    "rule": N_("“%(value)s” is not a rule of iCalendar such as FREQ=YEARLY;BYMONTH=9."),
    # Of one row: worth a look, it is written all the same.
    "emptied": N_("Empty cells empty what was there: %(columns)s. Delete the column to keep it."),
    "like_named": N_("Like-named: %(codes)s. Rows are told apart by their code only."),
    "hours_as_written": N_("These hours are not in the form Mo-Su 08:00-17:00; they are shown as they are written."),
    "destination_unknown": N_("No destination has the code “%(value)s” yet."),
    "status_alone": N_("A status needs a date, so it is not kept."),
    "time_dropped": N_("The time of day is not kept. Write it into “When it usually is” at the desk."),
    "rule_kept": N_("The rule is kept, but only the first date is shown so far."),
    "not_place": N_("Only a place has this; it is kept but not shown."),
}  # fmt: skip

WARNINGS = frozenset((
    "emptied", "like_named", "hours_as_written", "destination_unknown", "status_alone", "time_dropped", "rule_kept", "not_place",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about one row: *rule* names its sentence, *column* the cell, or nothing for the whole row."""

    rule: str
    column: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def wrong(self) -> bool:
        return self.rule not in WARNINGS

    def english(self) -> str:
        """Return the finding as the command line and repair files say it."""
        said = SENTENCES[self.rule] % self.values
        return f"{self.column}: {said}" if self.column else said


def of(rule: str, column: str = "", **values: Any) -> Finding:
    return Finding(rule, column, values)


class Unreadable(ValueError):
    """A file of which no row can be read; *rule* names the sentence that says why."""

    def __init__(self, rule: str, **values: Any) -> None:
        super().__init__(SENTENCES[rule] % values)
        self.rule = rule
        self.values = values
