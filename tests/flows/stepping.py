"""A run of the main line without Prefect, in a process that can be killed: `stepping.py SOURCE OUT STORE`."""

from __future__ import annotations

import sys
from pathlib import Path

from flows import work
from flows.request import Request
from flows.summary import EXIT_STATUS
from flows.watch import Watch


def main() -> int:
    source, out, store = sys.argv[1:]
    request = Request(source, Path(out), store=store, workers=2, batch_size=8)
    with work.open_workshop(request, Watch()) as workshop:
        ids = work.collect(workshop)
        print("读取报告", file=sys.stderr, flush=True)
        for batch in work.batches(ids, request.batch_size):
            work.process_batch(workshop, batch)
        while again := work.quarantine(workshop):
            work.process_batch(workshop, again)
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return EXIT_STATUS[work.finish(workshop, years).ending]


if __name__ == "__main__":
    sys.exit(main())
