"""A run's summary as an operator reads it in Prefect: what it did, and what needs a hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from flows.artifacts.files import Folders
from flows.artifacts.markdown import ENDINGS, SEVERITIES, as_code, counted, fitted, plain_markdown
from flows.artifacts.news import Change
from flows.artifacts.tally import PLUGIN, Cause, CountyTally, Tally, shortened
from flows.counts import count_phrases
from flows.summary import SHOWN, Summary, YearOutcome
from nianbao.model import Severity
from nianbao.steps import SHANGHAI
from nianbao.yearbook import LeftOut
from outputs.workbook.terms import KINDS

_MOST_COUNTIES = 300
_LONGEST, _EARLY = 80, "还没有报告"
_UNREADABLE = "unreadable"
_CAUSES: Mapping[str, str] = {
    _UNREADABLE: "无法读取",
    PLUGIN: "插件出错",
    **{severity.value: called for severity, called in SEVERITIES.items()},
}
_NUMBERS = re.compile(r"\d+")


def page_of(summary: Summary, folders: Folders, label: str, tables: Mapping[str, str] | None = None) -> str:
    """Return the whole summary as one Markdown page.

    Args:
        summary: of the run.
        folders: where its files are found.
        label: what the run is called after.
        tables: the addresses of the tables by their titles.
    """
    return "\n".join(_lines(summary, folders, label, tables or {}))


def _lines(summary: Summary, folders: Folders, label: str, tables: Mapping[str, str]) -> Iterator[str]:
    yield f"# {plain_markdown(label)}：{_EARLY if summary.early else ENDINGS[summary.ending]}"
    yield ""
    yield f"**{'；'.join(needs(summary)) or '没有需要处理的'}**"
    yield ""
    yield f"{counted(summary)}。运行编号 {as_code(summary.run_id)}"
    yield ""
    if tables:
        yield f"明细：{'、'.join(f'[{title}]({address})' for title, address in tables.items())}"
        yield ""
    for year in summary.years:
        yield from _year(year)
    yield from _main_causes(causes_of(summary, folders))
    yield from _files(summary, folders)
    yield from _list("更正已失效", [line for year in summary.years for line in year.stale])
    yield from _left("无法读取的文件", summary.unreadable, folders)
    yield from _left("没有列入汇总的文件", summary.left_out, folders)
    yield from _list("插件出错", summary.failures)
    yield from _list("请留意", summary.remarks)


def needs(summary: Summary) -> list[str]:
    """Return what needs a hand, each in one phrase; nothing where nothing does."""
    years = summary.years
    rows = [row for year in years if year.tally for row in year.tally.counties]
    told = (
        ("无法读取 {} 个文件", len(summary.unreadable)),
        ("插件出错 {} 处", len(summary.failures)),
        ("更正失效 {} 处", sum(len(year.stale) for year in years)),
        ("未报 {} 个单位", sum(len(year.silent or ()) for year in years)),
        ("待复核 {} 处", sum(row.open for row in rows)),
    )
    nothing = [plain_markdown(summary.why_nothing)] if summary.why_nothing else []
    return nothing + count_phrases(told)


def causes_of(summary: Summary, folders: Folders, most: int = SHOWN) -> tuple[Cause, ...]:
    """Return the main causes of findings and failures, the most frequent first, what is only noted last."""
    merged: dict[tuple[str, str], Cause] = {}
    for row in summary.unreadable:
        # The same fault with another number in it is the same cause.
        key = (_UNREADABLE, _NUMBERS.sub("0", row.reason))
        known = merged.get(key, Cause(_UNREADABLE, row.reason, 0, folders.told(row.file)))
        merged[key] = Cause(known.what, known.told, known.count + 1, known.example)
    for each in (cause for year in summary.years if year.tally for cause in year.tally.causes):
        known = merged.get((each.what, each.told), Cause(each.what, each.told, 0, each.example))
        merged[each.what, each.told] = Cause(known.what, known.told, known.count + each.count, known.example)
    note = Severity.NOTE.value
    return tuple(sorted(merged.values(), key=lambda each: (each.what == note, -each.count, each.told))[:most])


def _year(year: YearOutcome) -> Iterator[str]:
    yield f"## {plain_markdown(year.name)}"
    yield ""
    found = "、".join(f"{SEVERITIES[severity]} {count}" for severity, count in year.findings)
    waived = f"，已豁免 {year.waived}" if year.waived else ""
    yield f"报告 {year.reports} 份；问题：{found}{waived}。{_beside(year)}"
    yield ""
    yield from _change(year)
    yield ""
    if year.tally is None:
        yield "这一年度是以前的版本写出的，没有分县区的统计；全部重做一次就有。"
    else:
        yield from _counties(year.tally)
    yield ""


def _beside(year: YearOutcome) -> str:
    unlisted = year.tally.unlisted if year.tally else 0
    return f"其中名单以外的报告 {unlisted} 份。" if unlisted else ""


def _counties(tally: Tally) -> Iterator[str]:
    yield "| 县区 | 应报 | 已报 | 新增 | 变化 | 失败 | 待复核 |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    rows = tally.counties
    if len(rows) != 1:
        yield _row(_added("合计", rows), bold=True)
    yield from map(_row, rows[:_MOST_COUNTIES])
    if len(rows) > _MOST_COUNTIES:
        others = rows[_MOST_COUNTIES:]
        yield _row(_added(f"其余 {len(others)} 个县区", others))


def _added(name: str, rows: Sequence[CountyTally]) -> CountyTally:
    asked = [row.asked for row in rows if row.asked is not None]
    return CountyTally(
        name,
        sum(asked) if asked else None,
        *(sum(column) for column in zip(*map(_counts, rows), strict=True)),
    )


def _counts(row: CountyTally) -> tuple[int, ...]:
    return row.reported, row.new, row.changed, row.failed, row.open


def _row(row: CountyTally, *, bold: bool = False) -> str:
    asked = "未给名单" if row.asked is None else str(row.asked)
    cells = [plain_markdown(shortened(row.county, _LONGEST)), asked, *map(str, _counts(row))]
    return f"| {' | '.join(f'**{cell}**' if bold else cell for cell in cells)} |"


def _change(year: YearOutcome) -> Iterator[str]:
    """Yield what is other than it was when the year was last published."""
    if year.unchanged:
        yield "自上次汇总以来没有变动，结果文件没有重写。"
        return
    change = year.change
    if change is None:
        yield "没有可比的上一次汇总。"
        return
    since = datetime.fromisoformat(change.since).astimezone(SHANGHAI)
    told = "；".join(_differences(year, change)) or "数目没有变化"
    yield f"与上次汇总（{since:%Y-%m-%d %H:%M}）相比：{told}。"
    for called, names in (("新报的单位", change.come), ("新列为未报的单位", change.gone)):
        if names:
            yield ""
            told = "、".join(shortened(name, _LONGEST) for name in names[:SHOWN])
            yield f"- {called}（{len(names)}）：{plain_markdown(told)}{' 等' if len(names) > SHOWN else ''}"


def _differences(year: YearOutcome, change: Change) -> Iterator[str]:
    before = dict(change.findings)
    pairs = [("报告", change.reports, year.reports)]
    pairs += [(SEVERITIES[severity], before.get(severity, 0), count) for severity, count in year.findings]
    for called, was, now in pairs:
        if was != now:
            yield f"{called} {was} → {now}（{now - was:+d}）"


def _main_causes(causes: Sequence[Cause]) -> Iterator[str]:
    if not causes:
        return
    yield "## 主要原因"
    yield ""
    yield "| 次数 | 类别 | 原因 | 例如 |"
    yield "|---:|---|---|---|"
    for each in causes:
        told = KINDS.get(each.told, each.told)
        cells = (fitted(told, 48), fitted(each.example, 50))
        shown = " | ".join(map(plain_markdown, cells))
        yield f"| {each.count} | {_CAUSES[each.what]} | {shown} |"
    yield ""


def _files(summary: Summary, folders: Folders) -> Iterator[str]:
    if not summary.written:
        return
    yield "## 结果文件"
    yield ""
    for path in summary.written:
        address = folders.address(path)
        named = f"[{plain_markdown(folders.name(path))}]({address})　" if address else ""
        yield f"- {named}{as_code(str(path.absolute()))}"
    yield ""


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    listed = list(dict.fromkeys(lines))
    if listed:
        yield from (f"## {title}（{len(listed)} 处）", "")
        yield from (f"- {plain_markdown(shortened(line, 300))}" for line in listed[: 2 * SHOWN])
        if len(listed) > 2 * SHOWN:
            yield f"- …… 另有 {len(listed) - 2 * SHOWN} 处"
        yield ""


def _left(title: str, rows: Sequence[LeftOut], folders: Folders) -> Iterator[str]:
    if rows:
        yield from (f"## {title}（{len(rows)} 个）", "", "| 文件 | 原因 |", "|---|---|")
        for row in rows[:SHOWN]:
            told = (fitted(folders.told(row.file), 70, last=True), fitted(row.reason, 70))
            cells = map(plain_markdown, told)
            yield f"| {' | '.join(cells)} |"
        if len(rows) > SHOWN:
            yield f"| …… | 另有 {len(rows) - SHOWN} 个 |"
        yield ""
