"""A whole told part by part down to its rest, in one sentence or in several: 受理58件，办结51件，其余7件….

No word announces such a list, and none needs to: going back from what is said to be left, the figures counted
alike come to one that is as large as they are together. In 250 clean reports 54 of 56 such runs add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from nianbao.grammar.units import COUNTS, UnitClass
from plugins.validators import listwords as words
from plugins.validators.checks import Check, Ledger
from plugins.validators.counterparts import CARRIED_OVER, roles, tells_carried
from plugins.validators.exactruns import exact_runs, paragraphs
from plugins.validators.nearly import is_slip
from plugins.validators.relations import Total
from plugins.validators.sentences import Sentence, Spot, told_alike
from plugins.validators.sums import NEAR_SUM, SUM

_CLAUSE = re.compile(r"[,，;；。:：]")
_REST = re.compile(
    r"其余|剩下|余下|剩余|(?<![多富其])余$|尚有|尚余|还有|仍有|还剩|另有|另外|另(?=[对有]?$)|其他|其它|最后"
)
_UNDONE = (
    r"正在(?:办理|审理|化解|调解|整改|处理|处置|推进|调处|审查)|在办"
    r"|未(?:办?结|审结|化解|整改|完成|销号|处理|结案|办理)|待(?:办理|化解|整改|处理|审结)"
)
_LEFT_BEFORE = re.compile(rf"(?:{_UNDONE}|跨年)[\u4e00-\u9fff]{{0,8}}$|(?:缺席|请假|缺考|补考|缓考)$")
_LEFT_AFTER = re.compile(
    rf"^(?:案件|纠纷|事项|工单|问题|隐患|诉求|人员|[\u4e00-\u9fff]{{2,6}}(?:人员|同志|干部))?(?:{_UNDONE}|补考|缓考|缺考|跨年|尚未|仍在|还在|正在|结转|转入|留待|需|待|将|持续|列入(?:下年|明年|20\d\d))"
)
# 还有3处 may be three more, or some of those that are left.
_SURE = regex.compile("其余|剩|余下|余$|尚有|尚余|另$")
_SAID = regex.compile("其余|剩余|余下")
_DONE = regex.compile(
    r"(?:已|完成|销号|办结|审结|化解|整改|成功|结案|落实|答复|办理完毕|处置|解决|清理|拆除|合格|及格|通过|持证|取得|考取|到会|参加)[\p{Han}]{0,6}$"
)
_DONE_BEHIND = regex.compile(
    "(?:村|社区|部门|单位)?(?:已|已经)?(?:建成|建立|完成|实现|达到|通过|取得|配备|整改|办结)"
)
_NEVER = regex.compile(r"去年|上年|往年|历年|上级|国家级|省级|市级|计划|目标|力争")
_ANEW = regex.compile(
    r"此外|同时|连续|[一二三四五六七八九]是|另对|另外对|全年|今年|截[至止](?![^，,]{0,10}[，,]?已[\p{Han}]{2,6}$)|力争"
)
_WON_AND_LOST = ("胜诉", "败诉")
_MOST_PARTS = 8
# 其余每所1名
_OF_EACH = re.compile("(?:各|每)[\u4e00-\u9fff]{0,4}$")
_TWO, _FEWEST = 2, 3
_LEAST = Decimal("0.8")
_FURTHEST = Decimal("0.2")
_ADDED = COUNTS | {UnitClass.MONEY}


@dataclass(frozen=True, slots=True)
class Remainder:
    """A whole and its parts, the last of them what is left; `sure` tells that it is said to be all."""

    whole: Spot
    parts: tuple[Spot, ...]
    sure: bool


def check_remainders(ledger: Ledger, sentences: Sequence[Sentence], taken: frozenset[int]) -> frozenset[int]:
    """Enter the wholes that are told part by part down to their rest.

    Args:
        ledger: where checks are entered.
        sentences: the report's sentences.
        taken: where the figures begin that are parts already.

    Returns:
        Where the figures begin that are parts of them.
    """
    text = ledger.reading.shadow.text
    exact = exact_runs(text, sentences)
    parts: set[int] = set()
    for paragraph in paragraphs(text, sentences):
        for found in _remainders(text, paragraph, taken):
            told = [part.quantity.value for part in found.parts]
            total = found.whole.quantity.value
            if sum(told) != total and (exact.explain(found.parts) or exact.end_with(found.parts[-1])):
                continue
            start, end = found.whole.left, found.parts[-1].quantity.end
            carried = tells_carried(_around(text, start, end))
            relation = Total(ledger.spot(found.whole), tuple(map(ledger.spot, found.parts)))
            doubt = CARRIED_OVER if carried else ""
            if words.OVERLAP.search(text, start, end):
                continue
            if sum(told) == total or found.sure:
                ledger.checks.append(Check(SUM, relation, doubt))
            elif is_slip(total, told) and (len(told) >= _FEWEST or _tells_done(found.parts[0])):
                rule = SUM if len(told) >= _FEWEST else NEAR_SUM
                ledger.checks.append(Check(rule, relation, doubt))
            else:
                continue
            parts.update(part.quantity.start for part in found.parts)
    return frozenset(parts)


def _tells_done(part: Spot) -> bool:
    """Whether a figure tells what was done: 已建成15个, 有15个建成."""
    behind = part.name.endswith("有") and _DONE_BEHIND.match(part.after) is not None
    return behind or _DONE.search(part.name) is not None


def _around(text: str, start: int, end: int) -> str:
    """Return the sentences from one place to another, and those beside them."""
    before = text.rfind("。", 0, text.rfind("。", 0, start) + 1)
    after = text.find("。", text.find("。", end) + 1)
    return text[max(before, 0) : after if after >= 0 else len(text)]


def _remainders(text: str, paragraph: Sequence[Sentence], taken: frozenset[int]) -> Iterator[Remainder]:
    spots = [
        spot
        for sentence in paragraph
        for spot in sentence.spots
        if spot.quantity.kind in _ADDED and spot.quantity.low == spot.quantity.high
    ]
    for number, left in enumerate(spots):
        if left.quantity.start in taken or not is_left(left) or _NEVER.search(left.gap):
            continue
        if _OF_EACH.search(left.gap):
            continue
        # 化解937件，其中镇级141件、村级796件，剩余29件: a part of one of them is none of all.
        told = [spot for spot in spots[: number + 1] if spot.quantity.start not in taken]
        found = _before(text, told) if len(told) <= number else None
        found = found or _before(text, spots[: number + 1])
        if found is not None and (_ends_list(spots, found) or _is_announced(text, found.whole)):
            continue
        if found is not None and (found.sure or _is_free(found, taken)):
            yield found


def _is_free(found: Remainder, taken: frozenset[int]) -> bool:
    """Whether no other list has any of the parts, but for 其中持证18名，还有3名正在等待考试."""
    own = [part for part in found.parts if part.quantity.start in taken]
    return not own or (own == [found.parts[0]] and len(found.parts) == _TWO and "其中" in own[0].gap)


def _ends_list(spots: Sequence[Spot], found: Remainder) -> bool:
    """Whether the whole ends a list all of which the parts make: 信访279件、热线86件，已办320件，其余45件."""
    summed = sum((part.quantity.value for part in found.parts), Decimal(0))
    at = spots.index(found.whole)
    total = found.whole.quantity.value
    while at > 0 and spots[at].gap.startswith(("、", "和", "以及")):
        at -= 1
        total += spots[at].quantity.value
        if total == summed:
            return True
    return False


def _is_announced(text: str, whole: Spot) -> bool:
    """Whether a figure is itself one of a list: 从类型看，婚姻61件，邻里73件，土地34件，其他27件."""
    begin = max(text.rfind("。", 0, whole.left), text.rfind("\n", 0, whole.left)) + 1
    told = words.ANNOUNCED.match(text, begin, whole.left)
    return told is not None and words.ANNOUNCED.search(whole.gap) is None


def _before(text: str, spots: Sequence[Spot]) -> Remainder | None:
    """Return the longest run up to the last figure that makes about the one before it, or just that one."""
    left = spots[-1]
    like = [spot for spot in spots if told_alike(spot.quantity, left.quantity)][-_MOST_PARTS - 1 :]
    beside = tuple(spots[-_FEWEST:])
    best: Remainder | None = None
    for at in range(len(like) - 3, -1, -1):
        whole, parts = like[at], tuple(like[at + 1 :])
        if _breaks(parts[0] if at + 2 < len(like) else left) or words.tells_change(parts[0].gap):
            break
        told = [part.quantity.value for part in parts]
        summed, total = sum(told, Decimal(0)), whole.quantity.value
        if summed == total:
            return Remainder(whole, parts, sure=True)
        near = total >= max(told) and abs(summed - total) <= _FURTHEST * total
        # 出庭58件，正职出庭7件，其余61件: what is left of one is less than all, however far it is off.
        apart = not parts[0].gap.startswith("、") and (parts[0].quantity.value <= total or is_done(parts[0]))
        # 督办疑难案件8件；出庭应诉1件，其余3件由分管负责人出庭: what is left is of another whole.
        apart = apart and (";" not in parts[0].gap or _tells_done(parts[0]) or "其中" in parts[0].gap)
        sure = (
            apart
            and (whole, *parts) == beside
            and _SAID.search(_clause(left)) is not None
            and summed <= 2 * total
        )
        near = near or sure
        between = text[whole.quantity.end : left.quantity.start]
        # What is left of two is told right behind them.
        near = near and (len(parts) >= _FEWEST or ("。" not in between and (whole, *parts) == beside))
        if near and not is_left(parts[0]) and summed not in (each.quantity.value for each in like):
            # 21件，胜诉15件，败诉2件，3件尚未判决: there is no fourth.
            ended = len(parts) == _FEWEST and all(
                end in part.called for end, part in zip(_WON_AND_LOST, parts, strict=False)
            )
            best = Remainder(whole, parts, sure=ended or _SURE.search(_clause(left)) is not None)
    if best is None or _some_make(best):
        return None
    # 行政诉讼13件，审结10件，胜诉9件，其余3件正在审理: with the whole it makes what stands before both.
    both = best.whole.quantity.value + left.quantity.value
    earlier = like[: like.index(best.whole)]
    return None if any(spot.quantity.value == both for spot in earlier) else best


def is_done(spot: Spot) -> bool:
    """Whether a figure tells what was done of another."""
    return bool(roles(spot).done)


def _some_make(found: Remainder) -> bool:
    """Whether the rest and some parts before it make the whole: 38件，一审30件，败诉2件，二审8件正在审理."""
    left = found.parts[-1].quantity.value
    sums = {left}
    for part in found.parts[:-1]:
        sums |= {each + part.quantity.value for each in sums}
    return found.whole.quantity.value in sums


def _breaks(spot: Spot) -> bool:
    return _ANEW.search(_clause(spot)) is not None


def _clause(spot: Spot) -> str:
    clause: str = _CLAUSE.split(spot.gap)[-1]
    return clause


def is_left(spot: Spot) -> bool:
    """Whether a figure tells what is left of others."""
    clause = _clause(spot)
    return bool(_REST.search(clause) or _LEFT_BEFORE.search(clause) or _LEFT_AFTER.match(spot.after))
