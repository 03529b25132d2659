"""A report's sentences by the part in which they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from nianbao import Quote, Report, SectionKind
from nianbao.catalogue.outline import load_outline
from nianbao.grammar.labels import find_labels
from nianbao.grammar.reading import Reading
from plugins.validators.once import kept


@dataclass(slots=True, eq=False)
class Passage:
    """A sentence or a line; offsets count in the shadow.

    Args:
        start, end: its span.
        text: what it says.
        kinds: what the first-level part in which it stands is about; empty above the first.
        is_heading: whether it is a heading.
        is_plan: whether it may speak of what is to come.
    """

    start: int
    end: int
    text: str
    kinds: frozenset[SectionKind]
    is_heading: bool
    is_plan: bool
    reading: Reading = field(repr=False)

    def quote(self, start: int, end: int) -> Quote:
        """Return a span of the passage as evidence."""
        return Quote(*self.reading.quote(self.start + start, self.start + end))


@kept
def passages(report: Report, reading: Reading) -> tuple[Passage, ...]:
    """Return a report's passages in order."""
    return tuple(_passages(report, reading))


def _passages(report: Report, reading: Reading) -> Iterator[Passage]:
    shadow = reading.shadow
    parts = report.parts
    starts = [shadow.locate(part.start) for part in parts]
    kinds = _told(tuple((part.kind, part.heading) for part in parts))
    headings = {shadow.locate(section.start) for section in report.sections}
    start = 0
    for end in (*reading.ends, len(shadow.text)):
        if end > start:
            index = bisect_right(starts, start) - 1
            told = kinds[index] if index >= 0 else frozenset[SectionKind]()
            plan = SectionKind.PLAN in told
            yield Passage(start, end, shadow.text[start:end], told, start in headings, plan, reading)
        start = end


@lru_cache(maxsize=4)
def _told(parts: tuple[tuple[SectionKind, str], ...]) -> tuple[frozenset[SectionKind], ...]:
    """Return what parts are about: under a slogan, work before the problems, perhaps a plan after them."""
    outline = load_outline()
    kinds = [frozenset({kind, *outline.kinds(_wording(heading))}) for kind, heading in parts]
    later = (n for n, told in enumerate(kinds) if told & {SectionKind.PROBLEMS, SectionKind.PLAN})
    first = next(later, len(kinds) - 1)
    work, plan = frozenset({SectionKind.ACHIEVEMENTS}), frozenset({SectionKind.PLAN})
    return tuple(
        (work if n < first else plan) if told == {SectionKind.OTHER} else told for n, told in enumerate(kinds)
    )


def _wording(heading: str) -> str:
    label = next(iter(find_labels(heading)), None)
    return heading[label.end :] if label else heading
