"""The figures that go on as parts of one kind, from the first of them on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.grammar.units import UnitClass
from plugins.validators import listwords as words
from plugins.validators.listnames import are_ways_in, side_by_side
from plugins.validators.listshares import share_after
from plugins.validators.sentences import Spot, alike

OPENS = re.compile(
    r"(?P<among>[其当]中)|(?P<loose>(?<!不)(?:包括|包含|涵盖))|(?P<some>[(,，、](?:内)?含(?![量于]))"
    r"|(?P<dealt>(?:分别|依次)(?:为|是|有))|(?P<shown>具体(?:为|是)|[，,](?:计有|即(?=[\u4e00-\u9fff]{2,12}\d))"
    r"|[，,][\u4e00-\u9fff]{0,6}(?:结果|结论|构成|来源|类型|类别|性质|方式|去向|渠道)(?:为|是|如下)?[:：])"
)
_CLOSED = re.compile(r"\([^()]*\)")


def bare(gap: str) -> str:
    """Return what joins two figures without the brackets that close between them: 45件（含微信）、36件."""
    return str(_CLOSED.sub("", gap)) if "(" in gap else gap


def run(spots: Sequence[Spot], first: int, *, bracket: bool) -> Iterator[Spot]:
    """Yield the figures that go on as parts of one kind."""
    head = spots[first]
    joint: int | None = None
    inner = 0
    gap = ""
    count = 0
    for spot in spots[first:]:
        if spot is not head:
            gap += spot.gap
            inner += spot.gap.count("(") - spot.gap.count(")")
            if inner < 0 and bracket:
                return
            inner = max(inner, 0)
            same = alike(spot.quantity, head.quantity) or are_ways_in(head, spot)
            if inner or (not same and _is_aside(spot)):
                if words.NEW.search(spot.gap):
                    return
                continue
            strength = words.strength(gap)
            if count > 1 and strength == 1 and words.REST.search(spot.gap) and same:
                yield spot
                return
            if not same or (joint is not None and strength > joint):
                return
            first_stop = count == 1 and strength == 2
            if (first_stop and not _goes_on(spots, head, spot)) or (strength == 1 and _turns(head, spot)):
                return
            # 重大事项20项，这20项中有18项…: what is taken up again begins anew.
            if (
                spot.name == "这"
                or OPENS.search(bare(spot.gap))
                or words.tells_change(spot.gap)
                or (words.breaks(spot.name, head.name) and not _are_shared(spots, head, spot))
            ):
                return
            joint = strength if joint is None else max(joint, strength)
        yield spot
        count += 1
        gap = ""


def _turns(head: Spot, spot: Spot) -> bool:
    """Whether a figure is named on the other side than the first part: 其中141项实现…，精简证明材料32项."""
    return bool(not head.called and head.after and spot.called)


def _goes_on(spots: Sequence[Spot], head: Spot, spot: Spot) -> bool:
    """Whether a list goes on past its first semicolon: each part with its share, or all called alike."""
    alike_told = words.parallel([head.called, spot.called]) or side_by_side(spots, head)
    return alike_told or _are_shared(spots, head, spot)


def _are_shared(spots: Sequence[Spot], *parts: Spot) -> bool:
    """Whether figures are told each with its share, as the parts of one whole are, and none begins anew."""
    shared = all(share_after(spots, spots.index(part)) for part in parts)
    return shared and not words.NEW.search(parts[-1].name)


def _is_aside(spot: Spot) -> bool:
    """Whether a figure of another kind tells more of the part before it: its share, its fine."""
    return spot.quantity.kind in (UnitClass.RATE, UnitClass.MONEY, UnitClass.POINT) or bool(
        words.ASIDE.search(spot.name)
    )
