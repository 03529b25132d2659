"""Figures that a text deals out among several names: 分别为12件、3件, 各1次, 均为100%."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from nianbao.grammar.clauses import Clause
from nianbao.grammar.units import UnitClass

# 分别为6次、9次; 分别学法6次、9次: the verb is for all of them.
_RESPECTIVELY = regex.compile(r"分别(?:为|是|达到?|有|计|共|约)*(?P<verb>[^,，、。;；:()\d]{0,8})$")
_EACH = regex.compile(
    r"(?:双|各|(?:均|都|皆|同|双双|全部?|一律|同样)(?:为|是|达到?|在|超过?|高于|实现|(?:保持|稳定|维持)(?:在|为)?)"
    r"|均|都|皆|各为|各开展|各举办|各召开)了?$"
)
# 参考率、合格率100%: rates that share their names' clause share the figure.
_RATES = regex.compile(
    r"(?:率|度)(?:、|和|及|与|以及)(?:\p{Han}{1,8}(?:率|度)(?:、|和|及|与|以及))*\p{Han}{0,8}(?:率|度)"
    r"(?P<verb>(?:继续|始终|一直|基本)?(?:保持|达到?|为|实现|是|持续)*(?:在|了)?)$"
)
_COUNTED_RATES = regex.compile("[两二三四五2345]个$")
_JOINT = regex.compile(r"[、,，]|以及|及(?!格|时)|和(?!解|谐|睦|平|基本满意)|与(?!会)")
_ONLY_JOINT = regex.compile(r"[、,，和及与;；]+")


@dataclass(frozen=True, slots=True)
class Deal:
    """A figure and the name that it is for.

    Args:
        clause: the figure's clause.
        name: the span of the name.
        shared: whether several names have this figure (各, 均).
        verb: the span of the verb after 分别, which is for all names; empty where there is none.
        last: the span of the last name, whose end may be for all names: 中心组、办公会学法.
        first: the number of the run's first figure.
    """

    clause: Clause
    name: tuple[int, int]
    shared: bool
    verb: tuple[int, int]
    last: tuple[int, int]
    first: int


def dealt(text: str, clauses: tuple[Clause, ...]) -> Iterator[Deal]:
    """Yield each figure that is dealt out, once for each name that it is for.

    Args:
        text: the shadow's text.
        clauses: the clause of every quantity.
    """
    for index, clause in enumerate(clauses):
        before = text[clause.left : clause.quantity.start]
        start = clause.left
        if not before and index and _COUNTED_RATES.search(text, start - 6, start):
            # 面商率、办复率实现两个100%: how many rates there are says nothing itself.
            start = clauses[index - 1].left
            before = text[start : clauses[index - 1].quantity.start] + "均"
        match = _RESPECTIVELY.search(before)
        each = None if match else _EACH.search(before)
        if match is None and each is None and clause.quantity.kind is UnitClass.RATE:
            each = _RATES.search(before)
        found = match or each
        if found is None:
            continue
        last = found.start("verb") if found.re is _RATES else found.start()
        end = start + last
        if not before[:last].strip("、,，"):
            if not clause.bare:
                continue
            start, end = clause.carried
        names = list(_names(text, start, end))
        if len(names) < 2:
            continue
        verb = (end, end)
        if match is not None:
            verb = clause.left + match.start("verb"), clause.left + match.end("verb")
        run = [clause] * len(names) if each else _run(text, clauses, index, len(names))
        for one, name in zip(run, names, strict=False):
            yield Deal(one, name, each is not None, verb, names[-1], index)


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for joint in _JOINT.finditer(text, start, end):
        if joint.start() > position:
            yield position, joint.start()
        position = joint.end()
    if position < end:
        yield position, end


def _run(text: str, clauses: tuple[Clause, ...], first: int, most: int) -> list[Clause]:
    """Return the figures that follow one another with nothing but a joint between them."""
    run = [clauses[first]]
    for number in range(first + 1, min(first + most, len(clauses))):
        gap = text[clauses[number - 1].quantity.end : clauses[number].quantity.start]
        if not _ONLY_JOINT.fullmatch(gap):
            break
        run.append(clauses[number])
    return run if len(run) == most else []
