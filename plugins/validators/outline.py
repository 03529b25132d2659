"""Checks of a report's outline: mandated parts, the numbers of its headings, the years in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao import Context, Finding, Quote, Report, Section, SectionKind, Severity, Validator, hookimpl
from plugins.validators.missingparts import LEVELS, missing_parts, quote, wording
from plugins.validators.runningnumbers import Slip, slips

if TYPE_CHECKING:
    from nianbao.catalogue.outline import Outline

NAME = "outline"
# The clause is in force since 15 April 2019: the reports of 2019 are the first that it binds.
FIRST_YEAR = 2019
# Years that are no claim about the heading's own year: spans, titles of documents, remarks, 以来.
_NO_CLAIM = re.compile(
    r"20\d\d\s*年?\s*[-—–－~～至到]+\s*20\d\d\s*年?|《[^》]*》|[（(][^）)]*[）)]|20\d\d年(?:以来|来)"
)
_YEAR = re.compile(r"(?<!\d)20\d\d(?=\s*年|度)")
# A number farther ahead is no slip.
_WIDEST_GAP = 2
# Below the second level a heading is a sentence, and may tell the past.
_DEEPEST_DATED = 2
_RESULTS = re.compile("成效|成绩|成果|做法|第一责任人|职责|问题|不足")
# Numbers that run on inside a paragraph.
_DIGITS_INSIDE = {"1.": r"(?<![\d.．]){}[、.．](?!\d)", "（1）": r"[（(]\s*{}\s*[)）]"}
_NUMBER_BASIS = "同一级标题的序号应当从一起连续、不重复"
_STYLE_BASIS = "同一级标题的序号应当用同一种样式"
_YEAR_BASIS = "年度报告写上一年度的工作和下一年度的安排"


# A part, and those that are due before it.
_IN_ORDER = (
    (SectionKind.PLAN, (SectionKind.ACHIEVEMENTS, SectionKind.PROBLEMS, SectionKind.RESPONSIBILITY)),
    (SectionKind.PROBLEMS, (SectionKind.ACHIEVEMENTS,)),
)


@dataclass(frozen=True, slots=True)
class _Family:
    """The headings that stand at one level below one heading, in order; `above` is that heading's end."""

    above: int
    members: list[Section]


def check(report: Report, context: Context) -> Iterator[Finding]:
    """Yield what is wrong with the outline of a report."""
    from nianbao.catalogue.outline import load_outline

    outline = load_outline()
    text = context.reading.text if context.reading else ""
    year = report.year
    if year is None or year >= FIRST_YEAR:
        yield from missing_parts(report, outline, text, context)
        yield from _order(report, outline)
    reached: dict[str, int] = {}
    told: set[int] = set()
    for family in _families(report.sections):
        for finding in _numbering(family, reached, text):
            told |= {said.start for said in finding.quotes}
            yield finding
        yield from _styles(family)
        numbered = [section for section in family.members if section.number is not None]
        reached |= {section.style: section.number or 0 for section in numbered}
    yield from _running(report, text, told)
    if year is not None:
        for section in report.sections:
            if section.level <= _DEEPEST_DATED:
                yield from _year(section, year, outline)


def _running(report: Report, text: str, told: set[int]) -> Iterator[Finding]:
    """Yield what is wrong with the numbers of lists in the text, unless their headings told it."""
    headings = {section.start for section in report.sections}
    for slip in slips(text, report.sections):
        if told.isdisjoint(slip.starts) and not headings.issuperset(slip.starts):
            yield _slipped(slip)


def _slipped(slip: Slip) -> Finding:
    spans = zip(slip.starts, (slip.before, slip.after), strict=True)
    quotes = [Quote(start, start + len(said), said) for start, said in spans]
    if slip.missing:
        message = f"正文列举的序号不连续：“{slip.before}”之后是“{slip.after}”，缺第{slip.missing}个。"
        return _numbers(message, quotes, "请核对是否漏写了一项，或者改正序号。")
    message = f"正文列举的序号重复：“{slip.before}”出现了两次。"
    return _numbers(message, quotes, "请改正后一个序号，并顺延以下序号。")


def _order(report: Report, outline: Outline) -> Iterator[Finding]:
    """Yield a note where the plan stands before another mandated part, or the problems before the work."""
    for kind, due_before in _IN_ORDER:
        early = next((section for section in report.parts if section.kind is kind), None)
        after = [
            section
            for section in report.parts
            if early is not None and section.start > early.start and section.kind in due_before
        ]
        if early is None or not after or any(_is_to_come(section, outline) for section in after):
            continue
        message = f"各部分的次序与规定不同：“{early.heading}”写在了“{after[0].heading}”之前。"
        suggestion = f"请把“{early.heading}”移到“{after[-1].heading}”之后。"
        quotes = (quote(early), quote(after[0]))
        rule = "outline.part-order"
        yield Finding("part-order", rule, Severity.NOTE, message, quotes, suggestion, basis=outline.basis)
        return


def _is_to_come(section: Section, outline: Outline) -> bool:
    """Whether a part that is read as work speaks of what is to be done: 工作举措, not 举措和成效."""
    said = wording(section)
    return outline.sounds_later(said) and _RESULTS.search(said) is None


def _families(sections: Sequence[Section]) -> Iterator[_Family]:
    still_open: dict[int, _Family] = {}
    above = 0
    for section in sections:
        for level in [level for level in still_open if level > section.level]:
            yield still_open.pop(level)
        still_open.setdefault(section.level, _Family(above, [])).members.append(section)
        above = section.start + len(section.heading)
    yield from still_open.values()


