"""Reviews: somebody asks for one and may take it back; an editor publishes or says what is wanted."""

from pesona import clock
from pesona.db import db
from pesona.editing import log
from pesona.editing.log import Actor
from pesona.models.item import Item
from pesona.models.review import Review

LONGEST_NOTE = 2000


def of(item: Item) -> Review | None:
    return db.session.get(Review, item.id)


def ask(item: Item, note: str, actor: Actor) -> Review:
    """Ask for a review of the newest revision; a former question or answer makes way."""
    review = of(item) or Review(item_id=item.id)
    review.state, review.revision, review.note = "open", item.head, note
    review.asked_by, review.asked_at = actor.account_id, clock.utc_now()
    review.answered_by, review.answered_at, review.answer = None, None, ""
    db.session.add(review)
    log.note(actor, "ask_review", note, item=item, revision=item.head)
    return review


def take_back(item: Item, review: Review, actor: Actor) -> None:
    log.note(actor, "take_back_review", item=item, revision=review.revision)
    db.session.delete(review)


def want_changes(item: Item, review: Review, note: str, actor: Actor) -> None:
    """Answer the *review* with what must change first."""
    review.state, review.answer = "wanted", note
    review.answered_by, review.answered_at = actor.account_id, clock.utc_now()
    log.note(actor, "want_changes", note, item=item, revision=item.head)


def settle(item: Item, number: int) -> None:
    """End the review of *item* once revision *number* is live: at least as new as what was asked about.

    Only for a publication that somebody looked at; a deed that goes live at once leaves the question open.
    """
    review = of(item)
    if review is not None and number >= review.revision:
        db.session.delete(review)
