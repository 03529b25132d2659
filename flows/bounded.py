"""Holds a process that reads files to its time and memory, and says what came of one that went past them."""

from __future__ import annotations

import ctypes
import faulthandler
import multiprocessing
import os
import signal
import sys
import time
from functools import cache
from pathlib import Path
from threading import Thread

from nianbao.guard import OverdueError, hold
from nianbao.limits import limits

_PARENT_SECONDS = 1.0
# One plugin's call on one report may take this share of the time that a file may take.
_CALL_SHARE = 4
# A call that is told to end, and does not, is told again.
_AGAIN_SECONDS = 1.0
_BOARD_BYTES = 512
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
# Called for each indicator, too often to look at the memory each time.
_MANY_CALLS = "settle"
BLAMED = "工作进程在它的这次调用中意外退出"
CALL_TOO_LATE = "它的这次调用没有结束，{:g} 秒后工作进程已中止"
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


class CallBounds:
    """Holds each plugin's call on a report to its time, and knows which one is at work.

    Where the system has no alarm, a call that hangs is ended by the watchdog, with the process.

    Args:
        seconds: that one call may take.
        megabytes: of memory that the process may take.
        board: shared with the parent, which reads from it who was at work when this process died; None
            where nobody asks.
    """

    def __init__(self, seconds: float, megabytes: int, board: Board | None = None) -> None:
        self._seconds, self._bytes, self._board = seconds, megabytes * 1024 * 1024, board
        self._at_work = ("", "")
        self._before, self._greediest = 0, (0, ("", ""))
        self._rings = hasattr(signal, "setitimer")
        if self._rings:
            signal.signal(signal.SIGALRM, self._ring)

    def begin(self, plugin: str, stage: str) -> None:
        """Start the clock."""
        self._at_work = plugin, stage
        if stage != _MANY_CALLS:
            self._before = _memory()
        if self._board is not None:
            write_board(self._board, plugin, stage)
        if self._rings:
            signal.setitimer(signal.ITIMER_REAL, self._seconds, _AGAIN_SECONDS)

    def end(self) -> None:
        """Stop the clock; a call that left half of the process's memory taken ends the process."""
        done, self._at_work = self._at_work, ("", "")
        if self._rings:
            signal.setitimer(signal.ITIMER_REAL, 0)
        if done[1] != _MANY_CALLS:
            grown = _memory() - self._before
            self._greediest = max(self._greediest, (grown, done))
            if grown * 2 > self._bytes:
                self.out_of_memory()
        if self._board is not None:
            write_board(self._board, "", "")

    def out_of_memory(self) -> None:
        """End the process where its memory is still taken: what others do in it would fail as well.

        The one to blame is the one whose call left most behind.
        """
        if _memory() * 2 < self._bytes:
            return
        if self._board is not None:
            write_board(self._board, *self._greediest[1])
        os._exit(1)

    def _ring(self, *_: object) -> None:
        if self._at_work[0]:
            raise OverdueError(f"一次调用超过 {self._seconds:g} 秒，已中止")


Board = ctypes.Array[ctypes.c_char]


def new_board() -> Board:
    """Return memory that a process shares with the one that it starts."""
    return multiprocessing.get_context("spawn").RawArray(ctypes.c_char, _BOARD_BYTES)


def write_board(board: Board, plugin: str, stage: str) -> None:
    """Write down who is at work."""
    board.value = f"{stage} {plugin}".encode()[: _BOARD_BYTES - 1] if plugin else b""


def read_board(board: Board) -> tuple[str, str] | None:
    """Return the plugin and the stage that were at work, or None."""
    stage, _, plugin = board.value.decode(errors="ignore").partition(" ")
    return (plugin, stage) if plugin else None


def _memory() -> int:
    """Return how many bytes this process takes; 0 where the system does not tell."""
    place = _memory_file(os.getpid())
    # Read at its beginning again and again: opening it takes ten times as long.
    pages = os.pread(place, 64, 0).split()[0] if place >= 0 else b"0"
    return int(pages) * _PAGE


@cache
def _memory_file(_process: int) -> int:
    """Return the open file in which Linux tells the memory of this process, or -1; a fork has another."""
    try:
        return os.open("/proc/self/statm", os.O_RDONLY)
    except OSError:
        return -1


def hold_calls(limit: float, *, slow: bool, board: Board | None = None) -> None:
    """Hold the plugins' calls of this process, for the rest of its life.

    Args:
        limit: seconds that a file may take.
        slow: as for `begin_bounded`.
        board: as for `CallBounds`.
    """
    bounds = limits()
    seconds = min(limit, bounds.file_seconds) / _CALL_SHARE
    hold(CallBounds(seconds, bounds.worker_megabytes * (2 if slow else 1), board))


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
