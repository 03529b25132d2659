"""Advertisements in a report's text: names of games, wares and services that nobody there offers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

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
# One of these stands in each of them.
_PITCHES = tuple(
    re.findall(
        r"\S+",
        """
    从优 包邮 免费送货 限时优惠 限时特价 限时抢购 立减 买一送一 放款 免抵押 请找 贷款找
    办卡找 信用卡找 套现找 发票找 租房找 买房找 装修找 搬家找 开锁找 疏通找 同微信
    微信同 加微信 加我微信 加客服微信 扫码 低至 立即咨询 立即下单 立即拨打 代理记账
    记账报税 名额有限 先到先得 点击链接 点击下方 诚招 招商加盟 欢迎来电 欢迎选购 欢迎订购
    欢迎咨询 订购热线 咨询热线 售后热线 详情 厂家直销 假一赔十 批发零售 批发兼零售
    """,
    )
)


def advertised(text: str) -> tuple[tuple[int, int], bool] | None:
    """Return where a text offers something, and whether by a name that only a tampered page bears; else None.

    Args:
        text: the report's.
    """
    branded = _branded(text)
    if branded is not None:
        return branded, True
    pitched = _pitched(text)
    return (pitched, False) if pitched is not None else None


@cache
def _brands() -> AhoCorasick:
    import ahocorasick_rs

    return ahocorasick_rs.AhoCorasick([*_BRANDS, *_WARES])


def _branded(text: str) -> tuple[int, int] | None:
    folded = text.lower()
    if len(folded) != len(text):
        return None
    for which, start, end in _brands().find_matches_as_indexes(folded):
        begin = max(text.rfind(stop, 0, start) for stop in "。；\n") + 1
        finish = min((at for stop in "。；\n" if (at := text.find(stop, end)) >= 0), default=len(text))
        if which < len(_BRANDS) or _FOUGHT.search(text, begin, finish) is None:
            return start, end
    return None


def _pitched(text: str) -> tuple[int, int] | None:
    match = _TEMPLATES.search(text) if any(word in text for word in _CONTACTS) else None
    if match is None and any(word in text for word in _PITCHES):
        pitched = _PITCHED.finditer(text)
        match = next((each for each in pitched if not _FOUGHT.search(_sentence(text, each))), None)
    return match.span() if match is not None else None


def _sentence(text: str, match: re.Match[str]) -> str:
    """Return the sentence in which something was found."""
    begin = max(text.rfind(stop, 0, match.start()) for stop in "。\n") + 1
    end = min((at for stop in "。\n" if (at := text.find(stop, match.end())) >= 0), default=len(text))
    return text[begin:end]
