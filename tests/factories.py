"""Items in numbers: synthetic destinations, always the same ones, published through the desk's own deeds."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from flask_migrate import downgrade
from sqlalchemy import select

from pesona.db import begin_writing, db
from pesona.editing import demo, items, publish, schema
from pesona.editing.log import Actor
from pesona.locales import LOCALES
from pesona.models.area import District, Village
from pesona.models.destination import CATEGORIES, Destination
from pesona.models.event import CATEGORIES as EVENT_CATEGORIES
from pesona.models.item import PARTS
from pesona.search import follow
from pesona.text.slugs import slugify

ACTOR = Actor(command="test")
SEED = 1889
SYLLABLES = "ba ca da ga ha ja ka la ma na pa ra sa ta wa be di gu ko li mu ni pe ri su te yu ang eng ung".split()
GIVEN = "istana masjid taman danau sungai pantai makam tugu pasar kampung hutan jembatan".split()


def publish_demo() -> None:
    """Make the tables of an empty site and publish the Siak content in it, with its index."""
    schema.init()
    begin_writing()
    for _ in demo.load():
        pass
    demo.load_holidays()
    db.session.commit()
    follow.ensure()


def withdraw(kind: str, code: str) -> None:
    """Withdraw an item in both languages as the desk does."""
    begin_writing()
    item = items.find(kind, code, lock=True)
    assert item
    for locale in LOCALES:
        publish.withdraw(item, locale, ACTOR, "test")
    db.session.commit()


def go_back_to_first_release() -> None:
    """Take the database back to its first form; places that tell what they have, which it could not, are withdrawn."""
    telling = [one.code for one in db.session.scalars(select(Destination)) if one.facilities]
    for code in telling:
        withdraw("destination", code)
    db.session.remove()
    downgrade(directory=schema.MIGRATIONS, revision="0001")


def publish_destinations(count: int) -> list[str]:
    """Make and publish *count* destinations in the present transaction; return their codes."""
    random = Random(SEED)
    vocabulary = _Vocabulary(random)
    villages = db.session.execute(
        select(Village.code, Village.district_code, Village.latitude, Village.longitude)
    ).all()
    codes = []
    for number in range(count):
        item = items.create("destination", f"uji-{number}", _destination(random, vocabulary, number, villages), ACTOR)
        publish.publish(item, item.head, PARTS, ACTOR)
        codes.append(item.code)
    return codes


def publish_events(count: int, first: date, days: int, code: str = "uji-acara") -> list[str]:
    """Publish *count* events, each with one to three dates in *days* from *first*; every kind of date is among them."""
    random = Random(SEED)
    vocabulary = _Vocabulary(random)
    districts = db.session.scalars(select(District.code).order_by(District.code)).all()
    codes = []
    for number in range(count):
        facts = {
            "category": EVENT_CATEGORIES[number % len(EVENT_CATEGORIES)],
            "district": random.choice(districts),
            "occurrences": [_date(random, first, days) for _ in range(random.choice((1, 1, 1, 2, 3)))],
            "sources": [{"key": "uji", "publisher": "Uji"}],
        }
        words = {lo: {**said, "slug": f"{said['slug']}-{code}"} for lo, said in _words(vocabulary, number)}
        item = items.create("event", f"{code}-{number}", {"facts": facts, "words": words}, ACTOR)
        publish.publish(item, item.head, PARTS, ACTOR)
        codes.append(item.code)
    return codes


def _date(random: Random, first: date, days: int) -> dict[str, str]:
    """Return one date: most last a day, some without an end, some several days, a few for weeks."""
    start = first + timedelta(days=random.randrange(days))
    length = random.choice((0, 0, 0, 0, 0, 1, 2, 3, 9, 13, 19, 20, 45))
    return {
        "start": start.isoformat(),
        "end": (start + timedelta(days=length)).isoformat() if length or random.random() < 0.5 else "",
        "start_time": random.choice(("", "", "08:00", "19:30")),
        "status": random.choice(
            ("planned", "planned", "planned", "planned", "expected", "full", "cancelled", "postponed")
        ),
        "source": "uji",
    }


class _Vocabulary:
    """Words that come as often as in real text: a few everywhere, most of them seldom."""

    def __init__(self, random: Random) -> None:
        made = dict.fromkeys("".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(4000))
        self.words = list(made)
        self.weights = [1 / (rank + 10) for rank in range(len(self.words))]
        self.random = random

    def text(self, count: int) -> str:
        return " ".join(self.random.choices(self.words, self.weights, k=count))


def searches() -> list[str]:
    """Return what visitors of these items would look for: a kind, alone and with a word that is not too common."""
    words = _Vocabulary(Random(SEED)).words[200:440:20]
    return [*GIVEN, *(f"{kind} {word}" for kind, word in zip(GIVEN, words, strict=True))]


def _destination(random: Random, vocabulary: _Vocabulary, number: int, villages: Any) -> dict[str, Any]:
    code, district, latitude, longitude = villages[random.randrange(len(villages))]
    facts = {
        "kind": "place",
        "category": CATEGORIES[number % len(CATEGORIES)],
        "district": district,
        "village": code,
        "latitude": round(latitude + random.uniform(-0.03, 0.03), 4),
        "longitude": round(longitude + random.uniform(-0.03, 0.03), 4),
        "coord_precision_m": 100,
        "sources": [{"key": "uji", "publisher": "Uji"}],
    }
    return {"facts": facts, "words": dict(_words(vocabulary, number))}


def _words(vocabulary: _Vocabulary, number: int) -> Iterator[tuple[str, dict[str, str]]]:
    name = f"{GIVEN[number % len(GIVEN)]} {vocabulary.text(2)} {number}".title()
    for locale in ("id", "en"):
        yield (
            locale,
            {
                "name": name,
                "slug": slugify(name) + ("" if locale == "id" else "-en"),
                "summary": vocabulary.text(16).capitalize() + ".",
                "body": "\n\n".join(vocabulary.text(60).capitalize() + "." for _ in range(3)),
            },
        )
