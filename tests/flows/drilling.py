"""What befalls a run at work: its processes are killed, its disk fills up, its clock goes back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from killing import Killer, Rows, files_read
from needs import lacking

# What a store tells of single files; other tables sum them up.
OF_FILES = ("reports", "observations", "figures", "findings", "items", "sections", "attributes", "numerals")
_WORKER = "multiprocessing.spawn"
_CLOCK = ("faketime/libfaketimeMT.so.1", "faketime/libfaketime.so.1")


def disturbed(
    killer: Killer, store: str, least: int, happens: Callable[[int], None], **environment: str
) -> tuple[int, str]:
    """Let something happen once a run has saved some files.

    Args:
        killer: starts the run.
        store: its store.
        least: after so many files.
        happens: is given the number of the run's process.
        environment: further variables of the run.

    Returns:
        The exit status and all that was printed.
    """
    with killer.start(environment) as process:
        while process.poll() is None and files_read(store) < least:
            time.sleep(0.02)
        assert process.poll() is None, "it ended too early"
        happens(process.pid)
        out, err = process.communicate(timeout=600)
    assert "Traceback" not in err, err
    assert not killer.left_over()
    return process.returncode, out + err


def kill_worker(number: int) -> None:
    """Kill one of the processes in which a run reads, and wait for it if there is none at the moment."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        for child in reversed(psutil.Process(number).children(recursive=True)):
            # One of them may be gone by now.
            with suppress(psutil.NoSuchProcess):
                if any(_WORKER in word for word in child.cmdline()):
                    child.send_signal(signal.SIGKILL)
                    return
        time.sleep(0.02)
    raise TimeoutError("there is no worker")


def rows_of_others(rows: Rows, *names: str) -> Rows:
    """Return what a store tells of single files, but for some."""
    return {
        table: [line for line in rows[table] if not any(name in line for name in names)]
        for table in OF_FILES
        if table in rows
    }


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Callable[[int], None]]:
    """Mount a small file system at a folder; what is yielded changes its size, in kilobytes."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        lacking("needs a system that lets root mount a tmpfs")
    try:
        yield lambda size: _resize(place, size)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def _resize(place: Path, kilobytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(place)], check=True)


def clock_variables(card: Path) -> Mapping[str, str]:
    """Return the environment of a process whose clock goes as a file tells, like `+0` or `-2h`."""
    libraries = [path for name in _CLOCK for path in Path("/usr/lib").glob(f"*/{name}")]
    if not libraries or sys.platform != "linux" or shutil.which("faketime") is None:
        lacking("needs libfaketime (Debian: faketime)")
    card.write_text("+0\n")
    patch = card.with_name("patch")
    patch.mkdir()
    # Of a clock that is not faked, libfaketime 0.9.10 refuses to sleep by (Invalid argument).
    (patch / "sitecustomize.py").write_text(
        "import threading, time\ntime.sleep = lambda seconds: threading.Event().wait(seconds) and None\n"
    )
    return {
        "PYTHONPATH": os.pathsep.join(filter(None, (str(patch), os.environ.get("PYTHONPATH")))),
        "LD_PRELOAD": str(libraries[0]),
        "FAKETIME_TIMESTAMP_FILE": str(card),
        "FAKETIME_NO_CACHE": "1",
        # The machine's clock is set; the time since it was started goes on as before.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
