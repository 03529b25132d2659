"""Starts a process that reads the probes with a plugin, and collects what it tells."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Any, NamedTuple, Self

from nianbao.kit.request import Request, written

# A process that has told nothing for so many seconds is ended: some ten times what the longest text may take.
PATIENCE = 60.0
_LOOK_EVERY = 0.2
# Of what a process says on its standard error so much is looked at, from the end.
_TAIL = 4_000


class Key(NamedTuple):
    """What was read: a group of probes, the probe, and in which profile's region; "" for in none."""

    group: str
    name: str
    region: str

    @property
    def told(self) -> str:
        """How a user reads it."""
        return f"{self.name}（{self.region}）" if self.region else self.name


@dataclass(slots=True)
class Answers:
    """What a process told of its work.

    Args:
        events: its answers, in order.
        ended: why it did not come to its end, in Chinese; empty where it did.
    """

    events: list[Mapping[str, Any]] = field(default_factory=list)
    ended: str = ""

    def of(self, event: str) -> list[Mapping[str, Any]]:
        """Return the answers of a kind."""
        return [each for each in self.events if each["event"] == event]

    def problems(self, *checks: str) -> tuple[str, ...]:
        """Return the lines of some checks' problems."""
        return tuple(each["line"] for each in self.of("problem") if each["check"] in checks)

    def rows(self, *groups: str) -> dict[Key, list[Any]]:
        """Return the readings of groups, by what was read."""
        told = (each for each in self.of("reading") if each["group"] in groups)
        return {Key(each["group"], each["name"], each["region"]): each["rows"] for each in told}


def ask(request: Request, *, seed: int, patience: float = PATIENCE) -> Answers:
    """Let a process of its own read the probes.

    Args:
        request: what it is to do.
        seed: of its hashes.
        patience: seconds that it may be silent.
    """
    return ask_all([(request, seed)], patience)[0]


def ask_all(wanted: Sequence[tuple[Request, int]], patience: float = PATIENCE) -> list[Answers]:
    """Let processes read side by side; whatever ends this call ends them too.

    Args:
        wanted: (what it is to do, seed of its hashes) of each.
        patience: seconds that each may be silent.
    """
    with ExitStack() as stack:
        running = [stack.enter_context(_Process(request, seed)) for request, seed in wanted]
        return [each.answers(patience) for each in running]


class _Process:
    """A process that reads; use it as a context manager: with it go all that it has started."""

    def __init__(self, request: Request, seed: int) -> None:
        self._request, self._seed = request, seed

    def __enter__(self) -> Self:
        """Start it."""
        with ExitStack() as stack:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="nianbao-kit-", ignore_cleanup_errors=True)
            )
            asked, self._answers, self._errors = (
                Path(folder, name) for name in ("request.json", "answers.jsonl", "errors.txt")
            )
            asked.write_text(written(self._request), "utf-8")
            self._answers.touch()
            environment = os.environ | {"PYTHONHASHSEED": str(self._seed), "PYTHONUTF8": "1"}
            # Nothing in the working directory may hide our packages.
            command = [sys.executable, "-P", "-m", "nianbao.kit.child", str(asked), str(self._answers)]
            # No pipes to read: what a plugin starts might hold them open, and what it prints fill the memory.
            with self._errors.open("wb") as errors:
                self._process = subprocess.Popen(  # noqa: S603  our own program
                    command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                    stderr=errors, start_new_session=True,
                )  # fmt: skip
            self._open = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it, and take away its folder."""
        with self._open:
            _end(self._process)

    def answers(self, patience: float) -> Answers:
        """Wait until it ends, or has been silent for so many seconds, and return what it told."""
        has_ended = self._has_ended(patience)
        status = _end(self._process)
        ended = f"进程以状态 {status} 结束{_last_line(self._errors)}" if status else ""
        if not has_ended:
            ended = f"{patience:g} 秒没有进展，已停止"
        # A line that its end cut short is none.
        lines = self._answers.read_text("utf-8", "replace").split("\n")[:-1]
        found = Answers([json.loads(line) for line in lines])
        at = found.of("begin")
        if not found.of("done"):
            found.ended = f"“{at[-1]['what'] if at else '开始'}”：{ended or '没有读完就结束了'}"
        return found

    def _has_ended(self, patience: float) -> bool:
        """Wait for its end; tell whether it came, or the process fell silent."""
        size, since = 0, monotonic()
        while not _is_over(self._process):
            sleep(_LOOK_EVERY)
            if (now := self._answers.stat().st_size) != size:
                size, since = now, monotonic()
            elif monotonic() - since >= patience:
                return False
        return True


def _is_over(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether a process has ended; its number stays its own until that is waited for."""
    if sys.platform == "win32":
        return process.poll() is not None
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _end(process: subprocess.Popen[bytes]) -> int:
    """End a process, and on POSIX what it has started in its session; return its exit status."""
    if process.returncode is None:
        with contextlib.suppress(OSError):
            if sys.platform != "win32":
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
    return process.returncode


def _last_line(errors: Path) -> str:
    with errors.open("rb") as stream:
        stream.seek(max(0, errors.stat().st_size - _TAIL))
        lines = stream.read().decode("utf-8", "replace").strip().splitlines()
    return f"（{lines[-1][:200]}）" if lines else ""
