"""What a step of a deployed run is tried again for: what passes by itself, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from flows.server import ready_prefect
from nianbao.errors import LostStoreError, PassingReadError, ReadError, StoreError, UsageError


def tried_again(error: Exception) -> bool:
    ready_prefect()
    from prefect.states import Failed

    from flows.operating.running import passes

    # Neither the task nor its run has a say.
    nobody: Any = None
    return passes(nobody, nobody, Failed(data=error))


PASSING = [LostStoreError("a"), PassingReadError("a"), ConnectionResetError("a"), TimeoutError("a")]
LASTING = [StoreError("a"), ReadError("a"), UsageError("a"), PermissionError("a"), ValueError("a")]


@pytest.mark.parametrize("error", PASSING, ids=lambda error: type(error).__name__)
def test_a_network_or_a_database_that_is_away(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not tried_again(error), "who sits before a terminal is told at once"
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", "of some deployment")
    assert tried_again(error)


@pytest.mark.parametrize("error", LASTING, ids=lambda error: type(error).__name__)
def test_what_would_fail_again(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", "of some deployment")
    assert not tried_again(error)
