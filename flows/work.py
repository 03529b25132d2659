"""What a run does, without Prefect: collect, process, publish, and sum up."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from flows.engines import Engine
from flows.request import Request, check_request, wanted_roster
from flows.stopping import StoppedError
from flows.summary import Summary, YearOutcome, summarise, year_outcome
from flows.watch import Watch
from flows.worker import Setup, installed
from nianbao.errors import UsageError
from nianbao.manager import Registry, our_version
from nianbao.model import Entry, RosterEntry, RunRecord
from nianbao.records import Context
from nianbao.steps import SHANGHAI, Processed, publish
from nianbao.store import Store
from nianbao.waivers import Waivers, read_waivers
from nianbao.yearbook import make_yearbook, years_of


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
    waivers: Waivers = field(default_factory=Waivers)
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
    roster = wanted_roster(request, context.divisions)
    waivers = read_waivers(request.waivers) if request.waivers is not None else Waivers()
    try:
        request.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"不能建立文件夹：{error.strerror}", where=str(request.out)) from error
    run = run_record(request, registry, context)
    pool = Engine(setup, request.workers, request.limit, request.scan_workers, request.scan_limit)
    with Store.open(request.store_location) as store, pool as engine:
        store.begin_run(run, "run")
        workshop = Workshop(request, registry, context, roster, store, engine, run, watch, waivers)
        cut_short = "failed"
        try:
            yield workshop
            cut_short = ""
        except (KeyboardInterrupt, StoppedError):
            engine.stop()
            cut_short = "stopped"
            raise
        finally:
            if cut_short:
                store.finish_run(run.id, cut_short, {})


def run_record(request: Request, registry: Registry, context: Context) -> RunRecord:
    """Return what is needed to repeat a run."""
    settings = {
        "来源": request.source,
        "年度": str(request.year or "全部"),
        "名单": str(request.roster or request.county),
        "豁免": str(request.waivers or ""),
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


def batches(ids: Sequence[int], size: int) -> list[list[int]]:
    """Cut ids into batches."""
    return [list(ids[start : start + size]) for start in range(0, len(ids), size)]


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
        waivers=workshop.waivers,
        earlier=workshop.store.load_entries_for_year(year - 1),
    )
    paths, failures = publish(workshop.registry, yearbook, workshop.request.out)
    return year_outcome(yearbook, paths, failures)


def finish(workshop: Workshop, years: Sequence[YearOutcome]) -> Summary:
    """Sum the run up and record its end in the store."""
    run = workshop.run
    summary = summarise(
        run.id,
        workshop.request.year,
        workshop.entries,
        years,
        workshop.registry.failures,
        waivers=workshop.waivers,
    )
    workshop.store.finish_run(run.id, summary.ending.value, summary.counts)
    return summary
