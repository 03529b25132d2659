"""What users are called things by, and text that Prefect's pages are to show as it is."""

from __future__ import annotations

import re

from rich.cells import cell_len

from flows.summary import Ending, Summary
from nianbao.model import Severity

ENDINGS = {Ending.COMPLETE: "全部完成", Ending.PARTIAL: "部分完成", Ending.FAILED: "未能完成"}
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}

_BLANKS = re.compile(r"\s+")
_MARKS = re.compile(r"[\\`*_{}\[\]<>|~&$!]")
# What begins a heading, a list or a quotation, where it stands first.
_FIRST = re.compile(r"^(?:[#+=-]|\d+(?=[.)]))")
# Addresses become links by themselves, whatever is escaped in them, unless something stands inside.
_ADDRESSES = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_NOTHING = "<!-- -->"
# In a table's cell the older of Prefect's pages read Markdown, and the newer ones show what stands there.
_IN_CELLS = re.compile(
    r"[*`~<>\[\]]|(?<![^\W_])_|_(?![^\W_])|\\(?=[!-/:-@\[-`{-~])|&(?=[#\w])"
    r"|(?<=:)//|(?<=www)\.|@|^[#+=-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]",
    re.IGNORECASE,
)
_TO_FULL_WIDTH = 0xFEE0


def plain_markdown(text: str) -> str:
    """Keep what a file or an issuer is called from being read as Markdown, or as a link."""
    line = _BLANKS.sub(" ", text).strip()
    first = _FIRST.match(line)
    begun = "" if first is None else first.group()
    rest = _ADDRESSES.sub(_NOTHING, _MARKS.sub(r"\\\g<0>", line[len(begun) :]))
    if not begun.isdigit():
        return (f"\\{begun}" if begun else "") + rest
    return f"{begun}\\{rest}"


def plain_cell(text: str) -> str:
    """Return a text for a table's cell, with what Markdown would take as its marks in full width."""
    line = _BLANKS.sub(" ", text).strip()
    return _IN_CELLS.sub(lambda found: "".join(chr(ord(c) + _TO_FULL_WIDTH) for c in found.group()), line)


def fitted(text: str, cells: int, *, last: bool = False) -> str:
    """Return a text on one line and no wider than so many Latin letters; a Han character is as wide as two.

    Args:
        text: what is to fit.
        cells: how wide it may be.
        last: whether its end is kept, where it is too wide, and not its beginning.
    """
    line = _BLANKS.sub(" ", text).strip()
    if cell_len(line) <= cells:
        return line
    kept = line[::-1] if last else line
    width = 0
    for place, character in enumerate(kept):
        width += cell_len(character)
        if width > cells - 1:
            kept = kept[:place]
            break
    return f"…{kept[::-1]}" if last else f"{kept}…"


def as_code(text: str) -> str:
    """Return a path as a line that can be copied as it stands; not for the cells of tables."""
    line = _BLANKS.sub(" ", text)
    longest = max(map(len, re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def counted(summary: Summary) -> str:
    """Return the counts of a run in one phrase."""
    others: dict[str, int] = {}
    for year in summary.years:
        if year.called:
            others[year.called] = others.get(year.called, 0) + year.reports
    further = "".join(f"{called} {count} 份，" for called, count in others.items())
    told = (
        f"文件 {summary.files} 个，年度报告 {summary.reports} 份，{further}"
        f"无法读取 {len(summary.unreadable)} 个，没有列入汇总 {len(summary.left_out)} 个"
    )
    return f"{told}，没有变动 {summary.unchanged} 个" if summary.unchanged else told
