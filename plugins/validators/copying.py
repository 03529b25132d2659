"""What a year's reports share with each other and with last year's, told once for each report or group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from nianbao import Finding, Overlap, Quote, SectionKind, Severity, Side, Stock, Subject, Yearbook

KIND: Final = "copied"
# Whoever shares less of a report of its own is not told; the other one is, and the list names both.
_LEAST: Final = Decimal("0.1")
# More than half of a report is more than some help from a neighbour.
_MUCH: Final = Decimal("0.5")
# Nearly all of both, figures included: one report under two names.
_ALL: Final = Decimal("0.9")
_SAME: Final = "两份报告连数字也几乎全部相同，请先核对是不是同一份报告，或者有一份传错了。"
_SHOWN: Final = 200
_NAMED: Final = 10
_STOP: Final = re.compile(r"[。；;！!？?\n]")
_PARTS: Final = {
    SectionKind.ACHIEVEMENTS: "主要举措和成效",
    SectionKind.PROBLEMS: "存在的不足和原因",
    SectionKind.RESPONSIBILITY: "第一责任人履职情况",
    SectionKind.PLAN: "下一年度安排",
}
_BASIS: Final = "年度报告应写本单位本年度的工作；数字和本单位名称不计，通行的表述已除外。"
_TEMPLATE: Final = "统一的模板不是错误；请确认各单位是否按本单位的实际情况填写。"


def check(yearbook: Yearbook) -> Iterator[Finding]:
    """Yield a finding for each report that shares much, for each group, and for each one reused."""
    met: dict[tuple[str, int], list[tuple[Side, Side, Overlap]]] = {}
    for overlap in yearbook.overlaps:
        one, other = overlap.sides
        met.setdefault((one.file, one.part), []).append((one, other, overlap))
        met.setdefault((other.file, other.part), []).append((other, one, overlap))
    for rows in met.values():
        told = [row for row in rows if row[0].share >= _LEAST]
        if told:
            yield _shared(told)
    for stock in yearbook.stocks:
        yield _stock(stock)
    for overlap in yearbook.reused:
        yield _reused(overlap)


def _shared(rows: Sequence[tuple[Side, Side, Overlap]]) -> Finding:
    mine, other, overlap = max(rows, key=lambda row: row[0].share)
    parts = "、".join(f"“{_PARTS[kind]}”" for kind in overlap.parts)
    others = [side.issuer for _, side, _ in rows if side is not other]
    message = (
        f"与{report_of(other)}有 {overlap.sentences} 句相同或基本相同，占本报告正文的 {percent(mine.share)}、"
        f"对方的 {percent(other.share)}"
        + (f"，其中{parts}部分几乎全部相同" if parts else "")
        + (f"；与{_listed(others)}的报告也有雷同" if others else "")
        + f"。最长的一段连续 {overlap.passage_sentences} 句、{len(mine.passage.quote)} 字。"
    )
    severity = Severity.WARNING if mine.share >= _MUCH else Severity.NOTE
    suggestion = _SAME if _is_same(overlap) else "请核对相同的内容是否为本单位的工作，不是的请改写。"
    return Finding(
        KIND, "copying.shared", severity, message, (clipped(mine.passage),), suggestion, basis=_BASIS,
        subject=_subject(mine),
    )  # fmt: skip


def _is_same(overlap: Overlap) -> bool:
    shares = (side.share for side in overlap.sides)
    return min(shares) >= _ALL and overlap.same_figures >= _ALL * overlap.sentences


def _stock(stock: Stock) -> Finding:
    sides = stock.sides
    low, high = percent(sides[-1].share), percent(sides[0].share)
    where = f"{stock.place}有 " if stock.place else "有 "
    message = (
        f"{where}{len(sides)} 份报告大量使用同一批语句（共 {stock.sentences} 句，"
        f"占各自正文的 {low} 至 {high}），疑出自同一模板或范文："
        f"{_listed([side.issuer for side in sides])}。例句见{report_of(sides[0])}。"
    )
    return Finding(
        KIND, "copying.stock", Severity.NOTE, message, (clipped(sides[0].passage),), _TEMPLATE, basis=_BASIS
    )


def _reused(overlap: Overlap) -> Finding:
    old, new = overlap.sides
    message = (
        f"与本单位 {old.year} 年度的报告有 {overlap.sentences} 句相同或基本相同，"
        f"占本报告正文的 {percent(new.share)}，其中 {overlap.same_figures} 句连数字也没有变。"
    )
    suggestion = "请核对相同的内容是否仍是本年度的情况。"
    return Finding(
        KIND, "copying.reused", Severity.NOTE, message, (clipped(new.passage),), suggestion, basis=_BASIS,
        subject=_subject(new),
    )  # fmt: skip


def report_of(side: Side) -> str:
    """Return how a sentence names a report; one whose issuer is unknown goes by its title."""
    return f"《{side.issuer}》" if side.issuer.endswith("报告") else f"{side.issuer}的报告"


def percent(share: Decimal) -> str:
    """Return a share as people write it: 37%."""
    return f"{share * 100:.0f}%"


def clipped(quote: Quote) -> Quote:
    """Return the beginning of a long quote, up to the end of a sentence where one ends in time."""
    if len(quote.quote) <= _SHOWN:
        return quote
    ends = [stop.end() for stop in _STOP.finditer(quote.quote, 0, _SHOWN)]
    shown = quote.quote[: ends[-1] if ends else _SHOWN].rstrip()
    return Quote(quote.start, quote.start + len(shown), shown)


def _listed(names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown}等 {len(names)} 个单位"


def _subject(side: Side) -> Subject:
    return Subject(side.issuer, side.file, side.part)
