"""How far the same cases came, told figure by figure: 收到76件，受理71件，审结68件."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from plugins.validators.sentences import Spot

_STAGES = tuple(
    re.compile(words)
    for words in (
        "排查|摸排|摸底|发现|查出|收到|接到|接收|申请|发生|发放|发出",
        "受理|立案|登记|承办|交办|转办|[收回]回",
        "调解(?!员|委|组织|中心|室|协议)|调处|处置|处理|办理",
    )
)
_ANY_STAGE = re.compile("|".join(words.pattern for words in _STAGES))
_TWICE = 2


def in_stages(spots: Sequence[Spot]) -> bool:
    """Whether figures tell how far the same cases came, and so none stands beside another.

    One figure does; of several each must be of a later stage than the one before, and most of it.
    """
    return all(_is_next(one, other) for one, other in pairwise(spots))


def _is_next(one: Spot, other: Spot) -> bool:
    most = other.quantity.value <= one.quantity.value <= _TWICE * other.quantity.value
    return most and _stage(one) < _stage(other) < len(_STAGES)


def _stage(spot: Spot) -> int:
    told = spot.name if _ANY_STAGE.search(spot.name) else spot.gap
    return next((rank for rank, words in enumerate(_STAGES) if words.search(told)), len(_STAGES))
