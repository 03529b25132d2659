"""A run's summary as the store keeps it, so that a run with nothing to do can tell it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flows.summary import Summary, YearOutcome
from nianbao.model import DocumentKind, Failure, Severity
from nianbao.yearbook import LeftOut


def summary_to_json(summary: Summary) -> dict[str, Any]:
    """Return a summary as JSON."""
    told = asdict(summary)
    told["years"] = [outcome_to_json(year) for year in summary.years]
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
    return YearOutcome(**given)
