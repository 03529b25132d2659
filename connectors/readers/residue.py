"""What converters leave in a plain text that is none of the document's own: marks, field codes, notices."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The marks of a .doc's own text: a field's code and result, and a cell's end (two for a row's).
_FIELD = re.compile("\x13[^\x13-\x15]*(?:\x14([^\x13-\x15]*))?\x15")
_DEEPEST_FIELD = 5
_CELL = re.compile("\x07(?=[ \t]*(?:\r?\n|$))")
_ROW = re.compile("\x07[ \t]*\x07(?:\r?\n)?")
# Fields that came out as their codes, with the page number that some print behind them.
_CODE = re.compile(
    r"""HYPERLINK\s+(?:\\[a-z]\s+)?"[^"\n]{0,500}"(?:\s+\\[a-z](?:\s+"[^"\n]{0,200}")?)*[ \t]*"""
    r"""|TOC(?:\s+\\[a-z](?:\s+"[^"\n]{0,40}")?)+[ \t]*"""
    r"""|PAGEREF\s+_Toc\w{1,20}(?:\s+\\[a-z])*[ \t]*"""
    r"""|(?:EQ\s*|=\s*\d+\s*)\\\*\s*GB\d(?:\s*\\\*\s*MERGEFORMAT)?[ \t]*"""
    r"""|\b[A-Z]{4,20}\s*(?:\\\*\s*(?:MERGEFORMAT(?:INET)?|Arabic|CHINESENUM\d)\s*)+"""
    r"""(?:[-—–－]?[ \t]*\d{1,3}[ \t]*[-—–－]?(?=[ \t]*$))?""",
    re.M,
)
_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{0,80}\]")
_PICTURE = re.compile(
    r"\[image:[^\]\n]{0,200}\]|^[ \t]*\[pic\][ \t]*$|!\[[^\]\n]{0,200}\]\([^)\n]{0,2000}\)", re.M
)
_NOTICE = re.compile(
    r"^[^\n]{0,40}(?:Evaluation Warning\s*:|Evaluation Only\. Created with Aspose|"
    r"Created with an evaluation copy of Aspose|created in the Evaluation Mode)[^\n]{0,300}$",
    re.M | re.I,
)


@dataclass(frozen=True, slots=True)
class Cleared:
    """A text without residue.

    Args:
        text: what is left.
        is_from_tika: whether it held a mark that Apache Tika alone writes.
        notes: what was taken out, one Chinese line each.
    """

    text: str
    is_from_tika: bool
    notes: tuple[str, ...]


def clear(text: str) -> Cleared:
    """Take out what only a converter can have written."""
    notes: list[str] = []
    fields = 0
    for _ in range(_DEEPEST_FIELD):
        text, count = _FIELD.subn(lambda match: match[1] or "", text)
        fields += count
        if not count:
            break
    text, codes = _CODE.subn("", text)
    if fields + codes:
        notes.append(f"删去了 {fields + codes} 处 Word 域代码")
    if text.count("\x07") > 1:
        text = _CELL.sub("", _ROW.sub("\n", text)).replace("\x07", "\t")
        notes.append("把旧版 Word 的单元格标记还原成了表格")
    text, bookmarks = _BOOKMARK.subn("", text)
    if bookmarks:
        notes.append("删去了转换软件留下的书签标记")
    text, pictures = _PICTURE.subn("", text)
    if pictures:
        notes.append(f"删去了 {pictures} 处图片的占位标记")
    text, notices = _NOTICE.subn("", text)
    if notices:
        notes.append("文件是用试用版软件转换的，内容可能不完整；已删去它的提示")
    return Cleared(text, bookmarks > 0, tuple(notes))
