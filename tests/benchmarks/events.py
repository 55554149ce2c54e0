"""What the lists of events and the calendar cost: `python -m tests.benchmarks.events`, ten events and 1,000 over ten years.

It prints milliseconds of CPU of one whole uncached answer on a site without other content, and the growth from the small
site to the large. `ten in a month` has all ten events in the month that is asked for, `ten in ten years` spreads them.
"""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from tempfile import TemporaryDirectory

from flask import Flask

from pesona.app import create_app
from pesona.clock import WIB
from pesona.db import begin_writing, db
from pesona.editing import schema
from pesona.queries.agenda import agenda
from pesona.search import follow
from tests.factories import publish_events
from tests.gates.cost import compare, request_of

TODAY = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)
TEN_YEARS = 3653
BEGIN = date(2021, 12, 1)
MOST = 3.0
SITES = {
    "ten in a month": (10, date(2026, 12, 1), 28),
    "ten in ten years": (10, BEGIN, TEN_YEARS),
    "1,000": (1000, BEGIN, TEN_YEARS),
}
PAGES = {
    "month": "/id/acara?when=calendar&month=2026-12",
    "this month": "/id/acara?when=month",
    "weekend": "/id/acara?when=weekend",
    "a range": "/id/acara?on=2026-12-05&on=2026-12-20",
    "coming": "/id/acara",
    "past": "/id/acara?when=past",
    "home": "/id/",
}


@contextmanager
def site(count: int, first: date, days: int) -> Iterator[Flask]:
    """A site with nothing but *count* events; a date stands in each month that is asked for."""
    with TemporaryDirectory(prefix="pesona-bench-") as folder:
        app = create_app({"PESONA_HOME": folder}, lambda: TODAY)
        with app.app_context():
            schema.init()
            begin_writing()
            publish_events(count, first, days)
            # The month asked for stands in every site.
            publish_events(1, date(2026, 12, 5), 1, code="uji-tetap")
            db.session.commit()
            follow.ensure()
            agenda()
            gc.collect()
            gc.freeze()
            yield app
            gc.unfreeze()
            db.session.remove()
            db.engine.dispose()


def costs(count: int, first: date, days: int) -> list[float]:
    """Return the milliseconds of each page."""
    with site(count, first, days) as app:
        return [1000 * taken for taken in compare(*(request_of(app, path) for path in PAGES.values()), times=10)]


def main(arguments: Sequence[str]) -> None:
    """Print one line for each page and, where asked to `--check`, fail where the month grew too much."""
    measured = {name: costs(*given) for name, given in SITES.items()}
    print(f"{'':<12}" + "".join(f"{name:>18}" for name in measured) + f"{'growth':>18}")
    for page, *taken in zip(PAGES, *measured.values(), strict=True):
        growth = " ".join(f"{taken[-1] / one:.1f}×" for one in taken[:-1])
        print(f"{page:<12}" + "".join(f"{one:18.2f}" for one in taken) + f"{growth:>18}")
    month = [of[0] for of in measured.values()]
    if "--check" in arguments and month[-1] > MOST * min(month[:-1]):
        sys.exit(f"a month of 1,000 events costs more than {MOST:.0f} times one of ten")


if __name__ == "__main__":
    main(sys.argv[1:])
