"""One fact told twice word for word with other figures: 排查矛盾纠纷213起 in the work, 231起 further on.

In 240 clean reports three clauses stand twice with other figures: who a case is about, a fine, a rate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import regex

from nianbao import SectionKind
from nianbao.grammar.units import UnitClass
from plugins.validators.claims import Claim, is_slip
from plugins.validators.recalled import looks_back
from plugins.validators.scopes import LIMITED
from plugins.validators.sentences import alike

_LEAD = re.compile(
    r"^(?:[一二三四五六七八九]是|全年|今年以来|今年|本年度?|年内|20\d\d年度?(?:以来)?|一年来|一年中|年度|共计|共有|总共|共|累计|先后|虽然?|尽管|在|从|对|已|我[镇乡局县区市]|我街道"
    r"|全[镇乡县区市局]"
    r"|(?:街道|镇|乡|县|区|市|局)(?=全年|今年|累计|共|先后|已))+"
)
_TELLING, _SPELT_OUT = 4, 6
_LONGEST = 24
_FEW = 10
_WIDEST = 3
# What a figure before it is about in passing, one by one.
_ASIDE = re.compile(
    r"^(?:涉及|涉案|涉|罚款|罚没|金额|面积)|^(?:惠及|参与|参加|受益|参训|覆盖|出动)[^，]{0,4}$|(?:合计|每[^，]*|平均|各)$"
)
# Whose, or how, of the longer of two names alone.
_NARROWER = regex.compile(
    r"主要|负责|书记|[镇乡县区市局](?:长|级)|主任|分管|牵头|参加|配合|协助|联合|其中|村|社区|专项|行动|期间|领域|季度|半年|月|新增|所|站|中心|队|企业|学校|部门|各"
)
# Sessions of which those in charge may have held fewer.
_HELD = frozenset({"次", "场", "场次", "批", "批次", "期", "人次"})
_MOST_TELLINGS = 12
# 在今年查处48件的基础上
_FRAME = regex.compile(r"^的?基础上.*|的$")


def told_verbatim(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the pairs of claims in the same words with other figures, in the text's order.

    Args:
        claims: the report's, in order.
    """
    by_ending: dict[str, list[tuple[Claim, str]]] = defaultdict(list)
    for claim in claims:
        name = _name(claim)
        if len(name) >= _TELLING and claim.spot.quantity.kind is not UnitClass.RATE:
            by_ending[name[-_TELLING:]].append((claim, name))
    for told in by_ending.values():
        for (one, mine), (other, theirs) in combinations(told, 2) if len(told) <= _MOST_TELLINGS else ():
            if _is_one_fact(one, mine, other, theirs):
                yield one, other


def _name(claim: Claim) -> str:
    """Return the words before a figure in its clause, without when and whose they are."""
    name: str = _LEAD.sub("", claim.before)
    return "" if _ASIDE.search(name) or len(name) > _LONGEST else name


def _is_one_fact(one: Claim, mine: str, other: Claim, theirs: str) -> bool:
    values = one.spot.quantity.value, other.spot.quantity.value
    if one.sentence is other.sentence or values[0] == values[1]:
        return False
    # What is so much more is of another whole.
    if max(values) > _WIDEST * min(values) and not is_slip(one, other):
        return False
    if not alike(one.spot.quantity, other.spot.quantity) or not _are_same(one, mine, other, theirs):
        return False
    if one.part is other.part and not _of_the_year(one, other):
        return False
    if not (looks_back(one) and looks_back(other)):
        return False
    return _limited_alike(one, other) and not (_held_fewer(one, other) or _held_fewer(other, one))


def _of_the_year(one: Claim, other: Claim) -> bool:
    """Whether both are told of the whole year; or one is, and the other is a slip of it, or more than it."""
    if one.told_fully and other.told_fully:
        return True
    whole, part = (one, other) if one.told_fully else (other, one)
    more = part.spot.quantity.value > whole.spot.quantity.value
    return whole.told_fully and (more or is_slip(one, other))


def _are_same(one: Claim, mine: str, other: Claim, theirs: str) -> bool:
    """Whether two names are one, or the longer only says more plainly whose it is."""
    if mine == theirs:
        return len(mine) >= _SPELT_OUT or _after(one) == _after(other) != ""
    (less, short), (more, long) = sorted(((mine, one), (theirs, other)), key=lambda told: len(told[0]))
    if len(less) < _SPELT_OUT or not more.endswith(less) or _NARROWER.search(more[: -len(less)]):
        return False
    # What is told in more words may be a part, and so be less.
    few = min(short.spot.quantity.value, long.spot.quantity.value) < _FEW
    return long.spot.quantity.value > short.spot.quantity.value or (is_slip(one, other) and not few)


def _after(claim: Claim) -> str:
    return str(_FRAME.sub("", claim.after.strip("。;；")))


def _limited_alike(one: Claim, other: Claim) -> bool:
    """Whether both are confined alike, or what is confined (在市容领域，共办理23件) is more than all."""
    limits, others = (frozenset(LIMITED.findall(_lead_to(claim))) for claim in (one, other))
    if limits == others:
        return True
    part, whole = (one, other) if limits else (other, one)
    return not (limits and others) and part.spot.quantity.value > whole.spot.quantity.value


def _lead_to(claim: Claim) -> str:
    return claim.sentence.before(claim.spot).rpartition(";")[2]


def _held_fewer(one: Claim, other: Claim) -> bool:
    """Whether one tells of those in charge that they held no more sessions than there were."""
    in_charge = one.part is SectionKind.RESPONSIBILITY and one.spot.quantity.unit in _HELD
    return in_charge and one.spot.quantity.value <= other.spot.quantity.value
