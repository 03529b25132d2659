from __future__ import annotations

from collections.abc import Iterator

import pytest
from operated import Operated, processes_of


@pytest.fixture(scope="session")
def operated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Operated]:
    """The one server of this session, with its worker; Ctrl-C ends both."""
    place = tmp_path_factory.mktemp("operated")
    (place / "home").mkdir()
    running = Operated(place / "server", place / "home")
    running.start()
    try:
        yield running
    finally:
        status = running.stop()
        left = processes_of(running.folder)
    assert (status, left) == (0, [])
