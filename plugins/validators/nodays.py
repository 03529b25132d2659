"""Days, months and years that no calendar has: 2月30日, 13月, 20233年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from nianbao import Finding, Severity
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding, quoted

_CALENDAR = "日期应当存在于日历"
_BAD_YEAR = re.compile(
    r"(?<![\d.])(?:20\d{3}年(?!\d{2}月?\d)|2[1-9]\d\d年(?:度|\d{1,2}月|[，,])|[03-9]0[12]\d年(?:度|\d{1,2}月|[，,])|20\d年(?:度|\d{1,2}月))"
)
_DAY = re.compile(r"(?:(?<!\d)(20\d\d)年)?(?<![\d.])(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(?<!\d)20\d\d年((?:1[3-9]|[2-9]\d|0)月)")


def impossible(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield the years, months and days of a passage that no calendar has.

    Args:
        passage: of the report.
        year: the report's.
    """
    if "月" not in passage.text and "年" not in passage.text:
        return
    patterns = (_BAD_YEAR, _MONTH) if "月" in passage.text else (_BAD_YEAR,)
    for pattern in patterns:
        for match in pattern.finditer(passage.text):
            if not quoted(passage.text, match.start()):
                message = f"日期“{match[0].rstrip('，,')}”不存在，年份或月份多写、漏写了数字。"
                yield finding(
                    passage, match.span(), message, "请核对并改正日期。", Severity.ERROR, basis=_CALENDAR
                )
    for match in _DAY.finditer(passage.text) if "日" in passage.text else ():
        if not _exists(match, 2024 if passage.is_plan or not passage.kinds else year):
            message = f"日期“{match[0]}”在日历上不存在。"
            yield finding(
                passage, match.span(), message, "请核对并改正日期。", Severity.ERROR, basis=_CALENDAR
            )


def _exists(match: re.Match[str], year: int) -> bool:
    """Whether a day stands in the calendar: one without a year in that of the report's."""
    try:
        date(int(match[1] or year), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True
