"""Which figures are done of which: 化解 of 排查, 办结 of 受理, 出庭 of 应诉; and what excuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from nianbao.grammar.quantity import Quantity
from nianbao.grammar.units import UnitClass
from plugins.validators.pairs import (
    AGREED,
    APPEARED,
    ASSESSED,
    CLOSED,
    FILED,
    HEARD,
    LICENSED,
    LOST,
    MENDED,
    PAIRS,
    RESOLVED,
    TAKEN,
    Pair,
)
from plugins.validators.sentences import Sentence, Spot, alike, called

CARRIED_OVER = "carried-over"
# What was taken in before the year may be done within it.
_CARRIED = re.compile(
    r"结转|转结|(?:上年|去年|往年|历年|以前年度|上一年度|上年度)(?:度)?(?:的|未|转|遗留|积|办理|受理|案件)|含上年|含往年|含去年|含历年|跨年(?!推进|实施|完成|办理|整改|继续|落实)"
    r"|含\d{4}年(?:\d{1,2}月)?(?:受理|收到|立案|登记|发生)"
    r"|积案|(?<!历史)遗留|历史遗留(?=[^，。；]{0,4}\d|案)|旧存|结存|存量|陈年|\d{4}年(?:度)?(?:未|受理|立案|收到|发生|遗留|结转|转)|累积"
)
# What is not heard yet tells of appearances in court alone.
_UNHEARD = re.compile("未开庭|未审理")
_NONE_CARRIED = re.compile(
    r"(?:上级|县|市|省)[^，,;；。]{0,4}交办[^，,;；。]{0,12}(?:积案|遗留)[^，,;；。]{0,3}|(?:无|没有)(?:上年度?|去年|往年|历年)?(?:的)?(?:结转|转结|遗留|积案|存量)(?:案件|事项|问题)?"
)
_OBJECTS = tuple(
    re.compile(words)
    for words in (
        "纠纷|矛盾", "信访|来访|来信|上访|接访", "工单|热线|诉求|12345|投诉|举报", "隐患|问题", "复议",
        "诉讼|应诉|涉诉|被诉|[出开到]庭|败诉", "处罚|执法|违法", "建议", "提案", "许可|审批|便民|服务",
        "援助", "合同", "规范性文件", "执行", "违建|违法建设", "线索", "考试|测试", "警情|治安|刑事",
        "依申请|信息公开|公开信息|公开申请",
    )
)  # fmt: skip
# 要求行政机关负责人出庭的41件: in these an official had to appear.
_CALLED = re.compile(
    "(?:要求|通知|需要?|须|应当?)[^，,。]{0,10}负责人[出到]庭(?:应诉)?的?(?:案件)?(?:为|有|共)*$"
)
_IN_COURTS = re.compile("庭|诉|审|法院")
_SETTLED = re.compile("调[解处]")
_DISPUTES = frozenset({0})
_SEMICOLON = re.compile("[;；]")
_IN_COURT = re.compile(f"开庭|应当?(?:由(?:行政机关)?负责人)?[出到]庭|{_CALLED.pattern}")
_REFUSED = re.compile("(?:不予|未予|不|未|暂不)受理$")
_UNDONE = re.compile("正在|尚未|未能|未(?=[化办整调解审结出受])|待(?=[化办整调解审])|拟")
# Those who came this year are not all.
_FRESH = re.compile("新增|新招|新进|新录|增加|新考取|新取得|新领取")
_COUNTED = frozenset({UnitClass.CASE, UnitClass.ITEM, UnitClass.PLACE})
# 征求24个部门意见，采纳37条: who is asked may say several things.
_ASKED = re.compile("部门|单位|成员|村|社区|企业|商会|协会|镇|乡|街道|代表|委办|科室|群众|居民|专家")
_RECEIVER = re.compile("[向报](?:送|请)?(?P<who>[^，,]{2,8}?)(?:报送|报备|备案)")
_PLACES = re.compile(
    "(?:场所|单位|企业|门店|商户|学校|工地|点位|经营户|主体|房屋|厂)(?:#|$)|#(?:场所|单位|企业|门店|商户|学校|工地|点位|经营户|主体)"
)
_FLAWS = re.compile("隐患|问题|风险")
_HOLDS = re.compile("持有|持证")
_NOTHING = Decimal(0)
_HEARD = frozenset({"次", "件次", "案次", "场次"})
_SESSIONS = frozenset({"次", "场", "场次"})


_KNOWN = frozenset(PAIRS)
_ANY = re.compile("|".join(pattern.pattern for pair in PAIRS for pattern in (pair.done, pair.of)))
# Most words have few roles: a look for any of some pairs spares the looks for each.
_TOGETHER = 5


def _groups(side: Callable[[Pair], Any]) -> list[tuple[Any, list[tuple[Any, Pair]]]]:
    chunks = [PAIRS[at : at + _TOGETHER] for at in range(0, len(PAIRS), _TOGETHER)]
    return [
        (re.compile("|".join(side(pair).pattern for pair in chunk)), [(side(pair), pair) for pair in chunk])
        for chunk in chunks
    ]


_DONES = _groups(lambda pair: pair.done)
_OFS = _groups(lambda pair: pair.of)
_TAKEN_UP = re.compile("排查|受理")


def is_done(pair: Pair, spot: Spot) -> bool:
    """Whether a figure tells what was done."""
    if pair not in _KNOWN:
        # 中小学214所，已有204所配备: what stands before says only that it was done.
        # 9个街道有7个建成站点: nor does 有.
        words = spot.name if called(spot.name) and not spot.name.endswith("有") else spot.after
        return pair.done.search(words) is not None
    return pair in roles(spot).done


def is_of(pair: Pair, spot: Spot) -> bool:
    """Whether a figure tells of how many it was to be done, and not itself what was done."""
    if pair not in _KNOWN:
        words = spot.name or spot.after
        return pair.of.search(words) is not None and pair.done.search(words) is None
    return pair in roles(spot).of


@dataclass(frozen=True, slots=True)
class Roles:
    """In which pairs a figure tells what was done, and in which of how many."""

    done: tuple[Pair, ...]
    of: tuple[Pair, ...]


_NO_ROLES = Roles((), ())


def roles(spot: Spot) -> Roles:
    """Return the roles that a figure's words give it: those before it, or after where these say nothing."""
    told = spot.roles
    if told is None:
        told = spot.roles = _roles_told(spot.name, spot.after, spot.quantity.kind is UnitClass.PEOPLE)
    return cast("Roles", told)


