"""What a yearbook showed: every figure and what it rested on, to hold another yearbook against it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from nianbao.corrections import evidence_of
from nianbao.corrections.evidence import DIGITS
from nianbao.issuers import full_name
from nianbao.model import (
    Correction,
    CorrectionState,
    Entry,
    Field,
    FigureStatus,
    Qualifier,
    Status,
    Yearbook,
)


@dataclass(frozen=True, slots=True)
class Named:
    """An indicator as it was called: its id, its name and its unit."""

    id: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure as it was published.

    Args:
        indicator: id of the indicator.
        value: in the indicator's unit; None where it failed or was withdrawn.
        status, qualifier: of the figure.
        evidence: digest of what was read for it (`nianbao.corrections.evidence_of`).
        correction: what a person entered instead of what was read, where that held.
    """

    indicator: str
    value: Decimal | None
    status: FigureStatus
    qualifier: Qualifier
    evidence: str
    correction: Correction | None = None

    @property
    def shown(self) -> tuple[Decimal | None, FigureStatus, Qualifier]:
        """What a reader of the yearbook sees of it."""
        return self.value, self.status, self.qualifier


@dataclass(frozen=True, slots=True)
class Idle:
    """A correction that was not applied: of which indicator, what became of it, and why, in Chinese."""

    indicator: str
    state: CorrectionState
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """A report as it was published.

    Args:
        issuer: its issuer's full name (`nianbao.issuers.full_name`).
        code: its division code; empty where it has none.
        level: its issuer's level; empty where it is unknown.
        file, part: the report, as `Report` has them.
        sha256: of the file's bytes.
        text: digest of the file's text; empty where it has none.
        status: how its reading ended.
        aside: why another report of its issuer counts instead, in Chinese; empty where it counts itself.
        cells: its figures.
        idle: the corrections that are about it and were not applied.
    """

    issuer: str
    code: str
    level: str
    file: str
    part: int
    sha256: str
    text: str
    status: Status
    aside: str = ""
    cells: tuple[Cell, ...] = ()
    idle: tuple[Idle, ...] = ()

    @property
    def content(self) -> tuple[str, int]:
        """What tells whether two rows are of the same report, wherever it lies."""
        return self.sha256, self.part


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a yearbook showed; two that showed the same, made by the same, are equal.

    Args:
        year: the year reported on.
        reading: fingerprint of what turned bytes into text; empty where it is unknown.
        extraction: fingerprint of what found figures in the text; empty where it is unknown.
        indicators: those that were looked for.
        rows: the reports, and the files that could not be read.
    """

    year: int
    reading: str
    extraction: str
    indicators: tuple[Named, ...]
    rows: tuple[Row, ...]

    @property
    def counted(self) -> tuple[Row, ...]:
        """The reports that count: read, and not set aside."""
        return tuple(row for row in self.rows if row.status is not Status.UNREADABLE and not row.aside)


def take_snapshot(yearbook: Yearbook) -> Snapshot:
    """Return what is kept of a yearbook to compare others with."""
    aside = {(each.file, each.part): each.reason for each in yearbook.set_aside}
    idle: dict[tuple[str, int], list[Idle]] = {}
    for outcome in yearbook.corrections:
        if outcome.file and outcome.state is not CorrectionState.APPLIED:
            told = Idle(outcome.correction.indicator, outcome.state, outcome.told)
            idle.setdefault((outcome.file, outcome.part), []).append(told)
    rows = []
    for entry in yearbook.entries:
        key = (entry.report.file, entry.report.part)
        rows.append(_row(entry, aside.get(key, ""), tuple(idle.get(key, ()))))
    return Snapshot(
        year=yearbook.year,
        reading=yearbook.run.reading,
        extraction=yearbook.run.extraction,
        indicators=tuple(Named(info.id, info.name, info.unit) for info in yearbook.indicators),
        rows=tuple(rows),
    )


def _row(entry: Entry, aside: str, idle: tuple[Idle, ...]) -> Row:
    report = entry.report
    return Row(
        issuer=full_name(report),
        code=report.value(Field.DIVISION_CODE) or "",
        level=report.value(Field.ISSUER_LEVEL) or "",
        file=report.file,
        part=report.part,
        sha256=report.sha256,
        text=digest_of_text(entry.text) if entry.digests is None else entry.digests.text,
        status=report.status,
        aside=aside,
        cells=tuple(
            Cell(
                figure.indicator,
                figure.value,
                figure.status,
                figure.qualifier,
                evidence_of(entry, figure.indicator),
                figure.correction,
            )
            for figure in report.figures
        ),
        idle=idle,
    )


def digest_of_text(text: str) -> str:
    """Return the digest of a file's text; empty where it has none."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:DIGITS] if text else ""
