"""A run's summary as the operator reads it in Prefect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.summary import SHOWN, Ending, Summary, YearOutcome, cut
from nianbao.model import Severity
from nianbao.yearbook import LeftOut

ENDINGS = {Ending.COMPLETE: "全部完成", Ending.PARTIAL: "部分完成", Ending.FAILED: "未能完成"}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}


def report_in_markdown(summary: Summary) -> str:
    """Return the whole summary as one Markdown page."""
    lines = [
        f"# 年报汇总：{ENDINGS[summary.ending]}",
        "",
        f"运行编号 `{summary.run_id}`；{counted(summary)}。",
        "",
    ]
    if summary.why_nothing:
        lines += [f"**{summary.why_nothing}**", ""]
    stale = [line for year in summary.years for line in year.stale]
    if stale:
        lines += ["## 更正已失效", "", *(f"- {plain_markdown(line)}" for line in stale), ""]
    if summary.years:
        lines += _years(summary.years)
    lines += _files("无法读取的文件", summary.unreadable)
    lines += _files("未列入汇总的文件", summary.left_out)
    if summary.failures:
        lines += ["## 插件出错", "", *(f"- {plain_markdown(line)}" for line in summary.failures), ""]
    if summary.remarks:
        lines += ["## 请留意", "", *(f"- {plain_markdown(line)}" for line in summary.remarks), ""]
    return "\n".join(lines)


def counted(summary: Summary) -> str:
    """Return the counts of a run in one phrase."""
    others: dict[str, int] = {}
    for year in summary.years:
        if year.called:
            others[year.called] = others.get(year.called, 0) + year.reports
    further = "".join(f"{called} {count} 份，" for called, count in others.items())
    told = (
        f"文件 {summary.files} 个，年度报告 {summary.reports} 份，{further}"
        f"无法读取 {len(summary.unreadable)} 个，没有列入汇总 {len(summary.left_out)} 个"
    )
    return f"{told}，没有变动 {summary.unchanged} 个" if summary.unchanged else told


def _years(years: Sequence[YearOutcome]) -> Iterable[str]:
    names = [SEVERITIES[severity] for severity in reversed(Severity)]
    yield f"| 年度 | 报告 | {' | '.join(names)} | 未报单位 | 结果文件 |"
    yield f"|---|---:|{'---:|' * len(names)}---|---|"
    for year in years:
        counts = " | ".join(str(count) for _, count in year.findings)
        silent = "（没有名单）" if year.silent is None else cut(year.silent) or "无"
        files = "<br>".join(f"`{path}`" for path in year.files) or "没有写成"
        if year.unchanged:
            files += "（没有变动）"
        cells = (plain_markdown(year.label), str(year.reports), counts, plain_markdown(silent), files)
        yield f"| {' | '.join(cells)} |"
    yield ""


def _files(title: str, rows: Sequence[LeftOut]) -> Iterable[str]:
    if not rows:
        return
    yield from (f"## {title}（{len(rows)} 个）", "", "| 文件 | 原因 |", "|---|---|")
    for row in rows[: 10 * SHOWN]:
        yield f"| {plain_markdown(row.file)} | {plain_markdown(row.reason)} |"
    if len(rows) > 10 * SHOWN:
        yield f"| …… | 其余 {len(rows) - 10 * SHOWN} 个见数据库中的记录 |"
    yield ""


def plain_markdown(text: str) -> str:
    """Keep what a file is called from being read as Markdown."""
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")
