"""The province that a text calls without its ending, where it names no place in full."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nianbao.divisions.evidence import Manner, manner_of
from nianbao.divisions.names import Mention, without_ending

if TYPE_CHECKING:
    from nianbao.divisions.directory import Division, Divisions

# 河南街道, 西藏路 and 吉林市 are no provinces.
_NO_PROVINCE = re.compile(r"[市县区州盟旗镇乡村路街]|蒙古族|大学|籍|[^，。；\n]{0,3}(?:干部|学生|班|商会)")
# 北京冬奥会, 上海合作组织: any report may hold them.
_CAPITALS = (11, 31)


def province_called(directory: Divisions, text: str) -> tuple[Division, int] | None:
    """Return the one province that a text calls without its ending (按照《广西…方案》), and how often.

    One that is visited, helped or learnt from does not count; of two provinces, neither is returned.
    """
    called: Counter[Division] = Counter()
    for code in range(12, 66):
        province = directory.by_code(str(code)) if code not in _CAPITALS else None
        name = without_ending(province.name) if province else ""
        at = text.find(name) if name else -1
        while province and at >= 0:
            end = at + len(name)
            mention = Mention(name, at, end)
            if not _NO_PROVINCE.match(text, end) and manner_of(text, [mention]) is not Manner.ELSEWHERE:
                called[province] += 1
            at = text.find(name, end)
    return next(iter(called.items())) if len(called) == 1 else None
