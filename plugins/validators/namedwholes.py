"""Wholes that a clause names over again: 占审结总数的35%; 被查处的车辆中，外省籍427辆次; 占九成以上."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.listwords import OVERLAP, ended
from plugins.validators.nouns import beyond, shortened
from plugins.validators.partshares import SHARE
from plugins.validators.relations import AtMost, Total, Verdict
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.shares import Share
from plugins.validators.sums import PART, SUM

_MOST_BACK = 3
COUNTED = COUNTS | {UnitClass.MONEY, UnitClass.AREA}
_SHARE_OF = regex.compile(
    r"(?:^|[,，、(])(?:约|所|各|仅|已|数量)?占(?!比|地|用|道)(?P<of>[\p{Han}“”]{2,18}?)(?:的(?:比例|比重)?|比例|比重)(?:约?为|达到?|约|近|超过?)?$"
)
_AMONG = regex.compile(
    r"(?:^|[,，;；(])(?:在|从)?(?P<of>(?:上述|这些|所有|全部|[被已]|[\p{Han}]{2})[\p{Han}“”]{1,16})(?<![集高初其])中(?![心学小央队型介层止断标级期毒])[,，]?(?P<part>[\p{Han}“”、]{0,14})$"
)
_OF_THOSE = regex.compile(
    r"^(?:[\p{Han}]{0,2}(?<![集高初其])中(?![心学小央队型介层止断标级期毒扣剔])|[^，,;；。]{0,4}[，,]并?从中)"
)
_NO_WHOLE = regex.compile(
    r"过程|工作|行动|活动|[考测验]|调查|监督|执法$|检查$|集中|年度|期间|实践|全[省市国县区]|建设|同期|任务|目标|人口"
)
_BLAND = regex.compile(
    r"全年|年内|今年|年度|上述|这些|所有|全部|总[数量额]|总人数|总件数|总户数|数量?$|[被已的在从共]|各类|案件总|案件$|应|实际|依法|“|”"
)
_FAR_SHARE = regex.compile(
    r"(?:^|[,，;；。])(?P<part>\p{Han}{3,10}?)占(?!比|地|用|道)(?:全部|所有|全年)?(?P<of>\p{Han}{3,12}?)(?:总数|总量)?的?(?:比例|比重)(?:约?为|达到?)?$"
)
_COUNTING = regex.compile("(?:件|数|量|案件)$")
_TELLING = 2
# 占全部案件的38%: of the largest figure of the sentences before it.
_ALL_OF_THEM = regex.compile("(?:全部|所有)(?:案件|事项|纠纷|问题|人员)?$")
_ABOVE = regex.compile("(?:上述|以上|这些)(?:案件|事项|纠纷|问题|人员)?$")


def check_named_wholes(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter every share whose whole is named, told in figures or in words, and every part of what is named.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
    """
    judged = frozenset(each.relation.rate for each in ledger.checks if isinstance(each.relation, Share))
    for number, sentence in enumerate(sentences):
        for place, spot in enumerate(sentence.spots):
            if "占" not in spot.gap and "中" not in spot.gap:
                continue
            before = Before(sentences, number, place)
            if spot.quantity.kind is UnitClass.RATE:
                if "占" in spot.gap and not _enter_far_share(ledger, spot, before) and place:
                    _enter_share(ledger, spot, before, judged)
            elif "中" in spot.gap and spot.quantity.kind in COUNTED:
                _enter_part(ledger, spot, before)


@dataclass(frozen=True, slots=True)
class Before:
    """The figures before a place of a sentence, those of the sentences right before it included."""

    sentences: Sequence[Sentence]
    number: int
    place: int

    def spots(self) -> Iterator[Spot]:
        """Yield them from the nearest on."""
        sentence = self.sentences[self.number]
        yield from reversed(sentence.spots[: self.place])
        for back in range(1, min(_MOST_BACK, self.number) + 1):
            earlier = self.sentences[self.number - back]
            if earlier.end != sentence.start:
                return
            yield from reversed(earlier.spots)
            sentence = earlier

    def named(self, words: str, part: Spot) -> list[Spot]:
        """Return the figures before it that words name and that a figure may be a part of."""
        return list(_named(words, part, self.spots()))

    def above(self, part: Spot) -> list[Spot]:
        """Return the largest figure of the sentences before it that is counted like a part: 上述案件中…."""
        same = [spot for spot in self.spots() if alike(spot.quantity, part.quantity)]
        return [max(same, key=lambda spot: spot.quantity.value)] if same else []

    def named_anywhere(self, words: str, part: Spot) -> list[Spot]:
        """Return the one figure of the report that words name, where there is just one large enough."""
        spots = (spot for sentence in self.sentences for spot in sentence.spots)
        found = [spot for spot in _named(words, part, spots) if spot.quantity.value >= part.quantity.value]
        return found if len({spot.quantity.value for spot in found}) == 1 else []


