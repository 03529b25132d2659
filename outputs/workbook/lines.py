"""A report as all sheets know it: its name, the block it is shown in, the order of its statements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import PurePosixPath
from typing import Final
from zoneinfo import ZoneInfo

from nianbao import Acceptance, Entry, Field, Finding, IssuerLevel, Report, Severity, Status
from outputs.workbook import terms

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
# Rows are counted from 0, as XlsxWriter does.
LISTING_FIRST_ROW: Final = 3
READ: Final = frozenset({Status.COMPLETE, Status.PARTIAL})


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
        original: the address of the original, from the workbook's folder; empty where there is none.
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
    original: str = ""

    @property
    def report(self) -> Report:
        """The report itself."""
        return self.entry.report

    def rows_of_observations(self) -> dict[int, int]:
        """Return the row in 指标明细 of each observation, by its index."""
        return {index: self.detail_row + offset for offset, index in enumerate(self.order)}


def name_of(report: Report) -> str:
    """Return who issued the report, or what is known instead: the town, the title, the file's name."""
    for field in (Field.ISSUER, Field.TOWN, Field.COUNTY, Field.TITLE):
        value = report.value(field)
        if value:
            return value
    return PurePosixPath(report.file.replace("\\", "/")).stem


def accepted_by(acceptance: Acceptance) -> str:
    """Return by whom something was looked at and let stand, as short as a cell has it."""
    return f"{terms.ACCEPTED}（{acceptance.person}，{acceptance.day}）"


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


def by_code(entry: Entry) -> tuple[bool, str, int, str, int]:
    """Order by division code, a place's own report before those of its departments."""
    report = entry.report
    code, level = report.value(Field.DIVISION_CODE) or "", report.value(Field.ISSUER_LEVEL)
    rank = list(IssuerLevel).index(IssuerLevel(level)) if level else len(IssuerLevel)
    return (not code, code, rank, report.file, report.part)


def block_of(report: Report) -> Block:
    """Return where the summary shows a report that counts."""
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


def observation_order(report: Report, order: dict[str, int]) -> tuple[int, ...]:
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
