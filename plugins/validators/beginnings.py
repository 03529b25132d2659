"""The year with which a report begins: in what announces it, and in the first words of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import Finding, Severity
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding

YEAR = r"(?<!\d)(20\d\d)"
NUMBER = r"(?:[一二三四五六七八九十\d]{0,3}(?:是|、|\.)|[(][一二三四五六七八九十\d]{1,3}[)])?"
STARTS = rf"^{NUMBER}(?:新的一年[，,]|下一步[，,]|下一阶段[，,])?(?:在|自)?"
ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?=年|度|\))")
RANGE = re.compile(r"20\d\d年?度?(?:[-~至到、和及与]|以及)20\d\d")
_OPENING = re.compile(
    r"(?:现将|现就|现对|我[镇乡局县区市州旗委办]|本[镇乡局单])([^。;]{0,60}?)(?:报告|汇报|总结|公布|公开|通报)(?:如下|于后)"
)
_WITH_PLAN = re.compile(r"(?:及|和|与|暨)(20\d\d)年度?[^，,。;]{0,8}?(?:打算|安排|思路|计划|要点)")
# The words with which a report's year is begun: nobody tells an earlier year so.
_FORMULA = re.compile(
    rf"{STARTS}{YEAR}年度?[，,][^。]{{0,40}}?(?:坚持以习近平|以习近平新时代|(?:领导|指导|支持|关心)(?:和[^，,。]{{0,12}})?下"
    r"|(?:深入|认真|全面)(?:学习)?(?:宣传)?贯彻(?:落实)?(?:党的|习近平))"
)
# What stands above the first part begins with the year that the report is on.
_FIRST = re.compile(rf"{STARTS}{YEAR}年度?(?:以?来)?(?:[，,]|是)")


def announced(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield another year than the report's, where a passage announces what it reports on."""
    match = _OPENING.search(passage.text)
    if match is None or RANGE.search(match[1]):
        return
    words = re.sub(r"《[^》]*》", "", match[1])
    told = [int(word) for word in ANY_YEAR.findall(words)]
    planned = _WITH_PLAN.search(words)
    if planned is not None and int(planned[1]) == year == told[0] and len(told) > 1:
        yield finding(
            passage,
            match.span(),
            f"开头把下一年度的安排写成了{year}年（“{planned[0]}”），应是{year + 1}年。",
            f"请核对年份，如属笔误，把后一个{year}改为{year + 1}。",
            Severity.ERROR,
        )
    if told and year not in told:
        yield finding(
            passage,
            match.span(),
            f"开头写的是{told[0]}年的报告（“{match[0]}”），而本报告写的是{year}年度。",
            f"请核对年份，如属笔误，把{told[0]}改为{year}。",
            Severity.ERROR,
        )


def begun(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield another year than the report's, where a passage begins its text with it."""
    text = passage.text.lstrip()
    first = None if passage.kinds else _FIRST.search(text)
    match = first or _FORMULA.search(text)
    alone = match is not None and (first is not None or set(ANY_YEAR.findall(text)) == {match[1]})
    # 2023年，我区将全面贯彻…: the plan, whatever heads it.
    ahead = match is not None and int(match[1]) == year + 1 and "将" in match[0]
    if match is not None and alone and int(match[1]) != year and not ahead:
        at = len(passage.text) - len(text) + match.start(1)
        yield finding(
            passage,
            (at, at + 5),
            f"正文写“{text[: match.end()][:30]}…”，而报告年度是{year}年。",
            f"请核对年份，如属笔误，把{match[1]}改为{year}。",
            Severity.ERROR,
        )
