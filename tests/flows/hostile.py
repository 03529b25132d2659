"""The installed tools, beside a reader for files that end whoever reads them."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import workbench

from flows.worker import installed
from nianbao import Context, Document, Download, Reader, ReadError
from nianbao.manager import Registry

MARK = b"hostile: "


def bid(download: Download) -> int:
    return 1_000 if download.data.startswith(MARK) else 0


def read(download: Download) -> Document:
    """Do what the file says."""
    match download.data.removeprefix(MARK).decode().strip():
        case "segfault":
            ctypes.string_at(0)
        case "exit":
            os._exit(9)
        case "hang":
            time.sleep(3_600)
        case "kill the parent":
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
        case "kill the parent once" if not (done := Path(f"{download.filing.uri}.done")).exists():
            done.touch()
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
    raise ReadError("文件已损坏", where=download.filing.name)


def small_setup() -> tuple[Registry, Context]:
    """The same beside the tools of the workbench alone, which start in no time."""
    found, context = workbench.setup()
    return replace(found, readers=(Reader("hostile", bid, read), *found.readers)), context


def setup() -> tuple[Registry, Context]:
    found, context = installed()
    return replace(found, readers=(Reader("hostile", bid, read), *found.readers)), context
