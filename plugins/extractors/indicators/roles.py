"""Which statement of an indicator is its headline, which a part, which tells it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log10

import regex

from nianbao.model import Role

# 在全县开展活动65场: where it was, not all there was.
_TOTAL_MARK = regex.compile(
    r"共|累计|全年|合计|总计|(?<![在到向为])全(?:镇|乡|街道|县|区|市)|我镇|我乡|我街道|今年以来|年内"
)
# A body below the issuer; in an indicator's own name it narrows nothing (执法队现有11名).
_BODY_MARK = regex.compile("司法所|派出所|执法队|执法大队|执法中队|中心校")
_PARTIAL_MARK = regex.compile(
    r"上半年|下半年|[一二三四]季度|\d月|[公诉访警检]调|制止|劝阻|采纳|吸纳|应出庭|应考|应参加"
    r"|持证|持有|取得|编制|宣传月|宣传周|期间|活动中|专项|重点领域|集中整治|疑难|复杂|邻里|婚姻|家庭|劳资|山林|重大(?!行政|决策)|历史遗留|突出|陈年|副校长|积案|新增|划转|依法治校|联合(?:抽查|检查)|指导(?:企业|学校)|收到[^,，]{0,14}报备|审查[^,，]{0,20}(?:报备|备案)的"
    r"|一村(?:\(社区\)|居)?一(?:社区一)?(?:名)?法律顾问|^(?:各)?(?:乡镇|镇街|镇\(街道\)|苏木乡镇)"
    r"|(?:书记|主任|[乡镇县区局市州旗]长|领导|负责人|班子成员)[^,，]{0,6}(?:包案|包联|牵头|带队|亲自|带头)"
)
# 组织司法所、派出所等单位开展宣传7次: those who took part narrow nothing.
_TOGETHER = regex.compile(r"(?:组织|联合|会同|协同|协调|联动)[^,，]{2,50}?(?=开展|举办|进行|实施|检查)")
_CAME = regex.compile("实考|实际出庭|实际参加|实有|实际(?:行使|承接|承担)")
# 14名已取得执法证: some of them only.
_PARTIAL_AFTER = regex.compile(r"^(?:已|均|已经|全部)*(?:持证|持有|取得|考取|领取)")
# Slices of a year or kinds of one thing: where each statement tells another one, none of them is the whole.
_SLICE = regex.compile(
    r"上半年|下半年|[一二三四]季度|邻里|婚姻|家庭|劳资|劳动|山林|土地|物业|医疗|交通|消费|合同|邻居|征地|拆迁|基本履职|配合履职|收回|上收"
)


_SEVERAL = 5
_OF_OTHERS = regex.compile(r"各(?:县|区|市|乡镇|街道|镇)")


@dataclass(frozen=True, slots=True)
class Statement:
    """What the choice needs to know of a statement.

    Args:
        value: its value.
        own_part: whether the text or its cue says that it is a part.
        name: the words that name the indicator.
        on_topic: whether it names the topic that the indicator asks for, where it asks for one
            (中心组学习12次，其中法治学习3次: the twelve do not).
        inherited: whether it is a part of another statement of the indicator.
        rank: of its cue among the card's cues; 0 is the plainest.
        weak: whether its cue is weak.
        before, after: the text of its clause before and after the figure.
        aside: whether it stands where no headline is told: among the problems, or of one department alone.
        zero: whether it is a stated nothing.
        low, high: bounds of its value, both inclusive; None where it is open.
    """

    value: Decimal
    own_part: bool
    rank: int
    weak: bool
    before: str
    after: str
    zero: bool
    low: Decimal | None
    high: Decimal | None
    inherited: bool = False
    name: str = ""
    on_topic: bool = True
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement's role, and in one Chinese clause why."""

    role: Role
    told: str


_TOLD_PART = Standing(Role.PART, "文中写明是其中一项")
_NARROWER = Standing(Role.PART, "范围不如另一处说法宽")
_ALONE = Standing(Role.TOTAL, "别无总数，其余各项都由它分出")
_WIDEST = Standing(Role.TOTAL, "各处说法中范围最宽")
_AGAIN = Standing(Role.REPEAT, "与总数相同，是再说一次")
_ROUGHLY = Standing(Role.REPEAT, "与总数说的是同一件事，只是粗细不同")
_SLICED = Standing(Role.PART, "各处只说了一段或一类，没有总数")
_RIVAL = Standing(Role.REPEAT, "也是全年总数的说法，与总数并存")


