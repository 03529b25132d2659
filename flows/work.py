"""What a run does, without Prefect: collect, process, publish, and sum up."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from flows.artifacts.news import at_rest, with_news
from flows.engines import Conditions, Engine, make_engine
from flows.planning import Plan, jobs_of, make_plan, settled_again
from flows.publications import (
    Ingredients,
    begin_publication,
    keep_publication,
    set_aside,
    still_published,
    year_fingerprint,
    yearbooks_in,
)
from flows.publishers import with_publishers
from flows.request import Request, check_request, run_record
from flows.stopping import StoppedError
from flows.summary import SHOWN, Summary, YearOutcome, summarise, year_outcome
from flows.unchanged import folder_of, gather, request_key, result_to_keep
from flows.watch import Watch
from flows.worker import Setup, in_region, installed
from flows.yearbooks import yearbook_of
from nianbao.archive import open_archive
from nianbao.comparing import take_snapshot
from nianbao.errors import StoreError, UsageError
from nianbao.freshness import Reading, reading_of
from nianbao.intake import prepared_endings
from nianbao.kinds import kind_served
from nianbao.manager import Registry
from nianbao.masking.yearbook import mask_yearbook
from nianbao.model import DocumentKind, Entry, Failure, RunRecord
from nianbao.processed import Processed, Step
from nianbao.quarantine import concerning, dispensable, failures_of, quarantined
from nianbao.records import Context
from nianbao.steps import publish
from nianbao.store import Store
from nianbao.store.freshness import ReportRow
from nianbao.store.lock import Holder, Lock, held
from nianbao.store.writes import outcome as outcome_of


@dataclass(slots=True)
class Workshop:
    """What the steps of one run share in this process; it never travels."""

    request: Request
    registry: Registry
    context: Context
    given: Ingredients
    store: Store
    lock: Lock
    engine: Engine
    run: RunRecord
    watch: Watch
    plan: Plan = field(default_factory=Plan)
    notes: list[str] = field(default_factory=list)
    done_again: set[int] = field(default_factory=set)
    quarantined: dict[str, str] = field(default_factory=dict)
    _rows: tuple[ReportRow, ...] | None = None
    _entries: tuple[Entry, ...] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, file_id: int, done: Processed) -> None:
        """Count what was done, and remember what the user should know of it; any thread may."""
        with self._lock:
            if done.step is not Step.NOTHING:
                self.done_again.add(file_id)
            if done.note:
                self.notes.append(f"{done.filing.name}：{done.note}")

    @property
    def barred(self) -> tuple[Failure, ...]:
        """How the calls of quarantined plugins end."""
        return failures_of(dispensable(self.registry), self.quarantined)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries of the run, loaded once all are saved."""
        with self._lock:
            if self._entries is None:
                self._entries = self.store.load_entries(self.run.id)
            return self._entries

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        """What tells all reports of the run apart, loaded once all are saved."""
        with self._lock:
            if self._rows is None:
                read = [file_id for file_id in self.plan.due if file_id not in self.plan.new_and_left]
                self._rows = self.store.freshness.report_rows(read)
            return self._rows


@contextmanager
def open_workshop(request: Request, watch: Watch, setup: Setup = installed) -> Iterator[Workshop]:
    """Open what a run needs, and record in the store how the run ended.

    Raises:
        UsageError: the request is wrong.
        StoreError: the store can't be opened, or another run is at work on it.
    """
    setup = in_region(request.region) if request.region else setup
    registry, context = setup()
    registry = with_publishers(registry, request.publish)
    try:
        request.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"不能建立文件夹：{error.strerror}", where=str(request.out)) from error
    run = run_record(request, registry, context)
    conditions = Conditions(
        setup,
        request.workers,
        request.limit,
        request.scan_workers,
        request.scan_limit,
        request.archive_location,
        dispensable(registry),
        prepared=prepared_endings(registry),
    )
    notes: list[str] = []

    def warn(line: str) -> None:
        notes.append(line)
        watch.warn(line)

    pool = make_engine(request.engine, conditions, warn)
    location = request.store_location

    def waiting(holder: Holder) -> None:
        watch.phase(waiting_for(holder))

    turn = held(location, run.id, wait=request.wait, waiting=waiting)
    with turn as lock, Store.open(location) as store, pool as engine:
        store.interrupt_runs()
        store.begin_run(run, "run")
        open_archive(request.archive_location).sweep()
        given = gather(store, request, registry, context)
        prints = given.prints
        run = replace(run, reading=prints.reading, extraction=prints.extraction)
        workshop = Workshop(request, registry, context, given, store, lock, engine, run, watch, notes=notes)
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
                # A server that is gone can't be told; the next run writes down that this one was interrupted.
                with suppress(StoreError):
                    store.finish_run(run.id, cut_short, {})


def waiting_for(holder: Holder) -> str:
    """Return the phase of a run that waits for its turn."""
    return f"等候另一次运行结束（{holder}）" if str(holder) else "等候另一次运行结束"


def collect(workshop: Workshop) -> list[int]:
    """List the filings into the store; return the ids of those of which something is to be done."""
    request, store = workshop.request, workshop.store
    filings = check_request(request, workshop.registry)
    ids = store.add_filings(workshop.run.id, filings)
    workshop.plan = make_plan(
        store.freshness,
        workshop.registry,
        workshop.context,
        workshop.given.prints,
        list(zip(ids, filings, strict=True)),
        force=request.force,
        only_failed=request.only_failed,
    )
    store.freshness.skip(workshop.run.id, workshop.plan.unchanged)
    return list(workshop.plan.todo)


