"""Facts of which a report has one figure each, however it words them: its counsels, its sessions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from plugins.validators.claims import Claim, is_slip


@dataclass(frozen=True, slots=True, eq=False)
class _Fact:
    """A fact that a report has one figure of.

    Args:
        name: what it is called.
        words: what the clause of its figure says; the groups of a match tell apart what differs.
        units: in which it is counted.
        besides: words of the clause with which it is another fact.
    """

    name: str
    words: Any
    units: frozenset[str]
    besides: Any


def _fact(name: str, words: str, units: str, besides: str = "(?!)") -> _Fact:
    return _Fact(name, regex.compile(words), frozenset(units.split()), re.compile(besides))


# Confined to some of them, to a part of the year, or to others than the issuer.
NARROWER = (
    r"新[增聘建招进选培任]|增[聘设补]|其中|中$(?<=[^高集]中)|中(?<!.中)|专职|兼职|上半年|下半年|季度|[1-9一二三四五六七八九]月"
    r"|参加|参训|培训|轮训|考试|抽查|另|还有|部分|[一二三四]级(?!政府)|评定|抽调|联合|出动|等(?=执法|人民)"
    r"|领衔|督办|挂牌|选派|调整|退出|解聘|不足|缺|试点|示范|优秀|获评|评为|表彰|重点|每(?<!全每)|各(?![类种])|平均|拟|将|计划|目标|力争|较|比|占|只有|仅有?|双语|[”\"]执法"
)
OTHERS = r"村|社区|企业|学校|公司|部门|局|所|县级(?<!承接县级)|市级|县(?!级)|园区|商会|乡镇|镇[级街]"
_PEOPLE = "名 人 位"
_BODY = (
    r"(?P<body>党工?委(?:扩大)?会|党组(?:扩大)?会|常委会|常务会|(?:镇长|乡长|主任|局长|区长|县长|市长|行政)?办公会"
    r"|班子(?:成员)?会|局务会|联席会)"
)
_FACTS = (
    _fact(
        "会议研究法治建设",
        rf"{_BODY}(?!.*(?:向|汇报给)).*(?:研究|审议|部署|讨论|听取).*(?:法治|依法行政|依法治)",
        "次",
        NARROWER.replace("|部分", "").replace("|重点", ""),
    ),
    _fact("会议学法", rf"{_BODY}(?!.*(?:前|研究|审议)).*学法", "次 场 期", f"{NARROWER}|会前"),
    _fact("中心组学法", "中心组.*(?:学法|法治.*学习|学习.*法)", "次 场 场次 期", rf"{NARROWER}|交流|书目"),
    _fact("会前学法", "会前学法", "次 场 期", NARROWER),
    _fact(
        "政府法律顾问",
        "法律顾问",
        _PEOPLE,
        rf"{NARROWER}|公职律师|(?:{OTHERS})(?:聘请)?的?法律顾问|村|社区",
    ),
    _fact("律师事务所", "律师事务所|律所", "家 个", rf"{NARROWER}|村|社区|企业"),
    _fact(
        "执法人员",
        r"(?:执法人员|执法队员)(?P<certified>.*(?:持证|持有|取得|资格))?"
        r"|(?P<certified>持证|取得|资格).*(?:执法人员|执法队员)|(?P<certified>执法(?:资格)?证件?)的?(?:工作|在岗|在编|在职|镇村)?(?:人员|干部|队员)",
        _PEOPLE,
        rf"{NARROWER}|辅助|协管|协助|案|村|司法|违|处理|问责|持.证|[A-Z]证|没有?(?:取得|持|证)|尚|未|无证|不具备|不持",
    ),
    _fact(
        "人民调解员",
        "调解员",
        _PEOPLE,
        rf"{NARROWER}|行业|金牌|首席|等级|调解员.*室|{OTHERS}|网格",
    ),
    _fact(
        "人民调解委员会",
        "人民调解委员会|调委会",
        "个 家",
        rf"{NARROWER}|行业|专业|企事业|{OTHERS}|个人调委",
    ),
    _fact("网格员", "网格员", _PEOPLE, rf"{NARROWER}|{OTHERS}"),
    _fact(
        "网格",
        "(?:划分|设置|设立|划定|共有|全[镇乡街区县])[^员]*网格(?!员|长|化)|#网格(?:作用|优势|全部)",
        "个",
        rf"{NARROWER}|微网格|专属|{OTHERS}|[一二三]级",
    ),
    _fact("法律明白人", "法律明白人", _PEOPLE, rf"{NARROWER}|骨干|{OTHERS}|开展|组织"),
    _fact("综合执法队伍", "综合(?:行政)?执法(?:大队|中队|队伍?).*(?:人员|队员)", _PEOPLE, f"{NARROWER}|编制"),
    _fact(
        "行政诉讼败诉",
        "败诉",
        "件 起 宗",
        rf"{NARROWER}|一审|二审|再审|上诉|率|风险|以来|累计|被告|乡镇|[县市]级|部门|各",
    ),
    _fact("综合执法队伍编制", "综合(?:行政)?执法(?:大队|中队|队伍?).*编制", _PEOPLE, NARROWER),
)
# A village is counted in 个, too.
_FACT_UNITS = frozenset().union(*(fact.units for fact in _FACTS))
_ANY_FACT = re.compile("会|败诉|中心组|法律顾问|律师事务所|律所|执法|调解员|调委会|网格|法律明白人")
_NARROWED = re.compile(NARROWER)
# 全镇14个村, 辖区12个社区: how many there are, not in how many something was done.
_VILLAGES = regex.compile(
    r"(?:全(?:镇|乡|街道|县|区|市)|(?:镇|乡|街道)(?:全部|共有|下辖|现辖|辖|所辖|所有)?|(?:辖区|下辖|所辖|管辖|辖|域)(?:内|共有?)?)"
    r"的?(?:全部|所有)?$"
)
_VILLAGE = regex.compile(
    r"^(?:行政村(?P<both>[(（]社区[)）]|居)?|村(?P<both>[(（](?:社区|居)[)）]|居|社区)"
    r"|(?P<village>村)(?!组|小组|级|民|干|规|庄)|社区(?!矫|干|民|居民|工作|网格|服务))"
)
# 书记主持党委会研究法治4次: of the sessions that were held, those with this one in the chair.
_CHAIRS = re.compile("主持|带头|牵头|领学|主讲|书记|镇长|乡长|主任|局长|县长|区长|市长|负责人|主要领导|亲自")
# 败诉1件，其余4件驳回: the only one of its kind.
_EVEN_AS_PARTS = frozenset({"行政诉讼败诉"})
_HELD = frozenset({"会议研究法治建设", "会议学法", "中心组学法", "会前学法"})
_ELSEWHERE = re.compile("[县区市省]|周边|毗邻|相邻|邻近|外|累计|次|兄弟")
_TRIED = re.compile("试点|示范|先行|率先")
_OWNER = re.compile("[县区市州旗省]委(?!会)|常务会|办公会|班子会|人大|政协|法院|检察院")
# Of what there is, figures that differ more are of another scope.
_WIDEST = 3
_PLACES = "村、社区"
_AMONG = regex.compile(r"^[件起名人个宗\p{Han}][\p{Han}]{1,10}(?<![集年其高初])中$")
_ALL_HOLD = regex.compile(r"[，,]?(?:全部|均|全员|已全部)[^，,。;；]{0,4}(?:持|取得)")


def told_twice(claims: Sequence[Claim], parts: frozenset[int]) -> Iterator[tuple[str, Claim, Claim]]:
    """Yield the pairs of claims that tell one of the facts with other figures, and what it is.

    Args:
        claims: what the report tells of its year, parts of lists included.
        parts: where the figures begin that a list tells as parts: of few facts only these count.
    """
    told: dict[tuple[str, str], dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        # 5件败诉案件中4件属于此类: some of them.
        if claim.before.endswith("中") and _AMONG.search(claim.before):
            continue
        is_part = claim.spot.quantity.start in parts
        for name, kind, owner in _facts(claim):
            if not is_part or name in _EVEN_AS_PARTS:
                told[name, kind][owner].append(claim)
    for (name, _), owners in told.items():
        # Where one session alone is named, what names none is its own, too; a committee is another body.
        named = [owner for owner in owners if owner]
        single = len(named) == 1 and named[0].endswith("会")
        groups = [[*owners[""], *owners[named[0]]]] if single else list(owners.values())
        for group in groups:
            yield from ((name, *pair) for pair in _differing(name, group))


def beyond_all(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the villages in which something was done and all that there are, where these are fewer."""
    told = [(claim, match) for claim in claims if (match := _village(claim)) is not None]
    there: dict[str, list[Claim]] = defaultdict(list)
    for claim, match in told:
        if _is_of_all_villages(claim):
            there[_sort(match)].append(claim)
    for claim, match in told:
        all_of_them = there[_sort(match)]
        values = {each.spot.quantity.value for each in all_of_them}
        elsewhere = match["both"] or _ELSEWHERE.search(f"{claim.before}{claim.after}")
        if len(values) == 1 and not elsewhere and claim.spot.quantity.value > max(values):
            yield claim, all_of_them[0]


