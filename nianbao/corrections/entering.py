"""From what people entered to entries of the ledger: all of a list, or none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from nianbao.corrections.binding import Reports, bind
from nianbao.corrections.reading import Entered, Told
from nianbao.model import Correction


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a list comes to.

    Args:
        corrections: what is to be entered.
        withdrawals: what is to be taken back, each as it was entered, with the reason for taking it back.
        known: how many stand in the ledger already, just so.
        faults: (row, Chinese clause) of what can't be entered; nothing of the list may then be.
    """

    corrections: tuple[Correction, ...]
    withdrawals: tuple[Correction, ...]
    known: int
    faults: tuple[tuple[int, str], ...]


def prepare_entries(
    entered: Iterable[Entered], ledger: Iterable[Correction], reports_of: Callable[[int], Reports]
) -> Prepared:
    """Hold what people entered against the ledger and the kept reports.

    Args:
        entered: the entries of a list.
        ledger: what holds already.
        reports_of: gives a year's reports.
    """
    standing = {entry.key: entry for entry in ledger}
    corrections: list[Correction] = []
    withdrawals: list[Correction] = []
    faults: list[tuple[int, str]] = []
    known = 0
    for each in entered:
        try:
            reports = reports_of(each.year)
            if each.value is Told.WITHDRAWN:
                withdrawals.append(_withdrawn(each, standing, reports))
            elif _is_known(each, standing, reports):
                known += 1
            else:
                corrections.append(bind(each, reports))
        except ValueError as error:
            faults.append((each.row, str(error)))
    return Prepared(tuple(corrections), tuple(withdrawals), known, tuple(faults))


Standing = Mapping[tuple[str, int, str], Correction]


def _withdrawn(entered: Entered, standing: Standing, reports: Reports) -> Correction:
    found = standing.get(_key(entered, reports))
    if found is None:
        raise ValueError("没有可以撤销的更正")
    reason = entered.reason or found.reason
    return Correction(*found.key, found.old, found.evidence, None, reason, entered.person, entered.day)


def _is_known(entered: Entered, standing: Standing, reports: Reports) -> bool:
    """Tell whether the ledger has this very entry, as one has that a workbook showed and brings back."""
    found = standing.get(_key(entered, reports))
    if found is None:
        return False
    value = entered.value if isinstance(entered.value, Decimal) else None
    same = (value, entered.reason, entered.person) == (found.value, found.reason, found.person)
    is_same_sight = not entered.evidence or entered.evidence == found.evidence
    return same and is_same_sight


def _key(entered: Entered, reports: Reports) -> tuple[str, int, str]:
    return reports.issuer(entered.issuer) or entered.issuer, entered.year, entered.indicator
