"""Sections: the report's headings, how deep they stand, and which mandated part each belongs to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from nianbao import SECTIONS, Context, Document, Extractor, Field, Section, SectionKind, hookimpl

if TYPE_CHECKING:
    from nianbao.catalogue.outline import Outline
    from nianbao.grammar.numbered import Heading

NAME = "outline"
_DEEPEST = 3
_YEAR = re.compile(r"20\d\d(?=年)")
_PLANNED = re.compile(r"下一?步|下一?阶段|明年|来年|下一?年度?|今后")
_OPENING = 30
_INTRODUCTION = 120
_DESCRIBES = re.compile("^[^，、及和]{0,8}(?:基本情况|概况|简介)$")
_PLACE = re.compile("总?人口|面积|平方公里|[下管]辖|辖[区\\d]|内设|编制|下设|位于")


def extract(document: Document, context: Context) -> Iterator[Section]:
    """Yield the sections of levels 1 to 3, each up to the next heading of its level or a higher one."""
    # Their expressions take longer to compile than the whole registry to build.
    from nianbao.catalogue.outline import load_outline
    from nianbao.grammar.headings import find_headings
    from nianbao.grammar.text import plain

    text = plain(document.text)
    outline = load_outline()
    styles = {block.start: block.level for block in document.blocks if block.level is not None}
    headings = find_headings(text, outline.kind, styles)
    found = [heading for heading in headings.found if heading.level <= _DEEPEST]
    year = context.report.year if context.report else None
    kinds = _part_kinds(text, [heading for heading in found if heading.level == 1], outline, year)
    above: list[SectionKind | None] = [None] * (_DEEPEST + 1)
    merged: tuple[SectionKind, ...] = ()
    for position, heading in enumerate(found):
        if heading.level == 1:
            merged = outline.kinds(text[heading.body : heading.end])
        kind = kinds.get(heading.start) or _inner_kind(heading, above[heading.level - 1], merged)
        above[heading.level :] = [kind] * (_DEEPEST + 1 - heading.level)
        yield Section(
            heading=document.text[heading.start : heading.end],
            kind=kind,
            start=heading.start,
            end=_section_end(found, position, headings.end),
            level=heading.level,
            extractor=NAME,
            number=heading.number,
            style=heading.style,
        )


def _section_end(headings: Sequence[Heading], position: int, end: int) -> int:
    level = headings[position].level
    following = (heading.start for heading in headings[position + 1 :] if heading.level <= level)
    return next(following, max(end, headings[position].end))


def _inner_kind(heading: Heading, parent: SectionKind | None, merged: Sequence[SectionKind]) -> SectionKind:
    """Return the kind of a lower section: its part's, unless it tells how the responsible persons did.

    Below a heading that merges two parts (存在问题及下一步打算) it may be that of either.
    """
    own = _named(heading)
    if own is not None and heading.level == 2 and len(merged) > 1 and own in merged:
        return own
    if own is SectionKind.RESPONSIBILITY and parent in (SectionKind.ACHIEVEMENTS, SectionKind.OTHER):
        return own
    return parent or own or SectionKind.OTHER


def _named(heading: Heading) -> SectionKind | None:
    return heading.part if isinstance(heading.part, SectionKind) else None


def _part_kinds(
    text: str, parts: Sequence[Heading], outline: Outline, year: int | None
) -> dict[int, SectionKind]:
    """Return the kind of each first-level section by its start: its wording decides, then its place."""
    kinds: dict[int, SectionKind] = {}
    below_problems = False
    for position, heading in enumerate(parts):
        kind = _named(heading)
        if kind in (None, SectionKind.ACHIEVEMENTS):
            later = {_named(following) for following in parts[position + 1 :]}
            wording = text[heading.body : heading.end]
            planned = (
                _is_about(wording, year + 1 if year else None)
                or (below_problems and outline.sounds_later(wording))
                or ((below_problems or not later) and _opens_with_plan(text, heading.end))
            )
            if planned and position and SectionKind.PLAN not in later:
                kind = SectionKind.PLAN
            elif position == 0 and _DESCRIBES.search(wording) and _is_about_place(text, heading, later):
                kind = SectionKind.OTHER
            elif not below_problems or SectionKind.PROBLEMS in later:
                kind = SectionKind.ACHIEVEMENTS
        elif kind is SectionKind.PROBLEMS and below_problems and _is_also_plan(text, heading, outline):
            kind = SectionKind.PLAN
        kinds[heading.start] = kind or SectionKind.OTHER
        below_problems = below_problems or kind is SectionKind.PROBLEMS
    return kinds


def _is_also_plan(text: str, heading: Heading, outline: Outline) -> bool:
    """Whether a heading below the problems part names the shortcomings only to go on from them."""
    return SectionKind.PLAN in outline.kinds(text[heading.body : heading.end])


def _is_about_place(text: str, heading: Heading, later: Collection[SectionKind | None]) -> bool:
    """Whether 基本情况 tells of the place or the body (its area, its people), and the work comes after it."""
    told = _PLACE.search(text, heading.end, heading.end + _INTRODUCTION)
    return told is not None and SectionKind.ACHIEVEMENTS in later


def _is_about(wording: str, year: int | None) -> bool:
    return {int(told) for told in _YEAR.findall(wording)} == {year}


def _opens_with_plan(text: str, start: int) -> bool:
    return _PLANNED.search(text, start, start + _OPENING) is not None


@hookimpl
def nianbao_extractors() -> Iterator[Extractor]:
    """Yield the outline extractor."""
    yield Extractor(NAME, frozenset({SECTIONS}), extract, needs=frozenset({Field.YEAR}))
