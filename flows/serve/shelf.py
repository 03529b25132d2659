"""The yearbooks of a store as the pages show them, each made anew when anything of it has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from flows.publishers import with_publishers
from flows.serve.faults import FaultError, refuse
from flows.serve.makings import Maker
from flows.serve.pages import YearRow
from flows.serve.private import private_folder
from flows.unchanged import state_of
from flows.worker import installed
from nianbao.errors import NianbaoError, PublishError
from nianbao.model import DocumentKind, Entry, Status, Yearbook
from nianbao.steps import publish
from nianbao.store import Store
from nianbao.store.pastruns import PastRun
from outputs.review.listing import ListedReport
from outputs.review.publisher import listed_reports

_READ = (Status.COMPLETE.value, Status.PARTIAL.value)


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
        maker: makes them.
    """

    maker: Maker
    _made: dict[int, tuple[object, Shown]] = field(default_factory=dict)
    _of_years: dict[int, tuple[str, tuple[Entry, ...]]] = field(default_factory=dict)
    # One thread makes yearbooks, another may load what decisions are held against.
    _making: threading.Lock = field(default_factory=threading.Lock)
    _loading: threading.Lock = field(default_factory=threading.Lock)
    _flags: threading.Lock = field(default_factory=threading.Lock)
    _renewed: dict[int, set[str]] = field(default_factory=dict)
    _again: set[int] = field(default_factory=set)

    @property
    def store(self) -> Store:
        """The store."""
        return self.maker.store

    def years(self) -> tuple[YearRow, ...]:
        """Return the years that were published, the latest first, each by the last run that did so."""
        runs: dict[int, PastRun] = {}
        for run in self.store.past_runs():
            for year in run.years:
                runs.setdefault(year, run)
        return tuple(self._row(year, runs[year]) for year in sorted(runs, reverse=True))

    def entries_of_year(self, year: int) -> tuple[Entry, ...]:
        """Return a year's kept reports, loaded anew where any of them was read anew."""
        with self._loading:
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
        with self._making:
            run = next((each for each in self.store.past_runs() if year in each.years), None)
            if run is None:
                raise refuse(404, f"数据库里没有 {year} 年度的汇总", "请先运行 nianbao run")
            sight = self.maker.sight(run.id)
            known = self._made.get(year)
            if known is not None and known[0] == sight:
                return known[1]
            made = self.maker.make(run.id, year)
            shown = Shown(made, listed_reports(made))
            self._made[year] = (sight, shown)
            return shown

    def at_hand(self, year: int, issuer: str = "") -> Shown:
        """Return a year as it was shown last while decisions make it anew; else as `shown`.

        Nobody waits for a thousand reports in order to read one.

        Args:
            year: reported on.
            issuer: whose report is to be read; where these decisions are about it, all is waited for.
        """
        with self._flags:
            is_touched = issuer in self._renewed.get(year, {issuer})
            known = self._made.get(year)
        return known[1] if known is not None and not is_touched else self.shown(year)

    def renew(self, year: int, issuers: Iterable[str]) -> None:
        """Begin to make a year anew, once after all that was entered meanwhile.

        Args:
            year: reported on.
            issuers: whose reports the decisions are about.
        """
        with self._flags:
            if year in self._renewed:
                self._renewed[year].update(issuers)
                self._again.add(year)
                return
            self._renewed[year] = {*issuers}
        threading.Thread(target=self._renew, args=(year,), daemon=True).start()

    def _renew(self, year: int) -> None:
        while True:
            # What goes wrong is told whoever asks for the page.
            with suppress(NianbaoError, FaultError):
                self.shown(year)
            with self._flags:
                if year not in self._again:
                    self._renewed.pop(year)
                    return
                self._again.discard(year)

    def workbook(self, year: int) -> tuple[str, bytes]:
        """Return the name and the bytes of a year's workbook, made anew.

        Raises:
            FaultError: no run has published this year.
            PublishError: it can't be made.
        """
        yearbook = self.shown(year).yearbook
        registry = with_publishers(installed()[0], ("workbook",))
        with private_folder() as folder:
            paths, failures = publish(registry, yearbook, folder)
            if failures or not paths:
                told = failures[0].error if failures else "没有写出文件"
                raise PublishError(f"工作簿没有写成：{told}")
            return paths[0].name, paths[0].read_bytes()

    def _row(self, year: int, run: PastRun) -> YearRow:
        rows = self.store.freshness.report_rows(list(self.store.freshness.listed_by(run.id)))
        own = [row for row in rows if row.year == year and row.kind == DocumentKind.REPORT.value]
        return YearRow(year, sum(row.status in _READ for row in own), run.started, run.place)
