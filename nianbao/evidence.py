"""What the core refuses: statements without true evidence, undeclared names, figures that are no Decimal."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from decimal import Decimal

from nianbao.errors import PluginError
from nianbao.model import Attribute, Document, Finding, Numeral, Observation, Section
from nianbao.records import NUMERALS, SECTIONS, Extractor, Statement, Validator


def check_statement(
    statement: Statement, extractor: Extractor, document: Document, allowed: AbstractSet[str]
) -> None:
    """Refuse a statement that its extractor did not declare, or whose evidence is false.

    Args:
        statement: what was yielded.
        extractor: who yielded it.
        document: what it was found in.
        allowed: the names of fields and the ids of indicators that exist.

    Raises:
        PluginError: with the reason.
    """
    name = _declared_name(statement)
    if name not in extractor.yields:
        raise PluginError(f"给出了未声明的 {name}", where=extractor.name)
    if isinstance(statement, Attribute):
        if (statement.start is None) != (statement.end is None):
            raise PluginError(f"{name} 的证据位置不完整", where=extractor.name)
        if statement.start is not None and statement.end is not None:
            _check_span(statement.start, statement.end, None, document, extractor)
    elif isinstance(statement, Section):
        end = statement.start + len(statement.heading)
        _check_span(statement.start, end, statement.heading, document, extractor)
        _check_span(statement.start, statement.end, None, document, extractor)
    elif isinstance(statement, Observation):
        _check_observation(statement, document, extractor, allowed)
    else:
        _check_span(statement.start, statement.end, statement.quote, document, extractor)


def check_finding(finding: Finding, validator: Validator, document: Document | None) -> None:
    """Refuse a finding of an undeclared kind or with false evidence.

    Raises:
        PluginError: with the reason.
    """
    if not isinstance(finding, Finding):
        raise PluginError(f"应给出 Finding，却给出了 {type(finding).__name__}", where=validator.name)
    if finding.kind not in validator.kinds:
        raise PluginError(f"给出了未声明的问题类型 {finding.kind}", where=validator.name)
    if document is not None:
        for quote in finding.quotes:
            if document.text[quote.start : quote.end] != quote.quote:
                raise PluginError(f"引文与原文不符：{quote.quote[:40]}", where=validator.name)


def _declared_name(statement: Statement) -> str:
    if isinstance(statement, Attribute):
        return statement.field
    if isinstance(statement, Section):
        return SECTIONS
    if isinstance(statement, Observation):
        return statement.indicator
    if isinstance(statement, Numeral):
        return NUMERALS
    raise PluginError(f"给出了无法识别的 {type(statement).__name__}")


def _check_observation(
    observation: Observation, document: Document, extractor: Extractor, allowed: AbstractSet[str]
) -> None:
    if observation.indicator not in allowed:
        raise PluginError(f"没有名为 {observation.indicator} 的指标", where=extractor.name)
    for value in (observation.value, observation.low, observation.high, observation.confidence):
        if value is not None and not (isinstance(value, Decimal) and value.is_finite()):
            raise PluginError(f"{observation.indicator} 的数值不是有限的 Decimal：{value!r}", where=extractor.name)
    _check_span(observation.start, observation.end, observation.quote, document, extractor)
    if not observation.start <= observation.figure_start < observation.figure_end <= observation.end:
        raise PluginError(f"{observation.indicator} 的数字不在引文之内", where=extractor.name)


def _check_span(start: int, end: int, quote: str | None, document: Document, extractor: Extractor) -> None:
    if not 0 <= start < end <= len(document.text):
        raise PluginError(f"证据位置 {start}–{end} 超出原文", where=extractor.name)
    if quote is not None and document.text[start:end] != quote:
        raise PluginError(f"引文与原文不符：{quote[:40]}", where=extractor.name)
