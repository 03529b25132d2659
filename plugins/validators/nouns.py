"""What a figure is of, in words that two parts of a report can be compared by."""

from __future__ import annotations

from functools import lru_cache

import regex

from nianbao.grammar.quantity import Quantity
from plugins.validators.sentences import Spot, alike, kin

_TELLING = 4
_OCCASIONS = frozenset({"次", "场", "场次", "期"})
_HAN = regex.compile(r"[^\p{Han}A-Za-z]")
# What every clause says: when, whose, that it was done.
_BLAND = regex.compile(
    r"^年度?|^[一二三四五六七八九十]是|针对|虽然?|尽管|仍|今年以来|今年|全年|本年度?|年内|20\d\d年度?|年度|一年来|共计|共有|总计|合计|一共|累计|先后|现有|已有|拥有"
    r"|目前|仅|只|高达|全[镇乡街县区市局]道?|[我本](?:镇|乡|街道|县|区|市|局)|镇村[两二]级|[各两]级|(?:镇|乡|街道|县|区|市)(?=共|全年|累计)|党委|政府|办事处|各[类种项]|依法"
    r"|投入|安排|拨付|拨出|落实(?=[^，,]{0,8}经费)|巩固|带动|推动|促成|推进|促进|达到?|不到|左右|办理|查处|查办|作出|实施|开展|组织|举办|举行|召开|完成|发放|印发|制发|制定|出台|发出|下发|下达|发生|产生|从事|活动|工作|行动|总?[件次人份]?数量?"
    r"|[对将把其在由被的了共已为有约近是就也又都]"
)
# 镇综合行政执法队全年查处: who did it for the issuer is no part of what was done.
_SUBJECT = regex.compile(r"^[^，,。]*?(?:全年|今年以来|今年|本年度?|年内|共计|累计)")
# One thing by several names, as short as they come.
_NAMES = (
    ("违法建筑物", "违建"),
    ("违法建筑", "违建"),
    ("违法建设", "违建"),
    ("违章建筑", "违建"),
    ("矛盾纠纷", "纠纷"),
    ("法制", "法治"),
    ("普法", "法治"),
    ("宣传教育", "宣传"),
    ("宣讲", "宣传"),
    ("宣传单页", "宣传单"),
    ("罚没款", "罚款"),
    ("罚没金额", "罚款"),
    ("罚款金额", "罚款"),
    ("罚没", "罚款"),
    ("收缴罚款", "罚款"),
    ("调处", "调解"),
    ("摸排", "排查"),
    ("事项", "事"),
    ("立案", ""),
)
# What follows a figure up to where it is no longer its name.
OBJECT = regex.compile(r"^(?:(?!进行|开展|逐)[^，,。；;、(（中因由已均全有未与并的就]){0,12}")


def counted_alike(one: Spot, other: Spot) -> bool:
    """Whether two figures count the same, or both count occasions."""
    return alike(one.quantity, other.quantity) or {one.quantity.unit, other.quantity.unit} <= _OCCASIONS


def counted_kin(quantity: Quantity) -> str:
    """Return one word for all units in which figures of one class count the same, occasions among them."""
    return "次" if quantity.unit in _OCCASIONS else kin(quantity)


def beyond(less: str, more: str) -> list[str] | None:
    """Return the runs of the longer name between the characters of the shorter; None where it lacks one."""
    runs, run, at = [], "", 0
    for character in more:
        if at < len(less) and character == less[at]:
            at += 1
            if run:
                runs.append(run)
            run = ""
        else:
            run += character
    if run:
        runs.append(run)
    return runs if at == len(less) else None


@lru_cache(maxsize=4096)
def names_of(before: str, after: str) -> tuple[str, ...]:
    """Return what a figure is called by the words before it in its clause, alone and with those behind it."""
    # 158件行政处罚案件、18.2万元罚款: what stands before the stop is the other figure's.
    own = "" if before.endswith("、") else _SUBJECT.sub("", before)
    name = _kept(shortened(_BLAND.sub("", own)))
    named = OBJECT.match(after)
    behind = shortened(_BLAND.sub("", named.group())) if named else ""
    return tuple(dict.fromkeys(each for each in (name, _kept(name + behind)) if each))


def _kept(name: str) -> str:
    """Return a name without what it may as well end in: 行政处罚案件 is 行政处罚."""
    bare = name.removesuffix("案件")
    return bare if len(bare) >= _TELLING else name


def shortened(words: str) -> str:
    """Return words without stops and figures, each thing by its shortest name."""
    return renamed(_HAN.sub("", words))


def renamed(words: str) -> str:
    """Return words with each thing by its shortest name."""
    for name, short in _NAMES:
        words = words.replace(name, short)
    return words
