"""Whose turn it is at a host: runs that ask the same one take turns, in other processes or on other machines.

A source that asks the web takes a turn at a host before it does, and gives it back when it has asked what it
wanted and waited as long after it as it would before a next request. Who is told by what else than this
machine that it is his turn sets `TURNS`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

from nianbao.cache import cache_folder
from nianbao.errors import NianbaoError

if TYPE_CHECKING:
    from filelock import BaseFileLock

# As long as a host may be asked for in one visit and a good deal more; what was left is asked the next time.
LONGEST_WAIT = 2 * 3600.0
_POLL = 0.3
# A wait that is told of is no mere passing by.
_TOLD_AFTER = 5.0
_LOG = logging.getLogger(__name__)


class NoTurnError(NianbaoError):
    """It did not become our turn."""


class Turn(Protocol):
    """A host that is ours to ask, and nobody else's."""

    @property
    def until(self) -> float:
        """Until when it is, by this machine's monotonic clock; `inf` where it is until it is given back."""

    @property
    def every(self) -> float | None:
        """After how many seconds it is to be renewed, again and again; None where it need not be."""

    def renew(self) -> bool:
        """Make it last longer, where that is possible; return whether it is still ours."""


class Turns(Protocol):
    """Gives turns at hosts."""

    def at(self, host: str, given_up: threading.Event, seconds: float = 0.0) -> AbstractContextManager[Turn]:
        """Wait for our turn, and give it back at the end.

        Args:
            host: its name, with the port where that makes it another.
            given_up: set by another thread when nobody waits any more.
            seconds: the longest that one request may take; a turn lasts longer.

        Raises:
            NoTurnError: it did not come, and why; when entering.
        """


class Held:
    """A turn that is ours until it is given back, or this process ends."""

    until = float("inf")
    every = None

    def renew(self) -> bool:
        """Return that it is ours."""
        return True


class MachineTurns:
    """Turns among the processes of this user on this machine: a locked file a host.

    The system frees it however its holder ends. Where there can be no such file, every process has its turn.

    Args:
        folder: of the files; that of the cache where None.
        longest: how many seconds to wait at most.
    """

    def __init__(self, folder: Path | None = None, longest: float = LONGEST_WAIT) -> None:
        self._folder, self._longest = folder, longest

    @contextmanager
    def at(self, host: str, given_up: threading.Event, seconds: float = 0.0) -> Iterator[Turn]:
        """Wait for our turn, as `Turns` has it."""
        from filelock import FileLock

        folder = self._folder or cache_folder() / "hosts"
        lock = FileLock(folder / f"{quote(host, safe='')}.lock", thread_local=False)
        wait_for(lambda: _is_taken(lock, folder), host, given_up, self._longest)
        try:
            yield Held()
        finally:
            lock.release()


def _is_taken(lock: BaseFileLock, folder: Path) -> bool:
    from filelock import Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire(blocking=False)
    except Timeout:
        return False
    except (OSError, NotImplementedError):
        # No folder, no room, a file system that locks nothing: no reason not to collect.
        return True
    return True


def wait_for(
    take: Callable[[], bool],
    host: str,
    given_up: threading.Event,
    longest: float,
    poll: Callable[[], float] = lambda: _POLL,
) -> None:
    """Try to take a turn until that succeeds; a wait of some seconds is told in the log.

    Args:
        take: tries it, and tells whether it was taken.
        host: whose.
        given_up: set when nobody waits any more.
        longest: how many seconds to wait.
        poll: how many seconds there are between two tries.

    Raises:
        NoTurnError: the time is over, or nobody waits.
    """
    began, is_told = time.monotonic(), False
    while not take():
        waited = time.monotonic() - began
        if waited > longest:
            raise NoTurnError(f"另一次运行一直在采集这个网站，等了 {told_time(longest)}，下次运行再采集")
        if waited > _TOLD_AFTER and not is_told:
            _LOG.warning("另一次运行正在采集 %s，等它采集完", host)
            is_told = True
        if given_up.wait(poll()):
            raise NoTurnError("不再等候")


def told_time(seconds: float) -> str:
    """Return a time in Chinese."""
    if seconds < 60:
        return f"{seconds:.0f} 秒"
    return f"{seconds / 60:.0f} 分钟" if seconds < 7200 else f"{seconds / 3600:.0f} 小时"


TURNS: ContextVar[Turns] = ContextVar("TURNS")


def turns_here() -> Turns:
    """Return what gives turns here: what was set, else this machine's files."""
    return TURNS.get(None) or MachineTurns()
