"""Figures that claim through another: the parts of a whole, the items of a list that only qualify."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import takewhile
from typing import Any

import regex

from nianbao.catalogue import Card
from nianbao.grammar.clauses import Clause
from nianbao.grammar.parts import Parts, find_parts
from nianbao.grammar.quantity import Quantity
from nianbao.grammar.units import UnitClass
from plugins.extractors.indicators.claim import Claim, Via

# An item of a list that names no other thing: 、省级16个; 、普通程序12件.
_QUALIFIES = regex.compile(
    r"[、,，和及]{0,2}(?:其中|另有)?(?:国家级?|全国|自治区级|州级|盟级|旗级|省级?|市级?|县级?|区级?|镇级?|乡级|村级?|街道|社区|专职|兼职|线上|线下|口头|书面|其他|其它"
    r"|[^,，、。;；\d]{1,7}(?:类|级|型|程序|领域|方面|系统))"
)
# 化解省交办积案2件、市交办3件: who handed them down.
_HANDED = regex.compile(r"[、,，和及]{0,2}(?:国家|省|市|州|县|区|镇|上)级?(?:交办|转办|督办)(?:的|件)?")
# 检查九小场所326家次、出租屋180间次: what is visited is visited for one purpose.
_VISITED = regex.compile(r"[、和及与]\p{Han}{2,10}")
# A part named by its kind belongs to its whole, whatever else its name says: 监督检查类55起.
# 行政许可类40件 of 执法案件90件 is what it says.
_KIND = regex.compile(r"(?<!行政(?:许可|处罚|检查|强制|确认))(?:类|领域|方面|系统|程序)(?:案件|纠纷)?$")
# What joins the names of kinds to each other, or ends them: 邻里、婚姻家庭等类纠纷.
_GLUE = r"[、,，;；和及与]|其中|以及|内?含|包括|(?:其他|其它|等|各)?类?(?:纠纷|案件|事项|信息|矛盾)?"
# How long the noun is at least that two items share, and the qualifier at most.
_NOUN, _QUALIFIER = 3, 3


def inherit(
    text: str,
    claims: dict[int, list[Claim]],
    refused: Collection[int],
    found: tuple[Clause, ...],
) -> None:
    """Add the claims that figures have through another one.

    Args:
        text: the shadow's text.
        claims: the claims on each figure, by its number; added to.
        refused: the numbers of the figures that are refused.
        found: the clause of every figure.
    """
    for parts in find_parts(text, found):
        _claim_parts(text, claims, refused, found, parts)
    _continue_lists(text, claims, refused, found)


def _claim_parts(
    text: str,
    claims: dict[int, list[Claim]],
    refused: Collection[int],
    found: Sequence[Clause],
    parts: Parts,
) -> None:
    """Give the parts of a claimed whole to the whole's indicator, where no other has a firm claim."""
    whole = claims.get(parts.whole, [])
    if len(whole) != 1:
        return
    for number in parts.parts:
        own = claims.get(number, [])
        if number in refused or len(own) > 1 or _denied(whole[0], _gap(text, found, number)):
            continue
        if own and own[0].card.id == whole[0].card.id:
            claims[number] = [replace(own[0], via=Via.PART)]
        elif own and _is_of_earlier(claims, found, parts, own[0]):
            # 调处409起，调解成功401起，其中镇调委会直接调解63起: what it says itself was told before.
            claims[number] = [replace(own[0], via=Via.PART)]
        elif own and own[0].ref.cue.weak and own[0].card.id in whole[0].card.at_most:
            # 发现隐患90处，整改88处，其中重大隐患9处: the kind is one of what was found.
            continue
        elif parts.sure and _is_of_kinds(whole[0].card, _gap(text, found, number)):
            claims[number] = [_through(whole[0], found[number], Via.WHOLE)]
        elif own and _narrows(text, whole[0], found[number]):
            claims[number] = [_through(whole[0], found[number], Via.TOPIC)]
        elif _breaks_down(parts, whole[0], own) or _belongs(text, found, parts, number, own):
            claims[number] = [_through(whole[0], found[number], Via.WHOLE)]


def _is_of_earlier(
    claims: Mapping[int, list[Claim]], found: Sequence[Clause], parts: Parts, own: Claim
) -> bool:
    """Whether another figure of the whole's sentence tells what a part says itself, and holds it."""
    sentence, quantity = found[parts.whole].sentence, own.clause.quantity
    earlier = range(parts.parts[0] - 1, max(parts.whole - 4, -1), -1)
    near = [one for number in earlier for one in claims.get(number, ())]
    return any(
        one.card.id == own.card.id
        and not one.is_part
        and one.clause.sentence == sentence
        and one.clause.quantity.unit == quantity.unit
        and one.clause.quantity.value >= quantity.value
        for one in near
    )


