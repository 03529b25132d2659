"""How a store's files stand: fresh, new, changed, waiting or failed, by year and county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from flows.planning import make_plan
from nianbao.errors import ReadError
from nianbao.fingerprints import fingerprints
from nianbao.freshness import Due
from nianbao.intake import list_filings, try_fetch
from nianbao.manager import Registry
from nianbao.model import DocumentKind, Filing, SourceConfig
from nianbao.processed import Step
from nianbao.records import Context

if TYPE_CHECKING:
    from nianbao.store import Store
    from nianbao.store.freshness import LastRun

Place = tuple[int | None, str | None, DocumentKind]


class State(StrEnum):
    """How a file stands."""

    FRESH = "fresh"
    NEW = "new"
    CHANGED = "changed"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Standing:
    """How files stand.

    Args:
        groups: how many files of each year, county and kind of report are in which state; None where that is
            not known. A file whose reports are of several years or counties counts in each.
        total: how many files are in which state, each once.
        failed: the files that failed, and why.
        gone: the files that the last run listed and that are no longer there.
        last: the last run over these files, or None.
    """

    groups: tuple[tuple[Place, Mapping[State, int]], ...]
    total: Mapping[State, int]
    failed: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]
    last: LastRun | None


def standing_of(store: Store, registry: Registry, context: Context, source: str = "") -> Standing:
    """Return how the files of a source stand, or those of the last run over each place where none is named.

    Only with a source are its files looked at: by their stamps, and where these don't tell by their bytes.

    Raises:
        UsageError: there is nothing at the source.
        StoreError: the store can't be read.
    """
    freshness = store.freshness
    runs = [run for run in freshness.last_runs() if not source or _same(run.place, source)]
    listed_before = sorted(frozenset().union(*(freshness.listed_by(run.id) for run in runs)))
    filings = store.filings(listed_before)
    listed = list(zip(listed_before, filings, strict=True))
    new = 0
    if source:
        found = list_filings(registry, SourceConfig(source))
        ids = freshness.known(found)
        listed = [(ids[key], filing) for filing in found if (key := (filing.source, filing.uri)) in ids]
        new = len(found) - len(listed)
    plan = make_plan(freshness, registry, context, fingerprints(registry, context), listed)
    looked = bool(source)
    states = {file_id: _state(registry, filing, plan.due[file_id], look=looked) for file_id, filing in listed}
    places = freshness.places(list(states))
    names = dict(listed)
    there = set(states)
    return Standing(
        groups=tuple(_groups(states, places, new)),
        total=Counter(states.values()) + Counter({State.NEW: new}),
        failed=tuple(
            (names[file_id].name, due.reading.cause)
            for file_id, due in plan.due.items()
            if states[file_id] is State.FAILED and due.reading is not None
        ),
        gone=tuple(filing.name for i, filing in zip(listed_before, filings, strict=True) if i not in there),
        last=runs[0] if runs else None,
    )


def _same(place: str, source: str) -> bool:
    if "://" in place or "://" in source:
        return place == source
    return Path(place).expanduser().resolve() == Path(source).expanduser().resolve()


def _state(registry: Registry, filing: Filing, due: Due, *, look: bool) -> State:
    if due.reading is None:
        return State.WAITING
    if look and not due.is_same and _has_changed(registry, filing, due.reading.sha256):
        return State.CHANGED
    if due.reading.has_failed:
        return State.FAILED
    return State.FRESH if due.step is Step.NOTHING else State.WAITING


def _has_changed(registry: Registry, filing: Filing, sha256: str) -> bool:
    fetched, _ = try_fetch(registry, filing)
    return not isinstance(fetched, ReadError) and fetched.sha256 != sha256


def _groups(
    states: Mapping[int, State], places: Mapping[int, frozenset[Place]], new: int
) -> Iterator[tuple[Place, Mapping[State, int]]]:
    """Yield the groups in the order of year and county, what is unknown last."""
    unknown: Place = (None, None, DocumentKind.REPORT)
    counts: dict[Place, Counter[State]] = {}
    for file_id, state in states.items():
        for place in places.get(file_id, (unknown,)):
            counts.setdefault(place, Counter())[state] += 1
    if new:
        counts.setdefault(unknown, Counter())[State.NEW] += new
    for place in sorted(counts, key=_order):
        yield place, counts[place]


def _order(place: Place) -> tuple[bool, int, bool, str, bool, str]:
    year, county, kind = place
    further = kind is not DocumentKind.REPORT
    return year is None, year or 0, further, kind.value if further else "", county is None, county or ""
