"""The overview of a year: who reported, what was found, what is doubtful, what changed, who settled what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from nianbao import Severity, Status, Yearbook
from outputs.review.listing import ListedReport, settled_of
from outputs.review.overview_bars import Row, Series, chart
from outputs.review.overview_counts import (
    County,
    changes_of,
    counties_of,
    doubts_of,
    findings_of,
    persons_of,
    rules_of,
    states_of,
)
from outputs.review.shell import OVERVIEW_SCRIPTS, Links, Mode, bar, page
from outputs.review.text import shown
from outputs.workbook import terms
from outputs.workbook.lines import beijing_time
from outputs.workbook.pairs import Total

MOST_INDICATORS: Final = 12
_SEVERITIES: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_SEVERITY_SERIES: Final = tuple(Series(terms.SEVERITIES[each], each.value) for each in _SEVERITIES)
_REPORTED: Final = (Series("按时", "good"), Series("逾期", "warning"), Series("无法读取", "note"))
_MISSING: Final = Series("未报", "error")
_YEARS_NOTE: Final = (
    "乡镇（街道）合计，只加两年都写明该指标的单位；列出最多单位写明的指标，每行的长短只在这一行里比较。"
)
_TONES: Final = {
    Status.COMPLETE: "good",
    Status.PARTIAL: "warning",
    Status.UNREADABLE: "error",
    Status.NOT_A_REPORT: "note",
}


def overview_html(
    yearbook: Yearbook,
    listed: Sequence[ListedReport],
    *,
    links: Links | None = None,
    mode: Mode = "static",
    token: str = "",
) -> str:
    """Return the overview's page.

    Args:
        yearbook: the year.
        listed: its reports with their points.
        links: where the page's links lead.
        mode, token: as for `page`.
    """
    links = links or Links(overview=True)
    body = [*bar("overview", links), '<main id="main">', overview_body(yearbook, listed), "</main>"]
    title = f"{yearbook.title}　年度总览"
    return page(title, body, scripts=OVERVIEW_SCRIPTS, links=links, mode=mode, token=token, kind="overview")


def overview_body(yearbook: Yearbook, listed: Sequence[ListedReport]) -> str:
    """Return the HTML of a year's overview."""
    return "".join(_parts(yearbook, listed))


def _parts(yearbook: Yearbook, listed: Sequence[ListedReport]) -> Iterator[str]:
    made = beijing_time(yearbook.run.started)
    yield f'<div class="overview-head"><h1>{shown(yearbook.title)}</h1>'
    yield f'<p class="lead">年度总览，{made:%Y-%m-%d %H:%M}（北京时间）汇总。</p></div>'
    yield _panels(yearbook, listed)
    yield '<div class="charts">'
    yield _states(yearbook)
    yield _counties(yearbook)
    yield _severities(yearbook)
    yield _persons(yearbook)
    yield _rules(yearbook)
    yield _doubts(yearbook)
    yield _changes(yearbook)
    yield "</div>"


def _panels(yearbook: Yearbook, listed: Sequence[ListedReport]) -> str:
    points = [point for each in listed for point in each.pressing]
    settled = settled_of(points)
    findings = Counter(each.severity for _, each in findings_of(yearbook) if each.waiver is None)
    told = [
        ("报告", f"{len(yearbook.entries):,}", "份"),
        ("待核对", f"{len(points) - settled:,}", "处"),
        ("已核对", f"{settled:,}", "处"),
        ("错误", f"{findings[Severity.ERROR]:,}", "个"),
    ]
    if yearbook.roster is not None:
        told.insert(1, ("未报", f"{sum(each.missing for each in counties_of(yearbook)):,}", "个单位"))
    panels = "".join(
        f"<div><dt>{name}</dt><dd>{count}<small>{unit}</small></dd></div>" for name, count, unit in told
    )
    return f'<dl class="panels">{panels}</dl>'


def _states(yearbook: Yearbook) -> str:
    counts = states_of(yearbook)
    rows = [
        Row(
            terms.STATUSES[status],
            [counts[status] if each is status else 0 for each in Status],
            [f"{counts[status]:,}"],
        )
        for status in Status
        if counts[status]
    ]
    series = [Series(terms.STATUSES[each], _TONES[each]) for each in Status]
    aside = len(yearbook.set_aside)
    note = f"其中 {aside} 份因同一单位另有报告而不计入汇总。" if aside else ""
    return chart("报告的读取情况", ("状态", "份数"), series, rows, note=note, none="没有报告。")


