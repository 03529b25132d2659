"""Sections: the report's headings, how deep they stand, and which mandated part each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao import SECTIONS, Context, Document, Extractor, Field, Section, SectionKind, hookimpl
from nianbao.catalogue.outline import Outline, load_outline
from nianbao.grammar.headings import Heading, read_outline

NAME = "outline"
_DEEPEST = 3
_YEAR = re.compile(r"(20\d\d)年(?!来|以来)")
_PLANNED = re.compile(r"下一?步|下一?阶段|明年|来年|下一?年度?|今后")
_OPENING = 30
_DONE = (SectionKind.ACHIEVEMENTS, SectionKind.OTHER)


def extract(document: Document, context: Context) -> Iterator[Section]:
    """Yield the sections of levels 1 to 3, each from its heading to the next of its level or a higher one."""
    knowledge = load_outline()
    text = document.text
    styles = {block.start: block.level for block in document.blocks if block.level is not None}
    outline = read_outline(text, lambda wording: next(iter(knowledge.kinds(wording)), None), styles)
    headings = [heading for heading in outline.headings if heading.level <= _DEEPEST]
    year = context.report.year if context.report else None
    kinds = _part_kinds(text, [heading for heading in headings if heading.level == 1], knowledge, year)
    open_kinds: list[SectionKind | None] = [None] * (_DEEPEST + 1)
    for position, heading in enumerate(headings):
        kind = kinds.get(heading.start)
        if kind is None:
            kind = _inner_kind(text, heading, open_kinds[heading.level - 1], knowledge)
        open_kinds[heading.level :] = [kind] * (_DEEPEST + 1 - heading.level)
        yield Section(
            heading=text[heading.start : heading.end],
            kind=kind,
            start=heading.start,
            end=_section_end(headings, position, outline.end),
            level=heading.level,
            extractor=NAME,
            number=heading.number,
            style=heading.style,
        )


def _section_end(headings: Sequence[Heading], position: int, end: int) -> int:
    level = headings[position].level
    following = (heading.start for heading in headings[position + 1 :] if heading.level <= level)
    return next(following, max(end, headings[position].end))


def _inner_kind(text: str, heading: Heading, parent: SectionKind | None, knowledge: Outline) -> SectionKind:
    """Return the kind of a lower section: its part's, unless it tells of the responsible persons' duties."""
    own = knowledge.kinds(text[heading.body : heading.end])
    if SectionKind.RESPONSIBILITY in own[:1] and parent in (*_DONE, None):
        return SectionKind.RESPONSIBILITY
    if parent is None:
        return own[0] if own else SectionKind.OTHER
    return parent


def _part_kinds(
    text: str, parts: Sequence[Heading], knowledge: Outline, year: int | None
) -> dict[int, SectionKind]:
    """Return the kind of each first-level section (by its start): by its wording, else by its place among the others."""
    named = [next(iter(knowledge.kinds(text[h.body : h.end])), None) for h in parts]
    kinds: dict[int, SectionKind] = {}
    after_problems = False
    for position, (heading, own) in enumerate(zip(parts, named, strict=True)):
        wording = text[heading.body : heading.end]
        if own is None or own is SectionKind.ACHIEVEMENTS:
            own = _by_place(text, wording, heading, after_problems, named[position + 1 :], knowledge, year) or own
        kinds[heading.start] = own or SectionKind.OTHER
        after_problems = after_problems or own is SectionKind.PROBLEMS
    return kinds


def _by_place(
    text: str,
    wording: str,
    heading: Heading,
    after_problems: bool,
    following: Sequence[SectionKind | None],
    knowledge: Outline,
    year: int | None,
) -> SectionKind | None:
    """Return what a heading that names no part, or only work in general, is by its year, its place and its opening."""
    told = {int(match) for match in _YEAR.findall(wording)}
    if year is not None and told == {year + 1}:
        return SectionKind.PLAN
    opening = text[heading.end : heading.end + _OPENING]
    if after_problems:
        if SectionKind.PLAN not in following and (knowledge.sounds_later(wording) or _PLANNED.search(opening)):
            return SectionKind.PLAN
        return SectionKind.ACHIEVEMENTS if SectionKind.PROBLEMS in following else None
    last = not following
    if last and _PLANNED.search(opening):
        return SectionKind.PLAN
    return SectionKind.ACHIEVEMENTS


@hookimpl
def nianbao_extractors() -> Iterator[Extractor]:
    """Yield the outline extractor."""
    yield Extractor(NAME, frozenset({SECTIONS}), extract, needs=frozenset({Field.YEAR}))
