"""What the core refuses of a plugin: false evidence, undeclared names, ill-formed values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal

from nianbao.errors import PluginError
from nianbao.model import (
    Attribute,
    Document,
    DocumentKind,
    Field,
    Figure,
    FigureStatus,
    Finding,
    IssuerLevel,
    Item,
    Numeral,
    NumeralReason,
    Observation,
    Qualifier,
    Rival,
    Role,
    Section,
    SectionKind,
    Severity,
    Yearbook,
)
from nianbao.records import INDICATORS, ITEMS, NUMERALS, SECTIONS, Extractor, Statement, Validator


def check_statement(
    statement: Statement, extractor: Extractor, document: Document, allowed: AbstractSet[str]
) -> None:
    """Refuse a statement that its extractor did not declare, or whose evidence or value is false.

    Args:
        statement: what was yielded.
        extractor: who yielded it.
        document: what it was found in.
        allowed: the names of fields and the ids of indicators that exist.

    Raises:
        PluginError: with the reason.
    """
    try:
        name = _declared_name(statement)
        is_declared = name in extractor.yields or (
            isinstance(statement, Observation) and INDICATORS in extractor.yields
        )
        if not is_declared:
            raise PluginError(f"给出了未声明的 {name}")
        if isinstance(statement, Attribute):
            _check_attribute(statement, document)
        elif isinstance(statement, Section):
            _check_section(statement, document)
        elif isinstance(statement, Item):
            _check_item(statement, document)
        elif isinstance(statement, Observation):
            _check_observation(statement, document, allowed)
        else:
            _check_member(statement.reason, NumeralReason, "reason")
            _check_quote(statement.start, statement.end, statement.quote, document)
    except PluginError as error:
        raise PluginError(error.message, where=extractor.name) from error


def check_document(document: Document, reader: str, sha256: str) -> None:
    """Refuse a document whose digest is another file's, or whose blocks don't lie in its text in order.

    Raises:
        PluginError: with the reason.
    """
    if not isinstance(document, Document):
        raise PluginError(f"应给出 Document，却给出了 {type(document).__name__}", where=reader)
    if document.sha256 != sha256:
        raise PluginError("给出的 sha256 与文件不符", where=reader)
    position = 0
    for block in document.blocks:
        if not position <= block.start <= block.end <= len(document.text):
            raise PluginError(f"段落位置 {block.start}–{block.end} 重叠或超出原文", where=reader)
        position = block.end


def check_figure(figure: Figure, settler: str, candidates: Mapping[int, Observation]) -> None:
    """Refuse a settled figure that is another indicator's, or that its candidates don't support.

    Args:
        figure: what was settled.
        settler: the plugin that settled it.
        candidates: the indicator's observations by their index in the report.

    Raises:
        PluginError: with the reason.
    """
    if not isinstance(figure, Figure):
        raise PluginError(f"应给出 Figure，却给出了 {type(figure).__name__}", where=settler)
    indicator = next(iter(candidates.values())).indicator
    if figure.indicator != indicator:
        raise PluginError(f"对 {indicator} 给出了 {figure.indicator} 的结果", where=settler)
    try:
        _check_member(figure.status, FigureStatus, "status")
        _check_member(figure.qualifier, Qualifier, "qualifier")
        _check_numbers(indicator, figure.value, figure.low, figure.high)
    except PluginError as error:
        raise PluginError(error.message, where=settler) from error
    if (figure.value is None) != (figure.status is FigureStatus.FAILED):
        raise PluginError(f"{indicator} 的数值与状态 {figure.status} 不符", where=settler)
    if figure.correction is not None or figure.status is FigureStatus.WITHDRAWN:
        raise PluginError(f"{indicator} 的更正只能来自更正台账", where=settler)
    if not figure.sources or not set(figure.sources) <= candidates.keys():
        raise PluginError(f"{indicator} 没有指明所依据的数字，或依据了别的指标", where=settler)


def check_finding(finding: Finding, validator: Validator, document: Document | None) -> None:
    """Refuse a finding of an undeclared kind or with false evidence.

    Args:
        finding: what was found.
        validator: who found it.
        document: what its quotes must stand in; None for a finding about a whole year.

    Raises:
        PluginError: with the reason.
    """
    if not isinstance(finding, Finding):
        raise PluginError(f"应给出 Finding，却给出了 {type(finding).__name__}", where=validator.name)
    if finding.kind not in validator.kinds:
        raise PluginError(f"给出了未声明的问题类型 {finding.kind}", where=validator.name)
    try:
        _check_member(finding.severity, Severity, "severity")
        if document is not None:
            for quote in finding.quotes:
                _check_quote(quote.start, quote.end, quote.quote, document)
    except PluginError as error:
        raise PluginError(error.message, where=validator.name) from error


def check_subjects(findings: Iterable[Finding], validator: Validator, yearbook: Yearbook) -> None:
    """Refuse a finding about a report that the yearbook does not hold.

    Raises:
        PluginError: with the reason.
    """
    known = {(entry.report.file, entry.report.part) for entry in yearbook.entries}
    for finding in findings:
        subject = finding.subject
        if subject is not None and subject.file and (subject.file, subject.part) not in known:
            raise PluginError(f"提到了不在汇总中的报告 {subject.file}", where=validator.name)


def _declared_name(statement: Statement) -> str:
    if isinstance(statement, Attribute):
        return statement.field
    if isinstance(statement, Section):
        return SECTIONS
    if isinstance(statement, Item):
        return ITEMS
    if isinstance(statement, Observation):
        return statement.indicator
    if isinstance(statement, Numeral):
        return NUMERALS
    raise PluginError(f"给出了无法识别的 {type(statement).__name__}")


def _check_attribute(attribute: Attribute, document: Document) -> None:
    _check_member(attribute.field, Field, "field")
    _check_confidence(attribute.field, attribute.confidence)
    value = attribute.value
    if not isinstance(value, str) or not value:
        raise PluginError(f"{attribute.field} 的值应为非空文字：{value!r}")
    well_formed = _FORMS.get(attribute.field)
    if well_formed is not None and not well_formed(value):
        raise PluginError(f"{attribute.field} 的值不合格式：{value[:40]}")
    _check_evidence(attribute, attribute.field, document)
    for rival in attribute.rivals:
        _check_evidence(rival, attribute.field, document)


def _check_evidence(told: Attribute | Rival, name: str, document: Document) -> None:
    if told.start is not None and told.end is not None:
        _check_span(told.start, told.end, document)
    elif told.start is not None or told.end is not None:
        raise PluginError(f"{name} 的证据位置不完整")


def _check_section(section: Section, document: Document) -> None:
    _check_member(section.kind, SectionKind, "kind")
    if section.level < 1:
        raise PluginError(f"标题级别 {section.level} 小于 1")
    end = section.start + len(section.heading)
    _check_quote(section.start, end, section.heading, document)
    _check_span(section.start, section.end, document)
    if end > section.end:
        raise PluginError(f"标题超出了它的部分：{section.heading[:40]}")


def _check_item(item: Item, document: Document) -> None:
    if item.kind not in (SectionKind.PROBLEMS, SectionKind.PLAN):
        raise PluginError(f"条目只能是问题或打算，却是 {item.kind!r}")
    _check_quote(item.start, item.end, item.quote, document)
    if not item.gist or item.gist not in item.quote:
        raise PluginError(f"条目的要点不在引文之内：{item.gist[:40]}")


def _check_observation(observation: Observation, document: Document, allowed: AbstractSet[str]) -> None:
    name = observation.indicator
    if name not in allowed:
        raise PluginError(f"没有名为 {name} 的指标")
    _check_member(observation.qualifier, Qualifier, "qualifier")
    _check_member(observation.role, Role, "role")
    _check_numbers(name, observation.value, observation.low, observation.high)
    if observation.value is None:
        raise PluginError(f"{name} 没有数值")
    _check_confidence(name, observation.confidence)
    _check_quote(observation.start, observation.end, observation.quote, document)
    if not observation.start <= observation.figure_start < observation.figure_end <= observation.end:
        raise PluginError(f"{name} 的数字不在引文之内")


def _check_numbers(name: str, *values: Decimal | None) -> None:
    for value in values:
        if value is not None and not (isinstance(value, Decimal) and value.is_finite()):
            raise PluginError(f"{name} 的数值不是有限的 Decimal：{value!r}")


def _check_confidence(name: str, confidence: Decimal) -> None:
    _check_numbers(name, confidence)
    if not 0 <= confidence <= 1:
        raise PluginError(f"{name} 的置信度 {confidence} 不在 0 与 1 之间")


def _check_member(value: object, kind: type, name: str) -> None:
    if not isinstance(value, kind):
        raise PluginError(f"{name} 应为 {kind.__name__}，却是 {value!r}")


def _check_quote(start: int, end: int, quote: str, document: Document) -> None:
    _check_span(start, end, document)
    if document.text[start:end] != quote:
        raise PluginError(f"引文与原文不符：{quote[:40]}")


def _check_span(start: int, end: int, document: Document) -> None:
    if not 0 <= start < end <= len(document.text):
        raise PluginError(f"证据位置 {start}–{end} 超出原文")


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _one_of(values: Collection[str]) -> Callable[[str], bool]:
    return frozenset(values).__contains__


# Of the other fields any words will do.
_FORMS: Mapping[Field, Callable[[str], bool]] = {
    Field.KIND: _one_of([kind.value for kind in DocumentKind]),
    Field.YEAR: _is_year,
    Field.ISSUER_LEVEL: _one_of([level.value for level in IssuerLevel]),
    Field.PUBLISHED: _is_date,
}
