"""Puts the notice into words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from outputs.notice.content import CONTRADICTIONS, LISTED, Content, Received
from outputs.notice.document import Paper
from outputs.workbook import terms

ADDRESSEE: Final = "各有关单位："
ISSUER: Final = "（印发机关）"
BASIS: Final = "《法治政府建设与责任落实督察工作规定》"
DRAFT: Final = (
    "说明：本稿由程序根据收到的报告整理，数字以各单位公开的报告原文为准；"
    "印发前请核对，补填主送单位和印发机关，并删去本说明。"
)


def title_of(year: int) -> str:
    """Return the notice's title, in two lines."""
    return f"关于{year}年度法治政府建设\n年度报告情况的通报"


def write_notice(content: Content, moment: datetime) -> Paper:
    """Return the whole notice.

    Args:
        content: what it says.
        moment: its date, by Beijing's clock.
    """
    paper = Paper("".join(title_of(content.year).split()), moment)
    paper.title(title_of(content.year))
    paper.addressee(ADDRESSEE)
    paper.paragraph(
        f"根据{BASIS}关于报告年度法治政府建设情况的要求，对各单位{content.year}年度法治政府建设年度报告的报送、"
        "内容和数据作了汇总核查。现将有关情况通报如下。"
    )
    _received(paper, content)
    _parts(paper, content)
    _findings(paper, content)
    _keys(paper, content)
    _asked(paper, content)
    paper.signature(ISSUER, f"{moment.year}年{moment.month}月{moment.day}日")
    paper.remark(f"（{DRAFT}）")
    return paper


def _received(paper: Paper, content: Content) -> None:
    received = content.received
    paper.heading("一、报送情况")
    paper.paragraph(_counts(received, content.checked))
    if received.rows:
        rows = [(str(number), *row) for number, row in enumerate(received.rows[:LISTED], 1)]
        paper.table("未报送、逾期等单位", ("序号", "单位", "情况"), rows, (16, 100, 40))
        _more(paper, len(received.rows), LISTED)


def _counts(received: Received, checked: int) -> str:
    if received.expected is None:
        late = f"其中逾期公布{received.late}份；" if received.late else ""
        return f"共收到可以读取的年度报告{checked}份，{late}本次没有提供应报单位名单，未统计未报单位。"
    told = [f"应报送{received.expected}个单位，已报送{received.reported}个"]
    told += [
        f"{situation}{count}个"
        for situation in (terms.NOT_REPORTED, terms.RECEIVED_UNREADABLE, terms.RECEIVED_OTHER)
        if (count := received.of(situation))
    ]
    late = f"；已报送的单位中，逾期公布的{received.late}个" if received.late else ""
    extra = checked - received.reported
    beside = f"另有名单以外的报告{extra}份。" if extra > 0 else ""
    return f"{'，'.join(told)}{late}。{beside}"


def _parts(paper: Paper, content: Content) -> None:
    paper.heading("二、内容结构")
    if not content.lacking:
        paper.paragraph(f"核查的{content.checked}份报告，规定的四部分内容均已单列。")
        return
    told = "、".join(f"“{name}”{count}份" for name, count in content.parts if count)
    paper.paragraph(
        f"核查的{content.checked}份报告中，{len(content.lacking)}份规定内容不全或者没有单列，缺少或未单列的："
        f"{told}。"
    )
    rows = [(str(number), *row) for number, row in enumerate(content.lacking[:LISTED], 1)]
    paper.table("内容不全的报告", ("序号", "单位", "缺少或未单列的部分"), rows, (16, 60, 80))
    _more(paper, len(content.lacking), LISTED)


def _findings(paper: Paper, content: Content) -> None:
    paper.heading("三、数据和文字核查")
    if not content.kinds:
        paper.paragraph("没有发现数字矛盾或其他需要改正的问题。")
        return
    paper.paragraph(
        f"共发现错误{content.errors}处，涉及{content.units_with_errors}个单位；需要核实的问题{content.warnings}处。"
    )
    rows = [(kind, _number(errors), _number(warnings)) for kind, errors, warnings in content.kinds]
    paper.table("问题分类", ("类别", "错误", "需要核实"), rows, (76, 40, 40))
    if content.contradictions:
        shown = content.contradictions[:CONTRADICTIONS]
        table = [(str(number), unit, message) for number, (unit, message) in enumerate(shown, 1)]
        paper.table("主要矛盾", ("序号", "单位", "问题"), table, (14, 54, 88))
        _more(paper, len(content.contradictions), CONTRADICTIONS)


def _number(count: int) -> str:
    return str(count) if count else "—"


def _keys(paper: Paper, content: Content) -> None:
    paper.heading("四、主要数据")
    if not content.keys:
        paper.paragraph("没有可以汇总的数据。")
        return
    paper.paragraph(
        f"下表为{content.whose}报告写明的数字合计。没有写明的单位不计入，所以合计不等于全部；"
        "≥、约、<表示含约数，※表示含前后不一的数，？表示含待复核的数。"
    )
    rows = [(key.area, key.name, key.sum, key.unit, f"{key.telling}/{key.units}") for key in content.keys]
    header = ("领域", "指标", "合计", "单位", "写明的单位数")
    paper.table("主要数据", header, _without_repeats(rows), (34, 54, 30, 14, 24), merged=(0,))


def _without_repeats(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Leave an area's name in its first row alone."""
    told = []
    before = ""
    for first, *rest in rows:
        told.append(("" if first == before else first, *rest))
        before = first
    return told


def _asked(paper: Paper, content: Content) -> None:
    paper.heading("五、有关要求")
    numbers = iter("一二三四")
    received = content.received
    if received.expected is not None and received.reported < received.expected:
        paper.paragraph(
            "未报送的单位要尽快报送并公开；报告无法读取的，要重新提供。",
            lead=f"（{next(numbers)}）补报年度报告。",
        )
    if content.lacking:
        paper.paragraph("内容不全的单位要对照规定补充完善。", lead=f"（{next(numbers)}）补齐规定内容。")
    if content.errors or content.warnings:
        paper.paragraph(
            "有关单位要逐项核对原始台账，确有错误的予以更正，并说明情况。",
            lead=f"（{next(numbers)}）核对更正数据。",
        )
    paper.paragraph(
        "各单位要明确专人审核，做到数字准确、前后一致、按时公开。", lead=f"（{next(numbers)}）严格审核把关。"
    )


def _more(paper: Paper, count: int, shown: int) -> None:
    if count > shown:
        paper.paragraph(f"以上列出{shown}项，共{count}项，其余见汇总工作簿。")
