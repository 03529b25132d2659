"""Misspelt laws without 《》: 安全生成法, 反组织犯罪法. What is one slip from a law is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import regex

# 执法, 普法 and their like are no laws.
_LAW = regex.compile(
    r"\p{Han}(?<![执司普守用学立违合办方依做说看手书想释尊知懂讲送问非])法(?![治律制规定院官庭人度])"
)
_SHORTEST = 5
_SHORTEST_KNOWN = 3


@dataclass(frozen=True, slots=True)
class _Index:
    """Laws by their halves, and what one lost character or two exchanged ones make of them."""

    lengths: tuple[int, ...]
    halves: Mapping[tuple[int, bool, str], tuple[str, ...]]
    slips: Mapping[str, str]


def misspelt(text: str, names: frozenset[str], others: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where a law's name stands misspelt and which is meant, each wrong name once.

    Args:
        text: the report's.
        names: of national acts.
        others: what they are called for short.
    """
    index = _index(names)
    longest = index.lengths[-1]
    seen: set[str] = set()
    for match in _LAW.finditer(text):
        end = match.end()
        ahead = text[max(end - longest - 1, 0) : end]
        if "《" in ahead or any(ahead[-n:] in names or ahead[-n:] in others for n in _known_lengths(longest)):
            continue
        found = _meant(ahead, index)
        if found is not None and found[0] not in seen:
            seen.add(found[0])
            yield end - len(found[0]), end, found[1]


def _meant(ahead: str, index: _Index) -> tuple[str, str] | None:
    """Return the longest wrong name that a text ends in, and the one law that is meant."""
    for length in reversed(index.lengths):
        written = ahead[-length:]
        if len(written) == length:
            near = {law for law in _halves(written, index) if _is_one_off(written, law)}
            if len(near) == 1:
                return written, near.pop()
    for length in reversed(index.lengths):
        # One character short of a law of this length, or of the same length with two exchanged.
        for written in (ahead[-length:], ahead[1 - length :]):
            if written in index.slips:
                return written, index.slips[written]
    return None


def _halves(written: str, index: _Index) -> Iterator[str]:
    middle = len(written) // 2
    yield from index.halves.get((len(written), True, written[:middle]), ())
    yield from index.halves.get((len(written), False, written[middle:]), ())


def _is_one_off(written: str, law: str) -> bool:
    """Whether one character differs, and not the first: what stands before a name is no part of it."""
    return written[0] == law[0] and sum(a != b for a, b in zip(written, law, strict=True)) == 1


def _known_lengths(longest: int) -> range:
    return range(_SHORTEST_KNOWN, longest + 1)


@lru_cache(maxsize=4)
def _index(names: frozenset[str]) -> _Index:
    laws = sorted(name for name in names if name.endswith("法") and len(name) >= _SHORTEST)
    halves: dict[tuple[int, bool, str], list[str]] = defaultdict(list)
    slips: dict[str, set[str]] = defaultdict(set)
    for law in laws:
        middle = len(law) // 2
        halves[len(law), True, law[:middle]].append(law)
        halves[len(law), False, law[middle:]].append(law)
        for at in range(1, len(law) - 1):
            # Who shortens a short name leaves out as much.
            if len(law) > _SHORTEST:
                slips[law[:at] + law[at + 1 :]].add(law)
            slips[law[:at] + law[at + 1] + law[at] + law[at + 2 :]].add(law)
    single = {wrong: next(iter(of)) for wrong, of in slips.items() if len(of) == 1 and wrong not in names}
    lengths = tuple(sorted({len(law) for law in laws}))
    return _Index(lengths, {key: tuple(of) for key, of in halves.items()}, single)
