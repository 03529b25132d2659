"""Writes and updates the expected readings of a plugin's golden reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from nianbao.errors import PluginError, PublishError, UsageError
from nianbao.kit.child import request_for
from nianbao.kit.conformance import Answers, ask
from nianbao.kit.goldens import difference, expected_file, golden, golden_reports
from nianbao.kit.locating import Plugin


@dataclass(frozen=True, slots=True)
class Change:
    """An expected reading that is new or no longer what is read.

    Args:
        path: its file.
        text: what it should hold.
        lines: the difference, readable.
    """

    path: Path
    text: str
    lines: tuple[str, ...]


def changes(plugin: Plugin) -> Iterator[Change]:
    """Yield the expected readings that are not what is read now.

    Raises:
        UsageError: the plugin has no golden reports.
        PluginError: it does not load, or does not come to an end with them.
    """
    reports = golden_reports(plugin.reports)
    if not reports:
        raise UsageError("没有示例报告", where=plugin.name, hint="请把报告放进 tests/reports")
    rows = _read(plugin).rows("golden")
    for report in reports:
        expected = expected_file(report)
        text = golden(rows[f"golden {report.name}"])
        lines = tuple(difference(expected, text, expected.name))
        if lines:
            yield Change(expected, text, lines)


def write(change: Change) -> None:
    """Write an expected reading.

    Raises:
        PublishError: it can't be written.
    """
    try:
        change.path.write_text(change.text, "utf-8", newline="\n")
    except OSError as error:
        raise PublishError(f"写不了文件：{error.strerror}", where=str(change.path)) from error


def figures_of(plugin: Plugin, report: str) -> dict[str, Decimal]:
    """Return the settled figures of a golden report, by the ids of their indicators.

    Raises:
        UsageError: there is no such report.
        PluginError: the plugin does not load, or does not come to an end with it.
    """
    rows = _read(plugin).rows("golden").get(f"golden {report}")
    if rows is None:
        raise UsageError("没有这份示例报告", where=report)
    figures = (figure for row in rows for figure in row["figures"] if figure["value"] is not None)
    return {figure["indicator"]: Decimal(str(figure["value"])) for figure in figures}


def _read(plugin: Plugin) -> Answers:
    answers = ask(request_for(plugin, own=True, goldens_only=True), seed=1)
    failures = [line for each in answers.of("loaded") for line in each["failures"]]
    if failures or answers.ended:
        raise PluginError("；".join(failures) or answers.ended, where=plugin.name)
    return answers
