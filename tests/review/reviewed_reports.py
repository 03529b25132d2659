"""Reports that are read for the tests of reviewing, by all that is installed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from nianbao.manager import registry
from nianbao.model import Acceptance, Correction, Point, PointKind, RunRecord, SourceConfig, Yearbook
from nianbao.steps import entry_of, list_filings, make_context, process
from nianbao.waivers import Waivers
from nianbao.yearbook import make_yearbook

TODAY = date(2026, 11, 22)
TOWN = "青石县白水镇"
# Two tellings of the cases that can't both be true, a wrong sum, a numeral of no indicator, a named person.
REPORT = """青石县{town}人民政府2023年度法治政府建设年度报告

一、2023年度主要举措和成效
（一）规范执法。全年办理行政执法案件{cases}件，其中行政处罚案件30件、行政强制案件20件。
（二）化解纠纷。在调解员孙丽带动下，全年调解矛盾纠纷120件，调解成功118件，成功率91%。
（三）普法宣传。开展法治宣传活动56场次。孙丽走访帮扶企业33家。

二、存在的不足和原因
一是执法力量不足。二是普法形式单一。全年共办理行政执法案件{again}件，人均办案偏多。

三、主要负责人履行推进法治建设第一责任人职责情况
镇长主持召开法治专题会议4次。

四、下一步工作安排
一是加强法治培训。
"""


def write_report(folder: Path, town: str = "白水镇", *, cases: int = 80, again: int = 85) -> Path:
    """Write a report down."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / f"{town}.txt"
    path.write_text(REPORT.format(town=town, cases=cases, again=again), "utf-8")
    return path


def yearbook_of(
    folder: Path,
    acceptances: Iterable[Acceptance] = (),
    *,
    corrections: Iterable[Correction] = (),
    waivers: Waivers | None = None,
) -> Yearbook:
    """Read a folder's reports and put 2023 together."""
    context = make_context()
    filings = list_filings(registry(), SourceConfig(str(folder)))
    done = [process(registry(), filing, context) for filing in filings]
    entries = [entry_of(each.reports[0], each.document) for each in done]
    run = RunRecord("r", datetime(2024, 5, 6, tzinfo=UTC), "1")
    return make_yearbook(
        registry(),
        context,
        2023,
        entries,
        roster=None,
        run=run,
        waivers=waivers,
        corrections=tuple(corrections),
        acceptances=acceptances,
    )


def accept(point: Point, *, issuer: str = TOWN, person: str = "王敏", **more: str) -> Acceptance:
    """Accept a point."""
    return Acceptance(issuer, 2023, point.kind, point.key, point.seen, person, TODAY, **more)


def by_kind(points: Iterable[Point]) -> Mapping[PointKind, list[Point]]:
    """Return points by what they are about."""
    found: dict[PointKind, list[Point]] = {}
    for point in points:
        found.setdefault(point.kind, []).append(point)
    return found
