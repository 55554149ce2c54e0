"""The forms of the desk: text in, snapshot values out. Lenient: publication does the strict checks."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from pesona import prices
from pesona.admin.facility_field import FacilitiesField
from pesona.admin.limits import NOT_A_CHOICE, SHORT, TOO_LONG
from pesona.models import destination as destinations
from pesona.models import event as events
from pesona.models import holiday as holidays
from pesona.models import notice as notices
from pesona.models.page import MENUS
from pesona.text import moments
from pesona.text.names import N_

LONG, MEDIUM = 60_000, 2_000
# Of a text area: letters in a line of a phone and an old screen, rows before it scrolls.
LINE, MOST_ROWS = 60, 40

NOT_A_NUMBER = N_("Write a number here, such as 0.7947 or 0,7947.")
NOT_WHOLE = N_("Write a whole number here, such as 10000.")
NOT_AN_AMOUNT = N_("Write rupiah such as 10.000 or 10000, and 0 or “gratis” where nothing is paid.")


class GrowingField(TextAreaField):
    """A text area that is as high as its text from the start, also where styles cannot make it so."""

    def __call__(self, **given: Any) -> Any:
        lines = (self._value() or "").splitlines()
        rows = sum(1 + len(line) // LINE for line in lines) + 1
        least = (self.render_kw or {}).get("rows", 2)
        return super().__call__(**{"rows": min(max(rows, least), MOST_ROWS), **given})


def short(label: str, hint: str = "", **how: Any) -> StringField:
    return StringField(label, [Length(max=SHORT, message=TOO_LONG)], description=hint, **how)


def jawi() -> StringField:
    """Return a field whose letters run from the right once they are Arabic."""
    hint = N_("In Arabic letters, as a source writes it. May stay empty.")
    return short(N_("Name in Jawi"), hint, render_kw={"dir": "auto"})


def medium(label: str, hint: str = "", rows: int = 3, best: int = 0) -> GrowingField:
    """Return a field for a sentence or two; a script counts letters against *best*, which is no limit."""
    extra = {"rows": rows, **({"data-best": str(best)} if best else {})}
    return GrowingField(label, [Length(max=MEDIUM, message=TOO_LONG)], description=hint, render_kw=extra)


def long(label: str, hint: str = "", rows: int = 6) -> GrowingField:
    return GrowingField(label, [Length(max=LONG, message=TOO_LONG)], description=hint, render_kw={"rows": rows})


def moment(label: str, hint: str = "") -> "MomentField":
    return MomentField(label, [Length(max=SHORT, message=TOO_LONG)], description=hint)


class ChoiceField(SelectField):
    """One of a few codes; the template names them."""

    def __init__(self, label: str = "", choices: Iterable[Any] = (), **values: Any) -> None:
        super().__init__(label, choices=list(choices), **values)

    def pre_validate(self, _form: Any) -> None:
        if self.data and not any(choice.selected for choice in self.iter_choices()):
            raise ValidationError(NOT_A_CHOICE)


class NumberField(StringField):
    """A decimal number with point or comma, or nothing; what cannot be read is kept as typed."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "" if self.data is None else f"{self.data}"

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        try:
            self.data = self.read(typed) if typed else None
        except ValueError:
            self.data = None
            raise ValueError(self.message) from None

    message = NOT_A_NUMBER

    @staticmethod
    def read(typed: str) -> Any:
        number = float(typed.replace(",", "."))
        if number != number or abs(number) > 1e6:
            raise ValueError
        return number


class WholeField(NumberField):
    """A whole number, thousands parted by points or spaces as people write them."""

    message = NOT_WHOLE

    @staticmethod
    def read(typed: str) -> Any:
        digits = typed.replace(".", "").replace(" ", "").replace("Rp", "")
        if len(digits) > 12:
            raise ValueError
        return int(digits)


class AmountField(NumberField):
    """Rupiah as people write them, or a word for free."""

    message = NOT_AN_AMOUNT

    @staticmethod
    def read(typed: str) -> Any:
        return prices.read_amount(typed)


class LinesField(GrowingField):
    """A list of short texts, one a line."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "\n".join(self.data or [])

    def process_formdata(self, valuelist: list[Any]) -> None:
        lines = (line.strip() for line in (valuelist[0] if valuelist else "").splitlines())
        self.data = [line for line in lines if line]


class MonthsField(SelectMultipleField):
    """Months of the year as ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = "", **values: Any) -> None:
        super().__init__(label, choices=[SelectChoice(str(n)) for n in range(1, 13)], coerce=int, **values)


class MomentField(StringField):
    """A day, or a day and a time in WIB; what is not understood is kept as typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = moments.tidy(valuelist[0]) if valuelist else ""


class TicksField(SelectMultipleField):
    """Some of a list of codes, as ticks; the view gives the choices with their names."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = "", **values: Any) -> None:
        super().__init__(label, choices=[], **values)

    def pre_validate(self, _form: Any) -> None:
        known = {choice.value for choice in self.iter_choices()}
        if any(code not in known for code in self.data or []):
            raise ValidationError(NOT_A_CHOICE)


