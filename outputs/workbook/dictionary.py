"""数据字典: what the marks, the statuses and the indicators mean."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from nianbao import FigureStatus, Qualifier, Severity, Yearbook
from outputs.workbook import terms
from outputs.workbook.layout import (
    CENTRED,
    CORRECTED_FILL,
    DISPUTED_FILL,
    HEADER,
    LINK_COLOUR,
    REVIEW_FILL,
    SEVERITY_FILLS,
    TITLE,
    UNSAID_FILL,
    Formats,
    Style,
    number_format,
)
from outputs.workbook.plan import Plan
from outputs.workbook.sheet import Cell, Column, Sheet

COLUMNS: Final = (
    Column("编号", 26),
    Column("名称", 24),
    Column("领域", 16, CENTRED),
    Column("单位", 7, CENTRED),
    Column("口径", 72),
)
SECTION: Final = Style(font=TITLE.font, size=12, border=False)


def _figure(value: int, qualifier: Qualifier = Qualifier.EXACT, *, mark: str = "", **look: Any) -> Cell:
    number = number_format(Decimal(value), qualifier, mark)
    return Cell(value, Style(align="center", number=number, colour=LINK_COLOUR, **look))


MARKS: Final[tuple[tuple[Cell, str], ...]] = (
    (_figure(12), "报告写明的数字；点击可看原句"),
    (_figure(0), "报告写明没有（未发生、0件等），与未提及不同"),
    (Cell(None, Style(fill=UNSAID_FILL)), "灰底空白：报告没有提及这项指标"),
    (_figure(320, Qualifier.AT_LEAST), "原文为余、多、以上、超过等：至少这么多"),
    (_figure(320, Qualifier.ABOUT), "原文为约、近、左右等：大约这么多"),
    (_figure(320, Qualifier.BELOW), "原文为不足、以内等：少于这么多"),
    (_figure(9, italic=True), "斜体：报告只写了分项，由分项相加得出"),
    (
        _figure(5, mark=terms.DISPUTED_MARK, fill=DISPUTED_FILL),
        "橙底加※：同一报告前后说法不一，暂用其一，批注列出原句",
    ),
    (_figure(5, mark=terms.REVIEW_MARK, fill=REVIEW_FILL), "黄底加？：请人工复核，批注写明原因"),
    (
        _figure(5, mark=terms.CORRECTED_MARK, fill=CORRECTED_FILL),
        "蓝底加“改”：已由人更正，批注写明原来读出的数、理由和更正人",
    ),
    (Cell(terms.FIGURE_STATUSES[FigureStatus.FAILED], CENTRED), "提取程序出错，没有得到结果；不是报告没有写"),
    (Cell(terms.UNREADABLE, CENTRED), "文件打不开或读不出文字；原因见总览的“说明”"),
    (Cell(terms.NOT_REPORTED, CENTRED), "在应报名单上，没有收到报告；不是0"),
)
RULES: Final[tuple[tuple[str, str], ...]] = (
    (
        "合计范围",
        "只加乡镇（街道）自己的报告；县级、部门及级别未能判断的报告列在合计之下，不计入，以免重复。",
    ),
    ("合计去重", "同一乡镇（街道）有两份报告时只计一份：先取读取完整的，再取指标多的。"),
    (
        "合计口径",
        "只对件数、人数、金额类指标求和，比率不求和。未提及的单位不当作0，“写明的单位数”说明由几个单位相加。",
    ),
    ("合计标记", "相加的数字中有≥、约、<、※或？的，合计带同样的标记；几种约数并存时标“约”。"),
    (
        "按合计计算的比率",
        "以各单位写明的件数相加后相除；只写了分子或分母之一的单位不参加计算，各单位自报的比率不参加计算。",
    ),
    ("完整", "状态：全部处理完成"),
    ("部分完成", "状态：有程序出错，其余照常完成；原因见总览的“说明”"),
    ("非年度报告", "状态：文件能读，但不是法治政府建设年度报告；不进入指标汇总"),
    (
        "有／未单列／缺",
        (
            "法定四部分：单列为一级标题／只在下级标题中出现／没有找到；"
            "全文没有标题时为“未分列”，程序出错时为“未判断”"
        ),
    ),
    (
        terms.WAIVED,
        "校验问题：有人核实后填写了豁免理由，且未过有效期；照列，不计入问题数。规则和原句须与问题相符。",
    ),
    (
        terms.ACCEPTED,
        "指标明细、校验问题：有人对照原文看过，数字无误，或问题属实；原文或读出的数变了，就不再算数，须重新核对。",
    ),
    ("与上年比较", "校验问题：本次或以前的汇总里有同一单位上年的报告时才比较；须复核的数字不参加比较。"),
    ("数值", "均已折算为指标的单位，如 42.76万元 记作 427,600 元；百分率记作 92.8，单位在表头。"),
    ("角色", "合计：全年总数；其中：一个组成部分；重复：同一事实再次说到。"),
    ("置信度", "0 至 1，越高越可靠。"),
    (
        "链接",
        (
            "点数字到原句，点指标名称回到数字。Excel 每张表最多容纳 65,530 个链接；"
            "数字过多时，点数字会选中这份报告同一领域的几行原句。"
        ),
    ),
)
SEVERITY_MEANINGS: Final = {
    Severity.ERROR: "数字或文字互相矛盾，须更正",
    Severity.WARNING: "很可能有误，请核对",
    Severity.NOTE: "供参考",
}


def write_dictionary(book: Any, formats: Formats, yearbook: Yearbook, _: Plan) -> None:
    """Write the sheet 数据字典."""
    sheet = Sheet(book, formats, terms.DICTIONARY, COLUMNS)
    title = f"{yearbook.title}　{terms.DICTIONARY}"
    sheet.title(title, "一、标记说明　二、指标口径")
    sheet.worksheet.freeze_panes(sheet.row, 0)
    sheet.worksheet.repeat_rows(0)
    _marks(sheet)
    _indicators(sheet, yearbook)
    sheet.finish(title)


def _marks(sheet: Sheet) -> None:
    _section(sheet, "一、标记说明")
    _heading(sheet, "标记", "含义")
    for sample, meaning in MARKS:
        sheet.spread(sample, meaning)
    for severity, meaning in SEVERITY_MEANINGS.items():
        style = Style(align="center", fill=SEVERITY_FILLS[severity])
        sheet.spread(Cell(terms.SEVERITIES[severity], style), meaning)
    for name, meaning in RULES:
        sheet.spread(Cell(name, CENTRED), meaning)


def _indicators(sheet: Sheet, yearbook: Yearbook) -> None:
    _section(sheet, "二、指标口径")
    for index, column in enumerate(COLUMNS):
        sheet.write(index, column.heading, HEADER)
    sheet.row += 1
    for info in yearbook.indicators:
        sheet.append([info.id, info.name, info.area_name, info.unit, info.definition])


def _section(sheet: Sheet, text: str) -> None:
    sheet.row += 1
    sheet.worksheet.set_row(sheet.row, 24)
    sheet.merged(text, 0, len(COLUMNS) - 1, SECTION)
    sheet.row += 1


def _heading(sheet: Sheet, left: str, right: str) -> None:
    sheet.write(0, left, HEADER)
    sheet.merged(right, 1, len(COLUMNS) - 1, HEADER)
    sheet.row += 1