def _named(words: str, part: Spot, spots: Iterable[Spot]) -> Iterator[Spot]:
    key = shortened(_BLAND.sub("", words))
    if len(key) < _TELLING or _NO_WHOLE.search(words):
        return
    for spot in spots:
        if (
            spot is not part
            and alike(spot.quantity, part.quantity)
            and beyond(key, shortened(f"{spot.name}{spot.after}")) is not None
        ):
            yield spot


def _enter_share(ledger: Ledger, rate: Spot, before: Before, judged: frozenset[int]) -> None:
    told = _SHARE_OF.search(rate.gap)
    part = before.sentences[before.number].spots[before.place - 1]
    if told is None or part.quantity.kind not in COUNTED or ";" in rate.gap:
        return
    wholes = before.named(told["of"], part) or before.named_anywhere(told["of"], part)
    if not wholes and _ALL_OF_THEM.match(told["of"]):
        same = [spot for spot in before.spots() if alike(spot.quantity, part.quantity) and spot is not part]
        wholes = sorted(same, key=lambda spot: -spot.quantity.value)
    number = ledger.spot(rate, name=f"{part.called}占比") if wholes else -1
    if wholes and number not in judged:
        add_share(ledger, SHARE, number, part, wholes)


def _enter_far_share(ledger: Ledger, rate: Spot, before: Before) -> bool:
    """Enter a share whose part its clause names, too (网上申请件占许可证的67%); tell whether it does."""
    told = _FAR_SHARE.search(rate.gap)
    if told is None:
        return False
    spots = [spot for sentence in before.sentences for spot in sentence.spots]
    parts = _the_one(_called(told["part"], spots))
    wholes = _the_one(_called(told["of"], spots))
    if parts and wholes and alike(parts[0].quantity, wholes[0].quantity):
        add_share(ledger, SHARE, ledger.spot(rate, name=f"{told['part']}占比"), parts[0], wholes)
    return True


def _called(words: str, spots: Iterable[Spot]) -> list[Spot]:
    """Return the figures that bear a name."""
    key = shortened(_BLAND.sub("", _COUNTING.sub("", words)))
    return [
        spot
        for spot in spots
        if len(key) > _TELLING
        and spot.quantity.kind in COUNTED
        and key in shortened(f"{spot.name}{spot.after}")
    ]


def _the_one(spots: Sequence[Spot]) -> list[Spot]:
    return list(spots[:1]) if len({spot.quantity.value for spot in spots}) == 1 else []


def add_share(ledger: Ledger, rule: Rule, rate: int, part: Spot, wholes: Sequence[Spot]) -> None:
    """Enter the share of the first of several wholes with which it is true; of the nearest where of none."""
    wholes = [whole for whole in wholes if whole.quantity.value >= part.quantity.value]
    options = [Share(rate, ledger.spot(part), ledger.spot(whole), strict=False) for whole in wholes]
    if options:
        bounds = ledger.bounds
        holding = (each for each in options if each.verdict(bounds) is not Verdict.FAILS)
        ledger.checks.append(Check(rule, next(holding, options[0])))


def _enter_part(ledger: Ledger, part: Spot, before: Before) -> None:
    wholes = _wholes_of(part, before)
    # 联席会3次（四次会议中另一次由兵团主持）；调研7次: what a stop parts is among none of them.
    if not wholes or ";" in part.gap[part.gap.find("中") :]:
        return
    parts = _parts_from(before.sentences[before.number], before.place)
    summed = sum((each.quantity.value for each in parts), Decimal(0))
    if all(part.quantity.value > whole.quantity.value for whole in wholes):
        relation = AtMost(ledger.spot(part), ledger.spot(wholes[0]))
        if all(relation != check.relation for check in ledger.checks):
            ledger.checks.append(Check(PART, relation))
    elif all(summed > whole.quantity.value for whole in wholes):
        total = Total(ledger.spot(wholes[0]), tuple(map(ledger.spot, parts)), complete=False)
        ledger.checks.append(Check(SUM, total))


def _wholes_of(part: Spot, before: Before) -> list[Spot]:
    """Return what a figure is said to be among: 终止案件中…; 33件中，…满意37件; 办结3214件，从中抽取…."""
    told = _AMONG.search(part.gap)
    if told:
        return before.named(told["of"], part) or (before.above(part) if _ABOVE.match(told["of"]) else [])
    if _OF_THOSE.search(part.gap) and before.place:
        last = before.sentences[before.number].spots[before.place - 1]
        return [last] if alike(last.quantity, part.quantity) else []
    return []


def _parts_from(sentence: Sentence, place: int) -> tuple[Spot, ...]:
    """Return the figures from one on that a stop joins, or a comma where each tells how a case ended."""
    parts = [sentence.spots[place]]
    for spot in sentence.spots[place + 1 :]:
        listed = spot.gap.startswith("、") or ended([parts[-1].called, spot.called])
        if not listed or ";" in spot.gap or not alike(spot.quantity, parts[0].quantity):
            break
        parts.append(spot)
    return tuple(parts) if not OVERLAP.search(sentence.text) else (parts[0],)
