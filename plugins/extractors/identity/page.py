"""A document as identity sees it: the lines above its body, what is labelled there, its last lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from nianbao import Document, FactName
from nianbao.grammar.text import fold

HEAD_LINES = 40
TAIL_LINES = 25
LONGEST_HEAD_LINE = 90
RUN_ON = 300
SUBJECT = re.compile(r"法治|依法行政|依法治|述法")
HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.,]|[(\[][一二三四五六七八九十]{1,3}[)\]]|第[一二三四五六七八九十][章部]|\(?[1-9][、)])"
)
_BLANKS = re.compile(r"\s+")

_LABELS = re.findall(
    r"\S+",
    """
    索引号 信息索引号 发布机构 发文机构 发文机关 发布单位 制发机构 公开机构 机构名称 责任部门 公开责任部门
    信息来源 文章来源 稿件来源 来源单位 来源 发布时间 发布日期 发文时间 发文日期 更新时间 公开日期 公开时间
    信息时间 成文日期 成文时间 生成日期 生成时间 公文生成日期 印发日期 发文字号 文件编号 公文文号 文号 作者
    当前位置 您当前的位置 您现在的位置 您所在的位置 所在位置 编辑 责任编辑 审核 浏览次数 浏览量 访问量
    访问次数 阅读次数 阅读量 点击数 点击率 点击量 点击 阅读 字号 字体大小 字体 打印 分享到 分享 主题分类
    体裁分类 信息分类 公开方式 公开范围 公开形式 有效性 效力状态 时效性 主题词 关键词 内容概述 时间 日期
    备注 语音播报 原文链接 链接
    """,
)
_ANY_LABEL = "|".join(r"\s*".join(label) for label in sorted(_LABELS, key=len, reverse=True))
LABEL = re.compile(rf"(?<![\w《])[\[(|]?\s*(?P<label>{_ANY_LABEL})\s*(?:[\])]\s*:?|:|\|)\s*")
_LONGEST_LABEL = 16
_BARE_LABEL = re.compile(rf"[·•●\-*\s]*(?P<label>{_ANY_LABEL})\s*:?")
FURNITURE = re.compile(
    r"今天是|星期[一二三四五六日天]|无障碍|关怀版|长者版|繁体|简体|扫一扫|语音|播报|收藏|首页|网站地图|登录|搜索|打印|字号|"
    r"大\s*中\s*小|浏览|分享|ICP备|公网安备|版权所有|主办[:单]|承办[:单]|技术支持|标识码|上一[篇条]|下一[篇条]|相关(?:链接|信息|文章|阅读)"
)
# A sentence that quotes <…> within 《》 is no trail of links.
CRUMBS = re.compile(r"[^>»。;]+(?:\s*[>»→]+\s*[^>»→。;]+)+")
NUMBER = re.compile(r".{0,14}\[?20\d\d\]?\s*第?\s*\d+\s*号\s*(?:签发人.*)?$")
SALUTATION = re.compile(r"[^。;]{2,40}:$")
_FORMULA = re.compile(
    r"(?:现[将就]|(?:下面)?,?我[将就代]|[^:《》]{0,40},现[将就]|(?:根据|按照|依据)[^:]{0,80},现[将就]).*如下"
)
RED_HEAD = re.compile(r".{2,40}文件$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the blanks around it: `folded[start:end] == text`."""

    start: int
    end: int
    text: str
    index: int

    @property
    def squeezed(self) -> str:
        """Its text without any blank."""
        return _BLANKS.sub("", self.text)


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled value of the furniture."""

    label: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its lines told apart; all offsets are those of the document's text.

    Args:
        document: the document.
        folded: its text with widths folded, character for character.
        head: the lines above the body, furniture left out.
        body: where the body begins.
        tail: the last lines.
        labelled: the lines above the body that begin with a label.
        labels: labelled values of the head.
        trails: the lines above the body that hold a breadcrumb trail.
        crumbs: the last step of a breadcrumb trail, where there is one.
        furnished: whether the text shows that it was a web page.
    """

    document: Document
    folded: str = field(repr=False)
    head: tuple[Line, ...]
    body: int
    tail: tuple[Line, ...]
    labelled: tuple[Line, ...]
    labels: tuple[Label, ...]
    trails: tuple[str, ...]
    crumbs: tuple[str, ...]
    furnished: bool

    def facts(self, name: FactName) -> list[str]:
        """Return the values of all facts of a name."""
        return [fact.value for fact in self.document.facts if fact.name is name]

    def states(self, words: str) -> bool:
        """Tell whether the text or a fact holds these words."""
        return words in self.folded or any(words in fact.value for fact in self.document.facts)


