"""The figures before a list that may be its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.grammar.units import UnitClass
from plugins.validators import listwords as words
from plugins.validators.sentences import Spot, alike

_TOO_FAR = 3
_ASIDES = (UnitClass.RATE, UnitClass.MONEY)
# 出庭3次（占全局11次的一部分）: the bracket tells the whole, of which the figure before it is a part.
_WITHIN = re.compile(
    r"^\((?:均|都|已|也|全部|同时)*(?:满分|总分|上限|(?:总?共|合计)涉及|列入|计入|纳入|归入|并入|统计[入在]|包[含括]在|含在|占|属于|来自|源自|取自|系|为)"
    r"[^,，()\d]*$"
)
# 受理14件（申请16件，2件撤回）
_TAKEN_FROM = re.compile(
    r"^\((?:共|全年|实际|当年|累计)*(?:收到|申请|接到|登记|报名|提出|来[信访文])[^,，()\d]{0,8}$"
)


def wholes_before(
    spots: Sequence[Spot], first: int, parts: Sequence[Spot], *, bracket: bool
) -> Iterator[Spot]:
    """Yield the figures before a list that it may break down, the nearest first."""
    if not parts:
        return
    found = False
    changes: list[Spot] = []
    passed = 0
    for spot in reversed(spots[:first]):
        passed += 1
        if alike(spot.quantity, parts[0].quantity) and spot.quantity.kind is not UnitClass.RATE:
            # 处罚75起，较上年增加14起，其中…: of the change only where there is nothing else.
            if not found and words.tells_change(spot.gap):
                changes.append(spot)
                continue
            yield spot
            found = True
        elif bracket or (not found and passed >= _TOO_FAR):
            break
        elif spot.quantity.kind in _ASIDES:
            # 立案74件，罚款28万元，没收6320元。其中，…: what came of it parts nothing.
            passed -= 1
        if found and words.strength(spot.gap) > 1:
            break  # 治安案件2986起；复议案件21起，其中…
    yield from changes


def tells_whole(spots: Sequence[Spot], number: int) -> bool:
    """Whether a bracket tells of what the figure before it is a part: 调解18件（计入上述139件）."""
    larger = spots[number].quantity.value > spots[number - 1].quantity.value
    gap, after = spots[number].gap, spots[number].after
    gap = gap[max(gap.find("("), 0) :]
    # 实有14人（23名持证人员中其余9人在机关）
    told = _WITHIN.match(gap) or _TAKEN_FROM.match(gap) or (gap == "(" and "中" in after)
    return larger and bool(told)
