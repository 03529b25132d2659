"""Which division a name means: a name alone identifies nobody, so the places named around it are weighed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.divisions.names import SHAPE, Level, bare_division, short_names

if TYPE_CHECKING:
    from nianbao.divisions.directory import Division, Divisions

LONGEST_NAME = 15
# How much one ancestor of a candidate, named in the text or by the publisher, speaks for it.
IN_TEXT = {Level.PROVINCE: 2, Level.CITY: 3, Level.COUNTY: 5}
IN_PUBLISHER = {Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 8}
BY_SHORT_NAME = 3  # at most: short names are common words as well
BY_HOST = 3
# How far the best candidate must be ahead of the next.
MARGIN = 2

# The second-level domains of the provinces' own sites, under which their counties' sites stand as well.
PROVINCE_HOSTS = {
    "beijing": "11", "tj": "12", "hebei": "13", "shanxi": "14", "nmg": "15", "ln": "21", "jl": "22",
    "hlj": "23", "shanghai": "31", "jiangsu": "32", "zj": "33", "ah": "34", "fujian": "35", "jiangxi": "36",
    "shandong": "37", "henan": "41", "hubei": "42", "hunan": "43", "gd": "44", "gxzf": "45", "hainan": "46",
    "cq": "50", "sc": "51", "guizhou": "52", "yn": "53", "xizang": "54", "shaanxi": "61", "gansu": "62",
    "qinghai": "63", "nx": "64", "xinjiang": "65",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One place in a composed name; `divisions` is empty where no table holds it."""

    level: Level
    name: str
    divisions: tuple[Division, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name was found to mean.

    Args:
        division: the finest division that is certain; None where nothing is.
        rivals: the divisions between which nothing decides, best first; empty where the name is resolved.
        reasons: what spoke for it, in Chinese.
        parts: the places in the name, in order; a last part without divisions stands in no table.
    """

    division: Division | None
    rivals: tuple[Division, ...]
    reasons: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Places named around the name, counted, and where its site belongs."""

    text: str
    in_text: Counter[str]
    in_publisher: Counter[str]
    prefix: str


def resolve(
    directory: Divisions, name: str, *, text: str = "", publisher: str = "", host: str = "", region: str = ""
) -> Resolution:
    """Weigh which division a bare or composed name means.

    Args:
        directory: the table.
        name: 天津市宝坻区牛家牌镇, 梅县区松源镇, 旺草镇人民政府 …; an empty name leaves it to the evidence.
        text: the text around the name, in which other places are counted.
        publisher: who published it; it is often a parent of the issuer.
        host: the site's host name.
        region: the division code of the region whose profile applies, if any.

    Returns:
        The resolution; where several divisions remain, their nearest common parent.
    """
    evidence = _Evidence(
        text,
        Counter(mention.name for mention in directory.mentions(text)),
        Counter(mention.name for mention in directory.mentions(publisher)),
        region or PROVINCE_HOSTS.get(host.lower().removesuffix(".gov.cn").rpartition(".")[2], ""),
    )
    parts = split_name(directory, bare_division(name))
    candidates = _candidates(parts)
    composed = sum(bool(part.divisions) for part in parts) > 1
    if candidates and (composed or not _contradicted(directory, candidates, evidence)):
        return _choose(directory, candidates, evidence, parts)
    stated = [d for place in (*evidence.in_text, *evidence.in_publisher) for d in directory.upper(place)]
    return _choose(directory, _finest(directory, stated, evidence), evidence, parts, itself=True)


def split_name(directory: Divisions, name: str) -> tuple[Part, ...]:
    """Split a composed name into its places, each a descendant of the one before where the table knows it."""
    parts: list[Part] = []
    at = 0
    while at < len(name):
        part = _known_part(directory, name, at, parts)
        if part is not None and any(not above.divisions for above in parts):
            # Below a place that stands in no table, a name of the table is another place's.
            part = Part(part.level, part.name, ())
        if part is None:
            shaped = SHAPE.match(name, at)
            if shaped is None:
                break
            part = _known_end(directory, shaped) or Part(Level(str(shaped.lastgroup)), shaped.group(), ())
            at = shaped.end() - len(part.name)
        parts.append(part)
        at += len(part.name)
    if not parts:  # 国家税务总局某县税务局: the place stands inside
        inside = next(iter(directory.mentions(name)), None)
        return split_name(directory, name[inside.start :]) if inside and inside.start else ()
    return tuple(parts)


def _known_part(directory: Divisions, name: str, at: int, parts: Sequence[Part]) -> Part | None:
    above = next((part.divisions for part in reversed(parts) if part.divisions), ())
    for end in range(min(len(name), at + LONGEST_NAME), at + 1, -1):
        piece = name[at:end]
        found = directory.by_name(piece) or directory.upper(piece) or _short_town(directory, piece)
        found = _without_doubles(found)
        if above:
            found = tuple(d for d in found if any(_is_below(d, parent) for parent in above))
        if found:
            level = min((d.level for d in found), key=list(Level).index)
            return Part(level, piece, tuple(d for d in found if d.level is level))
    return None


def _short_town(directory: Divisions, piece: str) -> tuple[Division, ...]:
    """A 民族乡 told without its people (杨柳乡 for 杨柳回族乡), or a street that the table calls office."""
    if piece.endswith("街道"):
        bare = piece.removesuffix("街道")
        return directory.by_name(bare + "街道办事处") + directory.by_name(bare + "办事处街道")
    if piece.endswith("乡") and len(piece) > 2:
        named = directory.named(piece[:-1])
        return tuple(d for d in named if d.level is Level.TOWN and d.name.endswith("族乡"))
    return ()


def _known_end(directory: Divisions, shaped: re.Match[str]) -> Part | None:
    """A known place behind words that are no place: 八师石河子市."""
    piece = shaped.group()
    for start in range(1, len(piece) - 2):
        if found := _without_doubles(directory.upper(piece[start:])):
            return Part(found[0].level, piece[start:], found)
    return None


def _without_doubles(found: Sequence[Division]) -> tuple[Division, ...]:
    """A city without counties is told once, as the city."""
    names = {(d.name, d.code) for d in found}
    return tuple(d for d in found if (d.name, d.parent) not in names)


def _is_below(division: Division, parent: Division) -> bool:
    return division.code != parent.code and division.code.startswith(parent.code)


def _candidates(parts: Sequence[Part]) -> tuple[Division, ...]:
    for index in range(len(parts) - 1, -1, -1):
        if parts[index].divisions:
            return parts[index].divisions
    return ()


def _contradicted(directory: Divisions, candidates: Sequence[Division], evidence: _Evidence) -> bool:
    """Nothing around a town speaks for any candidate, and something speaks for another place.

    A town may be new, abolished or renamed; of provinces, cities and counties the table holds all.
    """
    if candidates[0].level is not Level.TOWN:
        return False
    if any(_score(directory, candidate, evidence)[0] for candidate in candidates):
        return False
    stated = [d for place in evidence.in_text for d in directory.upper(place)]
    if any(d.level is Level.PROVINCE for d in stated) or evidence.in_publisher:
        return True
    return any(count > 1 for count in evidence.in_text.values())


def _finest(directory: Divisions, stated: Sequence[Division], evidence: _Evidence) -> tuple[Division, ...]:
    """The counties that the text states, or else its cities, or else its provinces."""
    for level in (Level.COUNTY, Level.CITY, Level.PROVINCE):
        found = {d.code: d for d in stated if d.level is level}
        if found:
            return _without_doubles(tuple(found.values()))
    return ()


def _choose(
    directory: Divisions,
    candidates: Sequence[Division],
    evidence: _Evidence,
    parts: tuple[Part, ...],
    *,
    itself: bool = False,
) -> Resolution:
    if not candidates:
        return Resolution(None, (), ("文中没有可识别的地名",), parts)
    scored = []
    for candidate in candidates:
        score, reasons = _score(directory, candidate, evidence, itself=itself)
        scored.append((score, candidate, reasons))
    scored.sort(key=lambda row: (-row[0], row[1].code))
    best, division, reasons = scored[0]
    tied = tuple(d for score, d, _ in scored if score > best - MARGIN)
    if len(tied) == 1:
        return Resolution(division, (), reasons or ("区划表中仅此一地",), parts)
    shared = _common_parent(directory, tied)
    return Resolution(shared, tied[:5], (f"同名的有 {len(tied)} 处，文中不足以区分",), parts)


def _score(
    directory: Divisions, candidate: Division, evidence: _Evidence, *, itself: bool = False
) -> tuple[int, tuple[str, ...]]:
    score = 0
    reasons = []
    above = directory.ancestors(candidate)
    for place in (*above, candidate) if itself else above:
        names = {place.name, *short_names(place.name)}
        told = sum(evidence.in_text[name] for name in names)
        published = any(evidence.in_publisher[name] for name in names)
        short = place.name[:-1]
        if told:
            score += IN_TEXT[place.level] + min(told, 4) - 1
            reasons.append(f"文中提到{place.name} {told} 次")
        elif len(short) > 1 and (times := evidence.text.count(short)):
            score += min(times, BY_SHORT_NAME)
            reasons.append(f"文中提到{short} {times} 次")
        if published:
            score += IN_PUBLISHER[place.level]
            reasons.append(f"发布机构在{place.name}")
    if evidence.prefix and candidate.code.startswith(evidence.prefix):
        score += BY_HOST
        reasons.append("网站属于该地区")
    return score, tuple(reasons)


def _common_parent(directory: Divisions, rivals: Iterable[Division]) -> Division | None:
    lineages = [directory.lineage(d.code) for d in rivals]
    shared = None
    for level in zip(*lineages, strict=False):
        if len({d.code for d in level}) > 1:
            break
        shared = level[0]
    return shared