def flat(text: str) -> str:
    """Fold widths, the comma's too: a comma ends a clause here and stands in no number."""
    return fold(text).replace("，", ",")


def read_page(document: Document) -> Page:
    """Tell a document's lines apart."""
    folded = flat(document.text)
    head: list[Line] = []
    labelled: list[Line] = []
    labels: list[Label] = []
    crumbs: list[str] = []
    body, furnished = 0, False
    named = ""
    for line in _lines(folded):
        if line.index >= HEAD_LINES or is_body(line):
            body = line.start
            if line.index == 0:
                labels += _labels_run_on(line)
            break
        body = line.end
        found = _labels(line)
        # A list of labels gives each value a line of its own.
        bare = _BARE_LABEL.fullmatch(line.text) if len(line.text) < _LONGEST_LABEL else None
        if named and not found and bare is None:
            labels.append(Label(named, line.text, line.start, line.end))
        named = _BLANKS.sub("", bare["label"]) if bare else ""
        labels += found
        if _has_step(line.text) and CRUMBS.fullmatch(line.text):
            crumbs.append(re.split(r"\s*[>»→]+\s*", line.text)[-1])
            furnished = True
        elif found or FURNITURE.search(line.text):
            furnished = True
        at_start = LABEL.match(line.text) is not None
        (labelled if at_start else head).append(line)
    tail = tuple(_last_lines(folded, body))
    trails = tuple(line for line in folded[:body].split("\n") if _has_step(line) and CRUMBS.search(line))
    return Page(
        document=document,
        folded=folded,
        head=tuple(head),
        body=body,
        tail=tail,
        labelled=tuple(labelled),
        labels=tuple(labels),
        trails=trails,
        crumbs=tuple(crumbs),
        furnished=furnished,
    )


def _has_step(line: str) -> bool:
    """Tell whether a line may be a trail: most lines hold no arrow, and the expression is slow to say so."""
    return ">" in line or "»" in line or "→" in line


def is_body(line: Line) -> bool:
    """Tell whether the running text begins with this line."""
    if HEADING.match(line.text) or _FORMULA.match(line.text):
        return True
    if (_has_step(line.text) and CRUMBS.fullmatch(line.text)) or FURNITURE.search(line.text[:60]):
        return False
    if len(line.text) > 45 and line.text.count(",") > 1 and not LABEL.match(line.text):
        return True
    return (
        len(line.text) > LONGEST_HEAD_LINE or "。" in line.text.rstrip("。")[:-1] or line.text.endswith("。")
    )


def _lines(text: str) -> Iterator[Line]:
    start = index = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        stripped = text[start:end].strip()
        if stripped:
            begin = text.index(stripped, start)
            yield Line(begin, begin + len(stripped), stripped, index)
            index += 1
        start = end + 1


def _last_lines(text: str, body: int) -> list[Line]:
    lines: list[Line] = []
    end = len(text)
    while end > body and len(lines) < TAIL_LINES:
        start = text.rfind("\n", body, end) + 1 or body
        stripped = text[start:end].strip()
        if stripped:
            begin = text.index(stripped, start)
            lines.append(Line(begin, begin + len(stripped), stripped, -len(lines) - 1))
        end = start - 1
    return lines[::-1]


def _labels_run_on(line: Line) -> list[Label]:
    """The labels at the beginning of a text that stands on one line; a value ends with its first blank."""
    found = _labels(Line(line.start, line.start + RUN_ON, line.text[:RUN_ON], line.index))
    values = [(label, label.value.split(" ", 1)[0]) for label in found]
    return [Label(label.label, value, label.start, label.start + len(value)) for label, value in values]


def _labels(line: Line) -> list[Label]:
    matches = list(LABEL.finditer(line.text))
    found = []
    for match, after in zip_longest(matches, matches[1:]):
        end = after.start() if after else len(line.text)
        told = line.text[match.end() : end]
        value = told.strip(" \t|[]")
        start = line.start + match.end() + (told.index(value) if value else 0)
        found.append(Label(_BLANKS.sub("", match["label"]), value, start, start + len(value)))
    return found
