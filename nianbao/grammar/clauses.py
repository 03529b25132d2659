"""What belongs to a figure: its own clause on both sides, and what stands before in the sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from nianbao.grammar.quantity import Quantity
from nianbao.grammar.reading import Reading

_STOPS = "，,；;：:()。!?\n\t"
# A short gloss such as 村（居） interrupts nothing, nor does what is counted in or left out.
_GLOSS = r"\((?:[^()\d,，。;；]{1,8}|(?:不?含|不?包括|除)[^()\d。;；]{1,24})\)"
_STOP = regex.compile(rf"{_GLOSS}(*SKIP)(*FAIL)|[{regex.escape(_STOPS)}]")
_FROM = regex.compile(
    r"(?:(?:由|从)(?:上年|去年|原来|最初|之前|以前|原先|\d{4}年)?(?:度)?|[将把](?:原来|原有|原先|原))的?$"
)
_TO = regex.compile(r"[^,，。;；、\d]{0,6}(?:至|到|为|成)")
_SEMICOLON = regex.compile("[;；]")
# How far back a verb may govern the items of a list.
LIST_REACH = 150
_LIST_JOINTS = frozenset("、和及与")
# “法律明白人”作用，每个社区不少于4名，共选聘58名: the name stands before the norm.
_NORM = regex.compile(
    r"(?:每|各)(?:个|名|所)?(?:行政村|村|社区|嘎查|网格|单位|镇|街道)[^,，。;；、]{0,6}\d+(?:名|人|个|户)(?:以上)?"
)
# Possessive, or a long row of fillers would be tried in every way; longer words stand before their prefixes.
# Words between a clause's head and its figure that name nothing: 全年共计, 累计达, 截至目前.
_FILLER = regex.compile(
    r"(?:全年|今年以来|今年|本年度|年度|年内|一年来|截[至止]{1,2}(?:到)?目前|目前|先后|总共|一共|累计|合计|总计"
    r"|共计|共|现已|已经|已|约|达到|达|增至|增加到|增加至|扩大到|扩充到|扩充至|上升到|计|为|有|了|均|总数|数量|次数|件数|人数|数|是|分别|全部|各类|各项|各|等|其中|的"
    r"|:|“|”|、|和|及|以及|并|总量|规模|人次|场次|实有|现有|在编|在岗|全镇|全街道|我镇|全乡|我街道|我局|我县|我区|我乡"
    r"|一年下来|一年里|全年下来|前后|合起来|加起来|眼下|(?:学|讲|办|搞|开|跑|审|拆|接|收|做|写|听|看|送|查|上|考|发|调|安排|组织)[了过]|20\d\d年度?"
    r"|(?:我|本)?(?:局|镇|乡|街道|县委?|区委?|市委?)?(?:党委|党组|党工委)"
    r"|安排|召开|举办|开展|组织|办理|完成|培养|培育|实际|选聘|遴选|选拔|配备|发展|建立|建成|设立|实施|进行|实现|公开|发布|审查|审核)*+"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The surroundings of one figure: offsets count in the shadow.

    Args:
        quantity: the figure.
        sentence: the span of its sentence.
        left: where its own clause begins on the left (past a stop or the figure before).
        list_start: where the list begins of which it is an item (发放手册500份、折页300份); else `left`.
        right: where its own clause ends on the right (at a stop or the next figure).
        stop: the next stop on the right.
        bare: whether the clause names nothing on the left of the figure.
        carried: the span of the clause before, from which the name carries over when `bare`.
        index: the figure's number among the reading's quantities.
        superseded: whether it is only where a change began: 由96次压减至54次.
        changed_from: where the figure ends from which this one changed (54次 in that case); 0 for most.
    """

    quantity: Quantity
    sentence: tuple[int, int]
    left: int
    list_start: int
    right: int
    stop: int
    bare: bool
    carried: tuple[int, int]
    index: int
    superseded: bool = False
    changed_from: int = 0

    def text_before(self, text: str) -> str:
        """Return the text of its own clause before the figure."""
        return text[self.left : self.quantity.start]


def clauses(reading: Reading) -> tuple[Clause, ...]:
    """Return the clause of every quantity, in order."""
    text = reading.shadow.text
    # The text is searched backwards for stops by walking one list of them.
    stops = [match.start() for match in _STOP.finditer(text)]
    found: list[Clause] = []
    cursor = 0
    quantities = reading.quantities
    for index, quantity in enumerate(quantities):
        while cursor < len(stops) and stops[cursor] < quantity.start:
            cursor += 1
        start, end = reading.sentence(quantity.start)
        last_stop = stops[cursor - 1] + 1 if cursor else 0
        before = quantities[index - 1].end if index else 0
        left = max(start, last_stop, before)
        follow = cursor
        while follow < len(stops) and stops[follow] < quantity.end:
            follow += 1
        next_stop = stops[follow] if follow < len(stops) else len(text)
        after = quantities[index + 1].start if index + 1 < len(quantities) else len(text)
        right = max(min(end, next_stop, after), quantity.end)
        bare = names_nothing(text, left, quantity.start)
        carried = (left, left)
        if bare:
            position = cursor - 1
            while position >= 0 and _passed_over(text, stops[position] + 1, left):
                position -= 1
            if _SEMICOLON.search(text, max(start, stops[position] + 1 if position >= 0 else 0), left):
                position = cursor - 1
            carried_end = stops[position + 1] if position + 1 < cursor else left
            carried_start = stops[position] + 1 if position >= 0 else 0
            carried = (max(start, carried_start), max(start, min(carried_end, left)))
            # 村级培训10场，总共20场，共计450人次: a bare figure between passes the name on.
            if (
                found
                and found[-1].bare
                and found[-1].carried[1] > start
                and carried[0] >= found[-1].carried[1]
            ):
                carried = found[-1].carried
        list_start, changed_from = left, 0
        if found and left == before and _changed_to(text, found[-1], quantity):
            found[-1] = replace(found[-1], superseded=True)
            left, changed_from = found[-1].left, before
            list_start = left
        elif found and quantity.start == before and not found[-1].bare:
            # 拆除违建7户1300平方米、棚房3处: the list goes on past the measure.
            list_start = max(found[-1].list_start, left - LIST_REACH)
        elif found and left == before and {text[before], text[quantity.start - 1]} & _LIST_JOINTS:
            list_start = max(found[-1].list_start, left - LIST_REACH)
        found.append(
            Clause(
                quantity,
                (start, end),
                left,
                list_start,
                right,
                min(end, next_stop),
                bare,
                carried,
                index,
                changed_from=changed_from,
            )
        )
    return tuple(found)


def _passed_over(text: str, start: int, end: int) -> bool:
    """Whether what stands between a name and its figure names nothing, or is but a norm."""
    return all(
        names_nothing(part, 0, len(part)) or _NORM.fullmatch(part) for part in _STOP.split(text[start:end])
    )


def _changed_to(text: str, before: Clause, quantity: Quantity) -> bool:
    """Whether two figures tell a change from the one to the other: 由6个整合为3个."""
    return (
        before.quantity.kind is quantity.kind
        and _FROM.search(before.text_before(text)) is not None
        and _TO.fullmatch(text[before.quantity.end : quantity.start]) is not None
    )


def names_nothing(text: str, start: int, end: int) -> bool:
    """Whether a span holds nothing but fillers and stops."""
    if start >= end:
        return True
    stripped = text[start:end].strip(_STOPS)
    return _FILLER.fullmatch(stripped) is not None
