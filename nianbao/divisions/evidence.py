"""The places named around an issuer: by whom, in which words, and how much they say of where it sits.

A county that leads (某县委、某县人民政府) says more than one that is merely named; one that is visited,
helped or learnt from says nothing, and a province whose statute is cited says little.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from nianbao.divisions.manners import Manner, manner_of
from nianbao.divisions.names import Level

if TYPE_CHECKING:
    from nianbao.divisions.directory import Divisions
    from nianbao.divisions.names import Division, Mention


class Source(StrEnum):
    """Who names a place; the value is how a reason calls it."""

    TITLE = "标题"
    PUBLISHER = "发布机构"
    SITE = "网站名称"
    MARKS = "页面的备案号或标识码"
    TRAIL = "位置导航"
    SALUTATION = "主送机关"
    FILE = "文件名"
    TEXT = "正文"


# How much the mention of a province, city or county speaks for what lies in it.
_TOLD = {Level.PROVINCE: 3, Level.CITY: 4, Level.COUNTY: 8}
_NAMED = {Level.PROVINCE: 2, Level.CITY: 3, Level.COUNTY: 5}
_LEADS = {Level.PROVINCE: 3, Level.CITY: 4, Level.COUNTY: 7}
MOST_REPEATS = 3
AGAINST = 4
STATUTES = 2  # at most: one alone may be anybody's model


@dataclass(frozen=True, slots=True)
class Told:
    """A place as one source names it.

    Args:
        source: who names it.
        divisions: what the name may mean.
        manner: in which words.
        name: as named.
    """

    source: Source
    divisions: tuple[Division, ...]
    manner: Manner
    name: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is told around a name.

    Args:
        told: every mention, in order.
        weights: for each source, how much it speaks for the division of a code, by the code.
        region: the code of the region to which the site belongs, or an empty string.
        region_told: what tells so, in Chinese; empty where the host's own domain does.
        host: the site's host name, or an empty string.
        text: the text around the name.
        elsewhere: names of places that the text visits, helps or learns from.
    """

    told: tuple[Told, ...]
    weights: dict[Source, dict[str, int]] = field(repr=False)
    region: str
    text: str = field(repr=False)
    elsewhere: frozenset[str]
    region_told: str = ""
    host: str = ""

    def lines_of(self, source: Source) -> Iterator[Told]:
        """Yield what one source says of the issuer's own surroundings."""
        return (each for each in self.told if each.source is source and counts(each))


def counts(told: Told) -> bool:
    """Tell whether a mention places the issuer: neither a place elsewhere nor a statute's."""
    return told.manner in (Manner.LEADS, Manner.NAMED, Manner.OWN_PAPER)


def is_vouched(division: Division, evidence: Evidence) -> bool:
    """Tell whether a place is told by more than a mention in passing.

    Another source tells it, who leads does, a paper of its own does, or the text names it again and again.
    """
    if evidence.region and (
        evidence.region.startswith(division.code) or division.code.startswith(evidence.region)
    ):
        return True
    times = 0
    for each in evidence.told:
        if not any(d.code.startswith(division.code) for d in each.divisions):
            continue
        if each.source is not Source.TEXT or each.manner in (Manner.LEADS, Manner.OWN_PAPER, Manner.STATUTE):
            return True
        times += each.manner is Manner.NAMED
    return times >= MOST_REPEATS


def gather(
    directory: Divisions,
    sources: Iterable[tuple[Source, str]],
    region: str,
    region_told: str = "",
    host: str = "",
) -> Evidence:
    """Return the places that each source names, weighed.

    Args:
        directory: the table.
        sources: each source with its wording.
        region: the code of the region to which the site belongs, or an empty string.
        region_told: what tells so, in Chinese.
        host: the site's host name, or an empty string.
    """
    told: list[Told] = []
    text = ""
    for source, wording in sources:
        if wording:
            told += _told(directory, source, wording)
            text = wording if source is Source.TEXT else text
    elsewhere = frozenset(each.name for each in told if each.manner is Manner.ELSEWHERE)
    # What a text visits once is elsewhere when it is merely named, too.
    told = [each for each in told if each.manner is not Manner.NAMED or each.name not in elsewhere]
    return Evidence(tuple(told), _weights(told), region, text, elsewhere, region_told, host)


def _told(directory: Divisions, source: Source, wording: str) -> Iterator[Told]:
    for chain in _chains(directory.mentions(wording)):
        manner = manner_of(wording, chain) if source is Source.TEXT else Manner.NAMED
        above: tuple[Division, ...] = _short_above(directory, wording, chain[0])
        if above:
            yield Told(source, above, manner, above[0].name)
        for mention in chain:
            found = directory.upper(mention.name)
            below = tuple(d for d in found if any(d.code.startswith(a.code) for a in above))
            above = below or found
            yield Told(source, above, manner, mention.name)


def _chains(mentions: Iterable[Mention]) -> Iterator[list[Mention]]:
    """Join mentions that follow each other without a gap: 遵义市绥阳县."""
    chain: list[Mention] = []
    for mention in mentions:
        if chain and mention.start != chain[-1].end:
            yield chain
            chain = []
        chain.append(mention)
    if chain:
        yield chain


def _short_above(directory: Divisions, text: str, mention: Mention) -> tuple[Division, ...]:
    """A superior told without its ending right before a place: 徐州丰县, 广西田东县."""
    below = directory.upper(mention.name)
    for length in (4, 3, 2):
        if mention.start >= length:
            found = directory.without_ending(text[mention.start - length : mention.start])
            above = tuple(a for a in found if any(_is_below(d, a) for d in below))
            if above:
                return above
    return ()


def _is_below(division: Division, above: Division) -> bool:
    return division.code != above.code and division.code.startswith(above.code)


def _weights(told: Iterable[Told]) -> dict[Source, dict[str, int]]:
    """A source counts once for a place, and the text a little more where it names it again."""
    weights: dict[Source, dict[str, int]] = {}
    repeats: Counter[tuple[Source, str]] = Counter()
    statutes: Counter[str] = Counter()
    for each in told:
        column = weights.setdefault(each.source, {})
        for division in each.divisions:
            code = division.code
            if each.manner is Manner.STATUTE:
                statutes[code] = min(statutes[code] + 1, STATUTES)
            elif each.source is not Source.TEXT:
                column[code] = _TOLD[division.level]
            elif each.manner is not Manner.ELSEWHERE:
                known = _LEADS if each.manner is Manner.LEADS else _NAMED
                repeats[each.source, code] = min(repeats[each.source, code] + 1, MOST_REPEATS)
                column[code] = max(column.get(code, 0), known[division.level])
    for (source, code), times in repeats.items():
        weights[source][code] += times - 1
    for code, times in statutes.items():
        column = weights[Source.TEXT]
        column[code] = column.get(code, 0) + times
    return weights
