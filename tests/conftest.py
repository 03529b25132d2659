"""What all tests share."""

from __future__ import annotations

import os
import shutil
import tempfile

import pytest

_FOLDER = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a cache folder of its own: what an earlier run converted or recognised must not count."""
    config.stash[_FOLDER] = tempfile.mkdtemp(prefix="nianbao-tests-")
    os.environ["XDG_CACHE_HOME"] = config.stash[_FOLDER]


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[_FOLDER], ignore_errors=True)
