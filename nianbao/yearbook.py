"""Puts a run's reports together by year, and says by name what stays out of a year and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from nianbao.copying import find_shared
from nianbao.corrections import apply_corrections
from nianbao.issuers import Issuers
from nianbao.kinds import in_kind
from nianbao.manager import Registry
from nianbao.model import (
    Acceptance,
    Correction,
    DocumentKind,
    Entry,
    Field,
    RegionInfo,
    Report,
    RosterEntry,
    RunRecord,
    Status,
    Yearbook,
)
from nianbao.records import Context, RegionProfile, ReportKind
from nianbao.regions import whole_catalogue
from nianbao.review import accept_in_yearbook
from nianbao.roster import match_roster
from nianbao.steps import validate_yearbook
from nianbao.topics import find_topics
from nianbao.versions import set_aside
from nianbao.waivers import Waivers, waive_yearbook

# Sorts after every division code.
_NO_CODE = "~"
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_FOLDER = re.compile(r"[^/\\]*[/\\]")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is in no yearbook of the run, and why, in Chinese."""

    file: str
    reason: str


def years_of(entries: Iterable[Entry]) -> tuple[int, ...]:
    """Return the years that the reports on 法治政府建设 are about, in order."""
    return tuple(sorted({year for entry in entries if (year := _year(entry)) is not None}))


def make_yearbook(
    registry: Registry,
    context: Context,
    year: int,
    entries: Sequence[Entry],
    *,
    roster: Sequence[RosterEntry] | None,
    run: RunRecord,
    waivers: Waivers | None = None,
    earlier: Iterable[Entry] = (),
    corrections: Sequence[Correction] = (),
    acceptances: Iterable[Acceptance] = (),
) -> Yearbook:
    """Put one year's reports on 法治政府建设 together and check them as a whole.

    A file that can't be read stands in every yearbook of the run: nobody knows which year it is about.
    Files are named from the folder that all files of the run share, which says nothing about any of them.

    Args:
        registry: whose yearbook validators are to run.
        context: as for extractors.
        year: the year reported on.
        entries: all entries of the run; those of other years and kinds are passed over.
        roster: who should report, or None.
        run: the record of the run.
        waivers: what is waived, if anything; their faults are noted.
        earlier: the reports of the year before from earlier runs; those of this run go before them.
        corrections: the ledger; those of other years than these two are passed over.
        acceptances: what people looked at and let stand; that of other years is passed over.
    """
    shared = len(shared_folder([entry.report.file for entry in entries]))
    named = (_named_from(entry, shared) for entry in entries)
    chosen = tuple(sorted((entry for entry in named if _belongs(entry, year)), key=_place))
    order = {
        name: n for n, name in enumerate(whole_catalogue(context.catalogue, registry.regions).indicators)
    }
    chosen, corrected = apply_corrections(chosen, [c for c in corrections if c.year == year], order)
    reports = tuple(entry.report for entry in chosen if entry.report.status is not Status.UNREADABLE)
    unread = (entry.report for entry in chosen if entry.report.status is Status.UNREADABLE)
    files = [report.file for report in unread if may_be_of(report.file, year)]
    outcomes = None if roster is None else match_roster(roster, reports, context.divisions, files)
    before = _year_before(
        [_named_from(e, shared) for e in entries if _year(e) == year - 1],
        (e for e in earlier if _year(e) is not None),
        reports,
    )
    before, _ = apply_corrections(before, [c for c in corrections if c.year == year - 1], order)
    compared = find_shared(chosen, before)
    regions = _regions_of(registry, chosen)
    context = replace(context, catalogue=whole_catalogue(context.catalogue, regions))
    yearbook = Yearbook(
        year=year,
        title=f"{year}年度法治政府建设报告汇总",
        entries=chosen,
        indicators=context.catalogue.infos(),
        findings=(),
        roster=outcomes,
        run=run,
        topics=find_topics(chosen),
        overlaps=compared.overlaps,
        reused=compared.reused,
        stocks=compared.stocks,
        earlier=before,
        corrections=corrected,
        set_aside=set_aside(chosen),
        regions=tuple(RegionInfo(each.code, each.name) for each in regions),
    )
    checked = validate_yearbook(registry, yearbook, context)
    waived = checked if waivers is None else waive_yearbook(checked, waivers, context.today)
    return accept_in_yearbook(waived, acceptances)


