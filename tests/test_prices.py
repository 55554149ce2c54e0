"""Prices on days, clashes, history and amounts: the pure part, by tables."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pesona import prices
from pesona.published import Price

DAY = date(2026, 11, 24)  # a Tuesday
PALACE = Path(__file__).parent.parent / "pesona/demo/destinations/istana-siak-sri-indrapura.toml"


def price(amount: int | None = 10_000, **given: Any) -> Price:
    known = {"visitor": "adult", "residence": "any", "day": "any", "as_of": "", "source": "s"}
    return Price(**{**known, "amount_idr": amount, **given})


def amounts(rows: tuple[Price, ...]) -> list[int | None]:
    return [row.amount_idr for row in rows]


OPEN = price(10_000, valid_from="2026-01-01")
NEXT = price(15_000, valid_from="2027-01-01")
EID = price(20_000, valid_from="2026-03-20", valid_until="2026-03-29")
ENDED = price(5_000, valid_until="2025-12-31")
PRINTED = price(3_000, as_of="2019-12-10")
UNDATED = price(2_000)


@pytest.mark.parametrize(
    ("rows", "day", "holding"),
    [
        ([OPEN], "2025-12-31", []),
        ([OPEN], "2026-01-01", [10_000]),
        ([OPEN, NEXT], "2026-12-31", [10_000]),
        ([OPEN, NEXT], "2027-01-01", [15_000]),
        ([NEXT, OPEN], "2030-01-01", [15_000]),
        ([OPEN, EID], "2026-03-19", [10_000]),
        ([OPEN, EID], "2026-03-20", [20_000]),
        ([OPEN, EID], "2026-03-29", [20_000]),
        ([OPEN, EID], "2026-03-30", [10_000]),  # an open price comes back after one that is set for a while
        ([ENDED], "1900-01-01", [5_000]),
        ([ENDED], "2025-12-31", [5_000]),
        ([ENDED], "2026-01-01", []),
        ([ENDED, OPEN], "2026-01-01", [10_000]),
        ([PRINTED], "2019-12-09", []),  # nobody had printed it yet
        ([PRINTED], "2019-12-10", [3_000]),
        ([PRINTED, UNDATED], "2026-11-24", [3_000]),
        ([UNDATED], "2026-11-24", [2_000]),
        ([PRINTED, NEXT], "2026-11-24", [3_000]),  # a report holds until a set price begins
        ([PRINTED, NEXT], "2027-01-01", [15_000]),
        ([PRINTED, ENDED], "2026-11-24", []),  # what was printed before the end tells nothing of after it
        ([price(7_000, as_of="2026-05"), ENDED], "2026-11-24", [7_000]),
        ([UNDATED, ENDED], "2026-11-24", []),
        ([price(9_000, as_of="2026-08"), OPEN], "2026-11-24", [10_000]),  # what is set beats what is printed
        ([PRINTED, price(4_000, as_of="2019-12-10", source="t")], "2026-11-24", [3_000, 4_000]),
        ([PRINTED, price(3_000, as_of="2019-12-10", source="t")], "2026-11-24", [3_000]),
        ([price(1, as_of="2023-03"), price(2, as_of="2023~")], "2026-11-24", [2]),
        ([price(1, as_of="2017/2018"), price(2, as_of="2018-05")], "2026-11-24", [1]),
        ([price(1, as_of="soon"), price(2, as_of="2018-05")], "2026-11-24", [2]),
        ([price(1, as_of="2018-02-30"), price(2, as_of="2018-05")], "2026-11-24", [2]),
        ([OPEN, OPEN], "2026-11-24", [10_000]),
        ([], "2026-11-24", []),
    ],
)  # fmt: skip
def test_which_price_holds_on_a_day(rows: list[Price], day: str, holding: list[int]) -> None:
    seen = prices.on_day(rows, date.fromisoformat(day))
    assert amounts(seen.holding) == holding
    parts = (*seen.holding, *seen.coming, *seen.earlier)
    assert set(parts) == set(rows)
    assert len(parts) == len(set(rows)), "each price is told once"


def test_what_is_set_for_later_comes_soonest_first_and_history_latest_first() -> None:
    later = price(20_000, valid_from="2028-01-01")
    seen = prices.on_day([UNDATED, later, PRINTED, ENDED, NEXT, OPEN], DAY)
    assert (amounts(seen.holding), amounts(seen.coming)) == ([10_000], [15_000, 20_000])
    assert amounts(seen.earlier) == [3_000, 2_000, 5_000]


ALL = price(10_000, visitor="any", valid_from="2026-01-01")
CHILD = price(5_000, visitor="child", residence="domestic", valid_from="2026-01-01")
FOREIGN = price(50_000, visitor="any", residence="foreign", valid_from="2026-01-01")
WEEKEND = price(20_000, visitor="any", day="weekend", valid_from="2026-01-01")
FEAST = price(25_000, visitor="any", day="holiday", valid_from="2026-01-01")
CAR = price(5_000, visitor="vehicle", valid_from="2026-01-01", note_id="mobil")
ADULT_FROM_HERE = price(8_000, residence="domestic", as_of="2025-04")


@pytest.mark.parametrize(
    ("day", "visitor", "residence", "holiday", "amount"),
    [
        (DAY, "adult", "domestic", False, 10_000),
        (DAY, "child", "domestic", False, 5_000),
        (DAY, "child", "foreign", False, 50_000),
        (DAY, "student", "foreign", False, 50_000),
        (date(2026, 11, 28), "adult", "domestic", False, 20_000),
        (date(2026, 11, 28), "child", "domestic", False, 5_000),  # the visitor counts before the day
        (date(2026, 11, 28), "adult", "foreign", False, 50_000),
        (DAY, "adult", "domestic", True, 25_000),
        (date(2026, 11, 28), "adult", "domestic", True, 25_000),
        (DAY, "group", "domestic", False, None),
        (DAY, "vehicle", "any", False, None),
        (date(2025, 12, 31), "adult", "foreign", False, None),
        (date(2025, 12, 31), "adult", "domestic", False, 8_000),  # what was printed holds until one is set
    ],
)
def test_the_most_exact_class_says_what_a_visitor_pays(
    day: date, visitor: str, residence: str, holiday: bool, amount: int | None
) -> None:
    rows = [ALL, CHILD, FOREIGN, WEEKEND, FEAST, CAR, ADULT_FROM_HERE]
    found = prices.price_for(rows, day, visitor, residence, holiday)
    assert (found.amount_idr if found else None) == amount


def days(first: str, last: str = "", **more: Any) -> Price:
    return price(valid_from=first, valid_until=last, **more)


@pytest.mark.parametrize(
    ("one", "other", "day"),
    [
        (days("2026-01-01"), days("2026-01-01"), "2026-01-01"),
        (days("2026-01-01", "2026-12-31"), days("2026-12-31"), "2026-12-31"),
        (days("2026-01-01", "2026-12-31"), days("2026-06-01", "2026-06-30"), "2026-06-01"),
        (days("", "2026-06-30"), days("2026-06-30"), "2026-06-30"),
        (days("", "2026-06-30"), days("", "2026-12-31"), "2026-06-30"),
        (days("2026-01-01"), days("2026-01-01", "2026-02-01", kind="donation"), "2026-01-01"),
        (days("2026-01-01", note_id="Mobil"), days("2026-01-01", note_id=" mobil"), "2026-01-01"),
        # An open price ends by itself when the next begins.
        (days("2026-01-01"), days("2026-06-01"), None),
        (days("2026-01-01"), days("2026-06-01", "2026-06-30"), None),
        (days("2026-01-01", "2026-12-31"), days("2027-01-01"), None),
        (days("2026-01-01"), days("2026-01-01", residence="foreign"), None),
        (days("2026-01-01"), days("2026-01-01", visitor="child"), None),
        (days("2026-01-01"), days("2026-01-01", day="weekend"), None),
        (days("2026-01-01", note_id="mobil"), days("2026-01-01", note_id="sepeda motor"), None),
        (days("2026-01-01"), price(as_of="2026-01-01"), None),
        (price(1, as_of="2026-01-01"), price(2, as_of="2026-01-01"), None),
        (days("2026-12-31", "2026-01-01"), days("2026-06-01"), None),  # refused for another reason
    ],
)
def test_two_prices_for_one_class_clash_from_a_day(one: Price, other: Price, day: str | None) -> None:
    wanted = [prices.Conflict(0, 1, date.fromisoformat(day))] if day else []
    assert prices.conflicts([one, other]) == wanted
    assert prices.conflicts([other, one]) == wanted


def made_up(chance: Random) -> list[Price]:
    """Return some prices of two classes whose days lie close together."""

    def day() -> str:
        return (date(2026, 1, 1) + timedelta(days=chance.randrange(12))).isoformat() if chance.random() < 0.7 else ""

    found = []
    for number in range(chance.randint(1, 6)):
        first, last = sorted((day(), day()))
        given = {"valid_from": first, "valid_until": last} if chance.random() < 0.7 else {"as_of": day()}
        found.append(price(1_000 * number, visitor=chance.choice(("adult", "child")), **given))
    return found


def covers(one: Price, day: date) -> bool:
    return prices.is_set(one) and (one.valid_from or "0") <= day.isoformat() <= (one.valid_until or "9")


@pytest.mark.parametrize("seed", range(300))
def test_without_a_clash_one_price_holds_and_a_clash_names_a_day_on_which_both_do(seed: int) -> None:
    rows = made_up(Random(seed))
    clashes = prices.conflicts(rows)
    for clash in clashes:
        one, other = rows[clash.first], rows[clash.second]
        assert one.about == other.about
        assert covers(one, clash.day)
        assert covers(other, clash.day)
        if one.valid_from or other.valid_from:
            before = clash.day - timedelta(days=1)
            assert not (covers(one, before) and covers(other, before)), "an earlier day clashes already"
    for day in (date(2025, 12, 25) + timedelta(days=n) for n in range(25)):
        seen = prices.on_day(rows, day)
        assert sorted(map(repr, (*seen.holding, *seen.coming, *seen.earlier))) == sorted(map(repr, set(rows)))
        for visitor in ("adult", "child"):
            covering = [p for p in rows if p.visitor == visitor and covers(p, day)]
            held = [p for p in seen.holding if p.visitor == visitor]
            if covering:
                assert len(held) == 1
                assert held[0] in covering
            if not clashes and len(covering) > 1:
                assert held == [max(covering, key=lambda p: p.valid_from)]
            assert all(covers(p, day) or not prices.is_set(p) for p in held)


@pytest.mark.parametrize(
    ("rows", "free"),
    [
        ([], None),
        ([price(0, visitor="any", valid_from="2026-01-01")], True),
        ([price(0, visitor="any", checked_on="2026-11-01", as_of="2026-10")], True),
        ([price(0, visitor="any", as_of="2018-08")], None),  # nobody stands for it today
        ([price(0, visitor="any", valid_from="2027-01-01")], None),
        ([price(0, visitor="child", valid_from="2026-01-01")], None),
        ([price(0, visitor="child", valid_from="2026-01-01"), OPEN], False),
        ([price(0, visitor="any", valid_from="2026-01-01"), CAR], True),
        ([price(None, visitor="any", kind="donation", valid_from="2026-01-01")], None),
        ([price(5_000, visitor="any", kind="donation", valid_from="2026-01-01")], None),
        ([OPEN], False),
    ],
)
def test_free_paid_donation_and_unknown_are_four_things(rows: list[Price], free: bool | None) -> None:
    assert prices.is_free(rows, DAY) is free


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("10.000", 10_000), ("10000", 10_000), ("Rp10.000", 10_000), ("10,000", 10_000), ("Rp 10.000", 10_000),
        ("rp. 10.000", 10_000), ("IDR 10,000", 10_000), ("10 000", 10_000), (" 10.000,- ", 10_000), ("Rp10.000,00", 10_000),
        ("10,000.00", 10_000), ("10000,00", 10_000), ("1.250.000", 1_250_000), ("500", 500), ("gratis", 0), ("Gratis", 0),
        ("FREE", 0), ("0", 0), ("Rp0", 0), ("Rp\u00a010.000", 10_000),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(typed: str, amount: int) -> None:
    assert prices.read_amount(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "cheap", "10.00", "10,00", "1.5", "1.0000", "10.00.000", "10,000.000", "-5", "10 ribu", "10rb", "$10", "1e5", "10.000.00",
     "٣٠٠", "9" * 13, "10.000 - 20.000", "Rp"],
)  # fmt: skip
def test_an_amount_that_could_mean_two_is_not_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        prices.read_amount(typed or " ")


def palace() -> list[Price]:
    shape = {"as_of": "", "source": ""}
    return [Price(**{**shape, **row}) for row in tomllib.loads(PALACE.read_text("utf-8"))["prices"]]


def test_the_newest_prices_of_the_palace_hold_and_the_others_are_history() -> None:
    seen = prices.on_day(palace(), DAY)
    assert [(p.visitor, p.residence, p.day, p.amount_idr, p.as_of) for p in seen.holding] == [
        ("adult", "domestic", "weekday", 10_000, "2025-04"),
        ("adult", "domestic", "any", 10_000, "2023~"),
        ("child", "domestic", "any", 5_000, "2023~"),
        ("adult", "foreign", "any", 25_000, "2019-12-10"),
        ("child", "foreign", "any", 15_000, "2019-12-10"),
    ]
    assert seen.coming == ()
    assert len(seen.earlier) == len(palace()) - 5
    assert all(p.source for p in seen.earlier)
    assert not prices.conflicts(palace())
    assert prices.is_free(palace(), DAY) is None


@pytest.mark.parametrize(
    ("source", "as_of", "adult", "child"),
    [
        ("kompas10", "2010-08-13", {3_000}, {2_000}), ("republika17", "2017-10-06", {3_000}, {2_000}),
        ("trib18j", "2018-01-10", {10_000}, {3_000}), ("kaskus18", "2018-01-16", {5_000, 10_000}, {2_000, 5_000}),
        ("tempo18", "2018-05-25", {10_000}, {5_000}), ("trib19", "2019-06-17", {10_000}, {5_000}),
        ("gatra19", "2019-12-10", {10_000}, {5_000}), ("palpos", "2023~", {10_000}, {5_000}),
    ],
)  # fmt: skip
def test_every_published_price_of_the_palace_is_there(
    source: str, as_of: str, adult: set[int], child: set[int]
) -> None:
    for visitor, wanted in (("adult", adult), ("child", child)):
        found = [
            p for p in palace() if (p.source, p.as_of, p.visitor, p.residence) == (source, as_of, visitor, "domestic")
        ]
        assert set(amounts(tuple(found))) == wanted


def test_sources_of_one_time_that_print_different_prices_are_marked() -> None:
    found = {(p.source, p.visitor, p.as_of) for p in prices.disputed(palace())}
    assert {("gatra19", "adult", "2017~"), ("republika17", "adult", "2017-10-06")} <= found
    assert not {p for p in prices.disputed(palace()) if p.source in ("kompas10", "palpos")}
