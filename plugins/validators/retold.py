"""One fact told twice in other words: in the work, and in the duties of those in charge."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Any

import regex

from nianbao import Report, SectionKind
from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.checks import Check, Ledger
from plugins.validators.listwords import tells_change
from plugins.validators.relations import Same
from plugins.validators.repair import OTHERWISE, slip_of
from plugins.validators.repeats import REPEAT
from plugins.validators.sentences import Sentence, Spot


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
_NARROWER = (
    r"新[增聘建招进选培任]|增[聘设补]|其中|中$(?<=[^高集]中)|中(?<!.中)|专职|兼职|上半年|下半年|季度|[1-9一二三四五六七八九]月"
    r"|参加|参训|培训|轮训|考试|抽查|另|还有|部分|[一二三四]级(?!政府)|评定|抽调|联合|出动|等(?=执法|人民)"
    r"|选派|调整|退出|解聘|不足|缺|试点|示范|优秀|获评|评为|表彰|重点|每(?<!全每)|各(?![类种])|平均|拟|将|计划|目标|力争|较|比|占"
)
_OTHERS = r"村|社区|企业|学校|公司|部门|局|所|县级(?<!承接县级)|市级|县(?!级)|园区|商会|乡镇|镇[级街]"
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
        _NARROWER.replace("|部分", "").replace("|重点", ""),
    ),
    _fact("中心组学法", "中心组.*(?:学法|法治.*学习|学习.*法)", "次 场 场次 期", rf"{_NARROWER}|交流|书目"),
    _fact("会前学法", "会前学法", "次 场 期", _NARROWER),
    _fact(
        "政府法律顾问",
        "法律顾问",
        _PEOPLE,
        rf"{_NARROWER}|公职律师|(?:{_OTHERS})(?:聘请)?的?法律顾问|村|社区",
    ),
    _fact("律师事务所", "律师事务所|律所", "家 个", rf"{_NARROWER}|村|社区|企业"),
    _fact(
        "执法人员",
        r"(?:执法人员|执法队员)(?P<certified>.*(?:持证|持有|取得|资格))?"
        r"|(?P<certified>持证|取得|资格).*(?:执法人员|执法队员)",
        _PEOPLE,
        rf"{_NARROWER}|辅助|协管|协助|案|村|司法|违|处理|问责|持.证|[A-Z]证",
    ),
    _fact(
        "人民调解员",
        "调解员",
        _PEOPLE,
        rf"{_NARROWER}|行业|金牌|首席|等级|调解员.*室|{_OTHERS}|网格",
    ),
    _fact(
        "人民调解委员会",
        "人民调解委员会|调委会",
        "个 家",
        rf"{_NARROWER}|行业|专业|企事业|{_OTHERS}|个人调委",
    ),
    _fact("网格员", "网格员", _PEOPLE, rf"{_NARROWER}|{_OTHERS}"),
    _fact(
        "网格",
        "(?:划分|设置|设立|划定|共有|全[镇乡街区县])[^员]*网格(?!员|长|化)|#网格(?:作用|优势|全部)",
        "个",
        rf"{_NARROWER}|微网格|专属|{_OTHERS}|[一二三]级",
    ),
    _fact("法律明白人", "法律明白人", _PEOPLE, rf"{_NARROWER}|骨干|{_OTHERS}|开展|组织"),
    _fact("综合执法队伍", "综合(?:行政)?执法(?:大队|中队|队伍?).*(?:人员|队员|编制)", _PEOPLE, _NARROWER),
)
# A village is counted in 个, too.
_FACT_UNITS = frozenset().union(*(fact.units for fact in _FACTS))
_ANY_FACT = re.compile("会|中心组|法律顾问|律师事务所|律所|执法|调解员|调委会|网格|法律明白人")
_NARROWED = re.compile(_NARROWER)
# 全镇14个村, 辖区12个社区: how many there are, not in how many something was done.
_VILLAGES = regex.compile(
    r"(?:全(?:镇|乡|街道|县|区|市)|(?:镇|乡|街道)(?:全部|共有|下辖|现辖|辖|所辖|所有)?|(?:辖区|下辖|所辖)(?:内|共有?)?)"
    r"的?(?:全部|所有)?$"
)
_VILLAGE = regex.compile(
    r"^(?:行政村(?P<both>[(（]社区[)）]|居)?|村(?P<both>[(（](?:社区|居)[)）]|居|社区)"
    r"|(?P<village>村)(?!组|小组|级|民|干|规|庄)|社区(?!矫|干|民|居民|工作|网格|服务))"
)
_OWNER = re.compile("[县区市州旗省]委(?!会)|常务会|办公会|班子会|人大|政协|法院|检察院")
# 矛盾纠纷化解率 says of what; 按期办结率 and 群众满意率 are told of many things.
_RATE = regex.compile(
    r"(?!.*(?:群众|服务|按[期时]|及时|限时|工单|诉求|信访).{0,4}率$)[\p{Han}]{2,}(?:化解|办结|持证|出庭|审核|审查|覆盖|合格|上岗|应诉)率$"
)
_TOLD = COUNTS | {UnitClass.RATE, UnitClass.MONEY}
# Sought from the end.
_CLAUSE = regex.compile(r"(?r)[,，;；:：。\n\t\d]")
_LONGEST_CLAUSE = 40
_YEAR = regex.compile(r"(?<!\d)20\d\d(?=年)")
# Of what there is, figures that differ more are of another scope.
_WIDEST = 3
_PLACES = "村、社区"
_ALL_HOLD = regex.compile(r"[，,]?(?:全部|均|全员|已全部)[^，,。;；]{0,4}(?:持|取得)")
_TELLING = 4
_SPELT_OUT = 6
_LONGEST = 14
_LEAST = 10
_STOPS = re.compile('["“”‘’()（）、，,。；;：:\\s]')
_TOLD_FULLY = re.compile(
    r"全年|今年|本年|年内|年度|20\d\d年|共|累计|合计|总计|现有|已有|拥有|建成|配备|划分|承接"
)
_PLAIN = regex.compile(
    r"^[一二三四五六七八九十]是|全年|今年以来|今年|本年度?|年内|20\d\d年度?|年度|共计|共有|总计|合计|一共|累计|先后|现有|已有|拥有|目前|仅有?|只有?"
    r"|全[镇乡街县区市局]道?|[我本](?:镇|乡|街道|县|区|市|局)|街道|镇|乡|党委|政府|办事处|对|将|把|其|在|由|被|的|了|共|已"
    r"|达到?|为|有|约|近|是|用好|用|发挥|依托|承接|梳理|县级|办理|带动|推动|促成|查处|作出|立案|处理|受理|收到|接到|承办|排查|摸排|调解|调处"
    r"|化解|成功|开展|组织|举办|召开|发放|完成|实施|审查|审核|下达|建成|建立|配备|划分|各类|各种|制定|印发|设立|培养|培育"
)
_SCOPED = re.compile(
    rf"{_NARROWER}|专项|行动|领域|方面|司法所|派出所|中队|大队|法庭|工作站|服务站|{_OTHERS}|协助|配合|联合|指导|参与"
    r"|现场|网上|线上|第[一二三四五六七八九十]+次|去年|上年|以来"
)


@dataclass(frozen=True)
class _Claim:
    """A figure with its sentence and the clause around it: what stands before, and after."""

    spot: Spot
    sentence: Sentence

    @property
    def after(self) -> str:
        """What stands behind its figure in the clause."""
        return self.spot.after

    @cached_property
    def before(self) -> str:
        """What stands before its figure in the clause."""
        clause = _clause(self.sentence, self.spot)
        return clause if len(clause) < _LONGEST_CLAUSE else self.spot.name

    @cached_property
    def noun(self) -> _Noun | None:
        """What its figure is of, in its own words."""
        return _noun(self.before, self.after)


def check_retold(
    ledger: Ledger, sentences: Sequence[Sentence], parts: frozenset[int], report: Report
) -> None:
    """Enter what is told twice of one fact, with figures that are plain and of the whole."""
    claims = list(_claims(ledger, sentences, parts, report))
    for name, one, other in (*_told_twice(claims), *_worded_alike(claims)):
        relation = Same(ledger.spot(one.spot, name), ledger.spot(other.spot, name))
        if all(set(relation.members) != set(check.relation.members) for check in ledger.checks):
            ledger.checks.append(Check(REPEAT, relation))


def _claims(
    ledger: Ledger, sentences: Sequence[Sentence], parts: frozenset[int], report: Report
) -> Iterator[_Claim]:
    """Yield the figures that tell what was done or what there is; a plan tells what is to come."""
    shadow = ledger.reading.shadow
    plans = [
        (shadow.locate(part.start), shadow.locate(part.end))
        for part in report.parts
        if part.kind is SectionKind.PLAN
    ]
    for sentence in sentences:
        if any(start <= sentence.start < end for start, end in plans) or _is_past(sentence, report.year):
            continue
        for spot in sentence.spots:
            quantity = spot.quantity
            told = quantity.kind in _TOLD and quantity.low == quantity.high
            if told and quantity.start not in parts and not tells_change(spot.gap):
                yield _Claim(spot, sentence)


def _clause(sentence: Sentence, spot: Spot) -> str:
    """Return what stands before a figure in its clause."""
    end = spot.quantity.start - sentence.start
    stop = _CLAUSE.search(sentence.text, 0, end)
    return sentence.text[stop.end() if stop else 0 : end]


def _is_past(sentence: Sentence, year: int | None) -> bool:
    """Whether a sentence tells of another year."""
    if year is None or "年" not in sentence.text:
        return False
    years = {int(told) for told in _YEAR.findall(sentence.text)}
    return bool(years) and years != {year}


def _told_twice(claims: Sequence[_Claim]) -> Iterator[tuple[str, _Claim, _Claim]]:
    """Yield the pairs of claims that tell one of the facts with other figures, and what it is."""
    told: dict[tuple[str, str], dict[str, list[_Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        for name, kind, owner in _facts(claim):
            told[name, kind][owner].append(claim)
    for (name, _), owners in told.items():
        # Where one session alone is named, what names none is its own, too; a committee is another body.
        named = [owner for owner in owners if owner]
        single = len(named) == 1 and named[0].endswith("会")
        groups = [[*owners[""], *owners[named[0]]]] if single else list(owners.values())
        for group in groups:
            yield from ((name, *pair) for pair in _differing(name, group))


def _differing(name: str, group: Sequence[_Claim]) -> Iterator[tuple[_Claim, _Claim]]:
    # What is told in three ways has a structure that these words don't show.
    if len({claim.spot.quantity.value for claim in group}) != 2:
        return
    one = group[0]
    other = next(each for each in group if each.spot.quantity.value != one.spot.quantity.value)
    low, high = sorted((one.spot.quantity.value, other.spot.quantity.value))
    # In 9 of its 22 villages something may be done.
    if high <= _WIDEST * low and (name != _PLACES or _is_slip(one, other)):
        yield one, other


def _facts(claim: _Claim) -> Iterator[tuple[str, str, str]]:
    """Yield the facts that a claim tells: the name, what tells two of a name apart, whose it is."""
    unit = claim.spot.quantity.unit
    if unit not in _FACT_UNITS:
        return
    clause = f"{claim.before}#{claim.after}"
    for fact in _FACTS if _ANY_FACT.search(clause) else ():
        match = fact.words.search(clause) if unit in fact.units else None
        if match is not None and not fact.besides.search(clause):
            groups = match.groupdict()
            certified = "certified" in groups and (groups["certified"] or _all_certified(claim))
            yield fact.name, "持证" if certified else "", groups.get("body") or _owner(clause)
    if unit == "个" and _VILLAGES.search(claim.before) and not _NARROWED.search(claim.before):
        what = _VILLAGE.match(_behind(claim))
        if what is not None:
            yield _PLACES, "村社" if what["both"] else "村" if what.group()[0] != "社" else "社区", ""


def _owner(clause: str) -> str:
    """Return whose a fact is, where its clause names a committee or a session, not the government."""
    found = _OWNER.search(clause)
    return found.group() if found else ""


def _all_certified(claim: _Claim) -> bool:
    """Whether all that a figure counts are said to hold their certificate: 41人，全部持有证件."""
    return _ALL_HOLD.match(_behind(claim)) is not None


def _behind(claim: _Claim) -> str:
    """Return what follows a figure in its sentence, across stops."""
    end = claim.spot.quantity.end - claim.sentence.start
    return claim.sentence.text[end : end + _LONGEST]


def _worded_alike(claims: Sequence[_Claim]) -> Iterator[tuple[str, _Claim, _Claim]]:
    """Yield the pairs that tell the same words of figures of which one is a slip of the other."""
    by_unit: dict[str, list[_Claim]] = defaultdict(list)
    for claim in claims:
        by_unit[claim.spot.quantity.unit].append(claim)
    for told in by_unit.values():
        for one, other in _begun_alike(told):
            if (
                one.spot.quantity.value != other.spot.quantity.value
                and one.sentence is not other.sentence
                and _is_retelling(one, other)
                and not (_is_scoped(one) or _is_scoped(other))
            ):
                yield "", one, other


def _begun_alike(claims: Sequence[_Claim]) -> list[tuple[_Claim, _Claim]]:
    """Return the pairs of claims whose nouns begin alike, in their order: no others are of one noun."""
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    by_length: dict[int, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        is_rate = claim.spot.quantity.kind is UnitClass.RATE
        by_length[0 if is_rate else len(f"{claim.spot.quantity.value:f}")].append(number)
    for length, numbers in by_length.items():
        # A slip of the pen leaves as many digits as there were.
        differ = len({claims[number].spot.quantity.value for number in numbers}) > 1
        for number in numbers if differ else ():
            noun = claims[number].noun
            if noun is not None:
                groups[length, noun.words[:_TELLING]].append(number)
    pairs = sorted(pair for group in groups.values() for pair in combinations(group, 2))
    return [(claims[one], claims[other]) for one, other in pairs]


def _is_retelling(one: _Claim, other: _Claim) -> bool:
    if one.spot.quantity.kind is UnitClass.RATE:
        return _rates_alike(one, other)
    large = min(one.spot.quantity.value, other.spot.quantity.value) >= _LEAST
    return _words_alike(one, other, _TELLING if large else _SPELT_OUT) and _is_slip(one, other)


def _is_scoped(claim: _Claim) -> bool:
    return _SCOPED.search(f"{claim.before}#{claim.after}") is not None


def _is_slip(one: _Claim, other: _Claim) -> bool:
    values = one.spot.quantity.value, other.spot.quantity.value
    return (
        values[0] != values[1]
        and slip_of(*values) < OTHERWISE
        and len(f"{values[0]:f}") == len(f"{values[1]:f}")
    )


def _words_alike(one: _Claim, other: _Claim, least: int) -> bool:
    """Whether two claims are of one noun of `least` characters, and one of all that there is of it."""
    mine, theirs = one.noun, other.noun
    if mine is None or theirs is None or min(len(mine.words), len(theirs.words)) < least:
        return False
    if not (_TOLD_FULLY.search(one.before) or _TOLD_FULLY.search(other.before)):
        return False
    shorter, longer = sorted((mine, theirs), key=lambda noun: len(noun.words))
    return mine.words == theirs.words or (longer.behind and longer.words.startswith(shorter.words))


def _rates_alike(one: _Claim, other: _Claim) -> bool:
    """Whether two rates are called alike by more than 化解率, of which there may be several."""
    mine, theirs = one.noun, other.noun
    same = mine is not None and theirs is not None and mine.words == theirs.words
    return same and mine is not None and _RATE.search(mine.words) is not None


@dataclass(frozen=True, slots=True)
class _Noun:
    """What a figure is of, in its own words; `behind` tells that they follow it, and so may run on."""

    words: str
    behind: bool


@lru_cache(maxsize=4096)
def _noun(before: str, after: str) -> _Noun | None:
    before = _STOPS.sub("", _PLAIN.sub("", before))
    if before:
        return _Noun(before, behind=False)
    after = _STOPS.sub("", after)
    return _Noun(after[:_LONGEST], behind=True) if after else None
