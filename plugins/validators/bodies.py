"""Bodies that act under a name which a reform has ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from nianbao import Context, Field, Finding, Quote, Report, Severity
from nianbao.divisions.former import KEPT
from plugins.validators.outcomes import Ruling, judged, unclear

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_BASIS = "报告应当使用机构改革后的现行名称"
_REFORM = "2018至2019年机构改革"


@dataclass(frozen=True, slots=True)
class _Former:
    """A name, what took its place and by what, and the last year whose report may still bear it."""

    name: str
    today: str
    reform: str = _REFORM
    last: int = 2019


_FORMER = (
    *(_Former(name, "市场监督管理局") for name in ("工商局", "工商行政管理局", "质监局", "质量技术监督局")),
    *(_Former(name, "市场监督管理局") for name in ("食药监局", "食品药品监督管理局")),
    *(_Former(name, "税务局", "2018年国税地税合并", 2018) for name in ("国税局", "地税局")),
    *(_Former(name, "司法局") for name in ("县法制办", "区法制办", "市法制办", "省法制办", "政府法制办")),
    *(_Former(name, "自然资源局") for name in ("国土局", "国土资源局")),
    *(_Former(name, "生态环境局") for name in ("环保局", "环境保护局")),
    *(_Former(name, "应急管理局") for name in ("安监局", "安全生产监督管理局")),
    *(
        _Former(name, "卫生健康局（委）")
        for name in ("卫计局", "卫计委", "卫生和计划生育局", "卫生和计划生育委员会")
    ),
    *(_Former(name, "文化和旅游局") for name in ("文广新局", "文化广电新闻出版局")),
    _Former("农业局", "农业农村局"),
    _Former("物价局", "发展和改革部门、市场监督管理部门"),
    *(_Former(name, "消防救援大队") for name in ("公安消防大队", "消防武警大队")),
    *(
        _Former(name, "监察委员会", "2018年监察体制改革", 2018)
        for name in ("县监察局", "区监察局", "市监察局")
    ),
    *(_Former(name, "乡村振兴局", "2021年机构调整", 2021) for name in ("扶贫办", "扶贫开发办公室")),
)
# 农业局部, 环保局势: words that only begin like a body.
_NO_BODY_AFTER = frozenset("部限面势域")
_OWN = {rank: (f"{rank}委", f"全{rank}", f"我{rank}", f"{rank}政府") for rank in "县市区"}
_PAST = re.compile(r"原|前身|更名|改名|划转|整合|合并|组建|挂牌|撤销|转隶|移交|机构改革|时任|历任")


@cache
def _finder() -> AhoCorasick:
    import ahocorasick_rs

    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    return ahocorasick_rs.AhoCorasick([former.name for former in _FORMER], matchkind=kind)


def judge(report: Report, context: Context) -> Ruling:
    """Judge whether a report names bodies as they were called before its year."""
    if context.reading is None or report.year is None:
        return unclear("报告年度不明，无法判断机构名称在当年是否有效")
    return judged((*_findings(report.year, context), *_counties(report, context)))


def _counties(report: Report, context: Context) -> Iterator[Finding]:
    """Yield where one's own county is called as before it became a city or a district: 监利县, of 监利市."""
    reading, county = context.reading, report.value(Field.COUNTY) or ""
    if reading is None or county[:-1] not in KEPT or not county.endswith(("市", "区")):
        return
    text = reading.shadow.text
    titled = report.value(Field.TITLE) or ""
    for match in re.finditer(rf"{county[:-1]}[县市](?![城域志级区])", text):
        former = match[0]
        # Who calls itself so throughout wrote before the change.
        if former == county or former in titled or not _calls_itself(text, county[-1], former[-1]):
            continue
        begin, finish = reading.sentence(match.start())
        if _PAST.search(text, begin, finish) or text.rfind("《", begin, match.start()) > text.rfind(
            "》", begin, match.start()
        ):
            continue
        yield Finding(
            "stale-name",
            "bodies.stale-name",
            Severity.NOTE,
            f"正文写“{former}”，而这里现名{county}，全文也按现名自称。",
            (Quote(*reading.quote(*match.span())),),
            f"请核对，如属旧称，改为“{county}”。",
            basis=_BASIS,
        )
        return


def _calls_itself(text: str, rank: str, former: str) -> bool:
    """Whether a text speaks of its own 市委, 全市 and the like, and of no 县委 or 全县."""
    own, before = (sum(text.count(words) for words in _OWN[each]) for each in (rank, former))
    return own > before == 0


def _findings(year: int, context: Context) -> Iterator[Finding]:
    reading = context.reading
    if reading is None:
        return
    text = reading.shadow.text
    seen: set[str] = set()
    for which, start, end in _finder().find_matches_as_indexes(text):
        former = _FORMER[which]
        if year <= former.last or former.name in seen or text[end : end + 1] in _NO_BODY_AFTER:
            continue
        begin, finish = reading.sentence(start)
        if text.rfind("《", begin, start) > text.rfind("》", begin, start) or _PAST.search(
            text, begin, finish
        ):
            continue
        seen.add(former.name)
        first, last, quoted = reading.quote(start, end)
        yield Finding(
            "stale-name",
            "bodies.stale-name",
            Severity.NOTE,
            f"{year}年度的报告仍称“{former.name}”，该机构已在{former.reform}中改为{former.today}。",
            (Quote(first, last, quoted),),
            f"请核对，如指现在的机构，改用现行名称（{former.today}）。",
            basis=_BASIS,
        )