def _counties(yearbook: Yearbook) -> str:
    counties = counties_of(yearbook)
    if yearbook.roster is None:
        rows = [
            Row(
                each.name,
                (each.on_time, each.late, each.unusable),
                _cells(each.on_time, each.late, each.unusable),
            )
            for each in counties
        ]
        note = "没有提供应报单位名单，只能列出收到的报告。"
        return chart(
            "各县区报送情况",
            ("县区", "按时", "逾期", "无法读取"),
            _REPORTED,
            rows,
            note=note,
            none="没有报告。",
        )
    rows = [
        Row(
            each.name,
            (each.on_time, each.late, each.unusable, each.missing),
            _cells(each.asked, each.on_time + each.late, each.late, each.missing),
        )
        for each in counties
    ]
    heads = ("县区", "应报", "已报", "逾期", "未报")
    series, after = (*_REPORTED, _MISSING), _missing(counties)
    return chart("各县区报送情况", heads, series, rows, none="名单里没有单位。", after=after)


def _missing(counties: Sequence[County]) -> str:
    missing = [each for each in counties if each.names]
    if not missing:
        return ""
    told = "".join(f"<dt>{shown(each.name)}</dt><dd>{shown('、'.join(each.names))}</dd>" for each in missing)
    count = sum(len(each.names) for each in missing)
    return f'<details class="names"><summary>未报的 {count} 个单位</summary><dl>{told}</dl></details>'


def _severities(yearbook: Yearbook) -> str:
    counts: Counter[Severity] = Counter()
    waived: Counter[Severity] = Counter()
    for _, finding in findings_of(yearbook):
        (counts if finding.waiver is None else waived)[finding.severity] += 1
    rows = [
        Row(
            terms.SEVERITIES[each],
            [counts[each] if other is each else 0 for other in _SEVERITIES],
            _cells(counts[each], waived[each]),
        )
        for each in _SEVERITIES
    ]
    return chart("发现的问题", ("程度", "未处理", terms.WAIVED), _SEVERITY_SERIES, rows)


def _rules(yearbook: Yearbook) -> str:
    rows = []
    for each in rules_of(yearbook):
        counts = [each.counts[severity] for severity in _SEVERITIES]
        # What is about the year as a whole is about no report.
        cells = [*_cells(*counts), f"{each.reports:,}" if each.reports else "全年"]
        rows.append(Row(terms.KINDS.get(each.kind, each.kind), counts, cells, detail=each.rule))
    heads = ("规则", "错误", "警告", "提示", "涉及报告")
    return chart("各类问题", heads, _SEVERITY_SERIES, rows, none="没有发现问题。")


def _doubts(yearbook: Yearbook) -> str:
    rows = [
        Row(each.info.name, (each.disputed, each.unsure), _cells(each.disputed, each.unsure, each.told))
        for each in doubts_of(yearbook)
    ]
    series = (Series("前后不一", "error"), Series("把握不大", "warning"))
    heads = ("指标", "前后不一", "把握不大", "写明的报告")
    return chart("最需要核对的指标", heads, series, rows, none="没有前后不一、把握不大的数字。")


def _changes(yearbook: Yearbook) -> str:
    totals = changes_of(yearbook)[:MOST_INDICATORS]
    rows = [_change(total) for total in totals]
    series = (Series(f"{yearbook.year - 1} 年", "before"), Series(f"{yearbook.year} 年", "now"))
    heads = ("指标", "单位数", *(each.name for each in series), "增减")
    marks = f"{terms.DISPUTED_MARK} 是其中有前后不一的数字，{terms.REVIEW_MARK} 是其中有待复核的数字"
    note = f"{_YEARS_NOTE}≥ 是至少，{marks}。"
    none = "没有可比的单位：没有这些单位上一年度的报告，或者没有两年都写明的指标。"
    return chart("主要指标与上年相比", heads, series, rows, beside=True, note=note if rows else "", none=none)


def _change(total: Total) -> Row:
    before, now = total.before.value or Decimal(0), total.now.value or Decimal(0)
    share = "—" if total.share is None else f"{total.share:+.1f}%"
    cells = (f"{len(total.now.figures):,}", total.before.text, total.now.text, share)
    values = (float(before), float(now))
    return Row(f"{total.info.name}（{total.info.unit}）", values, cells, most=max(values))


def _persons(yearbook: Yearbook) -> str:
    rows = [
        Row(
            each.name,
            (each.accepted, each.corrected, each.waived),
            _cells(each.accepted, each.corrected, each.waived, each.stale),
        )
        for each in persons_of(yearbook)
    ]
    series = (Series("认可", "good"), Series("更正", "now"), Series("豁免", "note"))
    heads = ("核对人", "认可", "更正", "豁免", "已失效")
    return chart("谁核对了什么", heads, series, rows, none="还没有人核对过。")


def _cells(*counts: int) -> list[str]:
    return [f"{count:,}" for count in counts]
