"""What the page, the calendar and the print of a plan say of a stop on its day, in words."""

from dataclasses import dataclass
from datetime import date

from pesona import i18n
from pesona.hours.days import Day
from pesona.hours.sentences import clock_words, told
from pesona.hours.strip import day_words
from pesona.plan.checks import Check
from pesona.published import Hours, Occurrence
from pesona.queries.catalogue import Entry
from pesona.queries.holidays import by_day
from pesona.text import dates, names

TROUBLES = {
    "unread": names.N_("Not understood in this address, and left out: %(said)s."),
    "doubled": names.N_("Named twice, and kept once: %(said)s."),
    "many_days": names.N_("A plan has at most %(days)s days. What stood on later ones is on the last day now."),
    "not_a_day": names.N_(
        "First day: “%(said)s” is not a day of the calendar. Write year, month and day, for example 2026-12-05."
    ),
    "too_far": names.N_(
        "First day: %(said)s is too far away to say anything about it. Choose a day within the next three years."
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a stop: a *sentence*, why (*reason*), and the next good moment (*later*)."""

    sentence: str
    reason: str = ""
    later: str = ""

    @property
    def text(self) -> str:
        return " ".join(f"{part.rstrip('.')}." for part in (self.sentence, self.reason, self.later) if part)


def of_place(check: Check, hours: Hours, locale: str) -> Told:
    """Return what is said of a place on the day that was checked."""
    speaker = i18n.speaker(locale)
    day = check.day
    assert day
    times = day_words(hours, day, locale)
    sentences = {
        "open": speaker.gettext("Open %(times)s", times=times),
        "always": speaker.gettext("Always open"),
        "appointment": speaker.gettext("Only by appointment"),
        "unknown": speaker.gettext("Opening hours not known: ask before you go"),
        "closed": speaker.gettext("Closed on this day"),
        "for_good": speaker.gettext("Closed for good"),
        "for_now": speaker.gettext("Closed for now"),
        "over": speaker.gettext("Already closed today"),
        "shut": speaker.gettext("Closed on this day"),
    }
    later = ""
    if check.next_day:
        later = speaker.gettext("Open next: %(day)s, %(times)s", **_opening(hours, check.next_day, locale))
    return Told(sentences[check.kind], _reason(check, hours, day, locale), later)


def _opening(hours: Hours, day: Day, locale: str) -> dict[str, str]:
    return {"day": dates.day(day.day, locale), "times": day_words(hours, day, locale)}


def _reason(check: Check, hours: Hours, day: Day, locale: str) -> str:
    speaker = i18n.speaker(locale)
    if check.by:
        return speaker.gettext("Notice: %(name)s", name=check.by.translation(locale).name)
    if check.kind == "open" and day.last_entry is not None:
        return speaker.gettext("Last entry %(time)s WIB", time=clock_words(day.last_entry, locale))
    if check.kind == "over":
        return speaker.gettext("Today it was open %(times)s", times=day_words(hours, day, locale))
    if check.kind == "appointment":
        return hours.contact
    if check.kind == "for_now" and hours.closed_until:
        return speaker.gettext("Until %(day)s inclusive", day=dates.day(hours.closed_until, locale, weekday=False))
    if check.kind != "closed":
        return ""
    return day.name(locale) or speaker.gettext("Closed every %(day)s", day=dates.weekday_name(day.day, locale))


def of_event(check: Check, usual: str, locale: str) -> Told:
    """Return what is said of an event on the day that was checked; *usual* is when it usually is."""
    speaker = i18n.speaker(locale)
    one = check.date
    times = dates.time_range(one.start_time, one.end_time, locale) if one and one.start_time else ""
    sentences = {
        "held": speaker.gettext("On this day, %(times)s", times=times) if times else speaker.gettext("On this day"),
        "tentative": speaker.gettext("Expected on this day; it is certain only when it is announced"),
        "full": speaker.gettext("Full"),
        "off": speaker.name(names.STATUSES, one.status) if one else "",
        "elsewhen": speaker.gettext("Not on this day"),
        "ended": speaker.gettext("It has ended"),
        "unannounced": speaker.gettext("Date not announced yet"),
    }
    later = speaker.gettext("Next date: %(days)s", days=_days(check.next_date, locale)) if check.next_date else ""
    reason = (
        one.noted(locale)[0]
        if one
        else speaker.gettext("The next date has not been announced")
        if check.kind == "ended"
        else ""
    )
    if one and one.venue(locale):
        reason = " · ".join(filter(None, (reason, speaker.gettext("Place: %(place)s", place=one.venue(locale)))))
    return Told(sentences[check.kind], reason or (usual if check.kind == "unannounced" else ""), later)


def _days(one: Occurrence, locale: str) -> str:
    return dates.day(one.start, locale) if one.start == one.end else dates.day_range(one.start, one.end, locale)


def undated(entry: Entry, locale: str, today: date) -> Told:
    """Return what is said of a stop while no day is chosen: its usual hours, or its next date."""
    speaker = i18n.speaker(locale)
    if entry.kind == "event":
        coming = next((one for one in entry.occurrences if one.end >= today and not one.off), None)
        if coming:
            return Told(speaker.gettext("Next date: %(days)s", days=_days(coming, locale)))
        return Told(speaker.gettext("Date not announced yet"), entry.cards[locale].usual_time)
    sentence = told(entry.hours, locale, today, by_day(today, today)).sentence
    return Told(sentence[:1].upper() + sentence[1:])
