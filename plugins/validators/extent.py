"""Where a report's own words stand: its title, its text and its signature, without the page around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import Field, Report
from plugins.validators.once import kept

# What follows the last part: a signature and its date.
_SIGNATURE = 160
_LONGEST_LABEL_LINE = 90
_FURNITURE = re.compile(
    r"浏览|阅读|点击|访问[量次]|来源|发布(?:时间|日期|机构|单位)|发文|成文日期|生成日期|索引号|文号|字[体号]|编辑|打印"
    r"|分享|ICP|公安网?备|版权|主办|承办|电话|邮编|邮箱|地址|位置|有效性|主题(?:分类|词)|公开(?:方式|形式)|[上下]一[篇条]"
)
_LABELLED = re.compile(rf"(?:{_FURNITURE.pattern})[\s】\]]*[:：]|版权|ICP|公安网?备")


def extent(report: Report, text: str) -> tuple[int, int]:
    """Return the span from a report's title, or its first line, to the end of its signature."""
    title = report.attribute(Field.TITLE)
    parts = report.parts
    first = parts[0].start if parts else len(text)
    start = title.start if title and title.start is not None and title.start < first else 0
    end = min(len(text), parts[-1].end + _SIGNATURE) if parts else len(text)
    return start, end


def is_label(line: str) -> bool:
    """Tell whether a line is the page's own: a source, a date, a way to another page; a sentence is none."""
    if len(line) > _LONGEST_LABEL_LINE or _FURNITURE.search(line) is None:
        return False
    return "。" not in line or _LABELLED.search(line) is not None


@kept
def own_lines(report: Report, text: str) -> tuple[tuple[int, str], ...]:
    """Return the lines of a report's extent with their offsets; the page's labelled lines are left out."""
    return tuple(_own_lines(report, text))


def _own_lines(report: Report, text: str) -> Iterator[tuple[int, str]]:
    start, end = extent(report, text)
    at = text.rfind("\n", 0, start) + 1
    for line in text[at:end].split("\n"):
        if line and not is_label(line):
            yield at, line
        at += len(line) + 1
