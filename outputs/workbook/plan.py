"""Decides, before anything is written, which row of which sheet each report, figure and statement takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import PurePosixPath
from typing import Final
from zoneinfo import ZoneInfo

from nianbao import (
    Entry,
    Field,
    Finding,
    IndicatorInfo,
    IssuerLevel,
    PublishError,
    Report,
    Severity,
    Status,
    Yearbook,
)

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
# Rows are counted from 0, as XlsxWriter does.
LISTING_FIRST_ROW: Final = 3
OVERVIEW_FIRST_ROW: Final = 4
SUMMARY_FIRST_ROW: Final = 4
SUMMARY_FIRST_COLUMN: Final = 3
EXCEL_ROWS: Final = 1_048_576
EXCEL_COLUMNS: Final = 16_384
# Excel allows 65,530 links a sheet.
MOST_LINKS: Final = 60_000
TOTAL_ROWS: Final = 2
SUMMED: Final = frozenset({"count", "amount", "people"})


class Block(IntEnum):
    """The blocks of the summary, in order; the first alone is added up."""

    TOWN = 0
    OTHER = 1
    AGAIN = 2
    UNREADABLE = 3
    ABSENT = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A report (or a file that is none) as all sheets know it.

    Args:
        number: its running number, from 1.
        entry: the report with its places.
        name: who issued it, or the file where that is unknown.
        block: where the summary shows it.
        overview_row: its row in 总览.
        summary_row: its row in 指标汇总; None where it is left out.
        detail_row: the row of its first observation in 指标明细.
        order: the indexes of its observations as they stand there.
        finding_row: the row of its first finding in 校验问题.
        findings: its findings, the worst first.
        set_aside: why another report of its issuer counts instead, in Chinese; empty where it counts itself.
    """

    number: int
    entry: Entry
    name: str
    block: Block
    overview_row: int
    summary_row: int | None
    detail_row: int
    order: tuple[int, ...]
    finding_row: int
    findings: tuple[Finding, ...]
    set_aside: str = ""

    @property
    def report(self) -> Report:
        """The report itself."""
        return self.entry.report

    def rows_of_observations(self) -> dict[int, int]:
        """Return the row in 指标明细 of each observation, by its index."""
        return {index: self.detail_row + offset for offset, index in enumerate(self.order)}


@dataclass(frozen=True, slots=True)
class Plan:
    """Who stands where in the whole workbook.

    Args:
        lines: all entries, ordered by division code and file.
        blocks: the summary's lines, block by block.
        heading_rows: the row of the heading of each block that has one.
        total_row: the row of the sums, None where there are no towns.
        columns: the summary's column of each indicator.
        indicators: what is known of each, by id.
        link_figures: whether the summary's every figure may carry a link.
        link_details: whether every row of 指标明细 may carry one.
        year_findings: the findings about the year as a whole, the worst first.
    """

    lines: tuple[Line, ...]
    blocks: tuple[tuple[Block, tuple[Line, ...]], ...]
    heading_rows: tuple[tuple[Block, int], ...]
    total_row: int | None
    columns: dict[str, int]
    indicators: dict[str, IndicatorInfo]
    link_figures: bool
    link_details: bool
    year_findings: tuple[Finding, ...]

    def towns(self) -> tuple[Line, ...]:
        """Return the lines that are added up."""
        return next((lines for block, lines in self.blocks if block is Block.TOWN), ())


def make_plan(yearbook: Yearbook) -> Plan:
    """Lay out all sheets.

    Raises:
        PublishError: more rows or columns than a sheet can hold.
    """
    entries = sorted(yearbook.entries, key=_by_code)
    aside = {(each.file, each.part): each.reason for each in yearbook.set_aside}
    kinds = _blocks_of(entries, aside)
    summary_rows, headings, total_row = _summary_rows(kinds)
    order = {info.id: index for index, info in enumerate(yearbook.indicators)}
    lines = []
    detail_row = finding_row = LISTING_FIRST_ROW
    for index, entry in enumerate(entries):
        findings = worst_first(entry.report.findings)
        line = Line(
            number=index + 1,
            entry=entry,
            name=name_of(entry.report),
            block=kinds[index],
            overview_row=OVERVIEW_FIRST_ROW + index,
            summary_row=summary_rows.get(index),
            detail_row=detail_row,
            order=_observation_order(entry.report, order),
            finding_row=finding_row,
            findings=findings,
            set_aside=aside.get((entry.report.file, entry.report.part), ""),
        )
        lines.append(line)
        detail_row += len(line.order)
        finding_row += len(findings)
    columns = {info.id: SUMMARY_FIRST_COLUMN + index for index, info in enumerate(yearbook.indicators)}
    last_row = max(detail_row, finding_row + len(yearbook.findings), max(summary_rows.values(), default=0))
    _check_size(last_row, SUMMARY_FIRST_COLUMN + len(columns))
    figures = sum(len(line.report.figures) for line in lines) + len(lines)
    return Plan(
        lines=tuple(lines),
        blocks=_grouped(lines),
        heading_rows=headings,
        total_row=total_row,
        columns=columns,
        indicators={info.id: info for info in yearbook.indicators},
        link_figures=figures <= MOST_LINKS,
        link_details=detail_row <= MOST_LINKS,
        year_findings=worst_first(yearbook.findings),
    )