def _denied(whole: Claim, name: str) -> bool:
    """Whether a part names what its whole's indicator never counts: 清理88件，其中保留61件."""
    return any(word in name for word in whole.card.without)


def _narrows(text: str, whole: Claim, part: Clause) -> bool:
    """Whether a part tells the indicator's own topic, which its whole does not: 学习12次，其中法治学习3次."""
    topic = whole.card.topic
    wide = text[min(whole.start, whole.clause.left) : whole.clause.right]
    return _names(part.text_before(text), topic) and not _names(wide, topic)


def _names(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def _breaks_down(parts: Parts, whole: Claim, own: Sequence[Claim]) -> bool:
    """Whether what there is breaks down into what there is: 权力事项203项，其中行政检查9项."""
    return parts.sure and whole.card.stock and len(own) > 0 and not own[0].card.stock


def _belongs(text: str, found: Sequence[Clause], parts: Parts, number: int, own: Sequence[Claim]) -> bool:
    """Whether a part is of its whole's indicator, and not of the one that claims it by itself."""
    summed = _adds_up(found, parts)
    if not own:
        return parts.additive or summed
    if own[0].ref.cue.weak:
        return parts.additive or parts.sure or summed
    if parts.additive and _KIND.search(found[number].text_before(text)):
        return True
    return parts.sure and summed and len(parts.parts) > 2 and not _names_wholly(text, own[0])


def _through(claim: Claim, clause: Clause, via: Via) -> Claim:
    """Return a claim on a figure through another's: the evidence runs from the one to the other."""
    start = min(claim.start, clause.left)
    return replace(claim, clause=clause, start=start, end=clause.quantity.end, via=via)


def _names_wholly(text: str, claim: Claim) -> bool:
    """Whether the head is all that the clause names: 行政处罚, but not 移交 in 派出所移交."""
    return text[claim.clause.left : claim.head.start].strip("、,，:其中") == ""


def _adds_up(found: Sequence[Clause], parts: Parts) -> bool:
    total = sum((found[number].quantity.value for number in parts.parts), Decimal(0))
    return total == found[parts.whole].quantity.value


def _continue_lists(
    text: str, claims: dict[int, list[Claim]], refused: Collection[int], found: Sequence[Clause]
) -> None:
    """Give 、省级16个 after 国家级示范村2个 to the same indicator: the item only qualifies."""
    for clause in found[1:]:
        before, own = claims.get(clause.index - 1, []), claims.get(clause.index, [])
        if clause.index in refused or len(before) != 1 or any(not claim.ref.cue.weak for claim in own):
            continue
        previous = found[clause.index - 1]
        gap = text[previous.quantity.end : clause.quantity.start]
        one = before[0]
        # 区级 within 自治区级 says nothing against it.
        plain = gap.replace("自治区级", "")
        denied = any(word in plain for word in (*one.ref.cue.without, *one.card.without))
        if denied:
            continue
        visits = _is_visit(previous.quantity) and _is_visit(clause.quantity)
        if visits and not own and _VISITED.fullmatch(gap):
            claims[clause.index] = [_through(one, clause, Via.LIST)]
        if previous.quantity.unit != clause.quantity.unit:
            continue
        qualifies = (not own and _QUALIFIES.fullmatch(gap) is not None) or _HANDED.fullmatch(gap) is not None
        qualifies = qualifies or _is_of_kinds(one.card, gap)
        if qualifies or _repeats(previous.text_before(text), gap):
            claims[clause.index] = [_through(one, clause, Via.LIST)]


def _is_visit(quantity: Quantity) -> bool:
    """Whether a figure counts visits to places: 家次, 间次, 艘次."""
    return quantity.kind is UnitClass.PLACE and len(quantity.unit) > 1 and quantity.unit.endswith("次")


def _gap(text: str, found: Sequence[Clause], number: int) -> str:
    """Return what stands between a figure and the stop or figure before it."""
    return found[number].text_before(text)


def _is_of_kinds(card: Card, name: str) -> bool:
    """Whether a name is made of nothing but kinds of what an indicator counts."""
    pattern = _kinds_pattern(card.kinds)
    return pattern is not None and pattern.fullmatch(name) is not None


@cache
def _kinds_pattern(kinds: tuple[str, ...]) -> Any:
    if not kinds:
        return None
    names = "|".join(regex.escape(kind) for kind in sorted(kinds, key=lambda kind: (-len(kind), kind)))
    return regex.compile(rf"(?:{_GLUE})*(?:(?:{names})(?:{_GLUE})*)+")


def _repeats(name: str, item: str) -> bool:
    """Whether an item names the same but for its qualifier: 村级矛盾纠纷7件，镇级矛盾纠纷3件."""
    noun = item.lstrip("、,，")
    ends = zip(reversed(name), reversed(noun), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    return len(noun) < len(item) and shared >= _NOUN and len(noun) - shared <= _QUALIFIER
