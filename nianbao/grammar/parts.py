"""Which figures a text tells as parts of which: 其中, brackets, lists after a colon, a sum at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from nianbao.grammar.clauses import Clause
from nianbao.grammar.quantity import Quantity
from nianbao.grammar.units import COUNTS, UnitClass

# 从来源看，网格上报50起、群众申请21起; 按领域分，食品类17起: a whole told before is broken down.
_BY_KIND = (
    r"(?:按|从)[^,，。;；:\d]{1,8}(?:分(?!别)|划分|分类|统计|来?看)[,，:]"
    r"|(?:案件|工单|诉求|纠纷|问题|信息)分类[:为]"
)
_SPLITS = regex.compile(_BY_KIND)
_OPENS = regex.compile(
    rf"{_BY_KIND}|主要集中(?:在|于)|其中|包括|包含|(?:分别|依次)(?:是|为)|[(,，、](?:内)?含|具体(?:是|为)"
)
_CLOSED = regex.compile(r"\([^()]*\)")
_OPENS_SURELY = regex.compile(r"其中|[(]|[,，、](?:内)?含")
# 18人中15人持证, 8名队员中有6名
_AMONG = regex.compile(r"[\p{Han}]{0,4}(?<!其)中(?:有|取得[\p{Han}]{1,4})?(?:的?只?有)?")
# A new statement, which no longer belongs to the whole before it.
_BREAKS = regex.compile(
    r"共计|合计|累计|总计|全年|此外|另外|同时|[一二三四五六七八九]是|另有|还有|并(?!列)"
    r"|(?<!行政|执法|监督|日常)检查(?!类)|开展|组织|举办|召开|发放|接待|受理|排查"
    r"|取消|实施|作出|下达|移送|收缴|拆除|印发|制定|发出|出动"
)
_OUTCOME = regex.compile(
    r"成功|办结|化解|整改|完成|达成|履行|结案|答复|回复|满意|采纳|处置|解决|兑现|受理|调解|移送|未"
    r"|撤销|维持|胜诉|败诉|审结|开庭|出庭|终止|驳回|撤回|纠错|确认违法|涉及|金额|罚款|罚没"
)
_SUM_AFTER = regex.compile(r"^[,，、;；。]?(?:以上|三项|各项|上述)?(?:合计|共计|总计)")
# 公开信息60条，其中文件12件、解读5篇: what is published is counted in any of these.
_TEXTS = frozenset({"条", "篇", "则", "件", "份", "期"})
_SCALED = frozenset({UnitClass.CASE, UnitClass.MONEY})
# How many figures a whole may stand from its parts.
_FARTHEST = 60
# 罚没收入43万元，其中市直部门12万元: money breaks down, too.
_WHOLES = COUNTS | {UnitClass.MONEY}
_PERSONS = frozenset({"人", "名", "位"})
_VISITS = frozenset({"户次", "家次", "矿次", "店次", "校次", "处次", "点次"})
_COMMA = regex.compile("[,，]")
_SEMICOLON = regex.compile("[;；]")
_GOES_ON = regex.compile(rf"其中|{_BY_KIND}")
# 12个调委会（街道1个、社区9个）: the noun of the whole may stand before the bracket.
_BRACKET = regex.compile(r"[^(),，。;；:、\d]{0,14}\(")
_OTHERS = regex.compile(r"其他|其它|其余|另外")


@dataclass(frozen=True, slots=True)
class Parts:
    """A whole and the figures told as its parts, by their numbers among the clauses.

    Args:
        whole: the number of the whole.
        parts: the numbers of its parts, in order.
        additive: whether the parts are of one kind with the whole, so that they may be added up
            (an outcome such as 办结 or 维持 is no summand).
        complete: whether the text presents the parts as all of the whole
            (分别为, a part named 其他, 合计 after a list).
        sure: whether the text says in so many words that they are parts (其中, a bracket).
    """

    whole: int
    parts: tuple[int, ...]
    additive: bool
    complete: bool
    sure: bool


def find_parts(text: str, clauses: tuple[Clause, ...]) -> tuple[Parts, ...]:
    """Find the wholes that a text breaks down.

    Args:
        text: the shadow's text.
        clauses: the clause of every quantity.
    """
    found: list[Parts] = []
    taken: set[int] = set()
    for number in range(1, len(clauses)):
        if number in taken:
            continue
        parts = _opened(text, clauses, number) or _summed(text, clauses, number)
        if parts is not None and taken.isdisjoint(parts.parts):
            found.append(parts)
            taken.update(parts.parts)
    return tuple(found)


def _opened(text: str, clauses: Sequence[Clause], first: int) -> Parts | None:
    """Return the parts that open with 其中, a bracket or a colon before the figure `first`."""
    gap = _gap(text, clauses, first)
    if gap is None:
        return None
    # What a bracket between the two figures says of the first opens nothing: 整改66处（含复查整改），查封6家.
    gap = _CLOSED.sub("", gap)
    opening = _OPENS.search(gap) or _AMONG.fullmatch(gap)
    bracket = _BRACKET.match(gap) is not None
    if not (opening or bracket or gap.startswith(":")):
        return None
    run = _run(text, clauses, first, bracket)
    if not run:
        return None
    longer = _run(text, clauses, first, bracket, across=True)
    whole = _whole(text, clauses, first, longer, exactly=True) if len(longer) > len(run) else None
    if whole is not None:
        # 工作动态37条、机构概况4条，公示公告9条: what adds up goes on over a comma.
        run = longer
    else:
        whole = _whole(text, clauses, first, run, exactly=_SPLITS.search(gap) is not None)
    if whole is None:
        return None
    run = _summing_head(clauses, run, whole)
    additive = not any(_OUTCOME.search(clauses[number].text_before(text)) for number in run)
    respectively = opening is not None and opening.group()[:2] in ("分别", "依次", "具体")
    complete = len(run) > 1 and (
        respectively or _OTHERS.search(clauses[run[-1]].text_before(text)) is not None
    )
    sure = _OPENS_SURELY.search(gap) is not None or _AMONG.fullmatch(gap) is not None
    return Parts(whole, tuple(run), additive, complete, sure)


def _run(
    text: str, clauses: Sequence[Clause], first: int, bracket: bool, *, across: bool = False
) -> list[int]:
    """Return the figures that follow as parts of one kind; `across` goes on over a stronger joint."""
    run: list[int] = []
    kind = clauses[first].quantity
    joint = 0
    for number in range(first, min(len(clauses), first + _FARTHEST)):
        gap = _gap(text, clauses, number)
        if gap is None:
            break
        if len(run) > 1 and not across and _strength(gap) > joint:
            break
        if len(run) == 1 and clauses[number - 1].index == run[0] and _SEMICOLON.search(gap):
            break
        if run and not bracket and _within_bracket(text, clauses[run[0]].quantity.end, clauses[number]):
            # 其中行政处罚40件（普通程序8件、简易程序32件）、行政强制2件: a bracket has a whole of its own.
            continue
        if run and (_BREAKS.search(gap) or (bracket and ")" in gap) or _opens_within(gap)):
            break
        quantity = clauses[number].quantity
        if quantity.kind in (UnitClass.RATE, UnitClass.MONEY) and kind.kind is not quantity.kind:
            continue
        if not _alike(quantity, kind):
            break
        if run:
            joint = max(joint, _strength(text[clauses[run[-1]].quantity.end : quantity.start]))
        run.append(number)
    return run


def _summing_head(clauses: Sequence[Clause], run: list[int], whole: int) -> list[int]:
    """Return the head of a run that adds up to the whole: 来访104件，其中转办61件，自接43件，办结102件."""
    total = Decimal(0)
    for count, number in enumerate(run, start=1):
        total += clauses[number].quantity.value
        if count > 1 and total == clauses[whole].quantity.value:
            return run[:count]
    return run


def _within_bracket(text: str, start: int, clause: Clause) -> bool:
    """Whether a figure stands in a bracket that was opened after `start`."""
    end = clause.quantity.start
    return text.rfind("(", start, end) > text.rfind(")", start, end)


def _opens_within(gap: str) -> bool:
    return _OPENS.search(gap[gap.rfind(")") + 1 :]) is not None


def _strength(gap: str) -> int:
    """Rank a joint: 、 binds closer than a comma, a comma closer than a semicolon."""
    if _SEMICOLON.search(gap):
        return 2
    return 1 if _COMMA.search(gap) else 0


def _whole(
    text: str, clauses: Sequence[Clause], first: int, run: Sequence[int], *, exactly: bool = False
) -> int | None:
    """Return the figure that the parts break down: the nearest alike, or the one that they add up to.

    Where they must add up `exactly`, no other will do.
    """
    total = sum((clauses[number].quantity.value for number in run), Decimal(0))
    largest = max(clauses[number].quantity.value for number in run)
    nearest = None
    sentence = clauses[first].sentence[0]
    goes_on = _GOES_ON.match(text, sentence) is not None
    for number in range(first - 1, max(first - 1 - _FARTHEST, -1), -1):
        clause = clauses[number]
        if clause.sentence != clauses[first].sentence and (not goes_on or clause.sentence[1] < sentence - 1):
            break
        quantity = clause.quantity
        if quantity.kind not in _WHOLES or not _alike(quantity, clauses[first].quantity):
            continue
        if quantity.value == total and len(run) > 1:
            return number
        if quantity.value >= largest and (nearest is None or _fits_better(clauses, first, number, nearest)):
            nearest = number
    return None if exactly else nearest


def _fits_better(clauses: Sequence[Clause], part: int, farther: int, nearest: int) -> bool:
    """Whether a farther figure has the part's unit, not the nearest's: 文件112件，意见98份，其中61件."""
    unit = clauses[part].quantity.unit
    return clauses[farther].quantity.unit == unit != clauses[nearest].quantity.unit


def _summed(text: str, clauses: Sequence[Clause], last: int) -> Parts | None:
    """Return the list that a figure told after it adds up: 甲11起，乙6起，丙20起，合计35起."""
    gap = _gap(text, clauses, last)
    if gap is None or not _SUM_AFTER.match(gap) or clauses[last].quantity.kind not in COUNTS:
        return None
    run: list[int] = []
    for number in range(last - 1, max(last - 1 - _FARTHEST, -1), -1):
        clause = clauses[number]
        if clause.sentence != clauses[last].sentence or clause.quantity.unit != clauses[last].quantity.unit:
            break
        run.insert(0, number)
        between = _gap(text, clauses, number)
        if between is None or _SEMICOLON.search(between):
            break
    names = [clauses[number].text_before(text) for number in run]
    # Only a list of kinds is summed up: 城管类11起，土地类6起; not what was done one after the other.
    if len(run) < 2 or any(_OUTCOME.search(name) for name in names) or not _parallel(names):
        return None
    return Parts(last, tuple(run), additive=True, complete=True, sure=False)


def _parallel(names: Sequence[str]) -> bool:
    """Whether list items end alike: 城市管理类, 自然资源类; 普通程序, 简易程序."""
    return len({name.rstrip("共计约")[-1:] for name in names}) == 1


def _alike(one: Quantity, other: Quantity) -> bool:
    if any({one.unit, other.unit} <= units for units in (_PERSONS, _VISITS)):
        return True
    if {one.unit, other.unit} <= _TEXTS:
        return True
    return one.unit == other.unit or (one.kind is other.kind and one.kind in _SCALED)


def _gap(text: str, clauses: Sequence[Clause], number: int) -> str | None:
    """Return what stands between a figure and the one before it; None where a new sentence begins.

    A sentence that begins with 其中 goes on with the one before.
    """
    before, this = clauses[number - 1], clauses[number]
    if number == 0:
        return None
    gap = text[before.quantity.end : this.quantity.start]
    if before.sentence == this.sentence:
        return gap
    return gap if _GOES_ON.match(text, this.sentence[0]) and "\n" not in gap else None
