"""The yearbooks of a store, each made as a run makes it, with the ledger as it stands now."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from flows.publications import Ingredients
from flows.publishers import with_publishers
from flows.request import Request
from flows.serve.faults import refuse
from flows.serve.pages import YearRow
from flows.unchanged import gather, state_of
from flows.worker import in_region, installed
from flows.yearbooks import yearbook_of
from nianbao.errors import PublishError, UsageError
from nianbao.manager import Registry
from nianbao.masking.yearbook import mask_yearbook
from nianbao.model import DocumentKind, Entry, Failure, RunRecord, Status, Yearbook
from nianbao.quarantine import dispensable, failures_of, quarantined
from nianbao.records import Context
from nianbao.steps import publish
from nianbao.store import Store
from nianbao.store.pastruns import PastRun
from outputs.review.listing import ListedReport
from outputs.review.publisher import listed_reports

_READ = (Status.COMPLETE.value, Status.PARTIAL.value)
_UNMASKED = "没有遮盖"


@dataclass(frozen=True, slots=True)
class _Makings:
    """What a yearbook is made of, as `flows.yearbooks` wants it.

    Args:
        request: of the run, as far as the store knows it.
        registry, context, given, barred, entries, run: as a run has them.
        state: what tells these entries from others.
        notes: what could not be had any more, Chinese lines.
    """

    request: Request
    registry: Registry
    context: Context
    given: Ingredients
    store: Store
    run: RunRecord
    entries: tuple[Entry, ...]
    barred: tuple[Failure, ...]
    state: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A year as the pages show it: what is personal is hidden where its run did so.

    Args:
        yearbook: with the ledger as it stands.
        listed: its reports, each with its points.
    """

    yearbook: Yearbook
    listed: tuple[ListedReport, ...]


@dataclass(slots=True)
class Shelf:
    """The yearbooks of a store.

    Args:
        store: the store.
        location: its path or address.
        folder: of the results.
        archive: folder or address of the originals; empty for the one beside the store.
    """

    store: Store
    location: str
    folder: Path
    archive: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _made: dict[int, tuple[object, Shown]] = field(default_factory=dict)
    _entries: dict[str, tuple[str, tuple[Entry, ...]]] = field(default_factory=dict)
    _of_years: dict[int, tuple[str, tuple[Entry, ...]]] = field(default_factory=dict)

    def years(self) -> tuple[YearRow, ...]:
        """Return the years that were published, the latest first, each by the last run that did so."""
        runs: dict[int, PastRun] = {}
        for run in self.store.past_runs():
            for year in run.years:
                runs.setdefault(year, run)
        return tuple(self._row(year, runs[year]) for year in sorted(runs, reverse=True))

    def entries_of_year(self, year: int) -> tuple[Entry, ...]:
        """Return a year's kept reports, loaded anew where any of them was read anew."""
        with self._lock:
            state = state_of(self.store.freshness.report_rows_of_year(year))
            known = self._of_years.get(year)
            if known is None or known[0] != state:
                known = self._of_years[year] = state, self.store.load_entries_for_year(year)
            return known[1]

    def shown(self, year: int) -> Shown:
        """Return a year's yearbook and list as they are to be shown.

        Raises:
            FaultError: no run has published this year.
            StoreError: the store can't be read.
        """
        with self._lock:
            run = next((each for each in self.store.past_runs() if year in each.years), None)
            if run is None:
                raise refuse(404, f"数据库里没有 {year} 年度的汇总", "请先运行 nianbao run")
            makings = self._makings(self.store.run(run.id))
            key = (run.id, makings.state, makings.given, makings.notes, makings.context.today)
            known = self._made.get(year)
            if known is not None and known[0] == key:
                return known[1]
            made = yearbook_of(makings, year, None)
            made = replace(made, notes=(*made.notes, *makings.notes))
            made = mask_yearbook(made) if makings.given.mask else made
            shown = Shown(made, listed_reports(made))
            self._made[year] = (key, shown)
            return shown

    def workbook(self, year: int) -> tuple[str, bytes]:
        """Return the name and the bytes of a year's workbook, made anew.

        Raises:
            FaultError: no run has published this year.
            PublishError: it can't be made.
        """
        yearbook = self.shown(year).yearbook
        registry = with_publishers(installed()[0], ("workbook",))
        with TemporaryDirectory(prefix="nianbao-serve-") as folder:
            paths, failures = publish(registry, yearbook, Path(folder))
            if failures or not paths:
                told = failures[0].error if failures else "没有写出文件"
                raise PublishError(f"工作簿没有写成：{told}")
            return paths[0].name, paths[0].read_bytes()

    def _row(self, year: int, run: PastRun) -> YearRow:
        rows = self.store.freshness.report_rows(list(self.store.freshness.listed_by(run.id)))
        own = [row for row in rows if row.year == year and row.kind == DocumentKind.REPORT.value]
        return YearRow(year, sum(row.status in _READ for row in own), run.started, run.place)

    def _makings(self, run: RunRecord) -> _Makings:
        request, notes = self._request(run)
        registry, context = (in_region(request.region) if request.region else installed)()
        try:
            given = gather(self.store, request, registry, context)
        except UsageError as error:
            # A list that has become unreadable must not take the pages along.
            notes = (*notes, f"没有用到名单和豁免清单：{error}")
            request = replace(request, source="", roster=None, county="", waivers=None)
            given = gather(self.store, request, registry, context)
        ids = list(self.store.freshness.listed_by(run.id))
        told = quarantined(registry, self.store.freshness.failed(ids)) if dispensable(registry) else {}
        barred = failures_of(dispensable(registry), told)
        state = state_of(self.store.freshness.report_rows(ids))
        if self._entries.get(run.id, ("", ()))[0] != state:
            # Of one run at a time: a large one takes much memory.
            self._entries = {run.id: (state, self.store.load_entries(run.id))}
        _, entries = self._entries[run.id]
        return _Makings(request, registry, context, given, self.store, run, entries, barred, state, notes)

    def _request(self, run: RunRecord) -> tuple[Request, tuple[str, ...]]:
        """Return what a run was asked to do, without the lists that are gone by now, which are told."""
        told = dict(run.settings)
        lists, notes = {}, []
        for name, called in (("roster", "名单"), ("waivers", "豁免")):
            path = Path(told.get(called, "")).expanduser()
            if told.get(called) and path.is_file():
                lists[name] = path
            elif told.get(called) and (name == "waivers" or path.suffix):
                notes.append(f"汇总时用的{called}文件不在原处，这里没有用到：{told[called]}")
        county = "" if "roster" in lists or Path(told.get("名单", "")).suffix else told.get("名单", "")
        request = Request(
            source=told.get("来源", ""),
            out=self.folder,
            roster=lists.get("roster"),
            waivers=lists.get("waivers"),
            county=county,
            store=self.location,
            archive=self.archive,
            region=told.get("地区", ""),
            mask=told.get("个人信息") != _UNMASKED,
        )
        return request, tuple(notes)
