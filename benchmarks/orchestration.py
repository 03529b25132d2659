"""Time what orchestration adds to the work: `python benchmarks/orchestration.py [SECONDS | COUNTf] [KIND …]`.

The same reports are processed and saved in batches of 128 by the same steps, each time into a new store:

- bare: by a process pool that is handed whole batches by threads; no Prefect, no engine;
- pool: by the engine `processes` without Prefect;
- processes, serial, dask: by `nianbao run`'s flow, on a Prefect server that runs already.

The clock runs from the moment when the first batch is handed over to the moment when the last one is saved.
All take turns, in ROUNDS rounds that begin with another one each: a machine is not as fast at the end as at
the beginning. Processor time is that of all processes, Prefect's server among them. Before each, every worker
has read some reports; what that and connecting took is told as start-up. SECONDS is how long the bare pool is
to work in all rounds (150); `10000f` is a number of files instead. KINDs are those to be timed.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
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

BATCH, WORKERS, FIRST_FILES, ROUNDS = 128, 2, 256, 6
WITHOUT = ("bare", "pool")
READING, DONE = "读取报告", "汇总"
# Seconds by the clock, of processors, of start-up, and of processors in Prefect's server.
Taken = tuple[float, float, float, float]


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


def show(called: str, told: Sequence[float], beside: Sequence[Taken] = ()) -> None:
    wall, cpu, start, server = told
    added = ""
    if beside:
        plain = [sum(each) for each in zip(*beside, strict=True)]
        more = [100 * (mine / its - 1) for mine, its in ((wall, plain[0]), (cpu, plain[1]))]
        added = f"  added {more[0]:+5.1f} %, of processor {more[1]:+5.1f} %"
    line = f"{called:<14}{wall:7.1f} s, processor {cpu:7.1f} s (Prefect's server {server:5.1f} s)"
    print(f"{line}, start-up {start:5.1f} s{added}", flush=True)


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
        kinds = ["bare", *([each for each in kinds if each != "bare"] or ["processes", "dask"])]
        write_reports(folder / "reports", max(4 * BATCH, count // ROUNDS))
        print(f"{count} files in {ROUNDS} rounds, in batches of {BATCH}, {WORKERS} workers", flush=True)
        memory: list[int] = []
        assert server.process is not None
        with watched(server.process.pid, memory):
            found: dict[str, list[Taken]] = {kind: [] for kind in kinds}
            for number in range(ROUNDS):
                for kind in kinds[number % len(kinds) :] + kinds[: number % len(kinds)]:
                    before = computed(server.process.pid)
                    wall, cpu, start = timed(kind, folder / "reports", folder / str(number), filings)
                    its_own = 0.0 if kind in WITHOUT else computed(server.process.pid) - before
                    found[kind].append((wall, cpu, start, its_own))
                    show(f"{number + 1} {kind}", found[kind][-1])
        for kind in kinds:
            show(kind, [sum(each) for each in zip(*found[kind], strict=True)], found["bare"])
        database = sum(path.stat().st_size for path in folder.glob("server.db*"))
        taken = max(memory) / 1e6
        print(f"Prefect's server: at most {taken:.0f} MB of memory, {database / 1e6:.1f} MB database")


if __name__ == "__main__":
    main()
