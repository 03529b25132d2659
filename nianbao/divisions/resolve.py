"""Which division a name means: a name alone identifies nobody, so the places told around it are weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from nianbao.divisions.called import province_called
from nianbao.divisions.compose import Part, branch_of, is_branch, without_doubles
from nianbao.divisions.evidence import Evidence, Source, counts, gather, is_vouched
from nianbao.divisions.hosts import spelled_by
from nianbao.divisions.manners import Manner
from nianbao.divisions.names import Level, bare_division, without_ending
from nianbao.divisions.resolution import BY_SUPERIOR, CONTRADICTED, OPEN, SURE, UNSUPPORTED, Resolution
from nianbao.divisions.scoring import Conflict, Weighed, region_of, related, weigh
from nianbao.divisions.table import EDITIONS

if TYPE_CHECKING:
    from nianbao.divisions.directory import Divisions
    from nianbao.divisions.names import Division

# How far the best candidate must be ahead of the next.
MARGIN = 2
# A name that only one division bears stands against so much of doubt.
LEAST_OF_ONE = -1
# A name that others bear is not given to a county without it on the word of one source.
WELL_TOLD = 12
# What a place must be told by to be the issuer's, where its own name is in no table.
_LEAST_STATED = {Level.COUNTY: 6, Level.CITY: 4, Level.PROVINCE: 2}
MOST_RIVALS = 5
# What the text says of a county by naming it once.
ONCE = 5
NEWEST = EDITIONS[0]

_RANK = re.compile(r"(?:^|[^一-鿿])([省市县区旗州盟])(?=.{2,}(?:局|委|办|院|厅|中心|队)$)")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a name; whatever is not known is empty.

    Args:
        text: the text, in which other places are named.
        title: the document's titles.
        publisher: who published it; it is often a superior of the issuer.
        site: what the site calls itself.
        marks: the places whose codes the page prints: the site's mark, its registration.
        trail: the page's breadcrumb.
        salutation: to whom it is addressed.
        file: its file and folders.
        host: the site's host name.
        region: the division code of the region to which the site is known to belong, or that was asked for.
        region_told: what tells so, in Chinese; else the region's site does.
        year: the year that is reported on.
        rank: how the text calls what it reports on (市, 县 …), where no body is named.
    """

    text: str = field(default="", repr=False)
    title: str = ""
    publisher: str = ""
    site: str = ""
    marks: str = ""
    trail: str = ""
    salutation: str = ""
    file: str = ""
    host: str = ""
    region: str = ""
    region_told: str = ""
    year: int | None = None
    rank: str = ""


def resolve(directory: Divisions, name: str, around: Surroundings) -> Resolution:
    """Weigh which division a bare or composed name means.

    Args:
        directory: the table.
        name: 天津市宝坻区牛家牌镇, 梅县区松源镇, 旺草镇人民政府 …; an empty name leaves it to the evidence.
        around: what stands around it.

    Returns:
        The resolution; where several divisions remain, their nearest common parent.
    """
    parts = directory.split(bare_division(name))
    parts = (*parts, *branch_of(directory, name, parts))
    evidence = gather(
        directory,
        (
            (Source.TITLE, around.title),
            (Source.PUBLISHER, around.publisher),
            (Source.SITE, around.site),
            (Source.MARKS, around.marks),
            (Source.TRAIL, around.trail),
            (Source.SALUTATION, around.salutation),
            (Source.FILE, around.file),
            (Source.TEXT, around.text),
        ),
        around.region or region_of(around.host),
        around.region_told,
        around.host.lower(),
    )
    candidates = _candidates(parts)
    if candidates:
        composed = sum(bool(part.divisions) for part in parts) > 1
        found = _choose(directory, candidates, evidence, parts, around.year, composed=composed)
        if found is not None:
            return found
    # 市交通运输局某某管理局 serves a district, though a city's bureau has set it up.
    rank = None if is_branch(name) else _RANK.search(name)
    return _by_superiors(directory, name, rank[1] if rank else around.rank, evidence, parts)


