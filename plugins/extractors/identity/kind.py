"""What a document is: an annual report, or one of the pages that stand beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nianbao import DocumentKind, FactName
from plugins.extractors.identity.page import FURNITURE, SALUTATION, SUBJECT, Page, flat
from plugins.extractors.identity.traits import ENOUGH_PROSE, Traits, read_traits

_DISCLOSURE = re.compile(
    r"政府信息公开(?:工作)?(?:年度)?(?:报告|年报)|信息公开.{0,12}(?:年度报告|年报|情况报告|工作报告|工作总结)|"
    r"政府网站.{0,6}(?:年度报表|年报)|政务公开.{0,6}(?:年度报告|年报|工作总结)"
)
# 法治 with one of these behind it is a part of the work, and a report on it is another report.
_PART_OF_WORK = "文化|宣传|教育|校园|社会|乡村|村|队伍|营商|环境|阵地|副校长|机构|讲座|培训|体检|帮扶|企业"
_SUBJECT = re.compile(
    rf"法治政府|依法行政|法治建设|法治工作|依法治|法治(?!{_PART_OF_WORK})[^,。:;《》]{{1,6}}建设"
)
_FOREIGN = re.compile(r"普法|法治宣传|(?:预|决)算|政府信息公开|政务公开|述职|述廉|执法.{0,6}(?:统计|数据)")
_REPORT = re.compile(r"报告|总结|汇报|年报|小结|情况|综述")
_PLAN = re.compile(
    r"工作要点|要点$|实施方案|工作方案|工作计划|工作安排|实施意见|规划|任务分解|责任清单|重点工作|纲要|行动计划|任务清单"
)
_INTERPRETATION = re.compile(r"解读|一图读懂|图解|政策问答|一图看懂|图说")
_NOTICE = re.compile(
    r"(?:关于[^。:]{2,80}?|[县区市镇乡局办]|印发.{2,60}?)的?(?:紧急|补充)?(?P<noun>通知|公告|公示|通报|批复|复函|函|意见|决定|议案)"
    r"(?=$|\s|\(|》|各|市|县|区)"
)
_PUBLISHES = re.compile(r"关于(?:公布|公开|发布|公示)")
_NEWS = re.compile(
    r"召开|举行|举办|听取|审议(?!稿|意见)|发布(?![机单时日])|荣获|获评|获得|揭牌|挂牌|调研|督导|视察|座谈|推进会|培训|出席|讲话|走进|部署|助力|谱写新篇|"
    r"(?:组织|开展|推动).{2,}(?<!报告)(?<!总结)(?<!情况)$"
)
_STRONG_NEWS = re.compile(
    r"召开|举行|举办|听取|审议(?!稿|意见)|发布(?![机单时日])|向社会公[布开]|对外公[布开]|荣获|获评|揭牌|挂牌|出席|赴.{2,12}(?:调研|督导|考察)"
)
_INSPECTION = re.compile(
    r"(?<!责任落实)(?<!自)(?:督察|督查|考核|检查|评估|评议|评查|抽查|整改|示范创建|创建|审议意见|调研报告|调查报告)(?!规定)"
)
_FORM = re.compile(r"模板|范本|范文|样本|样式|提纲|格式文本|填报说明")
# Whatever the body looks like: a campaign, or what others found.
_OTHERS = re.compile(
    r"创建|审议意见|调研报告|调查报告|反馈(?:的|意见|[^,。]{0,6}问题)[^,。]{0,8}整改|整改(?:落实|工作|进展)?情况"
)
_SELF_CHECK = re.compile(r"自查|自评")
_PERSON = re.compile(
    r"述法|述职|述廉|(?:书记|[镇乡县区市局]长|主任|主要负责人|主要负责同志|主要领导|本人).{0,16}(?:履行|履职)"
)
_RULES = re.compile(
    r"(?:制度|办法|规定|条例|规则|细则|章程|清单|指引|标准|名单|目录|预案|流程)(?:\([^)]*\))?$"
)
_DOCUMENT_NOUN = re.compile(
    r"(?:报告|总结|汇报|年报|报表|公示|说明|计划|方案|要点|通知|公告|制度|办法|规定|预案|简报|纪要|决议|意见|材料|事迹)(?:\([^)]*\))?$"
)
_COLUMN = re.compile(r"(?:目录|列表|栏目|专栏)$")
_METADATA = re.compile(
    r"索\s*引\s*号|(?:发布|发文|制发)(?:机构|机关|单位|日期|时间)|[主体]题分类|体裁分类|成文日期"
)
_BRACKETS = re.compile(r"\([^()]*\)|^\[[^\]]{1,10}\]")
_HEADLINES = 8


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a document, and why."""

    value: DocumentKind
    reason: str
    confidence: Decimal


