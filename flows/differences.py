"""Shows what changed from one publication to another: counts first, then figures by cause, then reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.cells import cell_len

from flows.display import Line, Look, Run, printable
from nianbao.comparing import Cause, Cell, CellChange, Changes, Fate, ReportChange, Snapshot
from nianbao.corrections import shown_value
from nianbao.model import FigureStatus, Qualifier

SHOWN = 20
_MOST_INDICATORS = 10
_WIDEST = 34
_CAUSES = {
    Cause.CORRECTION: "更正",
    Cause.MAPPING: "指标口径变了",
    Cause.SOURCE: "来源变了",
    Cause.EXTRACTOR: "程序变了",
    Cause.OTHER: "其他",
}
_FATES = {
    Fate.NEW: "新增的报告",
    Fate.GONE: "没有了的报告",
    Fate.MOVED: "归属变了的报告",
    Fate.REPLACED: "换了文件或内容的报告",
    Fate.SET_ASIDE: "不再采用的报告",
    Fate.TAKEN: "改为采用的报告",
}
_QUALIFIERS = {
    Qualifier.EXACT: "{}",
    Qualifier.ABOUT: "约{}",
    Qualifier.AT_LEAST: "{}以上",
    Qualifier.BELOW: "不到{}",
}
_STATUSES = {
    FigureStatus.STATED: "{}",
    FigureStatus.ZERO: "{}",
    FigureStatus.DISPUTED: "{}（有出入）",
    FigureStatus.FAILED: "提取失败",
    FigureStatus.WITHDRAWN: "未提及（更正）",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two publications.

    Args:
        run: the run that published it.
        started: when that began.
        workbook: the file that says so; empty where the store does.
        snapshots: what it showed, one for each year.
    """

    run: str
    started: datetime
    workbook: str
    snapshots: tuple[Snapshot, ...]

    @property
    def told(self) -> str:
        """Who it is, in Chinese."""
        place = f"工作簿 {self.workbook}，" if self.workbook else ""
        return f"{place}运行 {self.run}（{self.started:%Y-%m-%d %H:%M}）"


def show_changes(before: Side, after: Side, changes: Changes, *, whole: bool) -> Iterator[Line]:
    """Yield the lines that tell what changed.

    Args:
        before, after: what was compared.
        changes: what was found.
        whole: whether long lists are shown to their end.
    """
    yield _line(f"前：{before.told}")
    yield _line(f"后：{after.told}")
    yield from _counts(changes)
    if changes.is_empty:
        yield _line("没有变动。")
        return
    many = len(changes.years) > 1
    for cause, name in _CAUSES.items():
        found = [change for change in changes.cells if change.cause is cause]
        if found:
            yield from _group(name, f"{len(found)} 个数字", [_cell_row(each, many) for each in found], whole)
            if len(found) > SHOWN and not whole:
                yield _line(f"  涉及的指标：{_indicators(found)}")
    for fate, name in _FATES.items():
        reports = [change for change in changes.reports if change.fate is fate]
        if reports:
            rows = [_report_row(each, many) for each in reports]
            yield from _group(name, f"{len(reports)} 份", rows, whole)
    if changes.indicators:
        cards = [(each.indicator.name, each.told) for each in changes.indicators]
        yield from _group("改动了的指标", f"{len(cards)} 个", cards, whole)


def _counts(changes: Changes) -> Iterator[Line]:
    years = "、".join(map(str, changes.years))
    reports = _both(changes.reports_before, changes.reports_after, "份")
    figures = _both(changes.figures_before, changes.figures_after, "个")
    yield _line(
        f"{years} 年度：报告 {reports}，数字 {figures}；变动的数字 {len(changes.cells)} 个", Look.HEADING
    )
    told = Counter(change.cause for change in changes.cells)
    fates = Counter(change.fate for change in changes.reports)
    parts = [f"{name} {told[cause]}" for cause, name in _CAUSES.items() if told[cause]]
    parts += [f"{name} {fates[fate]} 份" for fate, name in _FATES.items() if fates[fate]]
    if parts:
        yield _line(f"其中：{'，'.join(parts)}")
    if changes.passed_over:
        alone = "、".join(map(str, changes.passed_over))
        yield _line(f"只有一边有 {alone} 年度，没有比较。")