def _candidates(parts: Sequence[Part]) -> tuple[Division, ...]:
    return next((part.divisions for part in reversed(parts) if part.divisions), ())


def _choose(
    directory: Divisions,
    candidates: Sequence[Division],
    evidence: Evidence,
    parts: tuple[Part, ...],
    year: int | None,
    *,
    composed: bool,
) -> Resolution | None:
    """Return the candidate that stands out; None where all is against every one of them."""
    ranked = weigh(directory, candidates, evidence)
    best = ranked[0]
    tied = [row for row in ranked if row.score > best.score - MARGIN]
    if best.against and not best.named:
        # A site alone does not stand against another bearer of the name, whose own county is named.
        tied += [row for row in ranked if row.named and row not in tied]
    if len(tied) > 1:
        tied = _one_edition(directory, tied, year)
    single = len(tied) == 1
    is_town = best.division.level is Level.TOWN
    if best.score < (LEAST_OF_ONE if len(candidates) == 1 else 0) and is_town and not composed:
        return None
    if single and (len(candidates) == 1 or len(ranked) > 1):
        return _chosen(directory, tied[0], len(candidates), parts)
    if not single:
        rivals = tuple(row.division for row in tied)
        reasons = (f"同名的有 {len(rivals)} 处，文中不足以区分", *best.reasons)
        return Resolution(_common_parent(directory, rivals), rivals[:MOST_RIVALS], reasons, parts, OPEN)
    return None


def _chosen(directory: Divisions, row: Weighed, bearers: int, parts: tuple[Part, ...]) -> Resolution:
    reasons = row.reasons
    sure = SURE
    above = [part.name for part in parts[:-1] if part.divisions]
    if above:
        reasons = (f"名称写明上级：{above[-1]}", *reasons)
    if bearers > 1:
        reasons = (f"同名的有 {bearers} 处", *reasons)
    elif not row.supported and not above:
        reasons = ("区划表中仅此一地", *reasons)
        sure = UNSUPPORTED if row.division.level is Level.TOWN else SURE
    if row.against:
        reasons = (*reasons, *(conflict.reason for conflict in row.against))
        sure = CONTRADICTED
    if _is_gone(directory, row.division):
        reasons = (*reasons, f"见于 {row.division.editions[-1]} 年的区划表，新的区划表中已没有此名")
    return Resolution(row.division, (), reasons, parts, sure, row.against)


def _is_gone(directory: Divisions, division: Division) -> bool:
    """Tell whether a town stands in an old edition alone, though the newest has towns of its county."""
    if division.level is not Level.TOWN or NEWEST in division.editions:
        return False
    return any(NEWEST in each.editions for each in directory.children(division.parent or ""))


def _one_edition(directory: Divisions, tied: list[Weighed], year: int | None) -> list[Weighed]:
    """Of one town that two editions put under two parents of a city, keep that of the report's time.

    The statistical office's lists put the towns of a development zone under the zone, which is no division.
    """
    first, *others = sorted(tied, key=lambda row: row.division.editions[-1:], reverse=True)
    old = [row for row in others if _is_same_town(first.division, row.division)]
    if len(old) != 1 or len(others) != 1:
        return tied
    is_zone = not re.search(r"[^发园范验理聚]区$|[县市旗]$", old[0].parent)
    before = year is not None and year < int(first.division.editions[0]) - 1
    chosen, other = (old[0], first) if before and not is_zone else (first, old[0])
    above = directory.by_code(other.division.parent or "")
    if above is None or is_zone:
        return [chosen]
    told = Conflict(above, f"{other.division.editions[-1]} 年的区划表中属{above.name}")
    return [replace(chosen, against=(*chosen.against, told))]


def _is_same_town(new: Division, old: Division) -> bool:
    return (
        new.name == old.name
        and new.level is Level.TOWN
        and new.code[:4] == old.code[:4]
        and not set(new.editions) & set(old.editions)
    )


