"""A text to be changed, one change of it, and whether what was changed is found."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from nianbao import Context, Document, Finding, Report, Severity, SourceConfig, steps
from nianbao.grammar.reading import Reading
from nianbao.manager import registry
from plugins.validators.sentences import Sentence, Spot, sentences

FIGURES = frozenset({"sum", "order", "ratio", "repeat-conflict", "unit"})
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing changed: `text[start:end]` is `new` instead.

    Args:
        name: what sort of change it is.
        start, end: the span in the clean text.
        new: what stands there now.
        kinds: the kinds of findings that tell of it.
        at: a place of the changed text on which a finding must rest; None where any finding does.
    """

    name: str
    start: int
    end: int
    new: str
    kinds: frozenset[str]
    at: int | None = None


@dataclass(frozen=True)
class Source:
    """A clean text with what was read of it; `seed` and `sort` tell which changes chance draws."""

    document: Document
    report: Report
    context: Context
    seed: int
    sort: str = ""

    def drawn_for(self, sort: str) -> Source:
        """Return this source with the chance of one sort of change, that no other sort moves."""
        return replace(self, sort=sort)

    @cached_property
    def draw(self) -> random.Random:
        """What draws its changes, the same in every run."""
        return random.Random(f"{self.seed} {self.name} {self.sort}")

    @property
    def name(self) -> str:
        """The name of its file."""
        return Path(self.report.file).name

    @property
    def text(self) -> str:
        """The canonical text."""
        return self.document.text

    @property
    def reading(self) -> Reading:
        """What the grammar read of it."""
        if self.context.reading is None:
            raise ValueError(self.name)
        return self.context.reading

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences with figures."""
        return sentences(self.reading)

    @property
    def body(self) -> int:
        """Where the first line ends."""
        return max(self.text.find("\n"), 0)

    def digits(self, spot: Spot) -> re.Match[str] | None:
        """Return the numeral of a figure, in the canonical text; None where it is none of digits."""
        start, end, _ = self.reading.quote(spot.quantity.number_start, spot.quantity.end)
        return DIGITS.match(self.text, start, end)

    def some(self, found: list[Change], most: int) -> list[Change]:
        """Return some of the changes, drawn by chance."""
        return self.draw.sample(found, min(most, len(found)))

    def in_title(self, at: int) -> bool:
        """Whether a place stands within the title of a paper."""
        return self.text.rfind("《", 0, at) > self.text.rfind("》", 0, at)


def sources(folder: str, seed: int) -> Iterator[Source]:
    """Yield the texts of a folder that hold one report each.

    Args:
        folder: of files.
        seed: tells one draw from another; a file's changes are the same in every run of one seed.
    """
    context = steps.make_context()
    for filing in steps.list_filings(registry(), SourceConfig(folder)):
        done = steps.process(registry(), filing, context)
        if done.document is not None and len(done.reports) == 1:
            own = steps.context_of(registry(), done.document, context)
            yield Source(done.document, done.reports[0], own, seed)


def changed(document: Document, change: Change) -> Document:
    """Return a document with a change; the blocks behind it move on, those within it are lost."""
    moved = len(change.new) - (change.end - change.start)
    blocks = [
        block._replace(
            start=block.start if block.start <= change.start else block.start + moved,
            end=block.end if block.end < change.end else block.end + moved,
        )
        for block in document.blocks
        if block.end <= change.start
        or block.start >= change.end
        or (block.start <= change.start and change.end <= block.end)
    ]
    text = document.text[: change.start] + change.new + document.text[change.end :]
    return replace(document, text=text, blocks=tuple(blocks))


def findings(document: Document) -> tuple[Finding, ...]:
    """Return what the rules find in a document."""
    return steps.analyse(registry(), document, steps.make_context()).findings


def is_found(source: Source, change: Change) -> bool:
    """Whether a finding tells of a change, and was not there without it."""
    known = {(finding.rule, finding.message) for finding in source.report.findings}
    return any(
        finding.kind in change.kinds
        and (finding.rule, finding.message) not in known
        and (change.at is None or any(quote.start <= change.at < quote.end for quote in finding.quotes))
        for finding in findings(changed(source.document, change))
    )


def alarms(source: Source) -> list[Finding]:
    """Return what is raised of a text as it is, beyond notes and what an extract can't have."""
    return [
        finding
        for finding in source.report.findings
        if finding.severity is not Severity.NOTE and finding.kind != "missing-part"
    ]
