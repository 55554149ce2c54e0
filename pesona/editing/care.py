"""What needs care: one question for each row of Home, the most urgent item first, all asked as one statement.

A new row is one entry of `ROWS`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Integer, String, Text, and_, cast, exists, extract, func, literal, not_, or_, select, union_all
from sqlalchemy.orm import aliased

from pesona import clock, counts
from pesona.db import db
from pesona.editing import broken_links, differing, drafts, photos, point, reports, schedule, synonyms
from pesona.editing.permissions import can
from pesona.models.account import Account
from pesona.models.destination import Destination
from pesona.models.event import Event, Occurrence
from pesona.models.holiday import Holiday
from pesona.models.item import KINDS, Item, Revision
from pesona.models.link import LinkCheck, LinkUse
from pesona.models.notice import Notice
from pesona.models.photo import Photo
from pesona.models.report import OPEN, Report
from pesona.models.review import Review, Schedule
from pesona.models.scratch import Scratch
from pesona.models.search_miss import SearchMiss
from pesona.models.translation import TranslatedField
from pesona.queries import review as interval
from pesona.text.names import N_

UNTOUCHED = timedelta(days=365)
OLD_DRAFT = timedelta(days=30)
SOON = timedelta(days=60)
POSTPONED = timedelta(days=365)
# Dates until further notice are made for two years, and looked at again when half a year of them is over.
MADE_AHEAD = timedelta(days=540)

Question = Any  # a SELECT of `_columns`


@dataclass(frozen=True, slots=True)
class Row:
    """A row of Home: its code, the deed that mends it, its question, its words, and the screen of an item it leads to.

    *place* names the value that the address of the screen needs beside the item; the question gives it as `at`.
    """

    what: str
    deed: str
    question: Callable[[Account], Question]
    title: str
    button: str
    screen: str = "show"
    place: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs care, and how many there are of its *row*.

    It is an item, or what *at* names: a form with typed text, the language of a search. *since* is the
    day from which it waits, *said* what somebody wrote of it.
    """

    row: Row
    count: int
    item_id: int | None
    since: date | None
    said: str
    at: str


def _columns(item_id: Any = Item.id, since: Any = None, said: Any = "", at: Any = "") -> Question:
    """Return the columns that all questions share; their types must agree, as they are asked together."""
    return select(
        cast(item_id, Integer).label("item_id"),
        cast(since, String).label("since"),
        cast(said, Text).label("said"),
        cast(at, String).label("at"),
    )


def troubled(_account: Account) -> Question:
    """Ask for the schedules that failed, were skipped or are late, the oldest first."""
    planned = _columns(Schedule.item_id, Schedule.at, at=Schedule.id).where(schedule.is_troubled())
    return planned.order_by(Schedule.at, Schedule.id)


def waiting(_account: Account) -> Question:
    """Ask for the items that wait for review, the oldest question first."""
    asked = _columns(since=Review.asked_at, said=Review.note).join(Review, Review.item_id == Item.id)
    return asked.where(Review.state == "open", Item.is_there()).order_by(Review.asked_at, Item.id)


def wanted(account: Account) -> Question:
    """Ask for the items of which changes are wanted from *account*, the oldest answer first."""
    answered = _columns(since=Review.answered_at, said=Review.answer).join(Review, Review.item_id == Item.id)
    mine = answered.where(Review.state == "wanted", Review.asked_by == account.id, Item.is_there())
    return mine.order_by(Review.answered_at, Item.id)


def typed(account: Account) -> Question:
    """Ask for the forms with text of *account* that is not saved, the latest first."""
    of_item = or_(*(Scratch.form.startswith(f"{kind}/") for kind in KINDS))
    kept = _columns(None, Scratch.kept_at, at=Scratch.form).select_from(Scratch)
    mine = kept.where(Scratch.account_id == account.id, cast(Scratch.fields, Text) != "[]", of_item)
    return mine.order_by(Scratch.kept_at.desc(), Scratch.form)


def reported(account: Account) -> Question:
    """Ask for the open reports of visitors that *account* may read, the oldest first."""
    told = _columns(Report.item_id, Report.sent_at, Report.text, Report.id).select_from(Report)
    told = told.outerjoin(Item, Item.id == Report.item_id).where(Report.state == OPEN, reports.is_kept())
    there = or_(Report.item_id.is_(None), Item.is_there())
    mine = there if can(account, "answer_report") else and_(Item.created_by == account.id, Item.is_there())
    return told.where(mine).order_by(Report.sent_at, Report.id)


def differ(_account: Account) -> Question:
    """Ask for the live places whose sources differ, the one that has said so the longest first."""
    told = _columns(Destination.item_id).where(Destination.item_id.in_(differing.places()))
    return told.order_by(Destination.updated_at, Destination.item_id)


