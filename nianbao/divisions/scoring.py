"""How much the evidence speaks for each candidate, and against it, with the reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nianbao.divisions.evidence import AGAINST, Evidence, Source, counts
from nianbao.divisions.hosts import is_named_for
from nianbao.divisions.manners import Manner
from nianbao.divisions.names import Level, without_ending
from nianbao.grammar.bodynames import TOWNS

if TYPE_CHECKING:
    from nianbao.divisions.directory import Divisions
    from nianbao.divisions.names import Division

_OF_REGION = {Level.PROVINCE: 3, Level.CITY: 5, Level.COUNTY: 8}
MOST_PLAIN = 3
OF_NEIGHBOUR = 3
RARE = 3
OF_RANK = 2
NAMED_AGAINST = {Level.PROVINCE: 3, Level.CITY: 2, Level.COUNTY: 2}

# The second-level domains of the provinces' own sites, under which their counties' sites stand as well.
PROVINCE_HOSTS = {
    "beijing": "11", "tj": "12", "hebei": "13", "shanxi": "14", "nmg": "15", "ln": "21", "jl": "22",
    "hlj": "23", "shanghai": "31", "jiangsu": "32", "zj": "33", "ah": "34", "fujian": "35", "jiangxi": "36",
    "shandong": "37", "henan": "41", "hubei": "42", "hunan": "43", "gd": "44", "gxzf": "45", "hainan": "46",
    "cq": "50", "sc": "51", "guizhou": "52", "yn": "53", "xizang": "54", "shaanxi": "61", "gansu": "62",
    "qinghai": "63", "nx": "64", "xinjiang": "65",
}  # fmt: skip

# Names of places that are words of any report; without their ending they mean no place.
_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    平安 公安 合作 通道 互助 和平 振兴 新建 共和 文化 民主 团结 兴安 公平 高新 建设 解放 前进 向阳 友谊
    同心 中方 和顺 和政 政和 民和 民乐 安定 安全 万全 文明 文安 光明 东风 爱民 长治 长安 永安 南部 东部
    集中 进贤 兴业 振安 新城 城中 城关 城区 郊区 矿区 市中 城东 城西 城南 城北 中山 朝阳 新华 红旗 胜利
    太平 建华 兴宁 依安 治多 法库 宣化 开化 沿河 大通 正安 开发 经济 海关 新市 新区 东区 西区 特区 集贤
    保安 大方 社会 富民 惠民 利民 惠农 平等 崇信 宁县 礼县 正定 信丰 信宜 化德 融安 融水 德安 安顺 安康
    广安 大安 三都 白云 凤凰 龙门 龙头 西湖 中原 中江
    """,
    )
)
# 县委, 区司法局: which kind of county leads the town. 社区, 园区 and the like are none.
_RANK = re.compile(
    r"(?<![社园辖城小校景灾山片林库地牧矿街])(?<![一-鿿][市])([县区旗])(?:委(?!员)|政府|司法局|法治办|人大|纪委|级|直|法院|依法治)"
)
_TOWN_END = re.compile(TOWNS)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another place, told where the candidate's own would be expected, and who tells it, in Chinese."""

    place: Division
    reason: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its score.

    Args:
        division: the candidate.
        score: what speaks for it, less what speaks against it.
        reasons: what speaks for it, in Chinese.
        against: what speaks against it: the other place, and who tells it.
        told: whether a source names it, or something above it.
        parent: the name right above it.
        named: whether a source other than its site names it, or something above it.
        by_host: whether its site is named for it, or for something above it.
    """

    division: Division
    score: int
    reasons: tuple[str, ...]
    against: tuple[Conflict, ...]
    told: bool
    parent: str
    named: bool = False
    by_host: bool = False

    @property
    def supported(self) -> bool:
        """Whether anything speaks for it."""
        return bool(self.reasons)


def region_of(host: str) -> str:
    """Return the code of the province under whose domain a government site stands, or an empty string."""
    labels = host.lower().removesuffix(".gov.cn")
    return PROVINCE_HOSTS.get(labels.rpartition(".")[2], "") if labels != host.lower() else ""


def weigh(
    directory: Divisions, candidates: Sequence[Division], evidence: Evidence, *, itself: bool = False
) -> list[Weighed]:
    """Return the candidates with their scores, best first; `itself` where their own names count too."""
    rows = [_weigh(directory, each, evidence, itself=itself) for each in candidates]
    rows.sort(key=lambda row: (-row.score, row.division.code))
    if len(rows) > 1 and not itself and rows[1].score > rows[0].score - AGAINST:
        # What is dear to look for is looked for between the foremost alone.
        front = [row for row in rows if row.score > rows[0].score - AGAINST]
        finer = _finely(directory, front, evidence)
        rows = [*finer, *rows[len(front) :]]
        rows.sort(key=lambda row: (-row.score, row.division.code))
    return rows


def _weigh(directory: Divisions, candidate: Division, evidence: Evidence, *, itself: bool) -> Weighed:
    above = directory.ancestors(candidate)
    lineage = (*above, candidate) if itself else above
    score = 0
    reasons: list[str] = []
    against: list[Conflict] = []
    for source, weights in evidence.weights.items():
        told = [d for d in lineage if d.code in weights]
        if told:
            score += sum(weights[d.code] for d in told)
            rank = "" if itself else "上级："
            reasons.append(f"{source}提到{rank}{'、'.join(d.name for d in told[::-1])}")
        if doubt := _doubt(source, candidate, evidence):
            score -= doubt[0]
            against.append(doubt[1])
    named = bool(reasons)
    region = directory.by_code(evidence.region) if evidence.region else None
    belongs = evidence.region_told or (f"网站属于{region.name}" if region else "")
    if region and candidate.code.startswith(region.code):
        score += _OF_REGION.get(region.level, 0)
        reasons.append(belongs)
    elif region and not region.code.startswith(candidate.code):
        score -= AGAINST
        against.append(Conflict(region, belongs))
    place = _of_host(directory, candidate, above, evidence.host)
    if place:
        score += _OF_REGION[place.level]
        reasons.append(f"网站 {evidence.host} 的域名与{place.name}的拼写相符")
    parent = above[-1].name if above else ""
    by_host = place is not None or (region is not None and candidate.code == region.code)
    return Weighed(candidate, score, tuple(reasons), tuple(against), bool(reasons), parent, named, by_host)


def _of_host(
    directory: Divisions, candidate: Division, above: Sequence[Division], host: str
) -> Division | None:
    """Return the finest place of the candidate's for which its site is named; it speaks against nothing."""
    if not host:
        return None
    lineage = (*above, candidate)
    named = (d for d in reversed(lineage) if is_named_for(host, d, directory.ancestors(d)))
    return next(named, None)


