"""Set phrases of the genre that are one slip of the pen off: 习近平新时代中国特社会主义色思想.

Each is looked for by its halves, in one pass: where both stand together the phrase is right. Where one stands
alone, what is around it is a slip if it differs in one character, or in the order of its characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# None of these has a variant that is right; where its halves part is marked.
_PHRASES = (
    "习近平新时代|中国特色社会主义思想", "习近平法|治思想", "国家治理体系|和治理能力现代化",
    "社会主义|核心价值观", "绿水青山|就是金山银山", "全面从|严治党", "社会公|平正义",
    "法律面前|人人平等", "全面履行|政府职能",
    "依法行政|制度体系", "重大行政|决策程序", "法治政府|建设实施纲要", "法治社会|建设实施纲要",
    "行政机关负责人|出庭应诉", "重大执法决定|法制审核", "执法全过程|记录制度", "推进法治建设|第一责任人",
    "扫黑除恶|专项斗争", "铸牢中华民族|共同体意识",
)  # fmt: skip
# What may well stand within a phrase.
_ADDED = frozenset("的和与及中均应都已可须未")
_SWAPPED, _LONG = 2, 8


@dataclass(frozen=True, slots=True)
class _Halves:
    """What finds the phrases and their halves: the longest wins, so that a half found stands alone.

    Args:
        finder: the automaton.
        meant: of each word that it finds, the phrases of which it is a half, where in them it begins, and the
            characters of the other half.
    """

    finder: AhoCorasick = field(repr=False)
    meant: tuple[tuple[tuple[str, int, frozenset[str]], ...], ...]


@cache
def _halves() -> _Halves:
    import ahocorasick_rs

    halves: dict[str, list[tuple[str, int, frozenset[str]]]] = defaultdict(list)
    for marked in _PHRASES:
        first, second = marked.split("|")
        halves[first].append((first + second, 0, frozenset(second)))
        halves[second].append((first + second, len(first), frozenset(first)))
    words = {marked.replace("|", ""): () for marked in _PHRASES} | {
        half: tuple(meant) for half, meant in halves.items()
    }
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return _Halves(ahocorasick_rs.AhoCorasick(list(words), matchkind=kind), tuple(words.values()))


def misspelt(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a set phrase is misspelt: its start, its end and the phrase.

    Args:
        text: the report's.
    """
    halves = _halves()
    reached = 0
    for which, start, end in halves.finder.find_matches_as_indexes(text):
        for phrase, offset, other in halves.meant[which]:
            # Of the other half no more than one character can be missing beside the one that stands.
            beside = (
                text[max(start - offset - 1, 0) : start] if offset else text[end : start + len(phrase) + 1]
            )
            if len(other.difference(beside)) > 1:
                continue
            spans = _around(start, end, phrase, offset)
            slip = next((span for span in spans if _is_slip(text, *span, phrase)), None)
            if slip is not None and slip[0] >= reached:
                reached = slip[1]
                yield *slip, phrase


def _around(start: int, end: int, phrase: str, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the spans that one half of a phrase begins or ends, as long as it is, or one character off."""
    for length in (len(phrase), len(phrase) - 1, len(phrase) + 1):
        yield (start, start + length) if offset == 0 else (max(end - length, 0), end)


def _is_slip(text: str, start: int, end: int, phrase: str) -> bool:
    told = text[start:end]
    if not all("\u4e00" <= character <= "\u9fff" for character in told):
        return False
    if len(told) == len(phrase):
        places = [place for place, (one, other) in enumerate(zip(told, phrase, strict=True)) if one != other]
        moved = len(places) == _SWAPPED or len(phrase) >= _LONG
        return len(places) == 1 or (moved and bool(places) and sorted(told) == sorted(phrase))
    short, long = sorted((told, phrase), key=len)
    left_out = next((at for at in range(len(short)) if short[at] != long[at]), len(short))
    one_off = abs(len(told) - len(phrase)) == 1 and short == long[:left_out] + long[left_out + 1 :]
    # A phrase that goes on is no slip, nor is one that something is put into.
    inside = 0 < left_out < len(short) and (long is phrase or long[left_out] not in _ADDED)
    return one_off and inside
