"""A report: who issued it, for which year, in which parts, with what figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from nianbao.model.figures import Figure, Finding, Numeral, Observation


class IssuerLevel(StrEnum):
    """The rank of the body whose work is reported."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    DEPARTMENT = "department"
    OTHER = "other"


class SectionKind(StrEnum):
    """The mandated parts of a report, by what they are about."""

    ACHIEVEMENTS = "achievements"
    PROBLEMS = "problems"
    RESPONSIBILITY = "responsibility"
    PLAN = "plan"
    OTHER = "other"


class Status(StrEnum):
    """How the reading of a file ended."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    UNREADABLE = "unreadable"
    NOT_A_REPORT = "not-a-report"


class DocumentKind(StrEnum):
    """What a document is."""

    REPORT = "report"
    DISCLOSURE_REPORT = "disclosure-report"
    PLAN = "plan"
    INTERPRETATION = "interpretation"
    NEWS = "news"
    COLUMN = "column"
    OTHER = "other"


class Field(StrEnum):
    """What an identity extractor may state of a report."""

    KIND = "document_kind"
    TITLE = "title"
    YEAR = "year"
    ISSUER = "issuer"
    ISSUER_LEVEL = "issuer_level"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    DIVISION_CODE = "division_code"
    PUBLISHED = "published"


PLACE_FIELDS = (Field.PROVINCE, Field.CITY, Field.COUNTY, Field.TOWN)


@dataclass(frozen=True, slots=True)
class Rival:
    """Another value that the document, its page or the table tells for a field, and that was not taken.

    Args:
        value: as text, in the form of the field's own value.
        reason: where it is told, or why it may be meant, in Chinese.
        start, end: where it stands in the document's text, or None where it comes from elsewhere.
    """

    value: str
    reason: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """One field of a report's identity, with where it comes from.

    Args:
        field: which field.
        value: as text; a year as four digits, a date as YYYY-MM-DD, kinds and levels as their enum's value.
        reason: why this value, in Chinese.
        start, end: the evidence in the document's text, or None where it comes from a fact or a table.
        inferred: whether the text does not state it and the division table filled it in.
        confidence: between 0 and 1.
        rivals: what else is told of it, best first; a contradiction stays here, for validators to judge.
        extractor: who found it.
    """

    field: Field
    value: str
    reason: str
    extractor: str
    start: int | None = None
    end: int | None = None
    inferred: bool = False
    confidence: Decimal = Decimal(1)
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report, from its heading up to the next heading of the same or a higher level.

    The last one ends before the signature and the annexes, which stay in the text and are no sections.

    Args:
        heading: verbatim, with its number: `text[start:start + len(heading)]`.
        kind: what it is about.
        start, end: the whole part, heading included.
        level: 1 for the mandated parts, 2 and 3 below them.
        number: the ordinal that its number tells, or None.
        style: the numbering style (`一、`, `（一）`, `1.`), or an empty string.
        extractor: who found it.
    """

    heading: str
    kind: SectionKind
    start: int
    end: int
    level: int
    extractor: str
    number: int | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One of the problems that a report admits, or of the measures that it plans.

    Args:
        kind: problems or plan.
        start, end: its evidence in the document's text, without its number.
        quote: verbatim, `text[start:end]`.
        gist: its point in short, a piece of the quote.
        extractor: who found it.
    """

    kind: SectionKind
    start: int
    end: int
    quote: str
    gist: str
    extractor: str


class RegionBy(StrEnum):
    """What decided which profile reads a report: the user, its division code, its host, its words."""

    REQUEST = "request"
    CODE = "code"
    HOST = "host"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class RegionUse:
    """The region (by its profile's code) whose profile read a report, and what decided so."""

    code: str
    by: RegionBy


@dataclass(frozen=True, slots=True)
class Failure:
    """A plugin that failed on this report, at which stage, and how."""

    plugin: str
    stage: str
    error: str


@dataclass(frozen=True, slots=True)
class Report:
    """One report (or one file that holds none, with the reason).

    Args:
        file: the file as the user knows it; `part` counts the reports in one file from 1.
        sha256: of the file's bytes.
        status: how the reading ended.
        attributes: its identity, at most one for each field.
        sections: its parts of all levels, in order.
        items: its problems and plans, one by one, in order.
        observations, numerals, figures, findings, failures: what was read, settled and found.
        error: why it is unreadable, in Chinese.
        reason: why it is no report, in Chinese.
        region: the region whose profile it was read with, or None.
    """

    file: str
    sha256: str
    status: Status
    attributes: tuple[Attribute, ...] = ()
    sections: tuple[Section, ...] = ()
    observations: tuple[Observation, ...] = ()
    numerals: tuple[Numeral, ...] = ()
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    error: str = ""
    reason: str = ""
    part: int = 1
    items: tuple[Item, ...] = ()
    region: RegionUse | None = None

    def attribute(self, field: Field) -> Attribute | None:
        """Return what is stated of a field, or None."""
        return next((attribute for attribute in self.attributes if attribute.field is field), None)

    def value(self, field: Field) -> str | None:
        """Return the value of a field, or None where it is unknown."""
        attribute = self.attribute(field)
        return attribute.value if attribute else None

    @property
    def kind(self) -> DocumentKind:
        """What the document is; a report on 法治政府建设 where nothing says otherwise."""
        return DocumentKind(self.value(Field.KIND) or DocumentKind.REPORT)

    @property
    def year(self) -> int | None:
        """The year reported on, or None where it is unknown."""
        value = self.value(Field.YEAR)
        return int(value) if value else None

    @property
    def parts(self) -> tuple[Section, ...]:
        """The first-level sections."""
        return tuple(section for section in self.sections if section.level == 1)

    def figure(self, indicator: str) -> Figure | None:
        """Return the settled figure of an indicator, or None where the report doesn't mention it."""
        return next((figure for figure in self.figures if figure.indicator == indicator), None)
