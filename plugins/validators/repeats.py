"""One fact told twice in a report with other figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import Any

from nianbao import Context, Observation, Report, Role, Severity
from nianbao.catalogue import Card
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.once import lazy
from plugins.validators.relations import Same, Total
from plugins.validators.repair import OTHERWISE, SLIPPED, slip_of
from plugins.validators.sentences import Sentence, Spot, alike

REPEAT = Rule("repeat.conflict", "repeat-conflict", Severity.ERROR, "同一事项在一份报告中前后应当一致")
UNIT = Rule("repeat.unit", "unit", Severity.WARNING, "同一金额在一份报告中前后应当一致")
# A name of so many characters is no accident.
_TELLING = 6
_TEN_THOUSAND = Decimal(10_000)
_TOO_FAR = 4
# Done for the whole year, by the issuer as a whole.
_WHOLE = re.compile(
    r"全年|今年|本年|年内|年度|20\d\d年|共|累计|合计|总计|全[镇乡县区市省旗州街局]|[我本](?:镇|乡|街道|县|区|市|局|旗)"
)
_SUM = re.compile("合计|总计|共计|总共|一共|累计")
# Whose, when or where a figure may be confined to.
SCOPE = re.compile(
    r"上半年|下半年|第?[一二三四]季度|\d{1,2}月|截至|期间|以来|专项|行动|整治|百日|领域|方面|司法所|派出所|执法[大中]?队|中队|大队|法庭"
    r"|工作站|服务站|(?:(?![我本全])[\u4e00-\u9fff]){1,4}(?:村|社区|局|所|站|中心|公司|学校|企业|商会)|调委会|律师|顾问|网格员|志愿|协助|配合|联合|指导|参与|其中"
    r"|省级|市级|县级|区级|镇级|村级|重点|重大|疑难|积案|专题|现场|网上|线上|第[一二三四五六七八九十]+次|新增|新建|累计建成|历年"
)
# What a paragraph or an item is about, where its first words say so.
_OPENING = re.compile(r"[一二三四五六七八九]是|\n|[(][一二三四五六七八九十]+[)]")
_FIELD = re.compile(
    "人民调解|行政调解|司法调解|劳动|城管|交通|医疗|农业|市场监管|应急|环保|消防|司法所|派出所"
)
# What one person did is not what all did.
_PERSON = re.compile(
    "主要(?:负责人|领导|负责同志)|正职|书记|镇长|乡长|主任|局长|县长|区长|分管|带头|牵头|亲自|带队|包案"
)
_REACH = 200
# What is told more often is a sort of event, one by one, and no fact told again.
MOST_TELLINGS = 40
_BLAND = re.compile(
    r"20\d\d年度?|今年以来|今年|本年度?|全年|年内|年度|截[至止]{1,2}目前|目前|[我本全](?:镇|乡|街道|县|区|市|局|旗|州|系统)?|镇|乡|街道|培育|培养|配备|拥有|现有|现共有|实有|仅|只|其"
    r"|党委|政府|办事处|党工委|各?部门|共计|总计|合计|一共|累计|共|总|已|先后|达到?|为|有|约|近|是|的|了|数量|总数|件数|次数|数"
    r"|办理|查处|查办|作出|立案|处理|受理|收到|接到|承办|排查|摸排|调解|调处|化解|成功|开展|组织|举办|召开|发放|完成|发生|实施|审查|审核|下达"
    r"|各类|各种|各项|各级|行政|执法|案件|案|工作|活动|上述|在|由|被|[“”\"]"
)
# Of these a report tells one by one; what differs need not contradict.
_NUMEROUS = frozenset(
    {
        "leadership_meetings", "center_group_study", "collective_study", "staff_training_sessions",
        "staff_training_people", "hearings_held", "inspections", "enforcement_documents", "emergency_drills",
        "publicity_events", "publicity_materials", "publicity_audience", "law_lectures",
        "legal_consultations", "hazards_found", "hazards_fixed", "cases_lost", "service_items",
        "services_handled", "power_items", "info_disclosed", "legal_opinions", "legal_counsels", "mediators",
    }
)  # fmt: skip


# Of those who are there, the same words after a figure tell the same people: 聘请3名律师担任法律顾问.
_STANDING = frozenset({"legal_counsels", "mediators", "mediation_committees", "enforcement_officers"})


@dataclass(frozen=True)
class _Telling:
    """A statement of an indicator, with the words around its figure, which are read when they are asked for.

    Args:
        text: the report's, as the grammar reads it.
        card: the indicator's.
    """

    text: str = field(repr=False)
    card: Card = field(repr=False)
    observation: Observation
    spot: Spot
    sentence: Sentence

    @lazy
    def rest(self) -> str:
        """What its words say besides the indicator's own."""
        return rest_of(self.card, self.spot.name)

    @lazy
    def _before(self) -> str:
        return self.sentence.before(self.spot).rpartition(";")[2]

    @lazy
    def whole(self) -> bool:
        """Whether it is told of the whole year, or of the issuer as a whole."""
        return _WHOLE.search(self._before) is not None or self.observation.role is not Role.PART

    @lazy
    def scopes(self) -> frozenset[str]:
        """Whose, when or where it is."""
        start = self.sentence.start
        opening = [match.end() for match in _OPENING.finditer(self.text, max(start - _REACH, 0), start)]
        lead = self.text[opening[-1] : start] if opening else ""
        found = (SCOPE.finditer(self._before), _FIELD.finditer(lead), _PERSON.finditer(self.spot.name))
        return frozenset(match.group() for matches in found for match in matches)


