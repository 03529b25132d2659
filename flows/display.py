"""Shows a document as text with the place of every line in a margin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from rich.cells import cell_len

from nianbao.grammar.headings import find_headings
from nianbao.grammar.text import plain
from nianbao.model import Block, BlockKind, Document, Fact, FactName

FACT_NAMES = {
    FactName.TITLE: "标题",
    FactName.PUBLISHED: "发布日期",
    FactName.WRITTEN: "成文日期",
    FactName.PUBLISHER: "发布机构",
    FactName.ISSUER: "报告单位",
    FactName.YEAR: "年度",
    FactName.DOCUMENT_NUMBER: "文号",
    FactName.INDEX_NUMBER: "索引号",
    FactName.BREADCRUMB: "栏目位置",
    FactName.SITE: "网站名称",
    FactName.URL: "网址",
    FactName.HOST: "网站",
    FactName.ATTACHMENT: "附件",
    FactName.FILE_NAME: "文件名",
    FactName.COLLECTION: "所在汇编",
}
# The first word of a fact's origin; what follows it is the label or key that stood there.
_ORIGINS = {
    "meta": "网页的 meta 标签",
    "title": "网页标题栏",
    "h1": "网页标题",
    "h2": "网页标题",
    "crumbs": "网页导航",
    "link": "网页链接",
    "script": "网页脚本",
    "head": "正文前的文字",
    "above the body": "正文前的文字",
    "canonical": "网页的规范网址",
    "base": "网页的 base 标签",
    "saved from": "网页的保存标记",
    "table": "信息表",
    "above": "正文上方",
    "footer": "网页底部",
    "url": "网址",
    "listing": "来源清单",
    "manifest": "名录",
}
_DOUBT = ("⟨？", "⟩")
_DOUBT_LEGEND = "⟨？…⟩ 里的字识别得不确定，请核对原件。"
_BETWEEN_CELLS = " ｜ "
# Columns are aligned up to this width.
_WIDEST_CELL = 16


class Look(StrEnum):
    """How a run of characters is shown where there are colours."""

    PLAIN = ""
    MARGIN = "dim"
    HEADING = "bold"
    DOUBT = "bold yellow underline"
    NAME = "bold cyan"
    BAD = "bold red"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one look."""

    text: str
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """A line: what stands in the margin, and the rest.

    Args:
        margin: the place, and the level of a heading; empty where the line has no margin.
        body: the rest.
    """

    margin: str
    body: tuple[Run, ...]


def show(document: Document) -> list[Line]:
    """Return the lines that show a document: its name, its text with places, what else is known of it."""
    return [
        Line("", (Run(printable(document.name), Look.NAME),)),
        *_aligned(list(_text_lines(document))),
        *(Line("", (Run(text, Look.MARGIN),)) for text in _about(document)),
    ]


def printable(text: str) -> str:
    """Return a text that can do a terminal no harm."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _text_lines(document: Document) -> Iterator[Line]:
    levels = _levels(document)
    widths = _column_widths(document.blocks)
    for _, group in groupby(document.blocks, key=_row_of):
        blocks = list(group)
        first = blocks[0]
        if first.kind is BlockKind.CELL:
            yield Line(replace(first.place, column=None).describe(), tuple(_cells(document, blocks, widths)))
        else:
            yield from _paragraph_lines(document, first, levels.get(first.start))


def _row_of(block: Block) -> tuple[int, ...]:
    """Cells of one row stay together, every other block alone."""
    place = block.place
    if block.kind is BlockKind.CELL and place.table is not None and place.row is not None:
        return (place.table, place.row)
    return (-1, -1, block.start)


def _levels(document: Document) -> dict[int, int]:
    """Return the level of the headings that are told by their number or style, by where they start."""
    styles = {block.start: block.level for block in document.blocks if block.level is not None}
    found = find_headings(plain(document.text), style_levels=styles).found
    return {heading.start: heading.level for heading in found} | styles


def _paragraph_lines(document: Document, block: Block, level: int | None) -> Iterator[Line]:
    margin = _place(block) + (f" 标题{level}" if level else "")
    look = Look.HEADING if level else Look.PLAIN
    runs = _runs(document, block, look)
    for index, line in enumerate(_split_lines(runs)):
        yield Line(margin if index == 0 else " ", line)


def _place(block: Block) -> str:
    return block.place.describe() or printable(block.place.path or "") or "—"


def _runs(document: Document, block: Block, look: Look) -> Iterator[Run]:
    """Yield a block's text, its doubtful spans marked."""
    reached = block.start
    for start, end in block.doubts:
        if reached < start:
            yield Run(document.text[reached:start], look)
        yield Run(document.text[start:end].join(_DOUBT), Look.DOUBT)
        reached = end
    if reached < block.end:
        yield Run(document.text[reached : block.end], look)


def _split_lines(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    line: list[Run] = []
    for run in runs:
        for index, text in enumerate(run.text.split("\n")):
            if index:
                yield tuple(line)
                line = []
            line.append(replace(run, text=text))
    yield tuple(line)


def _cells(document: Document, blocks: Sequence[Block], widths: dict[tuple[int, int], int]) -> Iterator[Run]:
    for index, block in enumerate(blocks):
        runs = list(_runs(document, block, Look.PLAIN))
        if index:
            yield Run(_BETWEEN_CELLS, Look.MARGIN)
        if block.place.column is not None:
            yield Run(f"第{block.place.column}列 ", Look.MARGIN)
        yield from runs
        if index + 1 < len(blocks):
            taken = sum(cell_len(run.text) for run in runs)
            yield Run(" " * (widths.get(_column_of(block), 0) - taken))


def _column_of(block: Block) -> tuple[int, int]:
    return (block.place.table or 0, block.place.column or 0)


def _column_widths(blocks: Iterable[Block]) -> dict[tuple[int, int], int]:
    widths: dict[tuple[int, int], int] = {}
    for block in blocks:
        if block.kind is BlockKind.CELL:
            # Two cells for each of the longest text's characters that count.
            width = min(2 * (block.end - block.start), _WIDEST_CELL)
            widths[_column_of(block)] = max(widths.get(_column_of(block), 0), width)
    return widths


def _aligned(lines: Sequence[Line]) -> Iterator[Line]:
    width = max((cell_len(line.margin) for line in lines), default=0)
    for line in lines:
        yield replace(line, margin=f"{line.margin}{' ' * (width - cell_len(line.margin))} │ ")


def _about(document: Document) -> Iterator[str]:
    yield f"读取程序：{document.reader}；共 {len(document.text)} 字，{len(document.blocks)} 段或单元格"
    for fact in document.facts:
        origin = "" if fact.name is FactName.FILE_NAME else f"（{origin_of(fact)}）"
        yield f"{FACT_NAMES[fact.name]}：{printable(fact.value)}{origin}"
    for note in document.notes:
        yield f"说明：{printable(note)}"
    if document.doubts:
        yield _DOUBT_LEGEND


def origin_of(fact: Fact) -> str:
    """Say in Chinese where a fact was found."""
    if fact.origin in _ORIGINS:
        return f"见{_ORIGINS[fact.origin]}"
    kind, _, label = fact.origin.partition(" ")
    place = _ORIGINS.get(kind)
    return f"见{place}“{printable(label)}”" if place and label else f"见 {printable(fact.origin)}"
