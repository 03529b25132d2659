"""Speaks with the operator's server from a command of ours."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def connected(environment: Mapping[str, str]) -> Iterator[None]:
    """Have Prefect, which is imported inside for the first time, speak with a server.

    Args:
        environment: the one that `client_environment` returns.
    """
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
