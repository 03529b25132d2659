"""The report's own title: in the lines above the body, or else in the page's facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from nianbao import Rival
from nianbao.divisions.names import bare_division
from plugins.extractors.identity.outside import titles_outside
from plugins.extractors.identity.page import (
    FURNITURE,
    HEADING,
    LABEL,
    NUMBER,
    RED_HEAD,
    SALUTATION,
    SUBJECT,
    Line,
    Page,
)
from plugins.extractors.identity.phrases import body_of_title
from plugins.extractors.identity.wording import (
    CLOSED,
    LEAD,
    LONGEST,
    NEWSROOM,
    Title,
    is_generic,
    is_title,
)

MOST_LINES = 4
_LONGEST_ABOVE = 45
_LABELLED = re.compile(r"[^:]{2,8}:\s*\S")
_TRAIL = re.compile(
    rf"\s*(?:[\[(]?\s*(?:字体|字号|打印|分享|大\s*中\s*小|来源|浏览|语音|收藏|PDF|WORD)|{LABEL.pattern}).*$",
    re.I,
)
_BODY_NAME = re.compile(
    r"(?:中共.*|.*(?:镇|乡|街道|苏木|[县区市旗州盟省]|政府|办事处|委员会|党委|工委|局|委|厅|院|办公室|中心|场|处|所))"
)
_PARTY = re.compile(r"(?:中共|中国共产党).*委$|(?:中共|中国共产党).*委员会$|.*(?:党委|党工委)$")
_OFFICE = re.compile(
    r"(?!.*人民政府)[^。,;:]{2,20}(?:街道办事处|办事处|局|委员会|管委会|办公室)(?:$|关于|(?=20\d\d))"
)
# A line that can't begin a title: the line above belongs to it.
_CONTINUES = re.compile(
    r"(?:关于|(?:19|20)\d\d|[一二][〇零九]..年|年度|推进|全面|法治|依法|工作|建设|情况|报告|的|及|和)"
)
_OPEN = re.compile(r"(?:关于|推进|全面|年度?|建设|工作|情况|的|及|和|与|、|20\d\d|落实|履行|加强)$")
# 2023年…情况及2024年: the line breaks off within what the title tells besides.
_GOES_ON = re.compile(r"[及和与暨、](?:20\d\d年?度?|下一?年度?|下一?步)?$")
_SITE = re.compile(r"(?:门户网站|网站|政府网|网|频道|专栏|首页)$")
# Where a site's address runs into the title.
_ADDRESS = re.compile(r"\S*\.(?:com|cn|net|org|cc|top)(?=[一-鿿])")
_INLINE = re.compile(
    r"(?P<title>[^\s。,;:>|]{0,50}(?:法治政府|法治建设|依法行政)[^\s。,;:>|]{0,24}?(?:报告|总结|汇报))"
    r"(?=[\s:\[(_|-]|来源|发布|20\d\d年|$)"
)


def find_title(page: Page) -> Title | None:
    """Return the report's own title, or None where nothing tells it."""
    in_text = _in_head(page) or _in_one_line(page)
    outside = list(titles_outside(page))
    best = in_text or next(iter(outside), None)
    if best is None:
        return None
    # The name of a column above the text, where the page itself is called more than that.
    if page.furnished and is_generic(best.value):
        best = next((told for told in outside if told.of_page and not is_generic(told.value)), best)
    met = (in_text, *outside) if in_text else outside
    others = {told.value: Rival(told.value, told.reason, told.start, told.end) for told in reversed(met)}
    others.pop(best.value, None)
    return replace(best, rivals=tuple(reversed(others.values())))


def _in_head(page: Page) -> Title | None:
    lines = [line for line in page.head if _may_belong(line)]
    found = list(_runs(lines))
    if not found:
        return None
    # The last is nearest to the body; one that ends in 情况 may be a heading without its number.
    closed = [run for run in found if CLOSED.search(_join(lines[run[0] : run[1] + 1]))]
    first, last = _fullest(lines, closed or found)
    start, end = _trimmed(lines[first], lines[last])
    value = _verbatim(page, lines[first : last + 1], start, end)
    return Title(value, start, end, "正文前的标题行", Decimal("0.95"))


