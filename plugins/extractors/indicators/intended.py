"""Whether a figure tells what is wanted: a norm, a frequency, a target, what is planned."""

from __future__ import annotations

import regex

from nianbao.grammar.clauses import Clause
from nianbao.grammar.quantity import Quantity
from nianbao.grammar.units import UnitClass
from nianbao.model import Qualifier

# 每年, 每季度, 每两周, 每村: a norm or a frequency, no count of the year.
_EACH = regex.compile(
    r"每(?:半|两|三|一|个|隔)?(?:个)?(?:年度?|季度?|月|周|星期|天|日|次|人|名|(?:行政|自然)?村|嘎查|居委会|社区|户|批|件|镇|街|单位|家|案|学期|网格|所|逢)"
    # 每周干部例会学法18次: what is held every week may be counted.
    r"(?![^,，。;；\d]{0,6}(?:例会|调度会|学习日|活动日|晨会|夜学|大会))"
    r"|年均|月均|日均|人均|户均|平均(?!水平|分|值|年龄)"
    r"|均(?:配|设|有|建|明确|落实|安排|聘)[^,，。;；]{0,8}$|各配|各设"
)
_NAMED_EACH = regex.compile(r"\p{Han}{2}[、和]\p{Han}{2,12}各$")
_SUMMED = regex.compile("共|全|累计|合计|总计|总数|实际")
_QUOTED = regex.compile("“[^“”\n]{0,40}”")
# 各单位要集中学习不少于4次
_OUGHT = regex.compile(r"(?<![主重必需首])要(?!求|闻|点|素|件|案)|须|应(?![急对诉用邀])")
_AT_LEAST = regex.compile(r"至少|不少于")
_TARGET = regex.compile(
    r"力争|争取(?!到)|控制在|目标(?:任务|是|为)?|预计|到20\d\d年底?"
    r"|(?:^|[,，;；、])计划(?!生育|外|内|书|性|单列|规划|总结|类)|计划(?:开展|组织|举办|完成|于|在|到|新|培)"
    r"|拟(?:开展|组织|新|于|在|推荐|申报|培养|创建)"
    r"|不得|要求(?:各|每)|须|应(?:培养|配备|建|设立|配)(?!尽)|应当|必须|按照[^,，。]{0,12}标准"
)
# 力争化解率达98%，满意率达95%: what is aimed at goes on, until something is told as done.
_AIMED = regex.compile(
    r"力争|争取(?!到)|目标(?:任务|是|为)|(?:^|[,，;；、])计划(?!生育|外|内|书|性|单列|规划|总结|类)"
    r"|(?:(?<![按据照])\d{4}年|还|将)计划(?:开展|组织|举办|培训)"
)
_DONE = regex.compile(r"[;；]|全年|累计|共|已|实际|实现了|完成了|办理|截[至止]|达到了")
# What opens a sentence on the time to come; all that follows in it is intended.
_AHEAD = regex.compile(
    r"(?:[(]?[一二三四五六七八九十\d]+[)、.])?(?:来年|明年|下一?年度?|下一?步|下一?阶段|今后|接下来|新的一年)(?:[,，里中]|我|将|要|再|计划|拟|准备|打算|争取|力争|继续|,)"
)


def is_ahead(text: str, sentence: tuple[int, int]) -> bool:
    """Whether a sentence begins with the time to come."""
    return _AHEAD.match(text, sentence[0]) is not None


def is_norm(text: str, clause: Clause, own: str) -> bool:
    """Whether a figure is a norm, a frequency or a target.

    Args:
        text: the shadow's text.
        clause: the figure's clause.
        own: the text up to the figure from the last stop or figure, its carried clause included.
    """
    quantity = clause.quantity
    before = clause.text_before(text)
    # 每村4名，全镇共40名: the sum is no norm. “每周一法”: a name is none either.
    own = _QUOTED.sub("", before if _SUMMED.search(before) else own)
    if _EACH.search(own) or _TARGET.search(own):
        return True
    one_each = quantity.han and quantity.value == 1 and own.endswith(("每", "各", "均有", "均", "都有"))
    # 听证会、座谈会各一次: each of those named, not each of many.
    if one_each and not (own.endswith("各") and _NAMED_EACH.search(own)):
        return True
    run = text[max(clause.list_start, _last_stop(text, quantity.start)) : quantity.start]
    # 每村建立1个调解室、配备2名法律明白人: the norm goes on with the list.
    if _EACH.search(_QUOTED.sub("", run)) and not _SUMMED.search(run):
        return True
    return _is_minimum(text, clause, quantity)


def is_aimed(text: str, clause: Clause) -> bool:
    """Whether a figure goes on what the sentence said is aimed at."""
    start = clause.quantity.start
    ends = [aimed.end() for aimed in _AIMED.finditer(text, clause.sentence[0], start)]
    return bool(ends) and _DONE.search(text, ends[-1], start) is None


def _is_minimum(text: str, clause: Clause, quantity: Quantity) -> bool:
    """Whether it tells the least that is asked for each: 每村不少于2名."""
    hedge = text[quantity.start : quantity.number_start]
    if quantity.qualifier is not Qualifier.AT_LEAST or not _AT_LEAST.search(hedge):
        return False
    asked = "每" in text[clause.sentence[0] : quantity.start] or _OUGHT.search(clause.text_before(text))
    return quantity.kind is not UnitClass.RATE and bool(asked)


def _last_stop(text: str, before: int) -> int:
    """Return where the run of clauses begins that no comma or fuller stop parts."""
    return max(text.rfind(stop, 0, before) for stop in ",，;；。:(") + 1
