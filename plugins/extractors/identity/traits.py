"""What a document's body shows of its kind: its prose, its parts, its formulas, whose deeds it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nianbao import FactName
from nianbao.grammar.bodynames import TOWNS, UPPERS
from plugins.extractors.identity.page import FURNITURE, HEADING, LABEL, SALUTATION, Page, flat

ENOUGH_PROSE = 120
MOST_ROW = 70
_PARTS = (
    re.compile(
        r"主要(?:举措|措施|做法|工作).{0,6}成效|工作(?:开展|完成)?情况|主要举措|主要工作|推进法治(?:政府)?建设|"
        r"法治政府建设(?:的?基本)?情况"
    ),
    re.compile(r"存在的?(?:主要)?(?:不足|问题|困难)|不足[和与及]原因|短板"),
    re.compile(r"第一责任人"),
    re.compile(r"下一步|主要安排|工作打算|工作计划|工作思路|下一年度|20\d\d年度?.{0,12}(?:安排|打算|计划)"),
)
# Of each of these parts the words that most reports use are sooner looked for.
_USUAL = ("主要举措", "短板", "第一责任人", "下一步")
_OPENING = re.compile(
    r"现(?:将|就).{0,60}?(?:法治|依法行政|依法治).{0,30}?(?:报告|汇报|总结|公布|公示|公告|小结)"
)
_ANNOUNCED = re.compile(r"现(?:(?:将|就|对)[^。\n]{0,60})?(?:报告|汇报|总结|公布|公示|小结)[^。\n]{0,6}如下")
# 2017年,某省…: the first words of a year's account.
_RECOUNTS = re.compile(
    r"(?:20\d\d年(?:度|以来|来)?|今年以来|今年来|一年来|本年度)[,:]?(?!是(?![^。]{4,60}之年))[^。]{0,300}?(?:。[^。\n]{0,200}?)?(?:法治政府|推进依法行政)"
)
# A column of such reports, and how its folder is called: fzzfjsndbg, ndfzjsqkbg.
_COLUMN = re.compile(r"(?:法治政府|法治建设|依法行政)[^>»→\n]{0,8}(?:报告|年报|总结)")
_FOLDER = re.compile(r"/[a-z0-9_]*fz(?:zf)?(?:js|gz)?(?:nd|nb|qk|gz)?(?:bg|nb)[a-z0-9_]*/")
_OFTEN = 4
_SUBJECTS = ("法治政府", "依法行政", "法治建设", "行政执法", "依法治")
_DISCLOSED = re.compile(
    r"依申请公开|主动公开政府信息情况|政府信息管理|收到和处理政府信息公开申请|因政府信息公开|政府信息公开行政复议|"
    r"信息公开条例.{0,20}(?:要求|规定).{0,10}编制"
)
_DISCLOSES = re.compile(r"现(?:将|就)[^。\n]{0,40}(?:政务|信息)公开[^。\n]{0,20}(?:总结|报告|汇报|公布)")
_OWN = re.compile(rf"[我本全](?:{TOWNS}|[{UPPERS}]|局|委|院|厅|办|单位|团|场|中心|公司|集团|处|队)")
_ASKS = re.compile(
    r"请(?:于|各|你|认真|遵照|结合|按照?要求)|印发给你们|转发给你们|发给你们|事项通知如下|要求通知如下|工作通知如下|"
    r"报送(?:要求|时间|方式)|"
    r"各(?:单位|部门|乡镇|镇街|街道)[^。\n]{0,12}(?:要|应当|须|需)"
)
_EVENT = re.compile(
    r"近日|日前|近期|(?<!年)\d{1,2}月\d{1,2}日(?:上午|下午|,|至)|记者|讯\)|通讯员|"
    r"(?:会议|会上)(?:指出|强调|要求)|(?:会议|活动)(?:现场|由)"
)
_MEETS = re.compile(
    r"(?:近日|日前|近期|\d{1,2}月\d{1,2}日)[^\n]{0,80}?(?:(?:召开|举行|举办)[^。\n]{0,50}会|会[^。\n]{0,20}(?:召开|举行))"
)
_SAID = re.compile(r"出席会议|会议(?:强调|指出|要求|由|学习|听取)|会上|主持(?:召开|会议)|参加会议|新闻发布会")
_INTERPRETS = re.compile(r"解读如下|起草(?:背景|过程|依据)|制定背景|出台背景|编制背景")
_PERSON = re.compile(r"本人|我作为|我个人")
# 法治公安建设, 法治教育工作: the subject as a department calls it.
_OF_A_FIELD = re.compile(
    r"法治(?:公安|交通|教育|税务|水利|民政|人社|卫健|林业|国土|城管|市监|财政|审计|工信|农业|住建|气象)"
)
_HEADED = re.compile(
    r"\n\s*一[、.][^\n。]{0,16}?(?:法治政府建设|依法行政|法治建设|依法治[一-鿿])[^\n。]{0,12}(?:举措|成效|情况|做法|工作)"
)
_ATTACHED = re.compile(r"附\s*件|\.(?:docx?|pdf|wps|ofd|zip|rar|xlsx?)\b|点击(?:下载|查看)", re.I)
_ROW = re.compile(
    r"[·•●\-*]?\s*(?:\d{1,3}[.、\s]\s*)?\S{4,50}?(?:报告|总结|汇报|年报|情况)\)?\s*\[?(?:20\d\d[-/.年]\S{3,12})?\]?"
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What the body shows.

    Args:
        about: how often it speaks of the subject, counted up to what is enough.
        parts: how many of the four mandated parts it has.
        opening: whether it opens with the formula of such a report.
        announced: whether it opens with a report's formula and speaks of the subject up to its first heading.
        recounts: whether it begins as the account of a year in this subject.
        disclosed: formulas of a report on 政府信息公开.
        discloses: whether it opens as one.
        own: how often it says 我镇, 全县, 本局.
        asks: how often it asks others for something, as notices do.
        events: whether it opens as news do.
        meeting: whether it opens with a meeting and what was said there.
        interprets: formulas of a reading aid.
        persons: how often one person speaks of himself.
        rows: how many lines are titles of reports, each alone or with its date.
        prose: characters of running text, counted up to what is enough for a report.
        paragraphs: how many lines are sentences, counted up to four.
        in_column: whether it stands in a column of such reports.
        headed: whether its first part is called after the subject.
        attached: whether it points to an attachment.
    """

    about: int
    parts: int
    opening: bool
    announced: bool
    recounts: bool
    disclosed: int
    discloses: bool
    own: int
    asks: int
    events: bool
    meeting: bool
    interprets: int
    persons: int
    rows: int
    prose: int
    paragraphs: int
    in_column: bool
    headed: bool
    attached: bool

    @property
    def reportish(self) -> bool:
        """Whether it is built like a report."""
        return self.parts > 2 or (self.announced and self.parts > 0)

    @property
    def tells(self) -> bool:
        """Whether it is built like a report and tells of its own deeds, not of what others shall do."""
        return self.reportish and (self.announced or self.own > self.asks)


