"""Which sentences stand in the reports of several issuers, and which of them are everybody's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import combinations

from nianbao.copying.naming import county_key
from nianbao.copying.prose import SHORTEST, Prose, masked, own_names
from nianbao.grammar.text import fold

# A sentence of more issuers of each county than this is their county's. One of more issuers altogether than
# this, or in a large year than one in a hundred, is the genre's. Neither is a sign that one copied another.
_FEW = 4
_ONE_IN = 100
_MANY = 10


@dataclass(frozen=True, slots=True)
class Index:
    """The sentences that several issuers share.

    Args:
        rare: by key, the places (in the list of proses) of the few reports that it stands in.
        common: likewise of those that stand in many.
        idle: keys of the genre's set phrases, which count nowhere.
    """

    rare: dict[int, tuple[int, ...]] = field(repr=False)
    common: dict[int, tuple[int, ...]] = field(repr=False)
    idle: frozenset[int] = field(repr=False)


def make_index(proses: Sequence[Prose], issuers: Sequence[int]) -> Index:
    """Find what the proses of different issuers share.

    Args:
        proses: of one year.
        issuers: a number for each, the same for those of one issuer, which are never compared.
    """
    counties = [county_key(prose.entry.report) for prose in proses]
    holders = _shared(proses, issuers)
    many = min(_MANY, max(_FEW, len(set(issuers)) // _ONE_IN))
    idle = frozenset(_idle(proses, holders))
    rare: dict[int, tuple[int, ...]] = {}
    common: dict[int, tuple[int, ...]] = {}
    for key, places in holders.items():
        if key not in idle:
            number = len({issuers[place] for place in places})
            is_common = number > many or number > _FEW * len({counties[place] for place in places})
            (common if is_common else rare)[key] = tuple(places)
    return Index(rare, common, idle)


def _shared(proses: Sequence[Prose], issuers: Sequence[int]) -> dict[int, list[int]]:
    """Return where each key stands that stands in the reports of two issuers."""
    first: dict[int, int] = {}
    shared: dict[int, list[int]] = {}
    for place, prose in enumerate(proses):
        for key in set(prose.keys):
            seen = first.setdefault(key, place)
            if seen != place:
                shared.setdefault(key, [seen]).append(place)
    return {key: places for key, places in shared.items() if len({issuers[place] for place in places}) > 1}


def _idle(proses: Sequence[Prose], holders: dict[int, list[int]]) -> Iterator[int]:
    """Yield the shared keys whose sentence says nothing but set phrases."""
    wanted = set(holders)
    for prose in proses:
        new = wanted.intersection(prose.keys)
        if new:
            names = own_names(prose.entry.report)
            places = {key: place for place, key in enumerate(prose.keys)}
            yield from (key for key in new if is_idle(prose.quote(places[key], places[key])[2], names))
            wanted -= new


def is_idle(sentence: str, names: re.Pattern[str] | None = None) -> bool:
    """Tell whether too little is left of a sentence without the genre's set phrases.

    Args:
        sentence: of a report.
        names: what finds the report's own names.
    """
    return len(_set_phrases().sub("", masked(fold(sentence), names))) < SHORTEST


@cache
def _set_phrases() -> re.Pattern[str]:
    lines = files("nianbao.copying").joinpath("phrases.txt").read_text("utf-8").splitlines()
    phrases = [masked(fold(line), None) for line in lines if line and not line.startswith("#")]
    return re.compile("|".join(map(re.escape, sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))))


def pairs(rare: dict[int, tuple[int, ...]]) -> dict[tuple[int, int], int]:
    """Return how many rare sentences each pair of places shares."""
    counts: dict[tuple[int, int], int] = {}
    for places in rare.values():
        for pair in combinations(places, 2):
            counts[pair] = counts.get(pair, 0) + 1
    return counts
