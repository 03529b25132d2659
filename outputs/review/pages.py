"""The pages of a review, for a folder and for the app: the list of reports, and one page a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from nianbao import Entry, Field, IndicatorInfo, Point, Status
from outputs.review.listing import ListedReport, list_body
from outputs.review.payload import headings_of, report_data
from outputs.review.shell import LIST_SCRIPTS, REPORT_SCRIPTS, Links, Mode, bar, page
from outputs.review.text import as_json, paragraphs, shown
from outputs.workbook import terms
from outputs.workbook.lines import file_of, name_of

__all__ = ["Links", "ListedReport", "Mode", "list_html", "report_html"]

# A title that the text begins with need not be shown twice.
_TITLE_WITHIN = 200
_LEGEND = (
    '<details class="marks-key"><summary>图例</summary><ul>'
    '<li><span class="fig area-disputes">12件</span> 读到的数字，颜色按领域，指一下就显示名称</li>'
    '<li><span class="fig area-disputes to-check">12件</span> 请看一眼</li>'
    '<li><span class="fig area-disputes disputed">12件</span> 前后说法不一</li>'
    '<li><span class="fig area-disputes unused">12件</span> 读到了，但没有采用</li>'
    '<li><span class="num">12件</span> 没有归入任何指标</li>'
    '<li><span class="found error">原文</span><span class="ref">1</span> 问题所引的原文和序号</li>'
    "</ul></details>"
)
_KEYS = (
    ("accept", "a", "认可"),
    ("correct", "c", "更正"),
    ("waive", "w", "豁免"),
)


def list_html(
    title: str,
    listed: Sequence[ListedReport],
    *,
    links: Links | None = None,
    mode: Mode = "static",
    token: str = "",
    notes: Sequence[str] = (),
) -> str:
    """Return the page that lists a year's reports.

    Args:
        title: of the yearbook.
        listed: the reports, in order.
        links: where the page's links lead.
        mode, token: as for `page`.
        notes: what readers should know besides, Chinese lines.
    """
    links = links or Links()
    body = [*bar("list", links), '<main id="main">', *list_body(title, listed, notes), "</main>"]
    return page(title, body, scripts=LIST_SCRIPTS, links=links, mode=mode, token=token, kind="list")


def report_html(
    entry: Entry,
    points: Sequence[Point],
    *,
    names: Mapping[str, IndicatorInfo],
    links: Links,
    mode: Mode = "static",
    token: str = "",
    address: str = "",
    aside: str = "",
) -> str:
    """Return a report's page.

    Args:
        entry: the report; its text stands once in the page, and scripts mark it.
        points: what is to be looked at in it, in order.
        names: the indicators by id.
        links: where the page's links lead.
        mode, token: as for `page`.
        address: the page's own file name, by which the list knows it.
        aside: HTML of the original beside the text; empty where there is none.
    """
    data = {**report_data(entry, points, names), "page": address}
    body = [
        *bar("report", links, extra=_ways(entry, links, has_aside=bool(aside))),
        '<main id="main" class="desk">',
        '<article id="text" lang="zh-CN">',
        *_head(entry, links),
        *paragraphs(entry.text, headings_of(entry.report)),
        "</article>",
        f'<aside id="beside" aria-label="原件" hidden>{aside}</aside>' if aside else "",
        *_panel(),
        "</main>",
        '<section id="figures-print" class="print-only" aria-label="数字与问题"></section>',
        f'<script type="application/json" id="report-data">{as_json(data)}</script>',
    ]
    title = f"{name_of(entry.report)}　核对"
    return page(title, body, scripts=REPORT_SCRIPTS, links=links, mode=mode, token=token, kind="report")


def _ways(entry: Entry, links: Links, *, has_aside: bool) -> Iterator[str]:
    """Yield the buttons to the reports before and after, and the one that shows the original."""
    yield '<div class="ways">'
    for address, told, key, identity in (
        (links.previous, "上一份", "k", "previous-report"),
        (links.following, "下一份", "j", "next-report"),
    ):
        if address:
            yield f'<a id="{identity}" href="{shown(address)}"><span>{told}</span><kbd>{key}</kbd></a>'
    yield "</div>"
    yield f'<span class="bar-name">{shown(name_of(entry.report))}</span>'
    if has_aside:
        yield '<button type="button" id="show-beside" aria-pressed="false">'
        yield '<span><span class="wordy">对照</span>原件</span><kbd>o</kbd></button>'


def _head(entry: Entry, links: Links) -> Iterator[str]:
    report = entry.report
    title = report.value(Field.TITLE)
    name = name_of(report)
    yield f'<header class="report-head"><h1>{shown(name)}</h1>'
    facts = [file_of(report)]
    if report.status is not Status.COMPLETE:
        facts.insert(0, terms.STATUSES[report.status])
    if (day := report.value(Field.PUBLISHED)) is not None:
        facts.append(f"{day} 公布")
    if title and title != name and _squeezed(title) not in _squeezed(entry.text[:_TITLE_WITHIN]):
        yield f'<p class="report-title">{shown(title)}</p>'
    told = "".join(f"<li>{shown(fact)}</li>" for fact in facts)
    if links.original:
        way = f'href="{shown(links.original)}" target="_blank" rel="noopener noreferrer"'
        told += f"<li><a {way}>打开原件</a></li>"
    yield f'<ul class="facts">{told}</ul>{_LEGEND if entry.report.observations else ""}</header>'
    if not entry.text:
        yield f'<p class="empty">没有正文可以显示。{shown(report.error or report.reason)}</p>'


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _panel() -> Iterator[str]:
    """Yield the panel: the point that is looked at now, the report's figures, its findings."""
    yield '<aside id="panel" aria-label="核对">'
    yield '<button type="button" id="fold" aria-expanded="true" aria-controls="panel-body">收起</button>'
    yield '<div class="tabs" role="tablist" aria-label="核对">'
    for name, told in (("point", "待核对"), ("figures", "数字"), ("findings", "问题")):
        yield (
            f'<button type="button" role="tab" id="tab-{name}" aria-controls="view-{name}" '
            f'aria-selected="{str(name == "point").lower()}">{told}<span class="count"></span></button>'
        )
    yield '</div><div id="panel-body">'
    yield '<div role="tabpanel" id="view-point" aria-labelledby="tab-point" tabindex="-1">'
    yield '<div id="point"><p class="empty">核对需要浏览器允许运行脚本。</p></div>'
    yield '<div id="form" hidden></div></div>'
    yield '<div role="tabpanel" id="view-figures" aria-labelledby="tab-figures" hidden></div>'
    yield '<div role="tabpanel" id="view-findings" aria-labelledby="tab-findings" hidden></div></div>'
    yield '<div class="keys" role="group" aria-label="处理">'
    for name, key, told in _KEYS:
        yield f'<button type="button" class="do" id="do-{name}"><span>{told}</span><kbd>{key}</kbd></button>'
    yield '</div><div class="keys small" role="group" aria-label="移动">'
    for name, key, told in (("back", "p", "上一处"), ("next", "n", "下一处"), ("undo", "u", "撤回")):
        yield f'<button type="button" id="go-{name}"><span>{told}</span><kbd>{key}</kbd></button>'
    yield "</div></aside>"