@lru_cache(maxsize=4096)
def _roles_told(name: str, after: str, of_people: bool) -> Roles:
    # 12名执法人员中15人持证: what stands before the second figure is of the first.
    if name.endswith("中") and not name.endswith("其中"):
        return _roles(after)
    own = _roles(name)
    return _roles(after) if own is _NO_ROLES and (of_people or not called(name)) else own


@lru_cache(maxsize=4096)
def _roles(words: str) -> Roles:
    # 不予受理6件: nothing was taken up, and nothing can be done of it.
    words = _REFUSED.sub("", words) if "受理" in words else words
    if _ANY.search(words) is None:
        return _NO_ROLES
    dones, ofs = _found(words, _DONES), _found(words, _OFS)
    of = [pair for pair in ofs if pair not in dones]
    if RESOLVED in ofs and RESOLVED in dones:
        # 排查化解矛盾纠纷102件，成功化解100件: the two verbs together name what was taken up.
        did = RESOLVED.done.search(words)
        if did is not None and _TAKEN_UP.search(words, 0, did.start()) is not None:
            of.insert(len([pair for pair in ofs[: ofs.index(RESOLVED)] if pair in of]), RESOLVED)
    if (LICENSED in of or LICENSED in dones) and _FRESH.search(words) is not None:
        of, dones = ([pair for pair in side if pair is not LICENSED] for side in (of, dones))
    if APPEARED in dones and _CALLED.search(words) is not None:
        dones.remove(APPEARED)
        of.append(APPEARED)
    elif APPEARED in dones:
        # 亲自出庭应诉2件: who appeared took in none, and not all of these can be lost.
        of = [pair for pair in of if pair not in (CLOSED, LOST)]
    return Roles(() if _UNDONE.search(words) else tuple(dones), tuple(of))


def _found(words: str, groups: Sequence[tuple[Any, Sequence[tuple[Any, Pair]]]]) -> list[Pair]:
    """Return the pairs of which a pattern is found in words."""
    return [
        pair
        for any_of, each in groups
        if any_of.search(words)
        for pattern, pair in each
        if pattern.search(words)
    ]


