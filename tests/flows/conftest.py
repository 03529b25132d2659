from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.server import ready_prefect


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One temporary server, with a database of its own, for all tests of flows."""
    ready_prefect()
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield
