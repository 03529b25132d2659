"""Reads the labelled lines that pages print above their text: publisher, dates, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from nianbao import Fact, FactName

# Labels as they are met on government pages; blanks may stand between their characters.
_LABELS = {
    FactName.PUBLISHED: "发布时间 发布日期 更新时间 公开日期 公开时间 信息时间",
    FactName.WRITTEN: "成文日期 成文时间 发文日期 发文时间 生成日期 生成时间 公文生成日期 印发日期",
    FactName.PUBLISHER: "发布机构 发文机构 发文机关 发布单位 制发机构 公开机构 机构名称 "
    "信息来源 文章来源 稿件来源 来源单位 来源",
    FactName.DOCUMENT_NUMBER: "发文字号 文件编号 公文文号 文号",
    FactName.INDEX_NUMBER: "索引号 信息索引号",
    FactName.BREADCRUMB: "您当前的位置 您的当前位置 您现在的位置 当前位置 您所在的位置 所在位置",
}
# Labels whose values are nothing to us, but end the value before them.
_OTHER_LABELS = (
    "作者 编辑 责任编辑 审核 浏览次数 浏览量 访问量 点击数 点击率 点击 阅读 字号 字体 字体大小 大中小 "
    "打印 分享 分享到 主题分类 体裁分类 信息分类 公开方式 公开范围 有效性 效力状态 时效性 标题 名称 "
    "信息名称 主题词 关键词 内容概述 时间 日期 备注 语音播报"
)
_OTHERS = frozenset(_OTHER_LABELS.split())
_WEAK = {"时间": FactName.PUBLISHED, "日期": FactName.PUBLISHED}

_NAMES = {label: name for name, labels in _LABELS.items() for label in labels.split()}


def _spaced(label: str) -> str:
    return r"\s*".join(label)


_ALL = sorted((*_NAMES, *_OTHERS), key=len, reverse=True)
_LABEL = re.compile(
    r"(?<![\w])[\[【〔(（]?\s*(?P<label>"
    + "|".join(_spaced(label) for label in _ALL)
    + r")\s*(?:[\]】〕)）]\s*[：:]?|[：:])[：:\s]*"
)
_DATE = re.compile(
    r"(?:19|20)\d\d\s*(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2})(?:[\sT]*\d{1,2}:\d\d(?::\d\d)?)?"
)
_NUMBER_END = re.compile(r"\s{2,}|\t")
_ADDRESS = re.compile(r"https?://[^\s\"'<>，。；）)]+", re.I)
_LONGEST_VALUE = 200


def first_date(text: str) -> str | None:
    """Return the first full date of a text, as printed (with its time of day, if that follows)."""
    match = _DATE.search(text)
    return match.group() if match else None


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
        matches = list(_LABEL.finditer(line))
        if pending and line.strip() and not (matches and matches[0].start() == 0):
            facts += _fact(pending, line[: matches[0].start()] if matches else line, origin)
        pending = None
        for index, match in enumerate(matches):
            label = re.sub(r"\s", "", match["label"])
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
        name = re.sub(r"[\s：:\[\]【】]", "", label)
        if name in _NAMES or name in _WEAK:
            facts += _fact(name, value, origin)
    return _strong_first(facts)


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
    if name in (FactName.PUBLISHED, FactName.WRITTEN):
        date = first_date(value)
        return [Fact(name, date, f"{origin} {label}")] if date else []
    if name in (FactName.PUBLISHER, FactName.INDEX_NUMBER, FactName.DOCUMENT_NUMBER):
        value = _NUMBER_END.split(value)[0]
    return [] if _is_label(value) else [Fact(name, value, f"{origin} {label}")]


def _is_label(value: str) -> bool:
    """An empty cell is followed by the next label, which is no value."""
    label = re.sub(r"[\s：:\[\]【】]", "", value)
    return label in _NAMES or label in _OTHERS


def _strong_first(facts: list[Fact]) -> list[Fact]:
    """A bare 时间 counts only after the labels that say which time."""
    return sorted(facts, key=lambda fact: fact.origin.rsplit(" ", 1)[-1] in _WEAK)
