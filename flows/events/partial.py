"""A run that did its work in part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flows.counts import count_phrases, failed_in
from flows.events.notice import PARTIAL, SHOWN, Notice, Task, message
from flows.summary import Ending, Summary
from nianbao.model import Severity

_CALLED = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
_LONGEST = 60


def partial_run(task: Task, summary: Summary) -> Iterator[Notice]:
    """Yield the event of a run that left files unread or a plugin's part out."""
    if summary.ending is not Ending.PARTIAL:
        return
    findings = Counter[Severity]()
    for year in summary.years:
        findings.update(dict(year.findings))
    counted = {_CALLED[severity]: findings[severity] for severity in reversed(Severity)}
    causes = [f"{_last(each.file)}：{each.reason}" for each in summary.unreadable[:SHOWN]]
    failures = list(summary.failures[:SHOWN])
    asked = f" {summary.year} 年度" if summary.year else ""
    lines = [f"{summary.files} 个文件，读出 {summary.reports} 份报告；{failed_in(summary)}。"]
    found = count_phrases((f"{name} {{}} 处", count) for name, count in counted.items())
    lines += [f"校验问题：{'、'.join(found)}"] if found else []
    lines += [
        cause if len(cause) <= _LONGEST else f"{cause[:_LONGEST]}…" for cause in (causes + failures)[:3]
    ]
    hint = "打开页面看原因；能修的文件换好后，下一次运行只重读它们。"
    payload = {
        **message(f"{task.label}{asked}：部分完成", lines, hint),
        "年度": summary.year,
        "文件": summary.files,
        "报告": summary.reports,
        "无法读取": len(summary.unreadable),
        "无法读取的文件": causes,
        "插件出错": failures,
        "校验问题": counted,
    }
    labels = {"year": str(summary.year or ""), "run": summary.run_id}
    yield Notice(PARTIAL, task.resource(**labels), payload)


def _last(file: str) -> str:
    """Return a file's name without its folders: a message has no room for them."""
    return file.replace("\\", "/").rstrip("/").rpartition("/")[2]
