"""Outlines changed: a part left out, two parts in each other's place, a heading's number."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from nianbao import Section, SectionKind
from nianbao.grammar.labels import find_labels
from planting.changes import Change, Source

_MANDATED = (
    SectionKind.ACHIEVEMENTS,
    SectionKind.PROBLEMS,
    SectionKind.RESPONSIBILITY,
    SectionKind.PLAN,
)
_HAN = "一二三四五六七八九十"


def parts(source: Source) -> Iterator[Change]:
    """Yield texts without one of their mandated parts, and with two of them in each other's place."""
    found = [part for part in source.report.parts if part.kind in _MANDATED]
    if any(finding.kind in ("missing-part", "part-order") for finding in source.report.findings):
        return
    of_kind = {kind: [part for part in found if part.kind is kind] for kind in _MANDATED}
    alone = [parts[0] for parts in of_kind.values() if len(parts) == 1]
    if alone:
        part = source.draw.choice(alone)
        yield Change("part left out", part.start, part.end, "", frozenset({"missing-part"}))
    for one, other in pairwise(found):
        pair = (one.kind, other.kind)
        is_plan = other.kind is SectionKind.PLAN and one.kind is not SectionKind.PLAN
        if one.end == other.start and (is_plan or pair == (SectionKind.ACHIEVEMENTS, SectionKind.PROBLEMS)):
            first, second = _of(source, one), _of(source, other)
            if first[0] and second[0]:
                new = first[0] + _ended(second[1]) + second[0] + _ended(first[1])
                kinds = frozenset({"part-order", "missing-part"})
                yield Change("parts in the wrong order", one.start, other.end, new, kinds)


def _of(source: Source, part: Section) -> tuple[str, str]:
    """Return the number of a part's heading, and the rest of the part."""
    text = source.text[part.start : part.end]
    label = next(iter(find_labels(part.heading)), None)
    return (text[: label.end], text[label.end :]) if label else ("", text)


def _ended(text: str) -> str:
    return text.rstrip("\n") + "\n"


def numbers(source: Source) -> Iterator[Change]:
    """Yield a heading with the number before or after its own."""
    if any(finding.kind == "numbering" for finding in source.report.findings):
        return
    found = []
    for section in source.report.sections:
        number = section.number
        label = next(iter(find_labels(section.heading)), None)
        if number is None or label is None or not 1 < number < len(_HAN):
            continue
        told = section.heading[: label.end]
        new = number + source.draw.choice((-1, 1))
        for old, other in ((_HAN[number - 1], _HAN[new - 1]), (str(number), str(new))):
            if told.count(old) == 1:
                at = section.start + told.index(old)
                name = f"number of a heading, level {section.level}"
                found.append(Change(name, at, at + len(old), other, frozenset({"numbering"})))
                break
    yield from source.some(found, 2)