def _fullest(lines: Sequence[Line], runs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the run nearest to the body, or the one that says the same and says who signs it, too."""
    wide = [_widen(lines, *run) for run in runs]
    nearest = wide[-1]
    wording = _join(lines[nearest[0] : nearest[1] + 1])
    for first, last in reversed(wide[:-1]):
        longer = _join(lines[first : last + 1])
        signed = last > first and _BODY_NAME.fullmatch(lines[first].squeezed)
        if signed and last < nearest[0] and longer != wording and longer.endswith(wording):
            return first, last
    return nearest


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The shortest runs of adjoining lines that together read like a title."""
    for first in range(len(lines)):
        for last in range(first, min(first + MOST_LINES, len(lines))):
            if last > first and not _adjoin(lines[last - 1], lines[last]):
                break
            if is_title(_join(lines[first : last + 1])):
                yield first, last
                break


def _may_belong(line: Line) -> bool:
    text = line.text
    if len(text) > LONGEST or NUMBER.fullmatch(text) or HEADING.match(text) or RED_HEAD.fullmatch(text):
        return False
    if _LABELLED.match(text) and not LEAD.match(text) and not NEWSROOM.match(text):
        return False
    if SALUTATION.fullmatch(text) and not SUBJECT.search(text):
        return False
    return not FURNITURE.search(text) or bool(SUBJECT.search(text))


def _adjoin(upper: Line, lower: Line) -> bool:
    return lower.index - upper.index == 1 and not upper.text.endswith(("。", ":", ";"))


def _widen(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """Take in the issuer's line above and what the title ends with below."""
    while first and _adjoin(lines[first - 1], lines[first]) and last - first < MOST_LINES - 1:
        above = lines[first - 1].text
        dashed = lines[first].text.startswith("--")
        another = SUBJECT.search(above) and not dashed and not _GOES_ON.search(above)
        if _SITE.search(above) or another or len(above) > _LONGEST_ABOVE:
            break
        if not _belongs(lines[first - 1], lines[first]):
            break
        first -= 1
    if (
        not CLOSED.search(lines[last].text)
        and last + 1 < len(lines)
        and _adjoin(lines[last], lines[last + 1])
    ):
        longer = _join(lines[first : last + 2])
        if CLOSED.search(longer) and len(longer) <= LONGEST and len(lines[last + 1].text) < 30:
            last += 1
    return first, last


def _belongs(above: Line, below: Line) -> bool:
    """Tell whether a title begins in the line above: by who signs, an open end, a slogan before a dash."""
    text = _clean(below.text)
    # Under 太平镇人民政府, 关于太平镇…的报告 is a title by itself.
    if (named := body_of_title(text)) and above.squeezed.startswith(bare_division(named)):
        return False
    if _BODY_NAME.fullmatch(above.squeezed) and _CONTINUES.match(text):
        return True
    joint = _PARTY.match(above.squeezed) and _BODY_NAME.fullmatch(below.squeezed)
    # A street's office and a department may write whose they are on a line of its own.
    within = above.squeezed.endswith("人民政府") and _OFFICE.match(below.squeezed)
    return bool(joint or within or text.startswith("--") or _OPEN.search(above.text))


def _join(lines: Sequence[Line]) -> str:
    return "".join(_clean(line.text) for line in lines)


def _clean(text: str) -> str:
    lead = LEAD.match(text)
    text = text[lead.end() :] if lead else text
    return _TRAIL.sub("", text) or text


def _trimmed(first: Line, last: Line) -> tuple[int, int]:
    lead = LEAD.match(first.text)
    trail = _TRAIL.search(last.text)
    cut = trail.start() if trail and trail.start() else len(last.text)
    return first.start + (lead.end() if lead else 0), last.start + cut


def _verbatim(page: Page, lines: Sequence[Line], start: int, end: int) -> str:
    spans = [(max(start, line.start), min(end, line.end)) for line in lines]
    pieces = [page.document.text[begin:stop].strip() for begin, stop in spans]
    return "".join(pieces).strip("《》") if pieces[0].startswith("《") else "".join(pieces)


def _in_one_line(page: Page) -> Title | None:
    """A title that runs on into furniture or text, where all stands on one line."""
    match = _INLINE.search(page.folded, 0, min(len(page.folded), page.body + 300))
    if (
        match is None
        or match.start() > page.body + 60
        or re.search(r"现将|报告如下|按照|根据|下面|我[就将代]", match["title"])
    ):
        return None
    start, end = match.span("title")
    if address := _ADDRESS.match(page.folded, start, end):
        start = address.end()
    # The last step of a trail is mostly the name of the column.
    if is_generic(match["title"]) and re.search(r"[>»→]\s*$", page.folded[max(0, start - 4) : start]):
        return None
    return Title(page.document.text[start:end], start, end, "文首的标题", Decimal("0.8"))
