"""Which figures are done of which: 化解 of 排查, 办结 of 受理, 出庭 of 应诉; and what excuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from nianbao.grammar.quantity import Quantity
from nianbao.grammar.units import UnitClass
from plugins.validators.sentences import Sentence, Spot, alike, called

CARRIED_OVER = "carried-over"
# What was taken in before the year may be done within it.
_CARRIED = re.compile(
    r"结转|转结|(?:上年|去年|往年|历年|以前年度|上一年度|上年度)(?:度)?(?:的|未|转|遗留|积|办理|受理|案件)|含上年|含往年|含去年|含历年|跨年(?!推进|实施|完成|办理|整改|继续|落实)"
    r"|积案|遗留|旧存|存量|陈年|\d{4}年(?:度)?(?:未|受理|立案|收到|发生|遗留|结转|转)|累积|尚未开庭|未开庭|未审理"
)
_NONE_CARRIED = re.compile(
    r"(?:无|没有)(?:上年度?|去年|往年|历年)?(?:的)?(?:结转|转结|遗留|积案|存量)(?:案件|事项|问题)?"
)
_OBJECTS = tuple(
    re.compile(words)
    for words in (
        "纠纷|矛盾", "信访|来访|来信|上访|接访", "工单|热线|诉求|12345|投诉|举报", "隐患|问题", "复议",
        "诉讼|应诉|涉诉|被诉", "处罚|执法|违法", "建议", "提案", "许可|审批|便民|服务", "援助", "合同",
        "规范性文件", "执行", "违建|违法建设", "线索", "考试|测试", "警情|治安|刑事",
    )
)  # fmt: skip
_IN_COURT = re.compile("开庭|应当?[出到]庭")
_UNDONE = re.compile("正在|尚未|未能|未(?=[化办整调解审结出受])|待(?=[化办整调解审])|拟")
# Those who came this year are not all.
_FRESH = re.compile("新增|新招|新进|新录|增加")
_COUNTED = frozenset({UnitClass.CASE, UnitClass.ITEM, UnitClass.PLACE})
# 征求24个部门意见，采纳37条: who is asked may say several things.
_ASKED = re.compile("部门|单位|成员|村|社区|企业|商会|协会|镇|乡|街道|代表|委办|科室|群众|居民|专家")
_RECEIVER = re.compile("[向报](?:送|请)?(?P<who>[^，,]{2,8}?)(?:报送|报备|备案)")
_HEARD = frozenset({"次", "件次", "案次", "场次"})
_SESSIONS = frozenset({"次", "场", "场次"})


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """What is done of what, and what its rate is called: patterns for the words before a figure."""

    done: Any
    of: Any
    rate: Any


def _pair(done: str, of: str, rate: str) -> Pair:
    return Pair(re.compile(done), re.compile(of), re.compile(rate))


RESOLVED = _pair(
    r"化解|调解成功|调处成功|成功调[解处]|调成|达成(?:调解)?协议|成功(?!创|申|举|劝|推)",
    r"排查|摸排|受理|调解|调处|纠纷|矛盾",
    r"化解|调解成功|调处成功|调成|成功",
)
CLOSED = _pair(
    r"办结|办复|答复(?!等)|回复|结案|审结|处结|办理完结|办理完毕|处理完毕|化解|解决|调处完毕",
    r"受理|收到|接收|接到|接待|承办|办理|交办|转办|转办单|流转|登记|立案|收案|工单|诉求|信访|建议(?![省市县区]|政府|废止|修改)|(?:代表|委员)(?:书面|批评)?意见|提案|投诉|举报|复议|诉讼|应诉",
    r"办结|办复|答复|回复|结案|审结|处结|办理",
)
MENDED = _pair(
    r"整改(?<!责令整改)(?<!限期整改)(?<!(?<!按)要求整改)(?<!督促整改)(?<!责令立即整改)(?<![劝引教指]导整改)(?<!教育整改)(?!通知|意见|指令|书|建议)|整改(?:到位|完毕)|消除|销号|整治到位|(?:完成|已)整治",
    r"整改(?:通知|意见|指令)书|(?:责令|限期|要求|督促|责令立即|[劝引指]导|教育)整改|排查|摸排|发现|查出|检查出|查摆|梳理|隐患|问题",
    r"整改|销号|消除",
)
APPEARED = _pair(
    r"[出到]庭(?<!应.庭)(?<!应当.庭)",
    r"应诉案件|诉讼案件|诉讼|涉诉|被诉|应诉|开庭审理|开庭|应当?[出到]庭",
    r"出庭(?:应诉)?|应诉",
)
# Who orders that all be mended has found it before.
ORDERED = _pair(
    r"(?:督促|责令|责令立即|要求|指导|现场|当场|限期|立即)(?:限期|立即)?整改$(?<!已责令整改)|立行立改$",
    r"排查|摸排|发现|查出|检查出|查摆|梳理",
    "$^",
)
LOST = _pair(r"败诉|纠错|被撤销|被确认违法", r"诉讼|应诉|复议|审结|判决", r"败诉|纠错")
PASSED = _pair(
    r"合格(?<!不合格)|及格|通过(?<!不通过)(?!率)",
    r"参考|参加|参训|应考|实考|考试|测试",
    r"(?<!不)合格|及格|通过",
)
CAME = _pair(
    r"实考|实到|实际参[加考]|实参|(?<!应)参考|到考",
    r"应考|应到|应检|应(?:当)?(?:参[加考]|述法|出席)",
    r"参考|到考|参[加训学]",
)
TAKEN = _pair(r"采纳|吸纳", r"征集|收集|征求|收到|提出", r"采纳|吸纳")
LICENSED = _pair(
    r"持证(?<![应需须]持证)(?<!应当持证)|取得(?:行政)?(?:执法)?(?:资格|证)|持有",
    r"执法人员",
    r"持证(?:上岗)?",
)
PLEASED = _pair(r"满意", r"办理|答复|回访|评价|承办|建议|提案", r"满意")
ACCEPTED = _pair(
    r"受理(?!申请)|(?:给予|准予|批准|决定|予以)(?<!不..)(?:援助|许可|受理|救助)|批准$(?<!不批准)(?<!不予批准)(?<!未批准)",
    r"(?<!依)申请(?!听证)(?<!听证申请)",
    r"受理|批准",
)
# Of these no rate is told that bears their name, or it is one of what is called so (公示率).
_NONE = "$^"
FILED = _pair(
    r"^(?:均|已|全部|按规定|按时|及时|依法|向[^，]{0,8})*(?:报送备案|报备|备案)$",
    r"(?:制定|制发|出台|印发)[^，,。]*文件",
    _NONE,
)
HANDLED = _pair(r"(?:处置|处理|核查|查处)完毕|核查处置", r"线索|排查|发现", _NONE)
DEMOLISHED = _pair(r"拆除", r"(?:发现|排查|查处|认定)[^，,。]*(?:违建|违法建[设筑]|违章)", _NONE)
PUBLISHED = _pair(
    r"^(?:均|已|及时|依法|全部|并)*公[示开](?:处罚决定|处罚信息|结果)?$", r"作出[^，,。]*(?:处罚|决定)", _NONE
)
REVIEWED = _pair(
    r"经(?:过)?(?:法制审核|合法性审查|集体讨论|专家论证)", r"重大[^，,。]*(?:决策|决定|事项)", _NONE
)
AGREED = _pair(r"(?:签订|制作|达成)(?:书面|口头|人民|调解)*协议", r"调解成功|成功调[解处]|调处成功", _NONE)
PASSED_ON = _pair(r"审议通过|通过审议|表决通过", r"提[请交]审议|上会", _NONE)
HEARD = _pair(
    r"(?:举行|召开|组织|开展|举办)[^，,。]{0,8}听证会?$",
    r"(?:申请|要求|提出)[^，,。]{0,6}听证|听证[^，,。]{0,4}(?:申请|要求)",
    _NONE,
)
ASSESSED = _pair(
    r"(?:出具|反馈|提交|回复)[^，,。]{0,8}评估(?:意见|报告)(?:书|函)?$",
    r"(?:接受|受理|收到|承接|接收)[^，,。]{0,12}(?:调查评估|评估委托|委托)",
    _NONE,
)
COMPLETED = _pair(r"^(?:已|均已|全部|按[时期])*完成$", r"(?:任务|事项|指标|项目|措施|清单)$", r"完成")
GRADED = _pair(r"优秀(?:案卷)?$|合格案卷", r"(?:评查|抽取|抽查)[^，,。]*案卷|案卷评查", _NONE)
PAIRS = (
    ACCEPTED, RESOLVED, CLOSED, MENDED, APPEARED, LOST, PASSED, CAME, TAKEN, LICENSED, PLEASED,
    FILED, HANDLED, DEMOLISHED, PUBLISHED, REVIEWED, AGREED, PASSED_ON, GRADED, COMPLETED,
    HEARD, ASSESSED, ORDERED,
)  # fmt: skip


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
        return pair.done.search(spot.name or spot.after) is not None
    return pair in roles(spot).done


def is_of(pair: Pair, spot: Spot) -> bool:
    """Whether a figure tells of how many it was to be done, and not itself what was done."""
    return pair in roles(spot).of


@lru_cache(maxsize=256)
def plain_pair(word: str) -> Pair:
    """Return the pair of a rate that is named after what it counts: 优秀率 of 优秀案卷."""
    # 应公示1286条，已公示1274条: what was due is not what was done.
    return _pair(rf"(?<![应需须]){word}(?<!应当{word})", "$^", word)


@dataclass(frozen=True, slots=True)
class Roles:
    """In which pairs a figure tells what was done, and in which of how many."""

    done: tuple[Pair, ...]
    of: tuple[Pair, ...]


_NO_ROLES = Roles((), ())


def roles(spot: Spot) -> Roles:
    """Return the roles that a figure's words give it: those before it, or after where these say nothing."""
    return _roles_told(spot.name, spot.after, spot.quantity.kind is UnitClass.PEOPLE)


