"""The statutory tables: their rows, their columns, and an indicator for each cell.

The form is that of 国办公开办函〔2021〕30号; of the form of 2019 what the two have in common is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nianbao import IndicatorInfo

DISCLOSED, REQUESTS, SUITS = "disclosed", "requests", "suits"
TABLES: Final = {
    DISCLOSED: "主动公开政府信息情况",
    REQUESTS: "收到和处理政府信息公开申请情况",
    SUITS: "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column of a table.

    Args:
        key: what ids are made of.
        name: as the form calls it.
        wording: what tells it, on a label without its number, its blanks and what stands in brackets.
        group: the row or column above it, or an empty string.
    """

    key: str
    name: str
    wording: re.Pattern[str]
    group: str = ""


def _line(key: str, name: str, wording: str = "", group: str = "") -> Line:
    return Line(key, name, re.compile(wording or name), group)


# 主动公开: what is counted, and under which headings.
HEADINGS: Final = (
    _line("made", "本年制发件数", r"本年制发(?:件数|数量)?"),
    _line("repealed", "本年废止件数", r"本年废止(?:件数|数量)?"),
    _line("valid", "现行有效件数", r"现行有效(?:件数|数量)?"),
    _line("decisions", "本年处理决定数量", r"(?:本年)?处理决定(?:数量|件数)"),
    _line("fees", "本年收费金额", r"(?:本年)?收费(?:总)?金额"),
)
_STOCK = ("made", "repealed", "valid")
ITEMS: Final = (
    (_line("rules", "规章", r"规章"), _STOCK),
    (_line("norms", "行政规范性文件", r"(?:行政)?规范性文件"), _STOCK),
    (_line("licences", "行政许可", r"行政许可|其他对外管理服务事项"), ("decisions",)),
    (_line("penalties", "行政处罚", r"行政处罚"), ("decisions",)),
    (_line("compulsion", "行政强制", r"行政强制(?:措施)?"), ("decisions",)),
    (_line("charges", "行政事业性收费", r"行政事业性收费"), ("fees",)),
)
ITEM_LINES: Final = tuple(item for item, _ in ITEMS)
# Headings of the form of 2019 that the form of 2021 has no more.
OLDER: Final = re.compile(
    r"新制作数量|新公开数量|对外公开总数量|上一?年(?:度)?项目数量|本年增/?减|采购(?:项目|总金额)"
)

# 申请: who asks, and what becomes of it.
ASKERS: Final = (
    _line("person", "自然人"),
    _line("business", "商业企业"),
    _line("science", "科研机构"),
    _line("charity", "社会公益组织", r"社会公益(?:组织|机构)"),
    _line("law", "法律服务机构"),
    _line("others", "其他", r"其他(?:组织|机构)?"),
    _line("total", "总计", r"总计|合计"),
)
ORGANISATIONS: Final = "法人或其他组织"
_REFUSED, _UNABLE, _UNHANDLED, _OTHERWISE = "不予公开", "无法提供", "不予处理", "其他处理"
ROWS: Final = (
    _line("received", "本年新收政府信息公开申请数量", r"本年新收.*"),
    _line("carried", "上年结转政府信息公开申请数量", r"上年结转.*"),
    _line("granted", "予以公开"),
    _line("partly", "部分公开"),
    _line("secret", "属于国家秘密", r"属于国家秘密", _REFUSED),
    _line("forbidden", "其他法律行政法规禁止公开", r"其他法律、?行政法规禁止公开", _REFUSED),
    _line("stability", "危及“三安全一稳定”", r".*三安全一稳定.*", _REFUSED),
    _line("third_party", "保护第三方合法权益", r"保护第三方.*", _REFUSED),
    _line("internal", "属于三类内部事务信息", r"属于三类内部.*", _REFUSED),
    _line("process", "属于四类过程性信息", r"属于四类过程.*", _REFUSED),
    _line("case_file", "属于行政执法案卷", r"属于行政执法案卷.*", _REFUSED),
    _line("inquiry", "属于行政查询事项", r"属于行政查询.*", _REFUSED),
    _line("not_held", "本机关不掌握相关政府信息", r"本机关不掌握.*", _UNABLE),
    _line("to_be_made", "没有现成信息需要另行制作", r"没有现成信息.*", _UNABLE),
    _line("unclear", "补正后申请内容仍不明确", r"补正后.*不明确", _UNABLE),
    _line("petition", "信访举报投诉类申请", r"信访.*申请", _UNHANDLED),
    _line("repeated", "重复申请", r"重复申请", _UNHANDLED),
    _line("publication", "要求提供公开出版物", r"要求提供公开出版物", _UNHANDLED),
    _line("abusive", "无正当理由大量反复申请", r"无正当理由大量.*", _UNHANDLED),
    _line("confirmation", "要求行政机关确认或重新出具已获取信息", r"要求行政机关确认.*", _UNHANDLED),
    _line("not_corrected", "申请人无正当理由逾期不补正", r"申请人无正当理由逾期不补正.*", _OTHERWISE),
    _line("not_paid", "申请人逾期未按收费通知要求缴纳费用", r"申请人逾期未按收费.*", _OTHERWISE),
    _line("other", "其他", r"其他(?:情形)?", _OTHERWISE),
    # In the form of 2019 these three were one row.
    _line("otherwise", "其他处理（旧版不分项）", r"其他处理", _OTHERWISE),
    _line("handled", "办理结果总计", r"总计|合计"),
    _line("left", "结转下年度继续办理", r"结转下年.*"),
)
RESULTS: Final = tuple(row.key for row in ROWS if row.key not in ("received", "carried", "handled", "left"))
# The rows that every report has; the one of the older form is none of them.
FORM_ROWS: Final = tuple(row for row in ROWS if row.key != "otherwise")

