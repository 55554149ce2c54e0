"""The settings: every wrong value stops the start by name, and the key is made once for its owner alone."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pesona.app import create_app
from pesona.paths import default_home
from pesona.settings import NAMES, Settings, WrongSetting, read_settings, secret_key
from tests.client import ORIGIN


def settings(home: Path, **values: str) -> Settings:
    return read_settings({"PESONA_HOME": str(home), **{f"PESONA_{name}": value for name, value in values.items()}})


def test_the_defaults_are_those_of_the_readme(tmp_path: Path) -> None:
    found = settings(tmp_path)
    assert found == Settings(tmp_path, f"sqlite:///{tmp_path / 'pesona.sqlite'}", ORIGIN, "", 0, True)
    assert default_home() == Path(__file__).parent.parent / "instance"


def test_the_readme_names_every_setting() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    assert [name for name in NAMES if f"| `PESONA_{name}` |" not in readme] == []


WRONG = [
    ("DATABASE_URL", value)
    for value in ("mysql://localhost/siak", "postgresql://localhost/siak", "sqlite://", "siak.sqlite",
                  "postgresql+psycopg://host:port/siak")
] + [
    ("SITE_URL", value)
    for value in ("siakkab.go.id", "//siakkab.go.id", "ftp://siakkab.go.id", "https://", "https:///id",
                  "https://siakkab.go.id/wisata", "https://siakkab.go.id?a", "https://siakkab.go.id#a",
                  "https://me@siakkab.go.id", "https://siakkab.go.id:0", "https://siakkab.go.id:99999",
                  "https://siakkab.go.id:", "https://siakkab.go.id:https", "https://[::1", "https://siak kab.go.id",
                  "https://siak<b>.go.id", 'https://siak".go.id', "javascript:alert(1)")
] + [
    ("PROXIES", value) for value in ("-1", "11", "1.5", "one", " 1", "²", "٣", "9" * 5000, "True")
] + [
    ("OFFLINE", value) for value in ("no", "2", "true", " 0")
] + [
    ("HOME", value) for value in ("/dev/null/siak", "~nobody-of-this-name/siak")
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG, ids=lambda text: text[:40])
def test_a_wrong_value_stops_the_start_and_names_its_setting(tmp_path: Path, name: str, value: str) -> None:
    environ = {"PESONA_HOME": str(tmp_path), f"PESONA_{name}": value}
    with pytest.raises(WrongSetting, match=f"^PESONA_{name}: "):
        create_app(environ)


@pytest.mark.parametrize("name", ["PESONA_PROXY", "PESONA_", "PESONA_home", "PESONA_DEBUG"])
def test_an_unknown_setting_stops_the_start_and_is_named_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongSetting, match=f"^{name}: ") as stopped:
        read_settings({"PESONA_HOME": str(tmp_path), name: "1"})
    assert all(f"PESONA_{known}" in str(stopped.value) for known in NAMES)


def test_other_programs_settings_are_none_of_ours(tmp_path: Path) -> None:
    read_settings({"PESONA_HOME": str(tmp_path), "HOME": "/nowhere", "PESONAX": "1", "FLASK_DEBUG": "0"})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://wisata.siakkab.go.id", "https://wisata.siakkab.go.id"),
        ("HTTPS://Wisata.SiakKab.go.id/", "https://wisata.siakkab.go.id"),
        ("http://10.0.0.7:8123", "http://10.0.0.7:8123"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_site_address_is_kept_as_browsers_write_it(tmp_path: Path, given: str, kept: str) -> None:
    assert settings(tmp_path, SITE_URL=given).site_url == kept


def test_a_file_in_the_place_of_the_home_folder_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WrongSetting, match=r"^PESONA_HOME: "):
        settings(tmp_path / "file")


def test_a_home_folder_that_is_not_there_is_made_without_access_for_others(tmp_path: Path) -> None:
    home = tmp_path / "state" / "siak"
    assert settings(home).home == home
    assert stat.S_IMODE(home.stat().st_mode) & 0o007 == 0


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    key = secret_key(settings(tmp_path))
    keyfile = tmp_path / "secret_key"
    assert stat.S_IMODE(keyfile.stat().st_mode) == 0o600
    assert len(key) >= 64
    assert secret_key(settings(tmp_path)) == key == keyfile.read_text()
    assert os.listdir(tmp_path) == ["secret_key"]


def test_two_homes_have_two_keys(tmp_path: Path) -> None:
    assert secret_key(settings(tmp_path / "a")) != secret_key(settings(tmp_path / "b"))


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    code = "import os; from pesona.settings import *; print(secret_key(read_settings(os.environ)))"
    environ = {**os.environ, "PESONA_HOME": str(tmp_path)}
    running = [
        subprocess.Popen([sys.executable, "-c", code], env=environ, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]  # fmt: skip
    assert {process.communicate()[0].strip() for process in running} == {(tmp_path / "secret_key").read_text()}


def test_an_empty_key_file_never_becomes_the_key(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("\n")
    with pytest.raises(WrongSetting, match=r"^PESONA_SECRET_KEY: "):
        create_app({"PESONA_HOME": str(tmp_path)})


@pytest.mark.parametrize("key", ["123456", "true", '"quoted"', "a1b2c3"])
def test_a_key_that_is_set_is_taken_as_it_is_written(tmp_path: Path, key: str) -> None:
    assert secret_key(settings(tmp_path, SECRET_KEY=key)) == key
    assert os.listdir(tmp_path) == []


def test_the_shell_says_a_wrong_setting_in_one_line(tmp_path: Path) -> None:
    environ = {**os.environ, "PESONA_HOME": str(tmp_path), "PESONA_PROXIES": "many"}
    said = subprocess.run([sys.executable, "-m", "pesona", "init"], env=environ, capture_output=True, text=True)
    assert said.returncode == 1
    assert ["PESONA_PROXIES" in line for line in said.stderr.splitlines()] == [True]
    assert os.listdir(tmp_path) == []
