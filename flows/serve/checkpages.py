"""The pages of the self-check: where a file is chosen, and what was found in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from flows.selfcheck import summary_of, told_waiver, worst_first
from flows.serve.desk import MINUTES, Checked
from flows.serve.marking import marked, spans_of
from flows.serve.pages import Frame
from flows.serve.uploads import KINDS, MEGABYTE
from nianbao.issuers import full_name
from nianbao.model import Document, Finding, Report, Status
from nianbao.parting import find_parts
from outputs.review.text import shown
from outputs.workbook.terms import SEVERITIES

_NOTHING_KEPT = (
    f"文件只在检查时放在本程序的临时文件夹里，结果在内存里保留 {MINUTES} 分钟；"
    "除非您选择保存，不会留下任何内容。"
)
_STATE = '<p id="state" role="status" aria-live="polite"></p><p id="fault" class="fault" role="alert"></p>'
_SCRIPTLESS = (
    "这个页面要用脚本上传文件，浏览器没有启用脚本。也可以在终端里运行："
    "nianbao check 报告.docx --annotate 批注稿"
)


def upload_page(frame: Frame, most_bytes: int) -> str:
    """Return the page on which a file is chosen.

    Args:
        frame: of all pages.
        most_bytes: that a file may have.
    """
    body = (
        "<h1>公布前自查</h1>"
        "<p>选择一份待公布的年度报告：检查数字前后是否一致、法定内容是否齐全、"
        "有没有留下别处的名称和旧的年份。</p>"
        f'<noscript><p class="warning">{_SCRIPTLESS}</p></noscript>'
        f'<form id="upload" data-most="{most_bytes}"><div class="drop" id="drop">'
        '<label for="file">选择报告文件，或拖到这里</label>'
        f'<input type="file" id="file" accept="{",".join(KINDS)}" aria-describedby="kinds">'
        '<p id="kinds" class="soft">Word（.docx 可得批注稿）、WPS、PDF、OFD、网页、文本或图片，'
        f"不超过 {most_bytes // MEGABYTE} MB</p></div>"
        f"{_STATE}</form>"
        f'<p class="soft">{_NOTHING_KEPT}</p>'
    )
    return frame.page("公布前自查", body, here="/check", scripts=("selfcheck.js",))


def result_page(frame: Frame, checked: Checked, names: Mapping[str, str], folder: str) -> str:
    """Return the page of what was found.

    Args:
        frame: of all pages.
        checked: what came of the file.
        names: of the indicators by id.
        folder: where it can be saved; empty where it can't.
    """
    document, reports = checked.processed.document, checked.processed.reports
    body = [
        f"<h1>{shown(checked.name)}</h1>",
        '<p class="actions">',
        *_actions(checked, folder),
        "</p>",
        _STATE,
    ]
    first = 0
    # Findings of all reports are numbered through, so that each has an address of its own.
    starts = [*_starts(document, len(reports)), None]
    for report, (start, end) in zip(reports, pairwise(starts), strict=True):
        body += _report(report, document, first, (start or 0, end), names, several=len(reports) > 1)
        first += len(report.findings)
    body.append(f'<p class="soft">检查用时 {max(checked.seconds, 0.1):.1f} 秒。{_NOTHING_KEPT}</p>')
    return frame.page(f"自查：{checked.name}", "".join(body), here="/check", scripts=("selfcheck.js",))


def _actions(checked: Checked, folder: str) -> Iterator[str]:
    if checked.can_be_annotated:
        address = f"/check/{checked.id}/annotated.docx"
        yield f'<a class="button strong" href="{address}" download>下载批注稿（Word）</a>'
    if folder and checked.processed.document is not None:
        yield (
            f'<button type="button" id="keep" data-check="{checked.id}" '
            f'title="{shown(folder)}">保存到结果文件夹</button>'
        )
    yield f'<button type="button" id="drop-result" data-check="{checked.id}">清除这次结果</button>'
    yield '<a class="button" href="/check">再查一份</a>'


def _starts(document: Document | None, several: int) -> list[int]:
    """Return where each report of a file begins; the first one has what stands before it."""
    if document is None or several == 1:
        return [0] * several
    return [0, *(part.start for part in find_parts(document)[1:])]


def _report(
    report: Report,
    document: Document | None,
    first: int,
    piece: tuple[int, int | None],
    names: Mapping[str, str],
    *,
    several: bool,
) -> Iterator[str]:
    if report.status is Status.UNREADABLE:
        yield f'<p class="fault">无法读取：{shown(report.error)}</p>'
        return
    if report.status is Status.NOT_A_REPORT:
        yield f'<p class="fault">不是年度报告，没有检查：{shown(report.reason)}</p>'
        return
    findings = worst_first(report.findings)
    year = f"{report.year} 年度" if report.year else "年度不明"
    label = f"第 {report.part} 份：" if several else ""
    yield f'<section class="checked"><h2>{label}{shown(full_name(report))}，{year}</h2>'
    yield f'<p class="summary">{summary_of(report.findings)}</p>'
    for failure in report.failures:
        yield f'<p class="warning">检查程序 {shown(failure.plugin)} 出错，它的检查没有做完。</p>'
    text = document.text if document else ""
    spans = spans_of(report, findings, names, first)
    yield '<div class="two"><ol class="findings" aria-label="查出的问题">'
    for number, finding in enumerate(findings, first):
        yield _finding(finding, number, document)
    yield '</ol><article class="text" aria-label="报告正文">'
    yield from marked(text, spans, *piece)
    yield "</article></div></section>"


def _finding(finding: Finding, number: int, document: Document | None) -> str:
    waived = finding.waiver is not None
    severity = "已豁免" if waived else SEVERITIES[finding.severity]
    look = "waived" if waived else finding.severity.value
    places = _places(finding, document)
    lines = [f'<li id="f{number}" class="{look}" tabindex="-1">']
    lines.append(f"<p><b>{severity}</b>{shown(finding.message)}</p>")
    if places:
        link = f'<a href="#q{number}">{places}</a>'
        lines.append(f'<p class="soft">原文：{link}</p>')
    if finding.waiver is not None:
        lines.append(f'<p class="soft">{shown(told_waiver(finding.waiver))}</p>')
    if finding.suggestion:
        lines.append(f"<p>建议：{shown(finding.suggestion)}</p>")
    if finding.basis:
        lines.append(f'<p class="soft">依据：{shown(finding.basis)}</p>')
    return "".join([*lines, "</li>"])


def _places(finding: Finding, document: Document | None) -> str:
    """Return where a finding's evidence stands, as people count."""
    if document is None or not finding.quotes:
        return ""
    told = dict.fromkeys(document.place_of(quote.start).describe() for quote in finding.quotes)
    return shown("、".join(filter(None, told)) or "正文")
