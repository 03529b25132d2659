"""Another place's name in what a report praises as its own: 平安溆浦, 净化了德清县市场秩序."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import IssuerLevel
from nianbao.divisions import Level
from plugins.validators.ownplace import Own
from plugins.validators.placenames import Name, town_before, upper_before
from plugins.validators.placewords import is_word

_SLOGAN = re.compile(
    r"(?:法治|平安|幸福|美丽|和谐|活力|清廉|文明|诚信|智慧|美好|魅力|富裕|善治|无讼|宜居|品质|开放)"
    r"(?P<name>[\u4e00-\u9fff]{2,3}?)(?=[、，。；;\n”\"建而]|的|$|法治|平安|幸福|美丽)"
)
_BETTERED = re.compile(
    r"(?:净化|维护|优化|保障|守护|改善|提升|促进|推动|规范|稳定|营造)了?"
    r"(?P<name>(?:(?![我本全各该了])[\u4e00-\u9fff]){2,6}?(?P<rank>[县区旗市镇乡]|街道))"
    r"(?=(?:域内?)?的?(?:市场|社会|经济|营商|法治|治安|生态|人居|旅游|消费|政治|金融|公平竞争)[^，。；]{0,8}(?:秩序|环境|稳定|发展|建设|和谐|安宁))"
)
# 高桥楼乡人民政府, and below it the day.
_SIGNED = re.compile(
    r"(?:^|\n)[ \u3000]*(?:[\u4e00-\u9fff]{2,12}[省市州盟县区旗])?"
    r"(?P<name>[\u4e00-\u9fff]{2,6}?(?:镇|乡|街道|县|区|旗))"
    r"(?P<body>人民政府|办事处|[\u4e00-\u9fff]{2,10}(?:局|委员会|办公室|大队))"
    r"[ \u3000]*\n[ \u3000]*20\d\d年\d{1,2}月"
)
_ACCOUNT = re.compile(
    '[”"]?(?:官方)?(?:微信|抖音|视频|微博)?(?:公众号|视频号|抖音号|客户端|新媒体矩阵|官方账号)'
)
# 守护好溆浦群众舌尖上的安全
_PEOPLE = re.compile(
    r"(?:守护|保障|服务|护航|满足|造福|惠及|方便|关系|增进|提升|赢得|围绕|回应)(?:好|了|着|全体|广大)?(?P<name>[\u4e00-\u9fff]{2,3}?)"
    r"(?:(?:人民)?群众|人民(?![政检法调武代币团警公陪监])|老?百姓|父老|居民|村民|市民)"
)
_GOVERNMENTS = ("人民政府", "办事处")
_TOWNS = ("镇", "乡", "街道")
_TWICE = 2
# Counties whose names are words as well.
_WORDS = frozenset({
    "惠民", "和平", "新安", "东方", "太平", "兴隆", "永安", "长安", "平安",
    "安定", "康乐", "民乐", "和顺", "振兴", "新华", "团结", "向阳", "朝阳",
    "光明", "解放", "复兴", "富强", "安宁", "民和", "兴国", "永兴",
})  # fmt: skip


def slogans(text: str, own: Own) -> Iterator[Name]:
    """Yield the counties that a slogan names where only the issuer's own can be meant."""
    named = [match["name"] for match in _SLOGAN.finditer(text)]
    for match in _SLOGAN.finditer(text):
        name, (start, end) = match["name"], match.span("name")
        # 法治惠民 is no slogan of Huimin; 法治溆浦、平安溆浦 are two of Xupu.
        # “法治浏阳”微信公众号 is its own, named once.
        if named.count(name) < _TWICE and not (own.told and _ACCOUNT.match(text, end)):
            continue
        found = own.directory.without_ending(name)
        counties = tuple(each for each in found if each.level is Level.COUNTY)
        # 法治浙江 may well stand in any report of Zhejiang, and whose county is named it is of.
        if not counties or len(counties) < len(found) or name in _WORDS or is_word(name):
            continue
        if not any(each.name in text for each in counties):
            yield Name(name, start, end, start, counties)


def served_people(text: str, own: Own) -> Iterator[Name]:
    """Yield the counties, named without their ending, whose people a report says to have served."""
    for match in _PEOPLE.finditer(text):
        name, (start, end) = match["name"], match.span("name")
        found = own.directory.without_ending(name)
        counties = tuple(each for each in found if each.level is Level.COUNTY)
        named = counties and len(counties) == len(found) and not any(each.name in text for each in counties)
        if named and name not in _WORDS and not is_word(name):
            yield Name(name, start, end, start, counties)


def bettered(text: str, own: Own) -> Iterator[Name]:
    """Yield the places whose order, safety or growth a report tells to have bettered."""
    for match in _BETTERED.finditer(text):
        find = town_before if match["rank"] in _TOWNS else upper_before
        named = match["name"]
        name = find(own.directory, named, len(named))
        if name is not None and name.lead == 0:
            start, end = match.span("name")
            yield Name(name.text, start + name.start, end, start, name.divisions)


def signatories(text: str, own: Own) -> Iterator[Name]:
    """Yield the town or county that signs a report of another one."""
    for match in _SIGNED.finditer(text):
        town = match["name"].endswith(_TOWNS)
        governs = match["body"] in _GOVERNMENTS
        by_its_kind = town == (own.level is IssuerLevel.TOWN) and (town or own.level is IssuerLevel.COUNTY)
        # 吉安县司法局 below a report of 安福县司法局
        by_its_duty = own.level is IssuerLevel.DEPARTMENT and not town and own.duty == match["body"]
        if by_its_kind if governs else by_its_duty:
            start, end = match.span("name")
            yield Name(match["name"], start, end, start, own.directory.by_name(match["name"]))
