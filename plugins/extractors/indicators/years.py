"""Of which year a figure is told."""

from __future__ import annotations

import regex

from nianbao.grammar.clauses import Clause

# 比2024年多9件 tells no year of its own.
# 对2019年底以前出台的文件: what was cleaned up is older than the year in which it was.
_YEAR = regex.compile(
    r"(?<![\d比较与同])(20\d\d)年(?!以来|起|修订|修正|版|的\d|为\d"
    r"|(?:底|末|\d{1,2}月(?:\d{1,2}日|底)?)?(?:以前|之前|前|(?:现行|仍然?)?有效))"
    r"|今年|本年|年内"
)
# 执法队成立于2019年，队员16名; 2021年底挂牌，目前13人: when a body began is no year of its figures.
_FOUNDED = regex.compile(
    r"(?:成立|组建|设立|始建|建成|挂牌|启用)于(?:20\d\d)年[^,，。;；]*|20\d\d年(?:底|末|初|\d{1,2}月)?(?:成立|组建|设立|挂牌|揭牌|建成|启用)"
)
# These hold for their own clause only: 上年为5件；加上上年结转9宗，调解成功132宗.
_LAST_YEAR = regex.compile(r"上年(?!度?末)|去年|上一年|往年|前年|(?<!含)结转(?!至?到?下)")
_THAT_YEAR = regex.compile(r"(?<!\d)(20\d\d)年度?(?:的|为|是|有|共)?$")
_SINCE = regex.compile(r"(?<!\d)(20\d\d)年(?:\d{1,2}月)?(?:以来|起)|建[成立]以来")
# 五年来，累计办理: of several years, and none of them.
_OF_YEARS = regex.compile(
    r"(?:^|[,，;；。])(?:近|过去|这)?[两三四五六七八九十几](?:个)?年(?:来|间|以来)|近[三五两几\d]年来?[,，]?(?:累计|共)|过去[两三四五]年|历年(?:来(?!制发|制定|出台|印发)|累计|共)|[任届]期内|(?:普法|规划)期间"
)
_CLAUSE_STOP = regex.compile("[。；;!?\n]")
# How far a year that opens a sentence reaches.
YEAR_REACH = 300


def is_of_another_year(text: str, clause: Clause, reported: int | None) -> bool:
    """Whether a figure is of a year other than the one reported on.

    Args:
        text: the shadow's text.
        clause: the figure's clause.
        reported: the year reported on, where it is known.
    """
    start = clause.quantity.start
    # 由上年的96次压减至54次: last year's figure is the one before.
    if _LAST_YEAR.search(text, max(clause.left, clause.changed_from), start):
        return True
    that = _THAT_YEAR.search(clause.text_before(text))
    if that is not None and reported is not None:
        return int(that.group(1)) != reported
    begin = max(clause.sentence[0], start - YEAR_REACH)
    before = _CLAUSE_STOP.split(text[begin:start])[-1]
    if _OF_YEARS.search(before):
        return True
    if _SINCE.search(before):
        return False
    years = [match.group(1) for match in _YEAR.finditer(_FOUNDED.sub("", before))]
    told = years[-1] if years else None
    return told is not None and reported is not None and int(told) != reported
