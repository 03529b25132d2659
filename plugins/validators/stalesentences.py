"""Sentences that tell last year's work: what was left of the report before.

In 240 clean reports six sentences begin a clause with the year before and name no other: what was compared,
judged by others or handed over.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from nianbao import Finding, Severity
from plugins.validators.beginnings import ANY_YEAR, RANGE
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding, quoted

_CLAUSE = regex.compile(
    r"(?:^\s*|(?<=[,，;；:：)）]))(?P<year>20\d\d)年(?P<whole>度)?"
    r"(?!以?来|\d|[底末初春夏秋冬上下起前后版至到-]|[一二三四]季度|[^,，。]{0,6}(?:月|季度|届))"
)
_NAMED = regex.compile(
    r"(?:完成|做好|推进|总结|公布|编制|制定|印发|发布|参加)了?[^,，。《》\d]{0,6}(?P<year>20\d\d)年度"
    r"[^,，。《》\d]{0,8}(?:法治政府建设(?!督察|考核|示范)|重大行政决策|行政检查计划|学法考试)"
)
# What may be told of the year before, or by whom.
_PAST = regex.compile(
    r"同比|相比|较(?![高好大多强为低少快慢长小远轻重])|[下上]降|上升|增[长加]|减少|净增|结转|转入|遗留|跨年|考核|测评|评估|排名|排位|位列|第\d+[位名]|获|评为|评选|荣|命名|反馈|巡[视察]"
    r"|督[察查]|上年|去年|今年|本年|同期|分别|启动|开工|开始|以来|成立|设立|收到|立案|收案|受理|制发|下发|印发|颁布|出台|被|移交|转来|检查出|查出|发现的|剩余|未[办结完]|滚存"
    r"|现有|至今|目前|延续|持续到|历史|曾|原|期间|[两三四五]年|截[至止]"
)
_DONE = regex.compile(r"\d|没有|未|坚持|围绕|全面|深入|认真|严格")
_BASIS_OF = "报告应当写本报告年度的工作"


def stale(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield the year before where a clause begins with it, or names the year's work by it.

    Args:
        passage: of the work or of the problems.
        year: the report's.
    """
    text = passage.text
    if {int(told) for told in ANY_YEAR.findall(text)} - {year - 1} or RANGE.search(text):
        return
    match = _CLAUSE.search(text)
    if match is None or not _DONE.search(text, match.end()) or _PAST.search(text):
        match = _NAMED.search(text)
    if match is None or int(match["year"]) != year - 1 or quoted(text, match.start("year")):
        return
    shown = text[match.start("year") : match.end() + 12].strip()
    yield finding(
        passage,
        (match.start("year"), match.start("year") + 5),
        f"这一句写的是{match['year']}年的工作（“{shown}…”），而报告年度是{year}年。",
        f"请核对年份，如属笔误，把{match['year']}改为{year}。",
        Severity.WARNING,
        basis=_BASIS_OF,
    )
