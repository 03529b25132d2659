"""What a plugin yields: frozen records that the core calls, each under guard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from nianbao.errors import PluginError
from nianbao.model import (
    Attribute,
    Candidate,
    Document,
    DocumentKind,
    Download,
    Entry,
    Filing,
    Finding,
    IndicatorInfo,
    Item,
    Numeral,
    Observation,
    RegionBy,
    Report,
    Section,
    SourceConfig,
    Yearbook,
)

if TYPE_CHECKING:
    from nianbao.catalogue import Catalogue
    from nianbao.divisions import Divisions
    from nianbao.grammar.reading import Reading
    from nianbao.grammar.units import Unit

Statement = Attribute | Section | Item | Observation | Numeral

# What an extractor may yield besides indicator ids and the names of `Field`.
SECTIONS = "sections"
ITEMS = "items"
NUMERALS = "numerals"
# All that the catalogue in force has, a region's own indicators included.
INDICATORS = "indicators"
# An indicator that is not national: a region's, or another kind of report's.
OWN_ID = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
# The kind of report that records serve which say nothing of it: the reports on 法治政府建设.
_OF_LAW = frozenset({DocumentKind.REPORT.value})


@dataclass(frozen=True, slots=True)
class Context:
    """All that a record is given besides its document or yearbook.

    Args:
        catalogue: the indicators and words in force, the region's included.
        divisions: the administrative divisions; loaded when first asked.
        today: the day of the run, in Asia/Shanghai.
        region: the profile that reads the document, or None. Until its division code is known, that is the
            one asked for, or the one that names its host.
        region_by: what decided that.
        hosted: the profiles that name the document's host; several where they name it alike.
        reading: the grammar's one pass over the document; None where there is no document.
        report: what earlier extractors said of this document; for validators, the settled report.
        notes: what the reader had to repair or leave out, one Chinese line each.
        hosts: the hosts that the document came from, or that its page names as its own.
    """

    catalogue: Catalogue
    divisions: Divisions
    today: date
    region: RegionProfile | None = None
    region_by: RegionBy = RegionBy.REQUEST
    hosted: tuple[RegionProfile, ...] = ()
    reading: Reading | None = None
    report: Report | None = None
    notes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where filings come from.

    Args:
        name: unique among sources.
        accepts: whether a configuration is for this source.
        list: the filings of a year (of all years where it is None).
        fetch: the bytes of one filing; raises ReadError (a PassingReadError where another try may do).
        version: changes when what it fetches may change.
        stamp: what changes whenever the bytes of a filing do, told without fetching them (as size and time
            of a file); empty where that is not known.
    """

    name: str
    accepts: Callable[[SourceConfig], bool]
    list: Callable[[SourceConfig, int | None], Iterable[Filing]]
    fetch: Callable[[Filing], Download]
    version: str = "1"
    stamp: Callable[[Filing], str] | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns bytes into a document.

    Args:
        name: unique among readers.
        bid: 0 (not mine) to 100 (surely mine), by magic bytes before the suffix; the highest bid reads.
        read: the document; raises ReadError, and the next bidder tries (after a FinalReadError none).
        version: changes when what it reads may change.
        prepare: does beforehand, for several downloads at once, what is dear to do for each alone (such as
            starting a converter); `read` works without it too.
        prepares: how the names end of files for which that is worth while, as `.doc`; empty for any. Others
            are read without.
        is_slow: whether it takes seconds a page, so that it must not hold up the others' queue.
    """

    name: str
    bid: Callable[[Download], int]
    read: Callable[[Download], Document]
    version: str = "1"
    prepare: Callable[[Sequence[Download]], None] | None = None
    prepares: frozenset[str] = frozenset()
    is_slow: bool = False


@dataclass(frozen=True, slots=True)
class Extractor:
    """Finds statements in a document.

    Where a file holds several reports, each is given as a document of its own, with offsets of its own; the
    core then counts what is stated in the text of the whole file.

    Args:
        name: unique among extractors.
        yields: names of fields, ids of indicators, `sections`, `items`, `numerals`: all that it may yield;
            `indicators` stands for all ids of the catalogue in force. One that yields nothing but a region's
            own indicators is asked only about that region's reports; it should need `division_code`.
        extract: the statements; evidence must be `text[start:end]`.
        needs: what must have been extracted before it runs (names as in `yields`).
        version: changes when what it finds may change.
        explain: every figure that it weighed for some indicators (by their ids), and why it was taken or
            refused; `context.report` is the settled report.
        serves: the kinds of report (`DocumentKind`) in which it finds anything; it is asked about no others.
            One that serves others than the reports on 法治政府建设 runs once the kind is known.
    """

    name: str
    yields: frozenset[str]
    extract: Callable[[Document, Context], Iterable[Statement]]
    needs: frozenset[str] = frozenset()
    version: str = "1"
    explain: Callable[[Document, Context, AbstractSet[str]], Iterable[Candidate]] | None = None
    serves: frozenset[str] = _OF_LAW


@dataclass(frozen=True, slots=True)
class Validator:
    """Checks a settled report, or a whole yearbook.

    Args:
        name: unique among validators.
        scope: `report`: `check(report, context)` with `context.reading`;
            `yearbook`: `check(yearbook, context)`.
        kinds: the kinds of finding that it may raise.
        check: the findings.
        version: changes when what it finds may change.
        serves: the kinds of report (`DocumentKind`) that it checks, or whose yearbooks.
    """

    name: str
    scope: Literal["report", "yearbook"]
    kinds: frozenset[str]
    check: Callable[[Report, Context], Iterable[Finding]] | Callable[[Yearbook, Context], Iterable[Finding]]
    version: str = "1"
    serves: frozenset[str] = _OF_LAW


@dataclass(frozen=True, slots=True)
class MandatedParts:
    """What a region's reports must be made of, in the years for which it says so.

    Args:
        kinds: the kinds of parts (as `SectionKind`), each to have a first-level heading.
        since: the first report year.
        until: the last report year; None where it is in force.
        basis: the provision, in Chinese, as findings cite it.
    """

    kinds: frozenset[str]
    since: int
    until: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class RegionProfile:
    """What a region adds: its names, words and indicator cards.

    Args:
        code: the division code that it covers (2, 4 or 6 digits).
        name: the region's name.
        hosts: host names of its government sites; each covers the hosts below it, and the longest counts.
        cards: YAML text of further indicator cards, or of cues added to cards that exist.
        town_deadline: month and day of the next year by which its towns publish their reports.
        mandated: the parts that its own provisions ask for, instead of the national ones.
        version: changes when what it adds may change.
        units: further units.
        sites: the file of its profile of sites, or None.
    """

    code: str
    name: str
    hosts: tuple[str, ...] = ()
    cards: tuple[str, ...] = field(default=(), repr=False)
    town_deadline: tuple[int, int] = (4, 1)
    mandated: tuple[MandatedParts, ...] = ()
    version: str = "1"
    units: tuple[Unit, ...] = ()
    sites: Path | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Writes a yearbook's files.

    Args:
        name: unique among publishers.
        publish: writes into the folder, beside and moved into place; returns what it wrote.
        version: changes when what it writes may change.
        serves: the kinds of report (`DocumentKind`) whose yearbooks it writes.
        is_usual: whether it writes where the user names no publishers.
        address: where it writes pages on single reports, tells the one of an entry, from the folder, for the
            other publishers to link to (`Entry.review`); an empty string where the entry has none.
    """

    name: str
    publish: Callable[[Yearbook, Path], Sequence[Path]]
    version: str = "1"
    serves: frozenset[str] = _OF_LAW
    is_usual: bool = True
    address: Callable[[Yearbook, Entry], str] | None = None


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A kind of report besides those on 法治政府建设, with yearbooks of its own.

    Documents of a kind that no plugin brings, or that no extractor serves, are no reports.

    Args:
        kind: which documents these are, as their identity tells it.
        name: what such a report is called, in Chinese.
        indicators: all that may be found in them, in the order in which it is published; their ids are their
            own, such as `budgets.revenue`.
        version: changes when any of it means something else.

    Raises:
        PluginError: it is the kind that is read anyway, or the ids are not their own.
    """

    kind: DocumentKind
    name: str
    indicators: tuple[IndicatorInfo, ...] = field(repr=False)
    version: str = "1"

    def __post_init__(self) -> None:
        """Refuse a kind that would stand in the way of another."""
        if not isinstance(self.kind, DocumentKind) or self.kind is DocumentKind.REPORT:
            raise PluginError(f"报告种类不合要求：{self.kind!r}")
        ids = [each.id for each in self.indicators]
        wrong = next((name for name in ids if ids.count(name) > 1 or not OWN_ID.fullmatch(name)), None)
        if wrong is not None:
            raise PluginError(f"报告种类 {self.kind} 的指标 {wrong} 重复，或不是“种类.名称”的写法")
