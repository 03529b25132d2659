"""Enters what a reviewer decided into a store: by the command and by the app, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from flows.indicators import known_catalogue
from flows.summary import stale_line
from nianbao.corrections import Prepared, Reports, apply_corrections, prepare_entries
from nianbao.model import (
    Acceptance,
    AcceptanceOutcome,
    AcceptanceState,
    Correction,
    CorrectionOutcome,
    CorrectionState,
    Entry,
    PointKind,
)
from nianbao.review.applying import apply_acceptances, stale_acceptance
from nianbao.review.decisions import UNIT, Decisions
from nianbao.review.entering import PreparedAcceptances, prepare_acceptances
from nianbao.store import AcceptanceRow, LedgerRow, Store, WaiverRow
from nianbao.waivers import PreparedWaivers, prepare_waivers

EntriesOf = Callable[[int], Sequence[Entry]]
_IDLE_CORRECTIONS = (CorrectionState.STALE, CorrectionState.ABSENT)
_IDLE = (AcceptanceState.STALE, AcceptanceState.ABSENT, AcceptanceState.NEEDLESS)


@dataclass(frozen=True, slots=True)
class EnteredDecisions:
    """What came of decisions.

    Args:
        accepted, corrected, withdrawn, waived: how many were entered; none where there is a fault.
        known: how many stood in the store already, just so.
        told: what was entered although it does nothing as things stand, one Chinese line each.
        faults: what can't be entered, one Chinese line each; nothing was entered then.
    """

    accepted: int = 0
    corrected: int = 0
    withdrawn: int = 0
    waived: int = 0
    known: int = 0
    told: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def entered(self) -> int:
        """How many were entered."""
        return self.accepted + self.corrected + self.withdrawn + self.waived


def enter_decisions(
    store: Store, decisions: Decisions, origin: str, *, entries_of: EntriesOf | None = None
) -> EnteredDecisions:
    """Enter decisions into the ledger, the waivers and the acceptances, in one transaction.

    Read them by `nianbao.review.decisions.decisions_of` (bytes) or `read_decisions` (a file).

    Args:
        store: where they go.
        decisions: what was read; with any fault nothing is entered.
        origin: where they come from: `file` or `app`.
        entries_of: gives a year's kept reports; the store's, read anew, where nothing is given.

    Raises:
        StoreError: the store can't be written; nothing is entered.
    """
    if decisions.faults:
        return EnteredDecisions(faults=decisions.faults)
    entries = cache(entries_of or store.load_entries_for_year)

    @cache
    def reports_of(year: int) -> Reports:
        return Reports(entries(year))

    ledger = store.ledger.in_force()
    corrections = prepare_entries(decisions.corrections, ledger, reports_of)
    standing = [row.waiver for row in store.waivers.standing()]
    waivers = prepare_waivers(decisions.waivers, standing, reports_of)
    accepted = prepare_acceptances(decisions.acceptances, store.acceptances.standing(), reports_of)
    faults = tuple(_faults(corrections, waivers, accepted))
    if faults:
        return EnteredDecisions(faults=faults)
    store.enter(
        [
            *(LedgerRow(each, False, origin) for each in corrections.corrections),
            *(LedgerRow(each, True, origin) for each in corrections.withdrawals),
        ],
        [WaiverRow(each, False, origin) for each in waivers.waivers],
        [AcceptanceRow(each, False, origin) for each in accepted.acceptances],
    )
    return EnteredDecisions(
        accepted=len(accepted.acceptances),
        corrected=len(corrections.corrections),
        withdrawn=len(corrections.withdrawals),
        waived=len(waivers.waivers),
        known=corrections.known + waivers.known + accepted.known,
        told=tuple(_idle(store, entries, corrections.corrections, accepted.acceptances)),
    )


def outcomes_of(
    entries: Sequence[Entry], ledger: Iterable[Correction], acceptances: Iterable[Acceptance]
) -> tuple[tuple[CorrectionOutcome, ...], tuple[AcceptanceOutcome, ...]]:
    """Return what becomes of a year's corrections and acceptances before its kept reports.

    Findings that only a whole year's checks make are not among what the reports keep.
    """
    order = {name: place for place, name in enumerate(known_catalogue().indicators)}
    corrected, corrections = apply_corrections(entries, ledger, order)
    return corrections, apply_acceptances(corrected, acceptances, corrections)[1]


def _faults(corrections: Prepared, waivers: PreparedWaivers, accepted: PreparedAcceptances) -> Iterator[str]:
    yield from (f"第{row}{UNIT}：{told}" for row, told in corrections.faults)
    yield from waivers.faults
    yield from accepted.faults


def _idle(
    store: Store,
    entries_of: EntriesOf,
    corrections: Iterable[Correction],
    acceptances: Iterable[Acceptance],
) -> Iterator[str]:
    """Yield what was just entered and does nothing, as something else stands in the reports."""
    corrected, accepted = tuple(corrections), tuple(acceptances)
    names = {name: card.name for name, card in known_catalogue().indicators.items()}
    ledger = store.ledger.in_force()
    for year in sorted({*(each.year for each in corrected), *(each.year for each in accepted)}):
        own = [each for each in accepted if each.year == year and each.kind is not PointKind.FINDING]
        of_year = [each for each in ledger if each.year == year]
        ends, standing = outcomes_of(entries_of(year), of_year, own)
        for outcome in ends:
            if outcome.correction in corrected and outcome.state in _IDLE_CORRECTIONS:
                yield stale_line(outcome, names)
        yield from (stale_acceptance(each, names) for each in standing if each.state in _IDLE)
