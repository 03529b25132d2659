"""Papers entitled with another place's name in a report on one's own: 印发《某镇权责清单》."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from nianbao import IssuerLevel
from plugins.validators.elsewhere import Elsewhere
from plugins.validators.ownplace import Own
from plugins.validators.placenames import TOWN_ENDING, Name, stem, town_before, upper_before
from plugins.validators.placewords import is_word

_TITLE = regex.compile(
    r"[《“](?:中共|关于(?:印发|公布|调整|明确|修订|废止)?[《“]?)?"
    r"(?P<place>(?![全本各该我跨两一新乡])[\p{Han}]{2,12}?(?:镇|乡|街道|苏木|县|区|旗))(?!村|镇|乡|域|级|长|道|划|块|分|位|别)"
    r"(?=[^《》”]{2,40}[》”])"
)
# What is another place's by right: what one learns from, answers, or does with it.
_RECEIVED = regex.compile(
    r"学习|借鉴|参照|参考|观摩|兄弟|邻|周边|对口|协作|联合|共同|会签|签订|签署|收到|来函|转发|征求|毗邻|交界|两地|[与和跟同]|受[^，。]{0,8}委托"
    r"|[省市县区州旗盟](?:委|政府|人大|司法局|局)?(?:制定|印发|出台|下发|发布)了?$"
)
_SHAPED = regex.compile(r"(?![向为对给在赋各])(?:(?![乡镇街村城全各本的]|依法|法治|自治)[\p{Han}]){2,4}")
_NEAR = 12
_SHARED = regex.compile(
    r"联合|协作|合作|协议|交界|跨|复议|判决|裁定|诉|法院|纪念|精神|经验|模式|故事|传|志|之"
)
_QUOTED = regex.compile(
    r"20\d\d|人民政府|政府|县委|区委|党委|法治|依法|行政|重大|突发|权责|权力|政务|公共|综合|执法|规范性|合法性|合同|信访|平安|安全|应急|防汛|网格|村规"
    r"|[\p{Han}]{0,20}(?:办法|规定|规则|制度|方案|计划|清单|目录|预案|意见|要点|规划|细则|标准|指南|条例|通知|公告|决定|报告)[》”]"
)


# 《辽宁省优化营商环境条例》 in a report from Jilin.
_LOCAL_LAW = re.compile(
    r"《(?:中共)?(?P<place>[\u4e00-\u9fff]{2,8}?(?:省|自治区|市|自治州|州))(?=[^《》\n]{2,40}(?:条例|规定|办法|规则)》)"
)


def local_laws(text: str, own: Own) -> Iterator[Name]:
    """Yield the provinces and cities whose local acts a report of another one says it follows.

    Args:
        text: the report's, as the grammar reads it.
        own: what the report may call its own.
    """
    for match in _LOCAL_LAW.finditer(text):
        start, end = match.span("place")
        name = Name(match["place"], start, end, start, own.directory.upper(match["place"]))
        if not name.divisions or own.holds(name) or not own.can_tell(name):
            continue
        clause = text[max(text.rfind(stop, 0, start) for stop in "，。；;\n") + 1 : start]
        if not _RECEIVED.search(clause):
            yield name


def entitled(text: str, own: Own, elsewhere: Elsewhere) -> Iterator[Name]:
    """Yield the names of other places with which papers are entitled that a report tells of as its own.

    Args:
        text: the report's, as the grammar reads it.
        own: what the report may call its own.
        elsewhere: what it tells of other places.
    """
    for match in _TITLE.finditer(text):
        start, end = match.span("place")
        if not _QUOTED.match(text, end) or _SHARED.search(text, end, end + _NEAR):
            continue
        clause = text[max(text.rfind(stop, 0, start) for stop in "，。；;\n") + 1 : start]
        if _RECEIVED.search(clause):
            continue
        name = _name(text, own, start, end)
        if name is None or name.lead < start or own.holds(name) or not own.can_tell(name):
            continue
        if not elsewhere.is_excused(name):
            yield name


def _name(text: str, own: Own, start: int, end: int) -> Name | None:
    """Return the place that a title begins with; one that no table holds must be of the issuer's rank."""
    known = (upper_before if text[end - 1] in "县区旗" else town_before)(own.directory, text, end)
    if known is not None and known.divisions:
        return known if known.start == start else None
    name = Name(text[start:end], start, end, start, ())
    is_shaped = _SHAPED.fullmatch(stem(name.text)) is not None and not is_word(stem(name.text))
    is_town = TOWN_ENDING.search(name.text) is not None
    of_rank = own.level is IssuerLevel.TOWN if is_town else name.text.endswith("县")
    return name if is_shaped and of_rank else None
