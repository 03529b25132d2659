"""Runs LibreOffice: several files a call, in a profile of its own, within bounds of time and memory.

A file never comes near a command line: it lies in a temporary folder under a name made of its hash. The
filter is always named, because LibreOffice takes whatever it doesn't know for plain text.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path
from time import monotonic

from nianbao import ReadError
from nianbao.limits import limits

_NAMES = ("soffice", "libreoffice")
# Where installers put it without telling PATH.
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
)
_MEMORY = 4 * 1024 * 1024 * 1024
_FRUITLESS = 2

# Nothing that a file holds is run or fetched: no macros, links, pictures from elsewhere; and no Java.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Chart", "false"),
    ("org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Common/Misc", "CrashReport", "false"),
    # A proxy that is not there, for whatever would reach out all the same.
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    *(
        ("org.openoffice.Inet/Settings", f"ooInet{kind}Proxy{name}", value)
        for kind in ("HTTP", "HTTPS", "FTP")
        for name, value in (("Name", "127.0.0.1"), ("Port", "9"))
    ),
    # What old files mean by their 8-bit characters depends on it.
    ("org.openoffice.Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("org.openoffice.Office.Linguistic/General", "DefaultLocale_CJK", "zh-CN"),
)

# Runs LibreOffice within bounds, and ends the whole group of processes when ours is gone: a worker that is
# itself ended, at its time limit, can't do it any more. Our end of standard input closes with us.
_KEEPER = """
bound() { (ulimit "$1" "$2") 2>/dev/null && ulimit "$1" "$2"; }
bound -c 0; bound -f "$1"; bound -t "$2"; bound -v "$3"
shift 3
exec 3<&0
"$@" </dev/null 3<&- &
office=$!
(read -r _ <&3; kill -9 0) &
keeper=$!
exec 3<&-
wait "$office"
status=$?
kill "$keeper"
exit "$status"
"""


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
        raise ReadError(f"没有找到设置 office 所指的程序 {named}", hint="请改正设置，或安装 LibreOffice")
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
    bounds = limits()
    names = [hashlib.sha256(data).hexdigest()[:24] for data in files]
    waiting = dict(zip(names, files, strict=True))
    end = monotonic() + bounds.office_seconds + len(waiting) * bounds.office_file_seconds
    made: dict[str, bytes | Unconverted] = {}
    fruitless = 0
    while waiting and fruitless < _FRUITLESS and (left := end - monotonic()) > 0:
        results, failure = _call(office, waiting, form, left)
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


def _call(
    office: Office, files: Mapping[str, bytes], form: Form, seconds: float
) -> tuple[dict[str, bytes], Unconverted | None]:
    """Start LibreOffice once.

    Returns:
        What was converted, and what became of the call: None where it came to its end.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-office-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch).resolve()
        results = folder / "out"
        results.mkdir()
        _write_settings(folder / "profile" / "user")
        paths = []
        for name, data in files.items():
            paths.append(folder / f"{name}.{form.suffix}")
            paths[-1].write_bytes(data)
        command = [
            str(office.program),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *(
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--nologo",
                "--nodefault",
                "--nofirststartwizard",
            ),
            f"--infilter={form.filter}",
            *("--convert-to", "docx", "--outdir", str(results)),
            *map(str, paths),
        ]
        failure = _run(command, folder, results, seconds)
        found = ((name, _result(results / f"{name}.docx")) for name in files)
        return {name: data for name, data in found if data is not None}, failure


def _write_settings(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}">'
        f'<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _SETTINGS
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}</oor:items>\n',
        encoding="utf-8",
    )


def _result(path: Path) -> bytes | None:
    """Return a result, or None where there is none or only half of it."""
    if not path.is_file() or path.stat().st_size > limits().file_bytes or not zipfile.is_zipfile(path):
        return None
    return path.read_bytes()


def _run(command: list[str], folder: Path, results: Path, seconds: float) -> Unconverted | None:
    try:
        process = _start(command, folder, seconds)
    except OSError as error:
        raise ReadError(
            f"LibreOffice 无法启动：{error.strerror}", hint="请检查 LibreOffice 的安装"
        ) from error
    try:
        return _watch(process, results, seconds)
    finally:
        _end(process)


def _start(command: list[str], folder: Path, seconds: float) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "TMPDIR": str(folder), "HOME": str(folder)}
    if sys.platform == "win32":
        return subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            creationflags=subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW,
        )
    bounds = (limits().file_bytes // 512, int(seconds) + 1, _MEMORY // 1024)
    return subprocess.Popen(  # noqa: S603
        ["/bin/sh", "-c", _KEEPER, "sh", *map(str, bounds), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )


def _watch(process: subprocess.Popen[bytes], results: Path, seconds: float) -> Unconverted | None:
    """Wait for the end, unless nothing new comes for as long as one file may take alone."""
    bounds = limits()
    patience = bounds.office_seconds + bounds.office_file_seconds
    began = progressed = monotonic()
    seen = 0
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return None if process.wait(timeout=0.2) == 0 else Unconverted.CRASHED
        now, there = monotonic(), sum(1 for _ in results.iterdir())
        if there != seen:
            seen, progressed = there, now
        if now - began > seconds or now - progressed > patience:
            return Unconverted.LATE


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice and whatever it has started."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(  # noqa: S603
                ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607
                check=False,
                capture_output=True,
            )
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdin is not None:
        process.stdin.close()
    process.wait()
