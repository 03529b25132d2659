"""Shares as sentences tell them: right behind a part, dealt out after a list, or with their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import regex

from nianbao.grammar.units import UnitClass
from plugins.validators.sentences import Sentence, Spot, alike

_DEALT_SHARES = re.compile(
    r"^[,，](?:各?分别|依次)占(?:比|总数|总量)?(?:的|为|达)?$|^[,，]占比(?:分别|依次)为$"
)
_JOINED = regex.compile("[、和与及]|以及")
_SHARE = regex.compile(
    r"^(?:[\p{Han}“”]{1,14}(?=[,，]))?[,，、(]?(?:约|所|各)?占(?!地|用|道)(?P<of>[^,，。;；:：\d]{0,14})$"
)
_SHARE_OF = regex.compile(r"(?:^|[,，])约?占[^,，。;；:：\d]{0,16}$")
_OWN_CLAUSE = re.compile(r"占[^,，。;；:：\d]{0,16}$")
_IS = re.compile(r"^[，,](?:总?共|共?计|共有|为|有|即)$")
_IN_ALL = re.compile(r"^[，,](?:全[镇乡县市区局年]|总)?(?:总?共|合计)[\u4e00-\u9fff]{0,6}$")
_OF_THESE = re.compile(r"^[^,，。;；:：\d]{0,8}的$")
_BRACKETED_SHARE = re.compile(r"^\($")
_ELSEWHERE = re.compile("全省|全市|全县|全区|全国|辖区|总人口|同期|全年任务|目标")


def dealt_shares(spots: Sequence[Spot], parts: tuple[Spot, ...]) -> tuple[Spot | None, ...]:
    """Return the shares that are dealt out after a list: A类30件、B类70件，分别占30%和70%."""
    first = spots.index(parts[-1]) + 1
    rates = spots[first : first + len(parts)]
    if len(rates) < max(2, len(parts)) or any(rate.quantity.kind is not UnitClass.RATE for rate in rates):
        return ()
    joined = all(_JOINED.fullmatch(rate.gap) for rate in rates[1:])
    return tuple(rates) if joined and _DEALT_SHARES.search(rates[0].gap) else ()


def shares_of(sentence: Sentence) -> Iterator[tuple[Spot, Spot, Spot]]:
    """Yield every share told with its whole as (rate, part, whole): 公示86件，占处罚案件92件的98%."""
    for part, whole, rate in zip(sentence.spots, sentence.spots[1:], sentence.spots[2:], strict=False):
        told = rate.quantity.kind is UnitClass.RATE and _OF_THESE.match(rate.gap) is not None
        if told and _SHARE_OF.search(whole.gap) and alike(part.quantity, whole.quantity):
            yield rate, part, whole


def shares_before(sentence: Sentence) -> Iterator[tuple[Spot, Spot, Spot]]:
    """Yield every share told between its whole and its part as (rate, part, whole): 占92件的98%，为90件."""
    for whole, rate, part in zip(sentence.spots, sentence.spots[1:], sentence.spots[2:], strict=False):
        told = rate.quantity.kind is UnitClass.RATE and _OF_THESE.match(rate.gap) is not None
        if (
            told
            and _OWN_CLAUSE.search(whole.gap)
            and _IS.match(part.gap)
            and alike(part.quantity, whole.quantity)
        ):
            yield rate, part, whole
    # 占78%，计265件，全镇共化解340件
    for rate, part, whole in zip(sentence.spots, sentence.spots[1:], sentence.spots[2:], strict=False):
        is_share = rate.quantity.kind is UnitClass.RATE and rate.gap.endswith("占")
        if (
            is_share
            and _IS.match(part.gap)
            and _IN_ALL.match(whole.gap)
            and alike(part.quantity, whole.quantity)
        ):
            yield rate, part, whole


def share_after(spots: Sequence[Spot], number: int) -> Spot | None:
    """Return the share that follows a part at once: 269件，占比36%; 269件（36%）."""
    if number + 1 >= len(spots):
        return None
    share = spots[number + 1]
    if share.quantity.kind is not UnitClass.RATE:
        return None
    told = _SHARE.match(share.gap)
    if told is not None:
        # 来信3件、来访7件，占比分别为30%和70%: the first of several, and not of the last part.
        return None if _ELSEWHERE.search(told["of"]) or _DEALT_SHARES.search(share.gap) else share
    return share if _BRACKETED_SHARE.match(share.gap) and share.after == "" else None
