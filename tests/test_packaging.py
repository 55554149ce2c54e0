"""The wheel: built from the tree, it carries all that the site needs and runs without the checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
SOURCES = ("pesona", "templates", "static", "translations", "setup.py", "setup.cfg", "pyproject.toml", "README.md",
           "LICENSE")  # fmt: skip


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the source archive of a clean copy of the tree, in which no catalogue is compiled yet."""
    copy = tmp_path_factory.mktemp("tree")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(source, copy)
    out = tmp_path_factory.mktemp("wheel")
    run(copy, "-m", "build", "--no-isolation", "--outdir", str(out), str(copy))
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(cwd: Path, *arguments: str, python: Path | str = sys.executable, **environ: str) -> str:
    """Run *python* with *arguments* in *cwd* and return what it says; only *environ* has settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PESONA_", "PYTHONPATH"))}
    done = subprocess.run(
        [str(python), *arguments], cwd=cwd, env=clean | environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that holds the wheel and sees the libraries of this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    (site,) = folder.glob("lib/python*/site-packages")
    # This adds the libraries, but not what .pth files among them add: the checkout.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    run(folder, "-m", "installer", str(wheel), python=folder / "bin/python")
    return folder


def files_of(folder: Path) -> set[str]:
    """Return the files below *folder* that are sources, by their address in it."""
    found = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return {str(file) for file in found if "__pycache__" not in file.parts}


@pytest.mark.parametrize("folder", ["templates", "static", "translations"])
def test_every_file_beside_the_package_is_inside_the_wheel(unpacked: Path, folder: str) -> None:
    assert files_of(ROOT / folder)
    assert files_of(ROOT / folder) - files_of(unpacked / "pesona" / folder) == set()


def test_every_file_of_the_package_is_inside_the_wheel(unpacked: Path) -> None:
    missing = files_of(ROOT / "pesona") - files_of(unpacked / "pesona")
    assert missing == set()


def test_the_catalogue_was_compiled_while_it_was_built(unpacked: Path) -> None:
    assert (unpacked / "pesona/translations/id/LC_MESSAGES/messages.mo").stat().st_size


def test_nothing_of_tests_or_state_is_in_the_wheel(unpacked: Path) -> None:
    tops = {path.name for path in unpacked.iterdir()}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"pesona"}
    assert [name for name in files_of(unpacked) if name.endswith((".sqlite", "secret_key"))] == []


ASK = """
import re
from pesona.app import create_app
client = create_app().test_client()
for path in ("/id/", "/en/destinations", "/id/cari?q=istana"):
    page = client.get(path)
    sheet = re.search('rel="stylesheet" href="([^"]+)"', page.text)[1]
    print(page.status_code, client.get(sheet).status_code, "lang=" + re.search('<html lang="(..)"', page.text)[1])
card = re.search('property="og:image" content="https?://[^/]+([^"]+)"', client.get("/en/").text)[1]
print(client.get(card).status_code, "card")
print(re.search('class="skip"[^>]*>([^<]+)', client.get("/id/").text)[1])
"""


def test_the_installed_site_runs_from_any_folder(installed: Path, tmp_path: Path) -> None:
    python, pesona = installed / "bin/python", installed / "bin/pesona"
    elsewhere, home = tmp_path / "elsewhere", tmp_path / "home"
    elsewhere.mkdir()
    settings = {"PESONA_HOME": str(home)}
    where = run(elsewhere, "-c", "import pesona; print(pesona.__file__)", python=python)
    assert Path(where.strip()).is_relative_to(installed), "not the wheel but the checkout was imported"
    for command in (["init"], ["demo"], ["content", "check"], ["index", "check"]):
        run(elsewhere, *command, python=pesona, **settings)
    assert (home / "pesona.sqlite").exists()
    assert list(elsewhere.iterdir()) == []
    *answers, skip = run(elsewhere, "-c", ASK, python=python, **settings).splitlines()
    assert answers == ["200 200 lang=id", "200 200 lang=en", "200 200 lang=id", "200 card"]
    with (ROOT / "translations/id/LC_MESSAGES/messages.po").open("rb") as catalogue:
        assert skip in [message.string for message in read_po(catalogue)]


def test_without_a_home_the_state_stays_in_the_environment(installed: Path, tmp_path: Path) -> None:
    code = "from pesona.paths import default_home; print(default_home())"
    said = Path(run(tmp_path, "-c", code, python=installed / "bin/python").strip())
    assert said.is_relative_to(installed)
    assert "site-packages" not in said.parts