def without_date(_account: Account) -> Question:
    """Ask for the yearly events whose last known date is past, the one whose day of the year comes next first."""
    last, today = func.max(Occurrence.end), clock.today()
    day = extract("month", last) * 31 + extract("day", last) - (today.month * 31 + today.day)
    yearly = or_(cast(Event.usual_months, Text) != "[]", Event.moving_date != "")
    known = _columns(Event.item_id, last).join(Occurrence, Occurrence.item_id == Event.item_id)
    past = known.where(yearly).group_by(Event.item_id).having(last < today)
    return past.order_by((day + 372) % 372, Event.item_id)


def postponed(_account: Account) -> Question:
    """Ask for the events with a date that was postponed within a year, and none to come; the longest ago first."""
    today, later = clock.today(), aliased(Occurrence)
    on = later.status.not_in(("postponed", "cancelled"))
    coming = exists().where(later.item_id == Occurrence.item_id, later.end >= today, on)
    first = func.min(Occurrence.start)
    put_off = _columns(Occurrence.item_id, first, at=literal("rescheduled")).select_from(Occurrence)
    waits = put_off.where(Occurrence.status == "postponed", Occurrence.end > today - POSTPONED, ~coming)
    return waits.group_by(Occurrence.item_id).order_by(first, Occurrence.item_id)


def endless(_account: Account) -> Question:
    """Ask for the events whose rule has no end and was made more than half a year ago, the one that ends first first."""
    rule, last = Revision.snapshot["facts"]["rrule"].as_string(), func.max(Occurrence.end)
    ruled = _columns(Item.id, last).select_from(Item).join(Occurrence, Occurrence.item_id == Item.id)
    ruled = ruled.join(Revision, drafts.newest()).where(Item.kind == "event", rule != "", Item.is_there())
    open_ended = ruled.where(rule.not_like("%UNTIL=%"), rule.not_like("%COUNT=%")).group_by(Item.id)
    return open_ended.having(last < clock.today() + MADE_AHEAD).order_by(last, Item.id)


def undecided(_account: Account) -> Question:
    """Ask for the places with hours that do not say what holds on a holiday within 60 days, the next one first.

    It is said by a policy for all of them, by a decision on this one, or by hours of that very day.
    """
    today, day = clock.today(), cast(Holiday.date, String)
    said = or_(*(cast(rows, Text).contains(day) for rows in (Destination.hours_holiday_dates, Destination.hours_dates)))
    open_question = or_(Destination.hours_holidays == "", and_(Destination.hours_holidays == "one_by_one", not_(said)))
    asked = _columns(Destination.item_id).join(Holiday, Holiday.date.between(today, today + SOON))
    of_places = asked.where(Destination.hours_status == "has_hours", open_question).group_by(Destination.item_id)
    return of_places.order_by(func.min(Holiday.date), Destination.item_id)


def unchecked(_account: Account) -> Question:
    """Ask for the places whose hours or prices nobody looked at for six months, the longest ago first."""
    since = func.coalesce(func.nullif(Destination.checked_on, ""), cast(Destination.updated_at, String))
    due = _columns(Destination.item_id, since).where(interval.due_on(clock.today()))
    return due.order_by(since, Destination.item_id)


def missing(_account: Account) -> Question:
    return _translations("missing")


def changed(_account: Account) -> Question:
    return _translations("changed")


def _translations(state: str) -> Question:
    """Ask for the items with English fields in *state*, the one with the most of them first."""
    fields = _columns(TranslatedField.item_id, at=TranslatedField.locale).join(Item, Item.id == TranslatedField.item_id)
    found = fields.where(TranslatedField.state == state, Item.is_there())
    grouped = found.group_by(TranslatedField.item_id, TranslatedField.locale)
    return grouped.order_by(func.count().desc(), TranslatedField.item_id)


def untouched(_account: Account) -> Question:
    """Ask for what is public and was neither edited, checked nor published for 12 months, the longest ago first.

    A check is a revision too. A notice that has an end passes by itself.
    """
    before = clock.utc_now() - UNTOUCHED
    told = [or_(at.is_(None), at <= before) for at in (Item.facts_at, Item.id_at, Item.en_at)]
    public = and_(Item.live_facts.is_not(None), or_(Item.live_id.is_not(None), Item.live_en.is_not(None)))
    endless = exists().where(Notice.item_id == Item.id, Notice.end == "")
    old = _columns(since=Revision.created_at).join(Revision, drafts.newest()).where(Revision.created_at <= before)
    lasting = or_(Item.kind != "notice", endless)
    return old.where(public, *told, lasting, Item.is_there()).order_by(Revision.created_at, Item.id)


def maybe_broken(_account: Account) -> Question:
    """Ask for the outside links of published text that may be broken, what fails the longest first."""
    used = _columns(LinkUse.item_id, LinkCheck.failed_since, LinkUse.url, LinkUse.place)
    failing = used.join(LinkCheck, LinkCheck.url == LinkUse.url)
    failing = failing.where(broken_links.is_broken(), broken_links.first_use())
    return failing.order_by(LinkCheck.failed_since, LinkUse.id)


