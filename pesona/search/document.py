"""What a search document is: one for each item and language that is published."""

from collections.abc import Iterator
from dataclasses import dataclass

from pesona.locales import LOCALES
from pesona.published import PublishedDestination, PublishedEvent, PublishedItem
from pesona.text.markdown import to_plain


@dataclass(frozen=True, slots=True)
class Document:
    """The text of an item in one language, by weight."""

    kind: str
    code: str
    locale: str
    name: str
    aliases: str
    place: str
    summary: str
    body: str

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.code}/{self.locale}"


def documents(item: PublishedItem) -> Iterator[Document]:
    """Yield the documents of *item*, one for each published language."""
    for locale in LOCALES:
        words = item.translations.get(locale)
        if words is None:
            continue
        extra = (words.getting_there, words.tips, words.venue, words.usual_time)
        yield Document(
            kind=item.item_kind,
            code=item.code,
            locale=locale,
            name=words.name,
            aliases=" ".join(item.aliases),
            place=_place(item),
            summary=words.summary,
            body=to_plain(" ".join((words.body, *extra))),
        )


def _place(item: PublishedItem) -> str:
    if not isinstance(item, PublishedDestination | PublishedEvent):
        return ""
    village = getattr(item, "village", None)
    return " ".join(area.name for area in (item.district, village) if area)
