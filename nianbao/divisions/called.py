"""The province that a text calls without its ending, where it names no place in full."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nianbao.divisions.manners import Manner, manner_of
from nianbao.divisions.names import Mention, without_ending

if TYPE_CHECKING:
    from nianbao.divisions.directory import Divisions
    from nianbao.divisions.names import Division

# 河南街道, 西藏路 and 吉林市 are no provinces.
_NO_PROVINCE = re.compile(r"[市县区州盟旗镇乡村路街]|蒙古族|大学|籍|[^，。；\n]{0,3}(?:干部|学生|班|商会)")
# 考察江西, 法治江西, 《江西…: said of one's own province.
_CUE_BEFORE = re.compile(r"(?:考察|视察|总书记对|法治|平安|幸福|美丽|数字|清廉|《)$")
_CUE = re.compile(r"(?:实践|篇章|高质量|实际|工作(?:的)?重要(?:讲话|指示))")
# Enough by itself.
_SURE = re.compile(r"(?:总书记[^，。；\n]{0,8}(?:考察|视察|对|来|在)|法治)$")
# 北京冬奥会, 上海合作组织: any report may hold them.
_CAPITALS = ("11", "31")
# Beyond it, nobody reports.
_LAST = "65"


def province_called(directory: Divisions, text: str) -> Division | None:
    """Return the one province that a text calls without its ending (法治广西, 总书记考察广西).

    One that is visited, helped or learnt from does not count; of two provinces, neither is returned.
    """
    called: Counter[Division] = Counter()
    cued: Counter[Division] = Counter()
    for province in directory.provinces:
        if province.code in _CAPITALS or province.code > _LAST:
            continue
        name = without_ending(province.name)
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            mention = Mention(name, at, end)
            is_cued = bool(_CUE_BEFORE.search(text, max(0, at - 4), at) or _CUE.match(text, end))
            sure = _SURE.search(text, max(0, at - 14), at) is not None
            cued[province] += 2 * sure or is_cued
            is_own = is_cued or manner_of(text, [mention]) is not Manner.ELSEWHERE
            if is_own and not _NO_PROVINCE.match(text, end):
                called[province] += 1 + sure
            at = text.find(name, end)
    if len(called) != 1:
        return None
    province, times = next(iter(called.items()))
    return province if cued[province] and times > 1 else None
