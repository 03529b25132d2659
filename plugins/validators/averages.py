"""Means and multiples against their two figures: 26个村举办讲座78场，村均3场; 是上年45件的2倍."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from nianbao import Severity
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.growth import REACHED
from plugins.validators.inbrackets import UNIT
from plugins.validators.relations import Bounds, Verdict
from plugins.validators.sentences import Sentence, Spot, alike, told_alike
from plugins.validators.shares import Share

AVERAGE = Rule(
    "arithmetic.average", "ratio", Severity.ERROR, "平均数应等于总数除以个数（四舍五入或截尾均可）"
)
MULTIPLE = Rule("arithmetic.multiple", "ratio", Severity.ERROR, "倍数应等于两个数相除")
_NOTHING, _ONE = Decimal(0), Decimal(1)
# What a sum is wrong by where 元, 万元 and 亿元 were exchanged; means are told to a few digits.
_SCALES = tuple(Decimal(10) ** power for power in (-8, -4, 4, 8))
_NEARLY = Decimal("0.02")
_UNIT_NOTE = "请核实单位：元、万元、亿元疑有混用。"
_AT_THE_RATE = re.compile("标准|计算|核定|测算|安排|列入|落实|拨付|预算")
_TWELVE = Decimal(12)
_KINDS = r"名|位|行政村|村居|村|家|社区|人|户|企业?|所|校|月|站|场|镇街|镇|街道|乡|件|起|案|单位|队|网格"
_OF = rf"{_KINDS}|[组期批次吨亩]|公里"
_MEAN = regex.compile(
    rf"(?:(?P<short>{_OF})均|平均(?:每|到)?一?个?(?P<every>{_OF})|每个?(?P<each>{_OF})(?:[(][^)]{{1,4}}[)])?(?:平均|均))"
    r"(?P<what>[^，,。;；\d]{0,8})$"
)
_OF_BOTH = re.compile(
    r"平均每?一?个?(?:行政)?村(?:[(]社区|[居、]|社区)|每个?(?:行政)?村(?:[(]社区|[居、]|社区)"
)
_IN_ALL = re.compile(r"^[，,](?:总?共|合计|共计)[\u4e00-\u9fff]{0,8}$")
_BOTH = re.compile("(?:行政)?村[(]社区|村居")
_COMPARED = re.compile("[比较](?!例|重)[^，,]{0,12}的[^，,]{0,4}$")
_SOME_MONTHS = re.compile(r"(?:\d|[一两三四五六七八九十])个月")
_REACH = 60

_MULTIPLE = re.compile(r"^(?:的|之)$")


def check_averages(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter every mean whose sum and number stand before it, and every multiple of last year's figure."""
    for number, sentence in enumerate(sentences):
        for place, spot in enumerate(sentence.spots):
            if "均" not in spot.gap and spot.quantity.unit != "倍":
                continue
            before = sentence.spots[:place]
            if number and sentences[number - 1].end == sentence.start:
                before = (*sentences[number - 1].spots, *before)
            # 52件，比改革前的月均8件下降46%: a mean of another time.
            match = None if _COMPARED.search(spot.gap) else _MEAN.search(spot.gap)
            if match is not None and "人" in (match["short"], match["every"], match["each"]):
                _enter_due(ledger, sentence, place)
            both = match is not None and _OF_BOTH.match(spot.gap, match.start())
            if both and not any(_BOTH.match(each.after) for each in sentence.spots):
                continue  # 14个村、7个社区，平均每个村（社区）5名
            if match is not None and spot.quantity.kind is not UnitClass.RATE:
                of = match["short"] or match["every"] or match["each"]
                # 平均每起罚款3000元，共处罚案件52起
                if not any(counts_of(each, of) for each in before):
                    before = (*before, *_in_all(sentence, place))
                _enter_mean(ledger, before, spot, of)
            elif spot.quantity.unit == "倍" and _MULTIPLE.match(spot.gap) and place:
                _enter_multiple(ledger, spot, _now(sentence, place), sentence.spots[place - 1])


def _in_all(sentence: Sentence, place: int) -> tuple[Spot, ...]:
    """Return the figure behind one that tells how many there are in all, if there is one."""
    return tuple(spot for spot in sentence.spots[place + 1 : place + 2] if _IN_ALL.match(spot.gap))


def _enter_multiple(ledger: Ledger, times: Spot, now: Spot | None, past: Spot) -> None:
    if now is None or not alike(now.quantity, past.quantity) or now.quantity.kind is UnitClass.RATE:
        return
    told = ledger.spot(times, name=f"{now.called}倍数")
    share = Share(told, ledger.spot(now), ledger.spot(past), strict=False, scale=_ONE)
    ledger.checks.append(Check(MULTIPLE, share))


def _now(sentence: Sentence, place: int) -> Spot | None:
    """Return what is so many times as much, told before the other or behind: 是去年17件的2倍，达到34件."""
    behind = sentence.spots[place + 1 : place + 2]
    if behind and REACHED.match(behind[0].gap):
        return behind[0]
    return sentence.spots[place - 2] if place > 1 else None


