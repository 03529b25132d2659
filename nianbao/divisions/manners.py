"""In which words a text names a place: one that leads, one merely named, one that is elsewhere."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.divisions.names import Mention


class Manner(StrEnum):
    """In which words a text names a place."""

    LEADS = "leads"
    NAMED = "named"
    OWN_PAPER = "own paper"
    STATUTE = "statute"
    ELSEWHERE = "elsewhere"


_LEADING = re.compile(
    r"(?:委(?![员托培])|人民政府|政府|司法局|人大|政协|纪委|监委|人民法院|法院|检察院|公安局|依法治|全面依法|法治|"
    r"的?(?:统一|工作|有关|相关|总体|具体)*(?:安排|部署|要求|统筹|领导|指导)|"
    r"(?:、[省市县区州]{1,3})?[^，。；、\n]{0,12}工作部署|关于[^，。；\n]{0,14}(?:部署|要求|安排|决策)|(?:行政执法|政务服务)[^，。；\n]{0,8}平台|"
    r"成功(?:入选|创建|获)|获评|荣获|入选|被评为)"
)
# 围绕某省全面振兴的目标, 落实某省《…方案》: whose aims are served.
_SERVED_BEFORE = re.compile(r"(?:围绕|聚焦|落实|贯彻|服务|融入|按照|根据|依据|遵照|执行|锚定)$")
_ELSEWHERE_BEFORE = re.compile(
    r"(?:对口(?:协作|支援|帮扶|合作)?|协作|协助|协同|帮扶|支援|援助|结对(?:共建)?|借鉴|推广|学习|考察|观摩|毗邻|相邻|邻近|兄弟|来自|援建)"
    r"(?:的|了|地区?|单位|省份?|市|县|区)?$"
)
_VISITED_BEFORE = re.compile(r"(?:赴|前往|远赴|到|去|至)$")
_VISITED_AFTER = re.compile(
    r"[^，。；、,;\n]{0,6}\n?[^，。；、,;\n]{0,4}"
    r"(?:结对|慰问|培训|参会|学习(?!强国|贯彻|宣传)|考察|取经|观摩|对接|交流)"
)
_TRAINED_BEFORE = re.compile(r"(?:在|于|到)$")
_TRAINED_AFTER = re.compile(
    r"[^，。；、,\n]{0,8}(?:举办|开展|组织|参加)[^，。；、,\n]{0,24}(?:培训|研修|研学|轮训|慰问)"
)
# 与某市某区走马镇结为友好乡镇: whom one joins with lies elsewhere.
_WITH_BEFORE = re.compile(r"(?:与|同|跟|和)$")
_JOINED_AFTER = re.compile(
    r"(?:[^，。；、,\n]{0,8}\n?)?[^，。；,\n]{0,4}?(?:结为|结成|结对|缔结|签订|签署|互派|共建|联合|携手|接壤|毗邻|交界|相邻)"
)
# What stands before a place and what behind it, where somebody went there or joined with it.
_AWAY = (
    (_VISITED_BEFORE, _VISITED_AFTER),
    (_TRAINED_BEFORE, _TRAINED_AFTER),
    (_WITH_BEFORE, _JOINED_AFTER),
)
_ELSEWHERE_AFTER = re.compile(
    r"(?:等地|等省|等市|等县|籍|务工|来访|来[我本]|的?(?:东西部|对口)?(?:协作|帮扶资金|支援|结对)|结对|对口|"
    r"的?(?:好的?)?(?:先进)?(?:经验|做法)|的?先进(?:经验|做法)|学习考察|取经|(?:人民)?法院诉|某|"
    r"[^，。；、,\n]{0,6}\n?[^，。；、,\n]{0,6}(?:代表团|考察团|来访|来我|律师事务所|大学|学院|商会|有限公司|客商)|"
    r"[^，。；、,\n]{0,8}(?:经验|做法)|、[^，。；,\n]{1,10}等(?:地|省|市|县))"
)

# 《某县2024年法治政府建设工作要点》, 《关于印发〈某区…方案〉的通知》
_PAPER_LEAD = re.compile(r"《(?:关于(?:印发|转发|下发)?)?[〈<《]?(?:中共)?(?:20\d\d年度?)?")
_FOLLOWED = re.compile(r"(?<!对)(?:按照|按|根据|依据|遵照|落实|执行)[^。；\n]*$")
_MODEL = re.compile(r"(?:借鉴|参照|参考|对标|观摩|赴|学习(?!贯彻))[^。，；\n]{0,8}$")
_PAPER = re.compile(
    r"[^《》〈〉<>。，；\n]{2,50}?(?:要点|方案|计划|规划|清单|措施|任务分工表?|实施意见|工作规则|指引)"
)


def manner_of(text: str, chain: list[Mention]) -> Manner:
    """Return in which words a text names a chain of places (遵义市绥阳县)."""
    start, end = chain[0].start, chain[-1].end
    if (begin := _title_begin(text, start)) >= 0:
        is_own = _is_own_paper(text, begin, chain) or _is_followed(text, begin, chain)
        return Manner.OWN_PAPER if is_own else Manner.STATUTE
    before, after = text[max(0, start - 10) : start], text[end : end + 24]
    if any(b.search(before) and a.match(text, end) for b, a in _AWAY):
        return Manner.ELSEWHERE
    if _LEADING.match(after):
        return Manner.LEADS
    if _ELSEWHERE_BEFORE.search(before) or _ELSEWHERE_AFTER.match(after):
        return Manner.ELSEWHERE
    return Manner.LEADS if _SERVED_BEFORE.search(before) else Manner.NAMED


def _title_begin(text: str, at: int) -> int:
    """Return where the 《 stands within which a place does, or -1."""
    begin = max(0, at - 60)
    opened = text.rfind("《", begin, at)
    return opened if opened > text.rfind("》", begin, at) else -1


def _is_own_paper(text: str, begin: int, chain: list[Mention]) -> bool:
    """Tell whether a plan or a list of a county or city is named: its own offices and towns carry it out.

    A province's is everybody's, and a statute may be anybody's model.
    """
    if all(mention.name.endswith(("省", "自治区")) for mention in chain):
        return False
    if _MODEL.search(text, max(0, begin - 12), begin) or not _PAPER_LEAD.fullmatch(
        text, begin, chain[0].start
    ):
        return False
    return _PAPER.match(text, chain[-1].end) is not None


def _is_followed(text: str, begin: int, chain: list[Mention]) -> bool:
    """Tell whether a plan of the province is what the work was done by: 按照《某省…实施方案》要求."""
    if not all(mention.name.endswith(("省", "自治区")) for mention in chain):
        return False
    start = max(text.rfind(stop, max(0, begin - 100), begin) for stop in "。；\n")
    followed = _FOLLOWED.search(text, max(start, begin - 100, 0), begin)
    return bool(followed) and _PAPER.match(text, chain[-1].end) is not None
