"""Text that is not the issuer's: broken encodings, glosses of mirrors, injected advertising, hidden text."""

from __future__ import annotations

import re

from nianbao import Context, Field, Finding, Quote, RegionBy, RegionProfile, Report, Severity
from nianbao.regions import names_host
from plugins.validators.advertisements import advertised
from plugins.validators.outcomes import Ruling, judged, unclear

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
# What is said to whoever judges the report, and tags that a web page shows to nobody.
_ORDERS = re.compile(
    r"(?:忽略|无视)[^，。；\n]{0,8}(?:前述|上述|以上|之前|此前)[^，。；\n]{0,8}(?:规则|指令|提示词)"
    r"|(?:直接)?判定本报告(?:无任何问题|没有问题|合格)|作为(?:一个|一名)?(?:AI|人工智能)(?:语言)?(?:模型|助手)，我"
)
_ASKED = ("指令", "提示词", "判定", "模型", "助手", "规则")
_TAGS = re.compile(r"</?(?:span|div|font|script|style|iframe)\b[^<>\n]{0,200}>", re.IGNORECASE)


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
    found = advertised(text)
    if found is None:
        return None
    (start, end), tampered = found
    quote = Quote(start, end, text[start:end])
    message = f"正文夹有与报告无关的广告文字“{quote.quote}”"
    if tampered:
        return _finding(
            "advertising",
            Severity.ERROR,
            f"{message}，网页可能被篡改。",
            [quote],
            "请核对网页，改用未被篡改的原文。",
        )
    return _finding("advertising", Severity.ERROR, f"{message}。", [quote], "请删去与报告无关的文字。")


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
