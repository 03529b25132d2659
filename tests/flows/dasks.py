"""A Dask scheduler and workers as processes of their own, open to loopback alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Dask:
    """A cluster as an operator starts it; use it as a context manager.

    Args:
        folder: for its files.
        workers: how many.
        nanny: whether each has a nanny that starts it again.
        daemon: whether workers are denied children of their own, as Dask does unless told otherwise.
    """

    folder: Path
    workers: int = 2
    nanny: bool = False
    daemon: bool = False
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> Self:
        card = self.folder / "scheduler.json"
        here = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")
        self._start("scheduler", *here, "--port", "0", "--scheduler-file", str(card))
        told = [*here, "--scheduler-file", str(card), "--nthreads", "1"]
        for _ in range(self.workers):
            self._start("worker", *told, "--nanny" if self.nanny else "--no-nanny")
        return self

    @property
    def engine(self) -> str:
        """What `--engine` is told."""
        return f"dask={self.address}"

    @property
    def address(self) -> str:
        import json

        card = self.folder / "scheduler.json"
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            with suppress(OSError, ValueError):
                return str(json.loads(card.read_text())["address"])
            time.sleep(0.05)
        raise TimeoutError("no scheduler")

    def kill(self, *numbers: int) -> None:
        """Kill workers, the first of which is 0."""
        for number in numbers:
            self.processes[1 + number].send_signal(signal.SIGKILL)

    def kill_workers(self) -> None:
        """Kill the workers below their nannies, which start others."""
        import psutil

        for process in self.processes[1:]:
            for child in psutil.Process(process.pid).children():
                child.kill()

    def _start(self, kind: str, *options: str) -> None:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'flows'}"}
        environment["DASK_DISTRIBUTED__WORKER__DAEMON"] = str(self.daemon)
        with (self.folder / f"{kind}.log").open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    [sys.executable, "-m", "dask", kind, *options],
                    cwd=self.folder,
                    env=environment,
                    stdout=log,
                    stderr=log,
                )
            )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
