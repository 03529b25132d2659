"""What confines a figure: to a time, a campaign, a place, to those who did it."""

from __future__ import annotations

import re

import regex

from plugins.validators.claims import Claim
from plugins.validators.nouns import OBJECT

# Confined to a time, a campaign, a part, or done with others.
LIMITED = regex.compile(
    r"上半年|下半年|(?<!\d)\d{1,2}月|截[至止]|期间|专项|行动|整治|百日|联合|会同|配合|协[助同]|(?<!法治)领域|方面|重点|其中|去年|上年|同期|往年|自20|抽查|试点|示范"
    r"|第[一二三四五六七八九十]+[次批届期]|个别|部分|口径|不计入|不含|另|[其之]中|集中"
)
# How often, or of which: said of the clause in which it stands, alone.
EACH = regex.compile(r"季度|某|每|平均|一[次起场件]|各(?![类种项级])")
_SCOPE = re.compile(
    r"网上|线上|现场|村(?!两级)|社区|企业|学校|公司|部门|司法所|派出所|法庭|工作站|服务站|中心(?!组)|市级|县级|区级|省级|镇级|网格|律师|顾问|志愿|行业|专业|重大|疑难|积案|主要|主持|书记|镇长|乡长|主任|局长|县长|区长"
    r"|分管|带队|亲自|带头|包案|领办|督办|接访|参加|参训|参与|指导"
)


def scopes_of(claim: Claim) -> frozenset[str]:
    """Return the words of a claim's own clause that tell whose its figure is."""
    named = OBJECT.match(claim.after)
    return frozenset(_SCOPE.findall(claim.before + (named.group() if named else "")))


def scopes_in(words: str) -> frozenset[str]:
    """Return the words of a clause that tell whose its figure is."""
    return frozenset(_SCOPE.findall(words))
