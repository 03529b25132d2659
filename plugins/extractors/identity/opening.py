"""The body that a report's opening names, or lets act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao.divisions import Divisions
from nianbao.divisions.compose import CORPS
from nianbao.divisions.names import bare_division
from nianbao.grammar.bodynames import MINISTRIES, TOWNS, UPPERS
from plugins.extractors.identity.bodies import is_body, is_department, split_joint
from plugins.extractors.identity.page import Page
from plugins.extractors.identity.phrases import LEAD, Named, body_of_title

_OPENING = re.compile(
    r"(?:现将|现就|现对|我[将就])(?P<what>[^。\n]{0,80}?)(?:报告|汇报|总结|通报|公布|公示|小结)?如下"
)
SUBJECT_VERBS = (
    "始终|坚持|深入|认真|在|以|全面|严格|紧紧|紧扣|高度|持续|切实|围绕|按照|根据|积极|把|将|牢固|贯彻|扎实|大力|聚焦|立足|"
    "对照|不断|着力|全力|加强|推进|落实|学习|健全|完善|结合|依照|依据|充分|加快|努力|统筹|牢牢|锚定|突出|强化|多措并举|"
    "共|法治|依法|严格|紧密|主动|稳步|有序|深化|创新|注重|抓|做|召开|成立|制定|作为|现将|从|通过|高举|践行|笃学|紧盯|精准"
)
_HEADS = (
    rf"人民政府|街道办事处|管理委员会|管委会|{TOWNS}|街(?!道)|自治区|[{UPPERS}]|局|委员会|委(?!员)|厅|中心|办公室|院|署|"
    r"[总支大]队|公司|集团|联合会|海关"
)
# A ministry acts in its own report's first sentence; further on it may do so in anybody's.
_MINISTRY = re.compile(
    rf"(?:^|,)原?(?P<name>(?:中华人民共和国)?{MINISTRIES})(?:党组|党委)?,?(?:{SUBJECT_VERBS})"
)
_PARTY = "党委|党工委|人民政府|政府|县委|区委|市委|省委|州委|旗委|盟委|党组|管委会"
_BESIDE = rf"党委|政府|办事处|管委会|[{UPPERS}](?:人民)?政府|行署"
# A class at its head lets the expression skip what can't match.
_OPENING_SUBJECT = re.compile(
    rf"[。,;:\n]\s*(?:20\d\d年度?)?(?P<body>[一-鿿]{{2,25}}?(?:{_HEADS}))"
    rf"(?=(?:\([^()]{{2,20}}\))?(?:{_PARTY}|委)?(?:[、和及](?:{_BESIDE}))?,?(?:{SUBJECT_VERBS}))"
)
# What no body's name holds, but the clause before one does.
_CLAUSE = re.compile(
    r"^(?:赴|前往|组织|邀请|开展|完成|指导|指引|配合|联合|会同|督促|推荐|支持|帮助|协助|标志着|确保|举办|举行|承办|多次|"
    r"专题|听取|荣获|获[评得]|被|以|根据|依据|及|是|对[照标]|为[了进切]|并|在|充分)|"
    rf"的|提交|报送|负责|到[{UPPERS}]$|到(?:{TOWNS})$|"
    r"习近平|思想|依法治|[一二三四五六七八九]是|作为|成立|建立|学习|坚持|贯彻|落实|加强|围绕|通过|要求|按照|纳入|制定|"
    r"印发|出台|推动|召开|推进|全面|建设"
)
# 全省, 我县 and what leads up to them; 万全区 is a place.
_AROUND = re.compile(rf"[全我本各该](?:[{UPPERS}]|{TOWNS}|[局委院厅])$")
# 经某市, 由某县; 向阳镇 and 让胡路区 are places.
_LED = frozenset("经由向报对使让并在为")
_FIRST_SENTENCES = 400
_IS_YEAR = re.compile(r"\s*(?:20\d\d年|今年|这一年)[,]?是")


def first_actor(page: Page, directory: Divisions) -> Iterator[Named]:
    """The body that the first sentence lets act: whose year it tells, whoever published it."""
    opening = page.folded[page.body : page.body + _FIRST_SENTENCES].lstrip()
    # 2023年是…的开局之年。某镇坚持…: the second sentence is the first on the body.
    start = opening.find("。") + 1 if _IS_YEAR.match(opening) else 0
    end = next((i for i in range(start, len(opening)) if opening[i] in "。\n"), len(opening))
    if ministry := _MINISTRY.search(opening[start:end]):
        yield Named(ministry["name"], "开头的主语", Decimal("0.8"))
        return
    for name in _subjects(opening[:end], directory):
        yield Named(name, "开头的主语", Decimal("0.8"))
        return


def openings(page: Page, directory: Divisions) -> Iterator[Named]:
    """Bodies that the opening names: 现将某镇情况报告如下, or 某镇坚持."""
    opening = page.folded[page.body : page.body + 1500]
    for match in _OPENING.finditer(opening):
        if name := body_of_title(match["what"]):
            yield Named(name, "开头写明的单位", Decimal("0.85"))
    for name in _subjects(opening, directory):
        yield Named(name, "开头的主语", Decimal("0.7"))


def _subjects(text: str, directory: Divisions) -> Iterator[str]:
    for match in _OPENING_SUBJECT.finditer("\n" + text):
        name = split_joint(LEAD.sub("", re.sub(r"^.*(?:以来|年度?|月)", "", match["body"])))
        if is_body(name) and not _CLAUSE.search(name) and _begins(name, directory):
            yield name + "政府" * match.string.startswith("政府", match.end())


def _begins(name: str, directory: Divisions) -> bool:
    """Tell whether a phrase begins with the name that it holds: 赴某市某区 and 举办全县 do not."""
    parts = directory.split(bare_division(name))
    if (
        name[0] in _LED
        and not directory.by_name(name)
        and (directory.upper(name[1:]) or directory.by_name(name[1:]))
    ):
        return False
    if _AROUND.search(name) and not (parts and parts[-1].divisions):
        return False
    lead = name[: name.index(parts[0].name)] if parts and parts[0].name in name else ""
    return not parts or not lead or _is_corps(name, lead) or is_department(name)


def _is_corps(name: str, lead: str) -> bool:
    """Tell whether what stands before a place's name is a division of the corps: 第八师石河子市."""
    corps = CORPS.match(name)
    return corps is not None and corps.end() == len(lead)
