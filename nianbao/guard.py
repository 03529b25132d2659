"""The one place that catches whatever a plugin raises."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from nianbao.errors import NianbaoError
from nianbao.model import Failure

Params = ParamSpec("Params")
Value = TypeVar("Value")

LONGEST_ERROR = 300


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
    try:
        return function(*args, **kwargs)
    except (Exception, SystemExit) as error:
        return Failure(plugin, stage, _one_line(error))


def _one_line(error: BaseException) -> str:
    try:
        text = " ".join(str(error).split())
    except Exception:
        text = "（出错信息无法显示）"
    if not isinstance(error, NianbaoError):
        text = f"{type(error).__name__}: {text}"
    return text[:LONGEST_ERROR]
