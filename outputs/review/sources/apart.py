"""The process in which originals are drawn and cleaned: a file made to hinder takes down it alone."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from threading import Thread
from typing import Final

from outputs.review.sources.drawing import Asked, DrawnPage, draw
from outputs.review.sources.locating import Wanted
from outputs.review.sources.webpage import decoded, framed

MEGABYTES: Final = 2048
LOCKED: Final = "原件已加密，不能在这里显示"
FAILED: Final = "原件不能在这里显示，请直接打开原件"

# The arguments of `drawn` and of `cleaned`.
Drawing = tuple[bytes, Sequence[Asked], int, frozenset[int]]
Cleaning = tuple[bytes, Mapping[int, Sequence[Wanted]], str]
Drawn = tuple[DrawnPage, ...]
Cleaned = tuple[str, frozenset[int]]


def serve(connection: Connection) -> None:
    """Draw and clean what comes through a connection until it is closed; the life of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    _bound_memory()
    while True:
        try:
            job: Drawing | Cleaning = connection.recv()
        except EOFError:
            return
        connection.send(drawn(*job) if len(job) == 4 else cleaned(*job))


def drawn(data: bytes, asked: Sequence[Asked], most: int, have: frozenset[int]) -> Drawn | str:
    """Return pages of a PDF as `draw` has them, or why not, in Chinese."""
    import pypdfium2

    try:
        return draw(data, asked, most, have)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        return LOCKED if is_locked else FAILED
    except (MemoryError, ValueError, OSError):
        return FAILED


def cleaned(data: bytes, asked: Mapping[int, Sequence[Wanted]], text: str) -> Cleaned | str:
    """Return a web page as `framed` has it, or why not, in Chinese."""
    try:
        return framed(decoded(data, text), asked, text)
    except (MemoryError, ValueError):
        return FAILED


def _bound_memory() -> None:
    if sys.platform == "linux":
        import resource

        most = MEGABYTES * 1024 * 1024
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        if hard == resource.RLIM_INFINITY or hard >= most:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _end_with(parent: int) -> None:
    """End this process soon after its parent was killed."""
    while os.getppid() == parent:
        time.sleep(2)
    os._exit(1)
