"""Decides, before anything is written, which row of which sheet each report, figure and statement takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from nianbao import Entry, Finding, IndicatorInfo, PublishError, Yearbook
from outputs.workbook.lines import (
    LISTING_FIRST_ROW,
    Block,
    Line,
    block_of,
    by_code,
    name_of,
    observation_order,
    worst_first,
)
from outputs.workbook.originals import address_of

OVERVIEW_FIRST_ROW: Final = 4
SUMMARY_FIRST_ROW: Final = 4
SUMMARY_FIRST_COLUMN: Final = 3
EXCEL_ROWS: Final = 1_048_576
EXCEL_COLUMNS: Final = 16_384
# Excel allows 65,530 links a sheet.
MOST_LINKS: Final = 60_000
# Sums, how many units tell the figure, rates reckoned from sums.
TOTAL_ROWS: Final = 3


class Linking(IntEnum):
    """What bears a link: every cell, the cells of an area together, or those of a report together."""

    EACH = 0
    AREA = 1
    REPORT = 2


class Span(NamedTuple):
    """Columns of 指标汇总 and rows of 指标明细 that tell the same of a report; the last ones included."""

    first_column: int
    last_column: int
    first_row: int
    last_row: int


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
        areas: the first and last column of each area of the summary.
        figures_by: what of the summary bears a link to 指标明细.
        details_by: what of 指标明细 bears a link back.
        year_findings: the findings about the year as a whole, the worst first.
        has_review: whether some report has a review page.
    """

    lines: tuple[Line, ...]
    blocks: tuple[tuple[Block, tuple[Line, ...]], ...]
    heading_rows: tuple[tuple[Block, int], ...]
    total_row: int | None
    columns: dict[str, int]
    indicators: dict[str, IndicatorInfo]
    areas: tuple[tuple[int, int], ...]
    figures_by: Linking
    details_by: Linking
    year_findings: tuple[Finding, ...]
    has_review: bool
    _area_of: dict[str, tuple[int, int]]

    def towns(self) -> tuple[Line, ...]:
        """Return the lines that are added up."""
        return next((lines for block, lines in self.blocks if block is Block.TOWN), ())

    def spans(self, line: Line, linking: Linking) -> Iterator[Span]:
        """Yield what of a report's figures belongs together: area by area, or all of them."""
        if linking is Linking.REPORT:
            if line.order and self.areas:
                last = line.detail_row + len(line.order) - 1
                yield Span(self.areas[0][0], self.areas[-1][1], line.detail_row, last)
            return
        indicators = [line.report.observations[index].indicator for index in line.order]
        row = line.detail_row
        for area, members in groupby(indicators, key=self._area_of.get):
            count = sum(1 for _ in members)
            if area is not None:
                yield Span(*area, row, row + count - 1)
            row += count


def make_plan(yearbook: Yearbook, folder: Path) -> Plan:
    """Lay out all sheets of the workbook that will lie in the folder.

    Raises:
        PublishError: more rows or columns than a sheet can hold.
    """
    entries = sorted(yearbook.entries, key=by_code)
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
            order=observation_order(entry.report, order),
            finding_row=finding_row,
            findings=findings,
            set_aside=aside.get((entry.report.file, entry.report.part), ""),
            original=address_of(entry.original, folder),
        )
        lines.append(line)
        detail_row += len(line.order)
        finding_row += len(findings)
    columns = {info.id: SUMMARY_FIRST_COLUMN + index for index, info in enumerate(yearbook.indicators)}
    last_row = max(detail_row, finding_row + len(yearbook.findings), max(summary_rows.values(), default=0))
    _check_size(last_row, SUMMARY_FIRST_COLUMN + len(columns))
    areas = _areas(yearbook.indicators)
    area_of = {
        name: area for name, column in columns.items() for area in areas if area[0] <= column <= area[1]
    }
    has_review = any(entry.review for entry in entries)
    figures_by, details_by = _linking(lines, detail_row * (1 + has_review), area_of)
    return Plan(
        lines=tuple(lines),
        blocks=_grouped(lines),
        heading_rows=headings,
        total_row=total_row,
        columns=columns,
        indicators={info.id: info for info in yearbook.indicators},
        areas=areas,
        figures_by=figures_by,
        details_by=details_by,
        year_findings=worst_first(yearbook.findings),
        has_review=has_review,
        _area_of=area_of,
    )


def _areas(indicators: Sequence[IndicatorInfo]) -> tuple[tuple[int, int], ...]:
    """Return the summary's first and last column of each area, where its indicators stand together."""
    areas = []
    column = SUMMARY_FIRST_COLUMN
    for _, members in groupby(indicators, key=lambda info: info.area_name):
        count = sum(1 for _ in members)
        areas.append((column, column + count - 1))
        column += count
    return tuple(areas)


def _linking(
    lines: Sequence[Line], rows: int, area_of: dict[str, tuple[int, int]]
) -> tuple[Linking, Linking]:
    """Choose what bears a link in the summary and in 指标明细, so that both keep below Excel's limit.

    Args:
        lines: the reports.
        rows: how many links 指标明细 would have where each of its cells that may bear one did.
        area_of: the columns of each indicator's area.
    """
    figures = sum(len(line.report.figures) for line in lines) + len(lines)
    areas = 2 * len(lines)
    for line in lines:
        areas += len({area_of.get(observation.indicator) for observation in line.report.observations})
    by_area = Linking.AREA if areas <= MOST_LINKS else Linking.REPORT
    return (
        Linking.EACH if figures <= MOST_LINKS else by_area,
        Linking.EACH if rows <= MOST_LINKS else by_area,
    )


def _blocks_of(entries: Sequence[Entry], aside: Collection[tuple[str, int]]) -> list[Block]:
    """Put each entry into its block; of several reports of one issuer, one alone is added up."""
    return [
        Block.AGAIN if (entry.report.file, entry.report.part) in aside else block_of(entry.report)
        for entry in entries
    ]


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


def _check_size(rows: int, columns: int) -> None:
    if rows > EXCEL_ROWS or columns > EXCEL_COLUMNS:
        raise PublishError(
            f"需要 {rows:,} 行、{columns:,} 列，超过了 Excel 一张表的上限", hint="请按市或县分开汇总"
        )
