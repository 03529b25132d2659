"""Text that is not the issuer's: broken encodings, glosses of mirrors, injected advertising, hidden text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from nianbao import Context, Field, Finding, Quote, RegionBy, RegionProfile, Report, Severity
from nianbao.regions import names_host
from plugins.validators.outcomes import Ruling, judged, unclear

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_BASIS = "报告应当取自发布单位的正式网站，文字完整、未被篡改"
# UTF-8 taken for GBK, its replacement taken for GBK, debug memory taken for GBK.
# Without one of these nothing can be broken.
_RARE = re.compile("[锟烫屯ïÃÂâåæçèé锛銆鐨鍜鏄鏀鍦鎴鐢]")
_SURE_MOJIBAKE = re.compile(
    r"锟斤拷|(?:烫){4,}|(?:屯){4,}|ï»¿|(?:[ÃÂâåæçèé][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡-¿]{1,2}){2,}"
)
_GBK_SIGNS = re.compile("[锛銆鐨鍜鏄鏀鍦鎴鐢]")
_LEAST_SIGNS = 4
_LOST = "\ufffd"
_GLOSS = re.compile(
    r"(?<=[\u4e00-\u9fff])[（(](?=[a-z]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]"
)
_LOST_STOP = re.compile(r"(?<=[\u4e00-\u9fff])\?F(?=[\u4e00-\u9fff《“])|\?!兑")
_LEAST_GLOSSES = 3
# Names that nothing but an advertisement bears, and wares that those who fight them name, too.
_BRANDS = [
    "新葡京",
    "葡京娱乐",
    "亚博体育",
    "亚博app",
    "乐鱼体育",
    "华体会",
    "开云体育",
    "米乐体育",
    "必威体育",
    "万博体育",
    "爱游戏体育",
    "九游体育",
    "星空体育",
    "半岛体育",
    "银河娱乐",
    "威尼斯人娱乐",
    "太阳城娱乐",
    "皇冠体育",
    "皇冠新体育",
    "凯发k8",
    "凯发娱乐",
    "开元棋牌",
    "永利娱乐",
    "永利皇宫",
    "金沙娱乐",
    "金沙国际",
    "bet365",
    "188bet",
    "w88",
    "bob体育",
    "ob体育",
    "澳门威尼斯",
    "大发快三",
    "大发彩票",
    "幸运飞艇",
    "球王会",
]
_WARES = [
    "时时彩",
    "北京赛车",
    "真人荷官",
    "真人娱乐城",
    "老虎机平台",
    "买球平台",
    "买球app",
    "买球网",
    "竞猜平台",
    "六合彩开奖",
    "彩票开户",
    "博彩平台",
    "博彩网站",
    "网上真钱",
    "线上娱乐城",
    "线上app官网",
    "体育投注平台",
    "成人视频",
    "情色视频",
    "裸聊平台",
    "代孕公司",
    "办证刻章",
]
_FOUGHT = re.compile(
    r"打击|查处|整治|涉|防范|取缔|关停|破获|侦破|案|赌博|诈骗|[禁严]止|严禁|拒绝|抵制|警惕|曝光|封堵|清理|非法"
)
# 更多范文请加微信…, 代办证件请联系…: what sites of templates and touts put into what is not theirs.
_TEMPLATES = re.compile(
    r"(?:更多|海量)[^，。；\n]{0,16}(?:范文|模板|素材)[^，。；\n]{0,8}(?:加|关注|扫码|搜索|下载)"
    r"|(?:请?加|添加)(?:微信|VX|vx|QQ|qq)[^，。；\n]{0,6}[A-Za-z0-9_-]{5,}"
    r"|(?:代[考写开]|代办[^，。；\n]{0,8}(?:资格|学历|文凭|驾[驶照]|职称|公章|贷款)|包过|无抵押)[^。；\n]{0,30}(?:微信|VX|vx|QQ|qq|电话|热线|咨询|联系)[^。；\n]{0,8}[A-Za-z0-9_-]{5,}"
)
# 海鲜批发零售，量大从优，加微信立减20元; 贷款找…，当天放款，电话同微信: two of what only such lines say.
_PITCH = (
    r"(?:批发零售|批发兼零售|量大从优|价格从优|包邮|免费送货|限时(?:优惠|特价|抢购)|立减\d+|买一送一|当天放款|[秒快]速?放款|免抵押"
    r"|(?:贷款|办卡|信用卡|套现|开发票|租房|买房|装修|搬家|开锁|疏通)请?找[^，。\n]{1,8}|(?:电话|手机)同微信|微信同[号步]|加(?:我|客服)?微信|扫码(?:领取?|下单|购买)"
    r"|低至\d+元?|立即(?:咨询|下单|拨打)|代理记账|记账报税|名额有限|先到先得|点击(?:链接|下方)|扫码(?:添加|咨询)|诚招(?:代理|加盟)|招商加盟|欢迎(?:来电|选购|订购|咨询)|(?:订购|咨询|售后)热线|详情(?:请)?(?:咨询|致电)|全国包邮|厂家直销|假一赔十)"
)
_PITCHED = re.compile(rf"{_PITCH}[^。\n]{{0,30}}?{_PITCH}")
_CONTACTS = ("微信", "更多", "海量", "VX", "vx", "QQ", "qq", "代办", "代考", "代写", "代开", "包过", "无抵押")
_PITCHES = ("优", "低至", "立即", "微信", "放款", "包邮", "热线", "加盟", "代理", "批发")
# What is said to whoever judges the report, and tags that a web page shows to nobody.
_ORDERS = re.compile(
    r"(?:忽略|无视)[^，。；\n]{0,8}(?:前述|上述|以上|之前|此前)[^，。；\n]{0,8}(?:规则|指令|提示词)"
    r"|(?:直接)?判定本报告(?:无任何问题|没有问题|合格)|作为(?:一个|一名)?(?:AI|人工智能)(?:语言)?(?:模型|助手)，我"
)
_ASKED = ("指令", "提示词", "判定", "模型", "助手", "规则")
_TAGS = re.compile(r"</?(?:span|div|font|script|style|iframe)\b[^<>\n]{0,200}>", re.IGNORECASE)


@cache
def _brands() -> AhoCorasick:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick([*_BRANDS, *_WARES])


def judge(report: Report, context: Context) -> Ruling:
    """Judge whether a report's text is whole and its own."""
    if context.reading is None:
        return unclear("没有正文")
    text = context.reading.text
    return judged(
        finding
        for finding in (
            _broken(text),
            _lost(text),
            _mirrored(text),
            _advertised(text),
            _lent(text),
            _ordered(text),
            _tagged(text),
            _hidden(context.notes),
            _foreign_host(report, context),
        )
        if finding is not None
    )


