"""What needs a look in a report, in the order in which it is to be looked at, and what was settled there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from nianbao.corrections.applying import shown_value
from nianbao.corrections.evidence import figure_of
from nianbao.issuers import KnownAs
from nianbao.model import (
    Acceptance,
    AcceptanceState,
    Correction,
    CorrectionOutcome,
    CorrectionState,
    Entry,
    Figure,
    FigureStatus,
    Point,
    PointKind,
    Severity,
    Waiver,
    Yearbook,
)
from nianbao.review.digests import (
    digest_of_figure,
    digest_of_stale,
    digests_of_findings,
    digests_of_numerals,
    unclaimed,
)

_STALE, _DISPUTED, _UNSURE, _NUMERAL = 0, 1, 2, 6
_SEVERITIES = {Severity.ERROR: 3, Severity.WARNING: 4, Severity.NOTE: 5}
_UNCLAIMED = "没有归入任何指标的数字"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A point with what orders it within its rank."""

    point: Point
    confidence: Decimal = Decimal(1)

    @property
    def order(self) -> tuple[bool, int, Decimal, int]:
        at = -1 if self.point.start is None else self.point.start
        return bool(self.point.settled), self.point.rank, self.confidence, at


class _Settled:
    """What was accepted of a report.

    Args:
        acceptances: of its issuer and year.
    """

    def __init__(self, acceptances: Iterable[Acceptance]) -> None:
        listed = tuple(acceptances)
        self._by_sight = {_sight(each.kind, each.key, each.seen): each for each in listed}
        self._by_key = {(each.kind, each.key): each for each in listed}

    def marked(self, point: Point) -> Point:
        """Return a point as settled where somebody accepted just this."""
        if point.settled:
            return point
        found = self._by_sight.get(_sight(point.kind, point.key, point.seen))
        if found is not None:
            return replace(point, settled=told_acceptance(found))
        if point.kind not in (PointKind.FIGURE, PointKind.CORRECTION):
            return point
        before = self._by_key.get((point.kind, point.key))
        again = f"（{before.person} {before.day} 核对过，后来有变动）" if before else ""
        return replace(point, why=point.why + again)

    def has(self, kind: PointKind, key: str, seen: str) -> bool:
        """Tell whether somebody accepted just this."""
        return _sight(kind, key, seen) in self._by_sight


def _sight(kind: PointKind, key: str, seen: str) -> tuple[PointKind, str, str]:
    # A numeral may have been quoted with what is personal hidden.
    return kind, "" if kind is PointKind.NUMERAL else key, seen


def points_of(
    entry: Entry, *, stale: Iterable[CorrectionOutcome] = (), acceptances: Iterable[Acceptance] = ()
) -> tuple[Point, ...]:
    """Return what is to be looked at in a report, the open points first.

    These are stale corrections, disputed figures, figures of low confidence (the least sure first), findings
    by severity, and numerals that nobody claimed; within a rank in the order of the text. What was settled
    comes after all that is open. A figure that failed is none: nobody can settle it.

    Args:
        entry: the report, its ledger applied.
        stale: outcomes of corrections; those that are not stale or not of this report are passed over.
        acceptances: what people let stand; that of other issuers and years is passed over, and one that no
            longer fits what stands there settles nothing.
    """
    report = entry.report
    settled = _Settled(_own(entry, acceptances))
    mine = [
        each
        for each in stale
        if each.state is CorrectionState.STALE and (each.file, each.part) == (report.file, report.part)
    ]
    found = [*_stale(entry, mine), *_figures(entry, settled), *_findings(entry), *_numerals(entry)]
    placed = (replace(each, point=settled.marked(each.point)) for each in found)
    return tuple(each.point for each in sorted(placed, key=lambda each: each.order))


def points_by_report(yearbook: Yearbook) -> Mapping[tuple[str, int], tuple[Point, ...]]:
    """Return the points of each entry of a yearbook by its file and part, as its ledger was applied."""
    stale: dict[tuple[str, int], list[CorrectionOutcome]] = {}
    for outcome in yearbook.corrections:
        stale.setdefault((outcome.file, outcome.part), []).append(outcome)
    accepted: dict[tuple[str, int], list[Acceptance]] = {}
    for each in yearbook.acceptances:
        if each.state is not AcceptanceState.ABSENT:
            accepted.setdefault((each.file, each.part), []).append(each.acceptance)
    keys = [(entry.report.file, entry.report.part) for entry in yearbook.entries]
    return {
        key: points_of(entry, stale=stale.get(key, ()), acceptances=accepted.get(key, ()))
        for key, entry in zip(keys, yearbook.entries, strict=True)
    }


