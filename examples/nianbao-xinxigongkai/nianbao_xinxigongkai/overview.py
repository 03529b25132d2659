"""The first sheet, a unit a row, and the sheet of what does not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from nianbao import Field, Finding, Report, Severity, Status, Yearbook
from nianbao_xinxigongkai import form
from nianbao_xinxigongkai.form import identifier
from nianbao_xinxigongkai.look import FILLS, Cell, Column, Formats, Sheet
from nianbao_xinxigongkai.sheets import SUMMED, UNIT_COLUMNS, summed
from nianbao_xinxigongkai.sources import Sources
from nianbao_xinxigongkai.units import Unit

SEVERITIES: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
_REQUESTS: Final = (
    ("本年新收", "received"),
    ("上年结转", "carried"),
    ("办理结果总计", "handled"),
    ("结转下年", "left"),
)
_SUITS: Final = (("行政复议", "review"), ("直接起诉", "direct"), ("复议后起诉", "after"))
_DISCLOSED: Final = (
    ("行政许可", "licences", "decisions"),
    ("行政处罚", "penalties", "decisions"),
    ("行政强制", "compulsion", "decisions"),
    ("收费（万元）", "charges", "fees"),
)


def write_overview(
    book: Any, formats: Formats, yearbook: Yearbook, units: Sequence[Unit], sources: Sources
) -> None:
    """Write 总览: of each unit the main figures, which tables it has, and how much is to be looked at."""
    columns = (
        *UNIT_COLUMNS,
        Column("级别", 7),
        Column("公布日期", 12),
        Column("统计表", 10),
        *(Column(name, 9, "政府信息公开申请（件）") for name, _ in _REQUESTS),
        *(Column(name, 9, "复议、诉讼总计（件）") for name, _ in _SUITS),
        *(Column(name, 11, "主动公开（处理决定数量、收费金额）") for name, _, _ in _DISCLOSED),
        *(Column(name, 6, "校验问题") for name in SEVERITIES.values()),
        Column("文件", 34, align="left"),
    )
    ids = [
        *(identifier(form.REQUESTS, row, "total") for _, row in _REQUESTS),
        *(identifier(form.SUITS, way, "total") for _, way in _SUITS),
        *(identifier(form.DISCLOSED, item, heading) for _, item, heading in _DISCLOSED),
    ]
    sheet = Sheet(book, formats, "总览", columns)
    told = f"共 {len(units)} 个单位的报告。“—”表示原表空白或填“/”，不等于 0，也不计入合计；点数字看原文。"
    sheet.begin(yearbook.title, told)
    first = sheet.row
    for unit in units:
        report = unit.entry.report
        sheet.append(
            (
                unit.number,
                unit.name,
                unit.level,
                report.value(Field.PUBLISHED) or "未注明",
                _tables(report),
                *(sources.cell(unit, indicator) for indicator in ids),
                *_counted(report),
                report.file,
            )
        )
    if units:
        sums = (summed(units, indicator, first, sheet.row - 1, n) for n, indicator in enumerate(ids, 5))
        sheet.append((None, "合计", None, None, None, *sums, None, None, None, None), **SUMMED)
    for line in _below(yearbook):
        sheet.note(line)


def _tables(report: Report) -> Cell:
    missing = sum(finding.rule == "disclosure.missing-table" for finding in report.findings)
    failed = any(failure.stage == "extract" for failure in report.failures)
    if failed:
        return Cell("读取失败", font_color="#C00000")
    return Cell(f"缺 {missing} 张", bg_color=FILLS["错误"]) if missing else Cell("三张齐全")


def _counted(report: Report) -> Iterator[Cell]:
    counts = Counter(finding.severity for finding in report.findings)
    for severity, name in SEVERITIES.items():
        count = counts[severity]
        looks = {"bg_color": FILLS[name]} if count else {"font_color": "#7F7F7F"}
        yield Cell(Decimal(count), target="internal:'校验问题'!A1" if count else "", **looks)


def _below(yearbook: Yearbook) -> Iterator[str]:
    """Yield what stands below the table: what was not counted, what could not be read, how it was made."""
    for aside in yearbook.set_aside:
        yield f"未采用：{aside.file}（同一单位采用的是 {aside.chosen_file}）：{aside.reason}"
    for entry in yearbook.entries:
        if entry.report.status is Status.UNREADABLE:
            yield f"无法读取：{entry.report.file}：{entry.report.error}"
    yield from yearbook.notes
    yield f"编制：nianbao {yearbook.run.version}，{yearbook.run.started:%Y-%m-%d %H:%M}（北京时间）"


def write_findings(book: Any, formats: Formats, yearbook: Yearbook, units: Sequence[Unit]) -> None:
    """Write 校验问题, the worst of each unit first."""
    columns = (
        Column("序号", 6),
        Column("单位", 26, align="left"),
        Column("程度", 7),
        Column("问题", 56, align="left"),
        Column("建议", 26, align="left"),
        Column("依据", 26, align="left"),
        Column("原文", 40, align="left"),
        Column("文件", 32, align="left"),
    )
    sheet = Sheet(book, formats, "校验问题", columns)
    found = list(_found(yearbook, units))
    counts = Counter(finding.severity for _, _, finding in found)
    told = "、".join(f"{name} {counts[severity]} 处" for severity, name in SEVERITIES.items())
    sheet.begin(f"{yearbook.year}年度校验问题", f"{told}。错误须更正，警告须核实，提示供参考。")
    for number, (name, file, finding) in enumerate(found, 1):
        quotes = "\n".join(" ｜ ".join(quote.quote.split("\t")) for quote in finding.quotes[:4])
        severity = SEVERITIES[finding.severity]
        cells = (number, name, Cell(severity, bg_color=FILLS[severity]), finding.message, finding.suggestion)
        sheet.append((*cells, finding.basis, quotes, file))
    if found:
        sheet.page.autofilter(2, 0, sheet.row - 1, len(columns) - 1)
    else:
        sheet.note("没有发现问题。")


def _found(yearbook: Yearbook, units: Sequence[Unit]) -> Iterator[tuple[str, str, Finding]]:
    order = list(SEVERITIES)
    for unit in units:
        report = unit.entry.report
        for finding in sorted(report.findings, key=lambda each: order.index(each.severity)):
            yield unit.name, report.file, finding
    for finding in yearbook.findings:
        yield "全年汇总", "", finding