def _broken(text: str) -> Finding | None:
    if _RARE.search(text) is None:
        return None
    match = _SURE_MOJIBAKE.search(text)
    if match is None:
        signs = list(_GBK_SIGNS.finditer(text))
        if len(signs) < _LEAST_SIGNS or len({sign[0] for sign in signs}) < 2:
            return None
        match = signs[0]
    shown = text[max(0, match.start() - 4) : match.end() + 4].replace("\n", " ")
    message = f"正文有乱码（“{shown}”），文字编码已经损坏。"
    return _finding(
        "mojibake", Severity.ERROR, message, [_quote(match)], "请换用原始文件，或者按正确的编码重新保存。"
    )


def _lost(text: str) -> Finding | None:
    at = text.find(_LOST)
    if at < 0:
        return None
    count = text.count(_LOST)
    shown = text[max(0, at - 6) : at + 7].replace("\n", " ")
    message = f"正文有{count}个字符没有正确显示（“{shown}”）。"
    return _finding(
        "lost-character", Severity.WARNING, message, [Quote(at, at + 1, _LOST)], "请对照原件补上。"
    )


def _mirrored(text: str) -> Finding | None:
    glosses = list(_GLOSS.finditer(text)) if "(" in text or "（" in text else []
    stops = list(_LOST_STOP.finditer(text)) if "?" in text else []
    if len(glosses) < _LEAST_GLOSSES and len(stops) < _LEAST_GLOSSES:
        return None
    found = glosses if len(glosses) >= _LEAST_GLOSSES else stops
    what = "汉字夹注拼音" if found is glosses else "标点变成了“?F”一类的字符"
    first = found[0]
    shown = text[max(0, first.start() - 1) : first.end()]
    message = f"正文{what}（“{shown}”等{len(found)}处），像是转载网站改动过的文字，不是发布单位的原文。"
    return _finding("mirror", Severity.ERROR, message, [_quote(first)], "请改用发布单位网站上的原文。")