def read_traits(page: Page) -> Traits:
    """Look through a document's body once for each trait."""
    text = page.folded
    opening = text[page.body : page.body + 1500]
    prose, paragraphs, rows = _lines(page)
    return Traits(
        about=_about(text),
        parts=sum(
            usual in text or bool(part.search(text)) for usual, part in zip(_USUAL, _PARTS, strict=True)
        ),
        opening=bool(_OPENING.search(opening)),
        announced=_is_announced(opening),
        recounts=bool(_RECOUNTS.match(opening.lstrip())),
        disclosed=len(_DISCLOSED.findall(text)) if "信息公开" in text else 0,
        discloses=bool(_DISCLOSES.search(opening)),
        own=len(_OWN.findall(text[:6000])),
        asks=len(_ASKS.findall(text[:2000])),
        events=bool(_EVENT.search(opening[:300])),
        meeting=bool(_MEETS.search(opening[:300]) and _SAID.search(opening[:500])),
        interprets=len(_INTERPRETS.findall(opening)),
        persons=len(_PERSON.findall(opening)),
        rows=rows,
        prose=prose,
        paragraphs=paragraphs,
        in_column=_is_in_column(page),
        headed=bool(_HEADED.search("\n" + text[page.body : page.body + 2500])),
        attached=bool(page.facts(FactName.ATTACHMENT) or _ATTACHED.search(text[:1500])),
    )


def _about(text: str) -> int:
    times = 0
    for word in _SUBJECTS:
        times += text.count(word)
        if times >= _OFTEN:
            break
    return times


def _is_in_column(page: Page) -> bool:
    trails = [*page.facts(FactName.BREADCRUMB), *page.facts(FactName.COLLECTION), *page.trails]
    return any(_COLUMN.search(flat(trail)) for trail in trails) or any(
        _FOLDER.search(url) for url in page.facts(FactName.URL)
    )


def _is_announced(opening: str) -> bool:
    formula = _OPENING.search(opening) or _ANNOUNCED.search(opening)
    if formula is None:
        return False
    heading = opening.find("\n", formula.end())
    end = opening.find("\n", heading + 1) if heading >= 0 else -1
    told = opening[: end if end >= 0 else formula.end()]
    return any(word in told for word in _SUBJECTS) or _OF_A_FIELD.search(told) is not None


def _lines(page: Page) -> tuple[int, int, int]:
    """Count running text, sentences and rows of titles; a text with enough of sentences is no list."""
    prose = paragraphs = rows = 0
    seen: set[str] = set()
    for raw in page.folded.split("\n"):
        line = raw.strip()
        if not line:
            continue
        if line in seen:
            continue
        seen.add(line)
        if len(line) < MOST_ROW and _ROW.fullmatch(line) and not HEADING.match(line):
            rows += 1
        elif _is_prose(line):
            prose += len(line)
            paragraphs += line.endswith(("。", ":", ";")) or len(line) > MOST_ROW
        if prose > ENOUGH_PROSE and paragraphs > 3:
            break
    return prose, paragraphs, rows


def _is_prose(line: str) -> bool:
    if HEADING.match(line) and not re.search(r"\.(?:docx?|pdf|wps|ofd)$", line, re.I):
        return True
    if len(line) > 2 * MOST_ROW:
        return True
    if LABEL.match(line) or FURNITURE.search(line) or _ATTACHED.search(line) or SALUTATION.fullmatch(line):
        return False
    return len(line) > 20 and "。" in line
