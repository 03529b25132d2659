from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from operated import Operated, processes_of


@pytest.fixture(scope="session")
def operated(tmp_path_factory: pytest.TempPathFactory, prefect_database: Path) -> Iterator[Operated]:
    """The one server of this session, with its worker; Ctrl-C ends both.

    Its database is migrated: what that takes, the workers of a run need not each take.
    """
    place = tmp_path_factory.mktemp("operated")
    (place / "home").mkdir()
    running = Operated(place / "server", place / "home")
    running.folder.mkdir()
    shutil.copyfile(prefect_database, running.folder / "prefect.db")
    running.start()
    try:
        yield running
    finally:
        status = running.stop()
        left = processes_of(running.folder)
    assert (status, left) == (0, [])
