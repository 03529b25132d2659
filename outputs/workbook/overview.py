"""总览: one row a report, the broken files included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from nianbao import (
    CorrectionState,
    Field,
    FigureStatus,
    IssuerLevel,
    NumeralReason,
    Report,
    Status,
    Yearbook,
)
from outputs.workbook import terms
from outputs.workbook.cells import Value
from outputs.workbook.layout import (
    CENTRED,
    COUNT,
    DATE,
    DISPUTED_FILL,
    LINK_COLOUR,
    RED_TEXT,
    REVIEW_FILL,
    SEVERITY_FILLS,
    Formats,
    Style,
)
from outputs.workbook.lines import READ, Line, beijing_time, file_of
from outputs.workbook.links import Address, Target
from outputs.workbook.paging import side_by_side
from outputs.workbook.plan import MOST_LINKS, Plan
from outputs.workbook.roster import LATE_KIND, listed_files, roster_counts
from outputs.workbook.sheet import Cell, Column, Sheet
from outputs.workbook.structure import part_cell

FROZEN_COLUMNS: Final = 2
# Who reported stands on the first printed page, what the report is like on the second.
SECOND_PAGE: Final = 11
PRINT_SCALE: Final = 62
MOST_REMARKS: Final = 5
NAME_STYLE: Final = Style(colour=LINK_COLOUR)
LATE_STYLE: Final = Style(align="center", colour=RED_TEXT, fill=REVIEW_FILL)
COLUMNS: Final = (
    Column("序号", 4.5, CENTRED),
    Column("报告单位", 25),
    Column("级别", 5.5, CENTRED),
    Column("区划代码", 11.5, CENTRED, "所在地"),
    Column("省级", 7.5, CENTRED, "所在地"),
    Column("市级", 7.5, CENTRED, "所在地"),
    Column("县级", 7.5, CENTRED, "所在地"),
    Column("乡级", 8.5, CENTRED, "所在地"),
    Column("年度", 5.5, CENTRED),
    Column("发布日期", 11, DATE),
    Column("标题", 40),
    Column("报送", 9.5, CENTRED),
    Column("状态", 9.5, CENTRED),
    Column("说明", 20),
    *(Column(name, 6, CENTRED, "法定四部分") for name in terms.PARTS.values()),
    Column("指标数", 5.5, COUNT, "数字"),
    Column("待复核", 5.5, COUNT, "数字"),
    Column("未归类", 5.5, COUNT, "数字"),
    Column("错误", 5, COUNT, "问题数"),
    Column("警告", 5, COUNT, "问题数"),
    Column("提示", 5, COUNT, "问题数"),
    Column("文件名", 30),
)
# Only where a region's profile read one of the reports.
REGION: Final = Column(terms.REGION, 18)
STATUS_FILLS: Final = {
    Status.COMPLETE: "",
    Status.PARTIAL: REVIEW_FILL,
    Status.UNREADABLE: DISPUTED_FILL,
    Status.NOT_A_REPORT: REVIEW_FILL,
}


def write_overview(book: Any, formats: Formats, yearbook: Yearbook, plan: Plan) -> None:
    """Write the sheet 总览."""
    regions = {region.code: region.name for region in yearbook.regions}
    columns = (*COLUMNS, REGION) if regions else COLUMNS
    sheet = Sheet(book, formats, terms.OVERVIEW, columns)
    # Title and counts stand right of the columns that every printed page repeats.
    first, last = FROZEN_COLUMNS, SECOND_PAGE - 1
    sheet.title(f"{yearbook.title}　{terms.OVERVIEW}", _subtitle(yearbook, plan), first=first, last=last)
    sheet.header(frozen_columns=FROZEN_COLUMNS)
    # The name, the first count of findings, the original.
    linked = 3 * len(plan.lines) <= MOST_LINKS
    listed = listed_files(yearbook)
    for line in plan.lines:
        told = [_region(line.report, regions)] if regions else []
        sheet.append([*_row(line, _reported(line.report, listed), linked=linked), *told])
    title = f"{yearbook.title}　{terms.OVERVIEW}"
    sheet.finish(title, filter_row=sheet.row - len(plan.lines) - 1)
    side_by_side(sheet, title, [SECOND_PAGE], FROZEN_COLUMNS, PRINT_SCALE)


def _reported(report: Report, listed: Collection[str] | None) -> Cell | None:
    """Tell whether a report was asked for, and whether it is late."""
    late = any(finding.kind == LATE_KIND and finding.waiver is None for finding in report.findings)
    told = [terms.LATE] if late else []
    if listed is not None and report.status is not Status.NOT_A_REPORT:
        known = terms.REPORTED if report.status in READ else terms.RECEIVED
        told.insert(0, known if report.file in listed else terms.UNLISTED)
    return Cell("\n".join(told), LATE_STYLE if late else CENTRED) if told else None


def _row(line: Line, reported: Cell | None, *, linked: bool) -> list[Value | Cell]:
    report = line.report
    read = report.status in READ
    level = report.value(Field.ISSUER_LEVEL)
    return [
        line.number,
        _name(line, linked=linked),
        terms.LEVELS[IssuerLevel(level)] if level else None,
        *(report.value(field) for field in PLACES),
        report.year,
        _date(report.value(Field.PUBLISHED)),
        report.value(Field.TITLE),
        reported,
        Cell(terms.STATUSES[report.status], Style(align="center", fill=STATUS_FILLS[report.status])),
        "；".join(filter(None, (explanation(report), _not_used(line)))),
        *(part_cell(report, kind) if read else None for kind in terms.PARTS),
        *(_counts(report) if read else (None, None, None)),
        *_severities(line, linked=linked),
        _file(line, linked=linked),
    ]


def _file(line: Line, *, linked: bool) -> Cell:
    """Return the file's name, which opens the original where that can still be found."""
    if not line.original or not linked:
        return Cell(file_of(line.report))
    return Cell(file_of(line.report), NAME_STYLE, Address(line.original), "打开原件")


