"""Made-up yearbooks, outcomes and summaries for the tests of what Prefect's pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.artifacts.tally import Arrived, Tally, tally_of
from flows.summary import Summary, YearOutcome, year_outcome
from nianbao.divisions import divisions
from nianbao.model import (
    Attribute,
    Entry,
    Field,
    Finding,
    Quote,
    Report,
    RosterEntry,
    RosterOutcome,
    RunRecord,
    Severity,
    Status,
    Yearbook,
)

RUN = RunRecord("r1", datetime(2024, 5, 6, tzinfo=UTC), "1")
WORKBOOK = Path("/结果/2023年度法治政府建设报告汇总.xlsx")


def report(file: str, county: str = "松阳县", status: Status = Status.COMPLETE, **more: Any) -> Report:
    told = {Field.ISSUER: f"{county}{Path(file).stem}人民政府", Field.COUNTY: county, Field.YEAR: "2023"}
    readable = status is not Status.UNREADABLE
    attributes = tuple(Attribute(field, value, "", "test") for field, value in told.items() if readable)
    return Report(file, f"sha of {file}", status, attributes, **more)


def finding(
    severity: Severity = Severity.ERROR, kind: str = "sum", message: str = "加不起来。", **more: Any
) -> Finding:
    told = {"quotes": (Quote(0, 4, "共办结案"),), "suggestion": "请核对。", **more}
    return Finding(kind, f"test.{kind}", severity, message, **told)


def yearbook(
    *reports: Report, roster: dict[str, Sequence[str]] | None = None, findings: Sequence[Finding] = ()
) -> Yearbook:
    """Return a year of these reports; a roster gives the files of each name."""
    listed = None
    if roster is not None:
        rows = enumerate(roster.items(), 2)
        listed = tuple(
            RosterOutcome(RosterEntry(name, None, row), tuple(files)) for row, (name, files) in rows
        )
    entries = tuple(Entry(each, (), "text") for each in reports)
    return Yearbook(2023, "2023年度法治政府建设报告汇总", entries, (), tuple(findings), listed, RUN)


def tally(made: Yearbook, arrived: Arrived | None = None) -> Tally:
    return tally_of(made, arrived or Arrived(), divisions())


def outcome(made: Yearbook, arrived: Arrived | None = None) -> YearOutcome:
    return replace(year_outcome(made, [WORKBOOK], []), tally=tally(made, arrived))


def summary(*years: YearOutcome, **more: Any) -> Summary:
    counts = {"files": 3, "reports": 2, "years_found": (), "unreadable": (), "left_out": (), "failures": ()}
    return Summary(run_id="r1", year=2023, years=tuple(years), **{**counts, **more})