# 复议诉讼: by which way, with which result.
WAYS: Final = (
    _line("direct", "未经复议直接起诉", r".*(?:未经复议|直接起诉).*"),
    _line("after", "复议后起诉", r".*复议后.*"),
    _line("review", "行政复议", r".*复议.*"),
)
OUTCOMES: Final = (
    _line("upheld", "结果维持"),
    _line("corrected", "结果纠正"),
    _line("otherwise", "其他结果"),
    _line("pending", "尚未审结", r"尚未审结"),
    _line("total", "总计", r"总计|合计"),
)
WAYS_SHOWN: Final = ("review", "direct", "after")

_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.,]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、,)]?|[①-⑳])+"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[“”\"'、,。:;*※]")


def find_line(words: str, lines: tuple[Line, ...]) -> Line | None:
    """Return the line that a label tells, or None.

    Args:
        words: the label, folded and without blanks.
        lines: those that it may tell.
    """
    told = _MARKS.sub("", _BRACKETED.sub("", _NUMBERED.sub("", words)))
    return next((line for line in lines if line.wording.fullmatch(told)), None)


def identifier(table: str, row: str, column: str) -> str:
    """Return the id of a cell's indicator."""
    return f"disclosure.{table}_{row}_{column}"


def _infos() -> Iterator[IndicatorInfo]:
    for item, headings in ITEMS:
        for heading in (each for each in HEADINGS if each.key in headings):
            is_fee = heading.key == "fees"
            yield _info(DISCLOSED, item, heading, "万元" if is_fee else "件", "amount" if is_fee else "count")
    for row in ROWS:
        for asker in ASKERS:
            yield _info(REQUESTS, row, asker, "件", "count")
    for key in WAYS_SHOWN:
        way = next(each for each in WAYS if each.key == key)
        for outcome in OUTCOMES:
            yield _info(SUITS, way, outcome, "件", "count")


def _info(table: str, row: Line, column: Line, unit: str, dimension: str) -> IndicatorInfo:
    name = f"{row.group}·{row.name}" if row.group else row.name
    definition = f"“{TABLES[table]}”表中“{row.name}”一项的“{column.name}”"
    return IndicatorInfo(
        identifier(table, row.key, column.key),
        f"{name}·{column.name}",
        table,
        TABLES[table],
        dimension,
        unit,
        definition,
    )


INFOS: Final = tuple(_infos())
