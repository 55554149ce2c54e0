"""The usual Flask page, to compare with: a list of 24 cards as tutorials write it.

ORM objects with translations read one by one (26 statements a page), Flask-Babel called from the
templates, a session that is touched, a Whoosh index opened for each search. Nothing in it is slow
on purpose, and nothing is made fast.
"""

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from flask import Flask, current_app, render_template, request, session
from flask_babel import Babel, format_date, gettext
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.qparser import MultifieldParser

PAGE_SIZE = 24
CATEGORIES = ("History", "Religious", "Nature", "Culture", "Family", "Landmarks", "Food", "Crafts")
DISTRICTS = ("Siak", "Mempura", "Dayun", "Tualang", "Minas", "Sungai Apit", "Bunga Raya", "Sabak Auh")


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Place(db.Model):  # type: ignore[name-defined,misc]
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str] = mapped_column(index=True)
    district: Mapped[str] = mapped_column(index=True)
    updated_at: Mapped[datetime]
    translations: Mapped[list["Translation"]] = relationship(back_populates="place")

    def translation(self, locale: str) -> "Translation":
        return next(one for one in self.translations if one.locale == locale)


class Translation(db.Model):  # type: ignore[name-defined,misc]
    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    locale: Mapped[str]
    name: Mapped[str]
    slug: Mapped[str]
    summary: Mapped[str]
    body: Mapped[str]
    place: Mapped[Place] = relationship(back_populates="translations")


BASE = """<!doctype html>
<html lang="{{ locale }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{{ _("Destinations") }}{% endblock %} · Siak</title>
<meta name="description" content="{{ _("All places, foods, crafts and arts of Siak Regency.") }}">
<link rel="canonical" href="{{ url_for("places", locale=locale, _external=True) }}">
{% for other in ("id", "en") %}<link rel="alternate" hreflang="{{ other }}" href="{{ url_for("places", locale=other, _external=True) }}">
{% endfor %}<link rel="stylesheet" href="{{ url_for("static", filename="site.css") }}">
</head>
<body>
<a class="skip" href="#content">{{ _("To the content") }}</a>
<header class="masthead">
<a href="/{{ locale }}/">Pesona Siak</a>
<nav aria-label="{{ _("Main menu") }}"><ul>
{% for name in ("Destinations", "Events", "Districts", "Map", "About Siak", "Contact") %}<li><a href="/{{ locale }}/{{ name|lower }}">{{ _(name) }}</a></li>
{% endfor %}</ul></nav>
<form action="/{{ locale }}/search"><label for="q">{{ _("Search") }}</label><input id="q" name="q"><button>{{ _("Search") }}</button></form>
</header>
<main id="content">{% block content %}{% endblock %}</main>
<footer class="colophon"><p>{{ _("The tourism office of Siak Regency") }} · {{ today|date }}</p></footer>
</body>
</html>
"""
PLACES = """{% extends "base.html" %}
{% block content %}
<h1>{{ _("Destinations") }}</h1>
<p>{{ ngettext("%(num)s destination", "%(num)s destinations", total) }}, {{ _("%(count)s with the word “palace”", count=hits) }}</p>
<form class="filters" method="get">
<label for="category">{{ _("Category") }}</label>
<select id="category" name="category">{% for name in categories %}<option value="{{ name }}">{{ _(name) }}</option>{% endfor %}</select>
<label for="district">{{ _("District") }}</label>
<select id="district" name="district">{% for name in districts %}<option value="{{ name }}">{{ name }}</option>{% endfor %}</select>
<button>{{ _("Apply") }}</button>
</form>
<ul class="cards">
{% for place in places.items %}{% set words = place.translation(locale) %}
<li class="card card--{{ place.category|lower }}">
<article aria-labelledby="card-{{ place.id }}">
<img class="card__picture" src="{{ url_for("static", filename="pictures/" ~ place.code ~ "-480.webp") }}" srcset="{{ url_for("static", filename="pictures/" ~ place.code ~ "-960.webp") }} 2x" width="480" height="320" loading="lazy" decoding="async" alt="">
<h2 class="card__title" id="card-{{ place.id }}"><a href="{{ url_for("place", locale=locale, slug=words.slug) }}">{{ words.name }}</a></h2>
<p class="card__facts">{{ _(place.category) }} · {{ place.district }}</p>
<p class="card__summary">{{ words.summary }}</p>
<p class="card__date">{{ _("Updated") }} <time datetime="{{ place.updated_at.date() }}">{{ place.updated_at|date }}</time></p>
<p class="card__more"><a href="{{ url_for("place", locale=locale, slug=words.slug) }}">{{ _("Read more") }}<span class="hidden"> {{ words.name }}</span></a></p>
</article>
</li>
{% endfor %}</ul>
<nav class="pagination" aria-label="{{ _("Pages") }}"><ul>
{% for number in places.iter_pages() %}{% if number %}<li><a href="{{ url_for("places", locale=locale, page=number) }}">{{ number }}</a></li>
{% else %}<li>…</li>
{% endif %}{% endfor %}</ul></nav>
{% endblock %}
"""


