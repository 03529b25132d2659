"""Holds the ledger against a year's reports: what rests on what was seen is applied, the rest is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nianbao.corrections.evidence import evidence_of, figure_of
from nianbao.issuers import NamedIn
from nianbao.model import (
    Correction,
    CorrectionOutcome,
    CorrectionState,
    Entry,
    Figure,
    FigureStatus,
    Qualifier,
    Status,
)

# What a user has to look at comes first.
_ORDER = (
    CorrectionState.STALE,
    CorrectionState.ABSENT,
    CorrectionState.NEEDLESS,
    CorrectionState.APPLIED,
)


def current(ledger: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the entries that hold: of several of one key the last, in the order of the first."""
    return tuple({entry.key: entry for entry in ledger}.values())


def apply_corrections(
    entries: Sequence[Entry], ledger: Iterable[Correction], order: Mapping[str, int]
) -> tuple[tuple[Entry, ...], tuple[CorrectionOutcome, ...]]:
    """Put what was entered in the place of what was read, where that is still what was seen.

    A correction goes stale where the value or its evidence is another one now; it is then told, not applied.

    Args:
        entries: one year's reports.
        ledger: the corrections of that year.
        order: each indicator's place in the catalogue.

    Returns:
        The entries, and what became of each correction, those to look at first.
    """
    wanted = current(ledger)
    if not wanted:
        return tuple(entries), ()
    readable = [entry for entry in entries if entry.report.status is not Status.UNREADABLE]
    named = NamedIn(entry.report for entry in readable)
    figures: dict[tuple[str, int], dict[str, Figure]] = {}
    outcomes = []
    for correction in wanted:
        meetings = [_meeting(correction, readable[place]) for place in named.of(correction.issuer)]
        outcomes.append(_outcome(correction, meetings))
        for met in meetings:
            if met.state is CorrectionState.APPLIED:
                key = (met.entry.report.file, met.entry.report.part)
                figures.setdefault(key, {})[correction.indicator] = _corrected(met)
    changed = (
        _with_figures(entry, figures.get((entry.report.file, entry.report.part), {}), order)
        for entry in entries
    )
    return tuple(changed), tuple(sorted(outcomes, key=lambda outcome: _ORDER.index(outcome.state)))


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A correction before a report of its issuer, the figure that is read there now, and what comes of it."""

    correction: Correction
    entry: Entry
    figure: Figure | None
    state: CorrectionState


def _meeting(correction: Correction, entry: Entry) -> _Meeting:
    figure = figure_of(entry.report, correction.indicator)
    value = figure.value if figure else None
    is_settled = figure is None or figure.status in (FigureStatus.STATED, FigureStatus.ZERO)
    if value == correction.old and evidence_of(entry, correction.indicator) == correction.evidence:
        state = CorrectionState.APPLIED
    elif value == correction.value and is_settled:
        state = CorrectionState.NEEDLESS
    else:
        state = CorrectionState.STALE
    return _Meeting(correction, entry, figure, state)


def _outcome(correction: Correction, meetings: Sequence[_Meeting]) -> CorrectionOutcome:
    """Tell what became of a correction: of several reports of one issuer it is about the one that it saw."""
    met = next(
        (each for state in reversed(_ORDER) for each in meetings if each.state is state),
        None,
    )
    if met is None:
        return CorrectionOutcome(correction, CorrectionState.ABSENT, "没有这个单位的报告")
    return CorrectionOutcome(correction, met.state, _told(met), met.entry.report.file, met.entry.report.part)


def _told(met: _Meeting) -> str:
    if met.state is CorrectionState.APPLIED:
        return "已采用"
    if met.state is CorrectionState.NEEDLESS:
        return "报告现在读出的就是更正后的数，不再需要更正"
    value = met.figure.value if met.figure else None
    now, old = shown_value(value), shown_value(met.correction.old)
    if value != met.correction.old:
        return f"更正时读出的是{old}，现在是{now}，没有采用；请核对后重新更正"
    return f"读出的仍是{now}，但所依据的原文已变，没有采用；请核对后重新更正"


def shown_value(value: Decimal | None) -> str:
    """Return a value of the ledger as a user reads it."""
    return "未提及" if value is None else f"{value:,f}"


def _corrected(met: _Meeting) -> Figure:
    figure, value = met.figure, met.correction.value
    status = FigureStatus.STATED if value else FigureStatus.ZERO
    return Figure(
        indicator=met.correction.indicator,
        value=value,
        status=FigureStatus.WITHDRAWN if value is None else status,
        derived=False,
        sources=figure.sources if figure else (),
        qualifier=Qualifier.EXACT,
        low=value,
        high=value,
        correction=met.correction,
    )


def _with_figures(entry: Entry, corrected: Mapping[str, Figure], order: Mapping[str, int]) -> Entry:
    if not corrected:
        return entry
    figures = {**{figure.indicator: figure for figure in entry.report.figures}, **corrected}
    found = sorted(figures.values(), key=lambda figure: order.get(figure.indicator, len(order)))
    return replace(entry, report=replace(entry.report, figures=tuple(found)))
