"""Watches a plugin while it is called: what it writes, asks and changes, how long it takes, what it states.

Python tells an audit hook of every file, socket and process; the hook can't be taken off again, and so this
is for processes that are there for nothing else.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import process_time
from typing import Any

from nianbao.evidence import check_statement
from nianbao.guard import guarded
from nianbao.manager import Candidates, Registry, Settler
from nianbao.model import Document, Failure, Field, Figure
from nianbao.records import Context, Extractor, Validator

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FILES = frozenset(
    f"os.{name}"
    for name in (
        "remove",
        "rename",
        "rmdir",
        "mkdir",
        "link",
        "symlink",
        "truncate",
        "chmod",
        "chown",
        "utime",
    )
)
_PROCESSES = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"}
)
_VARIABLES = frozenset({"os.putenv", "os.unsetenv", "os.chdir"})


@dataclass(slots=True)
class Watch:
    """What a plugin was seen to do.

    Args:
        incidents: what it did besides answering, each once, in Chinese.
        faults: what it stated and may not, each once, in Chinese.
        seconds: processor time that its calls took since this was last set to 0.
    """

    incidents: dict[str, None] = field(default_factory=dict)
    faults: dict[str, None] = field(default_factory=dict)
    seconds: float = 0.0
    _depth: int = 0

    def begin(self) -> None:
        """Begin to listen to what the interpreter tells of this process."""
        sys.addaudithook(self._heard)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Count what happens within as the plugin's."""
        began, variables, folder = process_time(), dict(os.environ), os.getcwd()  # noqa: PTH109  must be told as is
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            self.seconds += process_time() - began
            if dict(os.environ) != variables:
                self.incidents["改动了环境变量"] = None
            if os.getcwd() != folder:  # noqa: PTH109
                self.incidents["改动了工作目录"] = None

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._depth and (told := _incident(event, arguments)):
            self.incidents[told] = None

    def registry(self, found: Registry, own: Iterable[str]) -> Registry:
        """Return a registry in which these plugins' extractors, validators and settlers are watched.

        Args:
            found: the registry.
            own: names of the plugins that are tested.
        """
        names = set(own)
        records = {
            (hook, name)
            for plugin in found.plugins
            if plugin.name in names
            for hook, given in plugin.records
            for name in given
        }
        extractors = tuple(
            self._extractor(each) if ("nianbao_extractors", each.name) in records else each
            for each in found.extractors
        )
        validators = tuple(
            self._validator(each) if ("nianbao_validators", each.name) in records else each
            for each in found.validators
        )
        settlers = tuple(
            (name, self._settler(settler) if name in names else settler) for name, settler in found.settlers
        )
        return replace(found, extractors=extractors, validators=validators, settlers=settlers)

    def _extractor(self, extractor: Extractor) -> Extractor:
        def extract(document: Document, context: Context) -> list[Any]:
            before = _shared(document, context)
            rows = self._rows(lambda: extractor.extract(document, context))
            allowed = {*Field, *context.catalogue.indicators}
            for row in rows:
                self._check(extractor.name, check_statement, row, extractor, document, allowed)
            if _shared(document, context) != before:
                self.incidents[f"{extractor.name} 改动了文档或目录"] = None
            return rows

        return replace(extractor, extract=extract)

    def _validator(self, validator: Validator) -> Validator:
        def check(checked: Any, context: Context) -> list[Any]:
            rows = self._rows(lambda: validator.check(checked, context))
            for row in rows:
                if row.kind not in validator.kinds:
                    self.faults[f"{validator.name} 给出了未声明的种类 {row.kind}"] = None
            return rows

        return replace(validator, check=check)

    def _settler(self, settler: Settler) -> Settler:
        def settle(candidates: Candidates, context: Context) -> Figure | None:
            with self.watching():
                return settler(candidates, context)

        return settle

    def _rows(self, call: Callable[[], Iterable[Any]]) -> list[Any]:
        with self.watching():
            return list(call())

    def _check(self, name: str, check: Callable[..., None], *arguments: Any) -> None:
        told = guarded(name, "evidence", check, *arguments)
        if isinstance(told, Failure):
            self.faults[told.error] = None


def _shared(document: Document, context: Context) -> tuple[object, ...]:
    """Return what a plugin is given and must leave as it is, as far as that costs nothing to compare."""
    catalogue = context.catalogue
    return (
        document.name,
        hash(document.text),
        len(document.blocks),
        tuple(map(id, catalogue.indicators.values())),
        tuple(catalogue.units.by_name),
    )


def _incident(event: str, arguments: tuple[Any, ...]) -> str:
    """Return what an event of the interpreter means, in Chinese; empty where it is harmless."""
    told = ""
    if event == "open":
        path, mode, flags = arguments
        writes = (isinstance(mode, str) and set(mode) & set("wax+")) or (
            isinstance(flags, int) and flags & _WRITES
        )
        told = f"写了文件 {path}" if writes and path != os.devnull else ""
    elif event in _FILES:
        told = f"动了文件 {arguments[0]}"
    elif event == "sqlite3.connect":
        told = f"打开了数据库 {arguments[0]}" if arguments[0] != ":memory:" else ""
    elif event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        told = f"使用了网络（{event}）"
    elif event in _PROCESSES:
        told = f"启动了别的程序（{event}）"
    elif event in _VARIABLES:
        told = "改动了环境变量或工作目录"
    return told