def make_app(home: Path, count: int) -> Flask:
    """Return the usual application in *home* with *count* places, in the database and in the index."""
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY="usual", SQLALCHEMY_DATABASE_URI=f"sqlite:///{home / 'usual.sqlite'}", INDEX=str(home / "index")
    )
    app.jinja_loader = DictLoader({"base.html": BASE, "places.html": PLACES})  # type: ignore[assignment]
    db.init_app(app)
    Babel(app, locale_selector=lambda: request.view_args["locale"] if request.view_args else "en")
    app.jinja_env.filters["date"] = lambda moment: format_date(moment, "long")
    app.add_url_rule("/<locale>/destinations", view_func=places)
    app.add_url_rule("/<locale>/destinations/<slug>", endpoint="place", view_func=lambda **_: "")
    with app.app_context():
        db.create_all()
        _fill(home / "index", count)
    return app


def places(locale: str) -> str:
    session["locale"] = locale
    session["seen"] = session.get("seen", 0) + 1
    found = db.paginate(db.select(Place).order_by(Place.code), per_page=PAGE_SIZE, max_per_page=PAGE_SIZE)
    return render_template(
        "places.html",
        locale=locale,
        places=found,
        total=found.total,
        hits=_count(gettext("palace")),
        categories=CATEGORIES,
        districts=DISTRICTS,
        today=datetime.now(),
    )


def _count(words: str) -> int:
    index = open_dir(current_app.config["INDEX"])
    with index.searcher() as searcher:
        query = MultifieldParser(["name", "summary", "body"], index.schema).parse(words)
        return len(searcher.search(query, limit=10))


def _fill(folder: Path, count: int) -> None:
    random = Random(1889)
    vocabulary = "palace mosque river bridge market forest lake sultan malay weaving boat garden tomb old gold".split()
    folder.mkdir()
    writer = create_in(
        str(folder), Schema(code=ID(stored=True), name=TEXT(stored=True), summary=TEXT, body=TEXT)
    ).writer()
    for number in range(count):
        place = Place(
            code=f"place-{number:04}",
            category=CATEGORIES[number % len(CATEGORIES)],
            district=random.choice(DISTRICTS),
            updated_at=datetime(2026, 1, 1) + timedelta(hours=number),
        )
        for locale in ("id", "en"):
            name = " ".join(random.choices(vocabulary, k=3)).title() + f" {number}"
            summary = " ".join(random.choices(vocabulary, k=16)).capitalize() + "."
            body = " ".join(random.choices(vocabulary, k=180))
            slug = f"{name.lower().replace(' ', '-')}"
            place.translations.append(Translation(locale=locale, name=name, slug=slug, summary=summary, body=body))
            writer.add_document(code=f"{place.code}-{locale}", name=name, summary=summary, body=body)
        db.session.add(place)
    writer.commit()
    db.session.commit()
    db.session.remove()
