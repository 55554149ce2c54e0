"""Pasted lines become points or a reason (E-54); nothing is fetched."""

import socket

import pytest

from pesona.geo.paste import Pasted, Unreadable, read

HERE = (0.79535, 102.0478)
GOOGLE = "https://www.google.com/maps"
DATA = "data=!3m1!4b1!4m6!3m5!1s0x31d3:0x9!8m2!3d0.79535!4d102.0478!16s%2Fg%2F1?entry=ttu"

POINTS = {
    "0.79535, 102.0478": HERE,
    "  (0.79535 102.0478)  ": HERE,
    "0,79535 102,0478": HERE,
    "0,79535; 102,0478": HERE,
    "0,79535, 102,0478": HERE,
    "0,79535,102,0478": HERE,
    "-0.5 101.4": (-0.5, 101.4),
    "\u22120.5, 101.4": (-0.5, 101.4),
    "Lat: 0.79535 Long: 102.0478": HERE,
    "lintang 0,79535 bujur 102,0478": HERE,
    "0.79535 LU 102.0478 BT": HERE,
    "102.0478 BT 0.79535 LU": HERE,
    "0.79535 Lintang Utara 102.0478 Bujur Timur": HERE,
    "U 0.79535 T 102.0478": HERE,
    "0.79535N,102.0478E": HERE,
    "0,79535° LU, 102,0478° BT": HERE,
    "0°47'43.26\"N 102°02'52.08\"E": HERE,
    "0° 47' 43,26\" LU, 102° 2' 52,08\" BT": HERE,
    "0°47′43.26″ LU 102°02′52.08″ BT": HERE,
    "0°47’43.26” N, 102°2’52.08” E": HERE,
    "N 0°47'43.26\" E 102°2'52.08\"": HERE,
    "0 47 43.26 N 102 2 52.08 E": HERE,
    "0°47.721'N, 102°2.868'E": HERE,
    "0°30'LS 101°27'BT": (-0.5, 101.45),
    "geo:0.79535,102.0478;u=35?z=17": HERE,
    "geo:0,0?q=0.79535,102.0478(Istana)": HERE,
    "https://www.openstreetmap.org/?mlat=0.79535&mlon=102.0478#map=17/0.7/102.0": HERE,
    f"{GOOGLE}/place/Istana+Siak/@0.7901,102.0401,17z/{DATA}": HERE,
    f"{GOOGLE}/dir/0.7,102.0/0.79,102.05/@0.7,102.0,9z/data=!3d0.7!4d102.0!3d0.79535!4d102.0478": HERE,
    "https://maps.google.com/?q=0.79535,102.0478": HERE,
    f"{GOOGLE}/search/?api=1&query=0.79535%2C102.0478": HERE,
    f"{GOOGLE}/place/0%C2%B047'43.26%22N+102%C2%B002'52.08%22E/@0.7,102.0,17z": HERE,
    f"{GOOGLE}/place/6PG4Q2WX%2B44": (0.795313, 102.047812),
    "6PG4Q2WX+44": (0.795313, 102.047812),
    "6pg4q2wx+44 Siak, Riau": (0.795313, 102.047812),
}
WINDOWS = (
    "https://www.openstreetmap.org/#map=17/0.79535/102.0478",
    f"{GOOGLE}/@0.79535,102.0478,17z",
    f"{GOOGLE}/place/Istana+Siak/@0.79535,102.0478,17z",
    f"{GOOGLE}/embed?pb=!1m18!1m12!1m3!1d3989!2d102.0478!3d0.79535",
)
SWAPPED = ("102.0478, 0.79535", "102,0478 0,79535", "geo:102.0478,0.79535", "102.0478 N 0.79535 E")
REFUSED = {
    "": "nothing",
    "   ": "nothing",
    "Istana Siak": "nothing",
    "Jalan Sultan Syarif Kasim 12 no 5": "nothing",
    "0.79535": "one_number",
    "1,102": "one_number",
    "1 2 3": "many",
    "0.79535 " * 300: "many",
    "95, 200": "range",
    "0°61'0\"N 102°0'0\"E": "range",
    "0.79535 N 102.0478 N": "letters",
    "0.79535 N 102.0478": "letters",
    "Q2WX+44 Siak": "short_plus",
    "6PG4Q200+": "coarse_plus",
    "https://maps.app.goo.gl/abc123": "short_link",
    "maps.app.goo.gl/abc123": "short_link",
    "https://goo.gl/maps/x": "short_link",
    "https://osm.org/go/abc": "short_link",
    "https://www.openstreetmap.org/node/12": "link_without_point",
    "https://pesona.example.id/id/": "link_without_point",
    "http://[": "link_without_point",
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a paste opened a connection")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.parametrize("line", POINTS)
def test_a_line_is_read_as_its_point(line: str) -> None:
    assert read(line) == Pasted(*POINTS[line])


@pytest.mark.parametrize("line", WINDOWS)
def test_the_middle_of_a_map_is_marked_as_no_more_than_that(line: str) -> None:
    assert read(line) == Pasted(*HERE, only_window=True)


@pytest.mark.parametrize("line", SWAPPED)
def test_a_swapped_pair_is_noticed_from_the_box_of_the_regency(line: str) -> None:
    assert read(line) == Pasted(*HERE, swapped=True)


@pytest.mark.parametrize("line", REFUSED)
def test_a_line_without_a_point_has_its_own_reason(line: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(line)
    assert refused.value.reason == REFUSED[line]
