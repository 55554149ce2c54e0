"""The live notices as their tables hold them, and the instants at which they come and go."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, select

from pesona.models.notice import SEVERITIES, Notice, NoticeTranslation
from pesona.published import PublishedNotice, Source, Words
from pesona.queries.version import boundaries
from pesona.text import moments


def live_notices(connection: Connection) -> tuple[PublishedNotice, ...]:
    """Return every live notice, the gravest first, then by start."""
    words: dict[int, dict[str, Words]] = {}
    for row in connection.execute(select(NoticeTranslation.__table__)):
        said = Words(row.locale, "", row.name, row.summary, row.body, row.body_html, row.updated_at)
        words.setdefault(row.item_id, {})[row.locale] = said
    found = [
        PublishedNotice(
            code=row.code,
            updated_at=row.updated_at,
            sources=tuple(Source(**source) for source in row.sources),
            checked_on=row.checked_on,
            translations=words[row.item_id],
            kind=row.kind,
            severity=row.severity,
            start=row.start,
            end=row.end,
            scope=row.scope,
            districts=tuple(row.districts),
            destinations=tuple(row.destinations),
        )
        for row in connection.execute(select(Notice.__table__))
        if row.item_id in words
    ]
    return tuple(sorted(found, key=lambda n: (-SEVERITIES.index(n.severity), n.start, n.code)))


def _instants(connection: Connection) -> Iterator[datetime]:
    for start, end in connection.execute(select(Notice.start, Notice.end)):
        yield from filter(None, (moments.first(start), moments.last(end)))


boundaries.append(_instants)
