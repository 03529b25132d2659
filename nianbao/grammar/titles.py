"""Paragraphs of a text that read as the title of an annual report, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nianbao.grammar.bodynames import TOWNS, UPPERS
from nianbao.grammar.labels import RANK, Label, find_labels
from nianbao.grammar.paragraphs import Lines
from nianbao.grammar.text import fold

LONGEST = 80
_MOST_LINES = 3
_LONGEST_BODY = 40
_SUBJECT = re.compile(r"法治政府|依法行政|法治建设|依法治[^理]{1,3}|法治.{0,4}建设|信息公开")
_CLOSED = re.compile(r"(?:报告|总结|汇报|年报|情况)(?:\([^()]{1,12}\))?$")
_VAGUE = re.compile(r"情况(?:\([^()]{1,12}\))?$")
# A sentence, a quotation, a paper about a report, a link.
_NO_TITLE = re.compile(
    r"[。;!?:>|\t]|,.*,|^《"
    r"|印发|转发|公布|审议|听取|解读|通知|报送|按照|根据|上一?篇|下一?篇|相关链接|下载"
    r"|\.(?:docx?|pdf|wps|ofd|html?)\b"
)
_MARK = re.compile(r"附件\s*\d{0,2}\s*[:.、]?\s*")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|[一二][〇零O][〇零一二三四五六七八九O]{2}年")
_BODY = (
    rf"[一-鿿]{{2,30}}(?:人民政府|办事处|管理委员会|管委会|党工委|党委|委员会|{TOWNS}|中心"
    rf"|[{UPPERS}局委厅办院])"
)
_NAMED = re.compile(
    rf"(?:\d{{4}}年?度?|关于)?(?:中共)?(?P<body>{_BODY})(?:\([^()]{{2,20}}\)|、(?:{_BODY}|政府))?"
    r"(?=关于|\d{4}|[一二][〇零]|年度?|推进|全面|贯彻|法治|依法|政府信息)"
)
_OFFICE = re.compile(r"(?:人民政府|办事处|委员会|党工委|党委|委)$")
_ISSUER = re.compile(rf"(?:中共)?{_BODY}")
_RED_HEAD = re.compile(rf"(?:中共)?{_BODY}文件")
_NUMBER = re.compile(r"[一-鿿]{1,12}\[20\d\d\]\d+号")
_STOP = re.compile("[。；;！!？?]")
_BLANKS = re.compile(r"\s+")
_DIGITS = str.maketrans("〇零O一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Title:
    """A paragraph, or a run of up to three short ones, that reads as a report's title.

    Args:
        start: where it begins, with the head of its paper (附件1, 某镇人民政府文件, its number), or with its
            number in a collection and the name of the part that begins with it.
        end: where it ends.
        words: its words, folded and without blanks, with the issuer's line above it.
        label: its number within a collection (一、 or 1.), if it has one; it may be a heading then.
        is_annex: whether it is marked as an annex.
    """

    start: int
    end: int
    words: str
    label: Label | None = None
    is_annex: bool = False

    @property
    def opens(self) -> int:
        """Where the report begins whose title it is: past its number in the collection."""
        return self.label.end if self.label else self.start

    @property
    def names_issuer(self) -> bool:
        """Whether it begins with the name of a public body."""
        return _named(self.words) is not None

    @property
    def names_year(self) -> bool:
        """Whether it names a year."""
        return YEAR.search(self.words) is not None

    @property
    def is_vague(self) -> bool:
        """Whether it ends as a heading may (情况) and not as a paper's title does (报告, 总结)."""
        return _VAGUE.search(self.words) is not None

    def is_like(self, other: Title) -> bool:
        """Whether both may be one report's title: one holds the other, or issuer, year and subject agree.

        A year that only one of them names is no difference.
        """
        if not other.words:
            return False
        if self.words in other.words or other.words in self.words:
            return True
        one, two = self._issuer, other._issuer
        same = bool(one and two) and (one.endswith(two) or two.endswith(one))
        years = self._years == other._years or not (self._years and other._years)
        return same and years and self._discloses == other._discloses

    @property
    def _issuer(self) -> str:
        named = _named(self.words)
        return _OFFICE.sub("", named["body"]) if named else ""

    @property
    def _years(self) -> frozenset[str]:
        return frozenset(year.translate(_DIGITS)[:4] for year in YEAR.findall(self.words))

    @property
    def _discloses(self) -> bool:
        return "信息公开" in self.words


