"""Checks of a report's outline: mandated parts, the numbers of its headings, the years in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao import Context, Finding, Quote, Report, Section, SectionKind, Severity, Validator, hookimpl
from nianbao.catalogue.outline import Outline, Part, load_outline
from nianbao.grammar.labels import find_labels, ordinal

NAME = "outline"
_RANGE = re.compile(r"20\d\d\s*年?\s*[-—–－~～至到]+\s*20\d\d|《[^》]*》|[（(][^）)]*[）)]|20\d\d年(?:以来|来)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=\s*年|度)")
_DUTY = re.compile(r"第一责任人|主要(?:负责人|负责同志|领导)[^。；，\n]{0,12}(?:履行|履职|述法)")
_LEVEL_NAMES = {1: "一级", 2: "二级", 3: "三级"}
_NUMBER_BASIS = "标题的序号应当从一起连续、不重复"


def check(report: Report, context: Context) -> Iterator[Finding]:
    """Yield what is wrong with the outline of a report."""
    knowledge = load_outline()
    text = context.reading.text if context.reading else ""
    yield from _missing_parts(report, knowledge, text)
    yield from _numbering(report.sections, text)
    if report.year is not None:
        yield from _years(report, report.year, knowledge)


def _missing_parts(report: Report, knowledge: Outline, text: str) -> Iterator[Finding]:
    if not report.parts:
        yield Finding(
            "missing-part",
            "outline.missing-part",
            Severity.WARNING,
            "报告没有可辨认的一级标题，无法判断法定的四部分内容是否齐全。",
            suggestion="请按“主要举措和成效、存在的不足和原因、主要负责人履职情况、下一年度主要安排”分列一级标题。",
            basis=knowledge.basis,
        )
        return
    told = {section.kind for section in report.parts}
    for section in report.parts:
        told |= set(knowledge.kinds(_wording(section)))
    for part in knowledge.parts:
        if part.mandated and part.kind not in told:
            yield _missing_part(part, report, knowledge, text)


def _missing_part(part: Part, report: Report, knowledge: Outline, text: str) -> Finding:
    inner = [s for s in report.sections if s.level > 1 and part.kind in knowledge.kinds(_wording(s))[:1]]
    quotes: tuple[Quote, ...] = ()
    message = f"缺少“{part.name}”部分：没有这一内容的一级标题。"
    if inner:
        first = inner[0]
        quotes = (_quote(first),)
        where = next((s.heading for s in reversed(report.parts) if s.start < first.start), "")
        within = f"“{where}”之下的" if where else ""
        message = f"“{part.name}”没有单列一级标题，只作为{within}{_LEVEL_NAMES[first.level]}标题“{first.heading}”出现。"
    elif part.kind is SectionKind.RESPONSIBILITY and (match := _DUTY.search(text, report.parts[0].start)):
        quotes = (Quote(match.start(), match.end(), match[0]),)
        message = f"缺少“{part.name}”部分：没有这一内容的标题，只在正文中提到“{match[0]}”。"
    return Finding(
        "missing-part",
        "outline.missing-part",
        Severity.WARNING,
        message,
        quotes,
        suggestion=f"请增写一级标题“{part.name}”并单独说明。",
        basis=knowledge.basis,
    )


def _numbering(sections: Sequence[Section], text: str) -> Iterator[Finding]:
    carried: dict[tuple[int, str], int] = {}
    for siblings in _families(sections):
        yield from _sequence(siblings, carried, text)
        yield from _mixture(siblings)
        carried |= {(s.level, s.style): s.number for s in siblings if s.number is not None}


def _families(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Yield the headings that stand at one level below one heading, in order."""
    open_families: dict[int, list[Section]] = {}
    for section in sections:
        for level in [level for level in open_families if level > section.level]:
            yield open_families.pop(level)
        open_families.setdefault(section.level, []).append(section)
    yield from (open_families[level] for level in sorted(open_families))


def _sequence(siblings: Sequence[Section], carried: dict[tuple[int, str], int], text: str) -> Iterator[Finding]:
    previous: Section | None = None
    skipped: list[Section] = []
    for section in siblings:
        if section.number is None:
            skipped.append(section)
            continue
        expected = (previous.number or 0) + 1 if previous else 1
        # Some reports number their third level through the whole text.
        runs_on = previous is None and carried.get((section.level, section.style)) == section.number - 1
        if section.number != expected and not runs_on:
            finding = _break(previous, section, expected, skipped, text)
            if finding is not None:
                yield finding
        previous, skipped = section, []


