"""All cue words of the catalogue in one automaton: one pass over the text finds every one of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import ahocorasick_rs

from nianbao.catalogue import Card, Cue
from nianbao.catalogue.verbs import COMPOUNDS, VERBS

_MARKS = "“”‘’\"'《》<>「」『』"
# Letters that make a cue word only by chance (协调解决 is no 调解), name a body (联席会议成员单位) or an
# oversight of those who enforce (行政执法监督检查).
_NO_WORDS = re.compile(
    f"(?=[调联展行小学办结议可{VERBS}])(?:"
    "(?<=[协强])调(?=解决)|联席会议(?=各?成员|办公室|制度|机制|召集人)|(?<=开)展示范"
    "|行政执法监督检查(?!企业|单位|场所|经营)"
    "|(?<=[中大])小?学法(?=治)|(?<=[转交督承])办(?=件)|(?<=办)结(?=案件)|(?<=[争决协商复])议(?=案)"
    # 行政执法监督检查 looks at those who enforce, not at those who must obey.
    "|行政执法监督检查"
    # 行政许可办了98件 tells none that 可办.
    "|(?<=许)可(?=办)"
    # 举办了, 公开了, 强调了 are no plain 办了, 开了, 调了.
    f"|(?<=[{COMPOUNDS}])[{VERBS}](?=[了过]))"
)
# 公开了信息 is 公开信息; 办了信访件 keeps its plain verb.
_PASSED = re.compile(f"[{_MARKS}]|了(?:(?<![{VERBS}为除]了)|(?<=[{COMPOUNDS}][{VERBS}]了))(?=[一-鿿])(?!解)")
# 学习行政处罚法: the law's name counts no penalties.
_LAWS = re.compile(r"行政(?:处罚|许可|复议|诉讼|强制)(?=法(?![制治律规院定]))")
# 《重大行政决策事项目录》，共3项: what a list lists is counted.
_TITLE = re.compile(r"《[^《》\n]{1,60}(?<!目录)(?<!清单)》")


class Duty(IntEnum):
    """What a word does for a cue."""

    HEAD = 0
    WITH = 1
    CONTEXT = 2
    WITHOUT = 3
    NOT_CONTEXT = 4


@dataclass(frozen=True, slots=True)
class CueRef:
    """A cue with its card and its rank among the card's cues."""

    card: Card
    cue: Cue
    rank: int


class Task(NamedTuple):
    """One duty of a word: for which cue, in which of its groups."""

    cue: int
    duty: Duty
    group: int


class Hit(NamedTuple):
    """A word found: `text[start:end]`; `titled` where it stands within a title (《信访工作条例》)."""

    start: int
    end: int
    word: int
    titled: bool = False


@dataclass(frozen=True, slots=True)
class CueIndex:
    """The cues of a catalogue and the automaton of their words.

    Args:
        cues: the cues, by their numbers.
        heads: for each word the cues whose head it is.
        helpers: for each word what it does for a cue within a figure's clause.
        contexts: for each word what it does as a context, by the cue's number.
    """

    cues: tuple[CueRef, ...]
    heads: tuple[tuple[int, ...], ...]
    helpers: tuple[tuple[Task, ...], ...]
    contexts: tuple[Mapping[int, tuple[Task, ...]], ...]
    automaton: ahocorasick_rs.AhoCorasick = field(repr=False)

    def find(self, text: str) -> Hits:
        """Find all words of all cues in a folded text; marks and a 了 inside a word are passed over."""
        plain, origins = _without_marks(text)
        rows = self.automaton.find_matches_as_indexes(plain, overlapping=True)
        chance = [match.span() for match in _NO_WORDS.finditer(plain)]
        laws = [match.span() for match in _LAWS.finditer(plain)]
        titles = [match.span() for match in _TITLE.finditer(text)]
        hits = sorted(
            (
                Hit(
                    origins[start],
                    origins[end - 1] + 1,
                    word,
                    bool(titles) and _lies_in(titles, origins[start]),
                )
                for word, start, end in rows
                if not (chance and _lies_in(chance, start))
                and not (laws and _lies_in(laws, start) and _lies_in(laws, end - 1))
            )
        )
        return Hits(tuple(hits), tuple(hit.start for hit in hits))


def _lies_in(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether an offset lies within one of the spans, which are in order."""
    index = bisect_left(spans, (offset + 1, 0)) - 1
    return index >= 0 and offset < spans[index][1]


def _without_marks(text: str) -> tuple[str, Sequence[int]]:
    pieces: list[str] = []
    origins: list[int] = []
    last = 0
    for match in _PASSED.finditer(text):
        start = match.start()
        pieces.append(text[last:start])
        origins.extend(range(last, start))
        last = start + 1
    if not last:
        return text, range(len(text))
    pieces.append(text[last:])
    origins.extend(range(last, len(text)))
    return "".join(pieces), origins


@dataclass(frozen=True, slots=True)
class Hits:
    """The words found in a text, in order."""

    hits: tuple[Hit, ...]
    starts: tuple[int, ...]

    def within(self, start: int, end: int) -> Iterator[Hit]:
        """Yield the words that lie wholly within a span."""
        for index in range(bisect_left(self.starts, start), len(self.hits)):
            hit = self.hits[index]
            if hit.start >= end:
                return
            if hit.end <= end:
                yield hit


def build_index(cards: Mapping[str, Card]) -> CueIndex:
    """Build the index of a catalogue's cards."""
    cues = tuple(CueRef(card, cue, rank) for card in cards.values() for rank, cue in enumerate(card.cues))
    duties: dict[str, list[Task]] = {}
    for number, ref in enumerate(cues):
        groups = [
            (Duty.HEAD, 0, ref.cue.head),
            (Duty.WITHOUT, 0, ref.cue.without),
            (Duty.WITHOUT, 1, ref.card.without),
            (Duty.NOT_CONTEXT, 0, ref.cue.not_context),
            *((Duty.WITH, group, words) for group, words in enumerate(ref.cue.requires)),
            *((Duty.CONTEXT, group, words) for group, words in enumerate(ref.cue.context)),
        ]
        for duty, group, words in groups:
            for word in words:
                duties.setdefault(word, []).append(Task(number, duty, group))
    automaton = ahocorasick_rs.AhoCorasick(list(duties), matchkind=ahocorasick_rs.MatchKind.Standard)
    told = list(duties.values())
    return CueIndex(
        cues,
        tuple(tuple(task.cue for task in tasks if task.duty is Duty.HEAD) for tasks in told),
        tuple(tuple(task for task in tasks if task.duty in (Duty.WITH, Duty.WITHOUT)) for tasks in told),
        tuple(_by_cue(tasks) for tasks in told),
        automaton,
    )


def _by_cue(tasks: Sequence[Task]) -> dict[int, tuple[Task, ...]]:
    """Return what a word does as a context, by the cues' numbers."""
    found: dict[int, tuple[Task, ...]] = {}
    for task in tasks:
        if task.duty in (Duty.CONTEXT, Duty.NOT_CONTEXT):
            found[task.cue] = (*found.get(task.cue, ()), task)
    return found
