"""Numerals that are no quantities by their form alone: laws, dates, ordinals, slogans, parts of words."""

from __future__ import annotations

import regex

from nianbao.model.figures import NumeralReason

_ONES = "一二三四五六七八九"
_HAN = f"零〇两{_ONES}十百千"
_DAYS = r"\d{1,2}日|上旬|中旬|下旬|底|初|末"
_HOTLINES = (
    "12345|12348|12388|12315|12309|12328|12333|12336|12338|12339|12350|12355|12358|12366|12369|12380|12385|12393"
    "|96110|8890|110|119|120|122"
)
# Days that have become names: 12·4国家宪法日, 3.15消费者权益日; with a dot that is no decimal point.
_NAMED_DAYS = r"(?:3\.15|4\.15|4\.26|5\.12|6\.26|12\.4|12\.2|11\.9|6\.5|3\.8)"
_NOT_COUNTED = r"(?![余多万千百亿]|(?!处[置警理]|期间)(?:UNITS))"

# In the order in which they are tried; UNITS and COUNTS stand for the names of units.
FORMS: tuple[tuple[NumeralReason, tuple[str, ...]], ...] = (
    (
        NumeralReason.LAW,
        (r"《[^》\n]{0,80}》", rf"第[\d{_HAN}]+[条款编章](?:第[\d一二三四五六七八九十]+[款项])*"),
    ),
    (
        NumeralReason.DOCUMENT_NUMBER,
        (
            r"[\[(]\d{4}[\])]\s*第?\d+号",
            r"(?<=第)\d+号",
            r"\d+号(?=文|令|公告|通知|决定|意见)",
            rf"(?<![A-Za-z])[A-Z]{{2,9}}[/\-]?\d[\dA-Z\-./]*+{_NOT_COUNTED}",
        ),
    ),
    (
        NumeralReason.DATE,
        (
            r"(?:19|20)\d\d年?[-~至到]{1,2}(?:19|20)\d\d(?!\d)年?度?",
            r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?",
            rf"[12]\d{{3}}年度?(?:\d{{1,2}}[-~至到]\d{{1,2}}月份?|\d{{1,2}}月份?(?:{_DAYS})?)?",
            r"20\d\d度",
            rf"[二一][〇零九\d][〇零{_ONES}\d]{{2}}年度?(?:[{_ONES}十]{{1,2}}月(?:[{_ONES}十]{{1,3}}日)?)?",
            r"\d{1,2}[-~至到]\d{1,2}月份?",
            rf"\d{{1,2}}月份?(?:{_DAYS})?(?!\d)",
            r"(?<!\d)[0-2]?\d:[0-5]\d(?!\d)",
            rf"(?<![\d.]){_NAMED_DAYS}(?!\d|%){_NOT_COUNTED}",
            r"\d{1,2}[·•]\d{1,2}",
            r"\d{2}年(?=来|度|底|初)",
            r"\d+时\d+分",
        ),
    ),
    (
        NumeralReason.ORDINAL,
        (
            rf"第[\d{_HAN}]+(?:次|届|个|期|批|轮|场|季度|号|名|位|类|方|产业|党支部|中学|小学)?",
            rf"[\d{_ONES}十]{{1,3}}届[\d{_ONES}十]{{1,3}}(?:中|次)全会",
            # 第十四届全国人大二次会议
            rf"(?<=人大|政协|代会|代表大会|委员会)[\d{_ONES}十]{{1,3}}次(?:全体)?会议",
            r"[一二三四五六七八九十]{2,3}大(?=报告|精神|以来|和|、|闭幕|召开)",
            # The label of a paragraph: 3.5名干部 has five officers, 1.2023年 is a year.
            r"(?<![^\n])\d{1,2}\.(?=\d+[余多]?(?:COUNTS)|20\d\d年)",
        ),
    ),
    (
        NumeralReason.PART_OF_NAME,
        (
            r"\d+人以上(?:的)?(?:规模|重点|大型)?(?:企业|单位)",
            rf"[A-Za-z]\d+(?![\d.]){_NOT_COUNTED}",
            r"\d+千伏",
            r"\d+[A-Za-z]+(?!\+)",
        ),
    ),
    (
        NumeralReason.SLOGAN,
        (
            r"\d+(?:\+[\dNnXx]+)+",
            r"[Nn](?:\+\d+)+",
            r"“[^”\n]{0,4}\d+[^”\n]{0,4}”",
            rf"(?<!\d)(?:{_HOTLINES})(?!\d|[,.]\d|%){_NOT_COUNTED}",
        ),
    ),
)

# What makes a Han numeral and its unit part of a word, by what stands before the number …
_WORD_BEFORE = regex.compile(r"(?:[第这那十百千]|星期|(?<![每一两])周(?![两十]))$")
_ONE_BEFORE = regex.compile(r"(?:[统唯万同某另首逐任其之专初新跑]|(?<![线网以])[上下])$")
_TOGETHER_BEFORE = regex.compile(r"[与和同跟][^,，。;；:\d]{1,10}$")
# … and by what the numeral and its unit themselves begin.
_WORD = regex.compile(
    r"二次(?:供水|装修|利用|污染|转化|加压)|一(?:次(?:性|告知|办|申请|受理)|件(?:事|[一二三四五六七八九]策)|张(?:网|图|卡)|站|类事|条(?:龙|线|心)|块|批)"
    r"|[一二两三四五六七八九十](?:项(?:制度|规定)|位一体|期(?:项目|工程|建设)|所(?:联|一|共|合)"
    r"|个(?:一|意识|自信|维护|确立|全面|必须|务必|坚持|统一|结合|到位|责任?制|责任(?=[,，。、;；”]|落实|$))|套班子)"
    r"|[一二三四五六七八九十两百千万](?:方|点|成|面|道|部|门|分|节|里|斤|案|时|组|克)"
    r"|零件(?![,，。;；、)]|$)|[零亿](?!件|起|宗|例|次|人)|[一二三四五六七八九十]+节气|(?<=庭)[两三]所"
)
# 一件一策, 一村（社区）一顾问
_PAIRED = regex.compile(r"一[^一,，。;；]{1,2}(?:\([^()]{1,8}\)|/?社区|、社区)?一")
_SCALES_ALONE = regex.compile("[百千万亿]+")


def is_word(text: str, start: int, number: str, *, hedged: bool) -> bool:
    """Whether a Han numeral is only part of a word: 一次性, 这三项, 统一, 三项制度, 千家万户.

    Args:
        text: the text.
        start: where the number begins.
        number: the number, which is written in Han characters.
        hedged: whether a hedge stands with it: 千余户 counts, 千家万户 does not.
    """
    before = text[max(0, start - 12) : start]
    if _WORD_BEFORE.search(before) or _WORD.match(text, start):
        return True
    if number == "一":
        together = text.startswith("一起", start) and _TOGETHER_BEFORE.search(before) is not None
        return together or bool(_ONE_BEFORE.search(before) or _PAIRED.match(text, start))
    return _SCALES_ALONE.fullmatch(number) is not None and not hedged and not before.endswith("达")
