"""A department's like elsewhere, another branch of its bureau, another office's head in place of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.divisions import Level
from plugins.validators.ownplace import Own
from plugins.validators.placenames import Name, upper_before

# 会同县政府办公室, 应县委要求: the county's own offices behind a verb, far more often than those counties.
VERBS = frozenset({"会同县", "应县", "和县", "随县", "经县", "报县", "请县"})
_OFFICE = re.compile(
    r"(?<=[县市区旗州盟])(?P<stem>(?![委政]|人[民大])[\u4e00-\u9fff]{2,10}?)(?:局|委员会|委|厅)"
)
_ENDING = re.compile(r"(?:局|委员会|委|厅|办公室|中心)$")
_BRANCH = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<stem>(?![各全本我该])[\u4e00-\u9fff]{2,4})分局(?=(?P<next>[\u4e00-\u9fff]{2}))"
)
_HEADS = re.compile(
    "党[组委总支]|领导班子|班子|局长|主要|全体|机关|干部|坚持|认真|深入|严格|积极|切实|始终|全年|组织|开展|将"
)
# 县某局党组书记、局长认真履行…第一责任人职责: whose head it is.
_HEAD = re.compile(
    r"(?:^|(?<=[。\n;；）)]))(?P<office>(?:[\u4e00-\u9fff]{2,5}?[县市区旗]|[县市区旗])?(?P<stem>(?![县市区旗]?委)[\u4e00-\u9fff]{2,10}?)(?:局|委员会|委))"
    r"(?:党[组委]|党总支|党支部)?(?:书记|主要负责|局长|主任)"
    r"(?=[^。\n]{0,40}(?:第一责任人|一岗双责|主持(?:召开|学法|研究)|带头(?:学|述|讲)))"
)
# 作为全县卫生健康系统法治建设第一责任人
_SYSTEM = re.compile(
    r"全[县市区旗州省](?P<stem>(?!政府|政法|行政|机关|党政)[\u4e00-\u9fff]{2,8}?)系统(?=(?:法治(?:政府)?建设|依法行政)?(?:工作)?的?第一责任人)"
)
# One office may bear two names that have nothing in common.
_ONE_OFFICE = tuple(
    (re.compile(one), re.compile(other))
    for pair in (
        ("城市管理|城管", "执法"),
        ("林业|林草", "自然资源|国土|农"),
        ("粮食|物资|物价|国防动员|统计", "发展|经济"),
        ("地震", "应急"),
        ("知识产权|药", "市场"),
        ("人防|人民防空|城建", "住房"),
        ("乡村振兴|扶贫|水产|渔业", "农业"),
        ("文物|广电|体育", "文化|教育"),
        ("外事|侨|港澳|机关事务", "政府办|办公"),
    )
    for one, other in (pair, pair[::-1])
)
_LEAST = 2


def shortened(stem: str, duty: str) -> bool:
    """Whether a stem is a duty's, in full or in short: 人社 is 人力资源和社会保障局's."""
    full = iter(_ENDING.sub("", duty))
    return len(stem) >= _LEAST and stem[0] == duty[:1] and all(sign in full for sign in stem)


def same_duty(text: str, own: Own) -> Iterator[Name]:
    """Yield the places before the issuer's own duty, in full or in short: 某县应急管理局, 某县应急局."""
    if len(own.duty) <= _LEAST:
        return
    # Its brigades, too, bear its duty: 某市交通运输综合执法大队.
    bare = _ENDING.sub("", own.duty)
    ends = {match.end() - len(bare) for match in re.finditer(re.escape(bare), text)}
    ends |= {match.start() for match in _OFFICE.finditer(text) if shortened(match["stem"], own.duty)}
    for end in sorted(ends):
        name = upper_before(own.directory, text, end)
        if name is not None and name.text not in VERBS and (name.divisions or text.startswith(own.duty, end)):
            yield name


def _is_one(stem: str, duty: str) -> bool:
    """Whether two names of which neither has a character of the other may be one office's."""
    return any(pattern.search(stem) and other.search(duty) for pattern, other in _ONE_OFFICE)


def branches(text: str, own: Own) -> Iterator[Name]:
    """Yield the counties whose branches of the issuer's bureau act where its own should: 某分局党组书记…."""
    if not own.duty.endswith("分局"):
        return
    for match in _BRANCH.finditer(text):
        bare = match["stem"]
        held = tuple(
            division
            for ending in "县市区旗"
            for division in own.directory.upper(bare + ending)
            if division.level is Level.COUNTY
        )
        if held and _HEADS.match(text, match.end()):
            yield Name(bare, match.start(), match.end("stem"), match.start(), held)


def other_heads(text: str, own: Own) -> Iterator[Name]:
    """Yield the offices whose heads fulfil the duties that are those of the issuer's own."""
    if len(own.duty) <= _LEAST:
        return
    for match in _HEAD.finditer(text):
        if not _is_own(match["stem"], own):
            yield Name(match["office"], match.start(), match.end("office"), match.start(), ())
    for match in _SYSTEM.finditer(text):
        if not _is_own(match["stem"], own):
            yield Name(match[0], *match.span(), match.start(), ())


def _is_own(stem: str, own: Own) -> bool:
    """Whether an office may be the issuer, one of several, or a branch."""
    if stem in own.names or stem.endswith("分") or not set(stem).isdisjoint(own.duty):
        return True
    return _is_one(stem, own.duty)
