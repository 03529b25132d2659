"""Changes against last year whose figures the report tells itself: 同比增长20%, 比上年增加20件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

import regex

from nianbao import Report, Severity
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.contentwords import content_words
from plugins.validators.relations import Bounds, Total
from plugins.validators.sentences import Sentence, Spot, alike
from plugins.validators.shares import HUNDRED, Share

GROWTH = Rule("arithmetic.growth", "ratio", Severity.ERROR, "增长（下降）率应等于两年之差除以上年数")
CHANGE = Rule("arithmetic.change", "sum", Severity.ERROR, "增加（减少）数应等于两年之差")
POINTS = Rule("arithmetic.points", "ratio", Severity.ERROR, "百分点应等于两个比率之差")
_ONE = Decimal(1)
# 2022年的同一项测评为91.8%，提升4.6个百分点
_SAME = regex.compile(
    r"(?:而)?(?:20\d\d年|上年|去年|上一年)度?(?:的)?(?:同期)?(?:同一|这一|该|同项|此项|上述|的?该项|为|是|仅为|只有)"
)
POINT_UNITS = frozenset({"百分点", "个百分点"})
_FROM = re.compile("[由从][^，,]{0,10}$")
_CAME_TO = re.compile(
    r"^[\u4e00-\u9fff]{0,4}(?:增|升|提|降|减|少|缩|下|上)[^，,；;]{0,2}(?:至|到|为)[^，,]{0,8}$"
)
_UP = "净增|超出|增长|上升|增加|提高|提升|增幅|升幅|多|多出|高出"
_DOWN = "净减|下降|减少|降低|降幅|减幅|少|少了|低了|压减|压缩|缩减|缩短"
# 比上年多追回29.7万元
_CHANGED = regex.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?:^|(?<=[年度期]))(?:(?P<up>多)|(?P<down>少))[\p{{Han}}]{{1,3}}|^(?P<up>新增))(?:率|幅度)?(?:了|达到?|约|为|近|超过?)?$"
)
# Most names have none of these.
_MAY_CHANGE = re.compile("[增升提多减降少缩高低超]")
_TIMES = "倍"
_PAST = regex.compile(r"上年|去年|上一年|前一年|上年同期|(?P<year>20\d\d)年")
_BASE = re.compile(r"[,，(](?:而)?(?:上年|去年|上一年|20\d\d年)度?(?:同期|全年)?(?:数)?(?:仅|共)?[为是]?$")
_SEGMENT = re.compile("[;；]")
_LAST_YEAR = re.compile("(?:(20\\d\\d)年|去年|上年|上一年)(?!底|末|初|以来)")
_MOST_BACK = 8
_BASED_ON = re.compile(
    r"(?:较|比|相比|与|同)(?:于)?(?:(?:20\d\d年|上年|去年|上一年|前年)(?:度|同期|年?[末底])?|年?初?(?:预算|计划|目标)|[\u4e00-\u9fff]{2,8}(?<!一)前)的$"
)
_BARE_CHANGE = re.compile("^[，,](?:净?增加|减少|多|少)了?$")
_ALONE = re.compile("^[，,][由从](?:去年|上年|20\\d\\d年)?的?$")
REACHED = re.compile(
    "^[，,](?:总数|总量|总计)?(?:达到?|增[加至]?[至到]|升至|降至|减[少至]?[至到]|共计?|为)(?:了|共|受理|办理)?$"
)
_OF_A_YEAR = re.compile(r"20\d\d年|上年|去年|上一年|前年")
_BASE_YEAR = re.compile(r"(?:比|较|相比|较之)(?:于)?(20\d\d)年")
_OTHER_BASE = regex.compile("环比|任务|目标|计划|全县|全市|全省|五年|[“”]")


@dataclass(frozen=True, slots=True)
class _Told:
    """The figures beside a change: this year's, last year's, the differences."""

    now: tuple[Spot, ...]
    past: tuple[Spot, ...]
    deltas: tuple[Spot, ...]


def check_growth(ledger: Ledger, sentences: Sequence[Sentence], report: Report) -> None:
    """Enter every change told beside this year's figure and last year's, or beside the difference."""
    for number, sentence in enumerate(sentences):
        for place, spot in enumerate(sentence.spots if len(sentence.spots) > 1 else ()):
            sign = sign_of(spot)
            if sign and spot.quantity.unit in POINT_UNITS:
                rates = sentence.spots[place - 2 : place] if place > 1 else _of_two(sentences, number, place)
                _enter_points(ledger, rates, spot, sign, report.year)
            elif sign and (spot.quantity.kind is not UnitClass.POINT or spot.quantity.unit == _TIMES):
                _enter(ledger, (sentences, number), place, sign, report.year)


def _of_two(sentences: Sequence[Sentence], number: int, place: int) -> Sequence[Spot]:
    """Return this year's rate, which ends a sentence, and last year's, which begins the next one."""
    before, sentence = sentences[number - 1] if number else None, sentences[number]
    if before is None or place != 1 or before.end != sentence.start or not _SAME.match(sentence.text):
        return ()
    return (*before.spots[-1:], *sentence.spots[:1])


def _enter_points(ledger: Ledger, rates: Sequence[Spot], change: Spot, sign: int, year: int | None) -> None:
    """Enter a change in points told beside both rates."""
    if not rates or any(spot.quantity.kind is not UnitClass.RATE for spot in rates):
        return
    past = [spot for spot in rates if _is_past(spot, year) or _FROM.search(spot.name)]
    now = [spot for spot in rates if spot not in past]
    if len(past) == len(now) == 1:
        enter_points(ledger, now[0], past[0], change, sign)


def enter_points(ledger: Ledger, now: Spot, past: Spot, change: Spot, sign: int) -> None:
    """Enter a change in points between two rates, unless rounding accounts for what is amiss."""
    if not all(spot.quantity.low == spot.quantity.high for spot in (now, past, change)):
        return
    this, last, delta = ledger.spot(now), ledger.spot(past), ledger.spot(change)
    bounds = ledger.bounds
    amiss = sign * (bounds[this].low - bounds[last].low) - bounds[delta].low
    if abs(amiss) > max(bounds[member].step for member in (this, last, delta)):
        total = Total(this, (last, delta)) if sign > 0 else Total(last, (this, delta))
        ledger.checks.append(Check(POINTS, total))


def sign_of(spot: Spot) -> int:
    """Return 1 for growth, -1 for a fall, 0 where a figure tells no change."""
    found = _CHANGED.search(spot.name) if _MAY_CHANGE.search(spot.name) else None
    if found is None or _OTHER_BASE.search(spot.name):
        return 0
    return 1 if found["up"] else -1


def _enter(
    ledger: Ledger, where: tuple[Sequence[Sentence], int], place: int, sign: int, year: int | None
) -> None:
    spots = where[0][where[1]].spots
    change = spots[place]
    based = spots[place - 1] if place and _BASED_ON.search(spots[place - 1].name) else None
    # Of what is new it is said how much more there is only beside what there was.
    if based is None and change.name == "新增" and not starts(spots[max(place - 2, 0) : place]):
        return
    past, counted = _terms(spots, place, year) if based is None else _from_base(spots, place, based)
    named = _BASE_YEAR.search(change.gap)
    if named is not None and year is not None and int(named[1]) != year - 1:
        # 2021年96件、2022年81件、2023年69件，比2021年下降28.1%
        past = [spot for spot in spots[:place] if f"{named[1]}年" in spot.gap and not sign_of(spot)]
        others = {f"{told}年" for told in range(int(named[1]), year)}
        counted = [spot for spot in counted if not any(each in spot.gap for each in others)]
    deltas = [spot for spot in counted if sign_of(spot) == sign]
    now = [spot for spot in counted if spot not in past and spot not in deltas]
    if change.quantity.kind is UnitClass.RATE and len(now) == 1 and not (past or deltas):
        # 1860件，同比上升8.1%，增加140件
        behind = spots[place + 1 : place + 2]
        deltas = [spot for spot in behind if sign_of(spot) == sign and _BARE_CHANGE.match(spot.gap)]
    # 同比增长20%，上年为200件; where last year's figure stands before, what follows is another's.
    past = past or [spot for spot in spots[place + 1 : place + 2] if _is_base(spot, year)]
    if len(past) == 1 and len(now) > 1:
        now = [spot for spot in now if alike(spot.quantity, past[0].quantity)]
    if not past and len(now) == 1 and year is not None:
        past = list(_told_before(ledger.reading.shadow.text, *where, now[0], year))
    told = _Told(tuple(now), tuple(past), tuple(deltas))
    if change.quantity.kind is UnitClass.RATE or change.quantity.unit == _TIMES:
        _enter_rates(ledger, spots, place, sign, told)
    elif based is not None and not now and _all_alike(based, change):
        # 下降12.5%，较上年的96件减少12件
        rates = [
            spot for spot in spots[:place] if spot.quantity.kind is UnitClass.RATE and sign_of(spot) == sign
        ]
        for rate in rates[-1:]:
            share = Share(_rate(ledger, rate, rate), ledger.spot(change), ledger.spot(based), strict=False)
            ledger.checks.append(Check(GROWTH, share))
    elif len(past) == 1 and len(now) == 1 and _all_alike(past[0], now[0], change):
        this, last, delta = ledger.spot(now[0]), ledger.spot(past[0]), ledger.spot(change)
        total = Total(this, (last, delta)) if sign > 0 else Total(last, (this, delta))
        ledger.checks.append(Check(CHANGE, total))


def _enter_rates(ledger: Ledger, spots: Sequence[Spot], place: int, sign: int, told: _Told) -> None:
    """Enter a rate of growth of two years' figures, or of one year's and the difference."""
    rate = spots[place]
    if len(told.now) == len(told.past) == 1:
        enter_rate(ledger, rate, sign, told.now[0], told.past[0])
    elif rate.quantity.unit == _TIMES:
        return
    elif len(told.now) == len(told.deltas) == 1 and not told.past:
        _enter_difference(ledger, rate, sign, told.now[0], told.deltas[0])
    elif len(told.past) == 1 and not told.now:
        # 2022年3480件，今年上升22.5%，多出783件
        for delta in spots[place + 1 : place + 2]:
            alone = sign_of(delta) == sign and not _SEGMENT.search(delta.gap)
            if alone and _all_alike(told.past[0], delta):
                base = told.past[0]
                share = Share(_rate(ledger, rate, base), ledger.spot(delta), ledger.spot(base))
                ledger.checks.append(Check(GROWTH, share))


def _terms(spots: Sequence[Spot], place: int, year: int | None) -> tuple[list[Spot], list[Spot]]:
    """Return last year's figures, and all figures beside a change."""
    near: list[Spot] = []
    joined = spots[place].gap
    for spot in reversed(spots[:place]):
        if _SEGMENT.search(joined) or len(near) > 2:
            break
        near.insert(0, spot)
        joined = spot.gap
    # 较上年下降8.3%，由120件降至110件
    behind = list(spots[place + 1 : place + 3])
    past = starts(behind)
    if past and _ALONE.match(behind[0].gap):
        return past, behind
    counted = [spot for spot in near if spot.quantity.kind is not UnitClass.RATE]
    was = [spot for spot in counted if _is_past(spot, year) or _BASED_ON.search(spot.name)]
    return [spot for spot in was if not sign_of(spot)] or starts(near), counted