def batches(ids: Sequence[int], size: int) -> list[list[int]]:
    """Cut ids into batches."""
    return [list(ids[start : start + size]) for start in range(0, len(ids), size)]


def process_batch(workshop: Workshop, ids: Sequence[int]) -> int:
    """Do what is stale of the files of these ids and save what came of each; return how many were done."""
    store, plan = workshop.store, workshop.plan
    jobs = jobs_of(store.freshness, plan, ids, store.filings(ids), force=workshop.request.force)
    items: list[tuple[int, Processed]] = []
    readings: dict[int, Reading] = {}
    milliseconds: dict[int, int] = {}
    jobs = [replace(job, barred=workshop.barred) for job in jobs]
    for file_id, outcome in zip(ids, workshop.engine.outcomes(jobs), strict=True):
        done = outcome.processed
        items.append((file_id, done))
        readings[file_id] = reading_of(
            done,
            plan.due[file_id],
            workshop.given.prints,
            *outcome_of(done.reports),
            quarantined=workshop.quarantined,
        )
        milliseconds[file_id] = round(1000 * outcome.seconds)
        workshop.tell(file_id, done)
        workshop.watch.advance()
    workshop.lock.check()
    store.freshness.save(workshop.run.id, items, milliseconds, readings)
    return len(items)


def quarantine(workshop: Workshop) -> list[int]:
    """Quarantine the plugins that failed too often; return the files that are to be settled without them.

    To be called once all files are processed, and again after each time that it returned some.
    """
    if not dispensable(workshop.registry):
        return []
    store, plan, prints = workshop.store.freshness, workshop.plan, workshop.given.prints
    listed = store.readings([file_id for file_id in plan.due if file_id not in plan.new_and_left])
    counted = [file_id for file_id, reading in listed.items() if reading.is_extracted_by(prints)]
    workshop.quarantined |= quarantined(workshop.registry, store.failed(counted))
    due = settled_again(listed, prints, workshop.quarantined)
    workshop.plan = replace(plan, due={**plan.due, **due})
    return list(due)


def yearbooks_wanted(workshop: Workshop) -> tuple[tuple[int, DocumentKind], ...]:
    """Return what gets a yearbook: the years found of each kind of report, and of them the one asked for."""
    return yearbooks_in(workshop.rows, workshop.registry, workshop.request.year)


def publish_year(workshop: Workshop, year: int, kind: DocumentKind = DocumentKind.REPORT) -> YearOutcome:
    """Make one year's yearbook and write it, unless it is written already and nothing of it has changed."""
    workshop.lock.check()
    folder, published = folder_of(workshop.request), workshop.store.published
    fingerprint = year_fingerprint(
        workshop.given,
        workshop.registry,
        year,
        workshop.rows,
        workshop.store.freshness.report_rows_of_year(year - 1),
        today=workshop.context.today,
        kind=kind,
    )
    before = published.publication(folder, year, kind)
    kept = still_published(before, fingerprint)
    if kept is not None and not workshop.request.force:
        if kind is DocumentKind.REPORT:
            workshop.store.snapshots.carry_over(workshop.run.id, folder, year)
        return at_rest(kept)
    further = kind_served(workshop.registry, kind)
    yearbook = yearbook_of(workshop, year, further)
    quarantined_here = concerning(workshop.registry, workshop.quarantined, kind)
    yearbook = replace(yearbook, notes=(*yearbook.notes, *quarantined_here))
    workshop.notes += set_aside(before)
    begin_publication(published, workshop.run.id, folder, year, before, kind=kind)
    shown = mask_yearbook(yearbook) if workshop.given.mask else yearbook
    paths, failures = publish(workshop.registry, shown, workshop.request.out)
    outcome = year_outcome(yearbook, paths, failures, further.name if further else "")
    outcome = with_news(outcome, shown, workshop, workshop.rows, before)
    workshop.lock.check()
    if paths and further is None:
        # Before it counts as published: a run killed in between publishes it again.
        workshop.store.snapshots.keep(workshop.run.id, take_snapshot(yearbook))
    keep_publication(published, workshop.run.id, folder, fingerprint, outcome, before=before)
    return outcome


def finish(workshop: Workshop, years: Sequence[YearOutcome]) -> Summary:
    """Sum the run up and record its end in the store."""
    run, plan = workshop.run, workshop.plan
    workshop.lock.check()
    notes = list(workshop.notes[:SHOWN])
    if len(workshop.notes) > SHOWN:
        notes.append(f"…… 等 {len(workshop.notes)} 份")
    if plan.left:
        notes.append(f"另有 {len(plan.left)} 个文件是新增的或者有变动，这次只处理以前失败的，没有处理它们")
    summary = summarise(
        run.id,
        workshop.request.year,
        workshop.store.freshness.heads(run.id),
        years,
        workshop.registry.failures,
        waivers=workshop.given.waivers,
        notes=notes,
        unchanged=len(plan.due) - len(plan.new_and_left) - len(workshop.done_again),
    )
    kept = result_to_keep(summary, workshop.rows)
    asked = request_key(workshop.request, workshop.registry, workshop.given)
    workshop.store.published.keep_result(run.id, asked, kept)
    workshop.store.finish_run(run.id, summary.ending.value, summary.counts)
    return summary
