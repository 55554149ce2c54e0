"""The live events as calendars need them: whole, with the number of their live facts."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from pesona.db import reading
from pesona.models.item import Item
from pesona.published import PublishedEvent, PublishedItem
from pesona.queries.items import published_by_codes


def live_events(codes: Sequence[str], locale: str) -> list[PublishedEvent]:
    """Return the events among *codes* whose words are live in *locale*, keeping the order given."""
    found = published_by_codes("event", codes)
    return [item for item in found if isinstance(item, PublishedEvent) and locale in item.translations]


def facts_revisions(events: Iterable[PublishedItem]) -> dict[str, int]:
    """Return, by code, the number of the revision whose facts are live: publication only raises it."""
    codes = [event.code for event in events]
    wanted = select(Item.code, Item.live_facts).where(Item.kind == "event", Item.code.in_(codes))
    with reading() as connection:
        return {row.code: row.live_facts or 0 for row in connection.execute(wanted)}