def _village(claim: Claim) -> regex.Match[str] | None:
    return _VILLAGE.match(claim.behind) if claim.spot.quantity.unit == "个" else None


def _is_of_all_villages(claim: Claim) -> bool:
    return _VILLAGES.search(claim.before) is not None and not _NARROWED.search(claim.before)


def _sort(match: regex.Match[str]) -> str:
    """Return which villages are counted: 村, 社区, or both together."""
    return "村社" if match["both"] else "村" if match.group()[0] != "社" else "社区"


def _differing(name: str, group: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    # What is told in three ways has a structure that these words don't show.
    if len({claim.spot.quantity.value for claim in group}) != 2:
        return
    one = group[0]
    other = next(each for each in group if each.spot.quantity.value != one.spot.quantity.value)
    low, high = sorted((one.spot.quantity.value, other.spot.quantity.value))
    if name in _HELD and (_chaired_fewer(one, other) or _chaired_fewer(other, one)):
        return
    # In 9 of its 22 villages something may be done.
    if high <= _WIDEST * low and (name != _PLACES or is_slip(one, other)):
        yield one, other


def _chaired_fewer(one: Claim, other: Claim) -> bool:
    """Whether one tells how often a leader was in the chair of what was held as often or oftener."""
    in_the_chair = _CHAIRS.search(one.before) is not None and _CHAIRS.search(other.before) is None
    return in_the_chair and one.spot.quantity.value <= other.spot.quantity.value


def _facts(claim: Claim) -> Iterator[tuple[str, str, str]]:
    """Yield the facts that a claim tells: the name, what tells two of a name apart, whose it is."""
    unit = claim.spot.quantity.unit
    if unit not in _FACT_UNITS:
        return
    # 36名持证执法人员中，…: of all of them.
    clause = f"{claim.before}#{claim.after.removesuffix('中')}"
    for fact in _FACTS if _ANY_FACT.search(clause) else ():
        match = fact.words.search(clause) if unit in fact.units else None
        if match is not None and not fact.besides.search(clause):
            groups = match.groupdict()
            owner = "" if fact.name in _EVEN_AS_PARTS else groups.get("body") or _owner(clause)
            certified = "certified" in groups and groups["certified"] is not None
            if "certified" in groups and not certified and _all_certified(claim):
                yield fact.name, "持证", owner
            yield fact.name, "持证" if certified else "", owner
    what = _village(claim)
    if what is not None and _is_of_all_villages(claim) and not _TRIED.search(claim.behind):
        yield _PLACES, _sort(what), ""


def _owner(clause: str) -> str:
    """Return whose a fact is, where its clause names a committee or a session, not the government."""
    found = _OWNER.search(clause)
    return found.group() if found else ""


def _all_certified(claim: Claim) -> bool:
    """Whether all that a figure counts are said to hold their certificate: 41人，全部持有证件."""
    return _ALL_HOLD.match(claim.behind) is not None
