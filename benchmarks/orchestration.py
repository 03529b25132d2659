"""Time what orchestration adds to the work: `python benchmarks/orchestration.py [SECONDS | COUNTf] [KIND …]`.

The same reports are processed and saved in batches of 128 by the same steps, each time into a new store:

- bare: by a process pool that is handed whole batches by threads; no Prefect, no engine;
- pool: by the engine `processes` without Prefect;
- processes, serial, dask: by `nianbao run`'s flow, on a Prefect server that runs already.

The clock runs from the moment when the first batch is handed over to the moment when the last one is saved.
Before, every worker has read some reports; what that and connecting took is told as start-up. SECONDS is how
long the bare pool is to work (150); `10000f` is a number of files instead. KINDs are those to be timed.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread

from made_reports import write_reports
from prefect_server import PrefectServer

from flows import work
from flows.engines import Conditions, Engine, make_engine
from flows.engines.base import jobs_from
from flows.request import Request
from flows.server import ready_prefect
from flows.watch import WATCH, Watch
from flows.worker import Outcome, build_bench, process_one
from nianbao.again import Job
from nianbao.model import Filing

BATCH, WORKERS, FIRST_FILES = 128, 2, 256
WITHOUT = ("bare", "pool")
READING, DONE = "读取报告", "汇总"


class Bare(Engine):
    """A process pool, and nothing around it."""

    def __enter__(self) -> Bare:
        told = self.conditions
        begin = partial(build_bench, told.setup, told.limit, slow=True, archive=told.archive)
        self.pool = ProcessPoolExecutor(told.workers, multiprocessing.get_context("spawn"), initializer=begin)
        return self

    def outcomes(self, given: Iterable[Filing | Job]) -> Iterator[Outcome]:
        yield from self.pool.submit(do_batch, list(jobs_from(given))).result()

    def warm(self) -> None:
        """Do nothing: it is warmed from without."""

    def stop(self) -> None:
        self.pool.shutdown(cancel_futures=True)

    def close(self) -> None:
        self.pool.shutdown()


def do_batch(jobs: list[Job]) -> list[Outcome]:
    return [process_one(job) for job in jobs]


class Clock(Watch):
    """Writes down when each phase began, and what this process and all that it started had computed."""

    def __init__(self) -> None:
        self.began: dict[str, float] = {}
        self.computed: dict[str, float] = {}

    def phase(self, name: str, total: int | None = None) -> None:
        self.computed.setdefault(name, computed())
        self.began.setdefault(name, time.perf_counter())

    @property
    def seconds(self) -> tuple[float, float]:
        """How long reading took, by the clock and in processor time."""
        return self.began[DONE] - self.began[READING], self.computed[DONE] - self.computed[READING]


def computed(process: int | None = None) -> float:
    """Return the processor time of a process (this one) and those below it, in seconds."""
    import psutil

    family = [psutil.Process(process), *psutil.Process(process).children(recursive=True)]
    # Of the processes that are gone, the parent knows.
    return sum(sum(each.cpu_times()[:4]) for each in family)


@contextmanager
def warmed(engine: Engine, filings: list[Filing]) -> Iterator[Engine]:
    """Enter an engine, and let every worker read."""
    with engine as entered:
        shares = [filings[start : start + 16] for start in range(0, len(filings), 16)]
        with ThreadPoolExecutor(2 * WORKERS) as threads:
            list(threads.map(lambda share: list(entered.outcomes(share)), shares))
        yield entered


def without_prefect(request: Request, clock: Clock) -> None:
    with work.open_workshop(request, clock) as workshop:
        ids = work.collect(workshop)
        clock.phase(READING)
        with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as threads:
            list(threads.map(partial(work.process_batch, workshop), work.batches(ids, BATCH)))
        clock.phase(DONE)


def with_prefect(request: Request, clock: Clock) -> None:
    from flows.annual import run_annual
    from flows.parameters import Collection

    WATCH.set(clock)
    run_annual(Collection(source=request.source, out=str(request.out)), request)


def timed(kind: str, source: Path, folder: Path, filings: list[Filing]) -> tuple[float, float, float]:
    """Return the seconds that reading took, by the clock and in processor time, and those before it."""
    out = folder / kind
    engine = "processes" if kind in WITHOUT else kind
    request = Request(str(source), out, workers=WORKERS, scan_workers=1, batch_size=BATCH, engine=engine)

    def make(told: str, conditions: Conditions, warn: Callable[[str], None]) -> object:
        made = Bare(conditions) if kind == "bare" else make_engine(told, conditions, warn)
        return warmed(made, filings)

    work.make_engine = make  # type: ignore[assignment]
    clock, began = Clock(), time.perf_counter()
    (without_prefect if kind in WITHOUT else with_prefect)(request, clock)
    return *clock.seconds, clock.began[READING] - began


@contextmanager
def watched(process: int, found: list[int]) -> Iterator[None]:
    """Write down how many bytes of memory a process and its children take, twice a second."""
    import psutil

    is_over = Event()

    def look() -> None:
        while not is_over.wait(0.5):
            family = [psutil.Process(process), *psutil.Process(process).children(recursive=True)]
            found.append(sum(each.memory_info().rss for each in family))

    thread = Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def count_for(seconds: float, folder: Path, filings: list[Filing]) -> int:
    """Return how many files the bare pool reads in some seconds."""
    write_reports(folder / "few", FIRST_FILES)
    took, *_ = timed("bare", folder / "few", folder / "first", filings)
    return max(4 * BATCH, round(seconds * FIRST_FILES / took))


def show(
    kind: str, wall: float, cpu: float, before: float, more: float = 0, more_cpu: float = 0, *_: float
) -> None:
    added = f"{more:+6.1f} %  processor {cpu:8.1f} s {more_cpu:+6.1f} %"
    print(f"{kind:<12}{wall:8.1f} s {added}  start-up {before:5.1f} s", flush=True)


def main() -> None:
    size, *kinds = [*sys.argv[1:], "150"][: max(1, len(sys.argv) - 1)]
    ready_prefect()
    with tempfile.TemporaryDirectory() as place, PrefectServer(Path(place)) as server:
        folder = Path(place)
        os.environ["PREFECT_API_URL"] = server.address
        write_reports(folder / "warm", 64)
        paths = sorted(path for path in (folder / "warm").rglob("*") if path.is_file())
        filings = [Filing("folder", str(path), path.name) for path in paths]
        count = int(size[:-1]) if size.endswith("f") else count_for(float(size), folder, filings)
        write_reports(folder / "reports", count)
        print(f"{count} files in batches of {BATCH}, {WORKERS} workers", flush=True)
        memory: list[int] = []
        assert server.process is not None
        with watched(server.process.pid, memory):
            bare = timed("bare", folder / "reports", folder, filings)
            show("bare", *bare)
            for kind in [each for each in kinds if each != "bare"] or ["processes", "dask"]:
                before = computed(server.process.pid)
                found = timed(kind, folder / "reports", folder, filings)
                show(kind, *found, *(100 * (mine / its - 1) for mine, its in zip(found, bare, strict=True)))
                its_own = computed(server.process.pid) - before
                print(f"{'':<12}of it Prefect's server {its_own:.1f} s", flush=True)
        database = sum(path.stat().st_size for path in folder.glob("server.db*"))
        taken = max(memory) / 1e6
        print(f"Prefect's server: at most {taken:.0f} MB of memory, {database / 1e6:.1f} MB database")


if __name__ == "__main__":
    main()