def _doubt(source: Source, candidate: Division, evidence: Evidence) -> tuple[int, Conflict] | None:
    """What a source says against a candidate: it names places, and none holds or lies in the candidate."""
    if source is Source.TEXT:
        return _doubt_of_text(candidate, evidence)
    finest = _finest(evidence, source)
    if not finest or any(related(d, candidate) for d in finest):
        return None
    return AGAINST, Conflict(finest[0], f"{source}提到的却是{finest[0].name}")


def _finest(evidence: Evidence, source: Source) -> list[Division]:
    named = [d for told in evidence.lines_of(source) for d in told.divisions]
    return [d for d in named if not any(o.code != d.code and o.code.startswith(d.code) for o in named)]


def related(named: Division, candidate: Division) -> bool:
    """Tell whether a named place holds the candidate, lies in it, or is the city next above both."""
    return candidate.code.startswith(named.code) or named.code.startswith(candidate.code)


def _doubt_of_text(candidate: Division, evidence: Evidence) -> tuple[int, Conflict] | None:
    strangers: Counter[Division] = Counter()
    worst = 0
    statutes: list[Division] = []
    for told in evidence.told:
        if told.source is not Source.TEXT or told.manner is Manner.ELSEWHERE:
            continue
        if any(d.code[:4] == candidate.code[:4] or related(d, candidate) for d in told.divisions):
            if counts(told):
                return None
            continue
        if told.manner is Manner.STATUTE:
            statutes.append(told.divisions[0])
            continue
        stranger = told.divisions[0]
        strangers[stranger] += 1
        level = stranger.level
        leads = told.manner is Manner.LEADS
        worst = max(
            worst, NAMED_AGAINST[level] if leads or strangers[stranger] > 1 or level is Level.PROVINCE else 1
        )
    if strangers:
        most = strangers.most_common(1)[0][0]
        return worst, Conflict(most, f"正文提到的却是{most.name}")
    if statutes:
        # One statute may be cited as a model; several are those of the place itself.
        named = statutes[0]
        return min(len(statutes) - 1, 2), Conflict(named, f"正文引用的是{named.name}的法规")
    return None


