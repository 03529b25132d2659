"""Tells on standard error what plugins are called for and how long that takes (NIANBAO_TRACE_PLUGINS=1)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import wraps
from time import perf_counter
from typing import Any

# What a record is called for, by the names of its fields.
_CALLS = frozenset(
    {"accepts", "list", "fetch", "stamp", "bid", "read", "prepare", "extract", "explain", "check", "publish"}
)


def traced(plugin: str, record: Any) -> Any:
    """Return a record whose calls are told, with the plugin's name.

    Args:
        plugin: who brings it.
        record: one of `nianbao.records`.
    """
    calls = {each.name: getattr(record, each.name) for each in fields(record) if each.name in _CALLS}
    name = str(getattr(record, "name", ""))
    return replace(
        record,
        **{call: told(plugin, f"{name}.{call}", made) for call, made in calls.items() if callable(made)},
    )


def told(plugin: str, what: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that tells each call of another, once what it yields is used up.

    Args:
        plugin: who brings it.
        what: what is called.
        function: what to call.
    """

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        began = perf_counter()
        try:
            result = function(*args, **kwargs)
        except BaseException as error:
            _tell(plugin, what, began, f"出错：{type(error).__name__}")
            raise
        if isinstance(result, Iterator):
            return _rows(plugin, what, began, result)
        _tell(plugin, what, began)
        return result

    return call


def _rows(plugin: str, what: str, began: float, rows: Iterator[Any]) -> Iterator[Any]:
    count = 0
    try:
        for row in rows:
            count += 1
            yield row
    except GeneratorExit:
        raise
    except BaseException as error:
        _tell(plugin, what, began, f"给出 {count} 项后出错：{type(error).__name__}")
        raise
    _tell(plugin, what, began, f"{count} 项")


def _tell(plugin: str, what: str, began: float, more: str = "") -> None:
    milliseconds = (perf_counter() - began) * 1000
    print(f"[插件 {plugin}] {what} {milliseconds:.1f} 毫秒{f'，{more}' if more else ''}", file=sys.stderr)