def name_of(report: Report) -> str:
    """Return who issued the report, or what is known instead: the town, the title, the file's name."""
    for field in (Field.ISSUER, Field.TOWN, Field.COUNTY, Field.TITLE):
        value = report.value(field)
        if value:
            return value
    return PurePosixPath(report.file.replace("\\", "/")).stem


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings by severity, else in their order; the waived ones last."""
    rank = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    return tuple(sorted(findings, key=lambda each: (each.waiver is not None, rank[each.severity])))


def file_of(report: Report) -> str:
    """Return the file as the user knows it, with the report's number where a file holds several."""
    return report.file if report.part == 1 else f"{report.file}（第{report.part}份）"


def beijing_time(moment: datetime) -> datetime:
    """Return a moment as Beijing's clock shows it; one without a zone is taken to be there."""
    return moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def _by_code(entry: Entry) -> tuple[bool, str, int, str, int]:
    """Order by division code, a place's own report before those of its departments."""
    report = entry.report
    code, level = report.value(Field.DIVISION_CODE) or "", report.value(Field.ISSUER_LEVEL)
    rank = list(IssuerLevel).index(IssuerLevel(level)) if level else len(IssuerLevel)
    return (not code, code, rank, report.file, report.part)


def _blocks_of(entries: Sequence[Entry], aside: Collection[tuple[str, int]]) -> list[Block]:
    """Put each entry into its block; of several reports of one issuer, one alone is added up."""
    return [
        Block.AGAIN if (entry.report.file, entry.report.part) in aside else _block_of(entry.report)
        for entry in entries
    ]


def _block_of(report: Report) -> Block:
    if report.status is Status.UNREADABLE:
        return Block.UNREADABLE
    if report.status is Status.NOT_A_REPORT:
        return Block.ABSENT
    return Block.TOWN if is_town(report) else Block.OTHER


def is_town(report: Report) -> bool:
    """Tell whether a township or street reports on itself: by its level, else by its place."""
    level = report.value(Field.ISSUER_LEVEL)
    if level is None:
        return report.value(Field.TOWN) is not None
    return level == IssuerLevel.TOWN


def _summary_rows(kinds: Sequence[Block]) -> tuple[dict[int, int], tuple[tuple[Block, int], ...], int | None]:
    rows: dict[int, int] = {}
    headings = []
    total_row = None
    row = SUMMARY_FIRST_ROW
    for block in (Block.TOWN, Block.OTHER, Block.AGAIN, Block.UNREADABLE):
        members = [index for index, kind in enumerate(kinds) if kind is block]
        if not members:
            continue
        if block is not Block.TOWN:
            headings.append((block, row))
            row += 1
        for index in members:
            rows[index] = row
            row += 1
        if block is Block.TOWN:
            total_row = row
            row += TOTAL_ROWS
    return rows, tuple(headings), total_row


def _grouped(lines: Sequence[Line]) -> tuple[tuple[Block, tuple[Line, ...]], ...]:
    groups = ((block, tuple(line for line in lines if line.block is block)) for block in Block)
    return tuple((block, members) for block, members in groups if members and block is not Block.ABSENT)


def _observation_order(report: Report, order: dict[str, int]) -> tuple[int, ...]:
    """Order statements by indicator, as the catalogue has them, then as the text tells them."""
    observations = report.observations
    last = len(order)
    return tuple(
        sorted(
            range(len(observations)),
            key=lambda index: (
                order.get(observations[index].indicator, last),
                observations[index].indicator,
                observations[index].start,
                index,
            ),
        )
    )


def _check_size(rows: int, columns: int) -> None:
    if rows > EXCEL_ROWS or columns > EXCEL_COLUMNS:
        raise PublishError(
            f"需要 {rows:,} 行、{columns:,} 列，超过了 Excel 一张表的上限", hint="请按市或县分开汇总"
        )