def _from_base(spots: Sequence[Spot], place: int, based: Spot) -> tuple[list[Spot], list[Spot]]:
    """Return what a change is told to start from, and all figures beside it: 92批，较2019年的121批下降24%."""
    like = [spot for spot in spots[:place] if alike(spot.quantity, based.quantity)]
    told = [spot for spot in like if not _OF_A_YEAR.search(spot.name) and spot is not based]
    # 。其中简易318件、普通27件；总量比上年的389件下降11.3%: what a list tells is some of it.
    if len(told) > 1 and spots[0].gap.startswith("其中"):
        told = []
    elif len(told) > 1 and told[0].quantity.value == sum(spot.quantity.value for spot in told[1:]):
        told = told[:1]
    if len(told) > 1:
        # 23个村，占184个村的八分之一，较去年的19个增加4个: of several the one that is about as large.
        base = based.quantity.value
        told = [spot for spot in told if base <= spot.quantity.value * 2 <= base * 4] or told
    # 较上年的58件增加11件，达到69件: what it came to may follow.
    behind = [spot for spot in spots[place + 1 : place + 2] if REACHED.match(spot.gap)]
    return [based], [based, *(told or behind)]


def _told_before(
    text: str, sentences: Sequence[Sentence], number: int, now: Spot, year: int
) -> Iterator[Spot]:
    """Yield last year's figure from the sentence before that tells it: 2023年受理4160件. 2024年4784件."""
    for back in range(number - 1, max(number - _MOST_BACK, 0) - 1, -1):
        before = sentences[back]
        if "\n" in text[before.start : sentences[number].start]:
            return
        told = _LAST_YEAR.match(before.text)
        if told is None or (told[1] and int(told[1]) != year - 1):
            continue
        first = next((spot for spot in before.spots if alike(spot.quantity, now.quantity)), None)
        words = content_words(now.name, now.after)
        if first is not None and words and words & content_words(first.name, first.after):
            yield first
        return