def _both(before: int, after: int, unit: str) -> str:
    return f"{after:,} {unit}" if before == after else f"{before:,} → {after:,} {unit}"


def _indicators(found: Iterable[CellChange]) -> str:
    counts = Counter(change.indicator.name for change in found).most_common()
    told = "、".join(f"{name} {count}" for name, count in counts[:_MOST_INDICATORS])
    return f"{told} 等 {len(counts)} 个" if len(counts) > _MOST_INDICATORS else told


def _cell_row(change: CellChange, many: bool) -> tuple[str, ...]:
    year = f"{change.year} " if many else ""
    values = f"{_shown(change.before)} → {_shown(change.after)}"
    return f"{year}{change.issuer}", change.indicator.name, values, change.told


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return "未提及"
    return _STATUSES[cell.status].format(_QUALIFIERS[cell.qualifier].format(shown_value(cell.value)))


def _report_row(change: ReportChange, many: bool) -> tuple[str, ...]:
    year = f"{change.year} " if many else ""
    return f"{year}{change.issuer}", f"{change.figures} 个数字", change.told or change.file


def _group(name: str, count: str, rows: Sequence[tuple[str, ...]], whole: bool) -> Iterator[Line]:
    yield _line("")
    yield _line(f"{name}（{count}）", Look.HEADING)
    shown = rows if whole else rows[:SHOWN]
    widths = [min(max(map(cell_len, column)), _WIDEST) for column in zip(*shown, strict=True)]
    for row in shown:
        told = "  ".join(
            f"{cell}{' ' * (width - cell_len(cell))}" for cell, width in zip(row, widths, strict=True)
        )
        yield _line(f"  {told.rstrip()}")
    if len(rows) > len(shown):
        yield _line(f"  …… 另有 {len(rows) - len(shown)} 个，加 --all 全部列出")


def _line(text: str, look: Look = Look.PLAIN) -> Line:
    return Line("", (Run(printable(text), look),))


def changes_to_json(before: Side, after: Side, changes: Changes) -> dict[str, Any]:
    """Return what changed as JSON can hold it; figures as text, so that none is rounded."""
    return {
        "before": _side_to_json(before),
        "after": _side_to_json(after),
        "years": list(changes.years),
        "years_passed_over": list(changes.passed_over),
        "reports": [changes.reports_before, changes.reports_after],
        "figures": [changes.figures_before, changes.figures_after],
        "cell_changes": [
            {
                "year": change.year,
                "issuer": change.issuer,
                "indicator": change.indicator.id,
                "name": change.indicator.name,
                "before": _cell_to_json(change.before),
                "after": _cell_to_json(change.after),
                "cause": change.cause.value,
                "told": change.told,
                "file": change.file,
            }
            for change in changes.cells
        ],
        "report_changes": [
            {
                "change": change.fate.value,
                "year": change.year,
                "issuer": change.issuer,
                "file": change.file,
                "figures": change.figures,
                "counts": change.counts,
                "told": change.told,
            }
            for change in changes.reports
        ],
        "indicator_changes": [
            {"indicator": each.indicator.id, "name": each.indicator.name, "told": each.told}
            for each in changes.indicators
        ],
    }


def _side_to_json(side: Side) -> dict[str, Any]:
    started = side.started.isoformat(timespec="seconds")
    return {"run": side.run, "started": started, "workbook": side.workbook or None}


def _cell_to_json(cell: Cell | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    value = None if cell.value is None else str(cell.value)
    corrected = cell.correction is not None
    return {
        "value": value,
        "status": cell.status.value,
        "qualifier": cell.qualifier.value,
        "corrected": corrected,
    }
