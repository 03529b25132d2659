"""Runs that are killed with all their processes, and stores compared table by table."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import DBAPIError

from nianbao.archive import Archive
from nianbao.comparing import unpack
from nianbao.store import Store
from nianbao.store.opening import connect
from nianbao.store.schema import (
    files,
    metadata,
    publications,
    readings,
    reports,
    run_results,
    run_snapshots,
    runs,
    snapshots,
)

# What one run is by, not what is in its reports.
_OF_RUNS = {"runs", "meta"}
_TIMES = {
    "id",
    "first_seen",
    "last_seen",
    "duration_ms",
    "published",
    "work",
    "run_id",
    "started",
    "finished",
}

Rows = dict[str, list[str]]


@dataclass(slots=True)
class Killer:
    """Starts `nianbao run`, and kills it with all that it started.

    Args:
        folder: for its temporary files, by which its processes are known, too.
        command: what is run.
    """

    folder: Path
    command: list[str]

    def start(self, further: Mapping[str, str] = {}) -> subprocess.Popen[str]:
        """Start a run in a session of its own, with further variables in its environment."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        environment |= {"PYTHONUTF8": "1", "TMPDIR": str(self.folder), "NIANBAO_BATCH_SIZE": "8", **further}
        return subprocess.Popen(
            [sys.executable, *self.command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
            start_new_session=True,
        )

    def finish(self, further: Mapping[str, str] = {}) -> tuple[int, float]:
        """Let a run come to its end; return its exit status and how long it took."""
        began = time.monotonic()
        with self.start(further) as process:
            out, err = process.communicate(timeout=600)
        assert process.returncode in (0, 1), out + err
        assert "Traceback" not in err, err
        assert not self.left_over()
        return process.returncode, time.monotonic() - began

    def kill_after(self, seconds: float, phase: str = "") -> bool:
        """Kill a run so long after it began, or after it told a phase; return whether it was at work."""
        with self.start() as process:
            assert process.stderr is not None
            while phase and process.poll() is None and process.stderr.readline().strip() != phase:
                pass
            return self._kill(process, seconds)

    def kill_once(self, reached: Callable[[], bool], seconds: float) -> bool:
        """Kill a run so long after it has reached something; return whether it was at work."""
        with self.start() as process:
            while process.poll() is None and not reached():
                time.sleep(0.02)
            return self._kill(process, seconds)

    def _kill(self, process: subprocess.Popen[str], seconds: float) -> bool:
        time.sleep(seconds)
        was_running = process.poll() is None
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            was_running = False
        process.communicate()
        deadline = time.monotonic() + 120
        while self.left_over() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not self.left_over()
        return was_running

    def left_over(self) -> list[int]:
        """Return the processes that a run has left: those whose temporary files lie in its folder."""
        mark = f"TMPDIR={self.folder}".encode()
        found = []
        for place in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in place.read_bytes().split(b"\0"):
                    found.append(int(place.parent.name))
            except OSError:
                continue
        return found


def files_read(location: str) -> int:
    """Return how many files a store knows to have been read; 0 where there is no store yet."""
    if "://" not in location and not Path(location).exists():
        return 0
    engine, _ = connect(location, 5)
    try:
        with engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(readings)).scalar_one()
    except DBAPIError:
        return 0
    finally:
        engine.dispose()


def contents(location: str, source: Path, out: Path) -> Rows:
    """Return what a store holds, table by table, by names instead of numbers; and what its archive holds.

    Runs themselves, durations and times are left out. Of what belongs to runs only the last one's counts.
    """
    with Store.open(location) as store, store._reading() as connection:
        found = {
            table.name: sorted(_rows(connection, table, source, out))
            for table in metadata.sorted_tables
            if table.name not in _OF_RUNS
        }
    place = Path(location).parent / "archive" if "://" not in location else out / "archive"
    archive = Archive(place)
    found["archive"] = sorted(archive.digests())
    assert [archive.damaged(each) for each in found["archive"]] == [""] * len(found["archive"])
    assert found["reports"]
    return found


def _rows(connection: Connection, table: Table, source: Path, out: Path) -> Iterator[str]:
    names: dict[int, str] = {
        row.id: os.path.relpath(row.uri, source)
        for row in connection.execute(select(files.c.id, files.c.uri))
    }
    keys = {
        row.id: f"{names[row.file_id]} {row.sha256} {row.part}"
        for row in connection.execute(
            select(reports.c.id, reports.c.file_id, reports.c.sha256, reports.c.part)
        )
    }
    wanted = select(table)
    if "run_id" in table.c and table.name != publications.name:
        last = select(runs.c.id).order_by(runs.c.started.desc()).limit(1).scalar_subquery()
        wanted = wanted.where(table.c.run_id == last)
    for row in connection.execute(wanted).mappings():
        yield _told(table, row, names, keys, (str(source), str(out)))


def _told(
    table: Table,
    row: Mapping[str, Any],
    names: Mapping[int, str],
    keys: Mapping[int, str],
    folders: tuple[str, str],
) -> str:
    told = {name: value for name, value in row.items() if name not in _TIMES}
    if table.name == files.name:
        told["uri"] = names[row["id"]]
    if "file_id" in told:
        told["file_id"] = names[told["file_id"]]
    if "report_id" in told:
        told["report_id"] = keys[told["report_id"]]
    if table.name == publications.name:
        # A workbook tells which run wrote it, and when.
        told["files"] = [Path(file[0]).name for file in told["files"]]
        told["folder"] = ""
    if table.name == snapshots.name:
        told["content"] = repr(unpack(bytes(told["content"])))
    if "digest" in told and table.name in (snapshots.name, run_snapshots.name):
        told["digest"] = ""
    if table.name == run_results.name:
        told["request"] = ""
        summary = told["summary"]["summary"]
        summary |= {"run_id": "", "unchanged": 0}
        for year in summary["years"]:
            year["unchanged"] = False
            # What a killed run had published before it died is not new to the next.
            for county in year["tally"]["counties"]:
                county |= {"new": 0, "changed": 0}
    line = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    for number, folder in enumerate(folders):
        line = line.replace(folder, f"<{number}>")
    return line


def assert_same(found: Rows, clean: Rows) -> None:
    """Fail where two stores differ, and say in which table and row."""
    assert found.keys() == clean.keys()
    for table, rows in clean.items():
        differing = set(found[table]) ^ set(rows)
        assert not differing, f"{table}: {[line[:2000] for line in sorted(differing)[:4]]}"
        assert len(found[table]) == len(rows), table
