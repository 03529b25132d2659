"""A run of the main line without Prefect, in a process that can be killed.

`stepping.py SOURCE OUT STORE [ENGINE [SETUP]]`, where SETUP names a module of this folder that has a `setup`.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from flows import work
from flows.request import Request
from flows.summary import EXIT_STATUS, Ending
from flows.watch import Watch
from flows.worker import Setup, installed
from nianbao.errors import NianbaoError
from nianbao.limits import limits


def run(request: Request, setup: Setup = installed) -> Ending:
    """Do all steps of a run, and say that reading begins."""
    with work.open_workshop(request, Watch(), setup) as workshop:
        ids = work.collect(workshop)
        print("读取报告", file=sys.stderr, flush=True)
        for batch in work.batches(ids, request.batch_size):
            work.process_batch(workshop, batch)
        while again := work.quarantine(workshop):
            work.process_batch(workshop, again)
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return work.finish(workshop, years).ending


def main() -> int:
    source, out, store, *further = sys.argv[1:]
    engine, setup = [*further, "processes", ""][0], installed
    if further[1:]:
        setup = importlib.import_module(further[1]).setup
    limit = limits().file_seconds
    request = Request(source, Path(out), store=store, workers=2, batch_size=8, limit=limit, engine=engine)
    try:
        return EXIT_STATUS[run(request, setup)]
    except NianbaoError as error:
        print(f"错误：{error}", file=sys.stderr)
        return EXIT_STATUS[Ending.FAILED]


if __name__ == "__main__":
    sys.exit(main())
