"""What a run came to: counted once, told on the terminal, in Prefect and by the exit status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from flows.artifacts.news import Change
from flows.artifacts.tally import Tally
from nianbao.checking import CRASHED
from nianbao.model import (
    AcceptanceState,
    CorrectionOutcome,
    CorrectionState,
    DocumentKind,
    Entry,
    Failure,
    Report,
    Severity,
    Status,
    Yearbook,
)
from nianbao.quarantine import is_quarantine
from nianbao.waivers import Waivers
from nianbao.yearbook import LeftOut, leave_out, name_of

SHOWN = 10


class Ending(StrEnum):
    """How a run ended; exit statuses 0, 1 and 3."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"


EXIT_STATUS = {Ending.COMPLETE: 0, Ending.PARTIAL: 1, Ending.FAILED: 3}


@dataclass(frozen=True, slots=True)
class YearOutcome:
    """What came of one year.

    Args:
        year: the year reported on.
        reports: how many reports it has.
        findings: how many findings of each severity, those about the year as a whole included.
        silent: who of the roster has not reported, or None where no roster was given.
        files: what was written.
        failures: publishers that failed.
        crashed: what the yearbook's checks say that did not come to an end, one line each.
        waived: how many findings are waived; they are not counted among the others.
        remarks: what its readers should know besides, one line each.
        unchanged: whether it was published before and still holds, so that nothing was written.
        corrected: how many figures hold as people entered them.
        stale: the corrections that went stale, one line each.
        waived_by: the numbers of the store's waivers that waived anything.
        accepted_by: the numbers of the store's acceptances that hold.
        kind: what its reports are.
        called: what they are called in Chinese where they are of a further kind; else empty.
        tally: what an operator is shown of it; None where an earlier version wrote it down.
        change: how it differs from what was published before; None where nothing was.
    """

    year: int
    reports: int
    findings: tuple[tuple[Severity, int], ...]
    silent: tuple[str, ...] | None
    files: tuple[Path, ...]
    failures: tuple[Failure, ...]
    crashed: tuple[str, ...] = ()
    waived: int = 0
    remarks: tuple[str, ...] = ()
    unchanged: bool = False
    corrected: int = 0
    stale: tuple[str, ...] = ()
    waived_by: tuple[int, ...] = ()
    accepted_by: tuple[int, ...] = ()
    kind: DocumentKind = DocumentKind.REPORT
    called: str = ""
    tally: Tally | None = field(default=None, repr=False)
    change: Change | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The year as a user reads it, with what its reports are called where they are of a further kind."""
        return f"{self.year} 年度{self.called}"

    @property
    def label(self) -> str:
        """The same, as short as the first cell of a table's row."""
        return f"{self.year} {self.called}".rstrip()


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to.

    Args:
        run_id: of the run.
        year: the year asked for, or None.
        files: how many files were listed.
        reports: how many reports on 法治政府建设 were read, of all years.
        years_found: how many of them each year has.
        years: the years that were published.
        unreadable: the files that could not be read, and why.
        left_out: the files that are in no yearbook, and why.
        failures: plugins that failed while loading or on a report, in Chinese, each once.
        remarks: what the user should look at in what was given, such as waivers that do nothing.
        unchanged: how many files were as they had been read before, so that nothing was done of them.
        early: what is said where nothing is published since there is nothing of the year yet; else empty.
    """

    run_id: str
    year: int | None
    files: int
    reports: int
    years_found: tuple[tuple[int, int], ...]
    years: tuple[YearOutcome, ...]
    unreadable: tuple[LeftOut, ...]
    left_out: tuple[LeftOut, ...]
    failures: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    unchanged: int = 0
    early: str = ""

    @property
    def written(self) -> tuple[Path, ...]:
        """All files of the years, those that were written before and still hold among them."""
        return tuple(path for year in self.years for path in year.files)

    @property
    def ending(self) -> Ending:
        """How the run ended: failed where nothing could be published."""
        if not self.written:
            return Ending.FAILED
        return Ending.PARTIAL if self.unreadable or self.failures else Ending.COMPLETE

    @property
    def why_nothing(self) -> str:
        """Why there is nothing to publish, in Chinese; empty where something was published."""
        if self.written or self.early:
            return self.early
        if self.years:
            return "结果文件没有写成"
        if self.year is not None and self.years_found:
            found = "、".join(f"{year} 年度 {count} 份" for year, count in self.years_found)
            return f"没有 {self.year} 年度的报告（找到：{found}）"
        if self.files == len(self.unreadable):
            return "所有文件都无法读取"
        return "没有找到法治政府建设年度报告"

    @property
    def counts(self) -> dict[str, int]:
        """The counts that the store keeps of a run."""
        return {
            "files": self.files,
            "reports": self.reports,
            "unreadable": len(self.unreadable),
            "left_out": len(self.left_out),
            "written": len(self.written),
            "unchanged": self.unchanged,
        }


def year_outcome(
    yearbook: Yearbook, files: Sequence[Path], failures: Sequence[Failure], called: str = ""
) -> YearOutcome:
    """Count what a published yearbook holds; `called` as `YearOutcome` has it."""
    reports = [entry.report for entry in yearbook.entries if entry.report.status is not Status.UNREADABLE]
    found = [*yearbook.findings, *(finding for report in reports for finding in report.findings)]
    severities = Counter(finding.severity for finding in found if finding.waiver is None)
    waived_by = {finding.waiver.row for finding in found if finding.waiver and finding.waiver.kept}
    names = {info.id: info.name for info in yearbook.indicators}
    silent = None
    if yearbook.roster is not None:
        silent = tuple(outcome.entry.name for outcome in yearbook.roster if not outcome.files)
    return YearOutcome(
        year=yearbook.year,
        reports=len(reports),
        findings=tuple((severity, severities[severity]) for severity in reversed(Severity)),
        silent=silent,
        files=tuple(files),
        failures=tuple(failures),
        crashed=tuple(finding.message for finding in yearbook.findings if finding.kind == CRASHED),
        waived=sum(finding.waiver is not None for finding in found),
        remarks=yearbook.notes,
        corrected=sum(each.state is CorrectionState.APPLIED for each in yearbook.corrections),
        stale=tuple(
            stale_line(each, names) for each in yearbook.corrections if each.state is CorrectionState.STALE
        ),
        waived_by=tuple(sorted(waived_by)),
        accepted_by=tuple(
            sorted(e.acceptance.number for e in yearbook.acceptances if e.state is AcceptanceState.HELD)
        ),
        kind=yearbook.kind,
        called=called,
    )


def stale_line(outcome: CorrectionOutcome, names: Mapping[str, str]) -> str:
    """Return what a user is told of a correction that went stale; `names` are the indicators' by id."""
    entry = outcome.correction
    indicator = names.get(entry.indicator, entry.indicator)
    return f"更正已失效：{entry.issuer} {entry.year}年度“{indicator}”：{outcome.told}"


