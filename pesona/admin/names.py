"""The names that only the desk needs: of fields, parts, choices and findings."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from pesona.admin import forms, hours_form, photo_form
from pesona.admin.dates_form import EventDates
from pesona.editing.checks import Problem
from pesona.editing.permissions import can
from pesona.i18n import Speaker
from pesona.published import Price
from pesona.text import dates, names
from pesona.text.names import N_

PARTS: Mapping[str, str] = {"facts": N_("Facts"), "id": N_("Indonesian"), "en": N_("English")}

CHOICES: Mapping[str, str] = {
    "": N_("Not yet known"),
    "unknown": N_("Unknown"),
    "has_hours": N_("Has hours"),
    "always_open": N_("Always open"),
    "closed_for_now": N_("Closed for now"),
    "closed": N_("Closed for good"),
    "as_usual": N_("Open as usual"),
    "one_by_one": N_("Decided one by one"),
    "adult": N_("Adult"),
    "child": N_("Child"),
    "student": N_("Student"),
    "group": N_("Group"),
    "vehicle": N_("Vehicle"),
    "any": N_("Any"),
    "domestic": N_("Indonesian visitor"),
    "foreign": N_("Foreign visitor"),
    "weekday": N_("Weekday"),
    "weekend": N_("Weekend"),
    "holiday": N_("Holiday"),
    "fixed": N_("Fixed price"),
    "donation": N_("Voluntary donation"),
    **names.ANSWERS,
    "main": N_("Main menu"),
    "footer": N_("Footer"),
    "none": N_("No menu"),
    "site": N_("On every page"),
    "places": N_("Only at the places named below"),
    **names.NOTICE_KINDS,
    **names.SEVERITIES,
    "regency": N_("The whole regency"),
    **names.CATEGORIES,
    **names.KINDS,
    **names.STATUSES,
    **names.LICENCES,
    "nobody": N_("Nobody can be recognised"),
    "until": N_("On a day"),
    "count": N_("After a number of times"),
    "open": N_("Until further notice"),
    "given": N_("They agree"),
    "refused": N_("They do not agree"),
    "national": N_("National holiday"),
    "joint_leave": N_("Joint leave"),
    "ramadan": N_("First day of Ramadan"),
    "decreed": N_("Decreed"),
}

REFUSALS: Mapping[str, str] = {
    "large": N_(
        "This file is larger than 20 MB. Send it smaller: choose “large” instead of “original size” when you share it "
        "from the phone, or shrink it to about 2,560 pixels, and send it again."
    ),
    "request": N_(
        "These files together are larger than one upload takes, so none was stored. Send at most 10 photos at once, "
        "each of at most 20 MB."
    ),
    "heic": N_(
        "This is a HEIC photo, which most browsers cannot show. iPhone: Settings, Camera, Formats, “Most Compatible”, or "
        "send the photo to yourself by e-mail first. Android: turn off HEIF in the settings of the camera. Both then send "
        "JPEG."
    ),
    "svg": N_("This is a drawing (SVG), which may hold programs. Send a photo as JPEG, PNG or WebP."),
    "type": N_("This is no photo that we know, whatever its name says. Send JPEG, PNG or WebP."),
    "empty": N_("This file is empty. Send it once more."),
    "damaged": N_("This picture is damaged or was cut off on the way. Send it once more, from the original."),
    "pixels": N_(
        "This picture has %(width)s × %(height)s pixels. We take at most 50 million, and 12,000 on a side: shrink it first."
    ),
    "small": N_(
        "This picture has %(width)s × %(height)s pixels; we need at least 1200 × 800. Send the original, not a copy from a "
        "chat."
    ),
    "storage": N_(
        "This photo could not be stored: perhaps the disk is full. Tell the administrator, then send it again."
    ),
    "none": N_("Choose at least one photo first."),
}

PHOTO_USED = N_("This photo is in use. Take it off these items first.")

PROBLEMS: Mapping[str, str] = {
    "source_keys": N_("Every source needs a key of its own."),
    "source_publisher": N_("Say who published each source."),
    "source_url": N_("The address of a source begins with https:// or http://."),
    "district_known": N_("There is no such district."),
    "village_in_district": N_("This village does not lie in the chosen district."),
    "choice": N_("Choose one of the list."),
    "price_amount": N_("Price %(number)s: a price is a whole number of rupiah; 0 is free of charge."),
    "price_choice": N_("Price %(number)s: choose one of each list."),
    "price_day": N_("Price %(number)s: “%(date)s” is not a date such as 2026-09-05."),
    "price_ends_first": N_("Price %(number)s: its last day is before its first."),
    "price_checked_ahead": N_("Price %(number)s: the check cannot lie in the future."),
    "price_clash": N_(
        "Price %(first)s (%(first_price)s) and price %(second)s (%(second_price)s) are for the same visitors and both "
        "hold from %(day)s. Give one of them another first or last day, or clear it."
    ),
    "facility_choice": N_("%(what)s: choose one of the list."),
    "facility_unanswered": N_(
        "%(what)s: something stands beside it, but no answer is chosen, so readers see “not known”."
    ),
    "facility_source": N_("%(what)s: “%(source)s” is not the key of a source of this item."),
    "facility_day": N_("%(what)s: “%(date)s” is not a date such as 2026-09-05."),
    "facility_checked_ahead": N_("%(what)s: the check cannot lie in the future."),
    "point_pair": N_("A point needs latitude and longitude."),
    "point_range": N_("These are not degrees on the earth."),
    "point_coarse": N_("No point, or one coarser than 1,000 metres: the map can only name the area."),
    "week_form": N_("“%(week)s” is no week of hours. Fill in the table."),
    "day_times": N_("“%(times)s” are no hours of a day. Write such as 09.00–12.00, or “closed”."),
    "hours_end": N_("What begins on %(date)s ends before it begins."),
    "hours_none": N_("It has hours, and none are written down. Fill in the week, or choose Unknown."),
    "appointment_contact": N_("By appointment, and nobody to call: say whom visitors can ask."),
    "closed_past": N_("The last closed day has passed: is it open again?"),
    "season_hours": N_("The season from %(date)s has no hours: every day of it is closed."),
    "season_ends": N_("“%(season)s”: write its first and its last day; it is entered anew each year."),
    "last_entry": N_("The last entry at %(time)s lies outside the hours of its day."),
    "seasons_overlap": N_("The seasons from %(one)s and from %(other)s overlap: the shorter one counts."),
    "row_source": N_("“%(source)s” is not the key of a source of this item."),
    "month": N_("Months are numbers from 1 to 12."),
    "date": N_("“%(date)s” is not a date such as 2026-09-05."),
    "date_time": N_("“%(time)s” is not a time such as 08:00."),
    "date_twice": N_("%(date)s is in the list twice."),
    "date_holiday": N_("%(day)s is a holiday: %(holiday)s."),
    "jawi": N_("“%(text)s” is not in Jawi: Arabic letters and spaces only."),
    "moving_date": N_(
        "“%(text)s” is not understood as a date that moves with the moon, so nothing is expected from it. Write it like "
        "10 Muharram, 27–29 Ramadan, 1 Syawal + 3, Safar or Cap Go Meh."
    ),
    "dates_many": N_("These are %(count)s dates: are they all right?"),
    "end_before_start": N_("The event of %(date)s ends before it starts."),
    "moment": N_("“%(moment)s” is not a day such as 2026-09-05, nor one with a time such as 2026-09-05 08:00."),
    "ends_before_start": N_("The end is before the start."),
    "checked_ahead": N_("The check cannot lie in the future."),
    "over": N_("The end has passed: nobody would see this notice."),
    "scope_both": N_("Districts or destinations are named below: clear them, or let the notice show only there."),
    "scope_empty": N_("Name at least one district or destination."),
    "unknown_codes": N_("There is nothing with this code: %(codes)s."),
    "missing": N_("This is empty."),
    "too_long": N_("This is longer than %(limit)s characters."),
    "summary_long": N_("Longer than 200 characters: lists will look crowded."),
    "slug_form": N_("An address part has lower-case letters, digits and single hyphens."),
    "slug_reserved": N_("“%(slug)s” is an address of the site itself."),
    "slug_taken": N_("“%(slug)s” belongs or belonged to another item."),
    "source_changed": N_("The Indonesian text has changed since this was translated."),
    "untranslated": N_("There is Indonesian text here, and no English yet."),
    "nothing_ticked": N_("Tick at least one part."),
    "synonym_few": N_("A group needs at least two different words."),
    "synonym_many": N_("A group holds at most %(most)s words."),
    "synonym_length": N_("“%(word)s”: each word or phrase has %(least)s to %(most)s letters."),
    "synonym_phrase": N_("“%(word)s”: a phrase has at most %(most)s words."),
    "synonym_letters": N_("“%(word)s”: only letters, digits, spaces and hyphens can be searched for."),
    "synonym_taken": N_("“%(one)s” and “%(other)s” are together in another group already: %(group)s."),
    "holiday_year": N_("The year lies between %(first)s and %(last)s."),
    "holiday_taken": N_("This day has a row of this name already."),
    "price_note_source": N_("A price in words needs a source of the item."),
    "draft_open": N_("Somebody has an unpublished draft of it. Publish it from its own screen."),
    "moved_on": N_("It was changed since the list was made. Look at it, then publish it from its own screen."),
    "photo_none": N_("No photo yet: lists and shared links show a pattern instead."),
    "photo_gone": N_("Photo %(number)s is not there any more. Choose another one."),
    "photo_credit": N_("Photo %(number)s: say whose photo this is."),
    "photo_licence": N_("Photo %(number)s: say under which licence we may show it."),
    "photo_alt_id": N_("Photo %(number)s: describe it in Indonesian, or mark it as decorative."),
    "photo_alt_en": N_("Photo %(number)s: describe it in English, or mark it as decorative."),
    "photo_alt_file": N_("Photo %(number)s: this looks like the name of a file. Say what the photo shows."),
    "photo_credit_live": N_("Readers see this photo: it cannot lose its credit."),
    "photo_licence_live": N_("Readers see this photo: it cannot lose its licence."),
    "photo_alt_live": N_("Readers see this photo in this language: it cannot lose its description."),
    "facts_first": N_("The facts must be published with the first words."),
}


def template_globals(speaker: Speaker) -> dict[str, Any]:
    """Return what the templates of the desk may use beside those of every page."""
    return {
        "can": can,
        "part_name": partial(speaker.name, PARTS),
        "field_name": partial(speaker.name, labels()),
        "choice_name_of": partial(_choice_name, speaker),
        "refusal_sentence": lambda refused: speaker.gettext(REFUSALS[refused.reason], **refused.values),
        "problem_sentence": lambda problem: sentence(speaker, problem),
    }


def labels() -> dict[str, str]:
    kinds: tuple[Any, ...] = (
        photo_form.PhotoWords,
        hours_form.HoursForm,
        *forms.FACTS.values(),
        *forms.WORDS.values(),
        EventDates,
    )
    return {"photos": N_("Photos"), **{field.short_name: field.label.text for kind in kinds for field in kind()}}


def _choice_name(speaker: Speaker, code: Any, label: str) -> str:
    """Return the name of a choice: of its code where we have one, else the label it came with."""
    return speaker.gettext(CHOICES[code]) if code in CHOICES else label


def sentence(speaker: Speaker, problem: Problem) -> str:
    values = {name: _said(speaker, name, value) for name, value in problem.values.items()}
    return speaker.gettext(PROBLEMS[problem.rule], **values)


def _said(speaker: Speaker, name: str, value: Any) -> Any:
    if name == "day":
        return dates.edtf(value, speaker.locale)
    if name == "what":
        return speaker.name(names.FACILITIES, value)
    if name == "holiday":
        return value[0 if speaker.locale == "id" else 1]
    if isinstance(value, Mapping):
        price = Price(**value)
        return f"{speaker.visitor_name(price)}: {speaker.paid(price)}"
    return value
