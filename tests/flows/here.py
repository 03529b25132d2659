"""The commands of nianbao in the test's own process: a process of their own takes seconds to start."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from flows import cli


@contextmanager
def _kept(number: int) -> Iterator[IO[bytes]]:
    """Let all that is written to a file descriptor, workers' words included, go to a file."""
    with tempfile.TemporaryFile() as file:
        before = os.dup(number)
        os.dup2(file.fileno(), number)
        try:
            yield file
        finally:
            os.dup2(before, number)
            os.close(before)


def nianbao(*arguments: str | Path) -> tuple[int, str, str]:
    """Run a command; return its exit status, and what it printed on standard output and standard error."""
    with (
        _kept(1) as told,
        _kept(2) as errors,
        TextIOWrapper(os.fdopen(os.dup(1), "wb"), encoding="utf-8") as out,
        TextIOWrapper(os.fdopen(os.dup(2), "wb"), encoding="utf-8", write_through=True) as err,
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        status = cli.main([str(each) for each in arguments])
        out.flush()
        err.flush()
        told.seek(0)
        errors.seek(0)
        return status, told.read().decode(), errors.read().decode()