def _advertised(text: str) -> Finding | None:
    folded = text.lower()
    if len(folded) != len(text):
        return None
    for which, start, end in _brands().find_matches_as_indexes(folded):
        begin = max(text.rfind(stop, 0, start) for stop in "。；\n") + 1
        finish = min((at for stop in "。；\n" if (at := text.find(stop, end)) >= 0), default=len(text))
        if which < len(_BRANDS) or _FOUGHT.search(text, begin, finish) is None:
            quote = Quote(start, end, text[start:end])
            message = f"正文夹有与报告无关的广告文字“{text[start:end]}”，网页可能被篡改。"
            return _finding(
                "advertising", Severity.ERROR, message, [quote], "请核对网页，改用未被篡改的原文。"
            )
    return None


def _lent(text: str) -> Finding | None:
    match = _TEMPLATES.search(text) if any(word in text for word in _CONTACTS) else None
    if match is None and any(word in text for word in _PITCHES):
        pitched = _PITCHED.finditer(text)
        match = next((each for each in pitched if not _FOUGHT.search(_sentence(text, each))), None)
    if match is None:
        return None
    message = f"正文夹有与报告无关的广告文字“{match[0]}”。"
    return _finding("advertising", Severity.ERROR, message, [_quote(match)], "请删去与报告无关的文字。")


def _sentence(text: str, match: re.Match[str]) -> str:
    """Return the sentence in which something was found."""
    begin = max(text.rfind(stop, 0, match.start()) for stop in "。\n") + 1
    end = min((at for stop in "。\n" if (at := text.find(stop, match.end())) >= 0), default=len(text))
    return text[begin:end]


def _ordered(text: str) -> Finding | None:
    match = _ORDERS.search(text) if any(word in text for word in _ASKED) else None
    if match is None:
        return None
    message = f"正文夹有写给审核者或程序的话“{match[0]}”，不是报告的内容。"
    return _finding("injected", Severity.ERROR, message, [_quote(match)], "请核对来源，删去夹入的文字。")


def _tagged(text: str) -> Finding | None:
    match = _TAGS.search(text) if "<" in text else None
    if match is None:
        return None
    message = f"正文残留网页代码“{match[0]}”。"
    return _finding("markup", Severity.WARNING, message, [_quote(match)], "请删去网页代码。")


def _hidden(notes: tuple[str, ...]) -> Finding | None:
    note = next((note for note in notes if "不显示的文字" in note), None)
    if note is None:
        return None
    message = "网页里夹有读者看不见的文字，没有当作报告的内容。"
    return _finding("hidden-text", Severity.NOTE, message, [], "请核对网页是否被人加入了隐藏的内容。")


def _foreign_host(report: Report, context: Context) -> Finding | None:
    """Return a finding where a report stands on hosts that a profile knows as none of its issuer's.

    Where no profile names hosts, nothing is known of them.
    """
    code, hosts, region = report.value(Field.DIVISION_CODE) or "", context.hosts, context.region
    if not hosts:
        return None
    told = "、".join(dict.fromkeys(hosts))
    # Where a report's own words chose the profile, that says nothing of where it may be published.
    is_hosts_own = context.region_by in (RegionBy.REQUEST, RegionBy.HOST)
    if (
        is_hosts_own
        and region is not None
        and region.hosts
        and not any(_may_be_its(region, host, context) for host in hosts)
    ):
        message = f"报告取自{told}，不在{region.name}的政府网站之内。"
    elif code and context.hosted and not any(_is_within(code, each.code) for each in context.hosted):
        owner = "、".join(each.name for each in context.hosted)
        message = f"报告取自{told}，是{owner}的网站，而不是发布单位所在地的。"
    else:
        return None
    return _finding("host", Severity.ERROR, message, [], "请核对来源，改用发布单位所在地政府网站上的原文。")


def _may_be_its(region: RegionProfile, host: str, context: Context) -> bool:
    """Whether a host may be of a region: no profile names all the sites of its counties' governments."""
    return names_host(region, host) or (not context.hosted and host.endswith(".gov.cn"))


def _is_within(code: str, other: str) -> bool:
    """Whether one of two divisions holds the other."""
    return code.startswith(other) or other.startswith(code)


def _finding(rule: str, severity: Severity, message: str, quotes: list[Quote], suggestion: str) -> Finding:
    return Finding(
        "authenticity", f"authenticity.{rule}", severity, message, tuple(quotes), suggestion, basis=_BASIS
    )


def _quote(match: re.Match[str]) -> Quote:
    return Quote(match.start(), match.end(), match[0])
