"""What a run does, without Prefect: collect, process, publish, and sum up."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from nianbao.roster import read_roster

from flows.engines import Engine, Setup, installed
from flows.stopping import StoppedError
from flows.summary import Summary, YearOutcome, summarise, year_outcome
from flows.watch import Watch
from nianbao.errors import NianbaoError, UsageError
from nianbao.manager import Registry, our_version
from nianbao.model import Entry, Filing, RosterEntry, RunRecord, SourceConfig
from nianbao.records import Context
from nianbao.steps import SHANGHAI, Processed, list_filings, publish
from nianbao.store import Store
from nianbao.yearbook import make_yearbook, years_of

FIRST_YEAR = 2004  # 《全面推进依法行政实施纲要》, the first to ask for such reports
BATCH = 64


@dataclass(frozen=True, slots=True)
class Request:
    """What a run is asked to do.

    Args:
        source: a folder, file or address.
        out: the folder for what is published.
        year: the year wanted, or None for a workbook of each year found.
        roster: a file that lists who should report.
        store: the database, or an empty string for `nianbao.db` in `out`.
        workers: how many processes read.
        limit: seconds that one document may take.
    """

    source: str
    out: Path
    year: int | None = None
    roster: Path | None = None
    store: str = ""
    workers: int = 2
    limit: float = 120.0

    @property
    def store_location(self) -> str:
        """Where the store is."""
        return self.store or str(self.out / "nianbao.db")


def check_year(year: int | None, today: datetime | None = None) -> None:
    """Refuse a year that no report can be about.

    Raises:
        UsageError: it is before the first such reports, or has not begun.
    """
    last = (today or datetime.now(SHANGHAI)).year
    if year is not None and not FIRST_YEAR <= year <= last:
        raise UsageError(
            f"年份 {year} 不在 {FIRST_YEAR}–{last} 之间", where="--year", hint="请写报告所属的年度，如 2023"
        )


def check_request(request: Request, registry: Registry) -> tuple[Filing, ...]:
    """Return the filings of a request, having checked all that can be checked before any work.

    Raises:
        UsageError: the year, the roster, the source or the folder for the results is wrong.
    """
    check_year(request.year)
    if request.roster is not None:
        read_roster(request.roster)
    out = request.out.expanduser().resolve()
    if out.exists() and not out.is_dir():
        raise UsageError("这是一个文件，不是文件夹", where=str(request.out), hint="请用 --out 另选一个文件夹")
    if "://" not in request.source and out == Path(request.source).expanduser().resolve():
        raise UsageError(
            "结果不能写进报告所在的文件夹", where=str(request.out), hint="请用 --out 另选一个文件夹"
        )
    filings = list_filings(registry, SourceConfig(request.source), request.year)
    return tuple(filing for filing in filings if not _is_own(filing, out))


def _is_own(filing: Filing, out: Path) -> bool:
    """What an earlier run wrote into a folder below the source is no report."""
    return "://" not in filing.uri and out in Path(filing.uri).parents


@dataclass(slots=True)
class Workshop:
    """What the steps of one run share in this process; it never travels."""

    request: Request
    registry: Registry
    context: Context
    roster: tuple[RosterEntry, ...] | None
    store: Store
    engine: Engine
    run: RunRecord
    watch: Watch
    _entries: tuple[Entry, ...] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries of the run, loaded once all are saved."""
        with self._lock:
            if self._entries is None:
                self._entries = self.store.load_entries(self.run.id)
            return self._entries


@contextmanager
def open_workshop(request: Request, watch: Watch, setup: Setup = installed) -> Iterator[Workshop]:
    """Open what a run needs, and record in the store how the run ended.

    Raises:
        UsageError: the request is wrong.
        StoreError: the store can't be opened.
    """
    registry, context = setup()
    roster = read_roster(request.roster) if request.roster is not None else None
    try:
        request.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"不能建立文件夹：{error.strerror}", where=str(request.out)) from error
    run = run_record(request, registry, context)
    with Store.open(request.store_location) as store, Engine(setup, request.workers, request.limit) as engine:
        store.begin_run(run, "run")
        workshop = Workshop(request, registry, context, roster, store, engine, run, watch)
        try:
            yield workshop
        except (KeyboardInterrupt, StoppedError):
            engine.stop()
            store.finish_run(run.id, "stopped", {})
            raise
        except NianbaoError:
            store.finish_run(run.id, "failed", {})
            raise


def run_record(request: Request, registry: Registry, context: Context) -> RunRecord:
    """Return what is needed to repeat a run."""
    settings = {
        "来源": request.source,
        "年度": str(request.year or "全部"),
        "名单": str(request.roster or ""),
        "数据库": request.store_location,
    }
    started = datetime.now(SHANGHAI)
    return RunRecord(
        id=f"{started:%Y%m%d-%H%M%S}-{uuid4().hex[:6]}",
        started=started,
        version=our_version(),
        catalogue=context.catalogue.fingerprint,
        plugins=tuple((plugin.name, plugin.version) for plugin in registry.plugins),
        settings=tuple(settings.items()),
    )


def collect(workshop: Workshop) -> list[int]:
    """List the filings into the store; return their ids."""
    filings = check_request(workshop.request, workshop.registry)
    return list(workshop.store.add_filings(workshop.run.id, filings))


def batches(ids: Sequence[int]) -> list[list[int]]:
    """Cut ids into batches."""
    return [list(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH)]


def process_batch(workshop: Workshop, ids: Sequence[int]) -> int:
    """Process the filings of these ids and save what came of each; return how many were done."""
    filings = workshop.store.filings(ids)
    items: list[tuple[int, Processed]] = []
    milliseconds: dict[int, int] = {}
    for file_id, outcome in zip(ids, workshop.engine.outcomes(filings), strict=True):
        items.append((file_id, outcome.processed))
        milliseconds[file_id] = round(1000 * outcome.seconds)
        workshop.watch.advance()
    workshop.store.save(workshop.run.id, items, milliseconds)
    return len(items)


def years_wanted(workshop: Workshop) -> tuple[int, ...]:
    """Return the years that get a yearbook: those found, and of them the one asked for."""
    found = years_of(workshop.entries)
    wanted = workshop.request.year
    return found if wanted is None else tuple(year for year in found if year == wanted)


def publish_year(workshop: Workshop, year: int) -> YearOutcome:
    """Make one year's yearbook and write it."""
    yearbook = make_yearbook(
        workshop.registry,
        workshop.context,
        year,
        workshop.entries,
        roster=workshop.roster,
        run=workshop.run,
    )
    paths, failures = publish(workshop.registry, yearbook, workshop.request.out)
    return year_outcome(yearbook, paths, failures)


def finish(workshop: Workshop, years: Sequence[YearOutcome]) -> Summary:
    """Sum the run up and record its end in the store."""
    run = workshop.run
    summary = summarise(run.id, workshop.request.year, workshop.entries, years, workshop.registry.failures)
    workshop.store.finish_run(run.id, summary.ending.value, summary.counts)
    return summary