def told_acceptance(acceptance: Acceptance) -> str:
    """Return by whom and when something was accepted, in Chinese."""
    note = f"（{acceptance.note}）" if acceptance.note else ""
    return f"已核对：{acceptance.person} {acceptance.day}{note}"


def _own(entry: Entry, acceptances: Iterable[Acceptance]) -> list[Acceptance]:
    of_year = [each for each in acceptances if each.year == entry.report.year]
    if not of_year:
        return []
    known = KnownAs.of(entry.report)
    return [each for each in of_year if known.is_meant(each.issuer)]


def _stale(entry: Entry, outcomes: Iterable[CorrectionOutcome]) -> Iterator[_Placed]:
    for outcome in outcomes:
        indicator = outcome.correction.indicator
        start, end = _span(entry, figure_of(entry.report, indicator))
        seen = digest_of_stale(entry, outcome.correction)
        why = f"更正已失效：{outcome.told}"
        kind = PointKind.CORRECTION
        yield _Placed(Point(kind, indicator, seen, why, start, end, _STALE, indicator=indicator))


def _figures(entry: Entry, settled: _Settled) -> Iterator[_Placed]:
    for place, figure in enumerate(entry.report.figures):
        if figure.status is FigureStatus.FAILED:
            continue
        seen = digest_of_figure(entry, figure)
        is_disputed = figure.status is FigureStatus.DISPUTED
        is_accepted = settled.has(PointKind.FIGURE, figure.indicator, seen)
        if not (is_disputed or figure.review or figure.correction or figure.acceptance or is_accepted):
            continue
        start, end = _span(entry, figure)
        by = _told_correction(figure.correction) if figure.correction else ""
        if figure.acceptance and not by:
            by = told_acceptance(figure.acceptance)
        point = Point(
            PointKind.FIGURE,
            figure.indicator,
            seen,
            _why(figure),
            start,
            end,
            _DISPUTED if is_disputed else _UNSURE,
            by,
            figure.indicator,
            place,
        )
        yield _Placed(point, Decimal(1) if is_disputed else _confidence(entry, figure))


def _why(figure: Figure) -> str:
    if figure.correction is not None:
        return f"读出的是{shown_value(figure.correction.old)}"
    if figure.review:
        return figure.review
    return "原文前后说法不一" if figure.status is FigureStatus.DISPUTED else "核对过的数字"


def _confidence(entry: Entry, figure: Figure) -> Decimal:
    return min((entry.report.observations[index].confidence for index in figure.sources), default=Decimal(1))


def _span(entry: Entry, figure: Figure | None) -> tuple[int | None, int | None]:
    if figure is None or not figure.sources:
        return None, None
    first = entry.report.observations[figure.sources[0]]
    return first.figure_start, first.figure_end


def _findings(entry: Entry) -> Iterator[_Placed]:
    for place, (finding, seen) in enumerate(
        zip(entry.report.findings, digests_of_findings(entry), strict=True)
    ):
        start, end = (finding.quotes[0].start, finding.quotes[0].end) if finding.quotes else (None, None)
        only = finding.indicators[0] if len(finding.indicators) == 1 else ""
        by = _told_waiver(finding.waiver) if finding.waiver else ""
        rank = _SEVERITIES[finding.severity]
        kind = PointKind.FINDING
        yield _Placed(Point(kind, finding.rule, seen, finding.message, start, end, rank, by, only, place))


def _numerals(entry: Entry) -> Iterator[_Placed]:
    for (place, numeral), seen in zip(unclaimed(entry), digests_of_numerals(entry), strict=True):
        span = (numeral.start, numeral.end)
        kind = PointKind.NUMERAL
        yield _Placed(Point(kind, numeral.quote, seen, _UNCLAIMED, *span, _NUMERAL, place=place))


def _told_correction(correction: Correction) -> str:
    change = f"更正为{shown_value(correction.value)}"
    return f"{change}：{correction.person} {correction.day}（{correction.reason}）"


def _told_waiver(waiver: Waiver) -> str:
    return f"豁免：{waiver.person} {waiver.day}，有效期至{waiver.until}（{waiver.reason}）"