def comparable(done: Spot, of: Spot, pair: Pair) -> bool:
    """Whether what is done and what it is done of are counted alike and are about the same thing."""
    if not counted_alike(done.quantity, of.quantity, pair):
        return False
    # 收到公开申请5件: what is asked for is not adopted.
    if pair is TAKEN and (_ASKED.match(of.after) or "申请" in of.name):
        return False
    # 组织120名执法人员参加培训。持证人员153人: who hold a certificate are more than who took part.
    if pair is LICENSED and _HOLDS.search(done.name) and of.name.endswith("组织"):
        return False
    if pair is FILED and _is_filed_with(done.name, of.name):
        return False
    # 排查场所4386处，消除隐患9127条: a place may have several.
    if (
        pair is MENDED
        and _PLACES.search(f"{of.name}#{of.after}")
        and _FLAWS.search(f"{done.name}#{done.after}")
    ):
        return False
    own, theirs = _objects(done.name), _objects(of.name)
    return not own or not theirs or not own.isdisjoint(theirs)


def _is_filed_with(done: str, made: str) -> bool:
    """Whether others filed papers with those who made these: 县政府制定4件，向县政府备案11件."""
    receiver = _RECEIVER.search(done)
    return receiver is not None and receiver["who"] in made


@lru_cache(maxsize=4096)
def _objects(name: str) -> frozenset[int]:
    return frozenset(number for number, words in enumerate(_OBJECTS) if words.search(name))


def counted_alike(one: Quantity, other: Quantity, pair: Pair) -> bool:
    """Whether two figures of a pair are told in units that can be compared."""
    if alike(one, other):
        return True
    if pair is APPEARED:
        return {one.kind, other.kind} <= {UnitClass.CASE, UnitClass.EVENT} and (
            one.unit in _HEARD or other.unit in _HEARD
        )
    if pair is HEARD:
        return one.unit in _SESSIONS or other.unit in _SESSIONS
    if pair in (AGREED, ASSESSED):
        return {one.kind, other.kind} <= {UnitClass.CASE, UnitClass.DOCUMENT}
    return pair in (MENDED, CLOSED, TAKEN) and {one.kind, other.kind} <= _COUNTED


def is_heard(spot: Spot) -> bool:
    """Whether a figure counts the cases in which an official had to appear, not all that were brought."""
    return _IN_COURT.search(spot.name) is not None


def carried_over(sentences: Sequence[Sentence], number: int, *spots: Spot) -> bool:
    """Whether a sentence or its neighbours speak of what came over from earlier years.

    Args:
        sentences: the report's.
        number: which of them.
        spots: the figures in question; a neighbour that speaks of other things than they do tells nothing.
    """
    here = sentences[number]
    near = [each for each in sentences[max(number - 1, 0) : number + 2] if _is_beside(each, here)]
    if not any(tells_carried(each.text) for each in near):
        return False
    about = frozenset[int]().union(*(_objects(spot.name) for spot in spots))
    # 排查纠纷30件，调解29件，成功28件: what has no object of its own is about what its sentence is.
    about = about or (_objects(here.text) if spots else about)
    if spots and not about and _SETTLED.search(here.text):
        about = _DISPUTES
    in_court = not spots or any(_IN_COURTS.search(spot.name) for spot in spots)
    return any(
        tells_carried(clause, in_court=in_court) and not (about and _is_of_others(clause, about))
        for each in near
        for clause in _SEMICOLON.split(each.text)
    )


def carried_at_most(sentences: Sequence[Sentence], number: int) -> Decimal:
    """Return how many came over, where a sentence and its neighbours tell that in figures; else infinity."""
    here = sentences[number]
    told = _NOTHING
    for each in sentences[max(number - 1, 0) : number + 2]:
        if each is here or each.end == here.start or each.start == here.end:
            over = [spot for spot in each.spots if _CARRIED.search(spot.name)]
            if len(over) != len(_CARRIED.findall(_NONE_CARRIED.sub("", each.text))):
                return Decimal("Infinity")
            told += sum((spot.quantity.value for spot in over), _NOTHING)
    return told


def _is_beside(each: Sentence, here: Sentence) -> bool:
    return each is here or each.end == here.start or each.start == here.end


def _is_of_others(text: str, about: frozenset[int]) -> bool:
    """Whether a sentence speaks of certain things, and of none of those that are asked about."""
    objects = _objects(text)
    return bool(objects) and objects.isdisjoint(about)


@lru_cache(maxsize=512)
def tells_carried(text: str, *, in_court: bool = True) -> bool:
    """Whether a text speaks of what came over from earlier years, or of suits that are not heard yet.

    Args:
        text: a sentence, or a clause of it.
        in_court: whether the latter may count.
    """
    if in_court and _UNHEARD.search(text) is not None:
        return True
    return _CARRIED.search(_NONE_CARRIED.sub("", text)) is not None