@dataclass(frozen=True, slots=True)
class _Case:
    """What is weighed: the title found, the lines that stand for one, and the body's traits."""

    title: str
    headlines: tuple[str, ...]
    head: str
    traits: Traits

    @property
    def named(self) -> str:
        """The title without what it has in brackets."""
        return _BRACKETS.sub("", self.title)

    @property
    def is_titled(self) -> bool:
        """Whether the title is that of such a report."""
        return bool(_SUBJECT.search(self.title) and _REPORT.search(self.title))


def find_kind(page: Page, title: str) -> Kind:
    """Return what a document is, by its title and its body; a report is missed less gladly than let in.

    Args:
        page: the document.
        title: its title (the page's, where the text has none), or an empty string.
    """
    lines = _headlines(page)
    case = _Case(flat(title), lines, "".join(lines), read_traits(page))
    for rule in (_listed, _interpreted, _empty, _personal, _disclosed, _news, _noticed, _inspected, _planned):
        kind = rule(case)
        if kind is not None:
            return kind
    return _reported(case)


def _reported(case: _Case) -> Kind:
    """A report by its title, or by its body where no title says otherwise."""
    traits = case.traits
    foreign = _foreign(case)
    if case.is_titled and not (foreign and "法治政府" not in case.title):
        sure = "0.98" if traits.about > 1 else "0.6"
        return Kind(DocumentKind.REPORT, "标题是法治政府建设年度报告", Decimal(sure))
    if foreign and not (traits.opening and traits.parts > 1):
        return _no(DocumentKind.OTHER, f"标题“{foreign[:30]}”是其他内容的文件")
    if told := _told_by_body(case):
        return Kind(DocumentKind.REPORT, *told)
    return _no(DocumentKind.OTHER, "标题和正文中没有“法治政府建设”年度报告的特征")


def _told_by_body(case: _Case) -> tuple[str, Decimal] | None:
    """Why a body is such a report's, and how sure that is."""
    traits = case.traits
    begins = traits.recounts or traits.announced
    if traits.about > 1 and traits.reportish:
        return "正文具有法治政府建设年度报告的结构", Decimal("0.9")
    if traits.about > 1 and traits.headed:
        return "一级标题是法治政府建设情况", Decimal("0.8")
    if traits.in_column and traits.about and traits.prose >= ENOUGH_PROSE:
        return "栏目是法治政府建设年度报告", Decimal("0.7")
    if traits.about > 3 and traits.parts and not case.title:
        return "正文多处讲到法治政府建设", Decimal("0.6")
    if traits.about > 2 and begins and not case.title and traits.prose >= ENOUGH_PROSE:
        return "正文从头讲述一年的法治政府建设", Decimal("0.6")
    return None


def _foreign(case: _Case) -> str:
    """The headline of a document on something else, or an empty string."""
    told = (case.title, *case.headlines[:1], *case.headlines[-1:])
    return next((line for line in told if _is_foreign(line)), "")


def _is_foreign(line: str) -> bool:
    if len(line) < 8 or not _DOCUMENT_NOUN.search(line):
        return False
    return not _SUBJECT.search(line) or bool(_FOREIGN.search(line))


def _listed(case: _Case) -> Kind | None:
    """Titles of reports, one a line, and no text between them."""
    if case.traits.rows > 2 and case.traits.paragraphs < 2:
        return _no(DocumentKind.COLUMN, f"只列有 {case.traits.rows} 个报告标题，是栏目或目录页")
    if not case.traits.reportish and _COLUMN.search(case.title):
        return _no(DocumentKind.COLUMN, "这是栏目或目录页")
    return None


def _empty(case: _Case) -> Kind | None:
    """A page whose text stands in its attachment alone, or nowhere."""
    if case.traits.prose >= ENOUGH_PROSE or case.traits.parts > 1 or not case.is_titled:
        return None
    if any(_NOTICE.search(line) for line in case.headlines) or _STRONG_NEWS.search(case.title):
        return None
    if case.traits.attached:
        return _no(DocumentKind.OTHER, "本页没有正文，报告在附件中")
    if not case.traits.prose:
        return Kind(DocumentKind.OTHER, "只有标题，没有正文", Decimal("0.6"))
    return None


def _interpreted(case: _Case) -> Kind | None:
    """A reading aid; the link to one stands above many a report, whose title then stands alone as well."""
    said = [line for line in case.headlines if SUBJECT.search(line) and _INTERPRETATION.search(line)]
    alone = any(case.title in line and not _INTERPRETATION.search(line) for line in case.headlines)
    if _INTERPRETATION.search(case.title) or (said and not (case.is_titled and alone)):
        return _no(DocumentKind.INTERPRETATION, "标题是对报告的解读")
    return None


