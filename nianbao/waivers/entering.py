"""From a list of waivers to entries of the store: all of it, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from nianbao.model import Waiver
from nianbao.waivers.matching import WHOLE_YEAR, answer, includes, key_of
from nianbao.waivers.reading import Waivers


class Issuers(Protocol):
    """Who reported on a year."""

    def issuer(self, name: str) -> str | None:
        """Return the full name of the issuer that a name means, None where there is none.

        Raises:
            ValueError: several issuers go by that name; in one Chinese clause.
        """


@dataclass(frozen=True, slots=True)
class PreparedWaivers:
    """What a list comes to.

    Args:
        waivers: what is to be entered, each under its issuer's full name where that is known.
        known: how many say what the store says already.
        faults: Chinese lines on what can't be entered; nothing of the list may then be.
    """

    waivers: tuple[Waiver, ...]
    known: int
    faults: tuple[str, ...]


def prepare_waivers(
    listed: Waivers, standing: Iterable[Waiver], issuers_of: Callable[[int], Issuers]
) -> PreparedWaivers:
    """Hold a list of waivers against those that stand in the store and the kept reports.

    Args:
        listed: what the list holds.
        standing: what stands in the store.
        issuers_of: gives who reported on a year.
    """
    faults = list(listed.faults)
    before = list(standing)
    entered: dict[tuple[str, int, str, str], Waiver] = {}
    known = 0
    for each in listed.waivers:
        try:
            waiver = _named(each, issuers_of)
        except ValueError as error:
            faults.append(f"{listed.told(each)}：{error}")
            continue
        twin = entered.get(key_of(waiver))
        if twin is not None and answer(twin) != answer(waiver):
            faults.append(f"{listed.told(each)}：与第{twin.row}{listed.unit}是同一个问题，填写的不一样")
        elif twin is not None or any(_says(other, waiver) for other in before):
            known += 1
        else:
            entered[key_of(waiver)] = waiver
    return PreparedWaivers(tuple(entered.values()), known, tuple(faults))


def _named(waiver: Waiver, issuers_of: Callable[[int], Issuers]) -> Waiver:
    if waiver.issuer == WHOLE_YEAR:
        return waiver
    return replace(waiver, issuer=issuers_of(waiver.year).issuer(waiver.issuer) or waiver.issuer)


def _says(other: Waiver, waiver: Waiver) -> bool:
    """Tell whether one says what the other does: a workbook comes back with a row for each finding waived."""
    return (
        key_of(other)[:2] == key_of(waiver)[:2]
        and answer(other) == answer(waiver)
        and includes(other, waiver)
    )


class WaiverState(StrEnum):
    """What becomes of a waiver of the store."""

    IN_FORCE = "in-force"
    EXPIRED = "expired"
    IDLE = "idle"
    UNTRIED = "untried"


def state_of(waiver: Waiver, today: date, *, is_matched: bool, was_tried: bool) -> WaiverState:
    """Return what becomes of a waiver of the store.

    Args:
        waiver: the waiver.
        today: the day.
        is_matched: whether it covers a finding that is known now.
        was_tried: whether all findings that it may be about are known, or a run met it and had no use for it.
    """
    if waiver.until < today:
        return WaiverState.EXPIRED
    if is_matched:
        return WaiverState.IN_FORCE
    return WaiverState.IDLE if was_tried else WaiverState.UNTRIED
