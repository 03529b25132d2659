"""What a document is: an annual report, or one of the pages that stand beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nianbao import DocumentKind, FactName
from plugins.extractors.identity.page import SUBJECT, Page

_DISCLOSURE = re.compile(
    r"政府信息公开(?:工作)?(?:年度)?(?:报告|年报)|信息公开.{0,12}(?:年度报告|年报|情况报告)|政府网站.{0,6}(?:年度报表|年报)"
)
_SUBJECT_OF_REPORT = re.compile(r"法治政府|法治建设|法治工作|依法行政|依法治|述法|法治.{0,4}建设")
_PLAN = re.compile(r"工作要点|实施方案|工作方案|工作计划|工作安排|实施意见|规划|任务分解|责任清单|重点工作")
_REPORT = re.compile(r"报告|总结|汇报|年报|述法|小结|情况")
_INTERPRETATION = re.compile(r"解读|一图读懂|图解|政策问答")
_NEWS = re.compile(
    r"(?:召开|举行|举办|开展|调研|赴|督导|荣获|组织|听取|审议|部署|推动|助力).{2,}(?<!报告)(?<!总结)(?<!情况)$|^【"
)
_NOTICE = re.compile(r"^(?!.*(?:法治|依法行政)).*(?:通知|公告|公示|函|批复|意见)(?:\([^)]{0,20}\))?$")
_COLUMN = re.compile(r"(?:目录|列表|栏目|专栏)$")
_PARTS = (
    re.compile(
        r"主要(?:举措|措施|做法|工作).{0,6}成效|工作开展情况|主要举措|工作情况|主要工作|推进法治(?:政府)?建设"
    ),
    re.compile(r"存在的?(?:主要)?(?:不足|问题|困难)|不足[和与及]原因|短板"),
    re.compile(r"第一责任人"),
    re.compile(r"下一步|主要安排|工作打算|工作计划|工作思路|下一年度|20\d\d年度?.{0,12}(?:安排|打算|计划)"),
)
_OPENING = re.compile(r"现(?:将|就).{0,60}?(?:法治|依法行政|依法治).{0,30}?(?:报告|汇报|总结|公布|公示|公告)")
_ABOUT = re.compile(r"法治政府|依法行政|法治建设|行政执法|依法治")
_DISCLOSED = re.compile(
    r"依申请公开|主动公开政府信息情况|政府信息管理|收到和处理政府信息公开申请|信息公开条例.{0,20}(?:要求|规定).{0,10}编制"
)


_ASIDES = (
    (_COLUMN, DocumentKind.COLUMN, "这是栏目或目录页"),
    (_NOTICE, DocumentKind.OTHER, "标题是通知、公告一类"),
    (_NEWS, DocumentKind.NEWS, "标题是新闻报道"),
)


@dataclass(frozen=True, slots=True)
class _Traits:
    """What the body shows: words of the subject, mandated parts, the formula that opens a report."""

    about: int
    parts: int
    opening: bool
    disclosed: int

    @property
    def reportish(self) -> bool:
        return self.parts > 2 or (self.opening and self.parts > 0)


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a document, and why."""

    value: DocumentKind
    reason: str
    confidence: Decimal


def find_kind(page: Page, title: str) -> Kind:
    """Return what a document is, by its title and its body; a report is missed less gladly than let in.

    Args:
        page: the document.
        title: its title (the page's, where the text has none), or an empty string.
    """
    traits = _traits(page)
    other = _disclosure(traits, title) or _aside(page, traits, title)
    if other is not None:
        return _no(*other)
    if _SUBJECT_OF_REPORT.search(title) and _REPORT.search(title):
        return Kind(
            DocumentKind.REPORT, "标题是法治政府建设年度报告", Decimal("0.98" if traits.about > 1 else "0.6")
        )
    if traits.about > 1 and traits.reportish:
        return Kind(DocumentKind.REPORT, "正文具有法治政府建设年度报告的结构", Decimal("0.9"))
    if traits.about > 3 and traits.parts and not title:
        return Kind(DocumentKind.REPORT, "正文多处讲到法治政府建设", Decimal("0.6"))
    return _no(DocumentKind.OTHER, "标题和正文中没有“法治政府建设”年度报告的特征")


def _traits(page: Page) -> _Traits:
    text = page.folded
    return _Traits(
        about=len(_ABOUT.findall(text)),
        parts=sum(bool(part.search(text)) for part in _PARTS),
        opening=bool(_OPENING.search(text[page.body : page.body + 1500])),
        disclosed=len(_DISCLOSED.findall(text)),
    )


def _disclosure(traits: _Traits, title: str) -> tuple[DocumentKind, str] | None:
    """The reports on 政府信息公开, which stand on the same pages in the same months."""
    if SUBJECT.search(title):
        return None
    if _DISCLOSURE.search(title):
        return DocumentKind.DISCLOSURE_REPORT, "标题是政府信息公开（或政府网站）年度报告"
    if traits.disclosed > 1 and traits.about < 3:
        return DocumentKind.DISCLOSURE_REPORT, "正文按政府信息公开年度报告的体例编写"
    return None


def _aside(page: Page, traits: _Traits, title: str) -> tuple[DocumentKind, str] | None:
    """The plans, reading aids, news and lists on the same subject; but for a body built like a report."""
    if _PLAN.search(title) and not _REPORT.search(title) and not traits.opening:
        return DocumentKind.PLAN, "标题是工作要点、计划或方案"
    if traits.reportish:
        return None
    if any(_INTERPRETATION.search(line) for line in _headlines(page)):
        return DocumentKind.INTERPRETATION, "标题是政策解读"
    return next(((kind, reason) for pattern, kind, reason in _ASIDES if pattern.search(title)), None)


def _headlines(page: Page) -> list[str]:
    """The page's own headlines: short lines above the body that speak of the subject, and its title."""
    lines = [line.text for line in page.head if len(line.text) < 60 and SUBJECT.search(line.text)]
    return [*lines, *page.facts(FactName.TITLE)]


def _no(kind: DocumentKind, reason: str) -> Kind:
    return Kind(kind, reason, Decimal("0.9"))
