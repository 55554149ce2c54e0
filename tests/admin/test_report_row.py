"""The row of Home for visitors' reports, on a site where every count is known."""

from collections.abc import Callable

from tests.admin.desk import cares
from tests.admin.test_home import HOME, follow, home, make, rows  # noqa: F401 - one is the fixture of an empty site
from tests.admin.test_reports import ONE, answer, correct, row
from tests.client import SelfCheckingClient
from tests.conftest import SiteClock
from tests.reports import received

SignIn = Callable[..., SelfCheckingClient]


def test_e_64_mistakes_reported_by_visitors(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    kolam, danau = make(siti.app, "kolam"), make(siti.app, "danau")
    for code in ("kolam", "danau", ""):
        received(siti.app, code)
        clock.move(minutes=1)
    page = follow(siti, "reports", 3, "Kolam en")
    assert page.path == f"{kolam}#reports"
    correct(siti, kolam)
    answer(siti, siti.visit(kolam), "fixed")
    assert follow(siti, "reports", 2, "Danau en").path == f"{danau}#reports"
    answer(siti, siti.visit(danau), "no_fault", number=2, answer="It is right.")
    page = follow(siti, "reports", 1, "The site as a whole")
    answer(siti, page, "fixed", number=3)
    assert "reports" not in rows(siti)


def test_the_row_stands_between_what_is_mine_and_the_sources(sign_in: SignIn, clock: SiteClock) -> None:
    siti = sign_in()
    two = [{"key": "uji", "publisher": "Uji"}, {"key": "lain", "publisher": "Lain"}]
    prices = [{"amount_idr": sum_, "source": key} for sum_, key in ((5000, "uji"), (7000, "lain"))]
    make(siti.app, "kolam", sources=two, prices=prices)
    received(siti.app, "kolam")
    siti.submit(siti.visit("/admin/destinations/kolam/words/en"), summary="A draft.")
    siti.submit(siti.visit("/admin/destinations/kolam/review"), note="-")
    assert list(rows(siti)) == ["waiting", "reports", "differ"]


def test_e_67_a_contributor_reads_what_is_said_of_their_own_and_answers_nothing(
    sign_in: SignIn, clock: SiteClock
) -> None:
    rini, siti = sign_in("Rini", role="contributor"), sign_in()
    rini.submit(rini.visit("/admin/destinations/new"), name__en="Kolam", category="nature")
    make(siti.app, "danau")
    for code in ("kolam", "danau", ""):
        received(siti.app, code, f"Wrong at {code}.")
        clock.move(minutes=1)
    assert rows(siti)["reports"] == 3
    assert cares(rini.visit(HOME))["reports"][:2] == (1, "Kolam")
    page = rini.visit("/admin/destinations/kolam")
    assert "Wrong at kolam." in page.text
    assert not page.all("form", action=ONE)
    assert "Wrong at danau." not in rini.visit("/admin/destinations/danau").text
    assert "Wrong at danau." not in rini.visit("/admin/care/reports").text
    for number in (1, 2, 3):
        rini.visit(f"/admin/reports/{number}", 403)
        refused = rini.post(f"/admin/reports/{number}", {"action": "fixed", "base": "0", "elsewhere": "yes"})
        rini.audit(f"/admin/reports/{number}", refused, 403)
    assert row(siti.app).state == "open"
