"""Reads the labelled lines that pages print above their text: publisher, dates, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

from nianbao import Fact, FactName
from nianbao.grammar.dates import parse_date

# Labels as they are met on government pages; blanks may stand between their characters.
_LABELS = {
    FactName.PUBLISHED: "发布时间 发布日期 公开日期 公开时间 信息时间 发表时间 发稿时间 发布于",
    FactName.WRITTEN: "成文日期 成文时间 发文日期 发文时间 生成日期 生成时间 公文生成日期 印发日期 印发时间 "
    "签发日期",
    FactName.PUBLISHER: "发布机构 发文机构 发文机关 发文单位 发布单位 制发机构 制发单位 公开机构 公开单位 "
    "公开主体 公开责任部门 机构名称 信息来源 文章来源 稿件来源 内容来源 来源单位 来源",
    FactName.DOCUMENT_NUMBER: "发文字号 发文文号 文件编号 公文文号 文件号 文号",
    FactName.INDEX_NUMBER: "信息索引号 索引号 索引编号",
    FactName.BREADCRUMB: "您当前的位置 您的当前位置 您现在的位置 当前位置 您所在的位置 您的位置 所在位置 "
    "当前所在位置 您现在所在位置",
}
# Labels whose values are nothing to us, but end the value before them.
_OTHER_LABELS = (
    "作者 编辑 责任编辑 责编 审核 初审 复审 终审 校对 审签 录入 供稿 摄影 记者 发布人 发布者 浏览次数 浏览量 "
    "浏览 访问量 访问次数 点击数 点击率 点击量 点击次数 点击 阅读 阅读量 阅读次数 阅读数 字号 字体 字体大小 "
    "大中小 打印 分享 分享到 主题分类 体裁分类 信息分类 组配分类 服务对象分类 信息类别 所属栏目 公开方式 "
    "公开范围 公开形式 公开程序 公开时限 公开期限 有效性 有效期 效力状态 时效性 时效 生效日期 废止日期 "
    "实施日期 失效日期 标题 名称 信息名称 文件名称 主题词 关键词 关键字 内容概述 内容摘要 时间 日期 更新时间 "
    "更新日期 录入时间 备注 语音播报 视力保护色 保护视力色 原文链接 统一登记号 规范性文件编号 责任部门 文种 "
    "分类 主题"
)
_OTHERS = frozenset(_OTHER_LABELS.split())
_WEAK = {
    "时间": FactName.PUBLISHED,
    "日期": FactName.PUBLISHED,
    "更新时间": FactName.PUBLISHED,
    "更新日期": FactName.PUBLISHED,
    "录入时间": FactName.PUBLISHED,
}
# Labels that running text may hold as well; alone they do not make a line the page's.
_COMMON_LABELS = "时间 日期 备注 标题 名称 主题 分类 记者 作者 文种 点击 阅读 浏览 分享 打印 审核 编辑 校对"
_COMMON = frozenset(_COMMON_LABELS.split())

_DAYS = frozenset((FactName.PUBLISHED, FactName.WRITTEN))
_SHORT = frozenset((FactName.PUBLISHER, FactName.INDEX_NUMBER, FactName.DOCUMENT_NUMBER))
_NAMES = {label: name for name, labels in _LABELS.items() for label in labels.split()}


def _spaced(label: str) -> str:
    return r"\s*".join(label)


def _any_of(labels: Iterable[str]) -> str:
    """Return an expression of the labels, the longest first, by their first characters."""
    rests: dict[str, list[str]] = {}
    for label in sorted(labels, key=len, reverse=True):
        rests.setdefault(label[0], []).append(_spaced(label[1:]))
    return "|".join(rf"{first}\s*(?:{'|'.join(rest)})" for first, rest in rests.items())


_ALL = (*_NAMES, *_OTHERS)
_FIRST = "".join({label[0] for label in _ALL})
_LABEL = re.compile(
    rf"(?=[\s\[【〔(（{_FIRST}])(?<![\u4e00-\u9fffA-Za-z])[\[【〔(（]?\s*(?P<label>"
    + _any_of(_ALL)
    + r")\s*(?:[\]】〕)）]\s*[：:]?|[：:])[：:\s]*"
)
_CLOCK = r"(?:[\sT-]*\d{1,2}:\d\d(?::\d\d)?)?"
_NUMBERED = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*"
    r"(?:年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2}))(?!\d)" + _CLOCK
)
_HAN_DATE = re.compile(r"[一二][〇○零九]..年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
# 01-23-2024, and 23/01/2024 where the first can be no month.
_YEAR_LAST = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_NUMBER_END = re.compile(r"\s{2,}|\t")
_ADDRESS = re.compile(r"https?://[^\s\"'<>，。；）)]+", re.I)
_LONGEST_VALUE = 200
_LONGEST_LABEL = 30
# What stands after a label, or around it.
_MARKS = re.compile(r"[：:\]】〕)）]")
_DECORATION = re.compile(r"[\s：:\[\]【】]")


def first_date(text: str) -> str | None:
    """Return the first full date of a text that is in the calendar.

    It is as printed (with its time of day, if that follows), but 20240123 and 01-23-2024 become 2024-01-23.
    """
    for match in _NUMBERED.finditer(text):
        year, month, day, other_month, other_day = match.groups()
        if _day(year, month or other_month, day or other_day) is not None:
            return match.group()
    for match in _HAN_DATE.finditer(text):
        if parse_date(match.group()) is not None:
            return match.group()
    for match in _COMPACT.finditer(text):
        if (found := _day(*match.groups())) is not None:
            return found.isoformat()
    for match in _YEAR_LAST.finditer(text):
        first, _, second, year = match.groups()
        if (found := _day(year, first, second) or _day(year, second, first)) is not None:
            return found.isoformat()
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def labelled_facts(lines: Iterable[str], origin: str) -> list[Fact]:
    """Return the facts that labelled lines tell.

    A value runs up to the next label or the end of its line; where a line ends with a label, the value is the
    next line. A date label without a date tells nothing.

    Args:
        lines: the lines above the text.
        origin: what to call the place (`head`, `table`); the label is added.
    """
    facts: list[Fact] = []
    pending: str | None = None
    for line in lines:
        matches = list(_LABEL.finditer(line)) if _MARKS.search(line) else []
        if pending and line.strip() and not (matches and matches[0].start() == 0):
            facts += _fact(pending, line[: matches[0].start()] if matches else line, origin)
        pending = _bare_label(line) if not matches else None
        for index, match in enumerate(matches):
            label = "".join(match["label"].split())
            end = matches[index + 1].start() if index + 1 < len(matches) else len(line)
            value = line[match.end() : end].strip(" \t|[]【】")
            if value:
                facts += _fact(label, value, origin)
            elif end == len(line):
                pending = label
    return _strong_first(facts)


def paired_facts(cells: Sequence[str], origin: str) -> list[Fact]:
    """Return the facts of a table in which each label's cell is followed by its value's."""
    facts: list[Fact] = []
    for label, value in pairwise(cells):
        name = _DECORATION.sub("", label)
        if name in _NAMES or name in _WEAK:
            facts += _fact(name, value, origin)
    return _strong_first(facts)


def is_metadata(line: str) -> bool:
    """Whether a line is the page's own: labelled values from its start to its end."""
    match = _LABEL.match(line.strip()) if _MARKS.search(line) else None
    if match is None:
        return _bare_label(line) is not None
    labels = {re.sub(r"\s", "", each["label"]) for each in _LABEL.finditer(line)}
    return len(line) <= _LONGEST_VALUE and (len(labels) > 1 or not labels & _COMMON)