PLACES: Final = (Field.DIVISION_CODE, Field.PROVINCE, Field.CITY, Field.COUNTY, Field.TOWN)


def _region(report: Report, names: Mapping[str, str]) -> str | None:
    """Tell whose profile read a report, and what decided so."""
    use = report.region
    return None if use is None else f"{names[use.code]}（{terms.REGION_BY[use.by]}）"


def _name(line: Line, *, linked: bool) -> Cell:
    if line.summary_row is None or not linked:
        return Cell(line.name)
    return Cell(line.name, NAME_STYLE, Target(terms.SUMMARY, line.summary_row, 1), "看这个单位的指标")


def _date(value: str | None) -> date | str | None:
    """Return a true date where the text is one."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _not_used(line: Line) -> str:
    return f"没有采用：{line.set_aside}" if line.set_aside else ""


def explanation(report: Report) -> str:
    """Return why a report is not complete, in Chinese; empty where it is."""
    failed = (
        f"{terms.STAGES.get(failure.stage, failure.stage)}未完成（{failure.plugin}）：{failure.error}"
        for failure in report.failures
    )
    return "；".join(filter(None, (report.error, report.reason, *failed)))


def _counts(report: Report) -> tuple[int, int, int]:
    told = sum(figure.value is not None for figure in report.figures)
    unclaimed = sum(numeral.reason is NumeralReason.UNCLAIMED for numeral in report.numerals)
    return told, to_review(report), unclaimed


def to_review(report: Report) -> int:
    """Count the figures that a person should look at."""
    unsettled = (FigureStatus.DISPUTED, FigureStatus.FAILED)
    return sum(
        figure.acceptance is None and (bool(figure.review) or figure.status in unsettled)
        for figure in report.figures
    )


def _severities(line: Line, *, linked: bool) -> Iterator[Cell | int | None]:
    counts = Counter(finding.severity for finding in line.findings if finding.waiver is None)
    unread = line.report.status not in READ
    target = Target(terms.FINDINGS, line.finding_row, 0) if linked else None
    for severity in terms.SEVERITIES:
        if counts[severity]:
            style = Style(align="center", number="#,##0", fill=SEVERITY_FILLS[severity])
            yield Cell(counts[severity], style, target, "看这份报告的问题")
            target = None
        else:
            yield None if unread else 0


def _subtitle(yearbook: Yearbook, plan: Plan) -> str:
    statuses = Counter(line.report.status for line in plan.lines)
    by_status = "、".join(
        f"{name} {statuses[status]}" for status, name in terms.STATUSES.items() if statuses[status]
    )
    found = [finding for line in plan.lines for finding in line.findings] + list(plan.year_findings)
    findings = Counter(finding.severity for finding in found if finding.waiver is None)
    waived = len(found) - findings.total()
    by_severity = "、".join(f"{name} {findings[severity]}" for severity, name in terms.SEVERITIES.items())
    review = sum(to_review(line.report) for line in plan.lines)
    first = [
        f"范围：{scope(plan)}",
        f"年度：{yearbook.year}",
        f"文件 {len(plan.lines)} 份" + (f"（{by_status}）" if by_status else ""),
    ]
    second = [
        *([roster_counts(yearbook)] if yearbook.roster is not None else []),
        f"待复核数字 {review} 处",
        f"校验问题 {findings.total()} 条（{by_severity}）"
        + (f"，另有{terms.WAIVED} {waived} 条" if waived else ""),
        f"汇总时间：{beijing_time(yearbook.run.started):%Y-%m-%d %H:%M}（北京时间）",
    ]
    return "\n".join(
        ["　".join(first), "　".join(second), *(f"请留意：{each}" for each in remarks_of(yearbook))]
    )


def remarks_of(yearbook: Yearbook) -> Iterator[str]:
    """Yield what a reader should know before all else."""
    yield from _stale(yearbook)
    yield from _remarks(yearbook.notes)


def _stale(yearbook: Yearbook) -> Iterator[str]:
    stale = sum(each.state is CorrectionState.STALE for each in yearbook.corrections)
    if stale:
        yield f"有 {stale} 条更正已失效，没有采用，见“{terms.CORRECTIONS}”表"


def _remarks(notes: Sequence[str]) -> Iterator[str]:
    yield from notes[:MOST_REMARKS]
    if len(notes) > MOST_REMARKS:
        yield f"另有 {len(notes) - MOST_REMARKS} 条，见运行时的提示"


def scope(plan: Plan) -> str:
    """Return the place that all reports share, or how many places they come from."""
    reports = [line.report for line in plan.lines if line.report.status in READ]
    shared = []
    for field in (Field.PROVINCE, Field.CITY, Field.COUNTY):
        places = sorted({place for report in reports if (place := report.value(field))})
        if len(places) > 1:
            shared.append(f"{len(places)} 个{SCOPES[field]}")
            break
        # A municipality has no city between its districts and itself.
        shared += places
    return "".join(shared) or "未能判断"


SCOPES: Final = {Field.PROVINCE: "省（区、市）", Field.CITY: "市（州）", Field.COUNTY: "县（市、区）"}