@lru_cache(maxsize=4096)
def _roles_told(name: str, after: str, of_people: bool) -> Roles:
    # 12名执法人员中15人持证: what stands before the second figure is of the first.
    if name.endswith("中") and not name.endswith("其中"):
        return _roles(after)
    own = _roles(name)
    return _roles(after) if own is _NO_ROLES and (of_people or not called(name)) else own


@lru_cache(maxsize=4096)
def _roles(words: str) -> Roles:
    if _ANY.search(words) is None:
        return _NO_ROLES
    dones, ofs = _found(words, _DONES), _found(words, _OFS)
    of = [pair for pair in ofs if pair not in dones]
    if RESOLVED in ofs and RESOLVED in dones:
        # 排查化解矛盾纠纷102件，成功化解100件: the two verbs together name what was taken up.
        did = RESOLVED.done.search(words)
        if did is not None and _TAKEN_UP.search(words, 0, did.start()) is not None:
            of.insert(len([pair for pair in ofs[: ofs.index(RESOLVED)] if pair in of]), RESOLVED)
    if LICENSED in of and _FRESH.search(words) is not None:
        of.remove(LICENSED)
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
    if not counted_alike(done.quantity, of.quantity, pair) or (pair is TAKEN and _ASKED.match(of.after)):
        return False
    if pair is FILED and _is_filed_with(done.name, of.name):
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
    near = sentences[max(number - 1, 0) : number + 2]
    here = sentences[number]
    about = frozenset[int]().union(*(_objects(spot.name) for spot in spots))
    return any(
        tells_carried(each.text) and (each is here or not about or not _is_of_others(each.text, about))
        for each in near
        if each.end == here.start or each.start == here.end or each is here
    )


def _is_of_others(text: str, about: frozenset[int]) -> bool:
    """Whether a sentence speaks of certain things, and of none of those that are asked about."""
    objects = _objects(text)
    return bool(objects) and objects.isdisjoint(about)


@lru_cache(maxsize=512)
def tells_carried(text: str) -> bool:
    """Whether a text speaks of what came over from earlier years."""
    return _CARRIED.search(_NONE_CARRIED.sub("", text)) is not None
