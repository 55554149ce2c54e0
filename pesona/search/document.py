"""What a search document is: one for each item and language that is published."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pesona.locales import LOCALES
from pesona.published import PublishedDestination, PublishedEvent, PublishedItem
from pesona.search.analysis import ALIAS, BODY, NAME, SUMMARY, terms
from pesona.text import dates
from pesona.text.markdown import to_plain


@dataclass(frozen=True, slots=True)
class Document:
    """The text of an item in one language, by weight."""

    kind: str
    code: str
    locale: str
    name: str
    aliases: str
    summary: str
    body: str

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.code}/{self.locale}"

    def terms(self) -> dict[str, int]:
        """Return what the index holds of the document: terms with the fields that hold them."""
        fields = {NAME: self.name, ALIAS: self.aliases, SUMMARY: self.summary, BODY: self.body}
        return terms(fields, self.locale)


def digest(document: Document) -> str:
    """Return a short hash of everything that an index holds of *document*."""
    return hashlib.sha256(repr(document).encode()).hexdigest()[:16]


def documents(item: PublishedItem) -> Iterator[Document]:
    """Yield the documents of *item*, one for each published language."""
    for locale in LOCALES:
        words = item.translations.get(locale)
        if words is None:
            continue
        extra = (words.getting_there, words.tips, words.venue)
        yield Document(
            kind=item.item_kind,
            code=item.code,
            locale=locale,
            name=words.name,
            aliases=". ".join([*item.aliases, *_facts(item, locale), words.usual_time]),
            summary=words.summary,
            body=to_plain(" ".join((words.body, *extra))),
        )


def _facts(item: PublishedItem, locale: str) -> Iterator[str]:
    """Yield its name in Jawi, where an item is, what it is and when, in words that people search for."""
    if not isinstance(item, PublishedDestination | PublishedEvent):
        return
    if item.name_jawi:
        yield item.name_jawi
    yield CATEGORY_WORDS[item.category][locale]
    areas = (item.district, item.village if isinstance(item, PublishedDestination) else None)
    yield from (area.name for area in areas if area)
    if isinstance(item, PublishedEvent):
        months = {*item.usual_months, *(o.start.month for o in item.occurrences)}
        yield from (dates.month_name(number, locale) for number in sorted(months))
        yield from (str(year) for year in sorted({o.start.year for o in item.occurrences}))


# Words that stand for the whole of a category. They are not the names on the pages: those may be prettier.
CATEGORY_WORDS = {
    "history": {"id": "sejarah", "en": "history"},
    "religious": {"id": "religi", "en": "religion"},
    "nature": {"id": "alam", "en": "nature"},
    "culture": {"id": "budaya", "en": "culture"},
    "family": {"id": "keluarga", "en": "family"},
    "landmark": {"id": "tengara", "en": "landmark"},
    "culinary": {"id": "kuliner, makanan, minuman", "en": "food, drink"},
    "craft": {"id": "kerajinan", "en": "craft"},
    "sport": {"id": "olahraga", "en": "sport"},
    "civic": {"id": "", "en": ""},
    "education": {"id": "pendidikan", "en": "education"},
    "special": {"id": "", "en": ""},
}