def _numbering(family: _Family, reached: dict[str, int], text: str) -> Iterator[Finding]:
    previous: Section | None = None
    lost: Section | None = None
    for section in family.members:
        if section.number is None:
            lost = lost or section
            continue
        expected = (previous.number or 0) + 1 if previous else 1
        # Some reports number their lower headings through the whole text, whatever their level.
        runs_on = previous is None and reached.get(section.style) == section.number - 1
        # Below the first level the numbers may begin anew under a line that is no heading.
        anew = section.level > 1 and section.number == 1 and expected > 2
        if section.number > expected and not runs_on and not _is_stray(family, section, expected):
            after = previous.start if previous else family.above
            if lost is not None or not _stands_inside(text, after, section, expected):
                yield _gap(previous, section, expected, lost)
        elif section.number < expected and previous is not None and not anew:
            yield _repeat(previous, section, expected)
        previous, lost = section, None


def _is_stray(family: _Family, section: Section, expected: int) -> bool:
    """Whether a number below the first level is none of an outline's: a clause that is cited, a figure."""
    if section.level == 1:
        return False
    alone = sum(member.style == section.style for member in family.members) == 1
    return section.number is not None and (
        (alone and expected == 1) or section.number > expected + _WIDEST_GAP
    )


def _gap(previous: Section | None, section: Section, expected: int, lost: Section | None) -> Finding:
    level = LEVELS[section.level]
    quotes = [quote(found) for found in (previous, lost, section) if found is not None]
    if lost is not None:
        message = f"{level}标题“{lost.heading}”缺少序号，前后序号因此不连续。"
        return _numbers(message, quotes, f"请为“{lost.heading}”补上序号（第{expected}个）。")
    begins = f"“{previous.heading}”之后是" if previous else "开头就是"
    message = f"{level}标题序号不连续：{begins}“{section.heading}”，缺第{expected}个。"
    return _numbers(message, quotes, "请核对是否漏写了标题，或者改正序号。")


def _repeat(previous: Section, section: Section, expected: int) -> Finding:
    level = LEVELS[section.level]
    quotes = [quote(previous), quote(section)]
    if section.number == previous.number:
        both = f"“{previous.heading}”与“{section.heading}”都是第{section.number}个"
        suggestion = f"请把后一个改为第{expected}个，并顺延以下序号。"
        return _numbers(f"{level}标题序号重复：{both}。", quotes, suggestion)
    message = f"{level}标题序号顺序颠倒：“{previous.heading}”之后是“{section.heading}”。"
    return _numbers(message, quotes, "请按先后顺序改正序号。")


def _numbers(message: str, quotes: Sequence[Quote], suggestion: str) -> Finding:
    rule = "outline.numbering"
    return Finding(
        "numbering", rule, Severity.WARNING, message, tuple(quotes), suggestion, basis=_NUMBER_BASIS
    )


def _stands_inside(text: str, start: int, section: Section, number: int) -> bool:
    """Whether the missing number stands in the text after all, before what can be no heading."""
    from nianbao.grammar.labels import find_inner_labels, find_labels

    labels = find_labels(text[start : section.start]) + find_inner_labels(text, start, section.start)
    if any((label.style, label.number) == (section.style, number) for label in labels):
        return True
    inside = _DIGITS_INSIDE.get(section.style)
    return inside is not None and re.search(inside.format(number), text[start : section.start]) is not None


def _styles(family: _Family) -> Iterator[Finding]:
    first: dict[str, Section] = {}
    for section in family.members:
        if section.style:
            first.setdefault(section.style, section)
    if len(first) > 1:
        one, other, *_ = first
        yield Finding(
            "numbering",
            "outline.numbering",
            Severity.NOTE,
            f"同一级标题的序号样式不统一：既有“{one}”，又有“{other}”。",
            (quote(first[one]), quote(first[other])),
            f"请统一为“{one}”或“{other}”。",
            basis=_STYLE_BASIS,
        )


def _year(section: Section, year: int, outline: Outline) -> Iterator[Finding]:
    """Yield a finding where a part's heading names years, and none of them is one that it may be about."""
    from nianbao.grammar.text import plain

    told = [int(match) for match in _YEAR.findall(_NO_CLAIM.sub("", plain(section.heading)))]
    if not told:
        return
    named = outline.kinds(wording(section))
    kinds = {section.kind, *named}
    # A heading of its own making (2022年度问题整改情况) may be about another year.
    if SectionKind.OTHER in kinds or not named:
        return
    planned = kinds == {SectionKind.PLAN}
    right = year + 1 if planned else year
    if right in told or (SectionKind.PLAN in kinds and year + 1 in told):
        return
    reason = f"下一年度的安排应写{right}年" if planned else f"报告年度是{right}年"
    message = f"标题“{section.heading}”写的是{told[0]}年，而{reason}。"
    suggestion = f"请核对年份，如属笔误，把{told[0]}改为{right}。"
    rule = "outline.year"
    yield Finding("year", rule, Severity.ERROR, message, (quote(section),), suggestion, basis=_YEAR_BASIS)


@hookimpl
def nianbao_validators() -> Iterator[Validator]:
    """Yield the outline validator."""
    yield Validator(NAME, "report", frozenset({"missing-part", "part-order", "numbering", "year"}), check)
