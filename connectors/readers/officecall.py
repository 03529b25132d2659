"""Runs LibreOffice once, in a profile of its own, within bounds of time and memory.

A user's name for a file never comes near a command line, and the filter is always named, because LibreOffice
takes whatever it doesn't know for plain text.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

from connectors.readers.office import Form, Office, Unconverted
from nianbao import PassingReadError
from nianbao.limits import limits

_MEMORY = 4 * 1024 * 1024 * 1024

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

_QUIETLY = ("--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault", "--nofirststartwizard")

# Runs LibreOffice within bounds, and clears up when our process is gone: a worker that is itself ended, at a
# time limit, can't do it any more. Our end of standard input closes with us.
_KEEPER = """
bound() { (ulimit "$1" "$2") 2>/dev/null && ulimit "$1" "$2"; }
bound -c 0; bound -f "$1"; bound -t "$2"; bound -v "$3"
folder=$4
shift 4
exec 3<&0
"$@" </dev/null 3<&- &
office=$!
(read -r _ <&3; rm -rf -- "$folder"; kill -9 0) &
keeper=$!
exec 3<&-
wait "$office"
status=$?
kill "$keeper"
exit "$status"
"""


def call(
    office: Office, files: Mapping[str, bytes], form: Form, seconds: float
) -> tuple[dict[str, bytes], Unconverted | None]:
    """Start LibreOffice once.

    Args:
        office: which one.
        files: bytes by the names that they are to have, without suffix.
        form: what they are.
        seconds: how long it may take.

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
            *_QUIETLY,
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
        raise PassingReadError(
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
        ["/bin/sh", "-c", _KEEPER, "sh", *map(str, bounds), str(folder), *command],
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
