"""A run's summary as the store keeps it, so that a run with nothing to do can tell it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from flows.artifacts.news import Change
from flows.artifacts.tally import BrokenRow, Cause, CountyTally, FoundRow, MissingRow, Tally
from flows.summary import Summary, YearOutcome
from nianbao.model import DocumentKind, Failure, Severity
from nianbao.yearbook import LeftOut


def summary_to_json(summary: Summary) -> dict[str, Any]:
    """Return a summary as JSON; the long lists of its years stand with what was published of them."""
    short = tuple(replace(year, tally=year.tally and year.tally.in_short()) for year in summary.years)
    told = asdict(replace(summary, years=()))
    told["years"] = [outcome_to_json(year) for year in short]
    return told


def summary_from_json(told: Mapping[str, Any]) -> Summary:
    """Make a summary from JSON."""
    given = dict(told)
    given["years_found"] = tuple((year, count) for year, count in told["years_found"])
    given["years"] = tuple(map(outcome_from_json, told["years"]))
    for name in ("unreadable", "left_out"):
        given[name] = tuple(LeftOut(**row) for row in told[name])
    for name in ("failures", "remarks"):
        given[name] = tuple(told[name])
    return Summary(**given)


def outcome_to_json(outcome: YearOutcome) -> dict[str, Any]:
    """Return what came of a year as JSON."""
    told = asdict(outcome)
    told["files"] = [str(path) for path in outcome.files]
    return told


def outcome_from_json(told: Mapping[str, Any]) -> YearOutcome:
    """Make what came of a year from JSON."""
    given = dict(told)
    given["findings"] = tuple((Severity(name), count) for name, count in told["findings"])
    given["silent"] = None if told["silent"] is None else tuple(told["silent"])
    given["files"] = tuple(map(Path, told["files"]))
    given["failures"] = tuple(Failure(**failure) for failure in told["failures"])
    given["kind"] = DocumentKind(told.get("kind", DocumentKind.REPORT))
    for name in ("crashed", "remarks", "stale", "waived_by", "accepted_by"):
        given[name] = tuple(told.get(name, ()))
    given["tally"] = _tally(told["tally"]) if told.get("tally") else None
    given["change"] = _change(told["change"]) if told.get("change") else None
    return YearOutcome(**given)


def _tally(told: Mapping[str, Any]) -> Tally:
    return Tally(
        counties=tuple(CountyTally(**row) for row in told["counties"]),
        unlisted=told["unlisted"],
        causes=tuple(Cause(**row) for row in told["causes"]),
        found=tuple(FoundRow(**{**row, "severity": Severity(row["severity"])}) for row in told["found"]),
        missing=tuple(MissingRow(**row) for row in told["missing"]),
        broken=tuple(BrokenRow(**row) for row in told["broken"]),
    )


def _change(told: Mapping[str, Any]) -> Change:
    given = dict(told)
    given["findings"] = tuple((Severity(name), count) for name, count in told["findings"])
    for name in ("come", "gone"):
        given[name] = None if told[name] is None else tuple(told[name])
    return Change(**given)
