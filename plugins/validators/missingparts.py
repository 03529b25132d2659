"""Which mandated parts a report lacks, only mentions, or has as a heading alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from nianbao import Context, Finding, Quote, Report, Section, SectionKind, Severity
from plugins.validators.partbodies import body_faults

if TYPE_CHECKING:
    from nianbao import MandatedParts
    from nianbao.catalogue.outline import Outline, Part

_DUTY = re.compile(r"第一责任人|主要(?:负责人|负责同志|领导)[^。；，\n]{0,12}(?:履行|履职|述法)")
# A part of another title (压紧压实法治责任) is the duties' where its first words say who fulfilled them.
_OF_DUTIES = re.compile("责任|职责|一把手|关键少数|头雁|领头雁|带头|领航")
_FULFILLED = re.compile(
    r"\s*[^。；\n]{0,12}(?:书记|[镇乡县区市局]长|主任|负责人|负责同志|主要领导|一把手)[^。；\n]{0,30}第一责任人"
)
LEVELS = {1: "一级", 2: "二级", 3: "三级"}


class _Read(NamedTuple):
    """A report as this rule reads it.

    Args:
        report: with its sections.
        outline: what is known of the parts.
        text: of the report.
        folded: the text in simplified characters, as long.
        named: the kinds that the heading of each first-level part names.
    """

    report: Report
    outline: Outline
    text: str
    folded: str
    named: tuple[tuple[SectionKind, ...], ...]


def missing_parts(report: Report, outline: Outline, text: str, context: Context) -> Iterator[Finding]:
    """Yield the mandated parts that a report lacks, or under whose heading nothing of them stands."""
    from nianbao.grammar.text import plain

    named = tuple(outline.kinds(wording(section)) for section in report.parts)
    read = _Read(report, outline, text, plain(text), named)
    yield from _missing_parts(read, _own_parts(report, context))
    yield from _bodies(read)


def _own_parts(report: Report, context: Context) -> MandatedParts | None:
    """Return what a report's region itself asks for in its year, or None where the national parts count."""
    year = report.year
    for own in context.region.mandated if context.region and year is not None else ():
        if year is not None and own.since <= year and (own.until is None or year <= own.until):
            return own
    return None


def _missing_parts(read: _Read, own: MandatedParts | None) -> Iterator[Finding]:
    report, outline = read.report, read.outline
    mandated = [part for part in outline.parts if (part.kind in own.kinds if own else part.mandated)]
    basis = own.basis if own else outline.basis
    if not report.parts:
        message = "报告没有可辨认的一级标题，无法判断法定的四部分内容是否齐全。"
        names = "、".join(f"“{part.name}”" for part in mandated)
        yield _missing(message, (), f"请按{names}分列一级标题。", basis)
        return
    told = {section.kind for section in report.parts}
    told.update(*read.named)
    if any(_is_of_duties(section, read.folded) for section in report.parts):
        told.add(SectionKind.RESPONSIBILITY)
    for part in mandated:
        if part.kind not in told:
            message, quotes = _where_it_stands(part, read)
            yield _missing(message, quotes, f"请增写一级标题“{part.name}”并单独说明。", basis)


def _is_of_duties(section: Section, folded: str) -> bool:
    """Whether a first-level part of an unusual title is the one on the duties of those in charge."""
    below = section.start + len(section.heading)
    named = _OF_DUTIES.search(folded, section.start, below) is not None
    return named and _FULFILLED.match(folded, below, section.end) is not None


def _bodies(read: _Read) -> Iterator[Finding]:
    """Yield the mandated parts under whose heading nothing stands, or what is none of it."""
    report, outline = read.report, read.outline
    mandated = {part.kind: part.name for part in outline.parts if part.mandated}
    own = [part for part, kinds in zip(report.parts, read.named, strict=True) if kinds == (part.kind,)]
    lower = [section for section in report.sections if section.level > 1]
    for part, why, other in body_faults(read.folded, [part for part in own if part.kind in mandated], lower):
        message = f"“{part.heading}”{why}。"
        quotes = (quote(part),) if other is None else (quote(other), quote(part))
        suggestion = f"请在这一标题下写明“{mandated[part.kind]}”。"
        yield _missing(message, quotes, suggestion, outline.basis)


def _where_it_stands(part: Part, read: _Read) -> tuple[str, tuple[Quote, ...]]:
    report, outline, text = read.report, read.outline, read.text
    lower = (section for section in report.sections if section.level > 1)
    inner = next((section for section in lower if outline.kind(wording(section)) is part.kind), None)
    if inner is not None:
        above = [section.heading for section in report.parts if section.start < inner.start]
        within = f"“{above[-1]}”之下的" if above else ""
        stands = f"只作为{within}{LEVELS[inner.level]}标题“{inner.heading}”出现"
        return f"“{part.name}”没有单列一级标题，{stands}。", (quote(inner),)
    mention = None
    if part.kind is SectionKind.RESPONSIBILITY:
        mention = _DUTY.search(read.folded, report.parts[0].start)
    if mention is not None:
        said = text[mention.start() : mention.end()]
        found = Quote(mention.start(), mention.end(), said)
        return f"缺少“{part.name}”部分：没有这一内容的标题，只在正文中提到“{said}”。", (found,)
    return f"缺少“{part.name}”部分：没有这一内容的一级标题。", ()


def _missing(message: str, quotes: tuple[Quote, ...], suggestion: str, basis: str) -> Finding:
    rule = "outline.missing-part"
    return Finding("missing-part", rule, Severity.WARNING, message, quotes, suggestion, basis=basis)


def wording(section: Section) -> str:
    """Return a heading without its number."""
    from nianbao.grammar.labels import find_labels

    label = next(iter(find_labels(section.heading)), None)
    return section.heading[label.end :] if label else section.heading


def quote(section: Section) -> Quote:
    """Return the quotation of a heading."""
    return Quote(section.start, section.start + len(section.heading), section.heading)
