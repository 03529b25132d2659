"""Common slips of the pen: a short list of what is always wrong (slips.txt), and what stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import Context, Finding, Quote, Report, Severity
from nianbao.grammar.reading import Reading
from plugins.validators.laws import meant_by
from plugins.validators.outcomes import Ruling, judged, unclear
from plugins.validators.setphrases import misspelt

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_FILE = Path(__file__).with_name("slips.txt")
# 12件件, ，，, 推进法治法治: none of these words can follow itself.
_WORDS = ["法治", "推进", "加强", "开展", "提升", "强化", "深入", "完善", "严格", "切实", "进一步", "坚持"]
_TWICE = re.compile(
    # 5个个体工商户 is right.
    r"(?<=\d)(?P<unit>[件起次人名份场家户宗个项条])(?P=unit)(?=[，,。；;、）)\n]|$)|(?P<sign>[，。、；：])(?P=sign)"
    rf"|(?P<word>{'|'.join(_WORDS)})(?P=word)"
)
# 截止12月底, where 截至 is meant; 报名截止6月30日 ends there.
_ENDS = re.compile(
    r"截止(?<![名请集求报日间缴交]截止)(?=[到至]?(?:20\d\d年|\d{1,2}月|目前|今年|去年|[本上]?年底|[本上]年末))"
)
# Dozens of words are looked for faster than one of dozens.
_ANY_TWICE = tuple(word * 2 for word in (*"件起次人名份场家户宗个项条，。、；：", *_WORDS))
_BASIS = "公文用字应当准确、规范"


@dataclass(frozen=True, slots=True)
class _Slips:
    """The wrong words with what is right, those that are no slips, and what finds either."""

    wrong: dict[str, str]
    harmless: frozenset[str]
    finder: AhoCorasick = field(repr=False)
    words: tuple[str, ...] = field(repr=False)


@cache
def _slips() -> _Slips:
    import ahocorasick_rs

    wrong: dict[str, str] = {}
    harmless: set[str] = set()
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, right, *others = line.split()
            wrong[word] = right
            harmless.update(other.removeprefix("!") for other in others)
    words = (*wrong, *sorted(harmless))
    # The longest word wins, and so what is harmless hides the slip in it.
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    finder = ahocorasick_rs.AhoCorasick(list(words), matchkind=kind)
    return _Slips(wrong, frozenset(harmless), finder, words)


def judge(report: Report, context: Context) -> Ruling:
    """Judge a report's words."""
    if context.reading is None:
        return unclear("没有正文")
    return judged(chain(_findings(context), _phrases(context), _doubled(context), _ended(context)))


def _is_law(text: str, at: int) -> bool:
    """Whether a place stands within a law's name, which has a rule of its own."""
    begin, end = text.rfind("《", 0, at), text.find("》", at)
    return begin > text.rfind("》", 0, at) and end >= 0 and meant_by(text[begin + 1 : end]) != ""


def _findings(context: Context) -> Iterator[Finding]:
    reading = context.reading
    if reading is None:
        return
    slips = _slips()
    seen: set[str] = set()
    for which, start, end in slips.finder.find_matches_as_indexes(reading.shadow.text):
        word = slips.words[which]
        if word in slips.harmless or word in seen or _is_law(reading.shadow.text, start):
            continue
        seen.add(word)
        message = f"正文中的“{word}”是错别字，应为“{slips.wrong[word]}”。"
        yield _slip(reading, start, end, message, slips.wrong[word])


def _phrases(context: Context) -> Iterator[Finding]:
    """Yield the set phrases of the genre that are one slip off."""
    reading = context.reading
    text = reading.shadow.text if reading is not None else ""
    for start, end, phrase in misspelt(text):
        if reading is not None and not _is_law(text, start):
            message = f"正文中的“{text[start:end]}”有误，规范表述是“{phrase}”。"
            yield _slip(reading, start, end, message, phrase)


def _ended(context: Context) -> Iterator[Finding]:
    """Yield where a text says that something ended when it means how far it counts."""
    reading = context.reading
    match = _ENDS.search(reading.shadow.text) if reading is not None else None
    if reading is not None and match is not None:
        message = "“截止”是到期停止，表示统计到某一时间应为“截至”。"
        yield _slip(reading, *match.span(), message, "截至")


def _slip(reading: Reading, start: int, end: int, message: str, right: str) -> Finding:
    quote = Quote(*reading.quote(start, end))
    return Finding("typo", "slips.typo", Severity.NOTE, message, (quote,), f"请改为“{right}”。", basis=_BASIS)


def _doubled(context: Context) -> Iterator[Finding]:
    """Yield the words, units and stops that stand twice."""
    reading = context.reading
    text = reading.shadow.text if reading is not None else ""
    if not any(twice in text for twice in _ANY_TWICE):
        return
    seen: set[str] = set()
    for match in _TWICE.finditer(text):
        if reading is None or match[0] in seen:
            continue
        seen.add(match[0])
        once = match[0][: len(match[0]) // 2]
        yield _slip(reading, *match.span(), f"正文中的“{once}”连着写了两遍。", once)
