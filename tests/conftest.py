"""What all tests share."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import chrome
import pytest
from hypothesis import settings
from libreoffice import LibreOffice
from migrated import migrated_database
from needs import lacking, need_ocr
from pgserver import Server, find_programs

if TYPE_CHECKING:
    from loopback import Loopback
    from playwright.sync_api import Browser

_NO_SERVER = "needs the server programs of PostgreSQL (Debian: postgresql)"
_NO_BROWSER = "needs playwright (extra web-js) and Chromium (Debian: chromium)"
_NO_OFFICE = "needs LibreOffice (Debian: libreoffice-writer, libreoffice-calc)"
_FOLDER = pytest.StashKey[str]()
_RUNS = Path(__file__).with_name("flows")


# How long an example takes is no failure: machines differ, and benchmarks measure.
settings.register_profile("nianbao", deadline=None)
settings.load_profile("nianbao")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a cache folder of its own: what an earlier run converted or recognised must not count."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell has what it starts in the background deaf to Ctrl-C, and so all that the tests start.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(config, "workerinput"):
        # The workers of one run share its folder, by the environment that they are started in.
        return
    config.stash[_FOLDER] = tempfile.mkdtemp(prefix="nianbao-tests-")
    os.environ["XDG_CACHE_HOME"] = config.stash[_FOLDER]


def pytest_unconfigure(config: pytest.Config) -> None:
    if _FOLDER in config.stash:
        shutil.rmtree(config.stash[_FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the runs, which take long: at the end no process waits for another's last file."""
    items.sort(key=lambda item: _RUNS not in item.path.parents)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file given as bytes by its argument: a zip holds the time, and workers must agree on names."""
    return argname if isinstance(val, bytes) and len(val) > 40 else None


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for the tests of this session."""
    programs = find_programs()
    if programs is None:
        lacking(_NO_SERVER)
    made = Server.make(programs)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(made.folder)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The system's Chromium, with what drives it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None or importlib.util.find_spec("playwright") is None:
        lacking(_NO_BROWSER)
    return Path(found)


# Not for longer: see `chrome.started`.
@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Chromium, for the tests of a file."""
    with chrome.started(chromium) as running:
        yield running


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    """The system's LibreOffice, with a profile for this session."""
    found = shutil.which("soffice")
    if found is None:
        lacking(_NO_OFFICE)
    return LibreOffice(found, tmp_path_factory.mktemp("libreoffice"))


@pytest.fixture(scope="session")
def prefect_database() -> Path:
    """Prefect's database, migrated: in this run's cache, where `nianbao run` finds it and starts sooner."""
    return migrated_database(Path(os.environ["XDG_CACHE_HOME"]))


@pytest.fixture(scope="session")
def ocr() -> None:
    """What recognises characters is installed."""
    need_ocr()


@pytest.fixture(autouse=True)
def _as_marked(request: pytest.FixtureRequest) -> None:
    """Ask for LibreOffice wherever a test is marked `office`, whoever starts it."""
    if request.node.get_closest_marker("office"):
        request.getfixturevalue("libreoffice")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a store may be made: on SQLite a path, on PostgreSQL the address of an empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "年报.db")
        return
    running: Server = request.getfixturevalue("server")
    address = running.new_database()
    yield address
    running.drop(address)


@pytest.fixture(scope="session")
def loopback_sites() -> Iterator[Loopback]:
    """The fictional county's sites, for the tests of this session (docs/loopback-site.md)."""
    from loopback import Loopback

    with Loopback() as running:
        yield running


@pytest.fixture
def loopback(loopback_sites: Loopback) -> Iterator[Loopback]:
    """The fictional county's sites without faults, and with an empty log."""
    loopback_sites.reset()
    yield loopback_sites
    assert loopback_sites.log.errors == []
