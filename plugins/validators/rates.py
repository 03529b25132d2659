"""Rates against the two figures that they are told with; and 100 % where some are left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache, partial

import regex

from nianbao import Severity
from nianbao.grammar.units import UnitClass
from plugins.validators.checks import Check, Ledger, Rule
from plugins.validators.counterparts import (
    CARRIED_OVER,
    carried_over,
    comparable,
    is_done,
    is_heard,
    is_of,
    roles,
)
from plugins.validators.farrates import check_far_rates
from plugins.validators.fullrates import enter_all, enter_left
from plugins.validators.money import Likely
from plugins.validators.numerators import Rate, numerator
from plugins.validators.pairs import (
    APPEARED,
    CLOSED,
    ONLY_RATES,
    PAIRS,
    PASSED,
    PLANNED,
    Pair,
    plain_pair,
)
from plugins.validators.relations import Verdict
from plugins.validators.restrates import RATE, enter_far_rest, enter_rest, whole_of_both
from plugins.validators.sentences import Sentence, Spot, alike, goes_on
from plugins.validators.shares import HUNDRED, NotCut, Share

CUT = Rule("arithmetic.rate-cut", "ratio", Severity.NOTE, "比率一般四舍五入，截尾得到的偏低")
WHOLE = Rule("arithmetic.rate-whole", "ratio", Severity.ERROR, "完成的不会多于总数，比率不应超过100%")
_NOTHING = Decimal(0)
_MAY_EXCEED = re.compile("增长|同比|增幅|完成[率]?(?:年度)?(?:任务|目标)|目标|任务|计划|完成率|达产|结案均衡")
_NAMED = regex.compile(r"([\p{Han}]{2,14})率")
# 优良及合格率 is of both.
_OF_TWO = re.compile("优[良秀质]?(?:及|和|与|以及)合格")
_PROPORTION = regex.compile(r"(?:^|[,，;；(])([\p{Han}]{2,8})的?比例(?:约?为|达到?|约)?$")
# 已拨付192万元，拨付进度80%
_PROGRESS = regex.compile(
    r"(?:^|[，,])[\p{Han}]{0,4}?((?:拨付|支付|支出|执行|使用|到位|整改|完成|清理|化解|办理))进度(?:为|达到?)?$"
)
# 计划抽查150家，实际抽查168家，完成计划的112%
_OF_THE_PLAN = regex.compile(
    r"[，,](?:占|完成|达到?)(?:了)?(?:年度|全年|年初)?(?:计划|任务|目标)(?:数|任务|量)?的$"
)
# 取消81项，取消比例63.8%
_DONE_WITH = frozenset(
    {"取消", "保留", "废止", "修改", "下放", "承接", "调整", "压减", "减免", "抽查", "整改"}
)
# 办结率100%。 已化解304起，化解率为95%。
_LEADS = re.compile(
    r"^(?:[〇\u4e00-\u9fff]{0,6}率|(?:现|均|目前|截至[^，,]{0,6}[，,]?)?(?:已|成功|全部|按[期时]|累计|共)*(?:化解|办结|整改|调解|出庭|审结|完成|持证|合格|采纳|公示|审核))"
)
_CLAUSE = re.compile(r"[,，;；:：(。]")
_OUT_OF = regex.compile(r"(?P<of>[\p{Han}]{2,8})(?<![其当集高])中(?=[\p{Han}]{2})(?!心)")
_SUMMED = regex.compile("共计|合计|总计|共")
# These tell how others see it, or a change: the figures beside them are no terms, whatever they are called.
_NOT_PLAIN = re.compile("满意|知晓|好评|支持|认可|安全感|增长|下降|上升|提高|压缩|减少|增速|同比|覆盖面")
_REACH = re.compile("全[省市县区州旗镇乡系]|各级|一审|本级|政府(?!部门)|部门")
OTHER_REACH = "other-reach"
# What is aimed at, and not what was reached.
_NOT_REACHED = re.compile("力争|确保|要求|不低于|不少于|目标|任务|标准|上年|去年|同比|达标")
_MOST_AFTER = 2
_FURTHEST = Decimal(15)


def check_rates(ledger: Ledger, sentences: Sequence[Sentence]) -> None:
    """Enter every rate whose numerator and denominator stand before it, else elsewhere in the report."""
    alone: list[Rate] = []
    for rate in _rates(sentences):
        done = numerator(rate)
        around = _with_what_follows(rate) if done is None else rate
        done = numerator(around)
        if done is None:
            denied = "未" in rate.sentence.text or "不" in rate.sentence.text
            number = partial(_number, ledger, rate)
            entered = denied and (
                enter_rest(ledger, rate, number) or enter_rest(ledger, _with_two_behind(rate), number)
            )
            # 合格率 is told of one thing or another: none far off is sought.
            entered = entered or enter_far_rest(ledger, rate, number) or rate.pair is PASSED
        else:
            entered = _enter_rate(ledger, around, done)
        if not entered:
            alone.append(rate)
        _enter_whole(ledger, rate)
        if not rate.narrower:
            enter_all(ledger, rate, partial(_number, ledger, rate))
            if rate.pair is not APPEARED:
                enter_left(ledger, rate, partial(_number, ledger, rate))
    check_far_rates(ledger, alone)


def _rates(sentences: Sequence[Sentence]) -> Iterator[Rate]:
    for number, sentence in enumerate(sentences):
        for place, spot in enumerate(sentence.spots):
            if spot.quantity.kind is not UnitClass.RATE:
                continue
            before = sentence.spots[:place]
            if number and (
                goes_on(sentences[number - 1], sentence) or _follows(sentences[number - 1], sentence, place)
            ):
                before = (*sentences[number - 1].spots, *before)
            for name in _rate_names(spot):
                for pair in _pairs(name):
                    yield Rate(spot, name, pair, sentence, before, sentences, number)


def _with_what_follows(rate: Rate) -> Rate:
    """Return a rate with the figures behind it, where these tell what was done: 化解率95%，化解247起."""
    spots = rate.sentence.spots
    place = spots.index(rate.spot) + 1
    after: list[Spot] = []
    for spot in spots[place : place + _MOST_AFTER + 1]:
        if ";" in spot.gap:
            break
        if spot.quantity.kind is UnitClass.RATE or len(after) == _MOST_AFTER:
            # With a rate of its own, or among others, it is none of this one's.
            return rate
        after.append(spot)
    clause = _CLAUSE.split(rate.spot.gap)[-1]
    confined = rate.narrower or rate.pair is APPEARED or _NOT_REACHED.search(clause) or _REACH.search(clause)
    if not after or confined:
        return rate
    further = replace(rate, before=(*rate.before, *after))
    done = numerator(further)
    named = done is not None and done in after and is_done(rate.pair, done)
    taken = [spot.quantity.value for spot in further.before if spot is not done and is_of(rate.pair, spot)]
    if not named or done is None or len(taken) != 1 or not taken[0]:
        return rate
    # What is far from it is done of something else.
    near = abs(HUNDRED * done.quantity.value / taken[0] - rate.spot.quantity.value) <= _FURTHEST
    return further if near else rate


def _with_two_behind(rate: Rate) -> Rate:
    """Return a rate with the two figures behind it alone: 成功率91.2%，共调解68件，未成功6件."""
    place = rate.sentence.spots.index(rate.spot) + 1
    behind = rate.sentence.spots[place : place + _MOST_AFTER]
    apart = any(";" in spot.gap or spot.quantity.kind is UnitClass.RATE for spot in behind)
    return replace(rate, before=() if apart else behind)


def _follows(before: Sentence, sentence: Sentence, place: int) -> bool:
    """Whether a rate that leads its sentence, or follows only what was done, is of the one before it."""
    if before.end != sentence.start or "\n" in before.text or place > 1:
        return False
    return _LEADS.match(sentence.text) is not None and not any(
        roles(spot).of for spot in sentence.spots[:place]
    )


@lru_cache(maxsize=1024)
def _pairs(name: str) -> tuple[Pair, ...]:
    """Return what a rate may be a rate of: by its name, else what is called like it (优秀案卷)."""
    found = tuple(pair for pair in (*PAIRS, *ONLY_RATES) if pair.rate.search(name))
    return found or (() if _NOT_PLAIN.search(name) else (plain_pair(name[-2:]),))


def _rate_names(rate: Spot) -> list[str]:
    """Return the names of the rates that one figure tells: 办结率、满意率均为100%; 持证比例96%."""
    if "率" in rate.gap:
        named = [match.group(1) for match in _NAMED.finditer(_CLAUSE.split(rate.gap)[-1])]
        return [name for name in named if not _OF_TWO.search(name)]
    if _OF_THE_PLAN.search(rate.gap):
        return ["完成"]
    if "进度" in rate.gap:
        return [match.group(1) for match in [_PROGRESS.search(rate.gap)] if match is not None]
    match = _PROPORTION.search(rate.gap) if "比例" in rate.gap else None
    known = match is not None and (
        any(pair.rate.search(match.group(1)) for pair in PAIRS) or match.group(1) in _DONE_WITH
    )
    return [match.group(1)] if match is not None and known else []


def _enter_rate(ledger: Ledger, rate: Rate, done: Spot) -> bool:
    """Enter a rate of what was done, where it is told of how many; return whether it is."""
    wholes = [
        spot
        for spot in reversed(rate.before)
        if spot is not done
        and (is_of(rate.pair, spot) or _SUMMED.fullmatch(spot.name))
        and comparable(done, spot, rate.pair)
    ]
    # 生效裁判中败诉9件: of what it names, which the suits brought are not.
    match = _OUT_OF.search(done.name)
    among = match["of"].removesuffix("案件") if match else ""
    wholes = [whole for whole in wholes if not among or _share(among, whole.name)]
    earlier = [whole for whole in wholes if whole.quantity.start < done.quantity.start]
    # 持证26人，执法人员总数30人，持证率86.7%: the whole may come second, where none came first.
    # 受理答复672件 itself tells what was taken up.
    both = None if earlier else whole_of_both(ledger, rate, done)
    if both is not None:
        ledger.checks.append(Check(RATE, Share(_number(ledger, rate), ledger.spot(done), both)))
        return True
    wholes = earlier or _only_one(rate, done) or ([] if _took_up(rate, done) else wholes)
    # Where it is told how many were heard, the others say nothing.
    wholes = [whole for whole in wholes if is_heard(whole)] or wholes
    told, part = _number(ledger, rate), ledger.spot(done)
    options = [Share(told, part, _whole(ledger, part, whole, rate.pair)) for whole in wholes]
    bounds = ledger.bounds
    least = bounds[part].low
    if rate.pair is not PLANNED:
        options = [option for option in options if least <= (bounds[option.whole].high or least)]
    if options:
        fitting = next((each for each in options if each.verdict(bounds) is not Verdict.FAILS), options[0])
        doubt = OTHER_REACH if _reaches_further(rate, done) else ""
        of = next(whole for whole in wholes if _whole(ledger, part, whole, rate.pair) == fitting.whole)
        # Of how many were heard is told: none of the others, carried over or not, counts.
        if not is_heard(of) and carried_over(rate.sentences, rate.number, rate.spot, done, of):
            doubt = CARRIED_OVER
        ledger.checks.append(Check(RATE, fitting, doubt))
        if fitting.is_cut_off(bounds):
            note = f"如按四舍五入，应写为{fitting.rounded(bounds):f}%。"
            ledger.checks.append(Check(CUT, NotCut(*fitting.members), note=note))
    return bool(options)


def _share(one: str, other: str) -> bool:
    return any(one[at : at + 2] in other for at in range(len(one) - 1))


def _reaches_further(rate: Rate, done: Spot) -> bool:
    """Whether a rate is of a whole place, and the appearances are not: 县政府出庭3件，全县出庭率98%."""
    reach = _REACH.search(_CLAUSE.split(rate.spot.gap)[-1]) if rate.pair is APPEARED else None
    if reach is None:
        return False
    return all(
        reach.group() not in spot.gap for spot in rate.before if spot.quantity.start <= done.quantity.start
    )


def _enter_whole(ledger: Ledger, rate: Rate) -> None:
    """Enter a rate above 100 %: of a whole, no more than all can be done."""
    if rate.spot.quantity.value > HUNDRED and not _MAY_EXCEED.search(rate.sentence.before(rate.spot)):
        check = Check(
            WHOLE,
            Likely(_number(ledger, rate), _NOTHING, HUNDRED, "不应超过100%"),
            note="请对照台账核实这一比率。",
        )
        if check not in ledger.checks:
            ledger.checks.append(check)


def _took_up(rate: Rate, done: Spot) -> bool:
    """Whether a figure tells what was taken up and done at once: 受理答复672件."""
    return rate.pair is CLOSED and rate.pair.of.search(done.name) is not None


def _only_one(rate: Rate, done: Spot) -> list[Spot]:
    """Return the one figure before the numerator that is counted like it, where it stands right before it."""
    before = [spot for spot in rate.before if spot.quantity.start < done.quantity.start]
    same = [spot for spot in before if alike(spot.quantity, done.quantity)]
    fits = len(same) == 1 and same[0] is before[-1] and ";" not in done.gap
    return same if fits and comparable(done, same[0], rate.pair) else []


def _whole(ledger: Ledger, part: int, whole: Spot, pair: Pair) -> int:
    """Return the denominator: of the suits brought, only those that were heard call for an appearance."""
    number = ledger.spot(whole)
    if pair is not APPEARED or is_heard(whole):
        return number
    told, least = ledger.figures[number], ledger.figures[part].bounds.low
    heard = replace(told, bounds=told.bounds._replace(low=min(least, told.bounds.low)))
    return ledger.add((-told.quote.end, part), heard)


def _number(ledger: Ledger, rate: Rate) -> int:
    called = next((each for each in ("率", "进度") if each in rate.spot.gap), "比例")
    return ledger.spot(rate.spot, name="、".join(f"{name}{called}" for name in _rate_names(rate.spot)))
