"""Which figures a text tells as parts of which: 其中, brackets, lists after a colon."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from nianbao.grammar.clauses import Clause
from nianbao.grammar.units import COUNTS, UnitClass

_OPENS = regex.compile(r"其中|包括|包含|分别(?:是|为)|\(含|[,，]含")
# A new statement, which no longer belongs to the whole before it.
_BREAKS = regex.compile(r"共计|合计|累计|总计|全年|此外|另外|同时|[一二三四五六七八九]是|另有|还|并(?!列)|开展|组织|举办|召开|发放|累计")
_OUTCOME = regex.compile(r"成功|办结|化解|整改|完成|达成|履行|结案|答复|回复|满意|撤销|维持|胜诉|败诉|审结|开庭|出庭|采纳|处置|终止|驳回|撤回|解决|涉及|兑现|金额|罚")


@dataclass(frozen=True, slots=True)
class Parts:
    """A whole and the figures told as its parts, by their numbers among the clauses.

    Args:
        whole: the number of the whole.
        parts: the numbers of its parts, in order.
        additive: whether the parts are of one kind with the whole, so that they may be added up
            (an outcome such as 办结 or 维持 is no summand).
        complete: whether the text presents the parts as all of the whole (分别为, a part named 其他).
    """

    whole: int
    parts: tuple[int, ...]
    additive: bool
    complete: bool


def find_parts(text: str, clauses: tuple[Clause, ...]) -> tuple[Parts, ...]:
    """Find the wholes that a text breaks down.

    Args:
        text: the shadow's text.
        clauses: the clause of every quantity.
    """
    found: list[Parts] = []
    index = 0
    while index < len(clauses) - 1:
        parts = _parts_after(text, clauses, index)
        if parts is None:
            index += 1
        else:
            found.append(parts)
            index = max(index + 1, parts.parts[-1])
    return tuple(found)


def _parts_after(text: str, clauses: tuple[Clause, ...], whole: int) -> Parts | None:
    first = clauses[whole]
    if first.quantity.kind not in COUNTS:
        return None
    gap = _gap(text, clauses, whole + 1)
    if gap is None:
        return None
    opened = _OPENS.search(gap)
    bracket = gap.startswith("(")
    colon = gap.startswith((":", "："))
    if not (opened or bracket or colon) or (opened and "。" in gap):
        return None
    numbers: list[int] = []
    additive = True
    for number in range(whole + 1, len(clauses)):
        between = _gap(text, clauses, number)
        if between is None:
            break
        if numbers and (_BREAKS.search(between) or (bracket and ")" in between) or _OPENS.search(between)):
            break
        quantity = clauses[number].quantity
        if quantity.kind is UnitClass.RATE:
            continue
        if quantity.unit != first.quantity.unit and quantity.kind is not first.quantity.kind:
            if numbers:
                break
            return None
        additive = additive and not _OUTCOME.search(text[clauses[number].left : quantity.start])
        numbers.append(number)
    if not numbers:
        return None
    last = clauses[numbers[-1]]
    name = text[last.left : last.quantity.start]
    complete = bool(opened and opened.group().startswith("分别")) or regex.search("其他|其它|其余", name) is not None
    return Parts(whole, tuple(numbers), additive, complete and len(numbers) > 1)


def _gap(text: str, clauses: tuple[Clause, ...], number: int) -> str | None:
    """Return what stands between a figure and the one before it; None across a sentence's end."""
    before, this = clauses[number - 1], clauses[number]
    if before.sentence != this.sentence:
        return None
    return text[before.quantity.end : this.quantity.start]
