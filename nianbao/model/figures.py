"""Statements of the text that carry a figure, and what is settled and found from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from nianbao.model.corrections import Correction
from nianbao.model.decisions import Acceptance


class Qualifier(StrEnum):
    """How firmly a figure is told."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    ABOUT = "about"
    BELOW = "below"


class Role(StrEnum):
    """What a statement is among those of its indicator."""

    TOTAL = "total"
    PART = "part"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Observation:
    """A statement that gives an indicator a figure: `text[start:end] == quote`.

    Args:
        indicator: id of the indicator.
        value: in the indicator's own unit (元, %, a count).
        unit: as written.
        qualifier: exact or hedged.
        role: total, part or repeat.
        start, end, quote: the evidence in the document's text.
        low, high: bounds of the value, both inclusive; None where it is open.
        figure_start, figure_end: the span of the numeral (and unit) itself.
        confidence: between 0 and 1.
        extractor: who found it.
        reason: why it was taken, for `explain`.
    """

    indicator: str
    value: Decimal
    unit: str
    qualifier: Qualifier
    role: Role
    start: int
    end: int
    quote: str
    low: Decimal | None
    high: Decimal | None
    figure_start: int
    figure_end: int
    confidence: Decimal
    extractor: str
    reason: str = ""


class NumeralReason(StrEnum):
    """Why a numeral of the text is no observation."""

    DATE = "date"
    DOCUMENT_NUMBER = "document-number"
    LAW = "law"
    SLOGAN = "slogan"
    ORDINAL = "ordinal"
    TARGET = "target"
    OTHER_YEAR = "other-year"
    OTHER_BODY = "other-body"
    STOCK = "stock"
    CHANGE = "change"
    MONEY = "money"
    AREA = "area"
    PART_OF_NAME = "part-of-name"
    UNCLAIMED = "unclaimed"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral that is no observation, and why: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str
    reason: NumeralReason


class FigureStatus(StrEnum):
    """What is known of an indicator's headline figure; withdrawn: a person says that the report has none."""

    STATED = "stated"
    ZERO = "zero"
    DISPUTED = "disputed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Figure:
    """The settled headline of one indicator of one report.

    Args:
        indicator: id of the indicator.
        value: in the indicator's unit; None where it failed or was withdrawn.
        status: stated, zero (a stated nothing), disputed, failed or withdrawn.
        derived: whether the value is a sum of parts.
        sources: indexes into the report's observations.
        qualifier: as the statement that won is told.
        low, high: bounds of the value, both inclusive; None where it is open.
        review: why a person should look at it, in Chinese; empty where nobody need.
        correction: what a person entered instead of what was read, where that holds; never kept by the store.
        acceptance: that somebody looked at it and lets it stand, where that holds; never kept by the store.
    """

    indicator: str
    value: Decimal | None
    status: FigureStatus
    derived: bool
    sources: tuple[int, ...]
    qualifier: Qualifier = Qualifier.EXACT
    low: Decimal | None = None
    high: Decimal | None = None
    review: str = ""
    correction: Correction | None = None
    acceptance: Acceptance | None = None


class Severity(StrEnum):
    """How bad a finding is."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of evidence: `text[start:end] == quote` of the report's document."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """That somebody answers for a finding, until when; the fields that say which one come first.

    Args:
        issuer: whose report, as the user calls it.
        year: reported on.
        rule: the stable code of the rule.
        quote: the evidence that it is confined to; empty where it holds for all that the rule finds.
        message: the finding's message that it is confined to, where there is no evidence; else empty.
        reason: why, in Chinese.
        person: who waived it.
        day: when.
        until: the last day on which it holds.
        row: its row in the file, or its number in the store.
        kept: whether it stands in the store.
    """

    issuer: str
    year: int
    rule: str
    quote: str
    message: str
    reason: str
    person: str
    day: date
    until: date
    row: int
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a yearbook's finding is about.

    Args:
        name: the issuer, as a user knows it.
        file, part: its report in the yearbook, which then bears the finding; an empty file where it has none.
    """

    name: str
    file: str = ""
    part: int = 1


@dataclass(frozen=True, slots=True)
class Finding:
    """What a careful auditor would flag.

    Args:
        kind: a kind of the interface (`sum`, `ratio`, `missing-part` …).
        rule: the stable code of the rule, such as `arithmetic.sum`.
        severity: note, warning or error.
        message: one plain Chinese sentence: what contradicts what, and where.
        quotes: the evidence.
        suggestion: the smallest repair, in Chinese, or an empty string.
        indicators: ids of the indicators concerned.
        basis: the clause or the logic it rests on, in Chinese.
        subject: whom it is about, where a check of a whole yearbook found it; None of the year as a whole.
        waiver: the waiver that covers it, or None; a waived finding is shown and not counted.
        acceptance: that somebody took note of it, where that holds; it is counted all the same.
    """

    kind: str
    rule: str
    severity: Severity
    message: str
    quotes: tuple[Quote, ...] = ()
    suggestion: str = ""
    indicators: tuple[str, ...] = ()
    basis: str = ""
    subject: Subject | None = None
    waiver: Waiver | None = None
    acceptance: Acceptance | None = None