class OwnValues(Form):
    """A form that says itself which values of a snapshot it wants."""

    def wanted(self) -> dict[str, Any]:
        raise NotImplementedError


class SourceRow(Form):
    """One source."""

    key = short(N_("Key"))
    publisher = short(N_("Publisher"))
    url = StringField(N_("Address"), [Length(max=MEDIUM, message=TOO_LONG)])
    date = short(N_("Date"))
    checked = short(N_("Checked in"))


class HoursRow(Form):
    """Opening hours as a page printed them."""

    rule = short(N_("Hours"))
    as_of = short(N_("As of"))
    source = short(N_("Source key"))


class PriceRow(Form):
    """One price: set from a day to a day, or as a page printed it."""

    visitor = ChoiceField(N_("Visitor"), destinations.VISITORS, default="any")
    residence = ChoiceField(N_("From"), destinations.RESIDENCES, default="any")
    day = ChoiceField(N_("Day"), destinations.DAYS, default="any")
    kind = ChoiceField(N_("Kind of price"), destinations.PRICE_KINDS, default="fixed")
    amount_idr = AmountField(N_("Rupiah"))
    valid_from = short(N_("Holds from"))
    valid_until = short(N_("Holds until"))
    legal_basis = short(N_("Regulation"))
    source = short(N_("Source key"))
    as_of = short(N_("As of"))
    checked_on = short(N_("Checked on"))
    includes_id = short(N_("Includes, in Indonesian"))
    includes_en = short(N_("Includes, in English"))
    note_id = short(N_("Note in Indonesian"))
    note_en = short(N_("Note in English"))


def rows(label: str, row: type[Form], hint: str = "") -> FieldList:
    return FieldList(FormField(row), label, min_entries=0, max_entries=200, description=hint)


class SharedFacts(Form):
    """Facts that every kind has."""

    aliases = LinesField(N_("Other names and spellings"), description=N_("One a line. Search finds them too."))
    related = LinesField(N_("Belongs together with"), description=N_("Codes of other items, one a line."))
    editor_notes = LinesField(N_("Notes for editors"), description=N_("One a line. Never published."))
    sources = rows(N_("Sources"), SourceRow, N_("Every price, hour and date names one of these by its key."))
    checked_on = moment(N_("Facts checked on"), N_("“Still true” writes it. In the form 2026-09-05."))


class DestinationFacts(SharedFacts):
    """The facts of a destination."""

    kind = ChoiceField(N_("Kind"), destinations.KINDS)
    category = ChoiceField(N_("Category"), destinations.CATEGORIES)
    district = ChoiceField(N_("District"))
    village = ChoiceField(N_("Village"))
    latitude = NumberField(N_("Latitude"), description=N_("Decimal degrees, such as 0.7947."))
    longitude = NumberField(N_("Longitude"), description=N_("Decimal degrees, such as 102.0522."))
    coord_precision_m = WholeField(
        N_("Precision in metres"), description=N_("Coarser than 1,000 names the village or district only.")
    )
    name_jawi = jawi()
    year_built = short(N_("Built"), N_("Such as 1889, 1889/1893, or 1860~ for about 1860."))
    architect = short(N_("Architect"))
    hours_reported = rows(N_("Hours as printed"), HoursRow, N_("In the form Mo-Su 08:00-17:00, newest first."))
    prices = rows(
        N_("Prices"),
        PriceRow,
        N_(
            "Dates in the form 2026-09-05. A price that the office sets says from when it holds; one that a page printed "
            "says as of when. 0 or “gratis” is free of charge; no row means that nobody knows."
        ),
    )
    facilities = FacilitiesField(
        N_("Access and facilities"),
        description=N_("“No” is an answer that needs a source. What nobody knows stays “not yet known”."),
    )


class EventFacts(SharedFacts):
    """The facts of an event."""

    category = ChoiceField(N_("Category"), events.CATEGORIES)
    district = ChoiceField(N_("District"))
    destination = short(N_("Code of the place"))
    name_jawi = jawi()
    usual_months = MonthsField(N_("Usual months"))
    moving_date = short(N_("Moving date"), N_("Such as 10 Muharram, 27–29 Ramadan, 1 Syawal + 3, Safar or Cap Go Meh."))


class PageFacts(SharedFacts):
    """The facts of an information page."""

    position = WholeField(N_("Position in the menu"))
    menu = ChoiceField(N_("Menu"), MENUS)