def ends_with_label(line: str) -> bool:
    """Whether a line's last label is one whose value counts, and has it on the next line."""
    matches = list(_LABEL.finditer(line))
    if not matches:
        return _bare_label(line) is not None
    is_ours = re.sub(r"\s", "", matches[-1]["label"]) in _NAMES
    return is_ours and not line[matches[-1].end() :].strip(" \t|[]【】")


def is_metadata_table(cells: Sequence[str]) -> bool:
    """Whether the cells of a table are labels of a page and their values."""
    return sum(_is_label(cell) for cell in cells) > 1 or sum(is_metadata(cell) for cell in cells) > 1


def _bare_label(line: str) -> str | None:
    """Return the label that a line is, with or without its colon."""
    label = _DECORATION.sub("", line) if len(line) < _LONGEST_LABEL else ""
    return label if label in _NAMES else None


def address_facts(address: str, origin: str) -> list[Fact]:
    """Return the address of a page and its host, or nothing where it is no web address."""
    match = _ADDRESS.match(address.strip())
    if not match:
        return []
    try:
        host = urlsplit(match.group()).hostname
    except ValueError:
        return []
    if not host or "." not in host:
        return []
    return [Fact(FactName.URL, match.group(), origin), Fact(FactName.HOST, host, origin)]


def _fact(label: str, value: str, origin: str) -> list[Fact]:
    name = _NAMES.get(label) or _WEAK.get(label)
    value = value.strip()[:_LONGEST_VALUE]
    if name is None or not value:
        return []
    if name in _DAYS:
        date = first_date(value)
        return [Fact(name, date, f"{origin} {label}")] if date else []
    if name in _SHORT:
        value = _NUMBER_END.split(value)[0]
    return [] if _is_label(value) else [Fact(name, value, f"{origin} {label}")]


def _is_label(value: str) -> bool:
    """An empty cell is followed by the next label, which is no value."""
    label = _DECORATION.sub("", value)
    return label in _NAMES or label in _OTHERS


def _strong_first(facts: list[Fact]) -> list[Fact]:
    """A bare 时间 counts only after the labels that say which time."""
    return sorted(facts, key=lambda fact: fact.origin.rsplit(" ", 1)[-1] in _WEAK)
