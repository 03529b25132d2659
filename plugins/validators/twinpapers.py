"""Last year's paper named where this year's is meant: 《2022年要点》所列26项 beside 《2023年要点》."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao import Finding, Severity
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding

_PAPER = re.compile(r"《(?P<before>[^《》]{0,20}?)(?<!\d)(?P<year>20\d\d)(?P<behind>年度?[^《》\d]{2,30})》")
# What sets a year's tasks; a plan of the year before may have been adopted, judged or summed up in this one.
_TASKS = re.compile("要点|计划|方案|安排|清单|台账")
_DONE_BY = re.compile(
    r"^(?:所列|确定的?|明确的?|部署的?|规定的?|提出的?|中的?|的)[^。;；]{0,30}?(?:完成|办结|落实|销号|兑现|实现)"
)
_OF_THEN = re.compile("上年|去年|上一年|总结|回顾|评估|延续|遗留|结转|跨年")
_NEAR = 30


def last_years_papers(passages: Sequence[Passage], year: int) -> Iterator[Finding]:
    """Yield last year's papers whose tasks are told as done, where this year's bears the same title.

    Args:
        passages: of the report.
        year: the report's.
    """
    told = [
        (passage, match)
        for passage in passages
        if "《" in passage.text
        for match in _PAPER.finditer(passage.text)
    ]
    own = {(match["before"], match["behind"]) for _, match in told if int(match["year"]) == year}
    for passage, match in told:
        if int(match["year"]) != year - 1 or (match["before"], match["behind"]) not in own:
            continue
        around = passage.text[max(match.start() - _NEAR, 0) : match.start()]
        if not _TASKS.search(match["behind"]) or not _DONE_BY.match(passage.text[match.end() :]):
            continue
        if passage.is_plan or _OF_THEN.search(around) or f"{year - 1}年" in around:
            continue
        yield finding(
            passage,
            match.span(),
            f"正文写完成“{match[0]}”的任务，而别处写的是同名的{year}年文件，报告年度也是{year}年。",
            f"请核对，如属笔误，把{year - 1}改为{year}。",
            Severity.WARNING,
        )
