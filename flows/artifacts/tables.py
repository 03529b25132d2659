"""The tables of a run's pages: findings, who has not reported, what failed; each as rows and a line.

Prefect's pages break no lines in a table, and at a width of 1440 px they leave some 650 px for a row's cells:
these are cut so as to fit together into 88 Latin letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.artifacts.files import Folders
from flows.artifacts.markdown import SEVERITIES, fitted, plain_cell
from flows.artifacts.tally import MOST_ROWS, FoundRow, MissingRow
from flows.summary import Summary, YearOutcome
from nianbao.model import Severity
from nianbao.roster.names import plain_name
from outputs.workbook.terms import KINDS

WORKBOOK, SHEET = ".xlsx", "校验问题"
_GRAVEST = tuple(reversed(Severity))


@dataclass(frozen=True, slots=True)
class Table:
    """A table as Prefect's pages show it.

    Args:
        name: what its key is made of.
        title: what it is called.
        rows: the cells by their columns.
        told: how many there are, and where the others stand.
    """

    name: str
    title: str
    rows: tuple[dict[str, str], ...]
    told: str


def tables_of(summary: Summary, folders: Folders) -> tuple[Table, ...]:
    """Return the tables of a run; who has not reported has none where no roster tells."""
    found = [findings_table(summary.years), failed_table(summary, folders)]
    if any(year.silent is not None for year in summary.years):
        found.insert(1, missing_table(summary.years))
    return tuple(found)


def findings_table(years: Sequence[YearOutcome]) -> Table:
    """Return the gravest findings of a run, errors first."""
    listed = [(year, row) for year in years if year.tally for row in year.tally.found]
    listed.sort(key=lambda each: _GRAVEST.index(each[1].severity))
    rows = tuple(_finding(year, row) for year, row in listed[:MOST_ROWS])
    total = sum(count for year in years for _, count in year.findings)
    books = "、".join(path.name for path in _workbooks(years))
    where = f"见 {books} 的“{SHEET}”表" if books else "没有列出，写出工作簿才能看到全部"
    if total > len(rows):
        told = f"共 {total} 处问题，错误在前，这里列出 {len(rows)} 处；其余 {total - len(rows)} 处{where}。"
    else:
        told = (
            f"共 {total} 处问题，错误在前；完整的字句{where}。" if books and total else f"共 {total} 处问题。"
        )
    return Table("findings", "问题", rows, told)


def missing_table(years: Sequence[YearOutcome]) -> Table:
    """Return who has not reported, year by year."""
    listed = [(year, row) for year in years if year.tally for row in year.tally.missing]
    rows = tuple(_missing(year, row) for year, row in listed[:MOST_ROWS])
    told = f"共 {len(listed)} 个单位没有报告。"
    if len(listed) > len(rows):
        books = "、".join(path.name for path in _workbooks(years))
        told = f"{told[:-1]}，这里列出 {len(rows)} 个；其余见 {books or '工作簿'} 的“未报名单”表。"
    return Table("missing", "未报单位", rows, told)


def failed_table(summary: Summary, folders: Folders) -> Table:
    """Return the files that can't be read, and those on which plugins failed."""
    rows = [_failed(folders.told(row.file), "无法读取", row.reason) for row in summary.unreadable]
    for year in summary.years:
        for each in year.tally.broken if year.tally else ():
            rows.append(_failed(each.file, "插件出错", f"{each.plugin}：{each.error}"))
        for failure in year.failures:
            rows.append(_failed(year.name, "没有写成", f"{failure.plugin}：{failure.error}"))
    told = f"共 {len(rows)} 处失败。"
    if len(rows) > MOST_ROWS:
        told = f"{told[:-1]}，这里列出 {MOST_ROWS} 处；其余用 nianbao status 查看。"
    return Table("failed", "失败的文件", tuple(rows[:MOST_ROWS]), told)


def _finding(year: YearOutcome, row: FoundRow) -> dict[str, str]:
    return {
        "单位": in_cell(plain_name(row.issuer) or row.issuer, 18),
        "年度": plain_cell(year.label),
        "级别": SEVERITIES[row.severity],
        "问题": in_cell(f"{KINDS.get(row.kind, row.kind)}：{row.message}", 26),
        "原句": in_cell(row.quote, 16),
        "处理": in_cell(row.suggestion, 14),
    }


def _missing(year: YearOutcome, row: MissingRow) -> dict[str, str]:
    change = year.change
    told = ""
    if change is not None and change.gone is not None:
        told = "上次没有列为未报" if row.issuer in change.gone else "上次也未报"
    return {
        "单位": in_cell(row.issuer, 36, last=True),
        "年度": plain_cell(year.label),
        "县区": in_cell(row.county, 14),
        "区划代码": in_cell(row.code, 12),
        "与上次相比": told,
    }


def _failed(file: str, what: str, why: str) -> dict[str, str]:
    return {"文件": in_cell(file, 46, last=True), "类别": what, "原因": in_cell(why, 34)}


def in_cell(text: str, cells: int, *, last: bool = False) -> str:
    """Return a text for a table's cell, no wider than so many Latin letters; a Han character counts for two.

    Args:
        text: what is to fit.
        cells: how wide it may be.
        last: whether its end is kept, where it is too wide, and not its beginning.
    """
    return fitted(plain_cell(text), cells, last=last)


def _workbooks(years: Iterable[YearOutcome]) -> list[Path]:
    return [path for year in years for path in year.files if path.suffix == WORKBOOK]