def enter_rate(ledger: Ledger, rate: Spot, sign: int, now: Spot, past: Spot) -> None:
    """Enter a rate of growth told of this year's figure and last year's, where these are alike."""
    if _all_alike(past, now):
        scale = _ONE if rate.quantity.unit == _TIMES else HUNDRED
        told = _rate(ledger, rate, now)
        ledger.checks.append(
            Check(GROWTH, Share(told, ledger.spot(now), ledger.spot(past), sign=sign, scale=scale))
        )


def _enter_difference(ledger: Ledger, rate: Spot, sign: int, now: Spot, change: Spot) -> None:
    """Enter a rate told with this year's figure and the difference, which give last year's."""
    this, delta = now.quantity, change.quantity
    last = this.value - sign * delta.value
    hedged = this.low != this.high or delta.low != delta.high
    if last <= 0 or hedged or not _all_alike(change, now):
        return
    told = ledger.figures[ledger.spot(change)]
    written = f"{last:f}{this.unit}"
    base = replace(told, name="上年", written=written, value=last, bounds=Bounds(last, last))
    number = ledger.add((-told.quote.end, sign), base)
    relation = Share(_rate(ledger, rate, now), ledger.spot(now), number, sign=sign)
    exact = relation.rounded(ledger.bounds)
    note = f"请核实：按所写的增减数计算，上年应为{written}，比率应为{exact:f}%。"
    ledger.checks.append(Check(GROWTH, relation, note=note))


def _rate(ledger: Ledger, rate: Spot, now: Spot) -> int:
    return ledger.spot(rate, name=f"{now.called}增幅" if sign_of(rate) > 0 else f"{now.called}降幅")


def _is_past(spot: Spot, year: int | None) -> bool:
    """Whether a figure is last year's: 去年100件, 由2022年的100件."""
    found = _PAST.search(spot.name)
    if found is None:
        return False
    # 较去年 before a figure of a change names its base, not its year.
    return found["year"] is None or (year is not None and int(found["year"]) == year - 1)


def _is_base(spot: Spot, year: int | None) -> bool:
    """Whether a figure right after a change tells no more than last year's: 上年为200件."""
    is_past = spot.quantity.kind is not UnitClass.RATE and _is_past(spot, year) and not sign_of(spot)
    return is_past and _BASE.match(spot.gap) is not None


def starts(spots: Sequence[Spot]) -> list[Spot]:
    """Return the figure from which another one came: 从120件增加到150件."""
    return [
        start
        for start, end in pairwise(spots)
        if _FROM.search(start.name) and _CAME_TO.search(end.gap) is not None
    ]


def _all_alike(*spots: Spot) -> bool:
    return all(alike(spots[0].quantity, spot.quantity) for spot in spots[1:])
