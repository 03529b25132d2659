"""Common slips of the pen, from a short list of what is always wrong (slips.txt)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import Context, Finding, Quote, Report, Severity
from plugins.validators.laws import meant_by
from plugins.validators.outcomes import Ruling, judged, unclear

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_FILE = Path(__file__).with_name("slips.txt")
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
    return judged(_findings(context))


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
        first, last, quoted = reading.quote(start, end)
        yield Finding(
            "typo",
            "slips.typo",
            Severity.NOTE,
            f"正文中的“{word}”是错别字，应为“{slips.wrong[word]}”。",
            (Quote(first, last, quoted),),
            f"请改为“{slips.wrong[word]}”。",
            basis=_BASIS,
        )