def _personal(case: _Case) -> Kind | None:
    """One person's account of himself, not his body's."""
    told = case.title or (case.headlines[0] if case.headlines else "")
    if _PERSON.search(told) and not re.search(r"法治政府建设(?!第一)", told) and not _institutional(case):
        return _no(DocumentKind.OTHER, "标题是负责人的述法、述职报告")
    if case.traits.persons > 2 and not case.traits.own and not case.is_titled:
        return _no(DocumentKind.OTHER, "正文是个人的述法、述职")
    return None


def _institutional(case: _Case) -> bool:
    return case.traits.opening and case.traits.parts > 3 and not case.traits.persons


def _disclosed(case: _Case) -> Kind | None:
    """The reports on 政府信息公开, which stand on the same pages in the same months."""
    if SUBJECT.search(case.title):
        return None
    if any(_DISCLOSURE.search(line) for line in (case.title, *case.headlines[:3])):
        return _no(DocumentKind.DISCLOSURE_REPORT, "标题是政府信息公开（或政府网站）年度报告")
    if case.traits.discloses or (case.traits.disclosed > 1 and case.traits.about < 3):
        return _no(DocumentKind.DISCLOSURE_REPORT, "正文按政府信息公开年度报告的体例编写")
    return None


def _news(case: _Case) -> Kind | None:
    """An event told: a meeting, a hearing, the report's being published."""
    traits = case.traits
    if not case.is_titled and any(len(line) > 6 and _RULES.search(line) for line in case.headlines[:3]):
        return None
    if not case.is_titled and traits.meeting and not (traits.announced or traits.opening):
        return _no(DocumentKind.NEWS, "正文是会议报道")
    spoken = [line for line in case.headlines[:3] if not case.is_titled or SUBJECT.search(line)]
    for line in (case.named, *spoken):
        if _NOTICE.search(line) or len(line) < 8 or line.startswith("关于"):
            continue
        strong = _STRONG_NEWS.search(line) and not case.traits.opening
        weak = _NEWS.search(line) and not case.traits.reportish and not case.is_titled
        event = _NEWS.search(line) or _INSPECTION.search(line)
        if strong or weak or (event and case.traits.events and not case.traits.tells):
            return _no(DocumentKind.NEWS, "标题和正文是新闻报道")
    return None


def _noticed(case: _Case) -> Kind | None:
    """A notice, unless it only makes a report public that stands below it."""
    found = _NOTICE.search(case.head) or next(filter(None, map(_NOTICE.search, case.headlines)), None)
    if found is None or _within_quotes(found):
        return None
    wording = found.group()
    plan = _PLAN.search(wording)
    if plan and not case.traits.opening:
        return _no(DocumentKind.PLAN, f"标题是印发{plan.group()}的通知")
    if case.traits.tells and not (case.traits.asks and not case.is_titled):
        return None
    if _PUBLISHES.search(wording) and case.traits.prose >= ENOUGH_PROSE and not case.traits.asks:
        return None
    return _no(DocumentKind.OTHER, f"标题是{found['noun']}，不是报告本身")


def _within_quotes(match: re.Match[str]) -> bool:
    before = match.string[: match.start()]
    return before.rfind("《") > before.rfind("》")


def _inspected(case: _Case) -> Kind | None:
    """What others found, what others shall fill in."""
    if _FORM.search(case.title or " ".join(case.headlines[:2])):
        return _no(DocumentKind.OTHER, "标题是模板、提纲一类")
    if (
        _INSPECTION.search(case.named)
        and not _SELF_CHECK.search(case.named)
        and not (case.traits.tells and case.traits.own > 1 and not _OTHERS.search(case.named))
    ):
        return _no(DocumentKind.OTHER, "标题是督察、考核或创建工作一类")
    return None


def _planned(case: _Case) -> Kind | None:
    """A plan, or rules, by the title; a body that opens as a report does is one all the same."""
    for line in (case.title, *case.headlines[:1]):
        if _REPORT.search(line) or case.traits.opening:
            continue
        if _PLAN.search(line):
            return _no(DocumentKind.PLAN, "标题是工作要点、计划或方案")
        if _RULES.search(line) and len(line) > 6:
            return _no(DocumentKind.OTHER, "标题是制度、清单一类")
    return None


def _headlines(page: Page) -> tuple[str, ...]:
    """The lines that may be the document's own headline: of the page's head, then of the text."""
    told = [flat(value) for value in page.facts(FactName.TITLE)]
    told += [
        line.text
        for line in page.head
        if 4 <= len(line.text) < 90
        and not FURNITURE.search(line.text)
        and not SALUTATION.fullmatch(line.text)
        and "。" not in line.text
        and not line.text.endswith(":")
        and not _METADATA.search(line.text)
    ]
    return tuple(told[:_HEADLINES])


def _no(kind: DocumentKind, reason: str) -> Kind:
    return Kind(kind, reason, Decimal("0.9"))
