"""How titles of such reports are worded, and what stands before and behind them that is not theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nianbao import Rival
from nianbao.grammar.bodynames import TOWNS
from plugins.extractors.identity.page import SUBJECT

LONGEST = 90
# 情况报告及2023年工作计划: what a title announces besides, and what it has in brackets.
_PLANNED = r"[及和与暨、](?:20\d\d年?度?|下一?年度?|下一?步)?[^,。;:]{0,10}(?:计划|打算|安排|思路|要点)"
_BESIDES = rf"(?:{_PLANNED})?(?:\([^)]{{0,40}}\))?$"
_END = re.compile(
    rf"(?:情况的(?:公告|公示)|报\s*告|总\s*结|汇报|年报|年度报|情况|述法|材料|小结|综述)书?{_BESIDES}"
)
CLOSED = re.compile(rf"(?:报\s*告|总\s*结|汇报|年报|材料|小结|综述)书?{_BESIDES}")
LEAD = re.compile(
    r"(?:标\s*题|名\s*称|信息名称|文件名称|主\s*题|附\s*件\s*\d*)\s*:\s*\|?\s*|附件\s*\d*\s+|\[[^\]\d]{2,8}\]\s*(?=\S{6})"
)
# A news site puts the town before its report; no label of the furniture ends in the name of a place.
NEWSROOM = re.compile(rf"[^\s:]{{1,12}}(?:{TOWNS}|局|[县区市旗]|委|办):\S*(?:法治|依法)\S*$")
_SENTENCE = re.compile(r"[。;!?]|,.*,|现将|现就|如下|下面|我就|我代表|按照要求")
_GENERIC = re.compile(
    r"(?:关于|年度|本?年|全面|推进|法治|政府|依法|行政|建设|工作|情况|开展|落实|的|信息|公开|报\s*告|总\s*结|汇报|年报|材料|[\s《》])+"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and where it stands in the text, if it does.

    Args:
        value: as it stands, lines joined without a blank.
        start, end: its span, or None where it comes from a fact.
        reason: where it was found, in Chinese.
        confidence: how sure that is.
        rivals: other titles that were met.
        of_page: whether the page's own head tells it.
    """

    value: str
    start: int | None
    end: int | None
    reason: str
    confidence: Decimal
    rivals: tuple[Rival, ...] = ()
    of_page: bool = False


def is_title(text: str) -> bool:
    """Tell whether a text, folded, reads like the title of such a report."""
    return (
        bool(SUBJECT.search(text) and _END.search(text))
        and len(text) <= LONGEST
        and not _SENTENCE.search(text)
    )


def is_generic(title: str) -> bool:
    """Tell whether a title names neither body nor year, as the name of a column does."""
    return bool(_GENERIC.fullmatch(title))
