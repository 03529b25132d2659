"""How a sum is told after its parts (两批共, 以上四项合计), and parts that are told by their times."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

from nianbao.grammar.quantity import Quantity

_NUMBER = r"[二两三四五六七八九十]|\d{1,2}"
# 两批共, 三期累计, 以上四项合计, 全年共计, 三个片区合计
_COUNTED = (
    rf"(?P<number>{_NUMBER})(?:个|支|项|期|批次?|次|类|方面|轮|季度?|片区|者|处|级|部分|组|队|条线|块)"
    r"(?:[〇\u4e00-\u9fff]{0,4}?)"
)
_TOLD_NUMBER = _COUNTED.replace("?P<number>", "?:")
_LEVELS = r"(?:镇村|县乡|市县|村居|县镇)(?:两级)?"
SPAN = rf"全年度?|年内|一年来?|全[镇乡县区市局]|{_LEVELS}|[我本](?:镇|乡|街道|县|区|市|局)"
# 5名专职和8名兼职调解员组成，共; 16个乡镇和31个部门开展督察，共
_BEHIND = (
    r"(?:[〇\u4e00-\u9fff]{1,12}(?P<made>组成)(?=[，,])|(?P<behind>[〇\u4e00-\u9fff]{2,10})(?=[，,](?:总?共|合计))"
    r"|[〇\u4e00-\u9fff]{1,12}(?=组成|共))?"
)
_ALL = (
    rf"(?:全部|以上|上述)(?!{_NUMBER})[〇\u4e00-\u9fff]{{0,6}}?(?=共|合计|总计|累计)"
    rf"|以上|上述|前述|各项|各类|相加|加起来|算下来|合起来|{_COUNTED}"
)
# 在编13人、辅助21人，执法力量共34人
_FORCE = (
    r"(?:(?:(?P<force>[〇\u4e00-\u9fff]{0,6}(?:力量|队伍|人员|人数|总数|总量|规模))"
    r"|(?P<deed>[〇\u4e00-\u9fff]{2,10}))(?=总?共))?"
)
SUMMED = re.compile(
    rf"^{_BEHIND}[，,、;；。]?(?:(?!{_TOLD_NUMBER})[〇\u4e00-\u9fff]{{2,8}}(?=合计|总计|总数))?(?:(?P<all>{_ALL})|{SPAN})*{_FORCE}"
    r"(?P<how>合计|共计|总计|总数|累计|总共|一共|共|加起来|组成的?)(?P<what>[^，,;；。:：、\d]{0,12})$"
)
# 第一季度398件，…，第四季度431件，全年1717件.
ALL_YEAR = re.compile(r"^[，,、;；。]?(?P<all>(?P<how>全年))(?P<what>[^，,;；。:：、\d]{0,6})$")
_OTHER_UNIT = re.compile(r"\([件份条次人起个家场处]次?\)")
_TIMES = (
    frozenset({"上半年", "下半年"}),
    frozenset({"一季度", "二季度", "三季度", "四季度"}),
    frozenset({"春", "夏", "秋", "冬"}),
    *(frozenset({*(f"第{number}{of}" for number in "一二三四五六"), f"首{of}"}) for of in "批期轮场次"),
)
_TIME = regex.compile(
    r"上半年|下半年|[一二三四]季度|[春夏秋冬](?=季|班|训|播)|第[一二三四五六][批期轮场次]|首[批期轮场次]"
)


def timed(named: Sequence[str]) -> bool:
    """Whether the parts are told one by one by the seasons of the year, or by batches."""
    times = [match.group() for name in named if (match := _TIME.search(name))]
    return len(times) == len(named) == len(set(times)) and any(set(times) <= each for each in _TIMES)


def two_units(text: str, whole: Quantity) -> bool:
    """Whether a sum is told in two units, of which its parts may have one or the other: 合计199条（件）."""
    return _OTHER_UNIT.match(text, whole.end) is not None
