"""The lines of a report: title, text, signature, a web page's furniture, and where the body ends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

LONG_LINE = 60
_SIGNER = 40
_B = r"[ \u3000]*"
_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = r"(?:20\d\d|[二〇○Ｏ零一三四五六七八九]{4})"
_ANNEX = re.compile(rf"附{_B}(?:件|表|录|图){_B}{_NUMERAL}?(?:[：:.、 \u3000]|$)")
_DATED = re.compile(
    rf"[^。；，：！？]{{0,{_SIGNER}}}?(?<![至到]){_YEAR}{_B}年{_B}{_NUMERAL}{_B}月(?:{_B}{_NUMERAL}{_B}日)?$"
)
_FURNITURE = re.compile(
    r"上一[篇条]|下一[篇条]|相关(?:链接|信息|文章|阅读|稿件|附件|新闻)|扫一扫|责任编辑|编辑[：:]"
    r"|【?(?:打印|关闭|字体)|分享到|版权所有|主办(?:单位)?[：:]|网站地图|抄送[：:]|主题词[：:]"
    r"|[（(]?此件|.{0,20}ICP备|.{0,12}公网安备"
)
_TITLE = re.compile(
    r"(?:报告|总结|汇报|年报|材料|公示|公告|通知|函)(?:[（(][^）)]{0,12}[）)])?$|^关于.{4,}的|^中共.{2,12}委"
)
# 现将有关情况报告如下。 opens a report, however short it is.
_OPENING = re.compile(r"[告报報布开開结結]如下[。：:]?$")
_PAGE_NUMBER = re.compile(r"[-—－–·\s]*第?\s*\d{1,3}\s*页?[-—－–·\s]*$")
_INSIDE_STOP = re.compile(r"[。！？!?；;\t：:|>]")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text that are not blank, without the blanks around them.

    Args:
        text: the canonical text.
        starts, ends: the spans of its lines, in order.
        opening: index of the first long line, or the one that says that the report follows; what stands above
            it is title and furniture.
    """

    text: str = field(repr=False)
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)
    opening: int

    def __getitem__(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    def length(self, index: int) -> int:
        """Return the length of a line; 0 past the last."""
        return self.ends[index] - self.starts[index] if index < len(self.starts) else 0

    def at(self, offset: int) -> int:
        """Return the index of the line that holds an offset."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def between(self, start: int, end: int) -> range:
        """Return the indexes of the lines that begin at or after `start` and before `end`."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))


def split_lines(text: str) -> Lines:
    """Find the lines of a text."""
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            starts.append(position + line.index(stripped[0]))
            ends.append(starts[-1] + len(stripped))
        position += len(line) + 1
    spans = zip(starts, ends, strict=True)
    opens = (end - start > LONG_LINE or _OPENING.search(text, start, end) for start, end in spans)
    opening = next((i for i, does in enumerate(opens) if does), 0)
    return Lines(text, starts, ends, opening)


def body_end(lines: Lines, first: int, last: int) -> int:
    """Return where the body ends: before the signature, the annexes or what a web page puts below it.

    Args:
        lines: the text's lines.
        first: an offset within the body that annexes and furniture follow (that of the first heading).
        last: an offset that the signature follows (that of the last first-level heading).
    """
    end = len(lines.text)
    for index in lines.between(first + 1, end):
        if lines.length(index) <= LONG_LINE and _closes(lines[index]):
            end = lines.starts[index]
            break
    for index in lines.between(min(last, end) + 1, end):
        if lines.length(index) <= LONG_LINE and _DATED.match(lines[index]):
            return lines.starts[_above_date(lines, index, lines.at(last))]
    return end


def _closes(line: str) -> bool:
    return bool(_ANNEX.match(line)) or (line[-1] != "。" and bool(_FURNITURE.match(line)))


def _above_date(lines: Lines, index: int, last: int) -> int:
    """Step back over the issuers above a date: at most three short lines that end in no stop."""
    for above in range(index - 1, max(index - 4, last), -1):
        if lines.length(above) > _SIGNER or not is_bare(lines[above]):
            break
        index = above
    return index


def is_bare(line: str) -> bool:
    """Whether a line ends in no stop and holds none: a heading, a name, a title, but no sentence."""
    return _INSIDE_STOP.search(line.rstrip("：:")) is None and line[-1] not in "，,、…）)"


def is_title(line: str) -> bool:
    """Whether a line reads like a report's title or its issuer rather than one of its headings."""
    return _TITLE.search(line) is not None


def is_furniture(line: str) -> bool:
    """Whether a line is an annex's mark, a date, a page number or part of the page around the report."""
    return _closes(line) or bool(_DATED.match(line)) or bool(_PAGE_NUMBER.match(line))
