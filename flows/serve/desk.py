"""The self-check: one report in, what was found out; nothing of it outlives a while in memory."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import IO

from flows.annotating import DOCX, annotated, findings_of
from flows.engines import Engine
from flows.serve.faults import refuse
from nianbao.errors import ReadError
from nianbao.model import Download, Filing, Finding
from nianbao.processed import Processed

# Fetched by the source of folders: our own file under a name of our own.
_SOURCE = "folder"
MINUTES = 30
_MOST = 24
_MOST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a report.

    Args:
        id: by which it is asked for again.
        processed: what was read and found.
        data: the file's bytes, as long as something may be wanted of them.
        seconds: that it took.
        moment: when, by the clock that only counts on.
    """

    id: str
    processed: Processed
    data: bytes = field(repr=False)
    seconds: float
    moment: float

    @property
    def name(self) -> str:
        """What the file is called where it comes from."""
        return self.processed.filing.name

    @property
    def findings(self) -> list[Finding]:
        """What was found in all of its reports."""
        return findings_of(self.processed.reports)

    @property
    def can_be_annotated(self) -> bool:
        """Whether there is a Word file to write remarks into, and something to remark."""
        is_word = PurePath(self.name).suffix.lower() == DOCX
        return is_word and self.processed.document is not None and bool(self.findings)

    def annotated(self) -> bytes:
        """Return the Word file with its findings as comments.

        Raises:
            ReadError: it is no .docx, or has nothing to be remarked upon.
        """
        document = self.processed.document
        if document is None or not self.can_be_annotated:
            hint = "只有查出了问题的 .docx 文件才有批注稿"
            raise ReadError("没有批注稿", where=self.name, hint=hint)
        download = Download(self.processed.filing, self.data, hashlib.sha256(self.data).hexdigest())
        return annotated(download, document, self.findings)


class Desk:
    """Checks reports in worker processes, and remembers the last ones for a while.

    Args:
        engine: the processes.
        folder: private to this program; a file lies in it while it is read and no longer.
    """

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder
        self._kept: OrderedDict[str, Checked] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def slot(self) -> Iterator[IO[bytes]]:
        """Give an empty file of our own, which is gone afterwards."""
        path = self._folder / f"upload-{secrets.token_hex(8)}"
        try:
            with path.open("x+b") as file:
                yield file
        finally:
            path.unlink(missing_ok=True)

    def check(self, file: IO[bytes], name: str) -> Checked:
        """Read and check what a slot holds.

        Args:
            file: the slot.
            name: what its user calls it.

        Raises:
            StoppedError: the program is about to end.
        """
        file.flush()
        began = time.monotonic()
        [outcome] = self._engine.outcomes([Filing(_SOURCE, str(file.name), name)])
        done = time.monotonic()
        file.seek(0)
        checked = Checked(secrets.token_urlsafe(12), outcome.processed, file.read(), done - began, done)
        self._keep(checked)
        return checked

    def found(self, told: str) -> Checked:
        """Return what came of a report.

        Raises:
            FaultError: nobody knows such a one, or it is forgotten by now.
        """
        with self._lock:
            self._forget()
            checked = self._kept.get(told)
        if checked is None:
            raise refuse(404, f"这次自查的结果已经清除（只保留 {MINUTES} 分钟）", "请重新选择文件检查")
        return checked

    def drop(self, told: str) -> None:
        """Forget a report at once."""
        with self._lock:
            self._kept.pop(told, None)

    def _keep(self, checked: Checked) -> None:
        with self._lock:
            self._kept[checked.id] = checked
            self._forget()

    def _forget(self) -> None:
        """Let go of what is old, and of the oldest where there is too much."""
        oldest = time.monotonic() - 60 * MINUTES
        held = sum(len(each.data) for each in self._kept.values())
        while self._kept:
            first = next(iter(self._kept.values()))
            is_too_much = len(self._kept) > 1 and (len(self._kept) > _MOST or held > _MOST_BYTES)
            if first.moment >= oldest and not is_too_much:
                return
            held -= len(first.data)
            self._kept.popitem(last=False)
