"""The processes of the operator's Prefect server: started, watched, and ended in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

from flows.operating.environment import MARK
from flows.operating.home import HOST, Home, ServerError

START_SECONDS = 180
_PATIENCE = 10.0
_POLL = 0.25


@dataclass(slots=True)
class Child:
    """A program of the server's, in a session of its own: a Ctrl-C at the terminal reaches us alone.

    Args:
        name: what its log is called.
        arguments: a module, and what it is told.
        environment: all that it gets.
        log: where what it prints goes, the last run's beside it as `.1`; None for where ours goes.
    """

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path | None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it."""
        if self.log is None:
            self._start(None)
            return
        if self.log.exists():
            self.log.replace(self.log.with_name(f"{self.log.name}.1"))
        with self.log.open("wb") as log:
            self._start(log)

    def _start(self, log: IO[bytes] | None) -> None:
        self.process = subprocess.Popen(  # noqa: S603  our own interpreter
            [sys.executable, "-m", *self.arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=dict(self.environment),
            start_new_session=True,
        )

    @property
    def is_running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def stop(self, patience: float = _PATIENCE) -> None:
        """Ask it to end, and end it where it does not within so many seconds."""
        if self.process is None or not self.is_running:
            return
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def last_words(self) -> str:
        """Return the last line that it printed into its log and that says something."""
        if self.log is None:
            return ""
        try:
            lines = self.log.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        return next((line.strip() for line in reversed(lines) if line.strip()), "")[:300]


def await_answer(server: Child, port: int, seconds: float = START_SECONDS) -> None:
    """Wait until a server answers.

    Raises:
        ServerError: it ended, or did not answer in time.
    """
    until = time.monotonic() + seconds
    while not answers(f"http://{HOST}:{port}"):
        if not server.is_running:
            told = server.last_words()
            hint = f"详见 {server.log}"
            raise ServerError(f"服务没有启动成功：{told}", hint=hint)
        if time.monotonic() > until:
            raise ServerError(f"服务 {seconds:.0f} 秒内没有启动好", hint=f"详见 {server.log}")
        time.sleep(_POLL)


def answers(address: str, patience: float = 5) -> bool:
    """Whether a server answers there.

    Args:
        address: of the server.
        patience: seconds that it may take; a busy one takes some, one that is away refuses at once.
    """
    return is_well(f"{address}/api/health", patience)


def is_well(url: str, patience: float = 5) -> bool:
    """Whether what stands there answers within some seconds that it is well."""
    try:
        with urlopen(url, timeout=patience) as answer:  # noqa: S310  our own server
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def end_left_over(home: Home, spared: Collection[int] = (), patience: float = _PATIENCE) -> int:
    """End what is left of a server and its runs, wherever it is in the tree of processes; return how many.

    A worker that is killed leaves its flows behind, a supervisor that is killed all of them. They are known
    by their environment, so nothing is found where the system does not show that (elsewhere than on Linux).

    Args:
        home: of the server.
        spared: the processes that go on.
        patience: seconds that they may take to end in order.
    """
    found = _processes_of(home, spared)
    for pid, parent in found.items():
        # Who has a parent among them is ended by it, once it has said what there is to say.
        if parent not in found:
            with suppress(OSError):
                os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + patience
    while (left := _processes_of(home, spared)) and time.monotonic() < until:
        time.sleep(_POLL)
    for pid in left:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    return len(found)


def _processes_of(home: Home, spared: Collection[int]) -> dict[int, int]:
    """Return the processes of a server, each with its parent."""
    wanted = f"{MARK}={home.folder}\0".encode()
    found = {}
    for path in Path("/proc").glob("[0-9]*/environ"):
        pid = int(path.parent.name)
        if pid == os.getpid() or pid in spared:
            continue
        # It may end while we look, or be another user's.
        with suppress(OSError):
            if wanted in path.read_bytes():
                state, parent = _state(path.parent)
                if state != "Z":
                    found[pid] = parent
    return found


def _state(process: Path) -> tuple[str, int]:
    state, parent = (process / "stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()[:2]
    return state, int(parent)