def _finely(directory: Divisions, front: Sequence[Weighed], evidence: Evidence) -> list[Weighed]:
    """Weigh what tells near candidates apart: plain short names, neighbours, the rank of the county."""
    plain = _plain(directory, evidence)
    neighbours = _neighbours(directory, front, evidence)
    kin = _counties_named(evidence)
    rank = _rank(evidence.text)
    rows = []
    for row in front:
        score, reasons = row.score, list(row.reasons)
        for division in directory.ancestors(row.division):
            bare = without_ending(division.name)
            if plain[bare] and not _is_told(division, evidence):
                score += min(plain[bare], MOST_PLAIN)
                reasons.append(f"正文提到{bare}")
        if near := neighbours.get(_county_of(row.division)):
            score += OF_NEIGHBOUR if near[1] <= RARE else 1
            reasons.append(f"正文提到同地的{near[0]}")
        if near := _kin(row.division, kin):
            score += OF_NEIGHBOUR if near[1] == 1 else 1
            reasons.append(f"正文提到同市的{near[0]}")
        if rank and row.division.level is Level.TOWN and row.parent.endswith(rank):
            score += OF_RANK
            reasons.append(f"正文称上级为{row.parent[-1]}")
        rows.append(replace(row, score=score, reasons=tuple(reasons)))
    return rows


def _counties_named(evidence: Evidence) -> dict[str, tuple[str, int]]:
    """The counties that the text names, by code, with how many bear the name."""
    told = evidence.lines_of(Source.TEXT)
    return {
        d.code: (each.name, len(each.divisions))
        for each in told
        for d in each.divisions
        if d.level is Level.COUNTY
    }


def _kin(division: Division, counties: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    """Another county of the candidate's city, the one with the rarest name."""
    near = [
        told
        for code, told in counties.items()
        if code[:4] == division.code[:4] and code != _county_of(division) and told[0] != division.name
    ]
    return min(near, key=lambda told: told[1], default=None)


def _rank(text: str) -> str:
    """Return how the text calls the county that leads (县委, 区政府), or an empty string where it wavers."""
    ranks = Counter(match[1] for match in _RANK.finditer(text))
    return next(iter(ranks)) if len(ranks) == 1 and ranks.total() > 1 else ""


def _county_of(division: Division) -> str:
    return division.code[:6]


def _plain(directory: Divisions, evidence: Evidence) -> Counter[str]:
    """How often the text calls a place without its ending (法治绥阳), places elsewhere and words left out."""
    elsewhere = {without_ending(name) for name in evidence.elsewhere}
    counted = Counter(directory.bare_mentions(evidence.text))
    return Counter({name: n for name, n in counted.items() if name not in _WORDS and name not in elsewhere})


def _is_told(division: Division, evidence: Evidence) -> bool:
    """Tell whether any source names the division in full."""
    return any(division.code in weights for weights in evidence.weights.values())


def _neighbours(
    directory: Divisions, front: Sequence[Weighed], evidence: Evidence
) -> dict[str, tuple[str, int]]:
    """The towns in the text that lie in a candidate's county, by county, with how many bear the name."""
    own = {row.division.name for row in front}
    counties = {_county_of(row.division) for row in front}
    found: dict[str, tuple[str, int]] = {}
    seen: set[str] = set()
    for match in _TOWN_END.finditer(evidence.text):
        for length in range(8, 1, -1):
            name = evidence.text[max(0, match.start() - length) : match.end()]
            if name in seen or name in own:
                continue
            seen.add(name)
            bearers = directory.parents_of_town(name)
            for county in counties.intersection(bearers):
                if county not in found or found[county][1] > len(bearers):
                    found[county] = (name, len(bearers))
    return found
