"""The one place that catches whatever a plugin raises, and where its calls are held to bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

from nianbao.errors import NianbaoError
from nianbao.model import Failure

Params = ParamSpec("Params")
Value = TypeVar("Value")

LONGEST_ERROR = 300
# What plugins do with a report that was read; a call of these can fail and leave the report as it is.
REPORT_STAGES = frozenset({"extract", "settle", "validate"})


class OverdueError(BaseException):
    """A call took longer than it may; no `Exception`, so that few plugins catch it."""


class Holder(Protocol):
    """Holds the calls of the report stages to time, and all to memory, where a process is given to that."""

    def begin(self, plugin: str, stage: str) -> None:
        """A call begins; from now on an OverdueError may be raised in it."""

    def end(self) -> None:
        """The call is over."""

    def out_of_memory(self) -> None:
        """A call ended for want of memory; where that is still missing, the process does not come back."""


_HELD_BY: list[Holder] = []


def hold(holder: Holder) -> None:
    """Have the calls of this process held, from now on."""
    _HELD_BY[:] = [holder]


def guarded(
    plugin: str, stage: str, function: Callable[Params, Value], *args: Params.args, **kwargs: Params.kwargs
) -> Value | Failure:
    """Call a plugin's function; an exception becomes a Failure that names it.

    A lazy result (a generator) must be used up inside `function`, or its exceptions escape the guard.

    Args:
        plugin: the name of the record or module called.
        stage: what it was asked to do (`import`, `register`, `read`, `extract` …).
        function: what to call, with `args` and `kwargs`.
    """
    holder = _HELD_BY[0] if _HELD_BY else None
    try:
        if holder is None or stage not in REPORT_STAGES:
            return function(*args, **kwargs)
        holder.begin(plugin, stage)
        try:
            return function(*args, **kwargs)
        finally:
            holder.end()
    except (Exception, SystemExit, OverdueError) as error:
        if holder is not None and isinstance(error, MemoryError):
            error.__traceback__ = None
            holder.out_of_memory()
        return Failure(plugin, stage, _one_line(error))


def _one_line(error: BaseException) -> str:
    try:
        text = " ".join(str(error).split())
    except Exception:
        text = "（出错信息无法显示）"
    if isinstance(error, MemoryError):
        text = f"内存不足（MemoryError: {text}）" if text else "内存不足（MemoryError）"
    elif not isinstance(error, (NianbaoError, OverdueError)):
        text = f"{type(error).__name__}: {text}"
    return text[:LONGEST_ERROR]
