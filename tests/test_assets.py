"""Static files: one hash for the whole tree, a year of keeping, an older hash still answered."""

import re

from tests.client import SelfCheckingClient


def stylesheet(reader: SelfCheckingClient) -> str:
    return reader.visit("/en/").one("link", rel="stylesheet").get("href", "")


def test_the_stylesheet_is_kept_for_a_year_and_whatever_it_names_is_there(reader: SelfCheckingClient) -> None:
    address = stylesheet(reader)
    answer = reader.get(address)
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    for relative in re.findall(r'url\("?([^")#]+)', answer.text):
        assert reader.get(address.rsplit("/", 1)[0] + "/" + relative).status_code == 200, relative


def test_an_older_hash_answers_the_current_file_without_being_kept(reader: SelfCheckingClient) -> None:
    answer = reader.get("/static/0123456789ab/site.css")
    assert answer.data == reader.get(stylesheet(reader)).data
    assert answer.headers["Cache-Control"] == "public, no-cache"


def test_a_file_is_not_sent_twice(reader: SelfCheckingClient) -> None:
    tag = reader.get(stylesheet(reader)).headers["ETag"]
    assert reader.get(stylesheet(reader), headers={"If-None-Match": tag}).status_code == 304


def test_styles_travel_compressed_and_pictures_as_they_are(reader: SelfCheckingClient) -> None:
    address = stylesheet(reader)
    asked = {"Accept-Encoding": "br"}
    assert reader.get(address, headers=asked).headers["Content-Encoding"] == "br"
    icon = address.rsplit("/", 1)[0] + "/img/icon-192.png"
    assert "Content-Encoding" not in reader.get(icon, headers=asked).headers


def test_no_path_leads_out_of_the_tree(reader: SelfCheckingClient) -> None:
    for path in ("../setup.cfg", "..%2fsetup.cfg", "css/../../setup.cfg", "", "img", "site.css/x"):
        assert reader.get(f"/static/0123456789ab/{path}").status_code == 404
