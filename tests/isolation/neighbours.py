"""The installed plugins, with broken ones beside them, in worker processes as in a run."""

from __future__ import annotations

import sys
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from flows.engines import Conditions, Processes
from flows.worker import Setup
from nianbao.manager import Registry, build_registry
from nianbao.model import FigureStatus, Filing, Report
from nianbao.records import Context
from nianbao.steps import make_context

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reports"
NAMES = ("沙柳坪乡2022年法治政府建设工作情况.txt", "榕荫街道2022年法治政府建设工作总结.html")
# Seconds that a file may take; one call may take a quarter. Where one never ends, it is waited for.
LIMIT, LIMIT_OF_LOOPS = 120, 32


def beside(folder: str, *modules: str) -> tuple[Registry, Context]:
    """Build the registry of this installation, and of the modules of a folder that nobody's package holds."""
    if folder not in sys.path:
        sys.path.insert(0, folder)
    installed = [
        point for point in entry_points(group="nianbao") if point.dist and point.dist.name == "nianbao"
    ]
    others = [EntryPoint(module.partition("_")[0], module, "nianbao") for module in modules]
    return build_registry([*sorted(installed, key=lambda point: point.name), *others]), make_context()


def written(folder: Path, **sources: str) -> Setup:
    """Write plugin modules; return the setup that loads them beside the installed ones."""
    modules = {name: f"{name}_{folder.name.replace('-', '_')}" for name in sources}
    for name, source in sources.items():
        (folder / f"{modules[name]}.py").write_text(source, encoding="utf-8")
    return partial(beside, str(folder), *modules.values())


def read_all(setup: Setup, limit: float = LIMIT) -> list[Report]:
    """Read the samples in a worker process, for each of which it has so many seconds."""
    filings = [Filing("folder", str(SAMPLES / name), name) for name in NAMES]
    with Processes(Conditions(setup, workers=1, limit=limit)) as engine:
        return [report for outcome in engine.outcomes(filings) for report in outcome.processed.reports]


def of_others(report: Report) -> tuple[object, ...]:
    """Return all that a report says but for the plugin `broken`: figures, findings, evidence, identity."""
    return (
        report.attributes,
        report.sections,
        report.items,
        report.observations,
        report.numerals,
        tuple(figure for figure in report.figures if figure.status is not FigureStatus.FAILED),
        tuple(finding for finding in report.findings if finding.rule != "broken.crashed"),
        tuple(failure for failure in report.failures if failure.plugin != "broken"),
    )