def make_yearbook_of_kind(
    registry: Registry,
    context: Context,
    kind: ReportKind,
    year: int,
    entries: Sequence[Entry],
    *,
    run: RunRecord,
    earlier: Iterable[Entry] = (),
) -> Yearbook:
    """Put one year's reports of a further kind together and check them as a whole.

    It has its own indicators, validators and publishers. The roster, the ledger of corrections, waivers,
    regions, topics and what reports share are about those on 法治政府建设, and it has none of them.

    Args:
        registry: whose yearbook validators of this kind are to run.
        context: as for extractors.
        kind: the kind.
        year, entries, run, earlier: as for `make_yearbook`.
    """
    shared = len(shared_folder([entry.report.file for entry in entries]))
    named = [_named_from(entry, shared) for entry in entries]
    chosen = tuple(sorted((entry for entry in named if _belongs(entry, year, kind.kind)), key=_place))
    reports = [entry.report for entry in chosen if entry.report.status is not Status.UNREADABLE]
    own = [entry for entry in named if _year(entry, kind.kind) == year - 1]
    yearbook = Yearbook(
        year=year,
        title=f"{year}年度{kind.name}汇总",
        entries=chosen,
        indicators=kind.indicators,
        findings=(),
        roster=None,
        run=run,
        earlier=_year_before(own, (e for e in earlier if _year(e, kind.kind) is not None), reports),
        set_aside=set_aside(chosen),
        kind=kind.kind,
    )
    return validate_yearbook(registry, yearbook, in_kind(context, kind))


def _regions_of(registry: Registry, entries: Iterable[Entry]) -> tuple[RegionProfile, ...]:
    """Return the regions whose profiles read some of these reports; only their indicators are shown."""
    used = {entry.report.region.code for entry in entries if entry.report.region is not None}
    return tuple(each for each in registry.regions if each.code in used)


def _year_before(
    own: Sequence[Entry], stored: Iterable[Entry], reports: Sequence[Report]
) -> tuple[Entry, ...]:
    """Return last year's reports of these reports' issuers, the run's own before those of earlier runs."""
    wanted = Issuers(reports)
    known = Issuers(entry.report for entry in own)
    contents = {(entry.report.sha256, entry.report.part) for entry in own}
    added = []
    for entry in stored:
        key = (entry.report.sha256, entry.report.part)
        if entry.report.year is not None and key not in contents and not known.of(entry.report):
            contents.add(key)
            added.append(entry)
    return tuple(entry for entry in (*own, *added) if wanted.of(entry.report))


def shared_folder(files: Sequence[str]) -> str:
    """Return the folders with which all names begin, the last separator included."""
    shared = ""
    for parts in zip(*(_FOLDER.findall(file) for file in files), strict=False):
        if len(set(parts)) > 1:
            break
        shared += parts[0]
    return shared


def _named_from(entry: Entry, start: int) -> Entry:
    return replace(entry, report=replace(entry.report, file=entry.report.file[start:]))


def leave_out(
    entries: Iterable[Entry], year: int | None, kinds: Collection[DocumentKind] = tuple(DocumentKind)
) -> tuple[LeftOut, ...]:
    """Say which files are in no yearbook, and why; unreadable ones are rows of it and not named here.

    Args:
        entries: all entries of a run.
        year: the one year asked for, or None where each year has a yearbook.
        kinds: the kinds of report that have yearbooks.
    """
    rows = ((entry.report, _reason(entry.report, year, kinds)) for entry in entries)
    return tuple(LeftOut(name_of(report), reason) for report, reason in rows if reason)


def name_of(report: Report) -> str:
    """Return how a user knows a report: its file, and which part where it holds several."""
    return f"{report.file}（第{report.part}份）" if report.part > 1 else report.file


def _year(entry: Entry, kind: DocumentKind = DocumentKind.REPORT) -> int | None:
    """Return the year of a report of a kind; None where it is unknown, or of no such report."""
    readable = entry.report.status in (Status.COMPLETE, Status.PARTIAL)
    return entry.report.year if readable and entry.report.kind is kind else None


def _belongs(entry: Entry, year: int, kind: DocumentKind = DocumentKind.REPORT) -> bool:
    return entry.report.status is Status.UNREADABLE or _year(entry, kind) == year


def may_be_of(file: str, year: int) -> bool:
    """Tell whether a file's name leaves open that it is a year's report, or says so."""
    told = {int(found) for found in _YEAR.findall(file)}
    return not told or bool(told & {year, year + 1})


def _place(entry: Entry) -> tuple[str, str, int]:
    report = entry.report
    return report.value(Field.DIVISION_CODE) or _NO_CODE, report.file, report.part


def _reason(report: Report, year: int | None, kinds: Collection[DocumentKind]) -> str:
    if report.status is Status.UNREADABLE:
        return ""
    if report.status is Status.NOT_A_REPORT:
        return f"不是法治政府建设年度报告：{report.reason}" if report.reason else "不是法治政府建设年度报告"
    if report.year is None:
        return "没有找到报告的年份"
    if year is not None and report.year != year:
        return f"{report.year} 年度的报告"
    if report.kind not in kinds:
        return "没有选用写出这种报告的输出"
    return ""
