"""How a run's end is told in Prefect: a policy, beside the exit statuses of `flows.summary`."""

from __future__ import annotations

from prefect import State
from prefect.states import Completed, Failed

from flows.counts import count_phrases, failed_in
from flows.summary import Ending, Summary
from nianbao.model import Severity

PARTIAL = "Partial"
WITH_FINDINGS = "Completed with findings"


def state_of(summary: Summary) -> State[Summary]:
    """Return the state that a run ends in: Completed, Completed with findings, Partial or Failed.

    A run that left files unread, or a plugin's part out, has not failed, and has not done all either.
    Findings are what the run is for: they have a name of their own, so that a list of runs tells of them.
    A run by the clock that came before the first report of its year has failed at nothing.
    """
    if summary.early:
        return Completed(message=summary.early, data=summary)
    if summary.ending is Ending.FAILED:
        return Failed(message=summary.why_nothing, data=summary)
    written = f"已写出 {'、'.join(path.name for path in summary.written)}"
    if summary.ending is Ending.PARTIAL:
        return Completed(name=PARTIAL, message=f"{failed_in(summary)}；{written}", data=summary)
    told = "，".join(_to_look_at(summary))
    if told:
        return Completed(name=WITH_FINDINGS, message=f"{told}；{written}", data=summary)
    return Completed(message=written, data=summary)


def _to_look_at(summary: Summary) -> list[str]:
    """Return what somebody has to look at; what is only noted is nothing of the kind."""
    found = dict.fromkeys(Severity, 0)
    for year in summary.years:
        for severity, count in year.findings:
            found[severity] += count
    silent = sum(len(year.silent or ()) for year in summary.years)
    stale = sum(len(year.stale) for year in summary.years)
    counted = (
        ("错误 {} 处", found[Severity.ERROR]),
        ("警告 {} 处", found[Severity.WARNING]),
        ("未报 {} 个单位", silent),
        ("失效的更正 {} 处", stale),
    )
    return count_phrases(counted)
