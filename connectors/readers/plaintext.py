"""Mends a plain text that came through other converters; what is no sure sign of one stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from connectors.readers import markdown
from connectors.readers.pagination import without_furniture
from connectors.readers.plainlines import TextLine
from connectors.readers.residue import clear
from connectors.readers.tika import restore_numbers
from connectors.readers.wraps import joined

# A form feed ends a page and stays in its line.
_LINE_END = re.compile("\r\n|[\n\r\v\x1c-\x1e\x85\u2028\u2029]")
# Word parts an automatic label from its paragraph with a tab, where a table's row has further ones.
_LABEL = re.compile(
    r"^[ \u3000]*((?:第?[一二三四五六七八九十]{1,3}[、.．章节条]|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.．、)）]|[①-⑳]|[•●■◆▪➢✓\uf020-\uf0ff]))[ ]*\t[ \t]*([^\t]*[\u4e00-\u9fff][^\t]*)$"
)
# Columns that blanks alone set apart, in so many lines one after the other.
_GAP = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_FEWEST_COLUMNS = _FEWEST_ROWS = 3
# Symbol fonts have their bullets in the private area, where no other font shows anything.
_BULLET = re.compile(r"^([ \u3000\t]*)[\uf020-\uf0ff](?=[ \u3000\t])")


def mend(text: str) -> tuple[list[TextLine], list[str]]:
    """Return the paragraphs of a plain text as the document had them.

    Args:
        text: the decoded text.

    Returns:
        Its paragraphs and rows with the numbers of their lines, and what was mended, one Chinese line each.
    """
    cleared = clear(text)
    notes = list(cleared.notes)
    lines = [TextLine(line, number) for number, line in enumerate(_LINE_END.split(cleared.text), start=1)]
    lines, is_markdown = markdown.without_marks(lines)
    if is_markdown:
        notes.append("去掉了 Markdown 的标记符号")
    lines, furniture = without_furniture(lines)
    if furniture:
        notes.append(f"删去了 {furniture} 行页码和页眉页脚")
    lines, tabs = _without_tabs(lines)
    if tabs:
        notes.append(f"去掉了 {tabs} 个自动编号后面的制表符")
    lines, columns = _with_columns(lines)
    if columns:
        notes.append(f"把用空格对齐的 {columns} 行文字当作表格")
    lines, restored = restore_numbers(lines, marked=cleared.is_from_tika)
    if restored:
        notes.append(f"还原了转换时变成阿拉伯数字的 {restored} 个标题序号")
    lines, wraps = joined(lines)
    if wraps:
        notes.append(f"文字在同一宽度处被断行，已连接 {wraps} 处")
    return lines, notes


def _without_tabs(lines: Sequence[TextLine]) -> tuple[list[TextLine], int]:
    """Join automatic labels with their paragraphs; and show bullets of symbol fonts as bullets."""
    changed: list[TextLine] = []
    count = 0
    is_table = False
    for line in lines:
        text, found = (line.text, 0) if is_table else _LABEL.subn(r"\1\2", line.text)
        is_table = "\t" in text.strip()
        count += found
        text = _BULLET.sub(r"\1•", text)
        changed.append(line if text == line.text else replace(line, text=text))
    return changed, count


def _with_columns(lines: Sequence[TextLine]) -> tuple[list[TextLine], int]:
    """Part the columns of tables that a converter set with blanks, and say how many lines they have."""
    changed = list(lines)
    count = reached = 0
    for columns, run in groupby(lines, key=lambda line: 1 + len(_GAP.findall(line.text))):
        rows = list(run)
        if columns >= _FEWEST_COLUMNS and len(rows) >= _FEWEST_ROWS:
            count += len(rows)
            parted = [replace(line, text=_GAP.sub("\t", line.text)) for line in rows]
            changed[reached : reached + len(rows)] = parted
        reached += len(rows)
    return changed, count
