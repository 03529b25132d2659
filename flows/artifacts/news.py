"""What is new of a year: by what earlier runs saw of its files, and by what was told of it last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flows.artifacts.tally import Arrived, tally_of
from nianbao.model import RosterOutcome, RunRecord, Severity, Yearbook
from nianbao.yearbook import shared_folder

if TYPE_CHECKING:
    from flows.summary import YearOutcome
    from flows.yearbooks import Makings
    from nianbao.store import Store
    from nianbao.store.freshness import ReportRow
    from nianbao.store.published import Publication


@dataclass(frozen=True, slots=True)
class Change:
    """How a year differs from what was published of it before, into the same folder.

    Args:
        since: when that was, as ISO 8601 with a zone.
        reports: how many reports there were.
        findings: how many findings of each severity there were.
        come: who had not reported and now has; None where there was no roster either time.
        gone: who has not reported and was not told so before; None where there was no roster either time.
    """

    since: str
    reports: int
    findings: tuple[tuple[Severity, int], ...]
    come: tuple[str, ...] | None = None
    gone: tuple[str, ...] | None = None


def with_news(
    outcome: YearOutcome,
    shown: Yearbook,
    made_of: Makings,
    rows: Sequence[ReportRow],
    before: Publication | None,
) -> YearOutcome:
    """Return what came of a year, with what an operator is shown of it.

    Args:
        outcome: of the year.
        shown: its yearbook as it was published.
        made_of: the run's store and tables.
        rows: all reports of the run.
        before: what was last published of the year into the same folder.
    """
    arrived = arrived_in(made_of.store, made_of.run, rows)
    tally = tally_of(shown, arrived, made_of.context.divisions)
    return replace(outcome, tally=tally, change=change_since(before, outcome, shown.roster))


def at_rest(outcome: YearOutcome) -> YearOutcome:
    """Return what came of a year, as a run tells it that found it published already: nothing of it is new."""
    tally = outcome.tally.at_rest() if outcome.tally else None
    return replace(outcome, unchanged=True, tally=tally, change=None)


def arrived_in(store: Store, run: RunRecord, rows: Sequence[ReportRow]) -> Arrived:
    """Return which reports of a run are new or have changed, by their files' names in its yearbooks.

    Args:
        store: knows earlier runs.
        run: the run.
        rows: all its reports.
    """
    held = {row.file_id: row.sha256 for row in rows if row.sha256}
    before = store.arrivals.seen_before(run, list(held))
    start = len(shared_folder([row.file for row in rows]))
    keys = [(row.file_id, (row.file[start:], row.part)) for row in rows if row.sha256]
    return Arrived(
        frozenset(key for file_id, key in keys if file_id not in before),
        frozenset(key for file_id, key in keys if before.get(file_id, held[file_id]) != held[file_id]),
    )


def change_since(
    before: Publication | None, outcome: YearOutcome, roster: Sequence[RosterOutcome] | None
) -> Change | None:
    """Return how a year differs from what was told of it last; None where it was not, or not to its end.

    Args:
        before: what was last published of the year into the same folder.
        outcome: what was published now.
        roster: who should report now, or None.
    """
    if before is None or not before.outcome or before.written is None:
        return None
    told: Mapping[str, Any] = before.outcome
    come = gone = None
    if told["silent"] is not None and outcome.silent is not None and roster is not None:
        was, now, listed = set(told["silent"]), set(outcome.silent), {each.entry.name for each in roster}
        come = tuple(name for name in told["silent"] if name not in now and name in listed)
        gone = tuple(name for name in outcome.silent if name not in was)
    return Change(
        since=before.written.isoformat(),
        reports=told["reports"],
        findings=tuple((Severity(name), count) for name, count in told["findings"]),
        come=come,
        gone=gone,
    )