def assign_roles(statements: Sequence[Statement]) -> list[Standing]:
    """Choose the headline among the statements of one indicator, in text order.

    The widest statement for the whole year is the total (共, 累计, 全年 win, a department's or a
    season's figure loses); the same value told again is a repeat, more or less precisely too, as is another
    whole-year figure; all else are parts.
    """
    roles = [_TOLD_PART if statement.own_part else _NARROWER for statement in statements]
    candidates = [number for number, statement in enumerate(statements) if not statement.own_part]
    if not candidates:
        # A lone part with parts of its own is all that is told.
        outer = [number for number, statement in enumerate(statements) if not statement.inherited]
        if len(outer) == 1:
            roles[outer[0]] = _ALONE
        return roles
    if _are_slices([statements[number] for number in candidates]):
        return [_SLICED if number in candidates else role for number, role in enumerate(roles)]
    head = max(candidates, key=lambda number: (_width(statements[number]), -number))
    head = _far_wider(statements, candidates, head)
    roles[head] = _WIDEST
    for number in candidates:
        if number == head:
            continue
        if statements[number].value == statements[head].value:
            roles[number] = _AGAIN
        elif _is_roughly(statements[number], statements[head]):
            roles[number] = _ROUGHLY
        elif (
            _is_whole(statements[number]) and _is_whole(statements[head]) and _alike(statements, number, head)
        ):
            roles[number] = _RIVAL
    return roles


def _far_wider(statements: Sequence[Statement], candidates: Sequence[int], head: int) -> int:
    """Return the statement that tells several times as much as the head, which does not say that it is all.

    体检1次 and 宣传活动58场次: what the plainer words name is not the whole of what is told in others.
    """
    chosen = statements[head]
    whole = _TOTAL_MARK.search(chosen.before) is not None
    if chosen.zero:
        return head
    wider = [
        number
        for number in candidates
        if statements[number].value >= _SEVERAL * chosen.value
        and (not whole or _TOTAL_MARK.search(statements[number].before))
        and statements[number].on_topic
        and not statements[number].aside
        and not _is_narrow(statements[number])
        and not _OF_OTHERS.search(statements[number].before)
    ]
    return max(wider, key=lambda number: _width(statements[number]), default=head)


def _width(statement: Statement) -> float:
    """Tell how wide a statement is: its cue, its marks, and the figure itself."""
    width = 4.0 - 0.2 * min(statement.rank, 4) + 0.35 * log10(1 + float(statement.value))
    if statement.weak:
        width -= 3
    if statement.zero:
        width -= 0.5
    if _TOTAL_MARK.search(statement.before):
        width += 2
    if _is_narrow(statement) or _PARTIAL_AFTER.search(statement.after):
        width -= 2.5
    if not statement.on_topic:
        width -= 3
    if statement.aside:
        width -= 2.5
    # 应考69人、实考68人: those who came are counted.
    if _CAME.search(statement.before):
        width += 3
    return width


def _is_narrow(statement: Statement) -> bool:
    """Whether a statement says that it holds for a body below, a season or a kind."""
    before = _TOGETHER.sub("", statement.before)
    marked = _PARTIAL_MARK.search(before) is not None
    return marked or _BODY_MARK.search(before.replace(statement.name, "")) is not None


def _is_whole(statement: Statement) -> bool:
    return (
        not statement.weak and _TOTAL_MARK.search(statement.before) is not None and not _is_narrow(statement)
    )


def _alike(statements: Sequence[Statement], one: int, other: int) -> bool:
    """Whether two whole-year statements are told in the same words, so that they contradict each other."""
    first, second = statements[one], statements[other]
    same = first.rank == second.rank and first.on_topic == second.on_topic
    return same and not (first.zero or second.zero)


def _are_slices(statements: Sequence[Statement]) -> bool:
    """Whether each tells another slice, such as the halves of a year, and none of them the whole."""
    slices = [frozenset(_SLICE.findall(statement.before)) for statement in statements]
    together = sum(len(each) for each in slices)
    return len(slices) > 1 and all(slices) and len(frozenset().union(*slices)) == together


def _is_roughly(one: Statement, head: Statement) -> bool:
    """Whether two statements may tell one fact, the one of them in round figures: 320余件 and 326件."""
    hedged = one.low != one.high or head.low != head.high
    if not hedged or one.weak or _is_narrow(one):
        return False
    low = max((bound for bound in (one.low, head.low) if bound is not None), default=None)
    high = min((bound for bound in (one.high, head.high) if bound is not None), default=None)
    return low is not None and high is not None and low <= high
