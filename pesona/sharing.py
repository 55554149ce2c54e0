"""What stands on the card of a live item or of the site, in the words of its language."""

from pesona import clock, i18n
from pesona.drawings import drawing_of
from pesona.published import Card, Photo
from pesona.queries.catalogue import Entry, catalogue
from pesona.queries.next_dates import coming_dates
from pesona.social.card import SocialCard
from pesona.text import dates, names

SITE, SITE_CODE = "site", "pesona-siak"
HERO = "istana-siak-sri-indrapura"
MOST_MONTHS = 3


def card_of(kind: str, code: str, locale: str) -> SocialCard | None:
    """Return the card of a live item, or of the site; None where there is nothing live."""
    if (kind, code) == (SITE, SITE_CODE):
        return site_card(locale)
    entry = catalogue().entries.get(kind, {}).get(code)
    return _item_card(entry, locale) if entry else None


def site_card(locale: str) -> SocialCard:
    """Return the card of the home page, and of every page that shows no one item."""
    speaker = i18n.speaker(locale)
    return SocialCard(
        locale=locale,
        kind=SITE,
        code=SITE_CODE,
        name=speaker.gettext("The palace, the river and the festivals of Siak"),
        above=speaker.gettext("Siak Regency, Riau, Indonesia"),
        drawing=drawing_of(HERO),
    )


def _item_card(entry: Entry, locale: str) -> SocialCard:
    shown, speaker = entry.cards[locale], i18n.speaker(locale)
    photo = shown.photo if shown.photo and shown.photo.social else None
    # A page of information has no category, and the palace stands for it.
    drawing = drawing_of(entry.code) or (None if entry.category else drawing_of(HERO))
    return SocialCard(
        locale=locale,
        kind=entry.kind,
        code=entry.code,
        name=shown.name,
        above=_belongs(shown, speaker),
        below=_when(entry, locale),
        credit=_credit(photo, speaker) if photo else "",
        photo=photo,
        drawing=None if photo else drawing,
        cloth=entry.category,
    )


def _belongs(shown: Card, speaker: i18n.Speaker) -> str:
    if not shown.category:
        return speaker.gettext("Siak Regency, Riau, Indonesia")
    district = speaker.gettext("%(name)s District", name=shown.district) if shown.district else ""
    return " · ".join(filter(None, (speaker.name(names.CATEGORIES, shown.category), district)))


def _credit(photo: Photo, speaker: i18n.Speaker) -> str:
    by = speaker.gettext("Photo: %(credit)s", credit=photo.credit)
    return f"{by} · {speaker.name(names.LICENCES, photo.licence)}"


def _when(entry: Entry, locale: str) -> str:
    """Return the next date of an event with what became of it, else the months it usually comes in."""
    speaker = i18n.speaker(locale)
    coming = coming_dates(entry.occurrences, clock.today())
    if coming:
        said = dates.day_range(coming[0].start, coming[0].end, locale)
        return f"{said} · {speaker.name(names.STATUSES, coming[0].status)}" if coming[0].off else said
    if 0 < len(entry.usual_months) <= MOST_MONTHS:
        months = dates.either([dates.month_name(month, locale) for month in entry.usual_months], locale)
        return speaker.gettext("Usually in %(months)s", months=months)
    return ""