def _named(words: str) -> re.Match[str] | None:
    """Return the issuer with which a title begins, or with which it goes on behind a slogan and a dash."""
    return _NAMED.match(words) or _NAMED.match(words.rpartition("--")[2])


def find_titles(lines: Lines) -> Iterator[Title]:
    """Yield the titles of a text in order; one in a sentence or a link is none, a numbered one may be.

    Args:
        lines: the text's lines.
    """
    used = -1
    for last in range(len(lines.starts)):
        if lines.length(last) <= LONGEST and _CLOSED.search(squeezed(lines[last])):
            title = _ending_at(lines, last, used)
            if title is not None:
                yield title
                used = last


def squeezed(line: str) -> str:
    """Return a line folded and without blanks; its commas end clauses."""
    return _BLANKS.sub("", fold(line)).replace("，", ",")


def _ending_at(lines: Lines, last: int, used: int) -> Title | None:
    """Return the title whose last line this is; lines up to `used` are another's."""
    words = ""
    for first in range(last, max(used, last - _MOST_LINES), -1):
        if lines.length(first) > LONGEST:
            return None
        label = _label_of(lines, first)
        if label is not None:
            return _numbered(lines, label, last, words)
        words = squeezed(lines[first]) + words
        bare = _MARK.sub("", words, count=1)
        if _reads_as_title(bare):
            above = _label_of(lines, first - 1) if first - 1 > used and not _named(bare) else None
            if above is not None and (numbered := _numbered(lines, above, last, words)):
                return numbered
            issuer = _issuer_above(lines, first, bare, used)
            start = _head_above(lines, first - 1 if issuer else first, used)
            is_annex = bare != words or any(_MARK.match(lines[index]) for index in range(start, first))
            return Title(lines.starts[start], lines.ends[last], issuer + bare, None, is_annex)
    return None


def _label_of(lines: Lines, index: int) -> Label | None:
    found = find_labels(lines[index])
    start = lines.starts[index]
    return replace(found[0], start=start + found[0].start, end=start + found[0].end) if found else None


def _numbered(lines: Lines, label: Label, last: int, below: str) -> Title | None:
    """Return the title behind a number: one that names its issuer and does not end as headings do."""
    words = squeezed(lines.text[label.end : lines.ends[lines.at(label.start)]]) + below
    title = Title(lines.starts[_part_above(lines, label)], lines.ends[last], words, label)
    return title if _reads_as_title(words) and title.names_issuer and not title.is_vague else None


def _part_above(lines: Lines, label: Label) -> int:
    """Step back over the names of the parts of a collection (一、各镇街) right above its first title."""
    first = lines.at(label.start)
    while first and lines.length(first - 1) <= _LONGEST_BODY:
        above = _label_of(lines, first - 1)
        if above is None or RANK[above.style] >= RANK[label.style] or _STOP.search(lines[first - 1]):
            break
        first -= 1
    return first


def _reads_as_title(words: str) -> bool:
    if len(words) > LONGEST or _NO_TITLE.search(words) or not _SUBJECT.search(words):
        return False
    years, named = YEAR.search(words), _named(words)
    # A heading may end in 情况 too, but it names no issuer and year both.
    return bool(years and named) if _VAGUE.search(words) else bool(years or named)


def _issuer_above(lines: Lines, first: int, words: str, used: int) -> str:
    """Return what the line above names, where a title does not name its issuer."""
    if first - 1 <= used or _named(words):
        return ""
    above = squeezed(lines[first - 1])
    return above if len(above) <= _LONGEST_BODY and _ISSUER.fullmatch(above) else ""


def _head_above(lines: Lines, first: int, used: int) -> int:
    """Step back over the head of the paper above a title."""
    while first - 1 > used:
        above = squeezed(lines[first - 1])
        if not (_RED_HEAD.fullmatch(above) or _MARK.fullmatch(above) or _NUMBER.fullmatch(above)):
            break
        first -= 1
    return first
