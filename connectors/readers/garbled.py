"""Tells a text layer that a font's wrong or missing map has garbled from true text, page by page."""

from __future__ import annotations

import re

# Fewer characters than this tell nothing.
_FEWEST = 20
# Characters that no report holds many of: private use, controls, what stands for the unknown.
_UNMAPPED = re.compile(
    "[\ufffd\ue000-\uf8ff\x00-\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\U000f0000-\U0010ffff\ufff0-\ufffb]"
)
_MOST_UNMAPPED = 0.1
# Scripts that a Chinese report is not written in: what Han characters become when their codes are misread.
_FOREIGN = re.compile(
    "[\u00a1-\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u0fff\u1000-\u1fff\ua000-\uabff]"
)
_MOST_FOREIGN = 0.2
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_BLANKS = re.compile(r"\s")
# Of real text, simplified or traditional, nearly all is in the first level of its character set.
_ENOUGH_HAN = 40
_FEWEST_USUAL = 0.6
# Of running text, more than a third is made of these; lists of names hold fewer.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法"
    "所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天"
    "政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情"
    "者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手"
    "角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术"
    "极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张"
    "信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周"
    "村镇街乡县市省委府办院司警督查罚案调纠纷矛盾宣培训责任依履职推落服务检察执监审批诉讼服企业镇党社区综治网格普宪典"
    "國為時來們這會學對發電實現體機當點從業應開還關間樣與線數見論運農戰東導級處報類離華張車馬員場話後個說無經過進產動"
    "種長門問設計證議訊記認許務術聯變歲劃區縣鄉鎮鄰幹總統織結約級給紀純網維續轉輕載較辦農選達違還適導"
)
# How many of every third character are looked at together, and which share of them is common in sound text.
_WINDOW = 60
_SOUND = 0.25
# Names and the like stand in short runs; in long ones even a part of the page must be of the language.
_RUNNING = re.compile("[\u3400-\u9fff]{8,}")
_CHUNK = 150
_FEWEST_COMMON = 0.18
# English has hardly a mark or capital within a word; codes read as letters have many.
_LATIN_CHUNK = 80
_WORD_LETTERS = re.compile(r"[A-Za-z]")
_MARKS = re.compile(r"[!-,:-@\[-^`{-~]")
_CASES = re.compile(r"[a-z][A-Z]")
_MOST_MARKS = 0.2
_MOST_CASES = 0.06


def is_garbled(text: str) -> bool:
    """Whether the text of a page is none that anyone wrote; False where there is too little to tell."""
    if len(text) < _FEWEST:
        return False
    if _is_sound(text):
        return bool(_UNMAPPED.search(text)) and _unmapped_share(text) > _MOST_UNMAPPED
    inked = _BLANKS.sub("", text)
    if len(inked) < _FEWEST:
        return False
    if _unmapped_share(inked) > _MOST_UNMAPPED or len(_FOREIGN.findall(inked)) > _MOST_FOREIGN * len(inked):
        return True
    han = "".join(_HAN.findall(inked))
    if len(han) >= _ENOUGH_HAN and _is_no_chinese(han):
        return True
    return _has_strange_part(text) or (len(han) * 10 < len(inked) and _is_no_latin(inked))


def _is_sound(text: str) -> bool:
    """Whether common characters abound everywhere in a text: the quick answer for nearly every page."""
    common = list(map(_COMMON.__contains__, text[::3]))
    last = max(len(common) - _WINDOW, 0)
    return all(
        sum(common[start : start + _WINDOW]) >= _SOUND * min(_WINDOW, len(common))
        for start in (*range(0, last, _WINDOW), last)
    )


def _unmapped_share(text: str) -> float:
    return len(_UNMAPPED.findall(text)) / len(text)


def _is_no_chinese(han: str) -> bool:
    """Whether too many Han characters are such as one hardly meets."""
    return max(_usual_share(han, "gb2312", 0xD8), _usual_share(han, "big5", 0xC7)) < _FEWEST_USUAL


def _usual_share(han: str, charset: str, end: int) -> float:
    """Return which share of Han characters stands in a set's first level, in the rows below `end`."""
    encoded = han.encode(charset, errors="ignore")
    return sum(lead < end for lead in encoded[::2]) / len(han)


def _has_strange_part(text: str) -> bool:
    """Whether somewhere in running text the most common characters of the language are missing."""
    running = "".join(_RUNNING.findall(text))
    return any(
        sum(map(_COMMON.__contains__, running[start : start + _CHUNK])) < _FEWEST_COMMON * _CHUNK
        for start in range(0, len(running) - _CHUNK + 1, _CHUNK)
    )


def _is_no_latin(text: str) -> bool:
    """Whether letters and marks are mixed as no language mixes them; figures tell nothing."""
    letters = len(_WORD_LETTERS.findall(text))
    marks = len(_MARKS.findall(text))
    figures = sum(character.isdigit() for character in text)
    if letters + marks < _LATIN_CHUNK or figures > letters or "http" in text:
        return False
    return marks > _MOST_MARKS * len(text) or len(_CASES.findall(text)) > _MOST_CASES * letters
