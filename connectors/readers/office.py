"""Finds LibreOffice and lets it convert files, several a call; one that it can't bear harms itself alone."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path
from time import monotonic

from nianbao import PassingReadError
from nianbao.limits import limits

_NAMES = ("soffice", "libreoffice")
# Where installers put it without telling PATH.
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_FRUITLESS = 2


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file that LibreOffice opens.

    Args:
        label: what users call it.
        suffix: its usual suffix, without the dot.
        filter: the name of LibreOffice's import filter.
    """

    label: str
    suffix: str
    filter: str


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice.

    Args:
        program: what is started.
        stamp: changes when another version is installed.
    """

    program: Path
    stamp: str


class Unconverted(Enum):
    """Why a file was not converted."""

    REFUSED = "LibreOffice 打不开这个文件，可能已损坏"
    LATE = "LibreOffice 没有在限定时间内转换完这个文件"
    CRASHED = "LibreOffice 转换这个文件时出错退出"


def find_office() -> Office | None:
    """Return the LibreOffice that the settings name, or that is installed; None where there is none.

    Raises:
        ReadError: the settings name one that is not there.
    """
    from nianbao.settings import load_settings

    named = load_settings().office
    if named is None:
        return next((_office(path) for path in _places() if path.is_file()), None)
    found = shutil.which(named)
    if found is None:
        raise PassingReadError(
            f"没有找到设置 office 所指的程序 {named}", hint="请改正设置，或安装 LibreOffice"
        )
    return _office(Path(found))


def _places() -> Iterator[Path]:
    found = (shutil.which(name) for name in _NAMES)
    yield from (Path(path) for path in found if path)
    yield from (Path(path) for path in _USUAL_PLACES)
    for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
        if folder := os.environ.get(variable):
            yield Path(folder) / "LibreOffice" / "program" / "soffice.com"


def _office(path: Path) -> Office:
    """Tell the version by the program's size and time: to ask it would cost a start."""
    program = path.resolve()
    beside = program.with_name("soffice.bin")
    status = (beside if beside.is_file() else program).stat()
    return Office(path, f"{program} {status.st_size} {status.st_mtime_ns}")


def convert(office: Office, files: Sequence[bytes], form: Form) -> list[bytes | Unconverted]:
    """Convert files of one form to .docx.

    A file that LibreOffice hangs at or crashes on costs itself alone: what was converted before it is kept,
    and what comes after it is tried again, as long as the time of all lasts.

    Returns:
        For each file, the bytes of the .docx (to be trusted no more than the file was), or why there is none.
    """
    from connectors.readers.officecall import call

    bounds = limits()
    names = [hashlib.sha256(data).hexdigest()[:24] for data in files]
    waiting = dict(zip(names, files, strict=True))
    end = monotonic() + bounds.office_seconds + len(waiting) * bounds.office_file_seconds
    made: dict[str, bytes | Unconverted] = {}
    fruitless = 0
    while waiting and fruitless < _FRUITLESS and (left := end - monotonic()) > 0:
        results, failure = call(office, waiting, form, left)
        made |= results
        waiting = {name: data for name, data in waiting.items() if name not in results}
        if failure is None:
            made |= dict.fromkeys(waiting, Unconverted.REFUSED)
            break
        # They are converted in order, and so it most likely failed at the first that has no result.
        made |= dict.fromkeys(islice(waiting, 1), failure)
        waiting = dict(islice(waiting.items(), 1, None))
        fruitless = 0 if results else fruitless + 1
    return [made.get(name, Unconverted.LATE) for name in names]
