"""All cue words of the catalogue in one automaton: one pass over the text finds every one of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import ahocorasick_rs

from nianbao.catalogue import Card, Cue


class Duty(IntEnum):
    """What a word does for a cue."""

    HEAD = 0
    WITH = 1
    CONTEXT = 2
    WITHOUT = 3


@dataclass(frozen=True, slots=True)
class CueRef:
    """A cue with its card and its rank among the card's cues."""

    card: Card
    cue: Cue
    rank: int


@dataclass(frozen=True, slots=True)
class Task:
    """One duty of a word: for which cue, in which of its groups."""

    cue: int
    duty: Duty
    group: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found: `text[start:end]`."""

    start: int
    end: int
    word: int


@dataclass(frozen=True, slots=True)
class CueIndex:
    """The cues of a catalogue and the automaton of their words."""

    cues: tuple[CueRef, ...]
    tasks: tuple[tuple[Task, ...], ...]
    automaton: ahocorasick_rs.AhoCorasick = field(repr=False)

    def find(self, text: str) -> Hits:
        """Find all words of all cues in a folded text."""
        rows = self.automaton.find_matches_as_indexes(text, overlapping=True)
        hits = sorted((Hit(start, end, word) for word, start, end in rows), key=lambda hit: (hit.start, hit.end))
        return Hits(tuple(hits), tuple(hit.start for hit in hits))


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
            (Duty.WITHOUT, 0, (*ref.cue.without, *ref.card.without)),
            *((Duty.WITH, group, words) for group, words in enumerate(ref.cue.requires)),
            *((Duty.CONTEXT, group, words) for group, words in enumerate(ref.cue.context)),
        ]
        for duty, group, words in groups:
            for word in words:
                duties.setdefault(word, []).append(Task(number, duty, group))
    automaton = ahocorasick_rs.AhoCorasick(list(duties), matchkind=ahocorasick_rs.MatchKind.Standard)
    return CueIndex(cues, tuple(tuple(tasks) for tasks in duties.values()), automaton)
