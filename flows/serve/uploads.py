"""Takes what a browser sends, within bounds of bytes, time and number; nothing of it names a path."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import unquote

from starlette.requests import ClientDisconnect, Request

from flows.serve.faults import refuse

NAME_HEADER = "x-nianbao-name"
LONGEST_NAME = 150
MEGABYTE = 1024 * 1024
# That the head of a request may take to arrive.
HEAD_SECONDS = 15.0
# What a report may be kept in; the bytes are looked at by whoever reads it.
PAGES_AND_TEXTS = (".html", ".htm", ".txt")
OFFICE = (".docx", ".doc", ".wps", ".rtf", ".odt", ".xml")
KINDS = (*OFFICE, ".pdf", ".ofd", *PAGES_AND_TEXTS, ".png", ".jpg", ".jpeg", ".tif", ".tiff")
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken.

    Args:
        file_bytes: of one file.
        decision_bytes: of decisions sent at once.
        seconds: that one body may take to arrive.
        at_once: how many files are taken at the same time.
    """

    file_bytes: int
    decision_bytes: int = 2 * MEGABYTE
    seconds: float = 120.0
    at_once: int = 4


async def receive(request: Request, most: int, seconds: float, sink: Callable[[bytes], object]) -> None:
    """Hand a request's body to a sink, piece by piece.

    Args:
        request: whose body it is.
        most: bytes that it may have.
        seconds: that it may take to arrive.
        sink: takes the pieces.

    Raises:
        FaultError: it is empty or too large, takes too long or ends too early.
    """
    too_large = refuse(413, f"超过 {_size(most)}，没有接收", "请确认选对了文件")
    told = request.headers.get("content-length", "")
    if told and (not told.isdecimal() or len(told) > 15 or int(told) > most):
        raise too_large
    taken = 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                taken += len(chunk)
                if taken > most:
                    raise too_large
                sink(chunk)
    except TimeoutError:
        raise refuse(408, f"{seconds:g} 秒内没有传完，已放弃", "请检查网络后再试") from None
    except ClientDisconnect:
        raise refuse(400, "没有传完就断开了", "请再试一次") from None
    if not taken:
        raise refuse(400, "文件是空的", "请确认选对了文件")


def name_of_upload(request: Request) -> str:
    """Return what a file is called where it comes from; only its last part counts, and only as a label.

    Raises:
        FaultError: it has no name, or one of a kind that no report is kept in.
    """
    told = unquote(request.headers.get(NAME_HEADER, ""), errors="replace")
    name = _CONTROL.sub("", PureWindowsPath(PurePosixPath(told).name).name).strip(" .")
    if not name:
        raise refuse(400, "没有说明文件名", "请在本程序的页面里选择文件")
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _ARCHIVES:
        raise refuse(415, "这是压缩包，每次请检查一份报告", "请先解压")
    if suffix not in KINDS:
        hint = "请用 Word、PDF、OFD、网页或文本文件"
        raise refuse(415, f"不是能检查的文件种类：{suffix or '没有扩展名'}", hint)
    stem = name[: -len(suffix)]
    return stem[: LONGEST_NAME - len(suffix)] + name[len(stem) :]


def _size(most: int) -> str:
    return f"{most // MEGABYTE} MB" if most >= MEGABYTE else f"{most // 1024} KB"


@dataclass(slots=True)
class Queue:
    """How many files are at work at the same time."""

    places: int
    _taken: int = field(default=0, init=False)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place.

        Raises:
            FaultError: all are taken.
        """
        if self._taken >= self.places:
            raise refuse(503, f"正在检查另外 {self._taken} 份文件", "请过一会儿再试")
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1
