"""Holds what people let stand against a year's reports: what is as it was seen holds, the rest is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nianbao.corrections.evidence import figure_of
from nianbao.issuers import NamedIn
from nianbao.model import (
    Acceptance,
    AcceptanceOutcome,
    AcceptanceState,
    CorrectionOutcome,
    CorrectionState,
    Entry,
    FigureStatus,
    PointKind,
    Status,
    Yearbook,
)
from nianbao.review.accepted import CALLED
from nianbao.review.digests import (
    digest_of_figure,
    digest_of_stale,
    digests_of_findings,
    digests_of_numerals,
    unclaimed,
)

Key = tuple[str, int]
# What a user has to look at comes first.
_ORDER = (AcceptanceState.STALE, AcceptanceState.ABSENT, AcceptanceState.NEEDLESS, AcceptanceState.HELD)
_HOLDS = "有效"
_MOST_TOLD = 5
_GONE: Mapping[PointKind, str] = {
    PointKind.FIGURE: "核对过的数字现在读不出来了，请重新核对",
    PointKind.FINDING: "这个问题已不存在",
    PointKind.NUMERAL: "这个数字已不在待核对之列",
    PointKind.CORRECTION: "这条更正已不再是失效的",
}
_CHANGED: Mapping[PointKind, str] = {
    PointKind.FIGURE: "核对以后，读出的数或所依据的原文变了，请重新核对",
    PointKind.FINDING: "核对以后，这类问题所说的或所依据的原文变了，请重新核对",
    PointKind.NUMERAL: "核对以后，这个数字所在的句子变了，请重新核对",
    PointKind.CORRECTION: "核对以后，更正或现在读出的数又变了，请重新核对",
}


def current(acceptances: Iterable[Acceptance]) -> tuple[Acceptance, ...]:
    """Return what holds: of several about the same the last, in the order of the first."""
    return tuple({each.about: each for each in acceptances}.values())


def apply_acceptances(
    entries: Sequence[Entry],
    acceptances: Iterable[Acceptance],
    corrections: Iterable[CorrectionOutcome] = (),
) -> tuple[tuple[Entry, ...], tuple[AcceptanceOutcome, ...]]:
    """Mark what somebody looked at and lets stand, and tell what became of each acceptance.

    A figure that was accepted bears it and asks for no review any more; a finding bears it. What a person
    corrected stays corrected, whoever accepted before what had been read.

    Args:
        entries: one year's reports, their corrections applied and their findings waived.
        acceptances: of that year.
        corrections: what became of the ledger's entries, for those that went stale.

    Returns:
        The entries, and what became of each acceptance, those to look at first.
    """
    wanted = current(acceptances)
    if not wanted:
        return tuple(entries), ()
    readable = [entry for entry in entries if entry.report.status is not Status.UNREADABLE]
    named = NamedIn(entry.report for entry in readable)
    stale = [each for each in corrections if each.state is CorrectionState.STALE]
    desks: dict[int, _Desk] = {}
    outcomes = []
    for acceptance in wanted:
        places = named.of(acceptance.issuer)
        for place in places:
            if place not in desks:
                desks[place] = _Desk.of(readable[place], stale)
        outcomes.append(_outcome(acceptance, [desks[place] for place in places]))
    changed = {desk.key: desk.marked() for desk in desks.values()}
    return (
        tuple(changed.get((entry.report.file, entry.report.part), entry) for entry in entries),
        tuple(sorted(outcomes, key=lambda outcome: _ORDER.index(outcome.state))),
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """A report, and what there is to accept in it.

    Args:
        entry: the report.
        there: the digests of each kind and key.
        numerals: the digests of all numerals: one may have been quoted with what is personal hidden.
        accepted: what was accepted and holds, of figures by indicator, of findings by digest; filled as it
            is met.
    """

    entry: Entry
    there: Mapping[tuple[PointKind, str], frozenset[str]]
    numerals: frozenset[str]
    accepted: dict[str, Acceptance] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Entry, stale: Iterable[CorrectionOutcome]) -> _Desk:
        report = entry.report
        found: dict[tuple[PointKind, str], set[str]] = {}
        for figure in report.figures:
            if figure.status is FigureStatus.FAILED:
                continue
            found[PointKind.FIGURE, figure.indicator] = {digest_of_figure(entry, figure)}
        for finding, seen in zip(report.findings, digests_of_findings(entry), strict=True):
            found.setdefault((PointKind.FINDING, finding.rule), set()).add(seen)
        for (_, numeral), seen in zip(unclaimed(entry), digests_of_numerals(entry), strict=True):
            found.setdefault((PointKind.NUMERAL, numeral.quote), set()).add(seen)
        for outcome in stale:
            if (outcome.file, outcome.part) == (report.file, report.part):
                key = (PointKind.CORRECTION, outcome.correction.indicator)
                found.setdefault(key, set()).add(digest_of_stale(entry, outcome.correction))
        there = {key: frozenset(digests) for key, digests in found.items()}
        return cls(entry, there, frozenset(digests_of_numerals(entry)))

    @property
    def key(self) -> Key:
        return self.entry.report.file, self.entry.report.part

    def meet(self, acceptance: Acceptance) -> tuple[AcceptanceState, str]:
        """Return what becomes of an acceptance before this report, in one Chinese clause too."""
        kind = acceptance.kind
        figure = figure_of(self.entry.report, acceptance.key) if kind is PointKind.FIGURE else None
        if figure is not None and figure.correction is not None:
            return AcceptanceState.NEEDLESS, f"已由{figure.correction.person}更正，以更正为准"
        there = self.there.get((kind, acceptance.key), frozenset())
        if kind is PointKind.NUMERAL and acceptance.seen in self.numerals:
            return AcceptanceState.HELD, _HOLDS
        if acceptance.seen in there:
            if kind is PointKind.FIGURE:
                self.accepted[acceptance.key] = acceptance
            elif kind is PointKind.FINDING:
                self.accepted[acceptance.seen] = acceptance
            return AcceptanceState.HELD, _HOLDS
        if there:
            return AcceptanceState.STALE, _CHANGED[kind]
        is_lost = kind is PointKind.FIGURE
        return AcceptanceState.STALE if is_lost else AcceptanceState.NEEDLESS, _GONE[kind]

    def marked(self) -> Entry:
        """Return the entry with what was accepted of its figures and findings."""
        if not self.accepted:
            return self.entry
        report = self.entry.report
        figures = (
            replace(figure, review="", acceptance=found)
            if (found := self.accepted.get(figure.indicator))
            else figure
            for figure in report.figures
        )
        findings = (
            replace(finding, acceptance=self.accepted.get(seen))
            for finding, seen in zip(report.findings, digests_of_findings(self.entry), strict=True)
        )
        marked = replace(report, figures=tuple(figures), findings=tuple(findings))
        return replace(self.entry, report=marked)


def _outcome(acceptance: Acceptance, desks: Sequence[_Desk]) -> AcceptanceOutcome:
    """Tell what became of an acceptance: of several reports of one issuer it is about the one that it saw."""
    met = [(desk.meet(acceptance), desk) for desk in desks]
    found = next((each for state in reversed(_ORDER) for each in met if each[0][0] is state), None)
    if found is None:
        return AcceptanceOutcome(acceptance, AcceptanceState.ABSENT, "没有这个单位的报告")
    (state, told), desk = found
    return AcceptanceOutcome(acceptance, state, told, *desk.key)


def accept_in_yearbook(yearbook: Yearbook, acceptances: Iterable[Acceptance]) -> Yearbook:
    """Hold what people let stand against a yearbook, and note what went stale.

    Args:
        yearbook: with its corrections applied and its findings waived.
        acceptances: those of other years are passed over.
    """
    own = [each for each in acceptances if each.year == yearbook.year]
    if not own:
        return yearbook
    entries, outcomes = apply_acceptances(yearbook.entries, own, yearbook.corrections)
    names = {info.id: info.name for info in yearbook.indicators}
    stale = [each for each in outcomes if each.state is AcceptanceState.STALE]
    notes = [stale_acceptance(each, names) for each in stale[:_MOST_TOLD]]
    if len(stale) > _MOST_TOLD:
        notes.append(f"另有 {len(stale) - _MOST_TOLD} 条核对已失效，请看 nianbao review list")
    return replace(yearbook, entries=entries, acceptances=outcomes, notes=(*yearbook.notes, *notes))


def stale_acceptance(outcome: AcceptanceOutcome, names: Mapping[str, str]) -> str:
    """Return what a user is told of an acceptance that does not hold; `names` are the indicators' by id."""
    each = outcome.acceptance
    called = f"{CALLED[each.kind]}“{names.get(each.key, each.key)}”"
    place = f"{each.issuer} {each.year}年度{called}"
    what = "核对已失效" if outcome.state is AcceptanceState.STALE else "核对没有用到"
    return f"{what}：{place}（{each.person} {each.day}）：{outcome.told}"
