"""Years changed: in sentences, in headings, of the plan; figures that end before the year does."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from nianbao import SectionKind
from planting.changes import Change, Source

_MOST = 2
_YEARS = frozenset({"year", "coverage"})
_WHOLE = regex.compile(
    r"(?<=[，。；\n])(?:全年|今年以来|一年来|20\d\d年(?:以来)?(?!度|\d|[—至-]))[，,]?(?=[^。\n]{0,40}\d)"
)
_UNTIL = (
    "截至{year}年10月底，",
    "截至9月底，",
    "累计至10月底，",
    "1至10月，",
    "{year}年1—9月，",
    "截至11月15日，",
    "今年1-11月，",
    "前三季度，",
)


def years(source: Source) -> Iterator[Change]:
    """Yield a year of a sentence told as the one before; a heading's; the plan's as this one or a later."""
    year = source.report.year
    if year is None:
        return
    plans = [part for part in source.report.parts if part.kind is SectionKind.PLAN]
    heads = [
        (part.start, part.start + len(part.heading)) for part in source.report.sections if part.level < 3
    ]
    body, headed, planned = [], [], []
    for match in regex.finditer(rf"(?<![\d（〔《—-]){year}(?=年(?![—至-]))", source.text):
        start = match.start()
        if start <= source.body or source.in_title(start):
            continue
        in_plan = any(part.start <= start < part.end for part in plans)
        change = Change("year of a sentence", start, start + 4, str(year - 1), _YEARS)
        if any(first <= start < last for first, last in heads):
            if not in_plan:
                headed.append(Change("year of a heading", start, start + 4, str(year - 1), _YEARS))
        elif not in_plan and not regex.match(r"\d{4}年\d{1,2}月", source.text[start : start + 8]):
            body.append(change)
    of_plan = rf"(?<![\d（〔《—-]){year + 1}(?=年(?![—至-]))"
    for part in plans:
        for match in regex.finditer(of_plan, source.text[part.start : part.end]):
            start = part.start + match.start()
            new = str(source.draw.choice((year, year, year + 2, year - 1)))
            planned.append(Change("year of the plan", start, start + 4, new, _YEARS))
    yield from source.some(body, _MOST)
    yield from source.some(headed, 1)
    yield from source.some(planned, 1)


def part_of_the_year(source: Source) -> Iterator[Change]:
    """Yield figures of the whole year told as those up to a month."""
    plans = [part for part in source.report.parts if part.kind is not SectionKind.ACHIEVEMENTS]
    found = []
    for match in _WHOLE.finditer(source.text, source.body):
        if any(part.start <= match.start() < part.end for part in plans):
            continue
        words = source.draw.choice(_UNTIL).format(year=source.report.year)
        found.append(Change("part of the year", match.start(), match.end(), words, _YEARS))
    yield from source.some(found, 1)
