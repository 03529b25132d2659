"""What a stop by the user is known by on its way up, and who must not feel his Ctrl-C."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from nianbao.errors import NianbaoError


class StoppedError(NianbaoError):
    """The user stopped the run while there was work left (exit status 130)."""


def stop_when_told() -> None:
    """Take the end of the terminal, and a polite kill, for a Ctrl-C: what was started is ended in order."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


@contextmanager
def sheltered() -> Iterator[None]:
    """Start processes inside that a Ctrl-C at the terminal does not reach.

    It goes to every process of the terminal's group, and a server that died of it could not be told the end.
    """
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetConsoleCtrlHandler(None, True)
        try:
            yield
        finally:
            kernel.SetConsoleCtrlHandler(None, False)
        return
    # Children inherit the mask of the thread that starts them.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