class NoticeFacts(SharedFacts):
    """The facts of a notice."""

    aliases = related = None  # type: ignore[assignment]  # WTForms drops the field
    kind = ChoiceField(N_("Kind"), ("", *notices.KINDS))
    severity = ChoiceField(N_("Severity"), notices.SEVERITIES)
    start = moment(N_("Start"), N_("In WIB, such as 2026-09-05 or 2026-09-05 08:00. It appears by itself."))
    end = moment(N_("End"), N_("In the same form. A day counts to its end; empty is until further notice."))
    scope = ChoiceField(N_("Where it shows"), ("", *notices.SCOPES))
    districts = TicksField(N_("Districts"))
    destinations = LinesField(N_("Destinations"), description=N_("Names or codes, one a line."))


class SharedWords(Form):
    """Words that every kind has."""

    name = short(N_("Name"))
    slug = short(N_("Address part"), N_("Lower-case letters and hyphens; old ones keep leading here."))
    summary = medium(N_("Summary"), N_("One sentence, at most 200 characters."), best=200)
    body = long(N_("Text"), N_("Markdown: ## for headings, - for lists, [words](destination:code) for links."), 18)
    search_description = medium(N_("Description for search engines"), rows=2)


class DestinationWords(SharedWords):
    """The words of a destination."""

    status_note = long(N_("Before you go: closures and present state"), rows=3)
    price_note = medium(N_("Price in words"), N_("Such as who pays nothing. It needs a source."), rows=2)
    getting_there = long(N_("Getting there"), rows=4)
    tips = long(N_("Good to know"), rows=5)


class EventWords(SharedWords):
    """The words of an event."""

    venue = medium(N_("Where"), rows=2)
    usual_time = medium(N_("When it usually is"), rows=2)
    getting_there = long(N_("Getting there"), rows=4)
    tips = long(N_("Good to know"), rows=5)


class PageWords(SharedWords):
    """The words of a page."""


class NoticeWords(Form):
    """The words of a notice."""

    name = short(N_("Name"))
    summary = medium(N_("Summary"), N_("One sentence, at most 200 characters: what every visitor must know."))
    body = long(N_("Text"), N_("Markdown, opened by who wants to know more. May stay empty."))


class SynonymGroup(Form):
    """Words and phrases that search takes for one another."""

    words = medium(N_("Words of one meaning"), N_("At least two, one a line, in any language."))
    note = short(N_("Note for editors"), N_("May stay empty. Never published."))


class HolidayFields(Form):
    """One day of the calendar of holidays."""

    day = short(N_("Date"), N_("In the form 2026-09-05."))
    name_id = short(N_("Name in Indonesian"))
    name_en = short(N_("Name in English"), N_("Empty shows the Indonesian one."))
    kind = ChoiceField(N_("Kind"), holidays.KINDS)
    certainty = ChoiceField(N_("Status"), holidays.STATUSES)
    source = medium(N_("Source"), N_("The decree or the page, such as SKB Tiga Menteri 2027 with its address."), 2)


FACTS: dict[str, type[Form]] = {
    "destination": DestinationFacts,
    "event": EventFacts,
    "page": PageFacts,
    "notice": NoticeFacts,
}
WORDS: dict[str, type[Form]] = {
    "destination": DestinationWords,
    "event": EventWords,
    "page": PageWords,
    "notice": NoticeWords,
}


def in_order(form: Form) -> list[Field]:
    """Return the fields as the desk shows them: what the kind is about first, what all kinds share last."""
    shared = {field.short_name for field in SharedFacts()}
    return sorted(form, key=lambda field: field.short_name in shared)


def values(form: Form) -> dict[str, Any]:
    """Return the values of *form* as a snapshot holds them; rows left empty are dropped."""
    if isinstance(form, OwnValues):
        return form.wanted()
    return {field.short_name: _value(field) for field in form}


def _value(field: Field) -> Any:
    if isinstance(field, FieldList):
        filled = (entry.form for entry in field.entries if _is_filled(entry.form))
        return [{inner.short_name: _value(inner) for inner in row} for row in filled]
    if field.short_name == "position":
        return field.data or 0
    if isinstance(field, StringField) and not isinstance(field, NumberField | LinesField):
        return (field.data or "").replace("\r\n", "\n").strip()
    return field.data if field.data is not None or isinstance(field, NumberField) else ""


def _is_filled(row: Form) -> bool:
    typed = (inner for inner in row if not isinstance(inner, SelectField))
    return any(str(inner._value()).strip() for inner in typed)


def pairs(form: Form) -> list[tuple[str, str]]:
    """Return the fields of *form* as name and text, to ride along in hidden fields."""
    found: list[tuple[str, str]] = []
    for field in form:
        if isinstance(field, FieldList):
            found += [pair for entry in field.entries for pair in pairs(entry.form)]
        elif hasattr(field, "pairs"):
            found += field.pairs()
        elif isinstance(field, BooleanField):
            found += [(field.name, "y")] if field.data else []
        elif isinstance(field, SelectMultipleField):
            found += [(field.name, str(one)) for one in field.data or []]
        elif isinstance(field, SelectField):
            found.append((field.name, str(field.data or "")))
        elif not isinstance(field, BooleanField) or field.data:
            found.append((field.name, str(field._value())))
    return found