def check_repeats(
    ledger: Ledger, sentences: Sequence[Sentence], parts: frozenset[int], report: Report, context: Context
) -> None:
    """Enter what two sentences tell of one indicator in the same words.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
        parts: where the figures begin that a list tells as parts; they are no headline.
        report, context: as given to the validator.
    """
    text = ledger.reading.shadow.text
    for found in _groups(ledger, sentences, parts, report):
        indicator = found[0][0].indicator
        card = context.catalogue.indicators[indicator]
        tellings = [_Telling(text, card, *each) for each in found]
        for one, other in combinations(tellings, 2):
            apart = one.sentence is not other.sentence
            if apart and alike(one.spot.quantity, other.spot.quantity) and _tell_one_fact(one, other):
                _enter(ledger, one, other)


_Found = tuple[Observation, Spot, Sentence]
_PATTERNS: dict[int, tuple[tuple[str, ...], Any]] = {}


def _groups(
    ledger: Ledger, sentences: Sequence[Sentence], parts: frozenset[int], report: Report
) -> Iterator[list[_Found]]:
    """Yield the statements of each indicator that the text tells with figures that differ."""
    shadow = ledger.reading.shadow
    spots = {
        shadow.span(spot.quantity.number_start, spot.quantity.end)[1]: (spot, sentence)
        for sentence in sentences
        for spot in sentence.spots
        if spot.name and spot.quantity.start not in parts
    }
    groups: dict[str, list[_Found]] = {}
    for observation in report.observations:
        if observation.figure_end in spots:
            groups.setdefault(observation.indicator, []).append((observation, *spots[observation.figure_end]))
    for group in groups.values():
        if len(group) <= MOST_TELLINGS and len({observation.value for observation, _, _ in group}) > 1:
            yield group


def _tell_one_fact(one: _Telling, other: _Telling) -> bool:
    """Whether two statements are of one fact: named alike, of one scope, each for the whole year."""
    if _is_part(one, other) or _is_part(other, one):
        return False
    called = one.spot.called
    same = called == other.spot.called
    spelt_alike = same and len(called) >= _TELLING and one.whole and other.whole
    if _is_unit_slip(one, other):
        return one.scopes == other.scopes
    if not spelt_alike and one.rest != other.rest:
        return False
    return _tell_alike(one, other, spelt_alike=spelt_alike)


def _is_part(one: _Telling, other: _Telling) -> bool:
    """Whether one of several is told beside their sum: 责令整改8起，罚款6万元。全年罚款总计26万元."""
    summed = one.spot.quantity.value < other.spot.quantity.value and _SUM.search(other.spot.name) is not None
    return summed and other.sentence.start == one.sentence.end and _WHOLE.search(one.spot.name) is None


def _tell_alike(one: _Telling, other: _Telling, *, spelt_alike: bool) -> bool:
    indicator = one.observation.indicator
    called = one.spot.called
    values = one.spot.quantity.value, other.spot.quantity.value
    slip = slip_of(*values) < OTHERWISE
    large = min(values) >= 10
    # 诉求36520件 and 信访1973件: what differs so much is of another reach.
    if not slip and max(values) > _TOO_FAR * min(values):
        return False
    if one.scopes != other.scopes:
        return spelt_alike and large and slip_of(*values) == SLIPPED
    spelt_out = spelt_alike and len(called) >= 2 * _TELLING
    if spelt_out or one.rest != other.rest:
        return spelt_out
    after, others = (each.spot.after.rstrip("，,。；;") for each in (one, other))
    if indicator in _STANDING and len(after) >= _TELLING and after == others:
        return one.whole or other.whole
    told_fully = one.whole and other.whole and min(len(called), len(other.spot.called)) >= _TELLING
    if indicator in _NUMEROUS or one.spot.quantity.kind is UnitClass.RATE:
        return large and slip and told_fully and called == other.spot.called
    return told_fully or (slip and large)


def _is_unit_slip(one: _Telling, other: _Telling) -> bool:
    """Whether the same digits are told once in 元 and once in 万元."""
    low, high = sorted((one.spot.quantity.value, other.spot.quantity.value))
    return one.spot.quantity.kind is UnitClass.MONEY and 0 < low * _TEN_THOUSAND == high


def _enter(ledger: Ledger, one: _Telling, other: _Telling) -> None:
    relation = Same(ledger.spot(one.spot), ledger.spot(other.spot))
    # 败诉6件，其中因程序违法败诉4件: a part is not its whole told again.
    if any(isinstance(each.relation, Total) and each.relation.parts_them(relation) for each in ledger.checks):
        return
    rule = UNIT if _is_unit_slip(one, other) else REPEAT
    ledger.checks.append(Check(rule, relation, indicators=(one.observation.indicator,)))


def rest_of(card: Card, name: str) -> str:
    """Return what a name says besides the indicator's own words and what every sentence says."""
    # An indicator that an extractor of its region's finds has no cues.
    own = _heads(card.cues[0].head).sub("", name) if card.cues else name
    rest: str = _BLAND.sub("", own)
    return rest


def _heads(heads: tuple[str, ...]) -> Any:
    """Return the pattern of an indicator's own names, the longest first."""
    # Names are many and live as long as their catalogue: to find their pattern by what they say takes longer
    # than to use it.
    known = _PATTERNS.get(id(heads))
    if known is None or known[0] is not heads:
        pattern = re.compile("|".join(re.escape(head) for head in sorted(heads, key=len, reverse=True)))
        known = _PATTERNS[id(heads)] = (heads, pattern)
    return known[1]