def _break(
    previous: Section | None, section: Section, expected: int, skipped: Sequence[Section], text: str
) -> Finding | None:
    level = _LEVEL_NAMES[section.level]
    quotes = (*((_quote(previous),) if previous else ()), _quote(section))
    after = f"“{previous.heading}”之后是" if previous else "开头就是"
    number = section.number or 0
    if number > expected:
        if skipped:
            lost = skipped[0]
            quotes = (*quotes, _quote(lost))
            message = f"{level}标题“{lost.heading}”缺少序号，前后序号因此不连续。"
            return _number_finding(message, quotes, f"请为“{lost.heading}”补上第{expected}个序号。")
        if _stands_inside(text, previous, section, expected):
            return None
        message = f"{level}标题序号不连续：{after}“{section.heading}”，缺第{expected}个。"
        return _number_finding(message, quotes, "请核对是否漏写了标题，或者改正序号。")
    if previous and number == previous.number:
        message = f"{level}标题序号重复：“{previous.heading}”与“{section.heading}”都是第{number}个。"
        return _number_finding(message, quotes, f"请把后一个改为第{expected}个，并顺延以下序号。")
    message = f"{level}标题序号顺序颠倒：{after}“{section.heading}”。"
    return _number_finding(message, quotes, "请按先后顺序改正序号。")


def _number_finding(message: str, quotes: tuple[Quote, ...], suggestion: str) -> Finding:
    ordered = tuple(sorted(quotes, key=lambda quote: quote.start))
    return Finding("numbering", "outline.numbering", Severity.WARNING, message, ordered, suggestion, basis=_NUMBER_BASIS)


def _stands_inside(text: str, previous: Section | None, section: Section, expected: int) -> bool:
    """Whether the missing number stands in the text after all, before a line too long or too odd for a heading."""
    start = previous.start + len(previous.heading) if previous else max(section.start - 4000, 0)
    between = text[start : section.start]
    if any(label.number == expected for label in find_labels(between)):
        return True
    numerals = re.finditer(r"[（(]?([一二三四五六七八九十]{1,3}|\d{1,2})(?:[)）]|[、.．])", between)
    return any(ordinal(match[1]) == expected for match in numerals)


def _mixture(siblings: Sequence[Section]) -> Iterator[Finding]:
    styles = list(dict.fromkeys(section.style for section in siblings if section.style))
    if len(styles) > 1:
        other = next(section for section in siblings if section.style == styles[1])
        first = next(section for section in siblings if section.style == styles[0])
        yield Finding(
            "numbering",
            "outline.numbering",
            Severity.NOTE,
            f"同一级标题的序号样式不统一：既有“{styles[0]}”，又有“{styles[1]}”。",
            (_quote(first), _quote(other)),
            suggestion=f"请统一为“{styles[0]}”或“{styles[1]}”。",
            basis="同一级标题的序号应当用同一种样式",
        )


def _years(report: Report, year: int, knowledge: Outline) -> Iterator[Finding]:
    for section in report.parts:
        plain = _RANGE.sub(lambda match: " " * len(match[0]), section.heading)
        told = {int(match[1]): match for match in _YEAR.finditer(plain)}
        kinds = {section.kind, *knowledge.kinds(_wording(section))}
        allowed = {year + 1} if kinds == {SectionKind.PLAN} else {year}
        if SectionKind.PLAN in kinds:
            allowed |= {year + 1}
        if not told or SectionKind.OTHER in kinds or allowed & set(told):
            continue
        wrong = next(iter(told))
        right = max(allowed)
        if kinds == {SectionKind.PLAN}:
            reason = f"下一年度应为{right}年"
        else:
            right = min(allowed)
            reason = f"报告年度是{right}年"
        yield Finding(
            "year",
            "outline.year",
            Severity.ERROR,
            f"标题“{section.heading}”写的是{wrong}年，而{reason}。",
            (_quote(section),),
            suggestion=f"请核对，应为{right}年的改为“{right}年”。",
            basis="年度报告写上一年度的工作和下一年度的安排",
        )


def _wording(section: Section) -> str:
    label = next(iter(find_labels(section.heading)), None)
    return section.heading[label.end :] if label and label.start == 0 else section.heading


def _quote(section: Section) -> Quote:
    return Quote(section.start, section.start + len(section.heading), section.heading)


@hookimpl
def nianbao_validators() -> Iterator[Validator]:
    """Yield the outline validator."""
    yield Validator(NAME, "report", frozenset({"missing-part", "numbering", "year"}), check)
