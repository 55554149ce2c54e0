"""What a browser accepts and what it has already."""

import pytest

from pesona.wsgi import best_encoding, matches_etag


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0,gzip ; q=0.000", ""),
        ("br; q=0.00, gzip; q=0.8", "gzip"),
        ("gzip;q=0", ""),
        ("br;q=0.001", "br"),
        ("x-gzip, brotli, deflate", ""),
        ("abrupt, gzipped", ""),
        (" gzip ", "gzip"),
        (";;,,=", ""),
    ],
)
def test_the_best_encoding_is_one_that_is_accepted(accepted: str, encoding: str) -> None:
    assert best_encoding(accepted) == encoding


def test_only_what_is_offered_is_chosen() -> None:
    assert best_encoding("gzip, br", {"gzip": b""}) == "gzip"
    assert best_encoding("br", ("gzip",)) == ""
    assert best_encoding("gzip, br", ()) == ""


@pytest.mark.parametrize("header", ['W/"abc"', '"abc"', '"x", W/"abc"', 'W/"x","abc" , "y"'])
def test_an_etag_is_known_again_weak_or_strong(header: str) -> None:
    assert matches_etag(header, 'W/"abc"')


@pytest.mark.parametrize("header", ["", '"ab"', '"abcd"', "abc", 'W/"ABC"', '"x", "y"', '"', "W/"])
def test_another_etag_is_not(header: str) -> None:
    assert not matches_etag(header, 'W/"abc"')
