"""What can't be said of this year: compared with itself, begun last year, led by what has expired."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from nianbao import Finding, SectionKind, Severity
from plugins.validators.passages import Passage
from plugins.validators.yearspans import finding

_EXPIRED_BASIS = "纲要实施期满后以现行纲要为依据"
_WITH_ITSELF = regex.compile(
    r"[与同和](?P<what>今年|本年度?)的?\d[^,，。;；]{0,6}相比|(?:(?<!比)较|相?比于?|相较于?|同比)(?P<what>今年|本年度?)(?:度)?(?:的|同期的?)?(?:\d|[增减下上提][加少降升幅高]|[高低][出于]?\d)"
)
_AHEAD = re.compile("明年|来年|下一?年|[^即]将|力争|计划|目标|预计|确保")
_NTH = regex.compile(
    r"(?<!\d)(?P<y>20\d\d)年(?:\d{1,2}月(?:\d{1,2}日)?)?[,，]?[^,，。;；\d]{0,12}?召开[^,，。;；\d]{0,6}?"
    r"(?:本年度|今年|当年度?|本年)(?:的)?[^,，。;；\d]{0,6}?(?P<nth>首次|第[一二三四五六七八九十\d]{1,3}[次届场期])"
)
# 3月15日召开会议，传达学习12月印发的通报: nobody reads what isn't written yet.
_READ = regex.compile(
    r"(?<!\d)(?P<y>20\d\d)年(?P<m>\d{1,2})月(?:\d{1,2}日)?[^。;；\d《》]{0,40}(?:召开|组织|举办|开展)[^。;；\d]{0,40}?"
    r"(?:传达(?:学习)?|学习(?:贯彻)?|研究贯彻|宣讲)[^。;；\d]{0,6}(?P<y2>20\d\d)年(?P<m2>\d{1,2})月(?:\d{1,2}日)?[^,，。;；\d《》]{0,6}"
    r"(?:印发|下发|出台|发布|公布|召开|通报)的"
)
_EXPIRED = regex.compile(
    r"(?:以|按照|根据|依据|对照|对标|紧扣|围绕|遵循|依照|学习|宣传|推进|贯彻(?:落实)?|落实|实施|执行)(?:(?:中共中央、?|党中央、?)?(?:国务院)?(?:印发|制定|关于)?的?)?"
    r"(?P<name>《法治政府建设实施纲要[(]2015年?[-~至]2020年?[)]》)"
)
_EXPIRED_LAST = 2020
_LOOKS_BACK = regex.compile(r"期间|上一轮|首轮|评估|总结|回顾|收官|验收|以来|曾|期满|到期|废止|原|当年|自查")


def of_this_year(passage: Passage, year: int) -> Iterator[Finding]:
    """Yield what can't be said of this year.

    Args:
        passage: of any part.
        year: the report's.
    """
    text = passage.text
    if "年" in text and not passage.is_plan:
        yield from _compared(passage)
        if "召开" in text or "传达" in text or "学习" in text:
            yield from _held(passage, year)
    if "2015" in text and year > _EXPIRED_LAST + 1 and SectionKind.PROBLEMS not in passage.kinds:
        yield from _expired(passage, year)


def _compared(passage: Passage) -> Iterator[Finding]:
    if ("较" not in passage.text and "比" not in passage.text) or _AHEAD.search(passage.text):
        return
    for match in _WITH_ITSELF.finditer(passage.text):
        yield finding(
            passage,
            match.span(),
            f"“{match[0]}”等于把{match['what']}的数字与{match['what']}自身相比。",
            "请核对，如属笔误，改为与去年相比。",
            Severity.ERROR,
        )


def _held(passage: Passage, year: int) -> Iterator[Finding]:
    for match in _NTH.finditer(passage.text):
        if int(match["y"]) != year:
            yield finding(
                passage,
                match.span(),
                f"“{match[0]}”写的是{match['y']}年，而报告年度是{year}年。",
                f"请核对年份，如属笔误，把{match['y']}改为{year}。",
                Severity.ERROR,
            )
            return
    for match in _READ.finditer(passage.text):
        if (int(match["y"]), int(match["m"])) < (int(match["y2"]), int(match["m2"])):
            yield finding(
                passage,
                match.span(),
                f"{match['y']}年{match['m']}月学习的是{match['y2']}年{match['m2']}月才有的文件或会议（“{match[0][:40]}”）。",
                "请核对两处年月，改正其中一处。",
                Severity.ERROR,
            )


def _expired(passage: Passage, year: int) -> Iterator[Finding]:
    for match in _EXPIRED.finditer(passage.text):
        stop = passage.text.find("。", match.end())
        near = passage.text[max(0, match.start() - 30) : stop if stop >= 0 else len(passage.text)]
        if _LOOKS_BACK.search(near) or "2021-2025" in near or "2021年-2025" in near:
            continue
        yield finding(
            passage,
            match.span("name"),
            f"{year}年度的报告仍以{match['name']}为依据，而这一纲要到{_EXPIRED_LAST}年为止。",
            "请核对，如属沿用旧稿，改为《法治政府建设实施纲要（2021—2025年）》。",
            Severity.WARNING,
            basis=_EXPIRED_BASIS,
        )
