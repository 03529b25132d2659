"""Whether a run by the clock came before the first report of its year: nothing is wrong, nothing is there."""

from __future__ import annotations

from flows.request import Request, wanted_roster
from flows.summary import Summary
from nianbao.divisions import divisions
from nianbao.errors import NianbaoError, NothingThereError
from nianbao.sites.standing import LISTED_WHOLE
from nianbao.store import Store
from nianbao.store.pastruns import PastRun


def is_too_early(request: Request, summary: Summary) -> bool:
    """Tell whether a place was read, all of it, and has no report of the year that it was asked for.

    Args:
        request: what was asked for.
        summary: what the run came to.
    """
    if request.year is None or summary.years or summary.failures:
        return False
    # Of a site whose lists were shown in full, the row says that it has none of the year yet.
    if not all(LISTED_WHOLE in row.reason for row in summary.unreadable):
        return False
    return not any(request.year in run.years for run in _runs(request))


def is_empty_yet(request: Request, error: NianbaoError) -> bool:
    """Tell whether a run was broken off because a place is empty, as it has always been."""
    if request.year is None or not isinstance(error, NothingThereError):
        return False
    return error.where == request.source and not any(run.counts.get("files") for run in _runs(request))


def told_early(request: Request) -> str:
    """Return what is said of such a run."""
    roster = wanted_roster(request, divisions())
    silent = f"，应报的 {len(roster)} 个单位都未报" if roster else ""
    return f"还没有 {request.year} 年度的报告{silent}"


def _runs(request: Request) -> list[PastRun]:
    """Return the earlier runs over the same place."""
    with Store.open(request.store_location) as store:
        return [run for run in store.past_runs() if run.place == request.source]
