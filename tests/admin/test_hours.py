"""The screen of hours: what is typed is understood, nothing is lost, and the buttons fill in without saving."""

from collections.abc import Callable

import pytest

from tests.admin.desk import ITEM, field, newest, wrong_fields
from tests.client import SelfCheckingClient

SignIn = Callable[..., SelfCheckingClient]
HOURS = f"{ITEM}/hours"


@pytest.mark.parametrize("typed", ["8", "08.00", "8.30", "0800"])
def test_a_time_is_understood_and_shown_in_one_way(sign_in: SignIn, typed: str) -> None:
    """E-39, first part."""
    siti = sign_in()
    siti.submit(siti.visit(HOURS), hours_status="has_hours", hours_week__mo__1__from=typed, hours_week__mo__1__to="16")
    shown = "08.30" if typed == "8.30" else "08.00"
    assert newest(siti.app)["facts"]["hours_week"] == f"Mo {shown.replace('.', ':')}-16:00"
    page = siti.visit(HOURS)
    assert (field(page, "hours_week-mo-1-from"), field(page, "hours_week-mo-1-to")) == (shown, "16.00")


def test_an_impossible_time_is_refused_naming_the_day(sign_in: SignIn) -> None:
    """E-39, second part."""
    siti = sign_in(locale="en")
    typed = {"hours_week__fr__1__from": "25.00", "hours_week__fr__1__to": "16", "hours_checked_on": "24/11/2026"}
    page = siti.submit(siti.visit(HOURS), status=422, **typed)
    assert wrong_fields(page) == ["hours_week-fr-1-from"]
    assert "Friday: “25.00” is no time." in page.text
    assert field(page, "hours_week-fr-1-from") == "25.00"
    assert field(page, "hours_checked_on") == "2026-11-24" or field(page, "hours_checked_on") == "24/11/2026"
    assert newest(siti.app)["facts"]["hours_week"] == ""
