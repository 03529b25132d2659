"""Shows a run's progress: nowhere, or on the terminal."""

from __future__ import annotations

from contextvars import ContextVar
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Watch:
    """What a run tells of its progress; this one shows nothing."""

    def phase(self, name: str, total: int | None = None) -> None:
        """Begin a phase, with so many steps where that is known."""

    def advance(self, steps: int = 1) -> None:
        """Tell that so many steps of the phase are done; any thread may."""

    def warn(self, line: str) -> None:
        """Tell at once what the user must know; any thread may."""

    def __enter__(self) -> Self:
        """Begin to show."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave nothing behind."""


class TerminalWatch(Watch):
    """A bar on standard error where that is a terminal, and the names of the phases where it is not.

    Args:
        quiet: show nothing, because the bar would stand among the output.
        names: whether the phases are named where there is no terminal.
    """

    def __init__(self, *, quiet: bool = False, names: bool = False) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )

        console = Console(stderr=True)
        self._progress: Progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            # Standard output belongs to the results and must reach their reader as it is.
            redirect_stdout=False,
            redirect_stderr=False,
            disable=quiet or not console.is_terminal,
        )
        self._names = names and not console.is_terminal
        self._task: TaskID | None = None
        self._lock = Lock()
        self._done = 0
        self._total: int | None = None

    def phase(self, name: str, total: int | None = None) -> None:
        """Begin a phase with a bar of its own."""
        if self._names:
            self._progress.console.print(name)
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._done, self._total = 0, total
        self._task = self._progress.add_task(name, total=total, count=self._count())

    def advance(self, steps: int = 1) -> None:
        """Move the bar on."""
        with self._lock:
            self._done += steps
            if self._task is not None:
                self._progress.update(self._task, completed=self._done, count=self._count())

    def warn(self, line: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(f"警告：{line}", markup=False, highlight=False, soft_wrap=True)

    def _count(self) -> str:
        return "" if self._total is None else f"{self._done}/{self._total}"

    def __enter__(self) -> Self:
        """Begin to show."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._progress.stop()


# Who watches the flow that this process runs; a flow started by a Prefect worker has nobody.
WATCH: ContextVar[Watch] = ContextVar("WATCH", default=Watch())  # noqa: B039  a Watch holds no state
