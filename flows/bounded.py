"""Holds a process that reads files to its time and memory, and says what came of one that went past them."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import time
from pathlib import Path
from threading import Thread

from nianbao.limits import limits

_PARENT_SECONDS = 1.0
DIED = "处理这份文件时工作进程意外退出，文件可能已损坏"


def too_late(seconds: float) -> str:
    """Return what to say of a file that took longer than it may."""
    return f"处理超过 {seconds:g} 秒，已放弃这份文件"


class Watchdog:
    """Ends the process at a limit: a C thread, so that a library which never lets go is ended too.

    Args:
        seconds: the limit.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._trace = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  the watchdog writes to it

    def __enter__(self) -> None:
        faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._trace)

    def __exit__(self, *_: object) -> None:
        faulthandler.cancel_dump_traceback_later()
        self._trace.close()


def begin_bounded(*, slow: bool) -> None:
    """Begin the life of a process that reads: deaf to Ctrl-C, held to its memory.

    Ctrl-C reaches the whole process group; the parent alone decides what becomes of its workers. Past its
    memory the system refuses this process more, and the machine is spared.

    Args:
        slow: whether it recognises pictures, which takes twice the memory.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    if sys.platform != "linux":
        return
    import resource

    most = limits().worker_megabytes * 1024 * 1024 * (2 if slow else 1)
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or hard >= most:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _end_with(parent: int) -> None:
    """End this process soon after its parent was killed: nobody would fetch what it makes."""
    while os.getppid() == parent:
        time.sleep(_PARENT_SECONDS)
    os._exit(1)
