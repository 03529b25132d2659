"""Shows who a report is from: one line, and below it why, where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rich.cells import cell_len

from flows.display import Line, Look, Run, origin_of, printable
from nianbao.model import (
    Attribute,
    Document,
    DocumentKind,
    Field,
    IssuerLevel,
    Report,
    Rival,
    Section,
    SectionKind,
    Status,
)

KINDS = {
    DocumentKind.REPORT: "报告",
    DocumentKind.DISCLOSURE_REPORT: "信息公开年报",
    DocumentKind.PLAN: "计划",
    DocumentKind.INTERPRETATION: "解读",
    DocumentKind.NEWS: "新闻",
    DocumentKind.COLUMN: "栏目",
    DocumentKind.OTHER: "其他",
}
FIELDS = {
    Field.KIND: "类型",
    Field.TITLE: "标题",
    Field.YEAR: "年度",
    Field.ISSUER: "单位",
    Field.ISSUER_LEVEL: "级别",
    Field.PROVINCE: "省",
    Field.CITY: "市",
    Field.COUNTY: "县",
    Field.TOWN: "乡镇",
    Field.DIVISION_CODE: "区划代码",
    Field.PUBLISHED: "发布日期",
}
LEVELS = {
    IssuerLevel.PROVINCE: "省级",
    IssuerLevel.CITY: "市级",
    IssuerLevel.COUNTY: "县级",
    IssuerLevel.TOWN: "乡级",
    IssuerLevel.DEPARTMENT: "部门",
    IssuerLevel.OTHER: "其他",
}
PARTS = {
    SectionKind.ACHIEVEMENTS: "举措成效",
    SectionKind.PROBLEMS: "不足原因",
    SectionKind.RESPONSIBILITY: "负责人履职",
    SectionKind.PLAN: "下步安排",
    SectionKind.OTHER: "其他",
}
UNKNOWN = "—"
# What is not so sure bears this mark.
DOUBT = "？"
SURE = Decimal("0.7")
# The columns in order, and how many cells each takes; what is longer pushes the others on.
COLUMNS = (
    (Field.KIND, 12),
    (Field.YEAR, 6),
    (Field.ISSUER, 32),
    (Field.DIVISION_CODE, 12),
    (Field.PUBLISHED, 14),
)
_MARGIN = 12
_AROUND = 16


def show_identity(report: Report, document: Document | None, *, several: bool, why: bool) -> Iterator[Line]:
    """Yield the lines that tell what a report is.

    Args:
        report: a report, or the row of a file that holds none or can't be read.
        document: what it was read from, or None.
        several: whether its file holds others too.
        why: whether reasons, evidence, rivals and headings are wanted.
    """
    cells = [_padded(_cell(report, field), width) for field, width in COLUMNS]
    name = printable(report.file) + (f"（第{report.part}份）" if several else "")
    yield Line("", (Run("".join(cells)), Run(name, Look.NAME)))
    if not why:
        return
    if report.status is Status.UNREADABLE:
        yield _reason("原因", report.error)
        return
    for attribute in report.attributes:
        yield from _why(attribute, document)
    for number, section in enumerate(report.sections):
        yield _heading(section, first=number == 0)


def _cell(report: Report, field: Field) -> str:
    if report.status is Status.UNREADABLE and field is Field.KIND:
        return "无法读取"
    attribute = report.attribute(field)
    if attribute is None:
        return UNKNOWN
    return said(attribute) + (DOUBT if attribute.confidence < SURE else "")


def said(attribute: Attribute) -> str:
    """Return an attribute's value in Chinese."""
    match attribute.field:
        case Field.KIND:
            return KINDS[DocumentKind(attribute.value)]
        case Field.ISSUER_LEVEL:
            return LEVELS[IssuerLevel(attribute.value)]
    return printable(attribute.value)


def _padded(text: str, width: int) -> str:
    """Fill a text up to a width on the terminal, with a blank behind it in any case."""
    return text + " " * max(1, width - cell_len(text))


def _why(attribute: Attribute, document: Document | None) -> Iterator[Line]:
    told = [said(attribute)]
    if attribute.inferred:
        told.append("（文中没有写，由区划表推定）")
    told.append(f"：{_origin(attribute.reason, document)}")
    if attribute.confidence < 1:
        told.append(f"（把握 {attribute.confidence:.0%}）")
    yield _reason(FIELDS[attribute.field], "".join(told) + _evidence(attribute, document))
    for rival in attribute.rivals:
        other = f"另有 {printable(rival.value)}：{_origin(rival.reason, document)}"
        yield _reason("", other + _evidence(rival, document))


def _origin(reason: str, document: Document | None) -> str:
    """Return a reason with the place that a fact of the document comes from in Chinese."""
    for fact in document.facts if document else ():
        if fact.origin and fact.origin in (reason, reason.partition("（")[2].removesuffix("）")):
            return printable(reason.replace(fact.origin, origin_of(fact)))
    return printable(reason)


def _evidence(told: Attribute | Rival, document: Document | None) -> str:
    """Return where a value stands in the text, with the words around it."""
    if document is None or told.start is None or told.end is None:
        return ""
    text = document.text
    start = max(text.rfind("\n", 0, told.start) + 1, told.start - _AROUND)
    line_end = text.find("\n", told.end)
    end = min(line_end if line_end >= 0 else len(text), told.end + _AROUND)
    around = printable(text[start:end].replace("\n", " ").strip())
    place = printable(document.place_of(told.start).describe())
    return f"；见{place}" if around == told.value else f"；见{place}“{around}”"


def _reason(name: str, text: str) -> Line:
    return Line(_padded(f"  {name}", _MARGIN) + "│ ", (Run(text),))


def _heading(section: Section, *, first: bool) -> Line:
    place = _padded(f"标题{section.level}", 6) + _padded(PARTS[section.kind], 11)
    indent = "  " * (section.level - 1)
    look = Look.HEADING if section.level == 1 else Look.PLAIN
    return Line(
        _padded("  结构" if first else "", _MARGIN) + "│ ",
        (Run(place, Look.MARGIN), Run(indent + printable(section.heading), look)),
    )