def old_drafts(_account: Account) -> Question:
    """Ask for the drafts that nobody went on with for 30 days, the oldest first."""
    old = _columns(since=Revision.created_at).join(Revision, drafts.newest())
    waits = old.where(Revision.created_at <= clock.utc_now() - OLD_DRAFT, drafts.waiting())
    return waits.order_by(Revision.created_at, Item.id)


def coarse(_account: Account) -> Question:
    """Ask for the places without a point or with a coarse one: public ones first, then those without any."""
    return point.coarsest_first(_columns())


def photos_without_words(_account: Account) -> Question:
    """Ask for the photos without description, credit or licence, the oldest first."""
    asked = _columns(None, since=Photo.created_at, at=Photo.id)
    return asked.where(Photo.trashed_at.is_(None), photos.lacks_words()).order_by(Photo.id)


def missed(_account: Account) -> Question:
    """Ask for the searches that found nothing and that no group of synonyms explains, the most wanted first."""
    named = counts.named(without=synonyms.known_words())
    return named.with_only_columns(*_columns(None, said=SearchMiss.query, at=SearchMiss.locale).selected_columns)


ROWS: Sequence[Row] = (
    Row("troubled", "publish", troubled, N_("Failed or late publication"), N_("See the schedule"), "planned", "number"),
    Row("waiting", "publish", waiting, N_("Waiting for review"), N_("Review"), "publish_item"),
    Row("wanted", "edit", wanted, N_("Changes wanted of you"), N_("Revise")),
    Row("typed", "edit", typed, N_("Text of yours that is not saved"), N_("Go on writing")),
    Row("reports", "read_reports", reported, N_("Mistakes reported by visitors"), N_("Read the report")),
    Row("differ", "edit", differ, N_("Sources that differ"), N_("Look at the sources"), "facts"),
    Row("date", "edit", without_date, N_("Yearly event past, no new date"), N_("Enter the date"), "dates"),
    Row(
        "postponed",
        "publish",
        postponed,
        N_("Postponed, no new date yet"),
        N_("Enter the new date"),
        "date_status",
        "word",
    ),
    Row("endless", "edit", endless, N_("Dates until further notice, to be confirmed"), N_("Confirm"), "dates"),
    Row("undecided", "edit", undecided, N_("Public holidays within 60 days, not decided"), N_("Decide"), "hours"),
    Row("unchecked", "publish", unchecked, N_("Hours or prices unchecked for 6 months"), N_("Check")),
    Row("missing", "edit", missing, N_("English missing"), N_("Translate"), "words", "locale"),
    Row("changed", "edit", changed, N_("Source of the translation changed"), N_("Compare"), "words", "locale"),
    Row(
        "photo",
        "publish",
        photos_without_words,
        N_("Photo without description, credit or licence"),
        N_("Say what it shows"),
    ),
    Row("untouched", "publish", untouched, N_("Untouched for 12 months"), N_("Look it over")),
    Row("links", "edit", maybe_broken, N_("Links that may be broken"), N_("Mend the link")),
    Row("draft", "publish", old_drafts, N_("Draft older than 30 days"), N_("Open the draft")),
    Row("point", "edit", coarse, N_("Place without a good point on the map"), N_("Set the point"), "map_point"),
    Row("missed", "lists", missed, N_("Searched for, nothing found"), N_("Add a synonym")),
)


def rows(account: Account) -> dict[str, Row]:
    """Return by code the rows that *account* may mend, in their order."""
    return {row.what: row for row in ROWS if can(account, row.deed)}


def needs(account: Account) -> list[Need]:
    """Return the most urgent thing of each row that has any, in the order of the rows."""
    shown = rows(account)
    found = {need.row.what: need for need in _ask(shown.values(), account, most=1)}
    return [found[what] for what in shown if what in found]


def listed(row: Row, account: Account) -> list[Need]:
    """Return everything that a row counts, the most urgent first."""
    return _ask([row], account)


def _ask(wanted_rows: Collection[Row], account: Account, most: int | None = None) -> list[Need]:
    by_code = {row.what: row for row in wanted_rows}
    asked = []
    for row in wanted_rows:
        found = row.question(account).add_columns(
            func.count().over().label("how_many"), cast(literal(row.what), String).label("what")
        )
        asked.append(select(found.limit(most).subquery()))
    answers = db.session.execute(union_all(*asked)) if len(asked) > 1 else db.session.execute(asked[0])
    return [Need(by_code[a.what], a.how_many, a.item_id, _day(a.since), a.said, a.at) for a in answers]


def _day(stored: str | None) -> date | None:
    """Return the day in Siak of a day or a UTC moment as the database writes it."""
    if not stored:
        return None
    moment = datetime.fromisoformat(stored)
    return moment.date() if len(stored) <= 10 else clock.as_wib(moment).date()
