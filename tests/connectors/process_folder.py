"""Run by itself: takes the files of a folder the whole way; prints what came of them, and the memory used."""

from __future__ import annotations

import json
import resource
import sys

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
    # In bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (
        1024**2 if sys.platform == "darwin" else 1024
    )
    json.dump({"rows": rows, "peak": peak}, sys.stdout, ensure_ascii=False)


def _told(report: Report) -> tuple[str, str]:
    return str(report.status), report.error


if __name__ == "__main__":
    main(sys.argv[1], slow=sys.argv[2] == "slow")