def _enter_mean(ledger: Ledger, before: Sequence[Spot], mean: Spot, of: str) -> None:
    # 全局人均32课时，执法人员人均62课时: the one mean is no sum of the other.
    sums = [
        spot
        for spot in before
        if told_alike(spot.quantity, mean.quantity) and not counts_of(spot, of) and not _MEAN.search(spot.gap)
    ]
    numbers = [spot for spot in before if counts_of(spot, of) and spot.quantity.kind is not UnitClass.RATE]
    counts = [ledger.spot(number) for number in reversed(numbers)] or _months(ledger, mean, of)
    told = ledger.spot(mean, name=mean.called)
    options = [
        Share(told, total, number, strict=False, scale=_ONE)
        # 撤销1件。仲裁员6人，人均审结73件: a mean of several is of no less than itself.
        for total in (
            ledger.spot(each) for each in reversed(sums) if each.quantity.value >= mean.quantity.value
        )
        for number in counts
        if total != number
    ]
    # 培训网格员4次、村干部5次，累计参训549人次，平均每次61人次: of all sessions, which nothing counts.
    number = sum((each.quantity.value for each in numbers), _NOTHING)
    several = len(numbers) > 1 and any(_is_mean(total.quantity.value, number, mean) for total in sums)
    if options and not several:
        bounds = ledger.bounds
        holding = next((each for each in options if each.verdict(bounds) is not Verdict.FAILS), None)
        slipped = mean.quantity.kind is UnitClass.MONEY and holding is None
        scaled = next((each for each in options if slipped and _differ_by_scale(ledger, each)), None)
        if scaled is None:
            ledger.checks.append(Check(AVERAGE, holding or options[0]))
        else:
            ledger.checks.append(Check(UNIT, scaled, note=_UNIT_NOTE))


def _is_mean(total: Decimal, number: Decimal, mean: Spot) -> bool:
    return number > 0 and abs(total / number - mean.quantity.value) < 1


def _differ_by_scale(ledger: Ledger, share: Share) -> bool:
    """Whether a mean would hold if its sum or itself were told in 元 for 万元, in 亿元 for 万元."""
    told, total, number = (ledger.figures[member].value for member in share.members)
    if not told or not total or not number:
        return False
    times = total / number / told
    return any(abs(times / scale - 1) < _NEARLY for scale in _SCALES)


def _enter_due(ledger: Ledger, sentence: Sentence, place: int) -> None:
    """Enter a sum told behind the number and the mean that make it, where only its scale is wrong.

    按照常住人口4.2万人、人均2元标准，安排经费8.4元: what else is said behind a mean is no product of it.
    """
    mean = sentence.spots[place]
    if place == 0 or place + 1 >= len(sentence.spots) or mean.quantity.kind is not UnitClass.MONEY:
        return
    number, due = sentence.spots[place - 1], sentence.spots[place + 1]
    if due.quantity.kind is not UnitClass.MONEY or not counts_of(number, "人"):
        return
    share = Share(
        ledger.spot(mean, name=mean.called), ledger.spot(due), ledger.spot(number), strict=False, scale=_ONE
    )
    if _AT_THE_RATE.search(due.gap) and _differ_by_scale(ledger, share):
        ledger.checks.append(Check(UNIT, share, note=_UNIT_NOTE))


def _months(ledger: Ledger, mean: Spot, of: str) -> list[int]:
    """Return the twelve months that a mean by the month is of."""
    # 4月揭牌，八个月接待216人次，月均27人次: not of twelve where another number of months is told.
    text = ledger.reading.shadow.text
    if of != "月" or _SOME_MONTHS.search(text, max(mean.quantity.start - _REACH, 0), mean.quantity.start):
        return []
    told = ledger.figures[ledger.spot(mean)]
    twelve = replace(told, name="月数", written="12个月", value=_TWELVE, bounds=Bounds(_TWELVE, _TWELVE))
    return [ledger.add((-told.quote.end, 12), twelve)]


def counts_of(spot: Spot, of: str) -> bool:
    """Whether a figure counts what a mean is told of: 26个村, 18个社区, 12名调解员 for 人均."""
    if of in ("人", "名", "位"):
        return spot.quantity.unit in ("人", "名", "位")
    if of in ("户", "家", "吨", "亩", "公里"):
        return spot.quantity.unit == of
    if of in ("件", "起", "案"):
        decided = spot.quantity.kind is UnitClass.DOCUMENT and "决定" in spot.name
        return spot.quantity.kind is UnitClass.CASE or decided
    if of in ("期", "批", "次", "场", "组", "队"):
        return spot.quantity.unit.startswith(of)
    of = of.removeprefix("行政")
    follows = spot.after.lstrip("个行政")
    named = follows.startswith(of[:1]) or spot.name.endswith(of)
    own = spot.quantity.unit in (of, of[:1])
    return (named or own) and (spot.quantity.unit in ("个", "家", "所", "座") or own)
