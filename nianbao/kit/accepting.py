"""Writes and updates the expected readings of a plugin's golden reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from nianbao.errors import PluginError, PublishError, UsageError
from nianbao.kit.asking import ask
from nianbao.kit.goldens import difference, expected_file, golden, golden_reports
from nianbao.kit.locating import Plugin
from nianbao.kit.request import Task, request_for


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
    rows = read_goldens(plugin)
    for report in reports:
        expected = expected_file(report)
        text = golden(rows[report.name])
        lines = tuple(difference(expected, text, expected.name))
        if lines:
            yield Change(expected, text, lines)


def write(change: Change) -> None:
    """Write an expected reading, beside its place and into it.

    Raises:
        PublishError: it can't be written.
    """
    draft = change.path.with_name(f".{change.path.name}.new")
    try:
        draft.write_text(change.text, "utf-8", newline="\n")
        draft.replace(change.path)
    except OSError as error:
        raise PublishError(f"写不了文件：{error.strerror}", where=str(change.path)) from error
    finally:
        draft.unlink(missing_ok=True)


def read_goldens(plugin: Plugin) -> dict[str, list[Mapping[str, Any]]]:
    """Return the readings of a plugin's golden reports, by the names of their files.

    Raises:
        PluginError: the plugin does not load, or does not come to an end with them.
    """
    answers = ask(request_for(plugin, Task.GOLDENS), seed=1)
    failures = [line for each in answers.of("loaded") for line in each["failures"]]
    failures += answers.problems("hostile")
    if failures or answers.ended:
        raise PluginError("；".join(failures) or answers.ended, where=plugin.name)
    return {key.name: rows for key, rows in answers.rows("golden").items()}


def figures_in(rows: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Return the settled figures of a golden report's readings, by the ids of their indicators."""
    figures = (figure for row in rows for figure in row["figures"] if figure["value"] is not None)
    return {figure["indicator"]: Decimal(str(figure["value"])) for figure in figures}
