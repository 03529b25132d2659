"""Looks at a run before and after: what its store tells of the run before, and which events follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from connectors.sources.website.listing import NAME as WEBSITE
from connectors.sources.website.listing import SITE
from flows.events.missing import Roll, deadline_of, missing_reports
from flows.events.notice import Notice, Task
from flows.events.partial import partial_run
from flows.events.sources import Item, Stock, source_changes
from flows.summary import Ending, Summary, YearOutcome
from flows.work import Workshop
from nianbao.divisions import divisions
from nianbao.errors import NianbaoError, UsageError
from nianbao.model import DocumentKind, Filing, RunRecord
from nianbao.roster.counties import Counties
from nianbao.store import Store
from nianbao.store.address import shown
from nianbao.store.pastruns import PastRun

Emit = Callable[[Sequence[Notice]], None]
_SOURCE, _YEAR, _ALL_YEARS = "来源", "年度", "全部"
# More than there are in a year of weekly runs.
_RECENT = 60


@dataclass(slots=True)
class Lookout:
    """What is known before a run begins.

    Args:
        workshop: of the run.
        task: whose run it is.
        emit: sends events.
        runs: the earlier runs over the same place, the latest first.
        before: what the source held at the last of them that listed anything, if one did.
    """

    workshop: Workshop
    task: Task
    emit: Emit
    runs: Sequence[PastRun]
    before: Stock | None

    def ended(self, summary: Summary) -> Summary:
        """Tell what is to be told at the end of a run; return its summary as it is."""
        with _harmless(self.workshop):
            notices = [*self._missing(summary.years), *partial_run(self.task, summary)]
            if self.before is not None:
                workshop = self.workshop
                now = stock_of(workshop.store, workshop.run.id, workshop.context.today)
                notices += source_changes(self.task, self.before, now)
            self.emit(notices)
        return summary

    def broken(self, error: UsageError) -> None:
        """Tell what follows where a run was broken off since there is nothing at its source."""
        if error.where != self.workshop.request.source:
            return
        with _harmless(self.workshop):
            notices = self._missing(())
            if self.before is not None:
                now = Stock({}, self.workshop.context.today)
                notices += source_changes(self.task, self.before, now, error.message)
            self.emit(notices)

    def _missing(self, years: Sequence[YearOutcome]) -> list[Notice]:
        workshop, roster = self.workshop, {entry.name: entry for entry in self.workshop.given.roster or ()}
        silent = {
            outcome.year: outcome.silent or () for outcome in years if outcome.kind is DocumentKind.REPORT
        }
        if workshop.request.year is not None:
            # Where there is no report of the year, there is no yearbook that tells who is missing.
            silent.setdefault(workshop.request.year, tuple(roster))
        if not roster or not any(silent.values()):
            return []
        heads = workshop.store.freshness.heads(workshop.run.id)
        known = Counties((entry.report for entry in heads), divisions())
        named = {name for names in silent.values() for name in names}
        counties = {name: known.of_entry(roster[name]) for name in sorted(named & roster.keys())}
        runs = {year: self._spoken_of(year) for year in silent}
        roll = Roll(len(workshop.given.roster or ()), counties, workshop.context.today, runs)
        return list(missing_reports(self.task, silent, roll))

    def _spoken_of(self, year: int) -> list[date]:
        """Return the days since its deadline on which an earlier run told of a year's missing reports."""
        late = (run for run in self.runs if run.started.date() >= deadline_of(year))
        return [run.started.date() for run in late if self._has_ended(run) and self._was_for(run, year)]

    def _has_ended(self, run: PastRun) -> bool:
        """Tell whether a run came to its end, or found nothing at its source."""
        if run.status in (Ending.COMPLETE, Ending.PARTIAL) or run.counts:
            return True
        return run.status == Ending.FAILED and not self.workshop.store.freshness.listed_by(run.id)

    def _was_for(self, run: PastRun, year: int) -> bool:
        return dict(self.workshop.store.run(run.id).settings).get(_YEAR) in (str(year), _ALL_YEARS)


@contextmanager
def looking_out(workshop: Workshop, label: str, emit: Emit | None) -> Iterator[Callable[[Summary], Summary]]:
    """Look out over a run, from before its sources are listed; what it yields is told the summary.

    Args:
        workshop: of the run.
        label: what the operator calls its place.
        emit: sends events; None where nobody is there to be told.
    """
    lookout = None
    if emit is not None:
        with _harmless(workshop):
            lookout = _lookout(workshop, label, emit)
    try:
        yield lookout.ended if lookout is not None else _nobody
    except UsageError as error:
        if lookout is not None:
            lookout.broken(error)
        raise


def _nobody(summary: Summary) -> Summary:
    return summary


@contextmanager
def _harmless(workshop: Workshop) -> Iterator[None]:
    """Have a store that can't be asked for such things leave the run as it is; it will say so itself."""
    try:
        yield
    except (NianbaoError, OSError) as error:
        workshop.watch.warn(f"没有发出事件：{error}")


def _lookout(workshop: Workshop, label: str, emit: Emit) -> Lookout:
    request, store, own = workshop.request, workshop.store, workshop.run
    place = dict(own.settings)[_SOURCE]
    runs = [run for run in store.past_runs() if run.place == place and run.id != own.id]
    last = next((run for run in runs[:_RECENT] if _is_like(store, run, own)), None)
    before = stock_of(store, last.id, last.started.date()) if last is not None else None
    task = Task(label, shown(request.source), str(request.out.expanduser().resolve()))
    return Lookout(workshop, task, emit, runs, before)


def _is_like(store: Store, run: PastRun, own: RunRecord) -> bool:
    """Tell whether a run listed anything, for the same year: a site lists that year's reports alone."""
    year = dict(store.run(run.id).settings).get(_YEAR)
    return year == dict(own.settings)[_YEAR] and bool(store.freshness.listed_by(run.id))


def stock_of(store: Store, run_id: str, day: date) -> Stock:
    """Return what a run listed, as the store knows it now."""
    ids = sorted(store.freshness.listed_by(run_id))
    contents, places = store.freshness.contents(ids), store.freshness.places(ids)
    items: dict[int, Item] = {}
    for number, filing in zip(ids, store.filings(ids), strict=True):
        if is_listed(filing):
            found = places.get(number, frozenset())
            years = {year for year, _, kind in found if year and kind is DocumentKind.REPORT}
            items[number] = Item(site_of(filing), filing.name, contents.get(number, ""), tuple(sorted(years)))
    return Stock(items, day)


def is_listed(filing: Filing) -> bool:
    """Tell whether a filing is something that its source lists, and not what is said of a site."""
    return not (filing.source == WEBSITE and filing.uri.startswith(SITE))


def site_of(filing: Filing) -> str:
    """Return the site that a filing is of; empty where its source is one place."""
    return filing.name.partition("/")[0] if filing.source == WEBSITE else ""
