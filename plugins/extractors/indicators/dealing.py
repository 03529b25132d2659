"""Figures that a text deals out among several names: 分别为12件、3件, 各1次, 均为100%."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from nianbao.grammar.clauses import Clause

_RESPECTIVELY = regex.compile(r"分别(?:为|是|达|达到|有|计|共|约)*$")
_EACH = regex.compile(
    r"(?:双|各|均|均为|均是|均达到?|均保持(?:在|为)?|均实现|都是|都为|都达到?|皆为|双双达到?|全部达到?|全部为|各为|各开展|各举办|各召开)了?$"
)
_JOINT = regex.compile(r"[、,，]|以及|及(?!格|时)|和(?!解|谐|睦|平)|与(?!会)")
_ONLY_JOINT = regex.compile(r"[、,，和及与;；]+")


@dataclass(frozen=True, slots=True)
class Deal:
    """A figure and the span of one name that it is for; `shared` where several names have it (各, 均)."""

    clause: Clause
    name: tuple[int, int]
    shared: bool


def dealt(text: str, clauses: tuple[Clause, ...]) -> Iterator[Deal]:
    """Yield each figure that is dealt out, once for each name that it is for.

    Args:
        text: the shadow's text.
        clauses: the clause of every quantity.
    """
    for index, clause in enumerate(clauses):
        before = text[clause.left : clause.quantity.start]
        start = clause.left
        match = _RESPECTIVELY.search(before)
        each = None if match else _EACH.search(before)
        found = match or each
        if found is None:
            continue
        end = start + found.start()
        if not before[: found.start()].strip("、,，"):
            if not clause.bare:
                continue
            start, end = clause.carried
        names = list(_names(text, start, end))
        if len(names) < 2:
            continue
        if each:
            for name in names:
                yield Deal(clause, name, shared=True)
        else:
            for dealt_clause, name in zip(_run(text, clauses, index, len(names)), names, strict=False):
                yield Deal(dealt_clause, name, shared=False)


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