def summarise(
    run_id: str,
    year: int | None,
    entries: Sequence[Entry],
    years: Sequence[YearOutcome],
    load_failures: Iterable[Failure],
    *,
    waivers: Waivers | None = None,
    notes: Iterable[str] = (),
    unchanged: int = 0,
) -> Summary:
    """Sum a run up.

    Args:
        run_id: of the run.
        year: the year asked for, or None.
        entries: all entries of the run.
        years: what was published.
        load_failures: what went wrong while plugins were loaded.
        waivers: those that were given, if any.
        notes: what else the user should know.
        unchanged: how many files were not done again.
    """
    rows = [entry.report for entry in entries]
    read = (report for report in rows if report.status in (Status.COMPLETE, Status.PARTIAL))
    reports = [report for report in read if report.kind is DocumentKind.REPORT]
    years_found = Counter(report.year for report in reports if report.year is not None)
    return Summary(
        run_id=run_id,
        year=year,
        files=len({report.file for report in rows}),
        reports=len(reports),
        years_found=tuple(sorted(years_found.items())),
        years=tuple(years),
        unreadable=tuple(LeftOut(name_of(r), r.error) for r in rows if r.status is Status.UNREADABLE),
        left_out=leave_out(entries, year, {DocumentKind.REPORT, *(outcome.kind for outcome in years)}),
        failures=tuple(_failure_lines(load_failures, rows, years)),
        remarks=tuple(dict.fromkeys((*notes, *_remarks(waivers or Waivers(), year, years)))),
        unchanged=unchanged,
    )


def _remarks(waivers: Waivers, year: int | None, years: Sequence[YearOutcome]) -> Iterable[str]:
    """Yield what is wrong with waivers; those of other years are passed over where one year was asked for."""
    yield from waivers.faults
    for outcome in years:
        # A quarantine stands among the failures.
        yield from (remark for remark in outcome.remarks if not is_quarantine(remark))
    known = {outcome.year for outcome in years if outcome.kind is DocumentKind.REPORT}
    for waiver in waivers.given if year is None else ():
        if waiver.year not in known:
            yield f"{waivers.told(waiver)}：这次没有 {waiver.year} 年度的报告，没有用到"


def _failure_lines(
    loading: Iterable[Failure], rows: Sequence[Report], years: Sequence[YearOutcome]
) -> Iterable[str]:
    for failure in loading:
        yield f"插件 {failure.plugin} 没有装载：{failure.error}"
    yield from failure_lines(rows)
    for year in years:
        yield from (f"{year.name}：{message}" for message in year.crashed)
        for failure in year.failures:
            yield f"{year.name}的结果没有由 {failure.plugin} 写成：{failure.error}"


def failure_lines(rows: Iterable[Report]) -> Iterable[str]:
    """Tell each plugin that failed on reports once, with the first error and the number of reports.

    Of one that is quarantined, the line of its quarantine alone is told.
    """
    failures: dict[str, list[Failure]] = {}
    quarantined: set[str] = set()
    for report in rows:
        for failure in {failure.plugin: failure for failure in reversed(report.failures)}.values():
            if is_quarantine(failure.error):
                quarantined.add(failure.error)
            else:
                failures.setdefault(failure.plugin, []).append(failure)
    yield from sorted(quarantined)
    for plugin, found in sorted(failures.items()):
        yield f"插件 {plugin} 在 {len(found)} 份报告上出错：{found[0].error}"


def cut(names: Sequence[str], shown: int = SHOWN) -> str:
    """Join names for a reader, the first ten and how many there are: `甲、乙 等 37 份`."""
    joined = "、".join(names[:shown])
    return f"{joined} 等 {len(names)} 份" if len(names) > shown else joined
