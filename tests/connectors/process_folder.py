"""Run by itself: takes the files of a folder the whole way; prints what came of them, and the memory used."""

from __future__ import annotations

import json
import re
import resource
import sys
from pathlib import Path

from nianbao import SourceConfig
from nianbao.manager import registry
from nianbao.model import Report
from nianbao.steps import list_filings, make_context, process


def main(location: str, *, slow: bool) -> None:
    found, context = registry(), make_context()
    rows = []
    for filing in list_filings(found, SourceConfig(location)):
        done = process(found, filing, context, slow=slow)
        status, error = ("deferred", "") if done.is_deferred else _told(done.reports[0])
        rows.append((filing.name.removeprefix(location).lstrip("/"), status, error))
    json.dump({"rows": rows, "peak": _peak()}, sys.stdout, ensure_ascii=False)


def _peak() -> int:
    """Return the most megabytes that this program held.

    `ru_maxrss` would count what the process held from which it was started: on Linux it outlives the start.
    """
    status = Path("/proc/self/status")
    if status.exists():
        told = status.read_text("ascii", "replace")
        return int(re.search(r"VmHWM:\s*(\d+) kB", told)[1]) // 1024  # type: ignore[index]
    # In bytes on macOS.
    divisor = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // divisor


def _told(report: Report) -> tuple[str, str]:
    return str(report.status), report.error


if __name__ == "__main__":
    main(sys.argv[1], slow=sys.argv[2] == "slow")
