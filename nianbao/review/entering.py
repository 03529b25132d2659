"""From what people let stand to entries of the store: all of a list, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from nianbao.model import Acceptance
from nianbao.waivers.entering import Issuers


@dataclass(frozen=True, slots=True)
class PreparedAcceptances:
    """What a list comes to.

    Args:
        acceptances: what is to be entered, each under its issuer's full name where that is known.
        known: how many stand in the store just so.
        faults: Chinese clauses on what can't be entered; nothing of the list may then be.
    """

    acceptances: tuple[Acceptance, ...]
    known: int
    faults: tuple[str, ...]


def prepare_acceptances(
    listed: Iterable[Acceptance], standing: Iterable[Acceptance], issuers_of: Callable[[int], Issuers]
) -> PreparedAcceptances:
    """Hold a list against what stands in the store and the kept reports.

    Of two about the same the later counts.

    Args:
        listed: what was accepted.
        standing: what stands in the store.
        issuers_of: gives who reported on a year.
    """
    before = {each.about: each for each in standing}
    found: dict[tuple[object, ...], Acceptance] = {}
    faults: dict[str, None] = {}
    known = 0
    for each in listed:
        try:
            issuer = issuers_of(each.year).issuer(each.issuer) or each.issuer
        except ValueError as error:
            faults[str(error)] = None
            continue
        acceptance = replace(each, issuer=issuer, number=0)
        other = before.get(acceptance.about)
        if other is not None and _says(other) == _says(acceptance):
            known += 1
        else:
            found[acceptance.about] = acceptance
    return PreparedAcceptances(tuple(found.values()), known, tuple(faults))


def _says(acceptance: Acceptance) -> tuple[str, str, str]:
    """Return what is said of it besides the day: who says it again is told nothing new."""
    return acceptance.seen, acceptance.person, acceptance.note
