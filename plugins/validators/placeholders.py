"""What was to be filled in and was not: masks, blanks, empty brackets, hints of a template."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from nianbao import Context, Finding, Quote, Report, Severity
from plugins.validators.extent import own_lines
from plugins.validators.outcomes import Ruling, judged, unclear

_BASIS = "公开的报告应当内容完整，不留待填写之处"
_B = "[ \u00a0\u2002\u2003\u3000_＿]"
_MASK = (
    r"(?<![A-Za-z0-9.+*＊×/=-])"
    r"(?:[XxＸｘ]{1,6}|N{2,6}|×{1,6}|[*＊]{1,6}|(?<![一二三四五六七八九十])[○◯〇]{2,6})"
)
_FILLED = (
    r"(?=省|市|县|区(?!块)|镇|乡|街道|村|社区|局|委|办(?!公)|年|月|日|次|件|起|人(?!民)|名|个|场|份|条|处|批|万|元|[%％]"
    r"|家|户|余|项|期|宗|同志|书记|镇长|乡长|主任|单位|部门|律师事务所)"
)
_OFFICE = (
    r"(?:书记|镇长|乡长|区长|县长|市长|局长|主任|所长|站长|委员|部长|主席|院长|处长|科长|负责人|同志)"
    r"[\u4e00-\u9fff]{1,2}[×XxＸｘ*＊]{1,3}(?![A-Za-z0-9])"
)
_UNIT = (
    "余?(?:件次|件|起|场次|场|份|人次|批次|家次|户次|次|人|名|个|条|万元|元|期|宗|批|项|处|户|家|卷|篇|台|辆)"
)
# After which a mask can be nobody's name: 排查XX件.
_COUNTED = r"(?:件|起|场|份|次|条|宗|项|处|户|批|期|家次|人次|名|万元|元|个(?!人)|[%％])"
_STOP = r"(?=[，。；、,;）)]|\s*$)"
_MASKED = "未替换的占位符号"
# What is looked for, behind a look for the characters without which it can't be there.
_PATTERNS = {
    _MASKED: (
        re.compile(r"[XxＸｘ×*＊○◯〇N]"),
        re.compile(
            rf"{_MASK}{_FILLED}|{_OFFICE}"
            r"|(?<![A-Za-z0-9.])(?:[XＸ]{3,}|×{3,}|[*＊]{4,})(?![A-Za-z0-9.])"
        ),
    ),
    "模板的填写说明": (
        re.compile(
            r"[（(【\[此待实以提](?:(?<=[（(【\[])(?=[此这请由待单乡镇街部地具数姓年日县略次件人场金])"
            r"|(?<=此)处|(?<=待)[补核填定]|(?<=实)际|(?<=以)上|(?<=提)供数据)"
        ),
        re.compile(
            r"[（(【\[](?:此处|这里|请(?:在此)?|具体数字待|数字待|数据待|待)(?:[^）)】\]]{0,8})?(?:填写|填入|填报|补充|插入|核实|核|补|略去|省略)"
            r"[^）)】\]]{0,16}[）)】\]]"
            r"|[（(【]由[^）)】，。]{2,10}(?:补充|补报|填写|填报|核实|核定|提供)[）)】]"
            r"|[（(](?:单位|乡镇|镇街|街道|部门|地区)(?:名称|全称)[）)]"
            r"|[（(](?:具体)?(?:数字|数据|姓名|年份|日期|地名|镇名|县名)[）)]"
            r"|(?<!附件)(?<!名单)[（(]略[）)]|此处(?:填写|插入|补充|省略|略去)"
            r"|[（(](?:次数|件数|人数|场次|金额|数量)[）)]|(?:数据|数字|件数|人数|情况)(?:有?待|尚待)(?:补充|核实|填写|填报|核对?|补|定)(?=[，。；、）),;)]|$)"
            r"|(?:根据|按照?|结合)(?:本单位|各自|当地)?实际(?:情况)?(?:填写|填报|修改|删减|增减)"
            r"|以上(?:数据|内容|数字)?请[\u4e00-\u9fff]{1,8}(?:核对|核实|补充|填写|确认)|提供数据后(?:再)?(?:补充|填写|填入)"
        ),
    ),
    "表格或模板的残留": (
        re.compile(r"[#{<$【\[TN]"),
        re.compile(
            r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|\{\{[^}\n]{0,30}\}\}|\$\{[^}\n]{0,30}\}|(?<![A-Za-z])(?:TBD|TODO|NaN)(?![A-Za-z])"
            r"|[<\[【](?:单位|姓名|年份|年度|数字|金额|人数|次数|件数|数据|日期|地名|镇名|县名|表格|图片|名称|填报|填表|编者|写作)[^>\]】\n]{0,8}[>\]】]"
            r"|【[ \u3000]*】|\[[ \u3000]+\]"
        ),
    ),
    "没有填完的年份": (
        re.compile(r"[XxＸｘ×*＊_]"),
        re.compile(r"(?<!\d)20(?:[XxＸｘ×*＊_]{2}|\d[XxＸｘ×*＊_])年?|二[〇○零][一二三]?[XxＸｘ×]年"),
    ),
    "没有填写的数字": (
        re.compile(
            r"[ \u00a0\u2002\u2003\u3000_＿?？…□■●◆计率达到为占比0]"
            r"(?:(?<=[ \u00a0\u2002\u2003\u3000_＿?？…□■●◆])"
            r"|(?<=[累共总]计)余?[次件起场份人宗]|(?<=[率达到为占比])[%％]|(?<=0)[0\d](?<!\d..)(?!\d))"
        ),
        re.compile(
            rf"(?:共|计|累计|达|约|为|了|全年){_B}+{_UNIT}{_STOP}"
            rf"|(?<=[\u4e00-\u9fff]){_B}{{2,}}{_UNIT}{_STOP}|(?<=[\u4e00-\u9fff])[_＿]+{_UNIT}(?![_＿])"
            rf"|(?:(?<=经费)|(?<=资金)|(?<=罚款)|(?<=罚金)|(?<=金额)|(?<=投入)){_B}+[万亿]?元{_STOP}"
            rf"|(?<=[\u4e00-\u9fff]){_B}+余(?:次|件|起|场|份|人次|宗|万?元|条){_STOP}"
            rf"|(?:累计|共计|总计)余?(?:次|件|起|场|份|人次|宗){_STOP}"
            rf"|(?:率|达|达到|率为|占比|占){_B}*[%％]"
            rf"|(?<=[\u4e00-\u9fff])(?:[?？]{{1,4}}|…{{1,2}}|[□■●◆]{{1,4}})(?={_UNIT}|[%％])"
            rf"|(?<=[\u4e00-\u9fff])00+(?={_UNIT}{_STOP})"
        ),
    ),
    "没有填写的日期": (
        re.compile(_B),
        re.compile(rf"(?:\d|{_B})年{_B}+月(?![均度底初])(?:{_B}+日)?|\d月{_B}+日(?=[\s）)。，]|$)"),
    ),
    "没有写明的单位名称": (
        re.compile("某"),
        re.compile(
            r"(?<![\u4e00-\u9fff])某{1,2}(?:镇|乡|街道|县|区|市|局)"
            r"(?=党委|政府|人民政府|严格|坚持|认真|全面|积极|深入|高度|组织|召开|20\d\d)"
        ),
    ),
    "没有写明的姓名": (
        re.compile("某某"),
        re.compile(
            r"(?<=由)[镇乡县区局街道党委组办工]{0,6}(?:书记|镇长|乡长|局长|主任|县长|区长)某某某?(?=同志|带队|主持|牵头|带头|率队)"
        ),
    ),
    "没有填写的文号": (
        re.compile(r"[〔\[【]"),
        re.compile(rf"[〔\[【]20\d\d[〕\]】]{_B}+号|[〔【]{_B}*[〕】]{_B}*\d*{_B}*号"),
    ),
    "空的括号或引号": (
        re.compile(r"[（(《“]"),
        re.compile(r"（[ \u3000]*）|\([ \u3000]*\)|《[ \u3000]*》|“[ \u3000]*”"),
    ),
}
# Parties of cases are masked on purpose.
_CASE = re.compile(
    r"(?<![一此办立结个备方草提预档答教图])案(?![件卷情源由例释])|当事人|原告|被告|[×XxＸ某]诉|某|举报人|化名"
)
# 重庆××律师事务所: who wrote its place left the name of a firm out on purpose.
_FIRM = re.compile(
    r"(?:[省市县区州盟旗]|北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川"
    r"|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆)[^\u4e00-\u9fff\s，。]{1,6}律师事务所"
)
_FIRM_REACH = 3
_PARTY = re.compile(r"当事人|原告|被告|举报人|嫌疑|违纪|处分")
_OFFICIAL = re.compile(_OFFICE)
_A_FIGURE = re.compile(_COUNTED)
_BOLD = re.compile(r"\*\*[^*\n]+\*\*")
_MOST_QUOTES = 10


def judge(report: Report, context: Context) -> Ruling:
    """Judge whether a report was filled in."""
    if context.reading is None:
        return unclear("没有正文")
    return judged(_findings(report, context.reading.text))


def _findings(report: Report, text: str) -> Iterator[Finding]:
    found: dict[str, list[Quote]] = {}
    lines = own_lines(report, text)
    starts = [at for at, _ in lines]
    for what, (sign, pattern) in _PATTERNS.items():
        signed = dict.fromkeys(bisect_right(starts, match.start()) - 1 for match in sign.finditer(text))
        for at, line in (lines[number] for number in signed if number >= 0):
            for match in pattern.finditer(line):
                if not _is_meant(line, match, what):
                    start = at + match.start()
                    found.setdefault(what, []).append(
                        Quote(start, at + match.end(), text[start : at + match.end()])
                    )
    for what, quotes in found.items():
        yield _finding(what, quotes, text)


def _is_meant(line: str, match: re.Match[str], what: str) -> bool:
    if what != _MASKED:
        return False
    start = max(line.rfind(stop, 0, match.start()) for stop in "。；\t") + 1
    ends = [end for stop in "。；\t" if (end := line.find(stop, match.end())) >= 0]
    sentence = line[start : min(ends, default=len(line))]
    if "*" in match[0] and _BOLD.search(line):
        return True
    if _FIRM.search(line, max(0, match.start() - _FIRM_REACH), match.end() + _FIRM_REACH + 2):
        return True
    if _A_FIGURE.match(line, match.end()) and "某" not in match[0]:
        return False
    # The issuer's own officials are no parties, whatever cases the sentence speaks of.
    return (_PARTY if _OFFICIAL.match(match[0]) else _CASE).search(sentence) is not None


def _finding(what: str, quotes: list[Quote], text: str) -> Finding:
    first = quotes[0]
    # A mask alone says little: what it stands before is shown with it.
    shown = text[max(0, first.start - 6) : first.end + 4].replace("\n", " ").strip()
    more = f"等{len(quotes)}处" if len(quotes) > 1 else ""
    return Finding(
        "placeholder",
        "placeholders.placeholder",
        Severity.WARNING,
        f"正文留有{what}（“{shown}”{more}），应当填上实际内容。",
        tuple(quotes[:_MOST_QUOTES]),
        "请补上实际内容，或者删去。",
        basis=_BASIS,
    )