def _by_superiors(
    directory: Divisions, name: str, rank: str, evidence: Evidence, parts: tuple[Part, ...]
) -> Resolution:
    """Where the name is in no table, or all is against it: the finest place that is surely told around it."""
    stated = {d.code: d for told in evidence.told for d in told.divisions}
    if evidence.region and (own := directory.by_code(evidence.region)):
        stated[own.code] = own
    bearers = _candidates(parts)
    if all(part.level is Level.TOWN for part in parts) and not bearers:
        stated |= {d.code: d for d in spelled_by(evidence.host, directory)}
    known = without_doubles(list(stated.values()))
    for level in (Level.COUNTY, Level.CITY, Level.PROVINCE):
        places = [d for d in known if d.level is level and _fits(d, rank)]
        rows = [row for row in weigh(directory, places, evidence, itself=True) if row.told]
        # A host that spells a name says nothing against what is named.
        rows = [row for row in rows if row.named or evidence.region or not row.against]
        rows = [row for row in rows if is_vouched(row.division, evidence) or row.by_host]
        if not name and level is Level.COUNTY:
            rows = [row for row in rows if _is_insisted(row, evidence)]
        if not rows or rows[0].score < _LEAST_STATED[level] - _is_unanimous(rows[0].division, evidence):
            continue
        tied = [row for row in rows if row.score > rows[0].score - MARGIN]
        if len(tied) == 1:
            return _superior(directory, rows[0], parts, bearers)
        rivals = tuple(row.division for row in tied)
        reasons = (f"文中提到的{_NAMES[level]}有 {len(rivals)} 个，不足以区分",)
        shared = _common_parent(directory, rivals)
        return Resolution(shared, rivals[:MOST_RIVALS], reasons, parts, OPEN)
    told = [each for each in evidence.told if each.manner is not Manner.ELSEWHERE]
    called = province_called(directory, evidence.text) if not bearers and not told else None
    if called is not None:
        reason = f"正文提到{without_ending(called.name)}，没有提到别处"
        return Resolution(called, (), (reason,), parts, CONTRADICTED)
    reason = "同名的地方与文中所述不符" if bearers else "文中没有可识别的地名"
    return Resolution(None, bearers[:MOST_RIVALS], (reason,), parts, OPEN)


def _is_insisted(row: Weighed, evidence: Evidence) -> bool:
    """Tell whether a county is told more than once in passing; of a body without a name, it may be any."""
    code = row.division.code
    told = {source: weights[code] for source, weights in evidence.weights.items() if code in weights}
    return (
        (row.by_host and not row.against)
        or bool(told.keys() - {Source.TEXT})
        or told.get(Source.TEXT, 0) > ONCE
    )


def _superior(
    directory: Divisions, row: Weighed, parts: tuple[Part, ...], bearers: tuple[Division, ...]
) -> Resolution:
    """The superior of a name that no table has below it: of a new or renamed town, or of another place."""
    reasons = row.reasons
    if bearers:
        reasons = (*reasons, f"{row.division.name}在区划表中没有此名的下级")
    if bearers and row.score < WELL_TOLD:
        rivals = (row.division, *bearers)
        return Resolution(_common_parent(directory, rivals), rivals[:MOST_RIVALS], reasons, parts, OPEN)
    sure = CONTRADICTED if row.against else BY_SUPERIOR
    return Resolution(row.division, (), reasons, parts, sure, row.against)


def _is_unanimous(division: Division, evidence: Evidence) -> bool:
    """Tell whether all that is told of places fits one division."""
    return all(
        any(related(each, division) for each in told.divisions) for told in evidence.told if counts(told)
    )


_NAMES = {Level.COUNTY: "县区", Level.CITY: "市州", Level.PROVINCE: "省份"}


def _fits(division: Division, rank: str) -> bool:
    """区教育局 belongs to a district, 省教育厅 to no city; what lies above the rank is open."""
    if not rank or division.level is Level.PROVINCE or (division.level is Level.CITY and rank in "县区旗"):
        return True
    return division.name.endswith(rank)


def _common_parent(directory: Divisions, rivals: Sequence[Division]) -> Division | None:
    lineages = [directory.lineage_of(d) for d in rivals]
    shared = None
    for level in zip(*lineages, strict=False):
        if len({d.code for d in level}) > 1:
            break
        shared = level[0]
    return shared
